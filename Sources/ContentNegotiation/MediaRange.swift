/// One range of an Accept field: where its parts stand in the field, and its weight (RFC 9110 section 12.5.1).
///
/// It holds places, not texts, so that reading a field asks for no memory.
struct MediaRange {
    /// What a range names; the later case is the more specific one.
    enum Kind: Int {
        /// `*/*`, or `*` alone, which old Java clients send.
        case any
        /// `text/*`.
        case type
        /// `text/csv`.
        case subtype
    }

    let kind: Kind
    /// Type, slash and subtype.
    let essence: Range<Int>
    /// The slash; the essence's end where there is none.
    let slash: Int
    /// How many parameters there are, the weight not counted.
    let parameterCount: Int
    let weight: FieldWeight
    /// All of it, the weight included, without white space around.
    let whole: Range<Int>

    var type: Range<Int> { essence.lowerBound..<slash }
}

/// The parameters of a range, one after another; they have been read once and are known to be well-formed.
struct MediaRangeParameters: ~Escapable {
    private let field: Span<UInt8>
    private var position: Int
    private let end: Int
    private(set) var name = 0..<0
    /// The value, without the quotes around it, but with backslashes if `isQuoted`.
    private(set) var value = 0..<0
    private(set) var isQuoted = false

    @_lifetime(copy field)
    init(of range: MediaRange, in field: Span<UInt8>) {
        self.field = field
        position = range.essence.upperBound
        end = range.whole.upperBound
    }

    var isWeight: Bool { name.count == 1 && lowercased(field[name.lowerBound]) == UInt8(ascii: "q") }

    /// Goes to the next parameter; false if there is none.
    @_lifetime(self: copy self)
    mutating func next() -> Bool {
        while position < end, !isTokenByte(field[position]) { position += 1 }
        guard position < end else { return false }
        let start = position
        while position < end, isTokenByte(field[position]) { position += 1 }
        name = start..<position
        position += 1
        isQuoted = position < end && field[position] == UInt8(ascii: "\"")
        if isQuoted { position += 1 }
        let valueStart = position
        if isQuoted {
            while position < end, field[position] != UInt8(ascii: "\"") {
                position += field[position] == UInt8(ascii: "\\") ? 2 : 1
            }
            position = min(position, end)
        } else {
            while position < end, isTokenByte(field[position]) { position += 1 }
        }
        value = valueStart..<position
        if isQuoted { position += 1 }
        return true
    }

    /// Whether the value is what `text` holds at `place`.
    ///
    /// - Parameters:
    ///   - text: Bytes in lower case, unless `isExact`.
    ///   - place: Where the other value stands.
    ///   - isExact: Whether letters compare with their case.
    func hasValue(_ text: Span<UInt8>, _ place: Range<Int>, isExact: Bool) -> Bool {
        var position = value.lowerBound
        var index = place.lowerBound
        while position < value.upperBound {
            if isQuoted, field[position] == UInt8(ascii: "\\"), position + 1 < value.upperBound { position += 1 }
            let byte = field[position]
            guard index < place.upperBound, (isExact ? byte : lowercased(byte)) == text[index] else { return false }
            position += 1
            index += 1
        }
        return index == place.upperBound
    }
}
