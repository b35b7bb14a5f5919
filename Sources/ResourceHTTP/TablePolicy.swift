import HTTPTypes
import ResourceFormats

/// How lists are sent as tables, and what a request may say of it.
///
/// A document in CSV has the columns of its own records, so that two pages of one list may have different ones. With a
/// policy every list has the columns of the schema, whichever page it is, and one more for what the schema has no column
/// for, as JSON. Pages that are joined, each but the first without its header row, are then one valid table.
///
/// These parameters count for lists and items in CSV:
///
/// - `columns=a,b.c` for these columns only, in this order; an object stands for all of its fields, and an array is one
///   cell, as JSON, unless a column names an element;
/// - `columns=document` for the columns of the document's own records;
/// - `dialect=spreadsheet` for the dialect of spreadsheet programs;
///
/// and `download` for any format: the response has a file name.
public struct TablePolicy: Hashable, Sendable {
    /// The name of the column with what the schema has no column for.
    public var restColumn: String

    /// A policy.
    public init(restColumn: String = "otherMembers") {
        self.restColumn = restColumn
    }

    /// The layout that a request asks for; nil for that of the format itself.
    ///
    /// - Throws: 400 for a dialect that there is not.
    func layout(for target: String, isList: Bool, _ schema: Schema) throws(ProblemDetails) -> TableLayout? {
        let dialect = RequestTarget.value(of: "dialect", in: target)
        if let dialect, !ASCII.isEqualIgnoringCase(dialect, "spreadsheet") {
            throw ProblemDetails(
                .badRequest, "there is no dialect \"\(ResourceResponder.excerpt(dialect))\"",
                details: [.init("parameter", "dialect"), .init("available", .list(["spreadsheet"]))])
        }
        var layout = TableLayout(
            columns: isList ? .ofSchema(rest: restColumn) : .ofDocument, isForSpreadsheets: dialect != nil)
        let text = RequestTarget.value(of: "columns", in: target) ?? ""
        let names = text.utf8.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
        if names.count == 1, names[0].utf8.elementsEqual("document".utf8) {
            layout.columns = .ofDocument
        } else if !names.isEmpty {
            let known = schema.tableColumns
            layout.columns = .named(
                names.flatMap { name in
                    let below = known.filter { $0.utf8.starts(with: "\(name).".utf8) }
                    return below.isEmpty ? [name] : below
                })
        }
        return layout.columns == .ofDocument && dialect == nil ? nil : layout
    }
}

extension ResourceResponder {
    /// The format that a request gets, which for a table depends on more than its media type.
    func format(of representation: Representation, for request: HTTPRequest, isList: Bool)
        throws(ProblemDetails) -> Format
    {
        guard let tables, let inLayout = representation.format.traits.inLayout else { return representation.format }
        guard let layout = try tables.layout(for: request.path ?? "", isList: isList, schema) else {
            return representation.format
        }
        return inLayout(layout)
    }

    /// Says what a file is to be called, if the request wants one.
    ///
    /// It is called as the last part of the path: as the list, or by the identifier of an item.
    func addFileName(_ format: Format, for request: HTTPRequest, to fields: inout HTTPFields) {
        guard tables != nil, Self.isRead(request), let path = request.path, RequestTarget.has("download", in: path)
        else { return }
        let name = RequestTarget.path(path).utf8.split(separator: UInt8(ascii: "/")).last ?? Substring("list").utf8
        // Characters that a name in quotes (RFC 6266) or a file system might not take are replaced.
        let safe = name.prefix(100).map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                byte
            default: UInt8(ascii: "_")
            }
        }
        let file = String(decoding: safe, as: UTF8.self) + "." + (format.fileExtensions.first ?? format.name)
        fields[.contentDisposition] = "attachment; filename=\"\(file)\""
    }
}
