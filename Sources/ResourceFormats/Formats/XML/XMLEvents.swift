#if XML
// UNSAFE CODE: libxml2's callbacks. The argument for its safety:
// - `XMLEventBridge` owns the events and gives their address to libxml2 with the handlers; it says why they are alive.
// - Callbacks do not nest, and each reaches the events through that address alone, one access at a time.
// - What callbacks are given (names, attributes, texts) is used before they return: the builder copies what it keeps.
//   Addresses of names are compared, not followed, and forgotten when the dictionary is that they point into.
// - Names are C strings, texts come with their length; attribute values are the bytes between two pointers into one
//   buffer of libxml2's. A text in the parser's buffer may be read up to the buffer's end.

internal import CLibXML2

/// What libxml2's callbacks work on: the builder, and what the parser complained about.
@safe
struct XMLEvents: ~Copyable {
    var builder: XMLDocumentBuilder
    var complaint: SerializationError?
    var isComplaintFinal = false
    var context: xmlParserCtxtPtr?
    var dictionaries = XMLDictionaries()
    /// Text of the document that the parser is not shown.
    var passedOver = 0
    var isFinishing = false
    /// After the last carriage return of a CDATA section.
    private var behindCarriageReturn = -1

    init(_ builder: consuming XMLDocumentBuilder) {
        self.builder = builder
        unsafe context = nil
    }

    /// Whether the document has ended badly.
    var isStopped: Bool { complaint != nil || builder.failure != nil }

    /// How far the parser has come, in bytes from the start of the document.
    var offset: Int {
        guard let input = unsafe context?.pointee.input, let base = unsafe input.pointee.base,
            let current = unsafe input.pointee.cur
        else { return passedOver }
        return unsafe Int(clamping: input.pointee.consumed) + (current - base) + passedOver
    }

    /// Whether all that was shown is read.
    private var isAtEnd: Bool {
        guard let input = unsafe context?.pointee.input else { return true }
        return unsafe input.pointee.cur == input.pointee.end
    }

    /// Notes what a call to the parser returned.
    mutating func note(code: Int32) {
        guard code != 0, !isStopped else { return }
        complain(.notWellFormed, found: "text that is not well-formed XML", expected: "a well-formed document")
    }

    private mutating func complain(
        _ code: SerializationError.Code, at place: Int? = nil, found: String, expected: String
    ) {
        guard complaint == nil else { return }
        isComplaintFinal = !isFinishing
        complaint = SerializationError(
            code, found: found, expected: expected, offset: place ?? offset, path: builder.path)
        // libxml2 goes on after what only breaks the rules of namespaces; no record is to come of that.
        if builder.failure == nil { builder.failure = complaint }
    }

    // MARK: Events

    static func install(in handler: inout xmlSAXHandler) {
        unsafe handler.initialized = XML_SAX2_MAGIC
        unsafe handler.startElementNs = { user, name, prefix, uri, _, _, count, _, attributes in
            guard let events = unsafe XMLEvents.from(user), let name = unsafe name else { return }
            if count == 0, unsafe prefix == nil, unsafe uri == nil, unsafe events.pointee.startKnownElement(name) {
                return
            }
            unsafe events.pointee.startElement(
                name, in: events.pointee.elementNamespace(prefix: prefix, uri: uri), attributeCount: Int(count),
                attributes: attributes)
        }
        unsafe handler.endElementNs = { user, _, _, _ in
            guard let events = unsafe XMLEvents.from(user) else { return }
            if unsafe events.pointee.builder.endElement() {
                let end = unsafe events.pointee.offset
                unsafe events.pointee.builder.endRecord(end)
            }
            unsafe events.pointee.stopIfFailed()
        }
        unsafe handler.characters = { user, text, count in
            guard let events = unsafe XMLEvents.from(user), let text = unsafe text else { return }
            unsafe events.pointee.addText(text, count: Int(count))
        }
        unsafe handler.ignorableWhitespace = handler.characters
        unsafe handler.cdataBlock = { user, text, count in
            guard let events = unsafe XMLEvents.from(user), let text = unsafe text else { return }
            unsafe events.pointee.addSection(text, count: Int(count))
        }
        unsafe handler.internalSubset = { user, _, _, _ in
            guard let events = unsafe XMLEvents.from(user) else { return }
            unsafe events.pointee.refuseDocumentType()
        }
        unsafe handler.startDocument = { user in
            guard let events = unsafe XMLEvents.from(user) else { return }
            unsafe events.pointee.checkVersion()
        }
        unsafe handler.serror = { user, error in
            guard let events = unsafe XMLEvents.from(user), let error = unsafe error else { return }
            let first = unsafe error.pointee.str1.map { text in unsafe String(cString: text) }
            let second = unsafe error.pointee.str2.map { text in unsafe String(cString: text) }
            unsafe events.pointee.note(
                error: error.pointee.code, isWarning: error.pointee.level == XML_ERR_WARNING, first, second)
        }
    }

