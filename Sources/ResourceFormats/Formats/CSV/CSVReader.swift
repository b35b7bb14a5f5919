/// Reads CSV: a header of column names, then one row per record (RFC 4180).
struct CSVReader: RecordReader, ~Copyable {
    private enum State {
        case start
        case header
        case rows
    }

    private let schema: Schema
    private let limits: Limits
    private let options: CSVOptions
    private var state = State.start
    private var hasCheckedEncoding = false
    private var scanner: CSVRowScanner
    /// The lines at the start of the input that are still to be skipped.
    private var linesToSkip: Int
    private var builder: CSVRecordBuilder?
    private var scratch = Storage<UInt8>(minimumCapacity: 256)
    private var recordCount = 0
    private var notes: [Note] = []

    var document: DocumentInfo { DocumentInfo(shape: .list, notes: notes) }

    init(schema: Schema, limits: Limits, options: CSVOptions) {
        self.schema = schema
        self.limits = limits
        self.options = options
        scanner = CSVRowScanner(options: options)
        linesToSkip = options.skippedLines
    }

    mutating func read(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        let bytes = ByteView(input)
        do throws(ParseStop) {
            while state != .rows {
                try readHead(bytes, &position, isComplete: isComplete)
            }
            return try readRow(bytes, &position, isComplete: isComplete, into: &tape)
        } catch .refused(let error) {
            throw error.path == nil ? error.at(offset: nil, path: nextPath) : error
        } catch {
            if bytes.count &- position > limits.recordSize {
                throw tooLarge(position)
            }
            return .needsMoreInput
        }
    }

    private func tooLarge(_ start: Int) -> SerializationError {
        SerializationError(
            .recordLimit, found: "a row larger than \(limits.recordSize) bytes",
            expected: "at most \(limits.recordSize)", offset: start, path: nextPath)
    }

    /// Takes the input for text that has been decoded: it is UTF-8, without a byte order mark.
    mutating func expectDecodedText() {
        hasCheckedEncoding = true
    }

    /// The path of the next record, or of the document before the first.
    var nextPath: String { state == .rows ? RecordPlace.list(recordCount).path : "$" }

    var isBetweenRecords: Bool { state == .rows }

    mutating func join(_ part: borrowing CSVReader, count: Int) {
        recordCount += part.recordCount
    }

    // MARK: Before the rows

    /// Refuses UTF-16 and UTF-32 by name, and skips a byte order mark; both only at the first byte of the document.
    private mutating func checkEncoding(
        _ input: ByteView, _ position: inout Int, isComplete: Bool
    ) throws(ParseStop) {
        if hasCheckedEncoding { return }
        if input.count - position < 4, !isComplete { throw .needsMoreInput }
        if let name = input.otherEncoding {
            throw .refused(
                SerializationError(.invalidEncoding, found: name, expected: "UTF-8", offset: 0, path: "$"))
        }
        hasCheckedEncoding = true
        if input.startsWithByteOrderMark { position += 3 }
    }

    private mutating func readHead(_ input: ByteView, _ position: inout Int, isComplete: Bool) throws(ParseStop) {
        if state == .start {
            try checkEncoding(input, &position, isComplete: isComplete)
            while linesToSkip > 0, position < input.count || !isComplete {
                try skipLine(input, &position, isComplete: isComplete)
                linesToSkip -= 1
            }
            scanner.delimiter = options.delimiter ?? 0x2C
            let isGiven = try readSeparatorLine(input, &position, isComplete: isComplete) || options.delimiter != nil
            state = .header
            guard options.hasHeader else {
                try checkComment(at: position)
                try makeBuilder((options.columns ?? []).map { (Array($0.utf8), position) })
                state = .rows
                return
            }
            try skipLines(input, &position, isComplete: isComplete)
            if !isGiven { scanner.delimiter = 0 }
        }
        try skipLines(input, &position, isComplete: isComplete)
        guard position < input.count else {
            guard isComplete else { throw .needsMoreInput }
            throw .refused(
                SerializationError(
                    .invalidHeader, found: "no header", expected: "a first row with the names of the columns",
                    offset: input.count, path: "$"))
        }
        let head = limited(input, from: position)
        let isHeadComplete = isComplete && head.count == input.count
        if scanner.delimiter == 0 {
            scanner.delimiter = try detectDelimiter(head, from: position, isComplete: isHeadComplete)
        }
        try checkComment(at: position)
        let row = try scanner.scan(head, from: position, isComplete: isHeadComplete)
        try checkUTF8(input, from: position, to: row.end)
        var names: [(name: [UInt8], offset: Int)] = []
        for index in 0..<scanner.cells.count {
            let cell = scanner.cells[index]
            let content = input.slice(position + Int(cell.start), count: Int(cell.count))
            var name = Storage<UInt8>()
            if cell.form == .doubledQuotes { content.appendUndoubled(to: &name) } else { name.append(content) }
            names.append((name.view.array(), position + cell.cellStart))
        }
        try makeBuilder(names)
        position = row.next
        state = .rows
    }

