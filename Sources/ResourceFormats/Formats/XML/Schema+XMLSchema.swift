extension Schema {
    /// The XML Schema (XSD 1.0) of a document in the XML format: an item, a list or a page.
    ///
    /// It describes the known fields, in any order and each at most once. So every valid record without unknown members
    /// is valid against it. An object without known fields may have any members. A field is required if every profile
    /// requires it. Two rules cannot be expressed in XSD 1.0 and are left to the validator: rules between fields, and
    /// the difference between the integer `1.5e1` and the fraction `1.25e1`.
    public var xmlSchema: String { xmlSchema(XMLOptions()) }

    /// The same for documents with the names, attributes and namespace of some options.
    ///
    /// A member that is an attribute may be one or an element, so it is required as neither.
    ///
    /// - Parameters:
    ///   - options: The options of the documents.
    ///   - isForClasses: Whether the schema is for programs that make classes from it. It is then without `xsi:nil`, which
    ///     such classes write for each member that is not there, and without the fixed value of `escaped`, which they write
    ///     always.
    public func xmlSchema(_ options: XMLOptions, isForClasses: Bool = false) -> String {
        var document = XMLSchemaDocument(
            schema: self, vocabulary: XMLVocabulary(schema: self, options: options), isForClasses: isForClasses)
        return document.make()
    }
}

/// Writes the XML Schema of a schema.
private struct XMLSchemaDocument {
    let schema: Schema
    let vocabulary: XMLVocabulary
    private let isForClasses: Bool
    private var text = ""
    private var level = 0

    init(schema: Schema, vocabulary: XMLVocabulary, isForClasses: Bool) {
        self.schema = schema
        self.vocabulary = vocabulary
        self.isForClasses = isForClasses
    }

    mutating func make() -> String {
        text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        let namespace = vocabulary.namespace.map(escaped).map { name in
            " xmlns=\"\(name)\" targetNamespace=\"\(name)\" elementFormDefault=\"qualified\""
        }
        within("xs:schema", "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"" + (namespace ?? "")) { document in
            document.addRoots()
            document.addObjectType("record", .record)
            document.addBasicTypes()
            for index in 0..<document.schema.placeCount {
                document.addType(of: FieldID(rawValue: UInt16(truncatingIfNeeded: index)))
            }
        }
        return text
    }

    // MARK: Documents

    private mutating func addRoots() {
        let record = vocabulary.record
        line("<xs:element name=\"\(record)\" type=\"record\"/>")
        within("xs:element", "name=\"\(vocabulary.list)\"") { document in
            document.within("xs:complexType") { document in
                document.within("xs:sequence") { document in
                    document.line(
                        "<xs:element name=\"\(record)\" type=\"record\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>")
                    document.line("<xs:element name=\"page\" type=\"page\" minOccurs=\"0\"/>")
                }
                document.addForeignAttributes()
            }
        }
        within("xs:complexType", "name=\"page\"") { document in
            document.line("<xs:attribute name=\"total\" type=\"number\"/>")
            document.line("<xs:attribute name=\"nextCursor\" type=\"xs:string\"/>")
            document.line("<xs:attribute name=\"previousCursor\" type=\"xs:string\"/>")
            document.addForeignAttributes()
        }
    }

    // MARK: Types

    /// The types that fields without constraints share.
    private mutating func addBasicTypes() {
        addSimpleType("number", base: "xs:token", patterns: [Self.number])
        addSimpleType("boolean", base: "xs:boolean", patterns: ["true|false"])
        if isForClasses { addNamesType("escaped", ValueConstraints.Names(texts: ["true"], isOpen: false)) }
        addValueType("value.string", base: "xs:string", kind: .string)
        addValueType("value.number", base: "number", kind: .number)
        addValueType("value.boolean", base: "boolean", kind: .boolean)
    }

    /// The pattern of a JSON number.
    private static let number = #"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+\-]?[0-9]+)?"#
    /// The patterns of JSON integers: `7`, `7.0`, and every number with an exponent.
    private static let integers = [
        #"-?(0|[1-9][0-9]*)(\.0+)?"#, #"-?(0|[1-9][0-9]*)(\.[0-9]+)?[eE][+\-]?[0-9]+"#,
    ]

    private mutating func addType(of place: FieldID) {
        let name = typeName(of: place)
        let constraints = schema.constraints(of: place)
        guard let kind = schema.kind(of: place), name.utf8.starts(with: "field.".utf8) else { return }
        switch kind {
        case .object: addObjectType(name, place)
        case .array: addArrayType(name, elements: typeName(of: schema.elements(of: place)))
        case .string where constraints.mayBeArray: addEitherType(name)
        case .string:
            let base = "text." + name.dropFirst("field.".utf8.count)
            addTextType(base, constraints)
            addValueType(name, base: base, kind: .string)
        case .number, .boolean:
            let base = "text." + name.dropFirst("field.".utf8.count)
            addSimpleType(
                base, base: "xs:double", patterns: constraints.isInteger ? Self.integers : [Self.number],
                bounds: constraints.numberBounds)
            addValueType(name, base: base, kind: kind)
        }
    }

