import ContentNegotiation
import ResourceFormats

/// The names of formats on the command line, and the detection of an input's format.
extension Format {
    /// CSV whose columns are named by `--columns`.
    static let csvWithoutHeader = Format.csv(CSVOptions(hasHeader: false))

    /// The format with a name or media type, compared without case.
    init(named name: String) throws(Failure) {
        if let format = Format(name: name) ?? MediaType(name).flatMap(Format.init(written:)) {
            self = format
        } else {
            let names = Self.named.flatMap { [$0.name] + $0.traits.aliases + [$0.mediaType.description] }
            let suggestion = Suggestion.among(names, for: name).map { "did you mean \($0)? " } ?? ""
            let list = Self.named.map { $0.traits.aliases.reduce($0.name) { "\($0) (also \($1))" } }
            throw .usage(
                "there is no format '\(name)'; \(suggestion)there are \(list.joined(separator: ", ")), and their media types"
            )
        }
    }

    /// The format that is written as a media type, whose charset has to be UTF-8.
    private init?(written mediaType: MediaType) {
        if let charset = mediaType.value(of: "charset"), charset != "utf-8" { return nil }
        self.init(mediaType: mediaType)
    }

    /// The format for a file name; nil if the name does not show one.
    init?(path: String) {
        guard let ending = Self.ending(of: path) else { return nil }
        self.init(fileExtension: ending)
    }

    /// The part of a file's name after its last dot; nil if there is no dot, or only the one of a hidden file.
    static func ending(of path: String) -> String? {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        return String(name[name.index(after: dot)...])
    }

    /// The format that the first bytes of an input show; `isWhole` if they are the whole input.
    init(content: Span<UInt8>, isWhole: Bool) {
        var index = 0
        if content.count >= 3, content[0] == 0xEF, content[1] == 0xBB, content[2] == 0xBF { index = 3 }
        while index < content.count, ASCII.isSpace(content[index]) { index += 1 }
        guard index < content.count else {
            self = .json  // Its reader says best what is missing in an empty input.
            return
        }
        #if XML
        if Self.isWideXML(content) {
            self = .xml
            return
        }
        #endif
        switch content[index] {
        case UInt8(ascii: "{"):
            if case .found = HALEvidence(in: content) { self = .hal } else { self = .json }
        case UInt8(ascii: "["):
            self = .json
        #if XML
        case UInt8(ascii: "<"):
            self = .xml
        #endif
        default:
            // UTF-16, UTF-32 and a bare JSON scalar are left to the JSON reader, which refuses them by name.
            let isForeign = (0..<min(4, content.count)).contains { content[$0] == 0 || content[$0] >= 0xFE }
            self = isForeign || isWhole && Self.isScalar(content, from: index) ? .json : .csv
        }
    }

    /// Whether the first character is `<` in UTF-16, UTF-32 or EBCDIC, which an XML reader can read.
    private static func isWideXML(_ content: Span<UInt8>) -> Bool {
        var index = 0
        while index < min(content.count, 8), content[index] == 0 || content[index] >= 0xFE { index += 1 }
        guard index < content.count else { return false }
        if content[index] == UInt8(ascii: "<") { return index > 0 || content.count > 1 && content[1] == 0 }
        return content.count >= 4 && content[0] == 0x4C && content[1] == 0x6F && content[2] == 0xA7
            && content[3] == 0x94
    }

    private static func isScalar(_ content: Span<UInt8>, from start: Int) -> Bool {
        var text: [UInt8] = []
        for index in start..<content.count { text.append(content[index]) }
        while let last = text.last, ASCII.isSpace(last) { text.removeLast() }
        let word = String(decoding: text, as: UTF8.self)
        return ["null", "true", "false"].contains(word) || Number(text: word) != nil
    }

    /// Whether the format is CSV, with or without a header row, or TSV.
    var isTable: Bool { isTSV || mediaType.hasSameEssence(as: Self.csv.mediaType) }

    /// Whether the format is CSV with tabs, under its own name.
    var isTSV: Bool { mediaType.hasSameEssence(as: Self.tsv.mediaType) }

    /// CSV or TSV, whichever this is, with options.
    func table(_ options: CSVOptions) -> Format { isTSV ? .tsv(options) : .csv(options) }

    #if XML
    /// Whether the format is XML, under either of its media types.
    var isXML: Bool {
        mediaType.hasSameEssence(as: Self.xml.mediaType) || mediaType.hasSameEssence(as: Self.textXML.mediaType)
    }

    /// XML with options, under the media type that this has.
    func xml(_ options: XMLOptions) -> Format {
        mediaType.hasSameEssence(as: Self.textXML.mediaType) ? .textXML(options) : .xml(options)
    }
    #else
    /// Without the trait XML no format is XML.
    var isXML: Bool { false }

    func xml(_ options: XMLOptions) -> Format { self }
    #endif
}
