/// The document that a JSON Schema describes.
public enum JSONSchemaShape: String, CaseIterable, Sendable {
    /// One record.
    case item
    /// An array of records.
    case list
    /// An object with the records in `items`, and cursors.
    case page
    /// A list or page of HAL.
    case halDocument = "hal"
}

extension Schema {
    /// The JSON Schema (draft 2020-12) of a document, for programs that make code from it.
    ///
    /// Each object is in `$defs`, with a title of its own, and says that it may have unknown members. The document has an
    /// `$id`. `Schema(jsonSchema:)` reads that of an item back.
    ///
    /// - Parameters:
    ///   - shape: The document to describe.
    ///   - profile: The purpose of the records, which decides what is required.
    ///   - isStrict: Whether a value that is not documented is invalid even where a newer server may have added it.
    public func jsonSchema(
        of shape: JSONSchemaShape, profile: SchemaProfile = .resource, isStrict: Bool = false
    ) -> String {
        var definitions = JSONSchemaDefinitions(of: self, before: "#/$defs/", prefix: profile == .create ? "New" : "")
        if shape == .item { definitions.recordReference = "#" }
        let printer = JSONSchemaPrinter(schema: self, profile: profile, isStrict: isStrict, definitions: definitions)
        let name = JSONSchemaPointer.encoded(self.name)
        let purpose = profile == .create ? "create:" : ""
        var members: [(String, PrintedJSON)] = [
            ("$schema", .string(JSONSchemaPrinter.dialect)),
            ("$id", .string("urn:llmfmt:\(name):\(purpose)\(shape.rawValue)")),
        ]
        var parts = printer.objects
        let title = definitions.title(of: .record)
        switch shape {
        case .item:
            members += [("title", .string(title)), ("x-resource", printer.resourceMember)] + printer.record
        case .list:
            members.append(("title", .string(definitions.name(.list))))
            members += printer.list
        case .page:
            members.append(("title", .string(definitions.name(.page))))
            members += printer.page
        case .halDocument:
            members.append(("title", .string(definitions.name(.halDocument))))
            members += printer.halDocument
            parts += printer.halParts
        }
        if shape != .item { parts.insert(printer.recordPart, at: 0) }
        if !parts.isEmpty { members.append(("$defs", .object(parts))) }
        return PrintedJSON.object(members).document
    }
}

/// The names of the objects that are printed apart.
struct JSONSchemaDefinitions {
    private let before: String
    private var titles: [FieldID: String] = [:]
    /// The reference to the record, where it is not among the others.
    var recordReference: String?
    /// The objects of the record with members of their own, in schema order.
    let places: [FieldID]
    private var taken: Set<[UInt8]> = []
    private var parts: [Part: String] = [:]

    /// What belongs to the record and is printed apart; the end of its name.
    enum Part: String, CaseIterable {
        case list = "List"
        case page = "Page"
        case halDocument = "HAL"
        case withLinks = "WithLinks"
        case links = "Links"
        case link = "Link"
        case embedded = "Embedded"
    }

    /// Names for all objects of a schema.
    ///
    /// - Parameters:
    ///   - before: The beginning of a reference.
    ///   - prefix: The beginning of a name.
    ///   - other: Names that are not to be used again.
    init(of schema: Schema, before: String, prefix: String, avoiding other: JSONSchemaDefinitions? = nil) {
        self.before = before
        taken = other?.taken ?? []
        places = (0..<schema.placeCount).map { FieldID(rawValue: UInt16(truncatingIfNeeded: $0)) }.filter {
            schema.kind(of: $0) == .object && schema.owner(ofMembersAt: $0) == $0
        }
        for place in [.record] + places {
            titles[place] = unique(prefix + Self.words(schema.name) + Self.path(to: place, in: schema))
        }
        for part in Part.allCases { parts[part] = unique(title(of: .record) + part.rawValue) }
    }

    /// The name of an object, which is its title too.
    func title(of place: FieldID) -> String { titles[place] ?? "" }

    /// The reference to an object.
    func reference(to place: FieldID) -> String {
        if place == .record, let recordReference { return recordReference }
        return before + title(of: place)
    }

    /// The name of what belongs to the record.
    func name(_ part: Part) -> String { parts[part] ?? "" }

    /// The reference to what belongs to the record.
    func reference(_ part: Part) -> String { before + name(part) }

    /// A name that nothing else has.
    private mutating func unique(_ name: String) -> String {
        var candidate = name
        var number = 2
        while !taken.insert(Array(candidate.utf8)).inserted {
            candidate = "\(name)\(number)"
            number += 1
        }
        return candidate
    }

