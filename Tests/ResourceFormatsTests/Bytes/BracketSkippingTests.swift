import ResourceFormatsTesting
import Testing

@testable import ResourceFormats

/// JSON that is skipped sixty-four bytes at a time, held against a loop over its bytes.
@Suite struct BracketSkippingTests {
    /// The index after the bracket at which the depth falls to `floor`; nil if it does not.
    private static func end(_ bytes: [UInt8], downTo floor: Int) -> Int? {
        var depth = 0
        var isInString = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == 0x5C {
                index += 1
            } else if isInString {
                if byte == 0x22 { isInString = false }
            } else if byte == 0x22 {
                isInString = true
            } else if byte == 0x7B || byte == 0x5B {
                depth += 1
            } else if byte == 0x7D || byte == 0x5D {
                depth -= 1
                if depth <= floor { return index }
            }
        }
        return nil
    }

    private static let pieces = [
        "\"", "\\", "\\\\", "\\\"", "{", "}", "[", "]", ",", "name", " ", "\\\\\\\"", "\"\\\\\"", "{\"a\":[1]}", "ü",
        String(repeating: "x", count: 61), String(repeating: "\\", count: 64), "\"\"",
    ]

    @Test func findsTheSameBracket() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<3000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                text += Self.pieces.randomElement(using: &random) ?? ""
            }
            let bytes = Array(text.utf8)
            for floor in [0, -1] {
                let expected = Self.end(bytes, downTo: floor)
                var skipper = JSONSkipper()
                var index = 0
                let isFound = skipper.skip(ByteView(bytes.span), &index, downTo: floor)
                #expect((isFound ? index : nil) == expected, "\(text)")
                // The same in two pieces.
                let cut = Int.random(in: 0...bytes.count, using: &random)
                var parts = JSONSkipper()
                var position = 0
                if parts.skip(ByteView(bytes.span).slice(0, count: cut), &position, downTo: floor) {
                    #expect(position == expected, "\(text)")
                    continue
                }
                #expect(position == cut)
                let isFoundThen = parts.skip(ByteView(bytes.span), &position, downTo: floor)
                #expect((isFoundThen ? position : nil) == expected, "\(text) cut at \(cut)")
            }
        }
    }

    @Test func findsTheEndOfObjects() {
        var random = SeededGenerator(seed: 12)
        for _ in 0..<3000 {
            let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                ([0x7D, 0x5D, 0x61, 0x7B] as [UInt8]).randomElement(using: &random) ?? 0x61
            }
            let start = Int.random(in: 0...bytes.count, using: &random)
            let expected = bytes.indices.first { $0 > start && bytes[$0] == 0x7D && bytes[$0 - 1] | 0x20 == 0x7D }
            #expect(ByteView(bytes.span).endOfObjects(from: start) == expected.map { $0 + 1 }, "\(bytes) from \(start)")
        }
    }
}
