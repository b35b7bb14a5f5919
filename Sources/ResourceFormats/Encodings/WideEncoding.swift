/// UTF-16 or UTF-32 with its byte order: an encoding of several bytes for each character of ASCII.
struct WideEncoding {
    /// The name to find its converter by.
    let converter: String
    /// Names of it, also those that leave the byte order open.
    let names: [String]
    let unitSize: Int
    /// The place of the byte of an ASCII character in a unit.
    let lowByte: Int

    static let all = [
        WideEncoding(converter: "UTF-32LE", names: fourByteNames + ["UTF-32LE"], unitSize: 4, lowByte: 0),
        WideEncoding(converter: "UTF-32BE", names: fourByteNames + ["UTF-32BE"], unitSize: 4, lowByte: 3),
        WideEncoding(converter: "UTF-16LE", names: twoByteNames + ["UTF-16LE"], unitSize: 2, lowByte: 0),
        WideEncoding(converter: "UTF-16BE", names: twoByteNames + ["UTF-16BE"], unitSize: 2, lowByte: 1),
    ]
    private static let fourByteNames = ["UTF-32", "UTF32", "UCS-4", "ISO-10646-UCS-4"]
    private static let twoByteNames = ["UTF-16", "UTF16", "UCS-2", "ISO-10646-UCS-2"]

    /// The encoding whose byte order mark the bytes begin with: the first four of a document, or all of a shorter one.
    static func marked(by bytes: ByteView) -> WideEncoding? {
        let index: Int? =
            switch (bytes.byte(at: 0), bytes.byte(at: 1), bytes.byte(at: 2), bytes.byte(at: 3)) {
            case (0xFF, 0xFE, 0, 0) where bytes.count >= 4: 0
            case (0, 0, 0xFE, 0xFF): 1
            case (0xFF, 0xFE, _, _): 2
            case (0xFE, 0xFF, _, _): 3
            default: nil
            }
        return index.map { all[$0] }
    }

    /// The encoding with a name; nil if it is no wide one.
    ///
    /// Without a byte order mark the bytes of a unit are in network order (RFC 2781 section 4.3), if the name does not say
    /// it.
    static func named(_ name: String) -> WideEncoding? {
        let named = all.filter { $0.admits(name) }
        return named.first { $0.lowByte > 0 } ?? named.first
    }

    func admits(_ name: String) -> Bool {
        names.contains(name.uppercased())
    }

    /// Whether the bytes begin with a byte order mark.
    func startsWithMark(_ bytes: ByteView) -> Bool {
        bytes.byte(at: 0) >= 0xFE || bytes.byte(at: unitSize - 2) >= 0xFE
    }

    /// The characters as if all were ASCII, without a byte order mark.
    func sample(_ bytes: ByteView, upTo limit: Int) -> [UInt8] {
        var text: [UInt8] = []
        var index = 0
        while index + unitSize <= bytes.count, text.count < limit {
            let isMark = index == 0 && startsWithMark(bytes)
            if !isMark { text.append(bytes.byte(at: index + lowByte)) }
            index += unitSize
        }
        return text
    }
}

/// Names of encodings.
enum EncodingName {
    #if XML
    /// The encodings that there are converters for, for errors.
    static let known = "one that libxml2 knows, such as UTF-16 or ISO-8859-1"
    #else
    /// The encodings that there are converters for, for errors.
    static let known = "UTF-8, UTF-16, UTF-32, ISO-8859-1 or US-ASCII; other encodings take the package trait XML"
    #endif

    /// Whether a name is one of UTF-8.
    static func isUTF8(_ name: String) -> Bool {
        ASCII.isEqualIgnoringCase(name, "UTF-8") || ASCII.isEqualIgnoringCase(name, "UTF8")
    }

    /// Whether text in an encoding can be read: it is UTF-8, or there is a converter for it.
    static func isReadable(_ name: String) -> Bool {
        isUTF8(name) || TextDecoder(encoding: name) != nil
    }
}
