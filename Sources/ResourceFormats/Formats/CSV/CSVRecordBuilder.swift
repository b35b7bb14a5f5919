/// Builds a record from the cells of a row.
///
/// It visits the filled cells in the order of the record and keeps the containers around the last one open, so the work
/// is proportional to the content of the row.
struct CSVRecordBuilder: ~Copyable, Sendable {
    private let header: CSVHeader
    private let columnCount: Int
    private let schema: Schema
    private var parser: JSONParser
    /// For each leaf the index of its column, in leaf order.
    private var columns = Storage<Int32>()
    /// The open containers, the record first.
    private var open = Storage<OpenContainer>()
    /// The containers between the innermost open one and the next leaf, innermost first.
    private var pending = Storage<Int32>()
    /// For each container its depth if it is open; 0 if not.
    private var openLevel = Storage<Int32>()

    /// Not private: a private element of a generic from another file crashes the debug build of Swift 6.3.1.
    struct OpenContainer: BitwiseCopyable {
        let container: Int32
        let isArray: Bool
        var count: Int32
    }

    init(header: CSVHeader, columnCount: Int, schema: Schema, limits: Limits) {
        self.header = header
        self.columnCount = columnCount
        self.schema = schema
        parser = JSONParser(schema: schema, limits: limits, copiesText: true)
        for leaf in header.leaves { columns.append(Int32(truncatingIfNeeded: leaf.column)) }
        openLevel.append(repeating: 0, upTo: header.containers.count)
    }

    /// Builds the record of a row; `rowStart` is the offset in the input of `source`, the bytes of the row.
    mutating func build(
        _ cells: borrowing Storage<CSVCell>, of source: ByteView, at rowStart: Int, place: RecordPlace,
        scratch: inout Storage<UInt8>, into tape: inout RecordTape
    ) throws(ParseStop) {
        guard cells.count == columnCount else {
            let offset = cells.count > columnCount ? cells[columnCount].cellStart : source.count
            var found = "\(cells.count) \(cells.count == 1 ? "cell" : "cells") in the row"
            if cells.count < columnCount { found += ", none for column \"\(name(ofColumn: cells.count))\"" }
            throw .refused(
                SerializationError(
                    .unequalColumns, found: found, expected: "\(columnCount), as many as the header has",
                    offset: rowStart + offset, path: place.path))
        }
        parser.place = place
        for level in 0..<open.count { openLevel[Int(open[level].container)] = 0 }
        open.removeAll()
        tape.begin(.object, .record)
        open.append(OpenContainer(container: 0, isArray: false, count: 0))
        if columnCount > 0 { openLevel[0] = 1 }
        var leaf = 0
        while leaf < columns.count {
            let cell = cells[Int(columns[leaf])]
            if !cell.isAbsent {
                try append(cell, leaf, cells, source, rowStart, &scratch, into: &tape)
            }
            leaf &+= 1
        }
        while open.count > 1 { closeInnermost(&tape) }
        tape.end()
    }

    // MARK: Containers

    private mutating func closeInnermost(_ tape: inout RecordTape) {
        guard let last = open.removeLast() else { return }
        openLevel[Int(last.container)] = 0
        tape.end()
    }

    /// Closes and opens containers until the leaf's container is the innermost.
    private mutating func enter(
        _ container: Int, for leaf: Int, _ cells: borrowing Storage<CSVCell>, _ rowStart: Int,
        into tape: inout RecordTape
    ) throws(ParseStop) {
        pending.removeAll()
        var place = container
        while openLevel[place] == 0 {
            pending.append(Int32(truncatingIfNeeded: place))
            place = header.containers[place].parent
        }
        while open.count > Int(openLevel[place]) { closeInnermost(&tape) }
        while let next = pending.removeLast() {
            let child = header.containers[Int(next)]
            let cell = cells[Int(columns[leaf])]
            if child.ownLeaf >= 0, !isAbsent(cells[Int(columns[child.ownLeaf])], header.leaves[child.ownLeaf].kind) {
                throw conflict(
                    leaf, rowStart + cell.cellStart,
                    "a value beside one in column \"\(name(of: child.ownLeaf))\"",
                    "only one of them in a row")
            }
            try step(
                child.step, field: child.field, leaf, rowStart + cell.cellStart, source: cell.cellStart, into: &tape)
            let isArray = isArray(below: Int(next), for: leaf)
            if isArray {
                tape.begin(.array, child.field, source: cell.cellStart)
            } else {
                tape.begin(.object, child.field, source: cell.cellStart)
            }
            open.append(OpenContainer(container: next, isArray: isArray, count: 0))
            openLevel[Int(next)] = Int32(truncatingIfNeeded: open.count)
        }
    }

