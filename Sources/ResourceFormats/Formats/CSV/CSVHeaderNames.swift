/// Gives a name to columns without one, and another to columns whose name an earlier one has.
struct CSVHeaderNames {
    /// The names in the order of the columns, with their offsets in the input.
    private(set) var names: [(name: [UInt8], offset: Int)]
    private(set) var notes: [Note] = []
    /// The places of the names that stand in the header; no new name takes one of them.
    private var given: Set<CSVColumnPath> = []
    private var taken: Set<CSVColumnPath> = []
    /// The last number that was appended to the name of a place.
    private var lastNumber: [CSVColumnPath: Int] = [:]
    private var renamedCount = 0

    /// Names the columns whose names are blank `column3`, by their place from 1, and the second column of a name
    /// `name_2`.
    init(_ header: [(name: [UInt8], offset: Int)]) {
        names = header
        for entry in header where !Self.isBlank(entry.name) { given.insert(Self.path(of: entry.name)) }
        for column in names.indices {
            let name = names[column].name
            if Self.isBlank(name) {
                rename(column, to: Array("column\(column + 1)".utf8), "column \(column + 1) has no name")
            } else if !taken.insert(Self.path(of: name)).inserted {
                let found = excerpt(ByteView(name.span))
                rename(column, after: name, "column \(column + 1) has the name of an earlier one, \"\(found)\",")
            }
        }
        let more = renamedCount - CSVHeader.mostNamed
        if more > 0 { notes.append(Note("\(more) more \(more == 1 ? "column is" : "columns are") renamed")) }
    }

    /// Gives a column the name if no other has it, else the name with a number.
    private mutating func rename(_ column: Int, to name: [UInt8], _ reason: String) {
        let path = Self.path(of: name)
        guard !given.contains(path), taken.insert(path).inserted else { return rename(column, after: name, reason) }
        set(name, of: column, reason)
    }

    /// Gives a column the name with the first number from 2 that makes it one of its own.
    private mutating func rename(_ column: Int, after name: [UInt8], _ reason: String) {
        let path = Self.path(of: name)
        var number = lastNumber[path] ?? 1
        while true {
            number += 1
            let candidate = name + Array("_\(number)".utf8)
            let candidatePath = Self.path(of: candidate)
            guard !given.contains(candidatePath), taken.insert(candidatePath).inserted else { continue }
            lastNumber[path] = number
            return set(candidate, of: column, reason)
        }
    }

    private mutating func set(_ name: [UInt8], of column: Int, _ reason: String) {
        names[column].name = name
        renamedCount += 1
        guard renamedCount <= CSVHeader.mostNamed else { return }
        notes.append(Note("\(reason) and is read as \"\(excerpt(ByteView(name.span)))\""))
    }

    private static func isBlank(_ name: [UInt8]) -> Bool {
        ByteView(name.span).isWhiteSpace
    }

    private static func path(of name: [UInt8]) -> CSVColumnPath {
        let view = ByteView(name.span)
        return CSVColumnPath(parsing: view) ?? CSVColumnPath(literal: view)
    }
}
