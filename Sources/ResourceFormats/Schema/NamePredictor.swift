/// Predicts the next member name: records from one origin usually have their members in the same order.
///
/// A prediction is checked by comparing three words under masks, which include the byte that ends the name. A correct
/// one saves the search for the end of the name and the hash. Measured: it saves a quarter of the instructions of
/// parsing. A wrong one costs the comparison and is replaced.
struct NamePredictor: ~Copyable, Sendable {
    /// The entries of `NameGuesses`.
    private var entries = Storage<UInt8>()
    /// The field that came next last time: one entry for each field, then one for each object.
    private var successors = Storage<FieldID>()
    private let placeCount: Int

    /// A predictor for names that end with a quote.
    init(schema: Schema) {
        placeCount = schema.placeCount
        entries.append(contentsOf: schema.nameGuesses.bytes)
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
        let table = entries.view
        let entry = field.index &* NameGuesses.entrySize
        guard entry &+ NameGuesses.entrySize <= table.count else { return nil }
        let difference =
            ((input.load8(at: start) ^ table.load8(at: entry)) & table.load8(at: entry &+ 24))
            | ((input.load8(at: start &+ 8) ^ table.load8(at: entry &+ 8)) & table.load8(at: entry &+ 32))
            | ((input.load8(at: start &+ 16) ^ table.load8(at: entry &+ 16)) & table.load8(at: entry &+ 40))
        let count = Int(truncatingIfNeeded: table.load8(at: entry &+ 48))
        // Slack after the input may be loaded, but is not part of the input.
        guard difference == 0, count > 0, start &+ count <= input.count else { return nil }
        return (field, count)
    }

    /// Records that `field` came after `slot`.
    @inline(__always)
    mutating func learn(_ field: FieldID, after slot: Int) {
        if entries[field.index &* NameGuesses.entrySize &+ 48] > 0 { successors[slot] = field }
    }
}

/// The names of a schema as a predictor compares them; compiled with the schema, because a reader is made for every
/// document.
struct NameGuesses: Sendable {
    /// The number of bytes for each field.
    static let entrySize = 56

    /// For each field its name and the byte after it in 24 bytes, padded with zeros; a mask of 24 bytes that are all ones
    /// where the name is; and a word with the length of both, the lowest byte first, or 0 for a name that is too long to
    /// predict.
    let bytes: [UInt8]

    /// The names of places, nil for elements of arrays.
    init(_ names: [String?]) {
        bytes = names.flatMap { name in
            let text = Array((name ?? "").utf8) + [UInt8(ascii: "\"")]
            let length = text.count > 1 && text.count <= 24 ? text.count : 0
            let isName = [UInt8](repeating: 0xFF, count: length)
            return Self.padded(text.prefix(length), to: 24) + Self.padded(isName[...], to: 24)
                + Self.padded([UInt8(length)], to: 8)
        }
    }

    private static func padded(_ bytes: ArraySlice<UInt8>, to count: Int) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: count - bytes.count)
    }
}
