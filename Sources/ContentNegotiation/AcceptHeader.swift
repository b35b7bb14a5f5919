/// The elements of an Accept field, one after another, read in place (RFC 9110 sections 5.6.1 and 12.5.1).
///
/// Elements are separated by commas outside quoted strings; empty elements are skipped. An element is malformed unless
/// it is a media range with at most one weight. After a quote that is never closed, everything belongs to the same
/// element. Each byte is read at most twice.
struct AcceptHeader: ~Escapable {
    /// An element of the field.
    enum Element {
        case range(MediaRange)
        /// An element that is neither a media range nor empty; its place excludes white space around it.
        case malformed(Range<Int>)
    }

    private let field: Span<UInt8>
    private var position = 0

    @_lifetime(copy field)
    init(_ field: Span<UInt8>) {
        self.field = field
    }

    /// The next element; nil at the end.
    @_lifetime(self: copy self)
    mutating func next() -> Element? {
        while position < field.count, isSpaceByte(field[position]) || field[position] == UInt8(ascii: ",") {
            position += 1
        }
        guard position < field.count else { return nil }
        let start = position
        if let range = mediaRange() { return .range(range) }
        position = start
        skipElement()
        var end = position
        while end > start, isSpaceByte(field[end - 1]) { end -= 1 }
        return .malformed(start..<end)
    }

    // MARK: -

    private func isAt(_ byte: UInt8) -> Bool {
        position < field.count && field[position] == byte
    }

    @_lifetime(self: copy self)
    private mutating func skipSpace() {
        while position < field.count, isSpaceByte(field[position]) { position += 1 }
    }

    /// Moves to the end of a token and returns its place, which is empty if there is no token.
    @inline(__always)
    @_lifetime(self: copy self)
    private mutating func token() -> Range<Int> {
        let start = position
        while position < field.count, isTokenByte(field[position]) { position += 1 }
        return start..<position
    }

    private func isStar(_ place: Range<Int>) -> Bool {
        place.count == 1 && field[place.lowerBound] == UInt8(ascii: "*")
    }

    /// Reads a range up to the comma after it; returns nil if there is none, and the position is then meaningless.
    @_lifetime(self: copy self)
    private mutating func mediaRange() -> MediaRange? {
        let type = token()
        var kind = MediaRange.Kind.subtype
        if isAt(UInt8(ascii: "/")) {
            position += 1
            let subtype = token()
            guard !type.isEmpty, !subtype.isEmpty else { return nil }
            if isStar(type) {
                guard isStar(subtype) else { return nil }
                kind = .any
            } else if isStar(subtype) {
                kind = .type
            }
        } else {
            guard isStar(type) else { return nil }
            kind = .any
        }
        let essence = type.lowerBound..<position
        var end = position
        var parameterCount = 0
        var weight: FieldWeight?
        while true {
            skipSpace()
            guard position < field.count, field[position] != UInt8(ascii: ",") else { break }
            guard field[position] == UInt8(ascii: ";") else { return nil }
            position += 1
            end = position
            skipSpace()
            let name = token()
            if name.isEmpty { continue }
            guard isAt(UInt8(ascii: "=")) else { return nil }
            position += 1
            if name.count == 1, lowercased(field[name.lowerBound]) == UInt8(ascii: "q") {
                guard weight == nil, let given = FieldWeight(field, token()) else { return nil }
                weight = given
            } else {
                guard skipValue() else { return nil }
                parameterCount += 1
            }
            end = position
        }
        return MediaRange(
            kind: kind, essence: essence, slash: type.upperBound, parameterCount: parameterCount,
            weight: weight ?? .full, whole: essence.lowerBound..<end)
    }

    /// Moves past a token or a quoted string; returns false if there is none.
    @_lifetime(self: copy self)
    private mutating func skipValue() -> Bool {
        guard isAt(UInt8(ascii: "\"")) else { return !token().isEmpty }
        position += 1
        while position < field.count {
            var byte = field[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\") {
                guard position < field.count else { return false }
                byte = field[position]
                position += 1
            }
            guard isQuotableByte(byte) else { return false }
        }
        return false
    }

    /// Moves to the comma after an element, whatever the element is.
    @_lifetime(self: copy self)
    private mutating func skipElement() {
        var isQuoted = false
        while position < field.count {
            switch field[position] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "\\") where isQuoted: position += 1
            case UInt8(ascii: ",") where !isQuoted: return
            default: break
            }
            position += 1
        }
        position = min(position, field.count)
    }
}
