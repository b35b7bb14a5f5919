/// Writes CSV: one row per record, with nested values in columns of their own (RFC 4180).
///
/// The output depends only on the records and the columns. The columns come from a first pass over all records, or from
/// the user.
struct CSVWriter: RecordWriter, ~Copyable {
    private let schema: Schema
    private let options: CSVOptions
    var columns: CSVColumns
    private var cellWriter: CSVCellWriter
    private var isLaidOut = false
    private var isAtFirstRow = false
    private var names = CSVColumnNames()
    /// The filled cells of the current row, in the order of the record.
    private var cells = Storage<FilledCell>()
    private var isInColumnOrder = true
    /// For each column the node of its cell in the current row, plus one; 0 for none.
    ///
    /// It is used for records that are not in column order.
    private var nodes = Storage<Int32>()
    /// The objects and arrays around the current place of a walk.
    private var open = Storage<OpenPlace>()
    private(set) var notes: [Note] = []

    /// Not private: see `CSVColumns.Place`.
    struct FilledCell: BitwiseCopyable {
        let column: Int32
        let node: Int32
    }

    /// An object or array that a walk is inside.
    struct OpenPlace: BitwiseCopyable {
        let place: Int
        /// The index of the node after its last one.
        let end: Int
        /// The number of elements passed in an array; -1 in an object.
        var position: Int
        /// The place of the last element.
        var element = -1
    }

    private let limits: Limits
    private let recordSize: Int
    /// The user's columns that are nested in some record.
    private var nestedColumns: Set<Int> = []
    /// For each of the user's columns, whether no record so far has a value there.
    private var unusedColumns: [Bool] = []
    private var hasRecords = false
    /// What does not come back of a table without tags.
    var losses = TagLosses()

    init(schema: Schema, limits: Limits, options: CSVOptions) {
        self.limits = limits
        recordSize = limits.writtenSize
        self.schema = schema
        self.options = options
        cellWriter = CSVCellWriter(
            schema: schema, delimiter: options.delimiter, hasTags: options.tags == .written,
            isForSpreadsheets: options.isForSpreadsheets)
        guard let given = options.columns else {
            columns = CSVColumns(schema: schema)
            return
        }
        var paths: [CSVColumnPath] = []
        var known: Set<CSVColumnPath> = []
        for name in given {
            let bytes = Array(name.utf8)
            let view = ByteView(bytes.span)
            let path = CSVColumnPath(parsing: view) ?? CSVColumnPath(literal: view)
            if known.insert(path).inserted { paths.append(path) }
        }
        columns = CSVColumns(schema: schema, paths: paths)
        for path in paths { names.append(ByteView(path.name.span), schema.kind(of: schema.field(at: path))) }
        unusedColumns = [Bool](repeating: true, count: names.count)
    }

    var needsFirstPass: Bool { !columns.isFixed }

    // MARK: Parts

    func makePart() -> CSVWriter? {
        var part = CSVWriter(schema: schema, limits: limits, options: options)
        part.columns = columns.copy()
        part.names = names.copy()
        part.isLaidOut = true
        part.nodes.append(repeating: 0, upTo: names.count)
        part.cellWriter.isOnlyColumn = names.count == 1
        return part
    }

    mutating func join(_ part: borrowing CSVWriter) {
        hasRecords = hasRecords || part.hasRecords
        for column in unusedColumns.indices where !part.unusedColumns[column] { unusedColumns[column] = false }
        for note in part.notes where notes.count < CSVHeader.mostNamed && !notes.contains(note) { notes.append(note) }
        nestedColumns.formUnion(part.nestedColumns)
        losses += part.losses
    }

    mutating func joinFirstPass(_ part: borrowing CSVWriter) {
        columns.add(part.columns)
    }

    // MARK: First pass

    mutating func prepare(for record: RecordView) throws(SerializationError) {
        try walk(record, FirstPass.self)
    }

