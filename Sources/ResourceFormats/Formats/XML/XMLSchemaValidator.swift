#if XML
// UNSAFE CODE: the schema validator of libxml2 behind a Swift class. The argument for its safety:
// - The class is the only owner of the four libxml2 objects: it makes them in `init`, frees them in `deinit` in the
//   reverse order, and no pointer leaves this file. The two cells whose addresses libxml2 keeps are allocated before
//   and freed after all of them.
// - libxml2 is handed the class's own address, unretained. Callbacks come only from inside `show` and `finish`, which
//   are methods of the class, so it is alive; `deinit` runs no callbacks.
// - What callbacks are handed (names, attributes, texts) is passed on to libxml2's validator, or copied, before they
//   return.
// - Names are C strings, texts come with their length; attributes are handed on as they came.

internal import CLibXML2

/// Validates an XML document against the XML Schema of its resource, a chunk of bytes at a time (libxml2).
///
/// It parses by itself, beside the reader: without a tree, without entities, network or files, and it stops at a
/// document type declaration. What the resource's schema does not know is not shown to the validator, so unknown members
/// are not a fault. What is not well-formed XML is the reader's to refuse; here it ends the validation.
@safe
public final class XMLSchemaValidator {
    private let schema: Schema
    private var compiled: xmlSchemaPtr?
    private var validator: xmlSchemaValidCtxtPtr?
    private var plug: xmlSchemaSAXPlugPtr?
    /// The validator's own callbacks and what they want to be handed; libxml2 keeps the addresses of both.
    private let target: UnsafeMutablePointer<UnsafeMutablePointer<xmlSAXHandler>?>
    private let targetUser: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    private var parser: xmlParserCtxtPtr?
    private var dictionaries = XMLDictionaries()

    /// One thing that the XML Schema refuses.
    public struct Complaint: Hashable, Sendable {
        /// The number of the record it is in; nil outside of all.
        public let recordIndex: Int?
        /// The way from the record to the element, such as `.fallbacks[0].failedRequests`.
        public let path: String
        /// The validator's words, without the element's name.
        public let sentence: String
        /// The line the parser had come to.
        public let line: Int
    }

    /// An element that is open and was shown to the validator.
    private struct Element {
        var path: String
        var place: FieldID
        var isInRecord: Bool
        var hasEscapes: Bool
        var itemCount = 0
    }

    private var elements: [Element] = []
    /// How many elements are open in a part that the validator is not shown.
    private var skippedDepth = 0
    /// The innermost element has ended; it stays for what the validator says of its end.
    private var hasEnded = false
    private var recordCount = 0
    private var complaints: [Complaint] = []
    /// How many complaints there were about the record at hand.
    private var complaintCount = (record: -1, count: 0)
    /// How many complaints about one record are kept: each costs a look for its place.
    private static let mostComplaints = 100
    private static let blockSize = 16 << 10
    /// A record with a name in a spelling that the XML Schema cannot know.
    private var unreadableRecord: Int?

