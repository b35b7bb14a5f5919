#if XML
// UNSAFE CODE: a converter of libxml2 behind a Swift class. The argument for its safety:
// - The class is the only owner of the converter and its two buffers; it frees each once, and no pointer leaves.
// - The output buffer's bytes are copied out before the next call to the converter.

internal import CLibXML2

/// Turns UTF-8 into text in another encoding, through libxml2's converters.
///
/// A character that the encoding does not have becomes a character reference such as `&#8364;` (XML 1.0 section 4.1).
@safe
final class TextEncoder {
    private let handler: xmlCharEncodingHandlerPtr
    private let input: xmlBufferPtr
    private let output: xmlBufferPtr
    /// Text that is converted at once; a character that needs a reference costs a move of the rest of it.
    private static let pieceSize = 4 << 10

    /// A converter; nil if libxml2 does not know the encoding.
    ///
    /// The name has to be one that an XML declaration may have (XML 1.0 section 4.3.3, `EncName`): iconv reads more out of
    /// others, such as `ASCII//TRANSLIT`.
    init?(encoding: String) {
        guard Self.isName(encoding), let handler = unsafe findEncoding(encoding) else { return nil }
        guard let input = unsafe xmlBufferCreate(), let output = unsafe xmlBufferCreate() else {
            unsafe xmlCharEncCloseFunc(handler)
            return nil
        }
        unsafe self.handler = handler
        unsafe self.input = input
        unsafe self.output = output
        // Encodings with a byte order mark write it now.
        _ = withoutMessages { unsafe xmlCharEncOutFunc(handler, output, nil) }
    }

    deinit {
        unsafe xmlBufferFree(input)
        unsafe xmlBufferFree(output)
        unsafe xmlCharEncCloseFunc(handler)
    }

    /// Appends the text in the encoding; false if it cannot be converted.
    func convert(_ text: ByteView, onto bytes: inout Storage<UInt8>) -> Bool {
        var start = 0
        while start < text.count {
            var end = min(text.count, start + Self.pieceSize)
            while end < text.count, text.byte(at: end) & 0xC0 == 0x80 { end -= 1 }
            let isAdded = unsafe text.slice(start, count: end - start).span.withUnsafeBytes { memory in
                unsafe xmlBufferAdd(
                    input, memory.baseAddress?.assumingMemoryBound(to: xmlChar.self), Int32(memory.count))
            }
            guard isAdded == 0 else { return false }
            while unsafe xmlBufferLength(input) > 0 {
                let before = unsafe xmlBufferLength(input)
                _ = withoutMessages { unsafe xmlCharEncOutFunc(handler, output, input) }
                takeOutput(&bytes)
                guard unsafe xmlBufferLength(input) < before else { return false }
            }
            start = end
        }
        return true
    }

    private func takeOutput(_ bytes: inout Storage<UInt8>) {
        let count = unsafe Int(xmlBufferLength(output))
        guard count > 0, let content = unsafe xmlBufferContent(output) else { return }
        unsafe bytes.append(ByteView(start: content, count: count, readable: count))
        unsafe xmlBufferEmpty(output)
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, ASCII.isLetter(first) else { return false }
        return name.utf8.allSatisfy { byte in
            ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x2E || byte == 0x5F || byte == 0x2D
        }
    }
}
#endif
