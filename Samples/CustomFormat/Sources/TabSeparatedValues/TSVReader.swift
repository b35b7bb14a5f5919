import ResourceFormats

/// Reads a line of names and a line for each record; LF or CR LF end a line, the last one too.
///
/// A last line without an end was cut off, and is refused. Every line is a record. An empty one is the record `{}` of a
/// table that has one column or, where the header is empty, none.
struct TSVReader: RecordReader, ~Copyable {
    private let schema: Schema
    private let limits: Limits
    private var values: JSONValueReader
    /// Nil until the line of names is read.
    private var columns: [TSVColumn]?
    private var recordCount = 0

    init(schema: Schema, limits: Limits) {
        self.schema = schema
        self.limits = limits
        values = JSONValueReader(schema: schema, limits: limits)
    }

    var document: DocumentInfo { DocumentInfo(shape: .list) }

    /// What is at hand: the header, or the next record.
    private var path: String { columns == nil ? "$" : "$[\(recordCount)]" }

    mutating func read(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        // The position moves only over what is read to its end. What is not is shown again, with more after it.
        if columns == nil {
            guard let line = try line(input, from: position, isComplete: isComplete) else {
                if !isComplete { return .needsMoreInput }
                throw SerializationError(
                    .invalidHeader, found: "no header", expected: "a first line with the names of the columns",
                    offset: position, path: path)
            }
            columns = try names(input, line)
            position = line.next
        }
        guard let columns, let line = try line(input, from: position, isComplete: isComplete) else {
            return isComplete ? .end : .needsMoreInput
        }
        try readRecord(input, line, columns, into: &tape)
        position = line.next
        recordCount += 1
        return .record
    }

    /// Passes over the line that was refused.
    mutating func skipRecord(_ input: Span<UInt8>, from position: inout Int, isComplete: Bool) -> SkipProgress {
        guard columns != nil else { return .impossible }
        var end = position
        while end < input.count, input[end] != TSVCell.lineFeed { end += 1 }
        guard end < input.count || isComplete else { return .needsMoreInput }
        position = min(end + 1, input.count)
        recordCount += 1
        return .skipped
    }

    // MARK: Lines

    private struct Line {
        /// The line without its end.
        let content: Range<Int>
        /// Where the next one begins.
        let next: Int
    }

    /// The line that begins at `start`; nil if it is not complete, or if there is none.
    private func line(
        _ input: Span<UInt8>, from start: Int, isComplete: Bool
    ) throws(SerializationError) -> Line? {
        var end = start
        while end < input.count, input[end] != TSVCell.lineFeed { end += 1 }
        let next = min(end + 1, input.count)
        if end > start, input[end - 1] == TSVCell.carriageReturn { end -= 1 }
        guard end - start <= limits.recordSize else {
            throw SerializationError(
                .recordLimit, found: "a line larger than \(limits.recordSize) bytes",
                expected: "at most \(limits.recordSize)", offset: start, path: path)
        }
        guard start < input.count else { return nil }
        guard input[next - 1] == TSVCell.lineFeed else {
            if !isComplete { return nil }
            throw SerializationError(
                .unexpectedEnd, found: "the end of the input", expected: "the end of the line", offset: input.count,
                path: path)
        }
        let content = input.extracting(start..<end)
        do {
            _ = try UTF8Span(validating: content)
        } catch {
            throw SerializationError(
                .invalidEncoding, found: "a byte that is not valid UTF-8 here", expected: "UTF-8",
                offset: start + error.byteOffsets.lowerBound, path: path)
        }
        return Line(content: start..<end, next: next)
    }

    /// Where the cells of a line stand; an empty line has one, of nothing.
    private func cells(_ input: Span<UInt8>, _ line: Range<Int>) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = line.lowerBound
        for index in line where input[index] == TSVCell.tab {
            cells.append(start..<index)
            start = index + 1
        }
        return cells + [start..<line.upperBound]
    }

    // MARK: Header

    private func names(_ input: Span<UInt8>, _ line: Line) throws(SerializationError) -> [TSVColumn] {
        var content = line.content
        if content.lowerBound == 0, TSVCell.hasByteOrderMark(input) { content = 3..<content.upperBound }
        if content.isEmpty { return [] }
        var columns: [TSVColumn] = []
        var seen: Set<TSVColumn> = []
        for cell in cells(input, content) {
            let number = columns.count + 1
            guard !cell.isEmpty else {
                throw SerializationError(
                    .invalidHeader, found: "no name for column \(number)", expected: "a name, or \\: for the empty one",
                    offset: cell.lowerBound, path: path)
            }
            let column = TSVColumn(name: try TSVCell.text(input, at: cell, path: path), schema: schema)
            guard seen.insert(column).inserted else {
                throw SerializationError(
                    .invalidHeader, found: "the name of another column for column \(number)",
                    expected: "each name once", offset: cell.lowerBound, path: path)
            }
            columns.append(column)
        }
        return columns
    }

    // MARK: Records

    private mutating func readRecord(
        _ input: Span<UInt8>, _ line: Line, _ columns: [TSVColumn], into tape: inout RecordTape
    ) throws(SerializationError) {
        let cells = columns.isEmpty && line.content.isEmpty ? [] : cells(input, line.content)
        guard cells.count == columns.count else {
            let isLonger = cells.count > columns.count
            throw SerializationError(
                .unequalColumns, found: "\(cells.count) \(cells.count == 1 ? "cell" : "cells") in the line",
                expected: "\(columns.count), as many as the header has",
                offset: isLonger ? cells[columns.count].lowerBound : line.content.upperBound, path: path)
        }
        let start = line.content.lowerBound
        tape.removeAll()
        tape.beginObject(.record)
        for (column, cell) in zip(columns, cells) where !cell.isEmpty {
            let field: FieldID
            switch column {
            case .known(let known):
                field = known
            case .unknown(let name):
                field = .unknown
                tape.append(unknownKey: name.span, source: cell.lowerBound - start)
            }
            if TSVCell.isJSON(input.extracting(cell)) {
                try values.read(input, at: cell, to: field, ofRecord: recordCount, from: start, into: &tape)
            } else {
                let text = try TSVCell.text(input, at: cell, path: path)
                tape.append(string: text.span, to: field, source: cell.lowerBound - start)
            }
        }
        tape.endObject()
        // What is found wrong with the record later on, by a validator for example, can then be placed.
        tape.placeSource(line.content)
    }
}