    private mutating func makeBuilder(_ names: [(name: [UInt8], offset: Int)]) throws(ParseStop) {
        do {
            let header = try CSVHeader(
                names: names, renames: options.renamesColumns, schema: schema, limits: limits)
            notes += header.notes
            builder = CSVRecordBuilder(header: header, columnCount: names.count, schema: schema, limits: limits)
        } catch {
            throw .refused(error)
        }
    }

    /// Reads a first line `sep=X`; returns true if there is one.
    private mutating func readSeparatorLine(
        _ input: ByteView, _ position: inout Int, isComplete: Bool
    ) throws(ParseStop) -> Bool {
        let matching = input.matchingPrefix(of: "sep=", at: position)
        if matching < 4 {
            if position + matching >= input.count, !isComplete { throw .needsMoreInput }
            return false
        }
        var end = position
        while end < input.count, input.byte(at: end) != 0x0A, input.byte(at: end) != 0x0D, end - position < 9 {
            end += 1
        }
        if end >= input.count, !isComplete { throw .needsMoreInput }
        guard end - position < 9, input.slice(position, count: end - position).isSeparatorLine else { return false }
        let delimiter = input.byte(at: position + 4)
        guard CSVOptions.isDelimiter(delimiter) else {
            throw .refused(
                SerializationError(
                    .invalidHeader, found: "\(describeCharacter(input, at: position + 4)) as a delimiter",
                    expected: "an ASCII character other than a quote", offset: position + 4, path: "$"))
        }
        scanner.delimiter = delimiter
        position = end
        return true
    }

    /// The first of `, ; TAB |` that occurs in the header outside quotes; a comma if none does.
    private func detectDelimiter(
        _ input: ByteView, from start: Int, isComplete: Bool
    ) throws(ParseStop) -> UInt8 {
        var index = scanner.trims ? scanner.indexAfterMargin(input, from: start) : start
        if input.byte(at: index) == 0x22 {
            index += 1
            while index < input.count {
                if input.byte(at: index) == 0x22 {
                    guard input.byte(at: index + 1) == 0x22 else { break }
                    index += 1
                }
                index += 1
            }
            index += 1
        }
        while index < input.count {
            switch input.byte(at: index) {
            case 0x2C, 0x3B, 0x09, 0x7C: return input.byte(at: index)
            case 0x0A, 0x0D: return 0x2C
            default: index += 1
            }
        }
        guard isComplete else { throw .needsMoreInput }
        return 0x2C
    }

    // MARK: Rows

