public import ResourceFormats

/// A conversion for tests, which can pass its input as a whole or in pieces.
public struct Conversion: Sendable {
    /// The format of the input.
    public var source: Format
    /// The format of the output.
    public var target: Format
    /// The resource's schema.
    public var schema: Schema
    /// The limits of a record.
    public var limits: Limits
    /// The required shape of the document; nil to follow the input.
    public var shape: DocumentShape?
    /// The records that are converted, and what of them.
    public var selection: RecordSelection

    /// A conversion.
    public init(
        from source: Format, to target: Format, schema: Schema, limits: Limits = .default, shape: DocumentShape? = nil,
        selection: RecordSelection = RecordSelection()
    ) {
        self.source = source
        self.target = target
        self.schema = schema
        self.limits = limits
        self.shape = shape
        self.selection = selection
    }

    /// The result of a conversion.
    public struct Outcome: Hashable, Sendable, CustomStringConvertible {
        /// The output, including the part before an error.
        public var output: [UInt8] = []
        /// The error's description with its place; nil if there is none.
        public var error: String?
        /// The error's code.
        public var code: SerializationError.Code?
        /// The error's place.
        public var position: TextPosition?
        /// The error's path.
        public var path: String?
        /// The sentences of the notes.
        public var notes: [String] = []
        /// The number of records written.
        public var recordCount = 0

        /// The output as text.
        public var text: String { String(decoding: output, as: UTF8.self) }

        /// The error, or else the output.
        public var description: String { error.map { "error: \($0)" } ?? text }

        init() {}
    }

    /// A converter that has not begun.
    func makeConverter() -> Converter {
        Converter(from: source, to: target, schema: schema, limits: limits, shape: shape, selection: selection)
    }

    /// Converts the whole input at once.
    public func run(_ input: [UInt8]) -> Outcome {
        var converter = makeConverter()
        var output = OutputBuffer()
        var outcome = Outcome()
        do {
            try converter.convert(input.span, from: source, into: &output)
        } catch {
            outcome.take(error)
        }
        outcome.take(converter, output)
        return outcome
    }

    /// Converts the whole text at once.
    public func run(_ input: String) -> Outcome {
        run(Array(input.utf8))
    }

    /// Converts the input in pieces that end at `cuts`, like a program that reads a pipe.
    ///
    /// - Parameters:
    ///   - input: The whole input.
    ///   - cuts: The ends of the pieces, in ascending order.
    ///   - outputLimit: The number of bytes in the output at which the converter returns to have them drained.
    public func run(_ input: [UInt8], cuts: [Int], outputLimit: Int = 256 << 10) -> Outcome {
        var converter = makeConverter()
        converter.outputLimit = outputLimit
        var output = OutputBuffer()
        var outcome = Outcome()
        do {
            converter.lookAtEnd(input.span.extracting(last: Converter.tailLength))
            if converter.needsFirstPass {
                try feed(input, cuts) { window, isComplete, used throws(SerializationError) in
                    try converter.prepare(window.span, isComplete: isComplete, used: &used)
                }
                converter.beginInput(from: source)
            }
            try feed(input, cuts) { window, isComplete, used throws(SerializationError) in
                if output.count >= outputLimit { outcome.drain(&output) }
                return try converter.resume(window.span, isComplete: isComplete, used: &used, into: &output)
            }
            try converter.finish(into: &output)
        } catch {
            outcome.take(error)
        }
        outcome.take(converter, output)
        return outcome
    }

    private func feed(
        _ input: [UInt8], _ cuts: [Int],
        _ step: ([UInt8], Bool, inout Int) throws(SerializationError) -> Converter.Progress
    ) throws(SerializationError) {
        var window: [UInt8] = []
        var start = 0
        for end in cuts + [input.count] {
            window += input[start..<end]
            start = end
            let isComplete = end == input.count
            var isHungry = false
            while !isHungry {
                var used = 0
                let progress = try step(window, isComplete, &used)
                window.removeFirst(used)
                switch progress {
                case .outputIsFull: break
                case .endOfInput: return
                case .needsMoreInput:
                    if isComplete {
                        throw SerializationError(
                            .unexpectedEnd, found: "a reader that wants more than there is", expected: "an end")
                    }
                    isHungry = true
                }
            }
        }
    }
}

extension Conversion.Outcome {
    mutating func take(_ error: SerializationError) {
        self.error = error.description
        code = error.code
        position = error.position
        path = error.path
    }

    mutating func take(_ converter: borrowing Converter, _ buffer: borrowing OutputBuffer) {
        append(buffer)
        notes = converter.notes.map(\.sentence)
        recordCount = converter.recordCount
    }

    fileprivate mutating func drain(_ buffer: inout OutputBuffer) {
        append(buffer)
        buffer.removeAll()
    }

    private mutating func append(_ buffer: borrowing OutputBuffer) {
        let span = buffer.span
        for index in 0..<span.count { output.append(span[index]) }
    }
}
