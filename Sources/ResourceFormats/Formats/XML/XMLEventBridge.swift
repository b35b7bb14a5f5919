#if XML
// UNSAFE CODE: the parser of libxml2 behind a Swift structure. The argument for its safety:
// - The bridge is the only owner of the parser context and of the memory of its events: it makes both in `init` and frees
//   both in `deinit`, and no pointer leaves this file and XMLEvents.swift. It cannot be copied.
// - The context is given the address of the events, which do not move. Callbacks come only from inside `parse` and
//   `finish`, which are methods of the bridge, so the memory is alive; `deinit` runs no callbacks.
// - While libxml2 runs, the events are reached through the callbacks alone: `parse` and `finish` hold no access to them.

internal import CLibXML2

/// libxml2's SAX2 push parser, feeding an `XMLDocumentBuilder`.
///
/// It opens no file and no address, substitutes no entity, and stops at the first sign of a document type declaration.
/// Everything libxml2 calls an error ends the document, also what it would recover from.
@safe
struct XMLEventBridge: ~Copyable {
    private let events: UnsafeMutablePointer<XMLEvents>

    /// A parser for one document.
    init(_ builder: consuming XMLDocumentBuilder) {
        _ = Self.isReady
        unsafe events = UnsafeMutablePointer<XMLEvents>.allocate(capacity: 1)
        unsafe events.initialize(to: XMLEvents(builder))
        var handler = unsafe xmlSAXHandler()
        unsafe XMLEvents.install(in: &handler)
        // The text is UTF-8 whatever it was, and whatever it says.
        let options = Int32(XML_PARSE_NONET.rawValue) | Int32(XML_PARSE_IGNORE_ENC.rawValue)
        if let context = unsafe xmlCreatePushParserCtxt(&handler, events, nil, 0, nil) {
            unsafe xmlCtxtUseOptions(context, options)
            unsafe events.pointee.context = context
        } else {
            unsafe events.pointee.complaint = SerializationError(
                .unsupported, found: "no memory for an XML parser", expected: "enough of it", offset: 0)
        }
    }

    deinit {
        if let context = unsafe events.pointee.context { unsafe xmlFreeParserCtxt(context) }
        unsafe events.pointee.dictionaries.removeAll()
        unsafe events.deinitialize(count: 1)
        unsafe events.deallocate()
    }

    /// The records that come of the text.
    var builder: XMLDocumentBuilder {
        _read { yield unsafe events.pointee.builder }
        _modify { yield unsafe &events.pointee.builder }
    }

    /// The first thing libxml2 complained about; its offset counts from the start of the document.
    var complaint: SerializationError? { unsafe events.pointee.complaint }

    /// Whether it is about something that was complete, so that more text would not have helped.
    var isComplaintFinal: Bool { unsafe events.pointee.isComplaintFinal }

    /// Why the document ends badly.
    var failure: SerializationError? { complaint ?? builder.failure }

    /// Whether the document has ended badly.
    var isStopped: Bool { unsafe events.pointee.isStopped }

    /// How far the parser has come, in bytes from the start of the document.
    var offset: Int { unsafe events.pointee.offset }

    /// The name of the innermost open element.
    var openElement: String? {
        guard let name = unsafe events.pointee.context?.pointee.name else { return nil }
        return unsafe String(cString: name)
    }

    /// Puts better words in the place of libxml2's.
    mutating func replaceComplaint(by error: SerializationError) {
        unsafe events.pointee.complaint = error
    }

    /// Starts after a byte order mark of so many bytes, which the parser is not shown.
    mutating func begin(after count: Int) {
        unsafe events.pointee.passedOver = count
    }

    /// Steps over text that the parser is not shown.
    mutating func passOver(_ count: Int) {
        unsafe events.pointee.passedOver += count
    }

    /// Shows the next piece of text, which ends between two characters.
    mutating func parse(_ text: ByteView) {
        guard let context = unsafe events.pointee.context, !isStopped, text.count > 0 else { return }
        if unsafe events.pointee.dictionaries.renew(of: context) { builder.knownNames.removeAll() }
        let code = unsafe text.span.withUnsafeBytes { bytes in
            unsafe xmlParseChunk(
                context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(truncatingIfNeeded: bytes.count),
                0)
        }
        unsafe events.pointee.note(code: code)
    }

    /// Says that there is no more text.
    mutating func finish() {
        guard let context = unsafe events.pointee.context, !isStopped else { return }
        unsafe events.pointee.isFinishing = true
        let code = unsafe xmlParseChunk(context, nil, 0, 1)
        unsafe events.pointee.note(code: code)
    }

    /// libxml2 prepares its tables once, before the first parser.
    private static let isReady: Bool = {
        xmlInitParser()
        return true
    }()
}
#endif