    private mutating func readRow(
        _ input: ByteView, _ position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(ParseStop) -> ReadProgress {
        try skipLines(input, &position, isComplete: isComplete)
        guard position < input.count else {
            guard isComplete else { throw .needsMoreInput }
            return .end
        }
        let row: CSVRowScanner.Row
        do throws(ParseStop) {
            let bytes = limited(input, from: position)
            row = try scanner.scan(
                bytes, from: position, isComplete: isComplete && bytes.count == input.count)
        } catch .refused(let error) {
            let column = builder?.name(ofColumn: scanner.quotedColumn) ?? ""
            throw .refused(
                SerializationError(
                    error.code, found: error.found, expected: "\(error.expected) in column \"\(column)\"",
                    offset: error.offset))
        } catch {
            throw error
        }
        guard row.end &- position <= limits.recordSize else { throw .refused(tooLarge(position)) }
        if !scanner.isASCII { try checkUTF8(input, from: position, to: row.end) }
        tape.removeAll()
        let source = input.slice(position, count: row.end &- position)
        try builder?.build(
            scanner.cells, of: source, at: position, place: .list(recordCount), scratch: &scratch, into: &tape)
        tape.adoptSource(source, at: position)
        position = row.next
        recordCount &+= 1
        return .record
    }

    /// The input, cut off at the largest allowed end of the row that begins at `start`, including its line end.
    ///
    /// A row that needs more bytes than that is too large.
    @_lifetime(copy input)
    @inline(__always)
    private func limited(_ input: ByteView, from start: Int) -> ByteView {
        input.slice(0, count: min(input.count, start &+ limits.recordSize &+ 1))
    }

    @inline(__always)
    private func skipEmptyLines(_ input: ByteView, _ position: inout Int) {
        while position < input.count, input.byte(at: position) == 0x0A || input.byte(at: position) == 0x0D {
            position &+= 1
        }
    }

    /// Refuses comments that begin with the delimiter: rows whose first cell is empty would be taken for them.
    private func checkComment(at position: Int) throws(ParseStop) {
        guard let comment = options.comment, comment == scanner.delimiter else { return }
        throw .refused(
            SerializationError(
                .invalidHeader, found: "the delimiter as the start of comments",
                expected: "comments that begin with another character", offset: position, path: "$"))
    }

    /// Skips empty lines, and comments if the input may have any.
    @inline(__always)
    private func skipLines(_ input: ByteView, _ position: inout Int, isComplete: Bool) throws(ParseStop) {
        skipEmptyLines(input, &position)
        guard let comment = options.comment else { return }
        while position < input.count, input.byte(at: position) == comment {
            try skipLine(input, &position, isComplete: isComplete)
            skipEmptyLines(input, &position)
        }
    }

    /// Skips a line with its end.
    private func skipLine(_ input: ByteView, _ position: inout Int, isComplete: Bool) throws(ParseStop) {
        let line = limited(input, from: position)
        var end = position
        while end < line.count, line.byte(at: end) != 0x0A, line.byte(at: end) != 0x0D { end += 1 }
        if end >= line.count, line.count < input.count { throw .refused(tooLarge(position)) }
        if end < input.count, input.byte(at: end) == 0x0D {
            if end + 1 >= input.count, !isComplete { throw .needsMoreInput }
            if input.byte(at: end + 1) == 0x0A { end += 1 }
        }
        if end >= input.count, !isComplete { throw .needsMoreInput }
        position = min(end + 1, input.count)
    }

    private func checkUTF8(_ input: ByteView, from start: Int, to end: Int) throws(ParseStop) {
        guard let bad = input.firstInvalidUTF8(from: start, to: end) else { return }
        throw .refused(
            SerializationError(
                .invalidEncoding, found: describeInvalidUTF8(input, at: bad), expected: "UTF-8", offset: bad))
    }

    mutating func skipRecord(_ input: Span<UInt8>, from position: inout Int, isComplete: Bool) -> SkipProgress {
        guard state == .rows, position < input.count || !isComplete else { return .impossible }
        let bytes = ByteView(input)
        let row = limited(bytes, from: position)
        let isWhole = isComplete && row.count == bytes.count
        let end: Int
        do throws(ParseStop) {
            end = try scanner.scan(row, from: position, isComplete: isWhole).next
        } catch {
            if case .needsMoreInput = error, row.count == bytes.count { return .needsMoreInput }
            // The quotes of the row do not match, so the next record is assumed to begin on the next line.
            let lineEnd = row.firstIndex(of: SingleByteStop(byte: 0x0A), from: position)
            guard lineEnd < row.count || isWhole else { return row.count < bytes.count ? .impossible : .needsMoreInput }
            end = min(lineEnd + 1, row.count)
        }
        // An empty line is not a record, so there is always something to skip.
        position = max(end, position + 1)
        recordCount += 1
        return .skipped
    }
}