    /// Whether the path of the leaf continues from a container by an index.
    private func isArray(below container: Int, for leaf: Int) -> Bool {
        let level = header.containers[container].depth
        guard level < header.leaves[leaf].path.steps.count else { return false }
        if case .index = header.leaves[leaf].path.steps[level] { return true }
        return false
    }

    /// Appends the name of the next child, or checks that the child is the next element.
    @inline(__always)
    private mutating func step(
        _ step: CSVHeader.Step, field: FieldID, _ leaf: Int, _ offset: Int, source: Int, into tape: inout RecordTape
    ) throws(ParseStop) {
        let innermost = open.count &- 1
        let isArray = open[innermost].isArray
        switch step {
        case .known where !isArray: break
        case .unknown(let key) where !isArray:
            tape.appendInArena(.key, ByteView(key.span), field: .unknown, source: source)
        case .index(let index) where isArray:
            guard index == Int(open[innermost].count) else {
                throw conflict(
                    leaf, offset, "element \(index) of an array that has \(open[innermost].count) before it",
                    "no hole in an array")
            }
        case .known, .unknown, .index:
            throw conflict(leaf, offset, "members and elements of one place", "only one of them in a row")
        }
        open[innermost].count &+= 1
    }

    // MARK: Values

    /// Whether a cell stands for an absent value; empty quotes are an empty string, but absent in other known columns.
    @inline(__always)
    private func isAbsent(_ cell: CSVCell, _ kind: ValueKind?) -> Bool {
        cell.count == 0 && (!cell.isQuoted || kind != .string && kind != nil)
    }

    /// Whether no other cell of the row holds anything; called for the first filled cell only, so the work stays
    /// linear.
    private func isAlone(_ leaf: Int, _ cells: borrowing Storage<CSVCell>) -> Bool {
        guard open.count == 1, open[0].count == 0 else { return false }
        return (leaf + 1..<columns.count).allSatisfy { isAbsent(cells[Int(columns[$0])], header.leaves[$0].kind) }
    }

    private mutating func append(
        _ cell: CSVCell, _ index: Int, _ cells: borrowing Storage<CSVCell>, _ source: ByteView, _ rowStart: Int,
        _ scratch: inout Storage<UInt8>, into tape: inout RecordTape
    ) throws(ParseStop) {
        let kind = header.leaves[index].kind
        let field = header.leaves[index].field
        if isAbsent(cell, kind) { return }
        let content = source.slice(Int(cell.start), count: Int(cell.count))
        if content.byte(at: 0) == 0x5C, content.isEqual(to: "\\a:"), isAlone(index, cells) { return }
        let container = header.leaves[index].container
        if Int(open[open.count &- 1].container) != container {
            try enter(container, for: index, cells, rowStart, into: &tape)
        }
        try step(
            header.leaves[index].step, field: field, index, rowStart &+ cell.cellStart, source: cell.cellStart,
            into: &tape)
        if cell.form != .plain {
            if cell.form == .null { return tape.append(.null, field: field, source: cell.cellStart) }
            scratch.removeAll()
            content.appendUndoubled(to: &scratch)
            try appendValue(index, kind, field, cell, rowStart, &scratch, into: &tape)
        } else if kind == .string, content.byte(at: 0) != 0x5C, CSVText.fixed(content) == nil {
            tape.append(.string, at: Int(cell.start), count: content.count, flags: [], field: field)
        } else if kind == .number, let number = NumberText.scanNumber(content, from: 0), number.end == content.count {
            tape.append(
                .number, at: Int(cell.start), count: content.count,
                flags: number.isInteger ? [.plain, .isInteger] : .plain, field: field)
        } else if kind == .boolean, let value = CSVText.plainBoolean(content) {
            tape.append(.bool, flags: value ? .isTrue : [], field: field, source: cell.cellStart)
        } else {
            scratch.removeAll()
            scratch.append(content)
            try appendValue(index, kind, field, cell, rowStart, &scratch, into: &tape)
        }
    }