    /// The name of the type of a place: a type of its own if the schema restricts more than its kind.
    private func typeName(of place: FieldID) -> String {
        let constraints = schema.constraints(of: place)
        let isOwn =
            constraints.pattern != nil || constraints.names != nil || constraints.range != nil
            || constraints.isInteger || constraints.mayBeArray || constraints.dateForm != nil
            || constraints.length != nil || constraints.bounds != nil
        switch schema.kind(of: place) {
        case .string where !isOwn: return "value.string"
        case .number where !isOwn: return "value.number"
        case .boolean: return "value.boolean"
        case nil: return "xs:anyType"
        default: return "field" + pathOfElements(to: place)
        }
    }

    /// The path of a place by its element names, each after a dot: `.fallbacks.item.immediateFallBack`.
    ///
    /// A dot in a name is written as `_x002E_`, so that no two places have the same path.
    private func pathOfElements(to place: FieldID) -> String {
        guard place != .record else { return "" }
        let before = pathOfElements(to: schema.scope(of: place))
        guard schema.name(of: place) != nil else { return before + ".item" }
        let name = schema.elementName(of: place).unicodeScalars
        return before + "." + name.map { $0 == "." ? "_x002E_" : String($0) }.joined()
    }

    private mutating func addObjectType(_ name: String, _ scope: FieldID) {
        within("xs:complexType", "name=\"\(name)\"") { document in
            let members = document.schema.members(of: scope)
            if members.isEmpty {
                document.addAnyMembers()
            } else {
                document.within("xs:all") { document in
                    for member in members { document.addMember(member) }
                }
                for member in members where document.mayBeAttribute(member) { document.addAttribute(member) }
            }
            if scope != .record { document.addKindAttribute(.object) }
            document.addForeignAttributes()
        }
    }

    /// Adds a wildcard for elements in no namespace but the document's, for an object whose members the schema does not name.
    private mutating func addAnyMembers() {
        within("xs:sequence") { document in
            let wildcard = document.vocabulary.namespace == nil ? "##local" : "##targetNamespace"
            document.line(
                "<xs:any namespace=\"\(wildcard)\" processContents=\"skip\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>")
        }
    }

    private mutating func addMember(_ member: FieldID) {
        let isRequired =
            schema.constraints(of: member).requiredIn.count == SchemaProfile.allCases.count && !mayBeAttribute(member)
        let occurrence = isRequired ? "" : " minOccurs=\"0\"\(nillable)"
        line("<xs:element name=\"\(schema.elementName(of: member))\" type=\"\(typeName(of: member))\"\(occurrence)/>")
    }

    /// Whether a member is an attribute where its value allows it.
    private func mayBeAttribute(_ member: FieldID) -> Bool {
        guard let utf8 = schema.name(of: member)?.utf8 else { return false }
        switch schema.kind(of: member) {
        case .string, .number, .boolean:
            return vocabulary.hasAttribute(ByteView(utf8.span), isRecord: schema.scope(of: member) == .record)
        case .object, .array, nil: return false
        }
    }

    private mutating func addAttribute(_ member: FieldID) {
        line("<xs:attribute name=\"\(schema.elementName(of: member))\" type=\"\(textType(of: member))\"/>")
    }

    /// The name of the type of a place's text.
    private func textType(of place: FieldID) -> String {
        let name = typeName(of: place)
        let constraints = schema.constraints(of: place)
        switch schema.kind(of: place) {
        case .number where name.utf8.elementsEqual("value.number".utf8): return "number"
        case .boolean: return "boolean"
        case .string where constraints.pattern == nil && constraints.names == nil || constraints.mayBeArray:
            return "xs:string"
        default: return "text." + name.dropFirst("field.".utf8.count)
        }
    }

    private mutating func addArrayType(_ name: String, elements: String) {
        within("xs:complexType", "name=\"\(name)\"") { document in
            document.within("xs:sequence") { document in document.addItems(elements) }
            document.addKindAttribute(.array)
            document.addForeignAttributes()
        }
    }

    /// Adds a type for one string or an array of them: in XSD 1.0 an attribute cannot choose between two types.
    private mutating func addEitherType(_ name: String) {
        within("xs:complexType", "name=\"\(name)\" mixed=\"true\"") { document in
            document.within("xs:sequence") { document in document.addItems("value.string") }
            document.within("xs:attribute", "name=\"type\"") { document in
                document.within("xs:simpleType") { document in
                    document.within("xs:restriction", "base=\"xs:string\"") { document in
                        document.line("<xs:enumeration value=\"string\"/>")
                        document.line("<xs:enumeration value=\"array\"/>")
                    }
                }
            }
            document.addEscapedAttribute()
            document.addForeignAttributes()
        }
    }