    /// Walks a record and the tree of places in parallel.
    ///
    /// In the first pass the walk adds places and gives them columns. Otherwise it collects scalars with their columns.
    private mutating func walk<Pass: ColumnPass>(_ record: RecordView, _ pass: Pass.Type) throws(SerializationError) {
        open.removeAll()
        var at = openPlace(CSVColumns.root, record.node, at: record.index)
        var index = record.index &+ 1
        while true {
            guard index < at.end else {
                guard let outer = open.removeLast() else { return }
                at = outer
                continue
            }
            var node = record.nodes[index]
            let place: Int
            if at.position >= 0 {
                place = columns.element(at.position, of: at.place, after: at.element, adding: Pass.isFirst)
                at.element = place
                at.position &+= 1
            } else if node.kind == .key {
                place = columns.member(.unknown, key: record.text(of: node), of: at.place, adding: Pass.isFirst)
                index &+= 1
                node = record.nodes[index]
            } else {
                place = columns.knownMember(node.field, of: at.place, adding: Pass.isFirst)
            }
            if isNested(node), place >= 0 {
                if columns.isFixed, columns.column(of: place) >= 0 { noteNested(columns.column(of: place)) }
                guard open.count < Self.deepest else { throw tooDeep(record.view(at: index)) }
                open.append(at)
                at = openPlace(place, node, at: index)
                index &+= 1
                continue
            }
            if Pass.isFirst {
                columns.markColumn(place)
            } else {
                let column = place >= 0 ? columns.column(of: place) : -1
                if column >= 0 {
                    add(FilledCell(column: Int32(truncatingIfNeeded: column), node: Int32(truncatingIfNeeded: index)))
                } else if !columns.isFixed {
                    throw notSeenInFirstPass(record.view(at: index))
                }
            }
            index &+= node.extent
        }
    }

    @inline(__always)
    private func openPlace(_ place: Int, _ node: TapeNode, at index: Int) -> OpenPlace {
        OpenPlace(place: place, end: index &+ node.extent, position: node.kind == .array ? 0 : -1)
    }

    private func notSeenInFirstPass(_ value: RecordView) -> SerializationError {
        SerializationError(
            .notRepresentable, found: "a value for which the first pass found no column",
            expected: "an input that stays the same while it is read twice", at: value)
    }

    /// Whether a value becomes columns below its place.
    @inline(__always)
    private func isNested(_ node: TapeNode) -> Bool {
        node.isContainer && node.count > 0 && !(node.kind == .array && options.arrays == .json)
    }

    /// The deepest level: readers build tapes at most `Limits.depth` deep, so this bounds the stack for those made by
    /// hand.
    private static var deepest: Int { 1000 }

    private func tooDeep(_ value: RecordView) -> SerializationError {
        SerializationError(
            .depthLimit, found: "nesting deeper than \(Self.deepest)", expected: "at most \(Self.deepest) levels",
            at: value)
    }

    // MARK: Writing

    mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        try layOut()
        nodes.append(repeating: 0, upTo: names.count)
        cellWriter.isOnlyColumn = names.count == 1
        if options.isForSpreadsheets { output.append("\u{FEFF}") }
        isAtFirstRow = true
        guard options.hasHeader else { return }
        let start = output.count
        output.beginBounded(recordSize)
        do {
            for column in 0..<names.count {
                if column > 0 { output.append(cellWriter.delimiter) }
                cellWriter.writeHeader(names.name(of: column), to: &output)
                try output.checkBound()
            }
            try endRow(from: start, &output)
        } catch {
            throw headerTooLarge
        }
    }

    private mutating func layOut() throws(SerializationError) {
        guard needsFirstPass, !isLaidOut else { return }
        isLaidOut = true
        guard columns.layOut(into: &names, limit: recordSize) else { throw headerTooLarge }
        if names.count == 0 {
            // No record has a value: the only column is the schema's first field.
            let place =
                schema.members(of: .record).first.map { columns.knownMember($0, of: CSVColumns.root, adding: true) }
                ?? columns.member(.unknown, key: ByteView("name".utf8Span.span), of: CSVColumns.root, adding: true)
            columns.markColumn(place)
            _ = columns.layOut(into: &names, limit: recordSize)
        }
    }

    private var headerTooLarge: SerializationError {
        SerializationError(
            .recordLimit, found: "columns whose names take more than \(recordSize) bytes in a row",
            expected: "at most \(recordSize), as readers allow", path: "$")
    }

    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        let start = output.count
        output.beginBounded(recordSize)
        cells.removeAll()
        isInColumnOrder = true
        try walk(record, WritingPass.self)
        if !isInColumnOrder { sortCells() }
        var column = 0
        var index = 0
        // A reader skips an empty line, and spreadsheet programs leave out rows of empty cells.
        if cells.count == 0, names.count == 1 || options.isForSpreadsheets {
            cellWriter.writeEmptyRecord(to: &output)
        }
        while index < cells.count {
            let cell = cells[index]
            if columns.isFixed { unusedColumns[Int(cell.column)] = false }
            output.append(repeating: cellWriter.delimiter, count: Int(cell.column) &- column)
            column = Int(cell.column)
            try cellWriter.write(record, at: Int(cell.node), kind: names.kind(of: column), to: &output)
            index &+= 1
        }
        output.append(repeating: cellWriter.delimiter, count: names.count &- 1 &- column)
        hasRecords = true
        try endRow(from: start, &output)
        if options.tags == .none { countLosses(record) }
    }

    private mutating func countLosses(_ record: RecordView) {
        if cells.count == 0, names.count == 1 || options.isForSpreadsheets {
            losses.add(emptyRecordIn: names.kind(of: 0))
        }
        for index in 0..<cells.count {
            let cell = cells[index]
            losses.add(record.view(at: Int(cell.node)), inColumnOf: names.kind(of: Int(cell.column)))
        }
    }

    /// Sorts the filled cells into column order, by a pass over all columns.
    private mutating func sortCells() {
        var index = 0
        while index < cells.count {
            nodes[Int(cells[index].column)] = cells[index].node &+ 1
            index &+= 1
        }
        cells.removeAll()
        index = 0
        while index < nodes.count {
            if nodes[index] > 0 {
                cells.append(FilledCell(column: Int32(truncatingIfNeeded: index), node: nodes[index] &- 1))
                nodes[index] = 0
            }
            index &+= 1
        }
    }

    @inline(__always)
    private mutating func endRow(from start: Int, _ output: inout OutputBuffer) throws(SerializationError) {
        if isAtFirstRow {
            isAtFirstRow = false
            guardStart(from: start, &output)
        }
        try output.endBounded()
        if options.lineEnd == .crlf { output.append(0x0D) }
        output.append(0x0A)
    }

    /// Quotes the first cell of a document that would be misread as a byte order mark, or as the line by which
    /// spreadsheet programs name a delimiter.
    private func guardStart(from start: Int, _ output: inout OutputBuffer) {
        guard let cells = mistakableRow(from: start, output) else { return }
        let end = cells.firstIndex(of: cellWriter.delimiter) ?? cells.count
        output.truncate(to: start)
        output.append(0x22)
        output.append(cells.span.extracting(..<end))
        output.append(0x22)
        output.append(cells.span.extracting(end...))
    }

    private func mistakableRow(from start: Int, _ output: borrowing OutputBuffer) -> [UInt8]? {
        let row = output.bytes.view.slice(start, count: output.count - start)
        // If the document begins with a byte order mark, a second mark is text.
        let isMarked = row.startsWithByteOrderMark && !options.isForSpreadsheets
        return isMarked || row.isSeparatorLine ? row.array() : nil
    }

    mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        if let note = losses.note { notes.append(note) }
        guard hasRecords else { return }
        for column in unusedColumns.indices where unusedColumns[column] {
            notes.append(Note(sentence(onUnused: column)))
        }
    }

    /// Inserts a cell in column order; records are nearly in that order, so its place is seldom far from the end.
    @inline(__always)
    private mutating func add(_ cell: FilledCell) {
        cells.append(cell)
        var index = cells.count &- 1
        guard index > 0, cells[index &- 1].column > cell.column else { return }
        guard index <= Self.fewCells else {
            isInColumnOrder = false
            return
        }
        while index > 0, cells[index &- 1].column > cell.column {
            cells[index] = cells[index &- 1]
            index &-= 1
        }
        cells[index] = cell
    }

    /// The largest number of cells that are sorted by insertion.
    private static var fewCells: Int { 64 }

    private func sentence(onUnused column: Int) -> String {
        let name = names.name(of: column)
        let sentence = "no record has anything in column \"\(excerpt(name))\""
        guard let suggestion = CSVColumnPath(parsing: name).flatMap(schema.suggestion)?.name else { return sentence }
        return sentence + "; did you mean \(ByteView(suggestion.span).string())?"
    }

    private mutating func noteNested(_ column: Int) {
        unusedColumns[column] = false
        guard nestedColumns.insert(column).inserted, nestedColumns.count <= CSVHeader.mostNamed else { return }
        let name = excerpt(names.name(of: column))
        notes.append(
            Note(
                "column \"\(name)\" holds objects or arrays, whose values have columns of their own and are left out",
                isLoss: true))
    }
}

/// The pass that a walk belongs to; a type, so that the walk is compiled separately for each pass.
private protocol ColumnPass {
    static var isFirst: Bool { get }
}

private enum FirstPass: ColumnPass {
    static var isFirst: Bool { true }
}

private enum WritingPass: ColumnPass {
    static var isFirst: Bool { false }
}
