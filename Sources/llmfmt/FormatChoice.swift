import ContentNegotiation
import ResourceFormats

/// A format as the command line names it, before options are applied.
enum FormatChoice: Equatable {
    case json
    case jsonLines
    case hal
    case xml
    case csv(hasHeader: Bool)

    private static let names =
        ["json", "jsonl", "ndjson", "hal", "xml", "csv"] + Format.builtIn.map(\.mediaType.description)

    /// A format's name or media type.
    init(_ name: String) throws(Failure) {
        switch name.lowercased() {
        case "json": self = .json
        case "jsonl", "ndjson": self = .jsonLines
        case "hal": self = .hal
        case "xml": self = .xml
        case "csv": self = .csv(hasHeader: true)
        default:
            guard let mediaType = MediaType(name), let choice = Self(mediaType) else {
                let suggestion = Suggestion.among(Self.names, for: name).map { "did you mean \($0)? " } ?? ""
                throw .usage(
                    "there is no format '\(name)'; \(suggestion)there are json, jsonl (also ndjson), hal, xml, csv, and "
                        + "their media types")
            }
            self = choice
        }
    }

    private init?(_ mediaType: MediaType) {
        if let charset = mediaType.value(of: "charset"), charset != "utf-8" { return nil }
        if mediaType.hasSameEssence(as: Format.json.mediaType) {
            self = .json
        } else if mediaType.hasSameEssence(as: Format.jsonLines.mediaType) {
            self = .jsonLines
        } else if mediaType.hasSameEssence(as: Format.hal.mediaType) {
            self = .hal
        } else if mediaType.hasSameEssence(as: Format.xml.mediaType)
            || mediaType.hasSameEssence(as: Format.textXML.mediaType)
        {
            self = .xml
        } else if mediaType.hasSameEssence(as: Format.csv.mediaType) {
            switch mediaType.value(of: "header") {
            case "absent": self = .csv(hasHeader: false)
            case "present", nil: self = .csv(hasHeader: true)
            default: return nil
            }
        } else {
            return nil
        }
    }

    /// The format that a file's name shows; nil if it shows none.
    init?(path: String) {
        guard let ending = Self.ending(of: path)?.lowercased() else { return nil }
        if Format.json.fileExtensions.contains(ending) {
            self = .json
        } else if Format.jsonLines.fileExtensions.contains(ending) {
            self = .jsonLines
        } else if Format.hal.fileExtensions.contains(ending) {
            self = .hal
        } else if Format.xml.fileExtensions.contains(ending) {
            self = .xml
        } else if Format.csv.fileExtensions.contains(ending) {
            self = .csv(hasHeader: true)
        } else {
            return nil
        }
    }

    /// What stands after the last dot of a file's name; nil if there is no dot, or only the one of a hidden file.
    static func ending(of path: String) -> String? {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        return String(name[name.index(after: dot)...])
    }

    /// The format that the first bytes of an input show; `isWhole` if they are all there is.
    init(content: Span<UInt8>, isWhole: Bool) {
        var index = 0
        if content.count >= 3, content[0] == 0xEF, content[1] == 0xBB, content[2] == 0xBF { index = 3 }
        while index < content.count, [0x20, 0x09, 0x0A, 0x0D].contains(content[index]) { index += 1 }
        guard index < content.count else {
            self = .json  // Its reader says best what is missing in an empty input.
            return
        }
        if Self.isWideXML(content) {
            self = .xml
            return
        }
        switch content[index] {
        case UInt8(ascii: "{"):
            if case .found = HALEvidence(in: content) { self = .hal } else { self = .json }
        case UInt8(ascii: "["):
            self = .json
        case UInt8(ascii: "<"):
            self = .xml
        default:
            // UTF-16 and UTF-32, and a bare JSON scalar, get their refusal from the JSON reader.
            let isForeign = (0..<min(4, content.count)).contains { content[$0] == 0 || content[$0] >= 0xFE }
            self = isForeign || isWhole && Self.isScalar(content, from: index) ? .json : .csv(hasHeader: true)
        }
    }

    /// Whether the first character is `<` in UTF-16, UTF-32 or EBCDIC, which an XML reader takes.
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
        while let last = text.last, [0x20, 0x09, 0x0A, 0x0D].contains(last) { text.removeLast() }
        let word = String(decoding: text, as: UTF8.self)
        return ["null", "true", "false"].contains(word) || Number(text: word) != nil
    }

    var name: String {
        switch self {
        case .json: "json"
        case .jsonLines: "jsonl"
        case .hal: "hal"
        case .xml: "xml"
        case .csv: "csv"
        }
    }

    /// Whether a list may show at its end that it is a page, so that it has to be read twice.
    var mayBecomePage: Bool { self == .hal || self == .xml }

    /// Whether the format has an indented layout.
    var canBePretty: Bool { self == .json || self == .hal || self == .xml }

    var isCSV: Bool {
        if case .csv = self { return true }
        return false
    }
}