    private mutating func addItems(_ type: String) {
        line(
            "<xs:element name=\"\(vocabulary.item)\" type=\"\(type)\" minOccurs=\"0\" maxOccurs=\"unbounded\"\(nillable)/>"
        )
    }

    private mutating func addNamesType(_ name: String, _ names: ValueConstraints.Names) {
        within("xs:simpleType", "name=\"\(name)\"") { document in
            if names.isOpen {
                let list = names.texts.map(escaped).joined(separator: ", ")
                document.within("xs:annotation") { document in
                    document.line("<xs:documentation>Documented: \(list).</xs:documentation>")
                }
                document.line("<xs:restriction base=\"xs:string\"/>")
            } else {
                document.within("xs:restriction", "base=\"xs:string\"") { document in
                    for text in names.texts { document.line("<xs:enumeration value=\"\(escaped(text))\"/>") }
                }
            }
        }
    }

    private mutating func addSimpleType(
        _ name: String, base: String, patterns: [String],
        bounds: (lower: String?, upper: String?) = (nil, nil)
    ) {
        within("xs:simpleType", "name=\"\(name)\"") { document in
            document.within("xs:restriction", "base=\"\(base)\"") { document in
                for pattern in patterns { document.line("<xs:pattern value=\"\(escaped(pattern))\"/>") }
                if let lower = bounds.lower { document.line("<xs:minInclusive value=\"\(lower)\"/>") }
                if let upper = bounds.upper { document.line("<xs:maxInclusive value=\"\(upper)\"/>") }
            }
        }
    }

    /// Adds the type of a text by the first of its rules; the other rules are the validator's.
    private mutating func addTextType(_ name: String, _ constraints: ValueConstraints) {
        if let pattern = constraints.pattern {
            addSimpleType(name, base: "xs:string", patterns: [pattern.expression])
        } else if let names = constraints.names {
            addNamesType(name, names)
        } else if let form = constraints.dateForm {
            addSimpleType(name, base: form.xmlType.name, patterns: [form.xmlType.pattern])
        } else if let length = constraints.length {
            addLengthType(name, length)
        }
    }

    /// Adds a type of texts of a length, and of texts with a backslash: such a text may have the escapes of the XML format,
    /// with which it is longer.
    private mutating func addLengthType(_ name: String, _ length: TextLength) {
        let least = length.least > 0 ? "<xs:minLength value=\"\(length.least)\"/>" : nil
        within("xs:simpleType", "name=\"\(name)\"") { document in
            document.within("xs:union") { document in
                document.within("xs:simpleType") { document in
                    document.within("xs:restriction", "base=\"xs:string\"") { document in
                        if let least { document.line(least) }
                        if let most = length.most { document.line("<xs:maxLength value=\"\(most)\"/>") }
                    }
                }
                document.within("xs:simpleType") { document in
                    document.within("xs:restriction", "base=\"xs:string\"") { document in
                        if let least { document.line(least) }
                        document.line(#"<xs:pattern value="[\s\S]*\\[\s\S]*"/>"#)
                    }
                }
            }
        }
    }

    /// Adds the type of an element with text and the attributes that the format allows on it.
    private mutating func addValueType(_ name: String, base: String, kind: ValueKind) {
        within("xs:complexType", "name=\"\(name)\"") { document in
            document.within("xs:simpleContent") { document in
                document.within("xs:extension", "base=\"\(base)\"") { document in
                    document.addKindAttribute(kind)
                    if kind == .string {
                        document.addEscapedAttribute()
                    }
                    document.addForeignAttributes()
                }
            }
        }
    }

    private var nillable: String { isForClasses ? "" : " nillable=\"true\"" }

    private mutating func addEscapedAttribute() {
        let type = isForClasses ? "type=\"escaped\"" : "type=\"xs:string\" fixed=\"true\""
        line("<xs:attribute name=\"escaped\" \(type)/>")
    }

    private mutating func addKindAttribute(_ kind: ValueKind) {
        line("<xs:attribute name=\"type\" type=\"xs:string\" fixed=\"\(kind)\"/>")
    }

    /// Allows `xml:lang` and other `xml:*` attributes, which the reader ignores.
    private mutating func addForeignAttributes() {
        line("<xs:anyAttribute namespace=\"http://www.w3.org/XML/1998/namespace\" processContents=\"skip\"/>")
    }

    // MARK: Lines

    private mutating func line(_ content: String) {
        text += String(repeating: "  ", count: level) + content + "\n"
    }

    private mutating func within(
        _ name: String, _ attributes: String = "", _ content: (inout XMLSchemaDocument) -> Void
    ) {
        line("<\(name)\(attributes.isEmpty ? "" : " ")\(attributes)>")
        level += 1
        content(&self)
        level -= 1
        line("</\(name)>")
    }
}

/// Text with the escapes of XML, for content and for attributes.
private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
