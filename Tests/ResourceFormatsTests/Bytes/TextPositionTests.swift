import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Places of errors and of bad bytes, against the obvious way to tell them.
@Suite struct TextPositionTests {
    /// Line and column by looking at one code point after the other.
    private func slowPosition(of offset: Int, in bytes: [UInt8]) -> TextPosition {
        var position = TextPosition(byteOffset: offset, line: 1, column: 1)
        var previous: Unicode.Scalar?
        var scalars = Array(String(decoding: bytes[..<offset], as: UTF8.self).unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        for scalar in scalars {
            switch scalar {
            case "\r":
                position.line += 1
                position.column = 1
            case "\n":
                if previous != "\r" { position.line += 1 }
                position.column = 1
            default: position.column += 1
            }
            previous = scalar
        }
        return position
    }

    @Test func countsLinesAndCodePoints() {
        var random = SeededGenerator(seed: Settings.propertySeed)
        let spaces = [" ", "\t", "\n", "\r", "\r\n", "\n\n", "\r\r", "\n\r"]
        let records = [
            "{}", "{\"a\":\"\u{E9}\u{20AC}\u{1F600}\"}", "{\"name\":\"\(String(repeating: "\u{E9}x", count: 700))\"}",
        ]
        for round in 0..<60 {
            let spacing = Array(spaces.prefix(round % 3 == 0 ? 3 : round % 3 == 1 ? 8 : 4))
            var text = round % 5 == 0 ? "\u{FEFF}" : ""
            for _ in 0..<Int.random(in: 0...(round % 2 == 0 ? 20 : 400), using: &random) {
                text += random.oneIn(3) ? random.pick(records) : random.pick(spacing)
            }
            let offset = text.utf8.count
            let bytes = Array(text.utf8) + Array("x{}".utf8)
            let conversion = Conversion(from: .json, to: .jsonLines, schema: LargeLanguageModel.schema)
            let expected = slowPosition(of: offset, in: bytes)
            #expect(conversion.run(bytes).position == expected)
            let cuts = (0..<5).map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted()
            #expect(conversion.run(bytes, cuts: cuts).position == expected)
        }
    }

    @Test func findsTheFirstByteThatIsNoUTF8() {
        var random = SeededGenerator(seed: Settings.propertySeed &+ 1)
        let pieces: [[UInt8]] = [
            [0x61], Array("abcdefghijklmnop".utf8), [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF],
            [0xEE, 0x80, 0x80], [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF],
        ]
        let broken: [[UInt8]] = [
            [], [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
            [0xE0, 0xA0],
            [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF0, 0x90, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        ]
        var refused = 0
        for _ in 0..<2_000 {
            let start = (0..<Int.random(in: 0...6, using: &random)).flatMap { _ in random.pick(pieces) }
            let bad = random.pick(broken)
            let end = (0..<Int.random(in: 0...6, using: &random)).flatMap { _ in random.pick(pieces) }
            let isValid = String(validating: start + bad + end, as: UTF8.self) != nil
            for (head, tail, format) in [
                ("[{\"name\":\"", "\"}]", Format.json), ("name\n", "\n", .csv), ("name,x\n\"", "\",\n", .csv),
            ] {
                let outcome = run(Array(head.utf8) + start + bad + end + Array(tail.utf8), from: format)
                #expect((outcome.error == nil) == isValid)
                if !isValid {
                    refused += 1
                    #expect(outcome.code == .invalidEncoding)
                    #expect(outcome.position?.byteOffset == head.utf8.count + start.count)
                }
            }
        }
        #expect(refused > 1_000)
    }
}
