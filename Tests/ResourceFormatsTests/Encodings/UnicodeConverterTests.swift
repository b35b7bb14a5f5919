import Testing

@testable import ResourceFormats

/// The converters of a build without libxml2, held against libxml2's.
@Suite struct UnicodeConverterTests {
    static let encodings = [
        "UTF-16", "utf-16le", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "ISO-8859-1", "US-ASCII",
    ]
    static let texts = [
        "", "name,x\r\n1,2\r\n", "\u{FEFF}a\u{FEFF}b", "ü\u{80}\u{FF}", "€名\u{FFFD}", "\u{1F600}\u{10FFFF}z",
    ]

    /// The text in an encoding; nil if the encoding lacks a character.
    private static func encoded(_ text: String, _ encoding: String) throws -> [UInt8]? {
        let encoder = try #require(UnicodeEncoder(encoding: encoding))
        let bytes = Array(text.utf8)
        var result = Storage<UInt8>()
        return encoder.convert(ByteView(bytes.span), onto: &result) ? result.view.array() : nil
    }

    @Test(arguments: encodings, texts)
    func writesWhatLibxml2Writes(encoding: String, text: String) throws {
        let written = try Self.encoded(text, encoding)
        let limit: UInt32 = encoding == "ISO-8859-1" ? 0x100 : encoding == "US-ASCII" ? 0x80 : 0x11_0000
        #expect((written == nil) == text.unicodeScalars.contains { $0.value >= limit })
        guard let written, !text.isEmpty else { return }
        let encoder = try #require(TextEncoder(encoding: encoding))
        let bytes = Array(text.utf8)
        var expected = Storage<UInt8>()
        #expect(encoder.convert(ByteView(bytes.span), onto: &expected))
        #expect(written == expected.view.array())
    }

    @Test(arguments: encodings, texts)
    func readsWhatLibxml2ReadsWhereverItIsCut(encoding: String, text: String) throws {
        guard let bytes = try Self.encoded(text, encoding) else { return }
        let name = WideEncoding.marked(by: ByteView(bytes.span))?.converter ?? encoding
        let twin = try #require(TextDecoder(encoding: name))
        var expected = Storage<UInt8>()
        #expect(twin.convert(ByteView(bytes.span), onto: &expected))
        for cut in 0...bytes.count {
            let decoder = try #require(UnicodeDecoder(encoding: name))
            var decoded = Storage<UInt8>()
            let view = ByteView(bytes.span)
            #expect(decoder.convert(view.slice(0, count: cut), onto: &decoded))
            #expect(decoder.convert(view.slice(cut, count: bytes.count - cut), onto: &decoded))
            #expect(decoder.pendingCount == 0)
            #expect(decoded.view.array() == expected.view.array(), "cut at \(cut)")
        }
    }

    /// Bytes, their encoding, the text before the fault, and whether they are refused or wait for more.
    static let faults: [(bytes: [UInt8], encoding: String, text: String, isRefused: Bool)] = [
        ([0x61, 0, 0, 0xD8, 0x62, 0], "UTF-16LE", "a", true),
        ([0x61, 0, 0, 0xDC], "UTF-16LE", "a", true),
        ([0x61, 0, 0, 0xD8], "UTF-16LE", "a", false),
        ([0, 0x61, 0], "UTF-16BE", "a", false),
        ([0x61, 0, 0, 0, 0, 0, 0x11, 0], "UTF-32LE", "a", true),
        ([0, 0, 0, 0x61, 0, 0, 0xD8, 0], "UTF-32BE", "a", true),
        ([0x61, 0x80], "US-ASCII", "a", true),
    ]

    @Test(arguments: faults)
    func stopsAtAFaultWhereverItIsCut(
        fault: (bytes: [UInt8], encoding: String, text: String, isRefused: Bool)
    ) throws {
        for cut in 0...fault.bytes.count {
            let decoder = try #require(UnicodeDecoder(encoding: fault.encoding))
            var decoded = Storage<UInt8>()
            let view = ByteView(fault.bytes.span)
            let first = decoder.convert(view.slice(0, count: cut), onto: &decoded)
            let second = decoder.convert(view.slice(cut, count: view.count - cut), onto: &decoded)
            #expect((first && second) != fault.isRefused)
            #expect(fault.isRefused || decoder.pendingCount > 0)
            #expect(decoded.view.array() == Array(fault.text.utf8), "cut at \(cut)")
        }
    }

    @Test(arguments: ["windows-1252", "UTF-7", "EBCDIC-US", "", "UTF-16//TRANSLIT"])
    func hasNoConverterForAnotherEncoding(name: String) {
        #expect(UnicodeDecoder(encoding: name) == nil)
        #expect(UnicodeEncoder(encoding: name) == nil)
    }
}
