/// What the elements of a document are called, by the options or else by the schema.
struct XMLVocabulary: Sendable {
    /// The element of a record.
    let record: String
    /// The root of a list or page.
    let list: String
    /// The elements of arrays.
    let item: String
    /// The names of members that are attributes of their object's element.
    let attributes: [[UInt8]]
    /// The namespace of all elements; nil for none.
    let namespace: String?
    /// Whether an unknown element is an array if the first element inside has the name of items: without tags nothing else
    /// tells one.
    let findsArraysByItems: Bool
    /// Whether the options change no name.
    let isUsual: Bool

    /// How many attributes there may be, and how long the value of one is at most: readers limit what a tag may hold.
    static let mostAttributes = 100
    static let longestAttribute = 4096

    init(schema: Schema, options: XMLOptions) {
        record = options.recordName ?? schema.name
        list = options.rootName ?? schema.pluralName
        item = options.itemName
        attributes = options.attributes.map { Array($0.utf8) }
        namespace = options.namespace
        findsArraysByItems = options.tags == .none
        isUsual =
            options.recordName == nil && options.rootName == nil && options.attributes.isEmpty
            && options.namespace == nil && options.itemName.utf8.elementsEqual("item".utf8)
    }

    /// Whether a member is an attribute of its object's element, if its value allows it; `isRecord` says whether that
    /// object is the record.
    func hasAttribute(_ name: ByteView, isRecord: Bool) -> Bool {
        guard !attributes.isEmpty, attributes.contains(where: { name.isEqual(to: ByteView($0.span)) }) else {
            return false
        }
        return isRecord || !name.isEqual(to: "type") && !name.isEqual(to: "escaped")
    }

    // MARK: Faults

    /// - Throws: `.unsupported`, if no document can have the names.
    func check() throws(SerializationError) {
        guard !isUsual else { return }
        for (name, use) in [(record, "record"), (list, "root"), (item, "item")] {
            guard Self.isName(name) else {
                throw fault("the \(use) name \"\(excerpt(name))\"", "a name that an XML element can have")
            }
        }
        if record.utf8.elementsEqual(list.utf8) {
            throw fault("\"\(excerpt(record))\" for the root and for a record", "two names")
        }
        if record.utf8.elementsEqual("page".utf8) {
            throw fault("the record name \"page\"", "another name: XML has that for the members of a page")
        }
        if attributes.count > Self.mostAttributes {
            throw fault("\(attributes.count) names of attributes", "at most \(Self.mostAttributes)")
        }
        if let namespace, !Self.isNamespace(namespace) {
            throw fault(
                "the namespace \"\(excerpt(namespace))\"",
                "a URI without ampersands and brackets, and not one of XML's own")
        }
    }

    private func fault(_ found: String, _ expected: String) -> SerializationError {
        SerializationError(.unsupported, found: found, expected: expected)
    }

    /// Whether an element can have the name as it stands: it has no colon, and needs no escapes.
    private static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var element = OutputBuffer(minimumCapacity: 64)
        XMLNames.append(ByteView(bytes.span), to: &element)
        return element.bytes.view.isEqual(to: ByteView(bytes.span)) && bytes.count <= XMLNames.longest
    }

    private static func isNamespace(_ text: String) -> Bool {
        let isOwn = [
            "http://www.w3.org/2001/XMLSchema-instance", "http://www.w3.org/XML/1998/namespace",
            "http://www.w3.org/2000/xmlns/",
        ].contains { text.utf8.elementsEqual($0.utf8) }
        // The characters of RFC 3986 but brackets and `&`: libxml2 checks URIs as well, and `&` as the reference `&#38;`.
        var hexCount = 0
        for byte in text.utf8 {
            switch byte {
            case _ where hexCount > 0:
                guard ASCII.hexValue(byte) != nil else { return false }
                hexCount -= 1
            case UInt8(ascii: "%"): hexCount = 2
            case _ where ASCII.isLetter(byte) || ASCII.isDigit(byte): break
            default: guard "-._~:/?#@!$'()*+,;=".utf8.contains(byte) else { return false }
            }
        }
        return !isOwn && !text.isEmpty && hexCount == 0
    }
}

extension XMLOptions {
    /// Whether documents of a resource can have the names that the options ask for.
    ///
    /// - Throws: `.unsupported` for a name that is not one of XML, for one name with two uses, and for a namespace that is
    ///   not a URI or is one of XML's own. A writer and a reader with such options throw the same.
    public func check(for schema: Schema) throws(SerializationError) {
        try XMLVocabulary(schema: schema, options: self).check()
    }
}
