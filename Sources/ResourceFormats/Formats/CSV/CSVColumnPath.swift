/// The name of a column as the way to a place in a record: `fallbacks[0].immediateFallBack.failedRequests`.
///
/// In a key `\`, `.` and `[` are escaped with a backslash, control characters as `\n`, `\r`, `\t` or `\uxxxx`, a first
/// or last space and U+FEFF anywhere as `\uxxxx`; the empty key is `\e`. A name that a spreadsheet would take for a
/// formula gets a backslash in front.
struct CSVColumnPath: Hashable, Sendable {
    /// One step down.
    enum Step: Hashable, Sendable {
        case key([UInt8])
        case index(Int)
    }

    var steps: [Step]

    init(steps: [Step]) {
        self.steps = steps
    }

    /// The column's name.
    var name: [UInt8] {
        var name: [UInt8] = []
        name.reserveCapacity(32)
        for (position, step) in steps.enumerated() {
            switch step {
            case .key(let key):
                if position > 0 { name.append(0x2E) }
                Self.append(key, to: &name)
            case .index(let index):
                name.append(0x5B)
                name += Array(String(index).utf8)
                name.append(0x5D)
            }
        }
        if formulaStartLength(ByteView(name.span)) > 0 { name.insert(0x5C, at: 0) }
        return name
    }

    private static func append(_ key: [UInt8], to name: inout [UInt8]) {
        if key.isEmpty { return name += [0x5C, 0x65] }
        // Nearly all names are of these alone.
        let isPlain = key.allSatisfy {
            switch $0 {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
            default: false
            }
        }
        if isPlain { return name += key }
        for (index, byte) in key.enumerated() {
            switch byte {
            case 0x5C, 0x2E, 0x5B: name += [0x5C, byte]
            case 0x0A: name += [0x5C, 0x6E]
            case 0x0D: name += [0x5C, 0x72]
            case 0x09: name += [0x5C, 0x74]
            case 0..<0x20, 0x7F: append(escaped: UInt32(byte), to: &name)
            case 0x20 where index == 0 || index == key.count - 1: append(escaped: 0x20, to: &name)
            case 0xEF where key.dropFirst(index).starts(with: [0xEF, 0xBB, 0xBF]):
                append(escaped: 0xFEFF, to: &name)
            case 0xBB where key[..<index].last == 0xEF && key.dropFirst(index).starts(with: [0xBB, 0xBF]): break
            case 0xBF where key[..<index].suffix(2).elementsEqual([0xEF, 0xBB]): break
            default: name.append(byte)
            }
        }
    }

    private static func append(escaped scalar: UInt32, to name: inout [UInt8]) {
        name += Array("\\u".utf8) + Array(hexadecimal(scalar, digits: 4).utf8)
    }

    // MARK: Reading

    /// Reads a column's name; nil where it is no path.
    init?(parsing name: ByteView) {
        var index = 0
        // The guard against formulas stands in front of the whole name only.
        if name.byte(at: 0) == 0x5C, formulaStartLength(name.slice(1, count: name.count - 1)) > 0 { index = 1 }
        var steps: [Step] = []
        while true {
            guard let key = Self.parseKey(name, &index) else { return nil }
            steps.append(.key(key))
            while name.byte(at: index) == 0x5B {
                guard let position = Self.parseIndex(name, &index) else { return nil }
                steps.append(.index(position))
            }
            if index == name.count { break }
            guard name.byte(at: index) == 0x2E else { return nil }
            index += 1
        }
        self.steps = steps
    }

    /// The name as one key, whatever it holds.
    init(literal name: ByteView) {
        steps = [.key(name.array())]
    }

    private static func parseKey(_ name: ByteView, _ index: inout Int) -> [UInt8]? {
        if name.byte(at: index) == 0x5C, name.byte(at: index + 1) == 0x65 {
            index += 2
            let next = name.byte(at: index)
            return index == name.count || next == 0x2E || next == 0x5B ? [] : nil
        }
        var key: [UInt8] = []
        while index < name.count {
            let byte = name.byte(at: index)
            if byte == 0x2E || byte == 0x5B { break }
            index += 1
            guard byte == 0x5C else {
                key.append(byte)
                continue
            }
            let escaped = name.byte(at: index)
            index += 1
            switch escaped {
            case 0x5C, 0x2E, 0x5B: key.append(escaped)
            case 0x6E: key.append(0x0A)
            case 0x72: key.append(0x0D)
            case 0x74: key.append(0x09)
            case 0x75:
                guard let scalar = JSONText.hexQuad(name, from: index), !(0xD800...0xDFFF).contains(scalar) else {
                    return nil
                }
                index += 4
                forEachUTF8Byte(of: scalar) { key.append($0) }
            default: return nil
            }
        }
        return key.isEmpty ? nil : key
    }

    /// `[0]`, `[12]`; no sign, no leading zero, at most nine digits.
    private static func parseIndex(_ name: ByteView, _ index: inout Int) -> Int? {
        index += 1
        let start = index
        var value = 0
        while JSONText.isDigit(name.byte(at: index)), index - start < 10 {
            value = value * 10 + Int(name.byte(at: index) - 0x30)
            index += 1
        }
        let digits = index - start
        guard digits > 0, digits < 10, digits == 1 || name.byte(at: start) != 0x30, name.byte(at: index) == 0x5D else {
            return nil
        }
        index += 1
        return value
    }
}

/// The length of the character in front that makes spreadsheet programs see a formula: `=`, `+`, `-`, `@` or one of
/// their full-width forms U+FF1D, U+FF0B, U+FF0D, U+FF20; 0 if there is none.
func formulaStartLength(_ text: ByteView) -> Int {
    switch text.byte(at: 0) {
    case 0x3D, 0x2B, 0x2D, 0x40: return 1
    case 0xEF:
        guard text.byte(at: 1) == 0xBC else { return 0 }
        switch text.byte(at: 2) {
        case 0x9D, 0x8B, 0x8D, 0xA0: return 3
        default: return 0
        }
    default: return 0
    }
}
