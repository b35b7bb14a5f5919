import CByteMasks

/// The name of a column as the path of a place in a record: `fallbacks[0].immediateFallBack.failedRequests`.
///
/// In a key `\`, `.` and `[` are escaped with a backslash, control characters as `\n`, `\r`, `\t` or `\uxxxx`, a first
/// or last space and U+FEFF anywhere as `\uxxxx`. The empty key is `\e`. A name that a spreadsheet program would read
/// as a formula begins with an additional backslash.
struct CSVColumnPath: Hashable, Sendable {
    /// One step of the path.
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
        var name = Storage<UInt8>(minimumCapacity: 32)
        for step in steps {
            switch step {
            case .key(let key): Self.append(ByteView(key.span), to: &name)
            case .index(let index): Self.append(index: index, to: &name)
            }
        }
        return name.view.array()
    }

    /// Appends an element's index to the name of its array.
    static func append(index: Int, to name: inout Storage<UInt8>) {
        name.append(0x5B)
        for byte in String(index).utf8 { name.append(byte) }
        name.append(0x5D)
    }

    /// Appends the name of a member to the name of its object, or begins a name with it.
    static func append(_ key: ByteView, to name: inout Storage<UInt8>) {
        if name.count > 0 {
            name.append(0x2E)
        } else if formulaStartLength(key) > 0 {
            name.append(0x5C)
        }
        if key.count == 0 { return name.append("\\e") }
        // Nearly all names consist of letters only.
        let start = name.count
        if name.append(key, from: 0, upTo: NonLetterStop()) == key.count { return }
        name.truncate(to: start)
        for index in 0..<key.count {
            let byte = key.byte(at: index)
            switch byte {
            case 0x5C, 0x2E, 0x5B:
                name.append(0x5C)
                name.append(byte)
            case 0x0A: name.append("\\n")
            case 0x0D: name.append("\\r")
            case 0x09: name.append("\\t")
            case 0..<0x20, 0x7F: append(escaped: UInt32(byte), to: &name)
            case 0x20 where index == 0 || index == key.count - 1: append(escaped: 0x20, to: &name)
            case 0xEF where isByteOrderMark(key, at: index): append(escaped: 0xFEFF, to: &name)
            case 0xBB where isByteOrderMark(key, at: index - 1): break
            case 0xBF where isByteOrderMark(key, at: index - 2): break
            default: name.append(byte)
            }
        }
    }

    private static func isByteOrderMark(_ key: ByteView, at index: Int) -> Bool {
        key.byte(at: index) == 0xEF && key.byte(at: index + 1) == 0xBB && key.byte(at: index + 2) == 0xBF
    }

    private static func append(escaped scalar: UInt32, to name: inout Storage<UInt8>) {
        name.append("\\u")
        for byte in hexadecimal(scalar, digits: 4).utf8 { name.append(byte) }
    }

    /// Appends a column's name with its first character written as `\uxxxx`, so that no spreadsheet program reads it as
    /// a number, a date or a boolean.
    ///
    /// The character is the first one of the first key that has a character below U+10000. An empty key has none, and
    /// larger ones do not fit into `\uxxxx`. Indexes are left unchanged: `\e[0]` has no such character, and no program
    /// reads it as a number.
    static func append(guarded column: ByteView, to name: inout Storage<UInt8>) {
        var index = 0
        while index < column.count {
            switch column.byte(at: index) {
            case 0x2E: index += 1
            case 0x5B:
                while index < column.count, column.byte(at: index) != 0x5D { index += 1 }
                index += 1
            case 0x5C:
                switch column.byte(at: index + 1) {
                // The empty key, and a character that is escaped already.
                case 0x65: index += 2
                case 0x75: index += 6
                case 0x6E: return append(column, escaping: 0x0A, at: index, count: 2, to: &name)
                case 0x72: return append(column, escaping: 0x0D, at: index, count: 2, to: &name)
                case 0x74: return append(column, escaping: 0x09, at: index, count: 2, to: &name)
                default:
                    let (scalar, length) = column.scalar(at: index + 1)
                    return append(column, escaping: scalar, at: index, count: 1 + length, to: &name)
                }
            default:
                let (scalar, length) = column.scalar(at: index)
                if scalar <= 0xFFFF {
                    return append(column, escaping: scalar, at: index, count: length, to: &name)
                }
                index += length
            }
        }
        name.append(column)
    }

    private static func append(
        _ column: ByteView, escaping scalar: UInt32, at index: Int, count: Int, to name: inout Storage<UInt8>
    ) {
        name.append(column.slice(0, count: index))
        append(escaped: scalar, to: &name)
        name.append(column.slice(index + count, count: column.count - index - count))
    }

    // MARK: Reading

    /// Parses a column's name; returns nil if it is not a path.
    init?(parsing name: ByteView) {
        var index = 0
        // Only the name as a whole may begin with the backslash that guards against formulas.
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

    /// The name as one literal key.
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
                guard let scalar = ASCII.hexQuad(name, from: index), !(0xD800...0xDFFF).contains(scalar) else {
                    return nil
                }
                index += 4
                forEachUTF8Byte(of: scalar) { key.append($0) }
            default: return nil
            }
        }
        return key.isEmpty ? nil : key
    }

    /// Parses an index such as `[0]` or `[12]`: no sign, no leading zero, at most nine digits.
    private static func parseIndex(_ name: ByteView, _ index: inout Int) -> Int? {
        index += 1
        let start = index
        var value = 0
        while ASCII.isDigit(name.byte(at: index)), index - start < 10 {
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

/// The bytes other than letters, which may need an escape in the name of a column.
private struct NonLetterStop: ByteStop {
    @inline(__always)
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        byte_mask_below((chunk | SIMD16(repeating: 0x20)) &- SIMD16(repeating: 0x61), 26) ^ 0xFFFF
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 >= 26
    }
}

/// The length of the first character if spreadsheet programs read it as the start of a formula; otherwise 0.
///
/// These characters are `=`, `+`, `-`, `@` and their full-width forms U+FF1D, U+FF0B, U+FF0D, U+FF20.
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
