/// Tells from the end of a document whether it is an item, a list or a page.
///
/// A page shows at its end only, and reading all of a file twice to get there is dear. Where the last bytes hold nothing
/// that could hide a tag (no part of a comment, CDATA section or processing instruction), its last tags tell it as
/// surely; elsewhere this gives no answer. What is not well-formed gets some answer, and is refused later.
enum XMLTail {
    /// The shape of a document of which `tail` is the end, or all; nil if it cannot be told.
    static func shape(of tail: ByteView, schema: Schema) -> DocumentShape? {
        var start = 0
        if tail.starts(with: "<?xml") { start = tail.firstIndex(of: SingleByteStop(byte: 0x3E), from: 0) }
        guard !hidesTags(tail, from: start) else { return nil }
        let names = (item: Array(schema.name.utf8), list: Array(schema.pluralName.utf8))
        guard let last = lastTag(of: tail, from: start, before: tail.count) else { return nil }
        if isTag(tail, last, named: ByteView(names.item.span)) { return .item }
        guard isTag(tail, last, named: ByteView(names.list.span)) else { return nil }
        if tail.byte(at: last + 1) != 0x2F { return .list }
        guard let inner = lastTag(of: tail, from: start, before: last) else { return nil }
        let page = Array("page".utf8)
        return isTag(tail, inner, named: ByteView(page.span)) ? .page : .list
    }

    /// Whether the bytes may belong to something whose content looks like tags, or are not ASCII-compatible text.
    private static func hidesTags(_ tail: ByteView, from start: Int) -> Bool {
        var index = start
        while true {
            index = tail.firstIndex(of: XMLHidingStop(), from: index)
            guard index < tail.count else { return false }
            switch tail.byte(at: index) {
            case 0, 0x1B: return true
            case 0x3C: if tail.byte(at: index + 1) == 0x21 || tail.byte(at: index + 1) == 0x3F { return true }
            case 0x3E where index == 0:
                return true
            case 0x3E where index > start:
                // The ends of a comment, a processing instruction, a CDATA section.
                if [0x2D, 0x3F, 0x5D].contains(tail.byte(at: index - 1)) { return true }
            default: break
            }
            index += 1
        }
    }

    /// Where the tag begins that ends at `end`, but for white space; no attribute can hold a `<`.
    private static func lastTag(of tail: ByteView, from start: Int, before end: Int) -> Int? {
        var index = end - 1
        while index >= start, ASCII.isSpace(tail.byte(at: index)) { index -= 1 }
        guard index >= start, tail.byte(at: index) == 0x3E else { return nil }
        while index >= start {
            if tail.byte(at: index) == 0x3C { return index }
            index -= 1
        }
        return nil
    }

    private static func isTag(_ tail: ByteView, _ start: Int, named name: ByteView) -> Bool {
        let nameStart = tail.byte(at: start + 1) == 0x2F ? start + 2 : start + 1
        guard nameStart + name.count < tail.count, tail.slice(nameStart, count: name.count).isEqual(to: name) else {
            return false
        }
        let next = tail.byte(at: nameStart + name.count)
        return next == 0x3E || next == 0x2F || ASCII.isSpace(next)
    }
}

/// `<`, `>`, NUL and ESC.
private struct XMLHidingStop: ByteStop {
    @inline(__always)
    func lanes(_ chunk: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        ((chunk | SIMD16(repeating: 2)) .== SIMD16(repeating: 0x3E)) .| (chunk .== SIMD16(repeating: 0))
            .| (chunk .== SIMD16(repeating: 0x1B))
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte | 2 == 0x3E || byte == 0 || byte == 0x1B
    }
}
