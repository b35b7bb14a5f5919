extension XMLDocumentBuilder {
    /// How many elements are open inside a record, with the record.
    var recordLevel: Int { shape == .list ? 2 : 1 }

    /// Refuses what stands at `offset`: the record if there is one, else the document.
    mutating func refuse(
        _ code: SerializationError.Code, at offset: Int, found: String, expected: String, path: String? = nil
    ) {
        let error = SerializationError(code, found: found, expected: expected, offset: offset, path: path ?? self.path)
        if isInRecord { refusal = error } else { failure = error }
    }

    /// Refuses an element for the namespace that it is in.
    mutating func refuseNamespace(_ namespace: XMLNamespace, of name: ByteView, at start: Int) {
        let element = "the element <\(excerpt(name))>"
        let found =
            switch namespace {
            case .undeclared: "a prefix that nothing declares, at \(element)"
            case .none: "\(element) in no namespace"
            case .given, .xml, .schemaInstance, .other:
                namespaceName == nil ? "\(element) in a namespace" : "\(element) in another namespace"
            }
        refuse(
            .unexpectedElement, at: start, found: found,
            expected: vocabulary.namespace.map { "elements in the namespace \(excerpt($0))" } ?? "elements in none")
    }

    /// Refuses for the sake of an element that is closed already.
    mutating func refuse(
        _ element: XMLElement, _ code: SerializationError.Code, at offset: Int, found: String, expected: String
    ) {
        elements.append(element)  // For the path; what is open no longer matters to the record.
        refuse(code, at: offset, found: found, expected: expected)
    }

    /// Ends the document for what exceeds a limit.
    mutating func fail(_ code: SerializationError.Code, at offset: Int, found: String, expected: String) {
        failure = SerializationError(code, found: found, expected: expected, offset: offset, path: path)
    }

    /// The path of the innermost element.
    var path: String {
        guard isInRecord else { return "$" }
        let place: RecordPlace = shape == .list ? .list(recordCount) : .item
        let nothing: [UInt8] = []
        let source = ByteView(nothing.span)
        var path = tape.pathOfOpenContainer(under: place.path, schema: schema, source: source)
        guard elements.count > 0, tape.open.count > 0 else { return path.text }
        let element = elements[elements.count - 1]
        let container = tape.nodes[Int(tape.open[tape.open.count - 1])]
        // An object or array that is open has its step already.
        if element.content == .object || element.content == .array,
            Int(container.start) == element.start - recordStart
        {
            return path.text
        }
        if container.kind == .array {
            path.append(index: tape.elementCountOfOpenArray)
        } else if let name = schema.name(of: element.field) {
            path.append(key: name)
        } else if tape.nodes.count > 0, tape.nodes[tape.nodes.count - 1].kind == .key {
            path.append(
                key: tape.textWhileBuilding(of: tape.nodes[tape.nodes.count - 1], source: source))
        }
        return path.text
    }
}

extension XMLElement.Content {
    /// What the content is, in error texts.
    var noun: String {
        switch self {
        case .records: "records"
        case .page: "the members of a page"
        case .object: "an object"
        case .array: "an array"
        case .string: "a string"
        case .number: "a number"
        case .boolean: "true or false"
        case .anything: "text or elements"
        case .nothing: "nothing"
        }
    }
}
