import LLMResources
import ResourceFormats
import ResourceFormatsTesting

/// Link templates against a slow expansion: a byte for the template's form, then pieces between bytes FF.
///
/// The pieces are the base URL, the record's `_id`, its `projectId`, and the template's texts.
enum LinkTarget: Target {
    static let name = "links"

    static func check(_ bytes: [UInt8]) {
        guard let form = bytes.first else { return }
        var texts: [String] = []
        for piece in bytes.dropFirst().split(separator: 0xFF, maxSplits: 9, omittingEmptySubsequences: false) {
            guard let text = String(validating: piece, as: UTF8.self) else { return }
            texts.append(text)
        }
        guard texts.count >= 4 else { return }
        let pieces = pieces(Array(texts.dropFirst(3)), form: form)
        let template = pieces.map(\.text).joined()
        let schema = Schema(
            LargeLanguageModel.schema.name, plural: LargeLanguageModel.schema.pluralName,
            fields: LargeLanguageModel.Field.self,
            links: ResourceLinks(
                item: [LinkTemplate("x", template)], collection: "/c", nextParameter: "n", previousParameter: "p"))
        let members = [
            SlowJSON.Member("_id", .string(ExactText(texts[1]))),
            SlowJSON.Member("projectId", form & 1 > 0 ? .null : .string(ExactText(texts[2]))),
            SlowJSON.Member("assignedToProjects", .array([.string("a"), .null, .string(ExactText(texts[1]))])),
        ]
        let format = Format.hal(HALOptions(baseURL: texts[0]))
        let record = SlowJSON.object(members)
        let written = Conversion(from: .json, to: format, schema: schema).run(record.bytes)
        let facts: [(String, Any)] = [
            ("template", template), ("base", texts[0]), ("record", record), ("written", written),
        ]
        guard written.error == nil, let item = try? SlowJSON(parsing: written.output) else {
            fail("links are written", facts)
        }
        let base = texts[0].utf8.last == 0x2F ? String(decoding: texts[0].utf8.dropLast(), as: UTF8.self) : texts[0]
        let values = ["_id": texts[1], "projectId": form & 1 > 0 ? "" : texts[2]]
        let expected = expand(pieces, base, values)
        if item["_links"]?["x"] != expected {
            fail("a link is its template, expanded", facts + [("expected", "\(expected as Any)")])
        }
        let back = Conversion(from: format, to: .json, schema: schema).run(written.output)
        if back.text != record.text + "\n" || !back.notes.isEmpty {
            fail("links that follow from a record are dropped and come again", facts + [("back", back)])
        }
    }

    private enum Piece {
        case literal(String)
        case value(String)
        case query(String)
        case element

        var text: String {
            switch self {
            case .literal(let text): text
            case .value(let name): "{\(name)}"
            case .query(let name): "{?\(name)}"
            case .element: "{assignedToProjects}"
            }
        }
    }

    /// A template's texts with expressions between them, which `form` picks.
    private static func pieces(_ texts: [String], form: UInt8) -> [Piece] {
        var pieces: [Piece] = []
        var choices = form >> 1
        let isArray = form & 0x80 > 0
        for (number, text) in texts.enumerated() {
            // A brace would begin an expression; that it names a field is the programmer's business.
            pieces.append(.literal(String(decoding: text.utf8.filter { $0 != 0x7B }, as: UTF8.self)))
            if isArray {
                if number == 0 { pieces.append(.element) }
                continue
            }
            switch choices & 3 {
            case 0: pieces.append(.value("_id"))
            case 1: pieces.append(.value("projectId"))
            case 2: pieces.append(.query("projectId"))
            default: break
            }
            choices >>= 2
        }
        return pieces
    }

    /// The value of the relation; nil if there is none.
    private static func expand(_ pieces: [Piece], _ base: String, _ values: [String: String]) -> SlowJSON? {
        if pieces.contains(where: { if case .element = $0 { true } else { false } }) {
            let elements = ["a", values["_id"] ?? ""].filter { !$0.utf8.isEmpty }
            return .array(elements.map { link(base + join(pieces, values, $0)) })
        }
        for case .value(let name) in pieces where values[name]?.utf8.isEmpty != false { return nil }
        return link(base + join(pieces, values, ""))
    }

    private static func link(_ target: String) -> SlowJSON {
        .object([SlowJSON.Member("href", .string(ExactText(target)))])
    }

    private static func join(_ pieces: [Piece], _ values: [String: String], _ element: String) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal): text += literal
            case .value(let name): text += encoded(values[name] ?? "")
            case .query(let name):
                if let value = values[name], !value.utf8.isEmpty { text += "?\(name)=" + encoded(value) }
            case .element: text += encoded(element)
            }
        }
        return text
    }

    private static func encoded(_ text: String) -> String {
        let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        return text.utf8.map { byte in
            if kept.contains(byte) { return String(UnicodeScalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.utf8.count < 2 ? "0" : "") + digits
        }.joined()
    }

    static func seeds() -> [[UInt8]] {
        let texts = [
            ["", "i", "p", "/v2.0/x/"], ["https://example.com/", "a b/c?d#e%", "\u{E9}\u{1F600}", "/x/", "/y"],
            ["/", "", "p", "/x", "?q=", "&", "}"], ["\"\\", "~._-", "+", "\u{0}", "\n"], ["", "i", "", "", "", ""],
        ]
        return texts.flatMap { pieces in
            [UInt8(0), 1, 2, 4, 6, 0x1B, 0x24, 0x80, 0x87].map { form in
                [form] + pieces.map { Array($0.utf8) }.joined(separator: [0xFF])
            }
        }
    }

    static let words = Words.names + ["{", "}", "{?", "%", "%2F", "https://", "?", "&", "/", "//"]
}
