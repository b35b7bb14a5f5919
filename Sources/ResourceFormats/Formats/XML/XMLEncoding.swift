/// In which encoding a document is: XML 1.0 section 4.3.3 and appendix F.
///
/// A byte order mark or the pattern of the first bytes tells the family; the declaration then names the member of it.
enum XMLEncoding {
    /// What the first bytes say.
    enum Detection {
        /// More bytes are needed to tell.
        case needsMoreInput
        /// UTF-8, after a byte order mark of this many bytes.
        case utf8(markCount: Int)
        /// Another encoding, under the name to find its converter by.
        case other(name: String)
        /// The declaration contradicts the bytes.
        case contradiction(found: String, expected: String)
    }

    /// How far an XML declaration is looked for.
    private static let longestDeclaration = 1024

    /// Tells the encoding from the start of the document.
    ///
    /// An encoding that is given by a protocol goes before the declaration, and a byte order mark before both (RFC 7303
    /// section 3).
    static func detect(_ bytes: ByteView, isComplete: Bool, given: String? = nil) -> Detection {
        if bytes.count < 4, !isComplete { return .needsMoreInput }
        if let given { return detect(bytes, given: given) }
        if bytes.startsWithByteOrderMark {
            return declared(bytes.slice(3, count: bytes.count - 3), isComplete) { name in
                EncodingName.isUTF8(name)
                    ? .utf8(markCount: 3)
                    : .contradiction(
                        found: "a UTF-8 byte order mark and encoding=\"\(name)\"", expected: "one encoding")
            } ?? .utf8(markCount: 3)
        }
        if let family = wideFamily(bytes) {
            let text = family.sample(bytes, upTo: longestDeclaration)
            return declared(ByteView(text.span), isComplete || bytes.count >= 4 * longestDeclaration) { name in
                // Text that was turned from UTF-8 and still says so is what its bytes show, as for libxml2.
                family.admits(name) || EncodingName.isUTF8(name)
                    ? .other(name: family.converter)
                    : .contradiction(
                        found: "encoding=\"\(name)\" in text that is \(family.converter)", expected: "one encoding")
            } ?? .other(name: family.converter)
        }
        if bytes.byte(at: 0) == 0x4C, bytes.byte(at: 1) == 0x6F, bytes.byte(at: 2) == 0xA7, bytes.byte(at: 3) == 0x94 {
            return .other(name: "IBM037")
        }
        return declared(bytes, isComplete) { name in
            if EncodingName.isUTF8(name) { return .utf8(markCount: 0) }
            let isWide = WideEncoding.all.contains { $0.admits(name) }
            return isWide
                ? .contradiction(found: "encoding=\"\(name)\" in text of single bytes", expected: "one encoding")
                : .other(name: name)
        } ?? .utf8(markCount: 0)
    }

    private static func detect(_ bytes: ByteView, given: String) -> Detection {
        if bytes.startsWithByteOrderMark { return .utf8(markCount: 3) }
        let family = wideFamily(bytes)
        if let family, family.startsWithMark(bytes) { return .other(name: family.converter) }
        if EncodingName.isUTF8(given) { return .utf8(markCount: 0) }
        if let family, family.admits(given) { return .other(name: family.converter) }
        return .other(name: WideEncoding.named(given)?.converter ?? given)
    }

    /// What follows from the declaration's encoding; nil if there is none.
    private static func declared(
        _ text: ByteView, _ isComplete: Bool, then decide: (String) -> Detection
    ) -> Detection? {
        if text.count < 6, !isComplete, text.matchingPrefix(of: "<?xml", at: 0) == min(text.count, 5) {
            return .needsMoreInput
        }
        guard text.starts(with: "<?xml"), ASCII.isSpace(text.byte(at: 5)) else { return nil }
        // All of an input shows no more than its first pieces do.
        let text = text.slice(0, count: min(text.count, longestDeclaration))
        var end = 5
        while end < text.count, !(text.byte(at: end) == 0x3F && text.byte(at: end + 1) == 0x3E) { end += 1 }
        if end >= text.count, !isComplete, text.count < longestDeclaration { return .needsMoreInput }
        return name(in: text.slice(0, count: min(end, text.count))).map(decide)
    }

    /// The value of the pseudo-attribute `encoding`.
    private static func name(in declaration: ByteView) -> String? {
        var index = 5
        while index < declaration.count {
            guard ASCII.isSpace(declaration.byte(at: index)) else {
                index += 1
                continue
            }
            var next = index + 1
            guard declaration.matchingPrefix(of: "encoding", at: next) == 8 else {
                index += 1
                continue
            }
            next = declaration.indexAfterSpace(from: next + 8)
            guard declaration.byte(at: next) == 0x3D else { return nil }
            next = declaration.indexAfterSpace(from: next + 1)
            let quote = declaration.byte(at: next)
            guard quote == 0x22 || quote == 0x27 else { return nil }
            let start = next + 1
            let end = declaration.firstIndex(of: SingleByteStop(byte: quote), from: start)
            return end < declaration.count ? declaration.slice(start, count: end - start).string() : nil
        }
        return nil
    }

    // MARK: Encodings of several bytes a character

    /// Whether a converter's name is one of UTF-16 or UTF-32.
    static func isWide(_ converter: String) -> Bool {
        WideEncoding.all.contains { $0.converter.utf8.elementsEqual(converter.utf8) }
    }

    private static func wideFamily(_ bytes: ByteView) -> WideEncoding? {
        if let marked = WideEncoding.marked(by: bytes) { return marked }
        let isLongEnough = bytes.count >= 4
        let index: Int? =
            switch (bytes.byte(at: 0), bytes.byte(at: 1), bytes.byte(at: 2), bytes.byte(at: 3)) {
            case (0x3C, 0, 0, 0) where isLongEnough: 0
            case (0, 0, 0, 0x3C): 1
            case (0x3C, 0, _, 0) where isLongEnough: 2
            case (0, 0x3C, 0, _) where isLongEnough: 3
            default: nil
            }
        return index.map { WideEncoding.all[$0] }
    }
}
