/// Predicts the next member name: records from one origin usually have their members in the same order.
///
/// A prediction is checked by comparing three words under masks, which include the byte that ends the name. A correct
/// one saves the search for the end of the name and the hash. Measured: it saves a quarter of the instructions of
/// parsing. A wrong one costs the comparison and is replaced.
struct NamePredictor: ~Copyable, Sendable {
    /// Eight words for each field.
    ///
    /// Three words hold its name and the byte that ends it, padded with zeros. Three hold the masks. One holds the
    /// length of both in bytes, or 0 for a name that is too long to predict. A struct of that size would be copied at
    /// each lookup.
    private var words = Storage<UInt64>()
    /// The field that came next last time: one entry for each field, then one for each object.
    private var successors = Storage<FieldID>()
    private let placeCount: Int

    /// A predictor for names that end with a quote.
    init(schema: Schema) {
        placeCount = schema.placeCount
        words.append(contentsOf: schema.nameGuesses.words)
        successors.append(repeating: .unknown, upTo: 2 * placeCount + 1)
    }

    /// The entry in `successors` for the first member of an object.
    @inline(__always)
    func slot(forFirstOf scope: FieldID) -> Int {
        scope == .record ? 2 &* placeCount : placeCount &+ scope.index
    }

    /// The predicted field, if its name and the byte that ends it are found at `start`; with the length of both in
    /// bytes.
    @inline(__always)
    func match(_ input: ByteView, at start: Int, after slot: Int) -> (field: FieldID, count: Int)? {
        let field = successors[slot]
        guard field != .unknown, start &+ 24 <= input.readable else { return nil }
        let entry = field.index &* 8
        let difference =
            ((input.load8(at: start) ^ words[entry]) & words[entry &+ 3])
            | ((input.load8(at: start &+ 8) ^ words[entry &+ 1]) & words[entry &+ 4])
            | ((input.load8(at: start &+ 16) ^ words[entry &+ 2]) & words[entry &+ 5])
        let count = Int(truncatingIfNeeded: words[entry &+ 6])
        // Slack after the input may be loaded, but is not part of the input.
        guard difference == 0, count > 0, start &+ count <= input.count else { return nil }
        return (field, count)
    }

    /// Records that `field` came after `slot`.
    @inline(__always)
    mutating func learn(_ field: FieldID, after slot: Int) {
        if words[field.index &* 8 &+ 6] > 0 { successors[slot] = field }
    }
}

/// The names of a schema as a predictor compares them; compiled with the schema, because a reader is made for every
/// document.
struct NameGuesses: Sendable {
    /// For each field eight words: its name and the byte after it in three, zero after; their masks in three; the bytes of
    /// both, 0 for a name too long to guess. (One struct of that size would be copied by a call at each look.)
    let words: [UInt64]

    /// The names of places, nil for elements of arrays.
    init(_ names: [String?]) {
        words = names.flatMap { name in
            let bytes = Array((name ?? "").utf8) + [UInt8(ascii: "\"")]
            let view = ByteView(bytes.span)
            var words = [0, 8, 16].map { start in view.word(at: start, count: min(8, max(0, bytes.count - start))) }
            words += [0, 8, 16].map { start in Self.mask(bytes.count - start) }
            return words + [bytes.count > 1 && bytes.count <= 24 ? UInt64(bytes.count) : 0, 0]
        }
    }

    private static func mask(_ bytes: Int) -> UInt64 {
        bytes >= 8 ? .max : bytes <= 0 ? 0 : (1 << (UInt64(bytes) * 8)) - 1
    }
}
