import LLMResources
import Testing

@testable import ResourceFormats

/// The tree of places and its layout.
@Suite struct CSVColumnsTests {
    private static let schema = LargeLanguageModel.schema

    /// The columns of paths that were seen in this order.
    private static func layout(_ paths: [String]) -> [String] {
        var columns = CSVColumns(schema: schema)
        for path in paths { columns.markColumn(place(path, in: &columns, adding: true)) }
        var names = CSVColumnNames()
        _ = columns.layOut(into: &names, limit: .max)
        return (0..<names.count).map { names.name(of: $0).string() }
    }

    private static func place(_ path: String, in columns: inout CSVColumns, adding: Bool) -> Int {
        let bytes = Array(path.utf8)
        var place = CSVColumns.root
        var field = FieldID.record
        for step in CSVColumnPath(parsing: ByteView(bytes.span))?.steps ?? [] where place >= 0 {
            switch step {
            case .key(let key):
                field = schema.isScope(field) ? schema.field(named: key.span, in: field) : .unknown
                place = columns.member(field, key: ByteView(key.span), of: place, adding: adding)
            case .index(let index):
                field = schema.elements(of: field)
                place = columns.element(index, of: place, adding: adding)
            }
        }
        return place
    }

    @Test(arguments: [
        ([], []), (["provider", "name"], ["name", "provider"]), (["z", "a", "name"], ["name", "z", "a"]),
        (["x[2]", "x[0]", "x[1]"], ["x[0]", "x[1]", "x[2]"]), (["x[10]", "x[9]"], ["x[9]", "x[10]"]),
        (["x.b", "x.a", "x"], ["x", "x.b", "x.a"]), (["x.a", "x[0]", "x"], ["x", "x[0]", "x.a"]),
        (
            ["azureOpenAI.region", "azureOpenAI.apiVersion", "azureOpenAI", "azureOpenAI.resourceName"],
            ["azureOpenAI", "azureOpenAI.resourceName", "azureOpenAI.apiVersion", "azureOpenAI.region"]
        ),
        (["projectId", "azureOpenAI.x", "description"], ["description", "azureOpenAI.x", "projectId"]),
        (["a", "a", "a"], ["a"]), (["é", "e\u{301}"], ["é", "e\u{301}"]),
    ])
    func laysOutDepthFirst(paths: [String], expected: [String]) {
        #expect(Self.layout(paths).map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    }

    /// More names in one object than its list is searched for, found in any order.
    @Test func findsUnknownMembersInAnyOrder() {
        var columns = CSVColumns(schema: Self.schema)
        let names = (0..<500).map { "n\($0 * 7919 % 500)" }
        let places = names.map { Self.place($0, in: &columns, adding: true) }
        #expect(Set(places).count == 500)
        for (name, place) in zip(names, places).reversed() {
            #expect(Self.place(name, in: &columns, adding: false) == place)
            #expect(Self.place("x.\(name)", in: &columns, adding: false) == -1)
        }
        #expect(Self.place("n500", in: &columns, adding: false) == -1)
    }

    /// Chosen columns keep their order and take nothing else in.
    @Test func keepsChosenColumns() {
        let paths = ["provider", "x[1]", "name"].compactMap { name in
            let bytes = Array(name.utf8)
            return CSVColumnPath(parsing: ByteView(bytes.span))
        }
        var columns = CSVColumns(schema: Self.schema, paths: paths)
        let isFixed = columns.isFixed
        #expect(isFixed)
        let found = ["provider", "x[1]", "name"].map { path in
            columns.column(of: Self.place(path, in: &columns, adding: false))
        }
        #expect(found == [0, 1, 2])
        let others = ["x[0]", "description"].map { Self.place($0, in: &columns, adding: false) }
        #expect(others == [-1, -1])
        let container = Self.place("x", in: &columns, adding: false)
        let column = columns.column(of: container)
        #expect(column == -1)
    }

    /// Elements are kept in their order, whichever comes first, and a known neighbour shortens the way.
    @Test func findsElementsInAnyOrder() {
        var columns = CSVColumns(schema: Self.schema)
        let indices = (0..<200).map { $0 * 37 % 200 }
        let list = Self.place("x", in: &columns, adding: true)
        let places = indices.map { columns.element($0, of: list, adding: true) }
        #expect(Set(places).count == 200)
        for (index, place) in zip(indices, places) {
            let found = columns.element(index, of: list, adding: false)
            #expect(found == place)
        }
        for (index, place) in zip(indices, places) where index < 199 {
            let after = columns.element(index + 1, of: list, after: place, adding: false)
            let other = columns.element(index + 1, of: list, adding: false)
            #expect(after == other)
        }
        let missing = [200, 1000, Int(Int32.max)].map { columns.element($0, of: list, adding: false) }
        #expect(missing == [-1, -1, -1])
    }

    /// One key below many parents is a place of its own below each.
    @Test func tellsKeysOfDifferentParentsApart() {
        var columns = CSVColumns(schema: Self.schema)
        let paths = (0..<50).flatMap { parent in (0..<12).map { "p\(parent).k\($0)" } }
        let places = paths.map { Self.place($0, in: &columns, adding: true) }
        #expect(Set(places).count == paths.count)
        let again = paths.map { Self.place($0, in: &columns, adding: false) }
        #expect(again == places)
    }

    /// Names stop where they take too many bytes, which the caller is told.
    @Test(arguments: [(0, false), (5, false), (6, true), (100, true)])
    func saysWhetherTheNamesFit(limit: Int, fits: Bool) {
        var columns = CSVColumns(schema: Self.schema)
        for path in ["name", "x", "y"] { columns.markColumn(Self.place(path, in: &columns, adding: true)) }
        var names = CSVColumnNames()
        let isLaidOut = columns.layOut(into: &names, limit: limit)
        #expect(isLaidOut == fits)
        guard fits else { return }
        let kinds = (0..<3).map { names.kind(of: $0) }
        #expect(kinds == [.string, nil, nil])
        let (count, size) = (names.count, names.size)
        #expect(count == 3 && size == 6)
        names.removeAll()
        let left = names.count + names.size
        #expect(left == 0)
    }
}
