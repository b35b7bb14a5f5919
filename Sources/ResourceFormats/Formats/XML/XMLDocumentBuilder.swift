/// Makes records of a document's elements, attributes and texts, in the order in which a parser meets them.
///
/// It knows nothing of the parser. Offsets count bytes of UTF-8 text from the start of the document.
///
/// A record that cannot be is passed over to its end and waits in the queue with its error, so that a reader may go on
/// after it. What is wrong outside of a record, and what exceeds a limit, ends the document.
struct XMLDocumentBuilder: ~Copyable {
    let schema: Schema
    let limits: Limits

    var shape: DocumentShape?
    var page: PageInfo?
    /// Why the document ends here.
    var failure: SerializationError? {
        didSet { isBuilding = failure == nil && refusal == nil }
    }
    var isComplete = false
    var queue = XMLRecordQueue()

    /// The record that is being read: where it begins, and why it is refused.
    var isInRecord = false
    var recordStart = 0
    var refusal: SerializationError? {
        didSet { isBuilding = failure == nil && refusal == nil }
    }
    /// Whether the text that comes is built: nothing failed, and the record at hand is not refused.
    private(set) var isBuilding = true
    var tape = RecordTape()
    var elements = Storage<XMLElement>()
    var attributes = XMLAttributes()
    var names = MemberNames()
    var seenWords = SeenFieldWords()
    var knownNames: XMLNameCache
    var scratch = Storage<UInt8>()
    var recordCount = 0
    var memberCount = 0
    /// How many elements are open in the document, those that are passed over too.
    var openCount = 0
    let vocabulary: XMLVocabulary
    let recordName: [UInt8]
    let listName: [UInt8]
    let itemName: [UInt8]
    /// The namespace that all elements have to be in; nil for none.
    let namespaceName: [UInt8]?
    /// The attributes of the element that was begun which are members of its object.
    var memberAttributes: [MemberAttribute] = []

    /// An attribute that is a member.
    struct MemberAttribute {
        /// The name as it stands.
        let name: [UInt8]
        let value: [UInt8]
    }

    /// How many unknown members a record may have in XML.
    ///
    /// libxml2 keeps each name for as long as the document lasts, and finds it the slower the more there are.
    static var mostMembers: Int { 500_000 }

    init(schema: Schema, vocabulary: XMLVocabulary, limits: Limits) {
        self.schema = schema
        self.vocabulary = vocabulary
        self.limits = limits
        knownNames = XMLNameCache(placeCount: schema.placeCount)
        recordName = Array(vocabulary.record.utf8)
        listName = Array(vocabulary.list.utf8)
        itemName = Array(vocabulary.item.utf8)
        namespaceName = vocabulary.namespace.map { Array($0.utf8) }
    }

    /// Whether only the root is open, and it was no page so far.
    var isBetweenRecords: Bool { openCount == 1 && elements.count == 1 && page == nil && queue.isEmpty && isBuilding }

    // MARK: Start tags

    /// What a name of the parser's dictionary stands for in the innermost element, if that is in the schema and has come
    /// before.
    @inline(__always)
    func knownName(_ address: UInt) -> XMLNameCache.Entry? {
        guard isBuilding, elements.count > 0 else { return nil }
        let parent = elements[elements.count &- 1]
        switch parent.content {
        case .object: return knownNames.find(address, in: .init(parent.field, isArray: false))
        case .array: return knownNames.find(address, in: .init(parent.field, isArray: true))
        default: return nil
        }
    }

    /// A start tag with a name that `knownName` found, and no attributes; false if the name has come in the object
    /// already, and then nothing is changed.
    @inline(__always)
    mutating func beginElement(_ name: XMLNameCache.Entry, start: Int, contentStart: Int) -> Bool {
        if name.ordinal >= 0 {
            var seen = elements[elements.count &- 1].seen
            guard seen.insert(Int(name.ordinal), &seenWords) else { return false }
            elements[elements.count &- 1].seen = seen
        }
        openCount &+= 1
        elements.append(
            XMLElement(content: name.content, field: name.field, start: start, contentStart: contentStart))
        if name.content == .object || name.content == .array { _ = open(elements.count &- 1) }
        return true
    }

    /// A start tag's name; its attributes and then `openElement` follow.
    ///
    /// - Parameter address: Where the parser keeps the name; 0 if it does not.
    mutating func beginElement(
        _ name: ByteView, at address: UInt, in namespace: XMLNamespace, start: Int, contentStart: Int
    ) {
        openCount += 1
        guard isBuilding else { return }
        attributes = XMLAttributes()
        let element = XMLElement(content: .anything, field: .unknown, start: start, contentStart: contentStart)
        if namespace != (namespaceName == nil ? .none : .given) {
            return refuseNamespace(namespace, of: name, at: start)
        }
        guard elements.count > 0 else { return beginRoot(name, element) }
        let parent = elements[elements.count - 1]
        switch parent.content {
        case .records: beginChildOfList(name, element)
        case .object: beginMember(name, at: address, element)
        case .array: beginItem(name, at: address, element)
        case .anything:
            if vocabulary.findsArraysByItems, name.isEqual(to: ByteView(itemName.span)) {
                if begin(.array, parent, before: start) { beginItem(name, at: address, element) }
            } else if begin(.object, parent, before: start) {
                beginMember(name, at: address, element)
            }
        case .page, .string, .number, .boolean, .nothing:
            refuse(
                .unexpectedElement, at: start, found: "the element <\(excerpt(name))>",
                expected: parent.content == .nothing || parent.content == .page
                    ? "nothing inside" : "text that is \(parent.content.noun)")
        }
    }

