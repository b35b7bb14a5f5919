import LLMResources
import ResourceFormats

/// A conversion in which refused records are passed over, as the tool does it.
struct Recovery: Equatable {
    private(set) var output: [UInt8] = []
    private(set) var errors: [String] = []
    /// What was said of the document as a whole, after its end.
    private(set) var endError: String?
    /// The bytes of each refused record, without the line end after a line or row.
    private(set) var refused: [[UInt8]] = []
    /// Whether the input was read to its end; if not, nobody could say where the next record began.
    private(set) var isWhole = false
    private(set) var recordCount = 0
    /// Whether it was given up because it came to no end.
    private(set) var isEndless = false

    init(_ input: [UInt8], from source: Format, to target: Format, pieces: Int, validator: RecordValidator? = nil) {
        var converter = Converter(from: source, to: target, schema: LargeLanguageModel.schema)
        converter.validator = validator
        var window = Window(input: input, pieces: pieces)
        var buffer = OutputBuffer()
        isEndless = true
        for _ in 0..<10 * (input.count + 20) where isEndless {
            isEndless = step(&converter, &window, &buffer)
        }
        output = buffer.array()
        recordCount = converter.recordCount
    }

    /// What the program holds of the input.
    private struct Window {
        let input: [UInt8]
        let pieces: Int
        var bytes: [UInt8] = []
        var end = 0

        var isComplete: Bool { end == input.count }

        mutating func fill() {
            let next = min(input.count, end + pieces)
            bytes += input[end..<next]
            end = next
        }
    }

    /// Converts what is there, and passes over one refused record; false if that was all.
    private mutating func step(
        _ converter: inout Converter, _ window: inout Window, _ output: inout OutputBuffer
    ) -> Bool {
        var used = 0
        do throws(SerializationError) {
            let progress = try converter.resume(
                window.bytes.span, isComplete: window.isComplete, used: &used, into: &output)
            window.bytes.removeFirst(used)
            switch progress {
            case .needsMoreInput where window.isComplete:
                fail("a reader is content with the end", [("input", window.input)])
            case .needsMoreInput, .outputIsFull:
                window.fill()
                return true
            case .endOfInput: break
            }
        } catch {
            errors.append("\(error)")
            let range = converter.refusedRange
            if let range { add(window.bytes[range]) }
            window.bytes.removeFirst(used)
            return passOver(&converter, &window, isRead: range != nil)
        }
        isWhole = true
        do throws(SerializationError) {
            try converter.finish(into: &output)
        } catch {
            endError = "\(error)"
        }
        return false
    }

    /// Passes over a refused record; false if nobody knows where it ends.
    private mutating func passOver(_ converter: inout Converter, _ window: inout Window, isRead: Bool) -> Bool {
        while true {
            var used = 0
            switch converter.skipRefusedRecord(window.bytes.span, isComplete: window.isComplete, used: &used) {
            case .skipped(let passed):
                if !isRead { add(window.bytes[passed]) }
                window.bytes.removeFirst(used)
                return true
            case .needsMoreInput where window.isComplete:
                fail("what passes over a record is content with the end", [("input", window.input)])
            case .needsMoreInput: window.fill()
            case .impossible: return false
            }
        }
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) {
        var bytes = bytes
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        refused.append(Array(bytes))
    }
}
