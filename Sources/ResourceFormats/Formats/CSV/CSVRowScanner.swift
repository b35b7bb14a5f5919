import CByteMasks

/// One cell of a row, by its place in the input.
struct CSVCell: BitwiseCopyable {
    /// The start of the content: after the opening quote, if there is one.
    var start: UInt32
    var count: UInt32
    var isQuoted: Bool
    var form: Form

    /// What the content stands for.
    enum Form: BitwiseCopyable {
        /// The text itself.
        case plain
        /// The text with its quotes doubled.
        case doubledQuotes
        /// `null`, in words of the input's own.
        case null
    }

    /// Whether the cell is empty and unquoted.
    @inline(__always)
    var isAbsent: Bool { count == 0 && !isQuoted }

    /// The start of the cell, including its opening quote.
    var cellStart: Int { Int(start) - (isQuoted ? 1 : 0) }
}

/// Splits a row into cells (RFC 4180; LF or CR alone also end a line).
struct CSVRowScanner: ~Copyable, Sendable {
    var delimiter: UInt8 = 0x2C
    /// Whether spaces and tabs around cells are not part of them.
    let trims: Bool
    /// The texts of unquoted cells that mean `null`.
    let nullTexts: [[UInt8]]
    /// The cells of the last row; offsets count from the first byte of the row.
    private(set) var cells = Storage<CSVCell>(minimumCapacity: 128)
    private(set) var isASCII = true
    /// The column of the last quoted cell.
    private(set) var quotedColumn = 0

    init(options: CSVOptions) {
        trims = options.trimsCells
        nullTexts = options.nullTexts.filter { !$0.isEmpty }.map { Array($0.utf8) }
    }

    /// The end of a row without its line end, and the start of the next line.
    struct Row {
        let end: Int
        let next: Int
    }

    /// Scans the row that begins at `start` into `cells`.
    mutating func scan(_ input: ByteView, from start: Int, isComplete: Bool) throws(ParseStop) -> Row {
        guard trims || !nullTexts.isEmpty else {
            return try scan(input, from: start, isComplete: isComplete, AsIs.self)
        }
        let row =
            trims
            ? try scan(input, from: start, isComplete: isComplete, Trimmed.self)
            : try scan(input, from: start, isComplete: isComplete, AsIs.self)
        if !nullTexts.isEmpty { markNulls(in: input, from: start) }
        return row
    }

    /// Marks the unquoted cells of a scanned row that are one of the texts for null.
    private mutating func markNulls(in input: ByteView, from start: Int) {
        for index in 0..<cells.count where !cells[index].isQuoted {
            let content = input.slice(start + Int(cells[index].start), count: Int(cells[index].count))
            if nullTexts.contains(where: { content.isEqual(to: ByteView($0.span)) }) { cells[index].form = .null }
        }
    }

    private mutating func scan<Margins: CSVCellMargins>(
        _ input: ByteView, from start: Int, isComplete: Bool, _ margins: Margins.Type
    ) throws(ParseStop) -> Row {
        cells.removeAll()
        isASCII = true
        var index = start
        var block = CSVBlock(at: start)
        defer { if !block.isASCII(upTo: index) { isASCII = false } }
        while true {
            if Margins.areTrimmed { index = indexAfterMargin(input, from: index) }
            if input.byte(at: index) == 0x22 {
                index = try scanQuoted(input, from: index, rowStart: start, isComplete: isComplete, margins)
            } else {
                let end = endOfCell(input, from: index, &block)
                let contentEnd = Margins.areTrimmed ? endWithoutMargin(input, from: index, to: end) : end
                append(index &- start, contentEnd &- index, isQuoted: false, .plain)
                index = end
            }
            guard index < input.count else {
                guard isComplete else { throw .needsMoreInput }
                return Row(end: index, next: index)
            }
            let byte = input.byte(at: index)
            if byte == delimiter {
                index &+= 1
                continue
            }
            let isCRLF = byte == 0x0D && input.byte(at: index &+ 1) == 0x0A
            return Row(end: index, next: index &+ (isCRLF ? 2 : 1))
        }
    }

    /// The end of the unquoted cell that begins at `start`.
    @inline(__always)
    private mutating func endOfCell(_ input: ByteView, from start: Int, _ block: inout CSVBlock) -> Int {
        var index = start
        while true {
            if let end = block.nextEnd(from: index) { return min(end, input.count) }
            index = max(index, block.end)
            guard index &+ 64 <= input.readable else {
                return input.firstIndex(of: CSVCellStop(delimiter: delimiter), from: index, isASCII: &isASCII)
            }
            block.move(to: index, in: input, CSVCellStop(delimiter: delimiter))
        }
    }