    /// Appends the value whose text is in `scratch`.
    private mutating func appendValue(
        _ index: Int, _ kind: ValueKind?, _ field: FieldID, _ cell: CSVCell, _ rowStart: Int,
        _ scratch: inout Storage<UInt8>, into tape: inout RecordTape
    ) throws(ParseStop) {
        let place = cell.cellStart
        switch CSVText.fixed(scratch.view) {
        case .null: return tape.append(.null, field: field, source: place)
        case .emptyArray:
            try checkDepth(index, rowStart + place)
            tape.begin(.array, field, source: place)
            return tape.end()
        case .emptyObject:
            try checkDepth(index, rowStart + place)
            tape.begin(.object, field, source: place)
            return tape.end()
        case nil: break
        }
        switch CSVText.tag(scratch.view) {
        case .string:
            return tape.appendInArena(
                .string, scratch.view.slice(3, count: scratch.view.count - 3), field: field, source: place)
        case .json:
            return try appendJSON(scratch, from: 3, index, field, place, rowStart, into: &tape)
        case .emptyRecord, nil: break
        }
        switch kind {
        case .string:
            tape.appendInArena(.string, scratch.view, field: field, source: place)
        case .number:
            guard NumberText.isNumber(scratch.view) else {
                throw wrongCell(scratch.view, index, rowStart + place, expected: "a number")
            }
            tape.appendInArena(.number, scratch.view, field: field, source: place)
        case .boolean:
            guard let value = CSVText.boolean(scratch.view) ?? SpreadsheetText.boolean(scratch.view) else {
                throw wrongCell(scratch.view, index, rowStart + place, expected: "true or false")
            }
            tape.append(.bool, flags: value ? .isTrue : [], field: field, source: place)
        case .array:
            guard JSONText.firstByte(scratch.view) == 0x5B else {
                throw wrongCell(scratch.view, index, rowStart + place, expected: "a JSON array")
            }
            try appendJSON(scratch, from: 0, index, field, place, rowStart, into: &tape)
        case .object:
            throw wrongCell(scratch.view, index, rowStart + place, expected: "{} or null, or a column for each member")
        case nil:
            if !CSVText.isTypedWhenUnknown(scratch.view) {
                tape.appendInArena(.string, scratch.view, field: field, source: place)
            } else if let value = CSVText.boolean(scratch.view) {
                tape.append(.bool, flags: value ? .isTrue : [], field: field, source: place)
            } else {
                tape.appendInArena(.number, scratch.view, field: field, source: place)
            }
        }
    }

    /// Appends the JSON that begins at `start` in `scratch`; all values in it have the place of their cell.
    private mutating func appendJSON(
        _ scratch: borrowing Storage<UInt8>, from start: Int, _ index: Int, _ field: FieldID, _ place: Int,
        _ rowStart: Int, into tape: inout RecordTape
    ) throws(ParseStop) {
        let firstNode = tape.nodes.count
        let depth = header.leaves[index].depth
        do throws(ParseStop) {
            let text = scratch.view.slice(start, count: scratch.count - start)
            try parser.parseWholeValue(text, field: field, depth: depth, into: &tape)
            tape.placeSource(ofNodesFrom: firstNode, at: place)
        } catch .refused(let error) {
            // For an error inside the value, the parser's path is longer than the cell's own.
            let cellPath = path(of: index)
            let path = error.path.map { $0.utf8.count > cellPath.utf8.count ? $0 : cellPath }
            throw .refused(
                SerializationError(
                    error.code, found: error.found,
                    expected: "\(error.expected) in the JSON of column \"\(name(of: index))\"",
                    offset: rowStart + place, path: path ?? cellPath))
        } catch {
            throw error
        }
    }

    // MARK: Refusing

    private func checkDepth(_ leaf: Int, _ offset: Int) throws(ParseStop) {
        guard header.leaves[leaf].depth < parser.limits.depth else {
            throw .refused(
                SerializationError(
                    .depthLimit, found: "nesting deeper than \(parser.limits.depth)",
                    expected: "at most \(parser.limits.depth) levels", offset: offset, path: path(of: leaf)))
        }
    }

    private func wrongCell(_ text: ByteView, _ leaf: Int, _ offset: Int, expected: String) -> ParseStop {
        .refused(
            SerializationError(
                .wrongKind, found: "\"\(excerpt(text))\"",
                expected: "\(expected) in column \"\(name(of: leaf))\"", offset: offset, path: path(of: leaf)))
    }

    private func conflict(_ leaf: Int, _ offset: Int, _ found: String, _ expected: String) -> ParseStop {
        .refused(
            SerializationError(
                .conflictingCells, found: "\(found) in column \"\(name(of: leaf))\"", expected: expected,
                offset: offset, path: path(of: leaf)))
    }

    private func name(of leaf: Int) -> String {
        let name = header.leaves[leaf].path.name
        return excerpt(ByteView(name.span))
    }

    /// The name of a column, by its index in the input.
    func name(ofColumn column: Int) -> String {
        header.leaves.firstIndex { $0.column == column }.map { name(of: $0) } ?? "\(column + 1)"
    }

    private func path(of leaf: Int) -> String {
        var path = RecordPath(parser.place.path)
        for step in header.leaves[leaf].path.steps {
            switch step {
            case .index(let index): path.append(index: index)
            case .key(let key): path.append(key: ByteView(key.span))
            }
        }
        return path.text
    }
}
