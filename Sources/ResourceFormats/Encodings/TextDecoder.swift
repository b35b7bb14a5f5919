#if XML
// UNSAFE CODE: a converter of libxml2 behind a Swift class. The argument for its safety:
// - The class is the only owner of the converter and its two buffers; it frees each once, and no pointer leaves.
// - The output buffer's bytes are copied out before the next call to the converter.

internal import CLibXML2

/// Turns text in another encoding into UTF-8, through libxml2's converters.
@safe
final class TextDecoder {
    private let handler: xmlCharEncodingHandlerPtr
    private let input: xmlBufferPtr
    private let output: xmlBufferPtr
    private var isAtStart = true
    private var isBroken = false
    /// No encoding has characters of as many bytes: what waits with so many is not a character.
    private static let longestCharacter = 8
    /// The name that the encoding was found by.
    let encoding: String

    /// A converter; nil if libxml2 does not know the encoding.
    init?(encoding: String) {
        guard let handler = unsafe findEncoding(encoding) else { return nil }
        guard let input = unsafe xmlBufferCreate(), let output = unsafe xmlBufferCreate() else {
            unsafe xmlCharEncCloseFunc(handler)
            return nil
        }
        unsafe self.handler = handler
        unsafe self.input = input
        unsafe self.output = output
        self.encoding = encoding
    }

    deinit {
        unsafe xmlBufferFree(input)
        unsafe xmlBufferFree(output)
        unsafe xmlCharEncCloseFunc(handler)
    }

    /// Bytes that wait for the rest of their character.
    var pendingCount: Int { unsafe Int(xmlBufferLength(input)) }

    /// Appends the UTF-8 of as much as can be converted; false if bytes are none of the encoding.
    func convert(_ bytes: ByteView, onto text: inout Storage<UInt8>) -> Bool {
        var start = 0
        while start < bytes.count, !isBroken {
            // Piece by piece, so that the buffers stay small.
            let piece = bytes.slice(start, count: min(bytes.count - start, 16 << 10))
            start += piece.count
            let isAdded = unsafe piece.span.withUnsafeBytes { memory in
                unsafe xmlBufferAdd(
                    input, memory.baseAddress?.assumingMemoryBound(to: xmlChar.self), Int32(memory.count))
            }
            if isAdded != 0 || !drain(onto: &text) { isBroken = true }
        }
        return !isBroken
    }

    private func drain(onto text: inout Storage<UInt8>) -> Bool {
        while pendingCount > 0 {
            let before = pendingCount
            let result = withoutMessages { unsafe xmlCharEncInFunc(handler, output, input) }
            takeOutput(&text)
            if result == -2 { return false }
            if pendingCount == before { return before < Self.longestCharacter }
        }
        return true
    }

    private func takeOutput(_ text: inout Storage<UInt8>) {
        let count = unsafe Int(xmlBufferLength(output))
        guard count > 0, let content = unsafe xmlBufferContent(output) else { return }
        let view = unsafe ByteView(start: content, count: count, readable: count)
        // A byte order mark is not part of the text.
        let skipped = isAtStart && view.startsWithByteOrderMark ? 3 : 0
        isAtStart = false
        text.append(view.slice(skipped, count: count - skipped))
        unsafe xmlBufferEmpty(output)
    }
}

/// libxml2's converters of an encoding, to be closed by the caller; nil if it does not know the encoding.
///
/// Where iconv does not know a name, libxml2 may ask ICU, whose converters it lets drop bytes that are not characters
/// and characters that a piece ends in. So those count as unknown, and so does HTML, which is not an encoding.
@unsafe
func findEncoding(_ name: String) -> xmlCharEncodingHandlerPtr? {
    xmlInitParser()
    guard let handler = unsafe xmlFindCharEncodingHandler(name) else { return nil }
    let reads = unsafe handler.pointee.input != nil || handler.pointee.iconv_in != nil
    let writes = unsafe handler.pointee.output != nil || handler.pointee.iconv_out != nil
    guard reads, writes else {
        unsafe xmlCharEncCloseFunc(handler)
        return nil
    }
    return unsafe handler
}

/// Keeps libxml2 from writing to the standard error; the setting is the thread's.
func withoutMessages<Result>(_ body: () -> Result) -> Result {
    let function = unsafe __xmlStructuredError().pointee
    let context = unsafe __xmlStructuredErrorContext().pointee
    unsafe xmlSetStructuredErrorFunc(nil) { _, _ in }
    defer { unsafe xmlSetStructuredErrorFunc(context, function) }
    return body()
}
#endif
