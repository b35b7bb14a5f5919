import CByteMasks

/// Tells from the end of a document whether it is an item, a list or a page.
///
/// A page shows at its end only, and reading all of a file twice to get there is dear. Its last two tags tell it as
/// surely, if they are tags: not characters of a comment, a CDATA section or a processing instruction. Each of those has
/// its end mark somewhere, so what stands after the last such mark is in none of them. Where the last tags do not stand
/// there, this gives no answer. A document that is not well-formed gets some answer, and is refused later.
enum XMLTail {
    /// The shape of a document of which `tail` is the end, or all; nil if it cannot be told.
    static func shape(of tail: ByteView, _ vocabulary: XMLVocabulary) -> DocumentShape? {
        guard let start = startOfTags(in: tail) else { return nil }
        let names = (item: Array(vocabulary.record.utf8), list: Array(vocabulary.list.utf8))
        guard let last = lastTag(of: tail, from: start, before: tail.count) else { return nil }
        if isTag(tail, last, named: ByteView(names.item.span)) { return .item }
        guard isTag(tail, last, named: ByteView(names.list.span)) else { return nil }
        if tail.byte(at: last + 1) != 0x2F { return .list }
        guard let inner = lastTag(of: tail, from: start, before: last) else { return nil }
        let page = Array("page".utf8)
        return isTag(tail, inner, named: ByteView(page.span)) ? .page : .list
    }

    /// Where the part begins in which each `<` begins a tag; nil if there is none, or if the bytes are not
    /// ASCII-compatible text.
    private static func startOfTags(in tail: ByteView) -> Int? {
        var start = 0
        var declaration = false
        var index = 0
        while true {
            index = tail.firstIndex(of: XMLHidingStop(), from: index)
            guard index < tail.count else { return declaration ? nil : start }
            switch tail.byte(at: index) {
            case 0, 0x1B: return nil
            case 0x3C:
                let next = tail.byte(at: index + 1)
                if next == 0x21 || next == 0x3F { declaration = true }
            default:
                // The ends of a comment, a processing instruction, a CDATA section; the byte before the first one is not
                // known.
                if index == 0 || [0x2D, 0x3F, 0x5D].contains(tail.byte(at: index - 1)) {
                    start = index + 1
                    declaration = false
                }
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
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        byte_mask_any_of_2(chunk, 0x3C, 0x3E) | byte_mask_any_of_2(chunk, 0, 0x1B)
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte | 2 == 0x3E || byte == 0 || byte == 0x1B
    }
}