    mutating func beginRoot(_ name: ByteView, _ element: XMLElement) {
        var element = element
        if name.isEqual(to: ByteView(recordName.span)) {
            shape = .item
            beginRecord(element)
        } else if name.isEqual(to: ByteView(listName.span)) {
            shape = .list
            element.content = .records
            elements.append(element)
        } else {
            refuse(
                .wrongShape, at: element.start, found: "the root element <\(excerpt(name))>",
                expected: "<\(vocabulary.record)> or <\(vocabulary.list)>")
        }
    }

    mutating func beginChildOfList(_ name: ByteView, _ element: XMLElement) {
        var element = element
        if page != nil {
            refuse(
                .unexpectedElement, at: element.start, found: "the element <\(excerpt(name))>",
                expected: "nothing after <page>")
        } else if name.isEqual(to: ByteView(recordName.span)) {
            beginRecord(element)
        } else if name.isEqual(to: "page") {
            page = PageInfo()
            element.content = .page
            elements.append(element)
        } else {
            refuse(
                .unexpectedElement, at: element.start, found: "the element <\(excerpt(name))>",
                expected: "<\(vocabulary.record)> or <page>")
        }
    }

    mutating func beginRecord(_ element: XMLElement) {
        var element = element
        isInRecord = true
        recordStart = element.start
        tape.removeAll()
        memberCount = 0
        names.removeAll()
        seenWords.removeAll()
        element.content = .object
        element.field = .record
        elements.append(element)
    }

    /// Makes an object or an array of the element that could have been anything; false if text speaks against it.
    mutating func begin(_ content: XMLElement.Content, _ parent: XMLElement, before start: Int) -> Bool {
        if parent.text >= 0 {
            guard tape.isArenaBlank(from: parent.text) else {
                refuse(
                    .unexpectedElement, at: start,
                    found: "an element behind the text \"\(tape.arenaExcerpt(from: parent.text))\"",
                    expected: "either text or elements")
                return false
            }
            tape.dropArenaText(from: parent.text)
        }
        if parent.isEscaped {
            refuse(.unexpectedElement, at: start, found: "an element", expected: "text, as escaped=\"true\" says")
            return false
        }
        elements[elements.count - 1].content = content
        elements[elements.count - 1].text = -1
        return open(elements.count - 1)
    }

    mutating func beginMember(_ name: ByteView, at address: UInt, _ element: XMLElement) {
        var element = element
        scratch.removeAll()
        switch XMLNames.decode(name, onto: &scratch) {
        case .asItStands: element.field = field(of: name, in: elements[elements.count - 1].field)
        case .appended: element.field = field(of: scratch.view, in: elements[elements.count - 1].field)
        case .refused(let escape):
            return refuse(
                .invalidEscape, at: element.start, found: "\(escape) in the name <\(excerpt(name))>",
                expected: "an escape that names a character")
        }
        let source = element.start - recordStart
        let parent = elements.count - 1
        if element.field == .unknown {
            if scratch.count > 0 || name.isEqual(to: "_x_") {
                tape.append(key: scratch, source: source)
            } else {
                tape.appendInArena(.key, name, field: .unknown, source: source)
            }
            memberCount += 1
            if memberCount > Self.mostMembers {
                return fail(
                    .recordLimit, at: recordStart, found: "a record of more than \(Self.mostMembers) unknown members",
                    expected: "at most \(Self.mostMembers)")
            }
            let nothing: [UInt8] = []
            let key = tape.nodes.count - 1
            if !names.insert(
                key, since: elements[parent].namesMark, in: tape, source: ByteView(nothing.span))
            {
                elements.append(element)
                return refuseDuplicate(name, at: element.start)
            }
        } else {
            var seen = elements[parent].seen
            guard seen.insert(schema.ordinal(of: element.field), &seenWords) else {
                elements.append(element)
                return refuseDuplicate(name, at: element.start)
            }
            elements[parent].seen = seen
        }
        element.content = XMLElement.Content(schema.kind(of: element.field))
        if element.field != .unknown {
            remember(name, at: address, element, ordinal: schema.ordinal(of: element.field))
        }
        elements.append(element)
    }

    /// Keeps what the name of a known member or of an array's element stands for in the innermost element.
    mutating func remember(_ name: ByteView, at address: UInt, _ element: XMLElement, ordinal: Int) {
        // A name that is found again is taken without a look at its namespace.
        guard namespaceName == nil else { return }
        let parent = elements[elements.count - 1]
        let scope = XMLNameCache.Scope(parent.field, isArray: parent.content == .array)
        guard knownNames.find(address, in: scope) == nil else { return }
        knownNames.insert(
            address, in: scope,
            XMLNameCache.Entry(
                field: element.field, content: element.content, ordinal: ordinal, nameCount: name.count))
    }

    func field(of name: ByteView, in scope: FieldID) -> FieldID {
        schema.isScope(scope) ? schema.keys.find(name, from: 0, count: name.count, in: scope) : .unknown
    }

    mutating func refuseDuplicate(_ name: ByteView, at offset: Int) {
        refuse(
            .duplicateField, at: offset, found: "the element <\(excerpt(name))> a second time",
            expected: "each name once in an object")
    }

    mutating func beginItem(_ name: ByteView, at address: UInt, _ element: XMLElement) {
        guard name.isEqual(to: ByteView(itemName.span)) else {
            return refuse(
                .unexpectedElement, at: element.start, found: "the element <\(excerpt(name))>",
                expected: "<\(vocabulary.item)>, as in every array")
        }
        var element = element
        element.field = schema.elements(of: elements[elements.count - 1].field)
        // An array in place of something else has elements that no schema knows.
        element.content = XMLElement.Content(schema.kind(of: element.field))
        remember(name, at: address, element, ordinal: -1)
        elements.append(element)
    }
}
