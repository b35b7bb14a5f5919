/// The columns of a table that are not those of its own records, so that several tables fit together.
public struct TableLayout: Hashable, Sendable {
    /// What has a column.
    public enum Columns: Hashable, Sendable {
        /// What any record of the document has.
        case ofDocument
        /// Only what is named; the rest is left out. An array is one cell, as JSON, unless a column names an element.
        case named([String])
        /// The fields of the schema that hold no others, in its order, each array in one cell as JSON, and a last column
        /// of the given name with all that has no column, as a JSON object.
        ///
        /// That is what the schema does not know, and known members with a value that is no cell where it stands. The
        /// cell is empty where nothing is left.
        case ofSchema(rest: String)
    }

    /// What has a column.
    public var columns: Columns
    /// Whether cells are guarded against the changes that spreadsheet programs make to texts and numbers.
    public var isForSpreadsheets: Bool

    /// A layout.
    public init(columns: Columns = .ofDocument, isForSpreadsheets: Bool = false) {
        self.columns = columns
        self.isForSpreadsheets = isForSpreadsheets
    }
}

extension Schema {
    /// The names of the columns of `TableLayout.Columns.ofSchema`, without that of the rest.
    public var tableColumns: [String] {
        var names: [String] = []
        appendColumns(of: .record, prefix: "", to: &names)
        return names
    }

    private func appendColumns(of object: FieldID, prefix: String, to names: inout [String]) {
        for member in members(of: object) {
            let name = prefix + (self.name(of: member) ?? "")
            if kind(of: member) == .object {
                appendColumns(of: member, prefix: name + ".", to: &names)
            } else {
                names.append(name)
            }
        }
    }
}