    /// Scans a quoted cell; returns the index after it.
    private mutating func scanQuoted<Margins: CSVCellMargins>(
        _ input: ByteView, from start: Int, rowStart: Int, isComplete: Bool, _ margins: Margins.Type
    ) throws(ParseStop) -> Int {
        quotedColumn = cells.count
        var index = start &+ 1
        var hasDoubledQuotes = false
        while true {
            index = input.firstIndex(of: SingleByteStop(byte: 0x22), from: index, isASCII: &isASCII)
            guard index < input.count else {
                guard isComplete else { throw .needsMoreInput }
                throw .refused(
                    SerializationError(
                        .unexpectedEnd, found: "a quoted cell without an end", expected: "a closing quote",
                        offset: start))
            }
            if input.byte(at: index &+ 1) == 0x22 {
                hasDoubledQuotes = true
                index &+= 2
                continue
            }
            if index &+ 1 >= input.count, !isComplete { throw .needsMoreInput }
            break
        }
        append(
            start &+ 1 &- rowStart, index &- start &- 1, isQuoted: true, hasDoubledQuotes ? .doubledQuotes : .plain)
        index &+= 1
        if Margins.areTrimmed { index = indexAfterMargin(input, from: index) }
        let byte = input.byte(at: index)
        if !isComplete, index < input.count, input.endsInsideCharacter(at: index) { throw .needsMoreInput }
        guard index >= input.count || byte == delimiter || byte == 0x0D || byte == 0x0A else {
            throw .refused(
                SerializationError(
                    .unexpectedByte, found: "\(describeCharacter(input, at: index)) after a closing quote",
                    expected: "the delimiter or the end of the line", offset: index))
        }
        return index
    }

    @inline(__always)
    private mutating func append(_ start: Int, _ count: Int, isQuoted: Bool, _ form: CSVCell.Form) {
        cells.append(
            CSVCell(
                start: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: count),
                isQuoted: isQuoted, form: form))
    }
}

/// What becomes of spaces and tabs around cells; a type, so that the scan is compiled separately for each.
private protocol CSVCellMargins {
    static var areTrimmed: Bool { get }
}

private enum AsIs: CSVCellMargins {
    static var areTrimmed: Bool { false }
}

private enum Trimmed: CSVCellMargins {
    static var areTrimmed: Bool { true }
}

extension CSVRowScanner {
    /// The index after the spaces and tabs that begin at `index`.
    func indexAfterMargin(_ input: ByteView, from index: Int) -> Int {
        var index = index
        while index < input.count, isMargin(input.byte(at: index)) { index += 1 }
        return index
    }

    /// The end of a text without the spaces and tabs before it.
    private func endWithoutMargin(_ input: ByteView, from start: Int, to end: Int) -> Int {
        var end = end
        while end > start, isMargin(input.byte(at: end - 1)) { end -= 1 }
        return end
    }

    private func isMargin(_ byte: UInt8) -> Bool {
        (byte == 0x20 || byte == 0x09) && byte != delimiter
    }
}

/// Sixty-four bytes of a row, and where unquoted cells may end in them.
///
/// Most cells are short. One block holds the ends of several, so the bytes are compared once and not for each cell.
private struct CSVBlock {
    private var start: Int
    /// The index after the last byte of the block.
    private(set) var end: Int
    /// The delimiters and line ends of the block, one bit for each byte.
    private var ends: UInt64 = 0
    /// The bytes of the block that are not ASCII.
    private var notASCII: UInt64 = 0
    /// Whether all blocks before this one are ASCII.
    private var isASCIISoFar = true

    /// An empty block at the start of a row.
    init(at start: Int) {
        self.start = start
        end = start
    }

    /// Moves to the bytes from `index` on, which must be readable; the row continues at least to there.
    @inline(__always)
    mutating func move(to index: Int, in input: ByteView, _ stop: CSVCellStop) {
        if notASCII != 0 { isASCIISoFar = false }
        start = index
        end = index &+ 64
        ends = input.bits64(at: index, stop.bits)
        notASCII = input.bits64(at: index) { byte_mask_not_ascii($0) }
    }

    /// The first delimiter or line end at or after `index` in the block; nil if there is none.
    @inline(__always)
    func nextEnd(from index: Int) -> Int? {
        guard index < end else { return nil }
        let rest = ends &>> UInt64(truncatingIfNeeded: index &- start)
        return rest == 0 ? nil : index &+ rest.trailingZeroBitCount
    }

    /// Whether the row is ASCII if it ends at `index`, apart from what was scanned without a block.
    @inline(__always)
    func isASCII(upTo index: Int) -> Bool {
        isASCIISoFar && notASCII & ~(UInt64.max << UInt64(truncatingIfNeeded: max(0, index &- start))) == 0
    }
}

extension ByteView {
    /// Appends the content of a cell, with doubled quotes reduced to one.
    func appendUndoubled(to storage: inout Storage<UInt8>) {
        let quote = SingleByteStop(byte: 0x22)
        var index = storage.append(self, from: 0, upTo: quote)
        while index < count {
            storage.append(0x22)
            index = storage.append(self, from: index + 2, upTo: quote)
        }
    }
}

/// A quote or a line feed.
private struct CSVRowStop: ByteStop {
    @inline(__always)
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        byte_mask_any_of_2(chunk, 0x22, 0x0A)
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte == 0x22 || byte == 0x0A
    }
}

extension CSVRowScanner {
    /// Where the last row begins, after a line feed outside of quotes; nil if there is none.
    ///
    /// The bytes begin with a row.
    static func startOfLastRow(_ bytes: ByteView) -> Int? {
        var start: Int?
        var isQuoted = false
        var index = 0
        while true {
            index = bytes.firstIndex(of: CSVRowStop(), from: index)
            guard index < bytes.count else { return start }
            if bytes.byte(at: index) == 0x22 {
                isQuoted.toggle()
            } else if !isQuoted {
                start = index + 1
            }
            index += 1
        }
    }
}
