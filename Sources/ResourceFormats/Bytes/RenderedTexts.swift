/// Short texts that writers append again and again, such as the names of a schema's fields.
///
/// Each text begins a block of 32 bytes. So a short one is copied as one block, whatever its length is.
struct RenderedTexts: Sendable {
    private struct Entry {
        let block: Int32
        let count: Int32
    }

    private var blocks: [SIMD32<UInt8>] = []
    private var entries: [Entry] = []

    /// The number of texts.
    var count: Int { entries.count }

    /// Adds a text after the others.
    mutating func add(_ text: [UInt8]) {
        entries.append(Entry(block: Int32(blocks.count), count: Int32(text.count)))
        var start = 0
        repeat {
            var block = SIMD32<UInt8>()
            for index in start..<min(start + 32, text.count) { block[index - start] = text[index] }
            blocks.append(block)
            start += 32
        } while start < text.count
    }

    /// Appends a text, without its last bytes if so many are to be left out.
    @inline(__always)
    func append(_ index: Int, droppingLast dropped: Int = 0, to output: inout OutputBuffer) {
        let entry = entries[index]
        let length = Int(entry.count) &- dropped
        output.append(blocks[Int(entry.block)], count: min(length, 32))
        if length > 32 { appendRest(Int(entry.block) &+ 1, count: length &- 32, to: &output) }
    }

    @inline(never)
    private func appendRest(_ block: Int, count: Int, to output: inout OutputBuffer) {
        for index in 0...((count - 1) / 32) {
            output.append(blocks[block + index], count: min(count - 32 * index, 32))
        }
    }
}
