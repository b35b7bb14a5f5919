// UNSAFE CODE: the parser of libxml2 behind a Swift class. The argument for its safety:
// - The class is the only owner of the parser context: it makes it in `init`, frees it in `deinit`, and the pointer
//   never leaves this file.
// - The context is handed the class's own address, unretained. Callbacks come only from inside `parse` and `finish`,
//   which are methods of the class, so it is alive; `deinit` runs no callbacks.
// - What callbacks are handed (names, attributes, texts) is used before they return: the builder copies what it keeps.
// - Names are C strings, texts come with their length; attribute values are the bytes between two pointers into one
//   buffer of libxml2's.
// - While libxml2 runs, `builder` is reached through the callbacks alone.

internal import CLibXML2

/// libxml2's SAX2 push parser, feeding an `XMLDocumentBuilder`.
///
/// It opens no file and no address, substitutes no entity, and stops at the first sign of a document type declaration.
/// Everything libxml2 calls an error ends the document, also what it would recover from.
@safe
final class XMLEventBridge {
    var builder: XMLDocumentBuilder
    /// The first thing libxml2 complained about; its offset counts from the start of the document.
    private(set) var complaint: SerializationError?
    /// Whether it is about something that was complete, so that more text would not have helped.
    private(set) var isComplaintFinal = false
    private var context: xmlParserCtxtPtr?
    /// Text of the document that the parser has not been shown.
    private var passedOver = 0
    /// Whether the root binds the prefix `xsi` to what it usually means.
    private(set) var bindsSchemaInstance = false
    private var isFinishing = false
    private var dictionaries = XMLDictionaries()
    /// After the last carriage return of a CDATA section.
    private var behindCarriageReturn = -1

    /// A parser for one document.
    init(_ builder: consuming XMLDocumentBuilder) {
        self.builder = builder
        _ = Self.isReady
        var handler = unsafe xmlSAXHandler()
        unsafe Self.install(in: &handler)
        unsafe context = xmlCreatePushParserCtxt(&handler, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil)
        // The text is UTF-8 whatever it was, and whatever it says.
        let options = Int32(XML_PARSE_NONET.rawValue) | Int32(XML_PARSE_IGNORE_ENC.rawValue)
        if let context = unsafe context {
            unsafe xmlCtxtUseOptions(context, options)
        } else {
            complaint = SerializationError(
                .unsupported, found: "no memory for an XML parser", expected: "enough of it", offset: 0)
        }
    }

    deinit {
        if let context = unsafe context { unsafe xmlFreeParserCtxt(context) }
        dictionaries.removeAll()
    }

    /// Why the document ends badly.
    var failure: SerializationError? { complaint ?? builder.failure }

    /// Whether the document has ended badly.
    var isStopped: Bool { complaint != nil || builder.failure != nil }

    /// Puts better words in the place of libxml2's.
    func replaceComplaint(by error: SerializationError) {
        complaint = error
    }

    /// Shows the next piece of text, which ends between two characters.
    func parse(_ text: ByteView) {
        guard let context = unsafe context, !isStopped, text.count > 0 else { return }
        unsafe dictionaries.renew(of: context)
        let code = unsafe text.withCharacters { start, count in
            unsafe xmlParseChunk(context, start, count, 0)
        }
        noteCode(code)
    }

    /// Says that there is no more text.
    func finish() {
        guard let context = unsafe context, !isStopped else { return }
        isFinishing = true
        noteCode(unsafe xmlParseChunk(context, nil, 0, 1))
    }

    /// Says that this much text, with so many records, was dealt with elsewhere.
    func passOver(_ count: Int, records: Int = 0) {
        passedOver += count
        builder.recordCount += records
    }

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

    /// The name of the innermost open element.
    var openElement: String? {
        guard let name = unsafe context?.pointee.name else { return nil }
        return unsafe String(cString: name)
    }

