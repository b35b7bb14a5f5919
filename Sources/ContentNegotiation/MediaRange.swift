/// One media range of an Accept field: the places of its parts in the field, and its weight (RFC 9110 section 12.5.1).
///
/// It holds places instead of texts, so that reading a field allocates nothing.
struct MediaRange {
    /// The kind of a range; a later case is more specific.
    enum Kind: Int {
        /// `*/*`, or `*` alone, which old Java clients send.
        case any
        /// `text/*`.
        case type
        /// `text/csv`.
        case subtype
    }

    let kind: Kind
    /// The type, the slash and the subtype.
    let essence: Range<Int>
    /// The place of the slash; the end of the essence if there is none.
    let slash: Int
    /// The number of parameters, without the weight.
    let parameterCount: Int
    let weight: FieldWeight
    /// The whole range with its weight, without white space around it.
    let whole: Range<Int>

    var type: Range<Int> { essence.lowerBound..<slash }
}

/// The parameters of a range, one after another; they have been read before and are well-formed.
struct MediaRangeParameters: ~Escapable {
    private let field: Span<UInt8>
    private var position: Int
    private let end: Int
    private(set) var name = 0..<0
    /// The value without the quotes around it, but with backslashes if `isQuoted`.
    private(set) var value = 0..<0
    private(set) var isQuoted = false

    @_lifetime(copy field)
    init(of range: MediaRange, in field: Span<UInt8>) {
        self.field = field
        position = range.essence.upperBound
        end = range.whole.upperBound
    }

    var isWeight: Bool { name.count == 1 && lowercased(field[name.lowerBound]) == UInt8(ascii: "q") }

    /// Moves to the next parameter; returns false if there is none.
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

    /// Whether the value equals `text` at `place`.
    ///
    /// - Parameters:
    ///   - text: The other value's bytes, in lower case unless `isExact`.
    ///   - place: The place of the other value.
    ///   - isExact: Whether letters are compared with their case.
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
