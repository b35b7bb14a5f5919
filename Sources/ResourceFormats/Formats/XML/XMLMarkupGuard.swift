/// Watches over markup that libxml2 gathers before it parses it.
///
/// libxml2 waits for the end of a tag, comment or reference; and for a tag with many attributes it compares each with
/// all others. So what is too long, or has too many, is refused before it is complete.
struct XMLMarkupGuard {
    /// How many attributes, declarations of namespaces among them, a tag may have.
    static let mostAttributes = 1000
    private static let smallest = 64 << 10
    /// Less than the ten million bytes at which libxml2 gives up, in words of its own.
    static let largest = 9 << 20

    /// From how many bytes on to look again: doubled each time, so that all looks together take linear time.
    private var threshold = smallest

    struct Problem {
        let code: SerializationError.Code
        let found: String
        let expected: String
    }

    /// What is wrong with the markup from `start` on, of which `end` is as far as it has come.
    mutating func problem(with text: ByteView, from start: Int, to end: Int) -> Problem? {
        let isTooLong = end - start > Self.largest
        guard end - start >= threshold || isTooLong, start >= 0 else {
            if end - start < Self.smallest { threshold = Self.smallest }
            return nil
        }
        threshold *= 2
        if text.byte(at: start) == 0x26 {
            return Problem(
                code: .notWellFormed, found: "a lone &", expected: "&amp;, or a reference that ends with a semicolon")
        }
        if text.matchingPrefix(of: "<!DOCTYPE", at: start) == 9 {
            return Problem(
                code: .unsupported, found: "a document type declaration", expected: "none: entities are never read")
        }
        if text.byte(at: start + 1) != 0x21, text.byte(at: start + 1) != 0x3F {
            let count = attributeCount(text, from: start, to: end)
            if count > Self.mostAttributes {
                return Problem(
                    code: .recordLimit, found: "a tag of more than \(Self.mostAttributes) attributes",
                    expected: "at most \(Self.mostAttributes)")
            }
        }
        guard isTooLong else { return nil }
        return Problem(
            code: .recordLimit, found: "markup of more than \(Self.largest) bytes in one piece",
            expected: "at most \(Self.largest)")
    }

    /// How many `=` stand outside of quotes.
    private func attributeCount(_ text: ByteView, from start: Int, to end: Int) -> Int {
        var count = 0
        var quote: UInt8 = 0
        for index in start..<end {
            let byte = text.byte(at: index)
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == 0x22 || byte == 0x27 {
                quote = byte
            } else if byte == 0x3D {
                count += 1
            }
        }
        return count
    }
}
