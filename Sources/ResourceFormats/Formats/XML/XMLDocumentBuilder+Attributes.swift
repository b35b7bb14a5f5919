extension XMLDocumentBuilder {
    /// An attribute of the element that was begun.
    mutating func addAttribute(_ name: ByteView, in namespace: XMLNamespace, value: ByteView) {
        guard isBuilding, elements.count > 0 else { return }
        let element = elements[elements.count - 1]
        switch namespace {
        case .xml: return
        case .schemaInstance:
            guard name.isEqual(to: "nil") else { return }
            if isPlain(element) { return refuseAttribute("xsi:nil", element) }
            guard let isTrue = truth(value) else { return refuseValue("xsi:nil", value, element) }
            attributes.isNil = isTrue
        case .none:
            if element.content == .page { return addPageAttribute(name, value, element) }
            if isMember(name, of: element) {
                return memberAttributes.append(MemberAttribute(name: name.array(), value: value.array()))
            }
            if isPlain(element) { return refuseAttribute(excerpt(name), element) }
            if name.isEqual(to: "type") {
                guard let kind = ValueKind(xmlName: value) else {
                    return refuse(
                        .unexpectedAttribute, at: element.start, found: "type=\"\(excerpt(value))\"",
                        expected: "string, number, boolean, object or array")
                }
                attributes.kind = kind
            } else if name.isEqual(to: "escaped") {
                guard let isTrue = truth(value) else { return refuseValue("escaped", value, element) }
                attributes.isEscaped = isTrue
            } else {
                refuseAttribute(excerpt(name), element)
            }
        case .other, .undeclared, .given:
            refuse(
                .unexpectedAttribute, at: element.start,
                found: namespace == .undeclared
                    ? "a prefix that nothing declares, at the attribute \(excerpt(name))"
                    : "the attribute \(excerpt(name)) in a namespace",
                expected: "the attributes type, escaped and xsi:nil")
        }
    }

    /// Whether an attribute is a member of the element's object, by the options.
    private mutating func isMember(_ name: ByteView, of element: XMLElement) -> Bool {
        guard !vocabulary.attributes.isEmpty, element.content != .records else { return false }
        let isRecord = element.field == .record
        scratch.removeAll()
        // A name with a wrong escape is refused as that of an attribute that is not expected.
        return switch XMLNames.decode(name, onto: &scratch) {
        case .asItStands: vocabulary.hasAttribute(name, isRecord: isRecord)
        case .appended: vocabulary.hasAttribute(scratch.view, isRecord: isRecord)
        case .refused: false
        }
    }

    /// Adds the attributes that are members to the object of the innermost element, which need not be open yet.
    private mutating func addMemberAttributes() {
        let index = elements.count - 1
        let element = elements[index]
        if element.content == .anything, !element.isEscaped {
            elements[index].content = .object
            guard open(index) else { return }
        } else if element.content != .object {
            let name = memberAttributes[0].name
            return refuse(
                .unexpectedAttribute, at: element.start, found: "the attribute \(excerpt(ByteView(name.span)))",
                expected: element.isEscaped ? "a text, as escaped=\"true\" says" : "none, on \(element.content.noun)")
        }
        for attribute in memberAttributes {
            let member = XMLElement(
                content: .anything, field: .unknown, start: element.start, contentStart: element.start)
            beginMember(ByteView(attribute.name.span), at: 0, member)
            guard isBuilding else { return }
            if !attribute.value.isEmpty, !addMemberText(ByteView(attribute.value.span)) {
                return refuse(
                    .unexpectedAttribute, at: element.start,
                    found: "the attribute \(excerpt(ByteView(attribute.name.span)))",
                    expected: "an element, for \(elements[elements.count - 1].content.noun)")
            }
            guard let begun = elements.removeLast() else { return }
            endText(begun)
            guard isBuilding else { return }
        }
    }

    /// Adds the text of an attribute; false if its member is an object or an array.
    private mutating func addMemberText(_ text: ByteView) -> Bool {
        switch elements[elements.count - 1].content {
        case .object, .array: false
        default: addText(text)
        }
    }

    /// Whether the element is one that says nothing by attributes: the root or a record.
    func isPlain(_ element: XMLElement) -> Bool {
        element.content == .records || element.content == .page || element.field == .record
    }

    func truth(_ value: ByteView) -> Bool? {
        if value.isEqual(to: "true") || value.isEqual(to: "1") { return true }
        if value.isEqual(to: "false") || value.isEqual(to: "0") { return false }
        return nil
    }

    mutating func refuseAttribute(_ name: String, _ element: XMLElement) {
        refuse(
            .unexpectedAttribute, at: element.start, found: "the attribute \(name)",
            expected: element.content == .page
                ? "total, nextCursor or previousCursor"
                : isPlain(element) ? "no attributes here" : "type, escaped or xsi:nil")
    }

    mutating func refuseValue(_ name: String, _ value: ByteView, _ element: XMLElement) {
        refuse(
            .unexpectedAttribute, at: element.start, found: "\(name)=\"\(excerpt(value))\"", expected: "true or false")
    }

    mutating func addPageAttribute(_ name: ByteView, _ value: ByteView, _ element: XMLElement) {
        if name.isEqual(to: "total") {
            guard NumberText.isNumber(value) else {
                return refuse(
                    .wrongKind, at: element.start, found: "total=\"\(excerpt(value))\"", expected: "a number",
                    path: "$.total")
            }
            page?.total = Number(checked: value.string())
        } else if name.isEqual(to: "nextCursor") {
            page?.nextCursor = value.string()
        } else if name.isEqual(to: "previousCursor") {
            page?.previousCursor = value.string()
        } else {
            refuseAttribute(excerpt(name), element)
        }
    }

    /// All attributes of the element have come.
    mutating func openElement() {
        if !memberAttributes.isEmpty {
            openByKind()
            if isBuilding { addMemberAttributes() }
            memberAttributes.removeAll()
        } else {
            openByKind()
        }
    }

    private mutating func openByKind() {
        guard isBuilding, elements.count > 0 else { return }
        let index = elements.count - 1
        let element = elements[index]
        guard !isPlain(element) else {
            if element.field == .record { _ = open(index) }
            return
        }
        if attributes.isNil {
            // The XSD allows a known field the type that it has anyway, whatever else the element says.
            if let kind = attributes.kind, kind != schema.kind(of: element.field) {
                return refuse(
                    .unexpectedAttribute, at: element.start,
                    found: "type=\"\(kind.xmlName)\" beside xsi:nil=\"true\"",
                    expected: schema.kind(of: element.field).map { "no type, or type=\"\($0.xmlName)\"" } ?? "no type")
            }
            elements[index].content = .nothing
            return
        }
        if let kind = attributes.kind { elements[index].content = XMLElement.Content(kind) }
        elements[index].isEscaped = attributes.isEscaped
        switch elements[index].content {
        case .object, .array:
            if attributes.isEscaped {
                return refuse(
                    .unexpectedAttribute, at: element.start, found: "escaped=\"true\" on an object or array",
                    expected: "it on texts only")
            }
            _ = open(index)
        case .records, .page, .string, .number, .boolean, .anything, .nothing: break
        }
    }

    /// Begins the element's object or array on the tape; false if it is too deep.
    mutating func open(_ index: Int) -> Bool {
        let element = elements[index]
        let source = element.start - recordStart
        if tape.open.count >= limits.depth {
            fail(
                .depthLimit, at: element.start, found: "nesting deeper than \(limits.depth)",
                expected: "at most \(limits.depth) levels")
            return false
        }
        if element.content == .array {
            tape.begin(.array, element.field, source: source)
        } else {
            tape.begin(.object, element.field, source: source)
            elements[index].namesMark = names.mark
        }
        return true
    }
}