    private static func path(to place: FieldID, in schema: Schema) -> String {
        guard place != .record else { return "" }
        return path(to: schema.scope(of: place), in: schema) + (schema.name(of: place).map(words) ?? "Item")
    }

    /// The letters and digits of a name, each run with a capital at its beginning.
    private static func words(_ name: String) -> String {
        var text = ""
        var isStart = true
        for byte in name.utf8 {
            let isLetter = (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
            guard isLetter || ASCII.isDigit(byte) else {
                isStart = true
                continue
            }
            let isSmall = isStart && (0x61...0x7A).contains(byte)
            text.unicodeScalars.append(Unicode.Scalar(isSmall ? byte - 0x20 : byte))
            isStart = false
        }
        return text.isEmpty ? "Member" : text
    }
}

extension JSONSchemaPrinter {
    /// The objects of the record, by their names.
    var objects: [(String, PrintedJSON)] {
        guard let definitions else { return [] }
        return definitions.places.map { place in
            let title = definitions.title(of: place)
            return (title, .object([("title", .string(title))] + object(place)))
        }
    }

    /// The record, by its name.
    var recordPart: (String, PrintedJSON) {
        let title = definitions?.title(of: .record) ?? schema.name
        return (title, .object([("title", .string(title))] + record))
    }

    private var recordReference: PrintedJSON {
        .object([("$ref", .string(definitions?.reference(to: .record) ?? "#"))])
    }

    /// An array of records.
    var list: [(String, PrintedJSON)] { Self.array(of: recordReference) }

    /// A page.
    var page: [(String, PrintedJSON)] {
        [
            ("type", .string("object")), ("required", .texts(["items"])),
            ("properties", .object([("items", .object(list))] + Self.pageMembers)),
            ("additionalProperties", .bool(true)),
        ]
    }

    /// The members of a page beside its records.
    private static let pageMembers: [(String, PrintedJSON)] = [
        ("total", .object([("type", .texts(["number", "null"]))])),
        ("nextCursor", .object([("type", .texts(["string", "null"]))])),
        ("previousCursor", .object([("type", .texts(["string", "null"]))])),
    ]

    /// A list or page of HAL; the members of a page are there for a page only.
    var halDocument: [(String, PrintedJSON)] {
        let records = PrintedJSON.object(
            [
                ("title", .string(name(.embedded))), ("type", .string("object")),
                ("required", .texts([schema.pluralName])),
            ]
                + [
                    (
                        "properties",
                        .object([(schema.pluralName, .object(Self.array(of: reference(.withLinks))))])
                    )
                ])
        return [
            ("type", .string("object")), ("required", .texts(["_embedded", "_links"])),
            (
                "properties",
                .object([("_embedded", records), ("_links", reference(.links))] + Self.pageMembers)
            ), ("additionalProperties", .bool(true)),
        ]
    }

    /// The record of HAL, its links, and a link, by their names.
    var halParts: [(String, PrintedJSON)] {
        let string = PrintedJSON.object([("type", .string("string"))])
        let flag = PrintedJSON.object([("type", .string("boolean"))])
        let link: [(String, PrintedJSON)] = [
            ("title", .string(name(.link))), ("type", .string("object")), ("required", .texts(["href"])),
            ("properties", .object([("href", string), ("templated", flag), ("name", string)])),
            ("additionalProperties", .bool(true)),
        ]
        let links: [(String, PrintedJSON)] = [
            ("title", .string(name(.links))), ("type", .string("object")),
            (
                "additionalProperties",
                .object([("anyOf", .array([reference(.link), .object(Self.array(of: reference(.link)))]))])
            ),
        ]
        var withLinks: [(String, PrintedJSON)] = [("title", .string(name(.withLinks)))]
        for (key, value) in record {
            if case .object(let properties) = value, key.utf8.elementsEqual("properties".utf8) {
                withLinks.append((key, .object([("_links", reference(.links))] + properties)))
            } else {
                withLinks.append((key, value))
            }
        }
        return [
            (name(.withLinks), .object(withLinks)), (name(.links), .object(links)), (name(.link), .object(link)),
        ]
    }

    private func name(_ part: JSONSchemaDefinitions.Part) -> String { definitions?.name(part) ?? "" }

    private func reference(_ part: JSONSchemaDefinitions.Part) -> PrintedJSON {
        .object([("$ref", .string(definitions?.reference(part) ?? ""))])
    }

    private static func array(of items: PrintedJSON) -> [(String, PrintedJSON)] {
        [("type", .string("array")), ("items", items)]
    }
}
