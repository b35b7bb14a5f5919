import ResourceFormats

/// The rules of cells. What a cell means follows from its bytes alone, whatever column it is in:
///
///     (nothing)            the record has no such member
///     null, true, false    these
///     12, -1.50, 1e3       a number, its digits kept
///     [… or {…             an array or object, as JSON
///     \:…                  the text after the mark, for texts that would be taken for one of the above
///     anything else        this text
///
/// Media type `text/tab-separated-values` has no quotes, and no tab or line end within a cell. So a text has `\t`,
/// `\n`, `\r` and `\\` for them and the backslash. JSON has escapes of its own and needs none of these. Names of columns
/// are texts, never JSON.
enum TSVCell {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    private static let backslash = UInt8(ascii: "\\")
    private static let mark = UInt8(ascii: ":")
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Whether a cell that is not empty holds JSON and no text.
    static func isJSON(_ cell: Span<UInt8>) -> Bool {
        switch cell[0] {
        case UInt8(ascii: "["), UInt8(ascii: "{"): true
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): Number(text: string(cell)) != nil
        case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "f"):
            cell.count <= 5 && ["null", "true", "false"].contains(string(cell))
        default: false
        }
    }

    private static func string(_ cell: Span<UInt8>) -> String {
        String(decoding: cell.indices.map { cell[$0] }, as: UTF8.self)
    }

    /// Whether the bytes begin with a byte order mark.
    static func hasByteOrderMark(_ bytes: Span<UInt8>) -> Bool {
        bytes.count >= 3 && (0..<3).allSatisfy { bytes[$0] == byteOrderMark[$0] }
    }

    // MARK: Texts

    /// Appends a text as a cell.
    ///
    /// - Parameters:
    ///   - text: UTF-8.
    ///   - isName: Whether it names a column, where nothing is taken for JSON.
    ///   - output: Where it goes.
    static func append(_ text: Span<UInt8>, isName: Bool, to output: inout OutputBuffer) {
        // A document begins with a name, and a byte order mark there would be taken for the document's.
        if text.isEmpty || hasByteOrderMark(text) || !isName && isJSON(text) {
            output.append(backslash)
            output.append(mark)
        }
        for index in text.indices {
            switch text[index] {
            case tab: output.append("\\t")
            case lineFeed: output.append("\\n")
            case carriageReturn: output.append("\\r")
            case backslash: output.append("\\\\")
            default: output.append(text[index])
            }
        }
    }

    /// The text of the cell that stands at a place in the input.
    ///
    /// - Throws: `.invalidEscape`, with its offset in the input.
    static func text(
        _ input: Span<UInt8>, at place: Range<Int>, path: String
    ) throws(SerializationError) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(place.count)
        var index = place.lowerBound
        while index < place.upperBound {
            guard input[index] == backslash else {
                text.append(input[index])
                index += 1
                continue
            }
            switch index + 1 < place.upperBound ? input[index + 1] : 0 {
            case UInt8(ascii: "t"): text.append(tab)
            case UInt8(ascii: "n"): text.append(lineFeed)
            case UInt8(ascii: "r"): text.append(carriageReturn)
            case backslash: text.append(backslash)
            case mark where index == place.lowerBound: break
            default:
                throw SerializationError(
                    .invalidEscape, found: "a backslash that begins no escape",
                    expected: "one of \\\\ \\t \\n \\r, or \\: in front of a text", offset: index, path: path)
            }
            index += 2
        }
        return text
    }
}
