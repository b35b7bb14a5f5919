/// An encoding that is converted without libxml2: UTF-16, UTF-32, and the two that are the first characters of Unicode.
struct UnicodeForm {
    /// Bytes in a unit: 1, 2 or 4.
    let unitSize: Int
    let isBigEndian: Bool
    /// Whether text that is written begins with a byte order mark.
    let hasMark: Bool
    /// The number of characters, counted from U+0000.
    let characterCount: UInt32

    /// The encoding with a name, compared without case; nil if it is another.
    ///
    /// A name that leaves the byte order open has a byte order mark and little-endian units, as libxml2 writes it.
    init?(name: String) {
        let forms: [(name: String, unitSize: Int, isBigEndian: Bool, hasMark: Bool, characterCount: UInt32)] = [
            ("UTF-16", 2, false, true, 0x11_0000), ("UTF-16LE", 2, false, false, 0x11_0000),
            ("UTF-16BE", 2, true, false, 0x11_0000), ("UTF-32", 4, false, true, 0x11_0000),
            ("UTF-32LE", 4, false, false, 0x11_0000), ("UTF-32BE", 4, true, false, 0x11_0000),
            ("ISO-8859-1", 1, false, false, 0x100), ("US-ASCII", 1, false, false, 0x80),
        ]
        guard let form = forms.first(where: { ASCII.isEqualIgnoringCase($0.name, name) }) else { return nil }
        unitSize = form.unitSize
        isBigEndian = form.isBigEndian
        hasMark = form.hasMark
        characterCount = form.characterCount
    }

    /// The unit that begins at `index`.
    func unit(in bytes: ByteView, at index: Int) -> UInt32 {
        var unit: UInt32 = 0
        for place in 0..<unitSize {
            let byte = UInt32(bytes.byte(at: index + place))
            unit |= byte << UInt32(8 * (isBigEndian ? unitSize - 1 - place : place))
        }
        return unit
    }

    /// Appends a unit.
    func append(_ unit: UInt32, to bytes: inout Storage<UInt8>) {
        for place in 0..<unitSize {
            let shift = UInt32(8 * (isBigEndian ? unitSize - 1 - place : place))
            bytes.append(UInt8(truncatingIfNeeded: unit >> shift))
        }
    }
}

/// Turns text in an encoding into UTF-8, without libxml2.
final class UnicodeDecoder {
    private let form: UnicodeForm
    /// Bytes of a character whose rest has not come yet.
    private var pending: [UInt8] = []
    private var isAtStart = true
    private var isBroken = false
    /// The name that the encoding was found by.
    let encoding: String

    /// A converter; nil if the encoding is not one of `UnicodeForm`.
    init?(encoding: String) {
        guard let form = UnicodeForm(name: WideEncoding.named(encoding)?.converter ?? encoding) else { return nil }
        self.form = form
        self.encoding = encoding
    }

    /// The number of bytes that wait for the rest of their character.
    var pendingCount: Int { pending.count }

    /// Appends the UTF-8 of as much as can be converted; false if bytes are none of the encoding.
    func convert(_ bytes: ByteView, onto text: inout Storage<UInt8>) -> Bool {
        var start = 0
        while !pending.isEmpty, start < bytes.count, !isBroken {
            pending.append(bytes.byte(at: start))
            start += 1
            let joined = pending
            pending = joined[decode(ByteView(joined.span), onto: &text)...].map { $0 }
        }
        let rest = bytes.slice(start, count: bytes.count - start)
        let used = isBroken ? 0 : decode(rest, onto: &text)
        if !isBroken { pending += rest.slice(used, count: rest.count - used).array() }
        return !isBroken
    }

    /// Appends the UTF-8 of the whole characters, and returns the number of their bytes.
    private func decode(_ bytes: ByteView, onto text: inout Storage<UInt8>) -> Int {
        var index = 0
        while index + form.unitSize <= bytes.count {
            var value = form.unit(in: bytes, at: index)
            var length = form.unitSize
            if form.unitSize == 2, value & 0xFC00 == 0xD800 {
                guard index + 4 <= bytes.count else { return index }
                let low = form.unit(in: bytes, at: index + 2)
                length = 4
                // Half a pair stays a surrogate, which no scalar is.
                if low & 0xFC00 == 0xDC00 { value = 0x1_0000 + (value & 0x3FF) << 10 + low & 0x3FF }
            }
            guard value < form.characterCount, let scalar = Unicode.Scalar(value) else {
                isBroken = true
                return index
            }
            // A byte order mark is not part of the text.
            if !isAtStart || value != 0xFEFF {
                for byte in scalar.utf8 { text.append(byte) }
            }
            isAtStart = false
            index += length
        }
        return index
    }
}

/// Turns UTF-8 into text in an encoding, without libxml2.
final class UnicodeEncoder {
    private let form: UnicodeForm
    private var isAtStart = true

    /// A converter; nil if the encoding is not one of `UnicodeForm`.
    init?(encoding: String) {
        guard let form = UnicodeForm(name: encoding) else { return nil }
        self.form = form
    }

    /// Appends the text in the encoding; false if the encoding lacks a character.
    func convert(_ text: ByteView, onto bytes: inout Storage<UInt8>) -> Bool {
        if isAtStart, form.hasMark { form.append(0xFEFF, to: &bytes) }
        isAtStart = false
        var index = 0
        while index < text.count {
            let (scalar, length) = text.scalar(at: index)
            guard scalar < form.characterCount, length > 0 else { return false }
            index += length
            if form.unitSize == 2, scalar > 0xFFFF {
                form.append(0xD800 + (scalar - 0x1_0000) >> 10, to: &bytes)
                form.append(0xDC00 + scalar & 0x3FF, to: &bytes)
            } else {
                form.append(scalar, to: &bytes)
            }
        }
        return true
    }
}

#if !XML
typealias TextDecoder = UnicodeDecoder
typealias TextEncoder = UnicodeEncoder
#endif
