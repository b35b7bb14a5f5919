/// Tells from the end of a collection whether it is a page, so that its records need not be read for that.
///
/// A collection is a page if it has a member besides its records and its links, and in most the total comes last. JSON can
/// be read backwards without doubt: outside of a string a quote is the end of one, and the string begins at the nearest
/// quote before it with an even number of backslashes in front.
enum HALTail {
    /// Whether the last bytes of a collection show that it is a page; false if they do not show it.
    static func showsPage(_ tail: ByteView, schema: Schema) -> Bool {
        var index = tail.count
        skipSpace(tail, &index)
        guard take(0x7D, tail, &index) else { return false }
        while true {
            skipSpace(tail, &index)
            guard skipValue(tail, &index) else { return false }
            skipSpace(tail, &index)
            guard take(0x3A, tail, &index) else { return false }
            skipSpace(tail, &index)
            let end = index - 1
            guard skipString(tail, &index) else { return false }
            if isPageMember(tail.slice(index + 1, count: end - index - 1), schema) { return true }
            skipSpace(tail, &index)
            guard take(0x2C, tail, &index) else { return false }
        }
    }

    /// Whether a member of this name makes a page of a collection.
    ///
    /// A name with an escape may be any name.
    private static func isPageMember(_ name: ByteView, _ schema: Schema) -> Bool {
        !name.isEqual(to: "_links") && !name.isEqual(to: "_embedded") && !name.isEqual(to: "items")
            && name.firstIndex(of: SingleByteStop(byte: 0x5C), from: 0) == name.count
            && schema.field(named: name.span, in: .record) == .unknown
    }

    // MARK: Backwards

    private static func skipSpace(_ bytes: ByteView, _ index: inout Int) {
        while index > 0, ASCII.isSpace(bytes.byte(at: index - 1)) { index -= 1 }
    }

    private static func take(_ byte: UInt8, _ bytes: ByteView, _ index: inout Int) -> Bool {
        guard index > 0, bytes.byte(at: index - 1) == byte else { return false }
        index -= 1
        return true
    }

    /// Moves before the value that ends at `index`; returns false if it does not begin in the bytes.
    private static func skipValue(_ bytes: ByteView, _ index: inout Int) -> Bool {
        guard index > 0 else { return false }
        switch bytes.byte(at: index - 1) {
        case 0x22: return skipString(bytes, &index)
        case 0x7D, 0x5D: return skipContainer(bytes, &index)
        default:
            let end = index
            while index > 0, isScalarPart(bytes.byte(at: index - 1)) { index -= 1 }
            return index > 0 && index < end
        }
    }

    /// Whether numbers, `true`, `false` and `null` have the byte.
    private static func isScalarPart(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E
    }

    private static func skipContainer(_ bytes: ByteView, _ index: inout Int) -> Bool {
        var depth = 0
        while index > 0 {
            switch bytes.byte(at: index - 1) {
            case 0x22:
                guard skipString(bytes, &index) else { return false }
                continue
            case 0x7D, 0x5D: depth += 1
            case 0x7B, 0x5B: depth -= 1
            default: break
            }
            index -= 1
            if depth == 0 { return true }
        }
        return false
    }

    /// Moves before the string whose closing quote ends at `index`.
    private static func skipString(_ bytes: ByteView, _ index: inout Int) -> Bool {
        guard take(0x22, bytes, &index) else { return false }
        while index > 0 {
            index -= 1
            guard bytes.byte(at: index) == 0x22 else { continue }
            var backslashes = 0
            while backslashes < index, bytes.byte(at: index - 1 - backslashes) == 0x5C { backslashes += 1 }
            // At the start of the bytes there may be another backslash before them.
            if backslashes == index { return false }
            if backslashes % 2 == 0 { return true }
        }
        return false
    }
}
