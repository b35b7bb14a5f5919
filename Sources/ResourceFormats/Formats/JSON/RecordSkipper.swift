/// Finds the end of a record that the parser refused.
///
/// The record is malformed, so its end is a judgement. It relies on signs that are hard to get wrong by accident: line
/// feeds, which no string contains; brackets outside of strings; the comma or bracket of the array around the record.
/// If these do not settle it, there is no answer: text that is not a record must never be read as one.
struct RecordSkipper: ~Escapable {
    private let input: ByteView
    private let start: Int
    /// The end of the search: the end of the bytes, or the largest size of a record.
    private let limit: Int
    private let isComplete: Bool

    /// The end of a refused record, after its last byte that is not white space.
    enum End {
        /// `isByLine`: the record has no end of its own, and another record begins on a line after it.
        case found(Int, isByLine: Bool)
        /// The end is not in the input yet.
        case needsMoreInput
        /// The end cannot be determined.
        case unknown

        /// The reader's result if the end was not found.
        var progress: SkipProgress {
            if case .needsMoreInput = self { return .needsMoreInput }
            return .impossible
        }
    }

    @_lifetime(copy input)
    init(_ input: ByteView, from start: Int, atMost size: Int, isComplete: Bool) {
        self.input = input
        self.start = start
        self.isComplete = isComplete
        limit = min(input.count, start + size + 1)
    }

    /// The end of the line, after its line feed.
    func endOfLine() -> End {
        let lineFeed = input.slice(0, count: limit).firstIndex(of: SingleByteStop(byte: 0x0A), from: start)
        if lineFeed < limit { return .found(lineFeed + 1, isByLine: true) }
        return isComplete && limit == input.count ? .found(limit, isByLine: true) : outOfBytes
    }

    /// The end of an element: the comma after it, or the bracket that ends the array.
    func endOfElement() -> End { endOfChild(isMember: false) }

    /// The end of an element, or of a member's value: the comma after it, or the bracket or brace that ends the container.
    func endOfChild(isMember: Bool) -> End {
        var brackets = BracketStack()
        var index = start
        while index < limit {
            switch input.byte(at: index) {
            case 0x22: index = endOfString(from: index)
            case 0x7B: brackets.open(.brace)
            case 0x5B: brackets.open(.bracket)
            case 0x7D:
                if isMember, !brackets.has(.brace) { return ended(at: index) }
                brackets.close(.brace)
            case 0x5D:
                if !isMember, !brackets.has(.bracket) { return ended(at: index) }
                brackets.close(.bracket)
            case 0x2C where brackets.isEmpty: return ended(at: index)
            default: break
            }
            index += 1
        }
        return isComplete && limit == input.count ? .unknown : outOfBytes
    }

    /// The end of an object in a sequence: the next place at which an object may begin.
    ///
    /// - Parameters:
    ///   - isLineDelimited: Every record so far was on a line of its own. Then a line that begins with a brace begins a
    ///     record, even if the one before it was cut off.
    ///   - isFirst: It is not known yet whether the document is a sequence; only another object after this one shows
    ///     that.
    func endOfValue(isLineDelimited: Bool, isFirst: Bool) -> End {
        var brackets = BracketStack()
        var index = start
        var firstLine: Int?
        while index < limit {
            switch input.byte(at: index) {
            case 0x22 where !brackets.isEmpty: index = endOfString(from: index)
            case 0x7B where brackets.isEmpty && index > start: return isFirst ? .unknown : ended(at: index)
            case 0x7B where firstLine == nil && index > start && input.byte(at: index - 1) == 0x0A:
                firstLine = index
                if isLineDelimited { return ended(at: index, isByLine: true) }
                brackets.open(.brace)
            case 0x7B: brackets.open(.brace)
            case 0x5B: brackets.open(.bracket)
            case 0x7D, 0x5D:
                let isInside = !brackets.isEmpty
                brackets.close(input.byte(at: index) == 0x7D ? .brace : .bracket)
                if isInside, brackets.isEmpty { return isFirst ? beforeObject(index + 1) : ended(at: index + 1) }
            case 0x0A where brackets.isEmpty && index > start: return isFirst ? .unknown : ended(at: index)
            default: break
            }
            index += 1
        }
        guard isComplete && limit == input.count || isTooLong else { return .needsMoreInput }
        if let firstLine, !isFirst { return ended(at: firstLine, isByLine: true) }
        return isFirst || isTooLong ? .unknown : ended(at: limit)
    }

    // MARK: -

    private var isTooLong: Bool { limit < input.count }

    private var outOfBytes: End { isTooLong ? .unknown : .needsMoreInput }

    /// The end without the white space before it, but after at least one byte.
    private func ended(at end: Int, isByLine: Bool = false) -> End {
        var end = end
        while end > start + 1, ASCII.isSpace(input.byte(at: end - 1)) { end -= 1 }
        return end > start ? .found(end, isByLine: isByLine) : .unknown
    }

    /// The end, if an object follows it.
    private func beforeObject(_ end: Int) -> End {
        let index = input.indexAfterSpace(from: end)
        if index >= input.count, !isComplete { return outOfBytes }
        return input.byte(at: index) == 0x7B ? .found(end, isByLine: false) : .unknown
    }

    /// The index of the last byte of the string that begins at `start`: its quote, or the byte before a line feed,
    /// because no string contains one.
    private func endOfString(from start: Int) -> Int {
        var index = start + 1
        while index < limit {
            switch input.byte(at: index) {
            case 0x22: return index
            case 0x0A: return index - 1
            case 0x5C where input.byte(at: index + 1) != 0x0A: index += 2
            default: index += 1
            }
        }
        return limit
    }
}

/// The brackets that are open; they need not match.
private struct BracketStack {
    enum Kind { case brace, bracket }

    private var open: [Kind] = []
    private var braceCount = 0

    var isEmpty: Bool { open.isEmpty }

    func has(_ kind: Kind) -> Bool {
        kind == .brace ? braceCount > 0 : braceCount < open.count
    }

    mutating func open(_ kind: Kind) {
        open.append(kind)
        if kind == .brace { braceCount += 1 }
    }

    /// Closes the innermost bracket of this kind with everything inside it; if there is none, the innermost of the
    /// other kind.
    mutating func close(_ kind: Kind) {
        let isThere = has(kind)
        while let last = open.popLast() {
            if last == .brace { braceCount -= 1 }
            if last == kind || !isThere { return }
        }
    }
}