    @inline(__always)
    private static func from(_ user: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLEvents>? {
        unsafe user?.assumingMemoryBound(to: XMLEvents.self)
    }

    /// A start tag without attributes whose name the builder knows already; false if it is another one.
    @inline(__always)
    @unsafe
    private mutating func startKnownElement(_ name: UnsafePointer<xmlChar>) -> Bool {
        guard !isFinishing, let known = builder.knownName(UInt(bitPattern: name)) else { return false }
        let (start, contentStart) = tagBounds(nameCount: Int(known.nameCount))
        guard builder.beginElement(known, start: start, contentStart: contentStart) else { return false }
        stopIfFailed()
        return true
    }

    @unsafe
    private mutating func startElement(
        _ name: UnsafePointer<xmlChar>, in namespace: XMLNamespace, attributeCount: Int,
        attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        if isFinishing, isAtEnd {
            // libxml2 takes what is there of a tag for all of it.
            complain(.unexpectedEnd, found: "the end of the input", expected: "the rest of a tag")
            isComplaintFinal = true
            return
        }
        let view = unsafe ByteView(cString: name)
        let (start, contentStart) = tagBounds(nameCount: view.count)
        builder.beginElement(
            view, at: UInt(bitPattern: name), in: namespace, start: start, contentStart: contentStart)
        for index in 0..<attributeCount {
            guard let attributes = unsafe attributes, let name = unsafe attributes[5 * index],
                let value = unsafe attributes[5 * index + 3], let end = unsafe attributes[5 * index + 4]
            else { continue }
            let namespace = unsafe Self.namespace(prefix: attributes[5 * index + 1], uri: attributes[5 * index + 2])
            let bytes = unsafe ByteView(start: value, count: end - value, readable: end - value)
            if bytes.firstIndex(of: SingleByteStop(byte: 0x26), from: 0) == bytes.count {
                unsafe builder.addAttribute(ByteView(cString: name), in: namespace, value: bytes)
            } else {
                let decoded = Self.withoutEscapedAmpersands(bytes)
                unsafe builder.addAttribute(ByteView(cString: name), in: namespace, value: ByteView(decoded.span))
            }
        }
        builder.openElement()
        stopIfFailed()
    }

    /// Where the start tag that was just read begins, and where the element's content will.
    @inline(__always)
    private func tagBounds(nameCount: Int) -> (start: Int, contentStart: Int) {
        guard let input = unsafe context?.pointee.input, let base = unsafe input.pointee.base,
            let current = unsafe input.pointee.cur
        else { return (offset, offset) }
        let available = unsafe current - base
        let offset = unsafe Int(truncatingIfNeeded: input.pointee.consumed) &+ available &+ passedOver
        // Nearly all tags are a name and nothing else. Else: attribute values cannot hold a `<`, and the whole tag is in
        // the buffer.
        var length = nameCount &+ 1
        if length > available || (unsafe current[-length]) != 0x3C {
            length = 0
            while length < available {
                length &+= 1
                if unsafe current[-length] == 0x3C { break }
            }
        }
        let isEmpty = unsafe current.pointee == 0x2F
        return (offset &- length, isEmpty ? offset &- length : offset &+ 1)
    }

    @inline(__always)
    @unsafe
    private mutating func addText(_ text: UnsafePointer<xmlChar>, count: Int) {
        let view = unsafe view(of: text, count: count)
        if !builder.addText(view) {
            let start = unsafe start(of: text, count: count)
            builder.refuseText(view, start: start)
        }
        stopIfFailed()
    }

    /// A text of the parser's: in its buffer what comes after may be read too, elsewhere nothing.
    @inline(__always)
    @_lifetime(immortal)
    @unsafe
    private func view(of text: UnsafePointer<xmlChar>, count: Int) -> ByteView {
        var readable = count
        if let input = unsafe context?.pointee.input, let base = unsafe input.pointee.base,
            let end = unsafe input.pointee.end, unsafe text >= base, unsafe text < end
        {
            readable = unsafe max(count, end - text)
        }
        return unsafe ByteView(start: text, count: count, readable: readable)
    }

    /// A CDATA section, or a piece of one, in which libxml2's push parser leaves line ends as they are (XML 1.0 section
    /// 2.11 makes line feeds of them).
    @unsafe
    private mutating func addSection(_ text: UnsafePointer<xmlChar>, count: Int) {
        let view = unsafe view(of: text, count: count)
        guard behindCarriageReturn >= 0 || view.firstIndex(of: SingleByteStop(byte: 0x0D), from: 0) < count else {
            return unsafe addText(text, count: count)
        }
        let start = unsafe start(of: text, count: count)
        var index = start == behindCarriageReturn && view.byte(at: 0) == 0x0A ? 1 : 0
        var lines: [UInt8] = []
        while index < count {
            let byte = view.byte(at: index)
            index += 1
            lines.append(byte == 0x0D ? 0x0A : byte)
            guard byte == 0x0D else { continue }
            behindCarriageReturn = start + index
            if index < count, view.byte(at: index) == 0x0A { index += 1 }
        }
        if !lines.isEmpty, !builder.addText(ByteView(lines.span)) {
            builder.refuseText(ByteView(lines.span), start: start)
        }
        stopIfFailed()
    }

    /// Where the text begins that was just read: in the buffer, or else it is a copy or what a reference stands for.
    @unsafe
    private func start(of text: UnsafePointer<xmlChar>, count: Int) -> Int {
        guard let input = unsafe context?.pointee.input, let base = unsafe input.pointee.base,
            let current = unsafe input.pointee.cur
        else { return offset }
        if unsafe text >= base && text <= current { return unsafe offset - (current - text) }
        return unsafe current[-1] == 0x3B && current - base > 0 ? startOfReference : max(0, offset - count)
    }

    /// Where the reference begins in which the parser is, or after which.
    private var startOfReference: Int { startOfMarkup("&") ?? offset }

    /// Where the nearest `opening` before the parser's place is, in the same tag or text.
    private func startOfMarkup(_ opening: StaticString) -> Int? {
        guard let input = unsafe context?.pointee.input, let base = unsafe input.pointee.base,
            let current = unsafe input.pointee.cur
        else { return nil }
        let before = unsafe ByteView(start: base, count: current - base, readable: current - base)
        var index = before.count
        while index > 0 {
            index -= 1
            if before.matchingPrefix(of: opening, at: index) == opening.utf8CodeUnitCount {
                return offset - before.count + index
            }
            if before.byte(at: index) == 0x3C { return nil }
        }
        return nil
    }

    @unsafe
    private static func namespace(
        prefix: UnsafePointer<xmlChar>?, uri: UnsafePointer<xmlChar>?
    ) -> XMLNamespace {
        guard let uri = unsafe uri else { return unsafe prefix == nil ? .none : .undeclared }
        let name = unsafe ByteView(cString: uri)
        if name.isEqual(to: "http://www.w3.org/2001/XMLSchema-instance") { return .schemaInstance }
        if name.isEqual(to: "http://www.w3.org/XML/1998/namespace") { return .xml }
        return .other
    }

    /// The namespace of an element, which may be the one that the options give.
    @unsafe
    private func elementNamespace(
        prefix: UnsafePointer<xmlChar>?, uri: UnsafePointer<xmlChar>?
    ) -> XMLNamespace {
        if let given = builder.namespaceName, let uri = unsafe uri,
            unsafe ByteView(cString: uri).isEqual(to: ByteView(given.span))
        {
            return .given
        }
        return unsafe Self.namespace(prefix: prefix, uri: uri)
    }

    /// An attribute's value as it is: libxml2 leaves an ampersand as the reference `&#38;` for tree builders to resolve.
    private static func withoutEscapedAmpersands(_ value: ByteView) -> [UInt8] {
        var text: [UInt8] = []
        var index = 0
        while index < value.count {
            text.append(value.byte(at: index))
            index += value.matchingPrefix(of: "&#38;", at: index) == 5 ? 5 : 1
        }
        return text
    }

    // MARK: Refusals

    @inline(__always)
    private func stopIfFailed() {
        if !builder.isBuilding, builder.failure != nil, let context = unsafe context { unsafe xmlStopParser(context) }
    }

    private mutating func refuseDocumentType() {
        complain(
            .unsupported, at: startOfMarkup("<!DOCTYPE"), found: "a document type declaration",
            expected: "none: entities are never read")
        if let context = unsafe context { unsafe xmlStopParser(context) }
    }

    private mutating func checkVersion() {
        guard let context = unsafe context, let version = unsafe context.pointee.version else { return }
        let name = unsafe ByteView(cString: version)
        guard !name.isEqual(to: "1.0") else { return }
        complain(.unsupported, found: "XML \(excerpt(name))", expected: "XML 1.0")
        unsafe xmlStopParser(context)
    }

    private mutating func note(error code: Int32, isWarning: Bool, _ first: String?, _ second: String?) {
        guard !isStopped else { return }
        // Such as a namespace name that is not an absolute URI, or an odd `xml:lang`: well-formed all the same.
        if isWarning, code != Int32(bitPattern: XML_WAR_UNDECLARED_ENTITY.rawValue) { return }
        var code = xmlParserErrors(rawValue: UInt32(bitPattern: code))
        // The builder says this itself, with the element's place.
        if code == XML_NS_ERR_UNDEFINED_NAMESPACE { return }
        // libxml2 misses a name alike after `&` and `<`.
        if code == XML_ERR_NAME_REQUIRED, let start = startOfMarkup("&"), start == offset - 1 {
            code = XML_ERR_ENTITYREF_NO_NAME
        }
        let sentence = XMLComplaint(code: code, first, second)
        complain(
            .notWellFormed, at: sentence.isAboutReference ? startOfReference : nil, found: sentence.found,
            expected: sentence.expected)
        if sentence.isFinal || sentence.isAboutReference && !isAtEnd { isComplaintFinal = true }
    }
}

extension ByteView {
    @_lifetime(immortal)
    @unsafe
    fileprivate init(cString: UnsafePointer<xmlChar>) {
        var count = 0
        while unsafe cString[count] != 0 { count += 1 }
        unsafe self.init(start: cString, count: count, readable: count)
    }
}
#endif
