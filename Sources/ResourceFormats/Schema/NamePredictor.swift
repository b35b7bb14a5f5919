/// Guesses the next member name from the last time: records of one source have their members in one order.
///
/// A guess is three words compared under masks, with the byte that ends the name; it spares looking for that and hashing
/// the name. Measured: a quarter of the instructions of parsing. A wrong guess costs the comparison and is replaced.
struct NamePredictor: ~Copyable, Sendable {
    /// The words of `NameGuesses`.
    private var words = Storage<UInt64>()
    /// By field, and after the fields by object: the field that came next.
    private var successors = Storage<FieldID>()
    private let placeCount: Int

    /// Guesses names that end with a quote.
    init(schema: Schema) {
        placeCount = schema.placeCount
        words.append(contentsOf: schema.nameGuesses.words)
        successors.append(repeating: .unknown, upTo: 2 * placeCount + 1)
    }

    /// Where to look for the first member of an object.
    @inline(__always)
    func slot(forFirstOf scope: FieldID) -> Int {
        scope == .record ? 2 &* placeCount : placeCount &+ scope.index
    }

    /// The field whose name, with the byte that ends it, stands at `start`, if it is the guess; and how long that is.
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
        // Slack after the input may be read, but is not part of it.
        guard difference == 0, count > 0, start &+ count <= input.count else { return nil }
        return (field, count)
    }

    /// Remembers which field came.
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