    /// libxml2 prepares its tables once, before the first parser.
    private static let isReady: Bool = {
        xmlInitParser()
        return true
    }()

    private func noteCode(_ code: Int32) {
        guard code != 0, !isStopped else { return }
        complain(.notWellFormed, found: "what is no well-formed XML", expected: "a well-formed document")
    }

    private func complain(_ code: SerializationError.Code, at place: Int? = nil, found: String, expected: String) {
        guard complaint == nil else { return }
        isComplaintFinal = !isFinishing
        complaint = SerializationError(
            code, found: found, expected: expected, offset: place ?? offset, path: builder.path)
        // libxml2 goes on after what only breaks the rules of namespaces; no record is to come of that.
        if builder.failure == nil { builder.failure = complaint }
    }

    // MARK: Events

    private static func install(in handler: inout xmlSAXHandler) {
        unsafe handler.initialized = XML_SAX2_MAGIC
        unsafe handler.startElementNs = { user, name, prefix, uri, bindingCount, bindings, count, _, attributes in
            guard let bridge = unsafe XMLEventBridge.from(user), let name = unsafe name else { return }
            if bridge.builder.openCount == 0 {
                unsafe bridge.noteBindings(bindings, count: Int(bindingCount))
            }
            unsafe bridge.startElement(
                name, in: XMLEventBridge.namespace(prefix: prefix, uri: uri), attributeCount: Int(count),
                attributes: attributes)
        }
        unsafe handler.endElementNs = { user, _, _, _ in
            guard let bridge = unsafe XMLEventBridge.from(user) else { return }
            bridge.builder.endElement(end: bridge.offset)
            bridge.stopIfFailed()
        }
        unsafe handler.characters = { user, text, count in
            guard let bridge = unsafe XMLEventBridge.from(user), let text = unsafe text else { return }
            let view = unsafe ByteView(start: text, count: Int(count), readable: Int(count))
            bridge.builder.addText(view, start: unsafe bridge.start(of: text, count: Int(count)))
            bridge.stopIfFailed()
        }
        unsafe handler.ignorableWhitespace = handler.characters
        unsafe handler.cdataBlock = { user, text, count in
            guard let bridge = unsafe XMLEventBridge.from(user), let text = unsafe text else { return }
            unsafe bridge.addSection(text, count: Int(count))
            bridge.stopIfFailed()
        }
        unsafe handler.internalSubset = { user, _, _, _ in
            guard let bridge = unsafe XMLEventBridge.from(user) else { return }
            bridge.refuseDocumentType()
        }
        unsafe handler.startDocument = { user in
            guard let bridge = unsafe XMLEventBridge.from(user) else { return }
            bridge.checkVersion()
        }
        unsafe handler.serror = { user, error in
            guard let bridge = unsafe XMLEventBridge.from(user), let error = unsafe error else { return }
            let first = unsafe error.pointee.str1.map { text in unsafe String(cString: text) }
            let second = unsafe error.pointee.str2.map { text in unsafe String(cString: text) }
            unsafe bridge.note(
                error: error.pointee.code, isWarning: error.pointee.level == XML_ERR_WARNING, first, second)
        }
    }

    private static func from(_ user: UnsafeMutableRawPointer?) -> XMLEventBridge? {
        unsafe user.map { user in unsafe Unmanaged<XMLEventBridge>.fromOpaque(user).takeUnretainedValue() }
    }