    /// A validator for one document; nil if libxml2 has no memory for it.
    public init?(schema: Schema) {
        self.schema = schema
        unsafe target = .allocate(capacity: 1)
        unsafe target.initialize(to: nil)
        unsafe targetUser = .allocate(capacity: 1)
        unsafe targetUser.initialize(to: nil)
        xmlInitParser()
        let text = Array(schema.xmlSchema.utf8)
        unsafe compiled = Self.compile(text)
        guard let compiled = unsafe compiled, let validator = unsafe xmlSchemaNewValidCtxt(compiled) else { return nil }
        unsafe self.validator = validator
        let user = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe xmlSchemaSetValidStructuredErrors(
            validator,
            { user, error in
                guard let owner = unsafe XMLSchemaValidator.from(user), let error = unsafe error,
                    let message = unsafe error.pointee.message
                else { return }
                owner.complain(unsafe String(cString: message))
            }, user)
        unsafe targetUser.pointee = UnsafeMutableRawPointer(validator)
        unsafe plug = xmlSchemaSAXPlug(validator, target, targetUser)
        var handler = unsafe xmlSAXHandler()
        unsafe Self.install(in: &handler)
        unsafe parser = xmlCreatePushParserCtxt(&handler, user, nil, 0, nil)
        guard unsafe plug != nil, let parser = unsafe parser else { return nil }
        unsafe xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue))
    }

    deinit {
        if let parser = unsafe parser { unsafe xmlFreeParserCtxt(parser) }
        if let plug = unsafe plug { unsafe xmlSchemaSAXUnplug(plug) }
        dictionaries.removeAll()
        if let validator = unsafe validator { unsafe xmlSchemaFreeValidCtxt(validator) }
        if let compiled = unsafe compiled { unsafe xmlSchemaFree(compiled) }
        unsafe target.deallocate()
        unsafe targetUser.deallocate()
    }

    private static func compile(_ text: [UInt8]) -> xmlSchemaPtr? {
        unsafe text.withUnsafeBytes { bytes in
            let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            guard let context = unsafe xmlSchemaNewMemParserCtxt(start, Int32(truncatingIfNeeded: bytes.count)) else {
                return nil
            }
            defer { unsafe xmlSchemaFreeParserCtxt(context) }
            return unsafe xmlSchemaParse(context)
        }
    }

    /// Whether the validator has found no fault so far, in what it was shown.
    public var isValid: Bool {
        guard let validator = unsafe validator else { return false }
        return unsafe xmlSchemaIsValid(validator) == 1
    }

    /// Shows the next bytes of the document.
    public func show(_ bytes: Span<UInt8>) {
        guard let parser = unsafe parser, bytes.count > 0 else { return }
        unsafe bytes.withUnsafeBytes { bytes in
            guard let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
            // In blocks, so that a dictionary of names is renewed before it is slow.
            var shown = 0
            while shown < bytes.count {
                _ = unsafe dictionaries.renew(of: parser)
                let count = min(Self.blockSize, bytes.count - shown)
                _ = unsafe xmlParseChunk(parser, start + shown, Int32(truncatingIfNeeded: count), 0)
                shown += count
            }
        }
    }

    /// Says that there are no more.
    public func finish() {
        if let parser = unsafe parser { _ = unsafe xmlParseChunk(parser, nil, 0, 1) }
    }

    /// Takes the complaints about the record with this number, or about no record.
    public func takeComplaints(ofRecord index: Int?) -> [Complaint] {
        let taken = complaints.filter { $0.recordIndex == index }
        complaints.removeAll { $0.recordIndex == index || ($0.recordIndex ?? .max) < (index ?? 0) }
        return index == unreadableRecord ? [] : taken
    }

    // MARK: Events

    private static func from(_ user: UnsafeMutableRawPointer?) -> XMLSchemaValidator? {
        unsafe user.map { user in unsafe Unmanaged<XMLSchemaValidator>.fromOpaque(user).takeUnretainedValue() }
    }

    private static func install(in handler: inout xmlSAXHandler) {
        unsafe handler.initialized = XML_SAX2_MAGIC
        unsafe handler.startElementNs = { user, name, prefix, uri, spaceCount, spaces, count, defaulted, attributes in
            guard let owner = unsafe XMLSchemaValidator.from(user), let name = unsafe name,
                unsafe owner.begin(name, attributeCount: Int(count), attributes)
            else { return }
            unsafe owner.target.pointee?.pointee.startElementNs?(
                owner.targetUser.pointee, name, prefix, uri, spaceCount, spaces, count, defaulted, attributes)
        }
        unsafe handler.endElementNs = { user, name, prefix, uri in
            guard let owner = unsafe XMLSchemaValidator.from(user), owner.end() else { return }
            unsafe owner.target.pointee?.pointee.endElementNs?(owner.targetUser.pointee, name, prefix, uri)
        }
        unsafe handler.characters = { user, text, count in
            guard let owner = unsafe XMLSchemaValidator.from(user), owner.skippedDepth == 0 else { return }
            owner.dropEnded()
            unsafe owner.target.pointee?.pointee.characters?(owner.targetUser.pointee, text, count)
        }
        unsafe handler.ignorableWhitespace = handler.characters
        unsafe handler.cdataBlock = { user, text, count in
            guard let owner = unsafe XMLSchemaValidator.from(user), owner.skippedDepth == 0 else { return }
            owner.dropEnded()
            unsafe owner.target.pointee?.pointee.cdataBlock?(owner.targetUser.pointee, text, count)
        }
        unsafe handler.internalSubset = { user, _, _, _ in
            guard let owner = unsafe XMLSchemaValidator.from(user), let parser = unsafe owner.parser else { return }
            unsafe xmlStopParser(parser)
        }
        // Faults in the XML itself are the reader's to report.
        unsafe handler.serror = { _, _ in }
    }

    /// Notes a start tag; false if the validator is not to see it.
    @unsafe
    private func begin(
        _ name: UnsafePointer<xmlChar>, attributeCount: Int,
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) -> Bool {
        dropEnded()
        if skippedDepth > 0 {
            skippedDepth += 1
            return false
        }
        var hasEscapes = false
        for index in 0..<attributeCount {
            guard let attribute = unsafe attributes?[5 * index] else { continue }
            if unsafe String(cString: attribute).utf8.elementsEqual("escaped".utf8) { hasEscapes = true }
        }
        let text = unsafe Array(String(cString: name).utf8)
        guard let element = child(named: text, hasEscapes: hasEscapes) else {
            skippedDepth = 1
            return false
        }
        elements.append(element)
        return true
    }

    /// The element that a start tag opens; nil if the schema does not know it.
    private func child(named name: [UInt8], hasEscapes: Bool) -> Element? {
        guard let parent = elements.last else {
            // The root: an item, or a list of records.
            let isRecord = name.elementsEqual(schema.name.utf8)
            if isRecord { recordCount += 1 }
            return Element(path: "", place: isRecord ? .record : .unknown, isInRecord: isRecord, hasEscapes: false)
        }
        guard parent.isInRecord else {
            let isRecord = name.elementsEqual(schema.name.utf8)
            if isRecord { recordCount += 1 }
            return Element(path: "", place: isRecord ? .record : .unknown, isInRecord: isRecord, hasEscapes: false)
        }
        if name.elementsEqual("item".utf8), let place = elementPlace(of: parent.place) {
            defer { elements[elements.count - 1].itemCount += 1 }
            return Element(
                path: parent.path + "[\(parent.itemCount)]", place: place, isInRecord: true, hasEscapes: hasEscapes)
        }
        guard schema.isScope(parent.place) else { return nil }
        var decoded = Storage<UInt8>()
        if case .appended = XMLNames.decode(ByteView(name.span), onto: &decoded) {
            if schema.field(named: decoded.view.span, in: parent.place) != .unknown {
                unreadableRecord = recordCount - 1
            }
            return nil
        }
        let place = schema.field(named: name.span, in: parent.place)
        guard place != .unknown else { return nil }
        var path = RecordPath(parent.path)
        path.append(key: ByteView(name.span))
        return Element(path: path.text, place: place, isInRecord: true, hasEscapes: hasEscapes)
    }

    private func elementPlace(of place: FieldID) -> FieldID? {
        let elements = schema.elements(of: place)
        if elements != .unknown { return elements }
        return schema.constraints(of: place).mayBeArray ? .unknown : nil
    }

    /// Notes an end tag; false if the validator is not to see it.
    private func end() -> Bool {
        if skippedDepth > 0 {
            skippedDepth -= 1
            return false
        }
        dropEnded()
        hasEnded = true
        return true
    }

    private func dropEnded() {
        guard hasEnded else { return }
        hasEnded = false
        _ = elements.popLast()
    }

    private func complain(_ message: String) {
        let element = elements.last
        // Escapes are ours, not the XML Schema's: the record's own checks look at the text itself.
        guard element?.hasEscapes != true else { return }
        if complaintCount.record != recordCount { complaintCount = (recordCount, 0) }
        complaintCount.count += 1
        guard complaintCount.count <= Self.mostComplaints else { return }
        let line = unsafe parser.map { parser in unsafe xmlSAX2GetLineNumber(parser) } ?? 0
        complaints.append(
            Complaint(
                recordIndex: element?.isInRecord == true ? recordCount - 1 : nil, path: element?.path ?? "",
                sentence: Self.sentence(message), line: Int(line)))
    }

    /// `Element 'x': [facet 'pattern'] The value …` without the element, the brackets and the full stop.
    private static func sentence(_ message: String) -> String {
        var text = message.utf8[...]
        if text.starts(with: "Element '".utf8), let colon = text.firstIndex(of: 0x3A) {
            text = text[text.index(after: colon)...]
        }
        while text.first == 0x20 { text.removeFirst() }
        if text.first == 0x5B, let end = text.firstIndex(of: 0x5D) { text = text[text.index(after: end)...] }
        while text.first == 0x20 { text.removeFirst() }
        while text.last == 0x0A || text.last == 0x2E || text.last == 0x20 { text.removeLast() }
        return String(Substring(text))
    }
}
#endif
