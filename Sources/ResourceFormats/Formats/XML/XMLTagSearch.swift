import CByteMasks

/// Searches a text for one end tag.
///
/// Of the sixteen bytes of a step, only a `>` after the last character of the tag's name needs a closer look. Few other
/// tags end in the same two characters, so that the search costs less than an instruction a byte.
struct XMLTagSearch {
    private let tag: [UInt8]
    private let lastOfName: UInt8

    /// A search for `</name>`.
    init(endTagOf name: String) {
        tag = Array("</\(name)>".utf8)
        lastOfName = tag[tag.count - 2]
    }

    /// Where the first end tag ends that does so after `start` and not after `limit`; nil if there is none.
    ///
    /// It may begin before `start`.
    func end(in text: ByteView, after start: Int, upTo limit: Int) -> Int? {
        let tagView = ByteView(tag.span)
        // Of the `>`.
        var index = max(start, tag.count - 1)
        while index < limit {
            index = candidate(in: text, from: index, upTo: limit)
            guard index < limit else { return nil }
            index += 1
            if text.slice(index - tag.count, count: tag.count).isEqual(to: tagView) { return index }
        }
        return nil
    }

    /// Where the last end tag ends; nil if there is none.
    func lastEnd(in text: ByteView) -> Int? {
        var end = text.count
        while end >= tag.count {
            let isTag = text.slice(end - tag.count, count: tag.count).isEqual(to: ByteView(tag.span))
            if isTag { return end }
            end -= 1
        }
        return nil
    }

    /// Where a `>` stands after the last character of the name, or `limit`; `start` is at least 1.
    @inline(__always)
    private func candidate(in text: ByteView, from start: Int, upTo limit: Int) -> Int {
        var index = start
        while index &+ 64 <= limit {
            let found =
                matches(text, at: index) | matches(text, at: index &+ 16)
                | matches(text, at: index &+ 32) | matches(text, at: index &+ 48)
            if found != 0 { break }
            index &+= 64
        }
        while index < limit, text.canLoad16(at: index) {
            let lane = firstByte(matches(text, at: index))
            if lane < 16 { return min(index &+ lane, limit) }
            index &+= 16
        }
        while index < limit {
            if text.byte(at: index) == 0x3E, text.byte(at: index &- 1) == lastOfName { return index }
            index &+= 1
        }
        return limit
    }

    /// Which of the sixteen bytes from `index` on are a `>` after the last character of the name.
    @inline(__always)
    private func matches(_ text: ByteView, at index: Int) -> UInt32 {
        byte_mask_equal_pair(text.load16(at: index), 0x3E, text.load16(at: index &- 1), lastOfName)
    }
}