    @unsafe
    private func startElement(
        _ name: UnsafePointer<xmlChar>, in namespace: XMLAttributeNamespace, attributeCount: Int,
        attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        if isFinishing, isAtEnd {
            // libxml2 takes what is there of a tag for all of it.
            complain(.unexpectedEnd, found: "the end of the input", expected: "the rest of a tag")
            isComplaintFinal = true
            return
        }
        let (start, contentStart) = tagBounds()
        unsafe builder.beginElement(
            ByteView(cString: name), in: namespace, start: start, contentStart: contentStart)
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

    /// Looks for the usual prefix of `xsi:nil` among the root's declarations.
    @unsafe
    private func noteBindings(_ bindings: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int) {
        guard let bindings = unsafe bindings else { return }
        for index in 0..<count {
            guard let prefix = unsafe bindings[2 * index], let uri = unsafe bindings[2 * index + 1] else { continue }
            if unsafe ByteView(cString: prefix).isEqual(to: "xsi") {
                bindsSchemaInstance = unsafe Self.namespace(prefix: prefix, uri: uri) == .schemaInstance
            }
        }
    }

    /// Where the start tag that was just read begins, and where the element's content will.
    private func tagBounds() -> (start: Int, contentStart: Int) {
        let offset = self.offset
        guard let input = unsafe context?.pointee.input, let base = unsafe input.pointee.base,
            let current = unsafe input.pointee.cur
        else { return (offset, offset) }
        // Attribute values cannot hold a `<`, and the whole tag is in the buffer.
        let available = unsafe current - base
        var length = 0
        while length < available {
            length += 1
            if unsafe current[-length] == 0x3C { break }
        }
        let isEmpty = unsafe current.pointee == 0x2F
        return (offset - length, isEmpty ? offset - length : offset + 1)
    }

    /// A CDATA section, or a piece of one, in which libxml2's push parser leaves line ends as they are (XML 1.0 section
    /// 2.11 makes line feeds of them).
    @unsafe
    private func addSection(_ text: UnsafePointer<xmlChar>, count: Int) {
        let start = unsafe start(of: text, count: count)
        let view = unsafe ByteView(start: text, count: count, readable: count)
        var index = start == behindCarriageReturn && view.byte(at: 0) == 0x0A ? 1 : 0
        guard index > 0 || view.firstIndex(of: SingleByteStop(byte: 0x0D), from: 0) < count else {
            return builder.addText(view, start: start)
        }
        var lines: [UInt8] = []
        while index < count {
            let byte = view.byte(at: index)
            index += 1
            lines.append(byte == 0x0D ? 0x0A : byte)
            guard byte == 0x0D else { continue }
            behindCarriageReturn = start + index
            if index < count, view.byte(at: index) == 0x0A { index += 1 }
        }
        if !lines.isEmpty { builder.addText(ByteView(lines.span), start: start) }
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
    ) -> XMLAttributeNamespace {
        guard let uri = unsafe uri else { return unsafe prefix == nil ? .none : .undeclared }
        let name = unsafe ByteView(cString: uri)
        if name.isEqual(to: "http://www.w3.org/2001/XMLSchema-instance") { return .schemaInstance }
        if name.isEqual(to: "http://www.w3.org/XML/1998/namespace") { return .xml }
        return .other
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

    private func stopIfFailed() {
        if builder.failure != nil, let context = unsafe context { unsafe xmlStopParser(context) }
    }

    private func refuseDocumentType() {
        complain(
            .unsupported, at: startOfMarkup("<!DOCTYPE"), found: "a document type declaration",
            expected: "none: entities are never read")
        if let context = unsafe context { unsafe xmlStopParser(context) }
    }

    private func checkVersion() {
        guard let context = unsafe context, let version = unsafe context.pointee.version else { return }
        let name = unsafe ByteView(cString: version)
        guard !name.isEqual(to: "1.0") else { return }
        complain(.unsupported, found: "XML \(excerpt(name))", expected: "XML 1.0")
        unsafe xmlStopParser(context)
    }

    private func note(error code: Int32, isWarning: Bool, _ first: String?, _ second: String?) {
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

    /// The bytes as C characters, for the time of the call.
    fileprivate func withCharacters<Result>(_ body: (UnsafePointer<CChar>?, Int32) -> Result) -> Result {
        unsafe span.withUnsafeBytes { bytes in
            unsafe body(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(truncatingIfNeeded: bytes.count))
        }
    }
}
