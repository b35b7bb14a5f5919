import Foundation
import LLMResources
import RegistryStore
import ResourceFormats
import ResourceFormatsTesting
import Testing

@Suite struct ImportTests {
    @Test(arguments: [
        ("models.json", "models.json"), ("models.jsonl", "models.json"), ("models.xml", "models.json"),
        ("models.hal", "models.json"), ("page.json", "page.json"), ("page.xml", "page.json"),
        ("page.hal", "page.json"), ("newer-server.json", "newer-server.json"),
        ("spreadsheet.json", "spreadsheet.json"),
    ])
    func takesTheSamples(file: String, expected: String) async throws {
        try await withStore(inMemory: false) { store in
            let records = try records(of: sample(expected))
            let report = try await store.importDocument(path: sample(file).path)
            #expect(report.inserted == records.count && report.skipped == 0 && report.renamed == 0)
            #expect(try await store.records() == records)
            #expect(try await store.revision == 1)
            // All are there.
            let again = try await store.importDocument(path: sample(file).path)
            #expect(again.inserted == 0 && again.skipped == records.count)
            #expect(try await store.revision == 1)
        }
    }

    @Test(arguments: Format.builtIn)
    func takesEveryFormat(format: Format) async throws {
        let list = try Array(Data(contentsOf: sample("models.json")))
        let document = Conversion(from: .json, to: format, schema: LargeLanguageModel.schema).run(list).output
        try await withTemporaryFolder { folder in
            let named = folder.appending(path: "models.\(try #require(format.fileExtensions.first).uppercased())")
            let unnamed = folder.appending(path: "models")
            for file in [named, unnamed] {
                try Data(document).write(to: file)
                try await withStore(inMemory: true) { store in
                    let report = try await store.importDocument(
                        path: file.path, format: file == unnamed ? format : nil)
                    #expect(report.inserted == 14)
                    #expect(try await store.records() == records(of: sample("models.json")))
                }
            }
        }
    }

    @Test func findsWhatItImported() async throws {
        try await withStore(inMemory: true) { store in
            _ = try await store.importDocument(path: sample("models.json").path)
            let project = try await store.page(PageQuery(projectId: "67765f6ab045f6dbbc15f978"))
            #expect(project.total == 3 && project.records.count == 3)
            let reference = try await store.page(PageQuery(referenceId: "1dc63934-6a9d-4057-9b48-3aa198039dd5"))
            #expect(reference.records.map(\.id) == ["679b3ebee9388fb595d3a203"])
            #expect(try await store.model(id: "699d93765ce59316311d404d")?.revision == 1)
        }
    }

    /// The example of the API's own page has a placeholder for an `_id`.
    @Test func givesAnIdentifierWhereThereIsNone() async throws {
        try await withStore(inMemory: true, now: { 1_700_000_000 }) { store in
            let report = try await store.importDocument(path: sample("model.json").path)
            #expect(report.inserted == 1 && report.renamed == 1)
            let model = try #require(try await store.page(PageQuery()).records.first)
            let original = try #require(try records(of: sample("model.json")).first)
            #expect(model.text == original.replacing(#""_id":"<string>""#, with: #""_id":"\#(model.id)""#))
        }
    }

    @Test func setsWhatIsMissing() async throws {
        let lines = """
            {"x":1.0,"lastChanged":5,"_id":null,"name":"a"}
            {"_id":"679b3c1a89c632186ea0a1ca","name":"b"}
            {"_id":"679b3c1a89c632186ea0a1ca","name":"c"}
            """
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "new.ndjson")
            try lines.write(to: file, atomically: true, encoding: .utf8)
            try await withStore(inMemory: true, now: { 1_700_000_000 }) { store in
                let report = try await store.importDocument(path: file.path)
                #expect(report.inserted == 2 && report.skipped == 1 && report.renamed == 0)
                let models = try await store.page(PageQuery()).records
                let (first, second) = (models[0], models[1])
                let user = store.userId
                #expect(
                    first.text == """
                        {"x":1.0,"lastChanged":5,"_id":"\(first.id)","name":"a",\
                        "referenceId":"\(try #require(try first.string("referenceId")))",\
                        "createdAt":1700000000,"createdBy":"\(user)","lastChangedBy":"\(user)"}
                        """)
                #expect(second.text.hasPrefix(#"{"_id":"679b3c1a89c632186ea0a1ca","name":"b","referenceId":""#))
            }
        }
    }

    /// Nothing of a broken document comes in, and its place is named.
    @Test(arguments: [
        (
            "a.json", "[{\"name\":\"a\"},\n {\"name\":\"b\",}]",
            "2:14: error: found \"}\", expected a member name in quotes ($[1])"
        ),
        ("a.jsonl", "{\"name\":\"a\"}\n{\"name\":\"b\"}\n5\n", "3:1: error: found \"5\", expected another object"),
        (
            "a.csv", "name,createdAt\r\na,1\r\nb,x\r\n",
            "3:3: error: found \"x\", expected a number in column \"createdAt\" ($[1].createdAt)"
        ),
        ("a.xml", "<largeLanguageModels><largeLanguageModel/>\n<x/></largeLanguageModels>", "2:1: error: "),
        ("a.json", "", "1:1: error: found the end of the input"),
    ])
    func importsAllOrNothing(name: String, content: String, expected: String) async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: name)
            try content.write(to: file, atomically: true, encoding: .utf8)
            try await withStore(inMemory: false) { store in
                let error = await #expect(throws: ImportError.self) {
                    try await store.importDocument(path: file.path)
                }
                #expect(
                    error?.description.hasPrefix("\(file.path):\(expected)") == true, "\(String(describing: error))")
                let page = try await store.page(PageQuery())
                #expect(page.total == 0 && page.revision == 0)
            }
        }
    }

    @Test func saysWhatCannotBeRead() async throws {
        try await withTemporaryFolder { folder in
            try await withStore(inMemory: true) { store in
                let missing = folder.appending(path: "none.json").path
                let noFile = await #expect(throws: ImportError.self) { try await store.importDocument(path: missing) }
                #expect(noFile?.description.hasPrefix("\(missing): error: cannot be read: ") == true)
                let isFolder = await #expect(throws: ImportError.self) {
                    try await store.importDocument(path: folder.path, format: .json)
                }
                #expect(isFolder?.description.hasPrefix("\(folder.path): error: cannot be read: ") == true)
                let unknown = await #expect(throws: ImportError.self) {
                    try await store.importDocument(path: folder.appending(path: "models.txt").path)
                }
                #expect(
                    unknown?.description.contains("the name tells no format, expected one that ends with .json") == true
                )
            }
        }
    }

    /// More than the window holds, and records across its pieces.
    @Test func takesLargeDocuments() async throws {
        var generator = RecordGenerator(schema: LargeLanguageModel.schema, mood: .valid(.create), seed: 3)
        var expected = (0..<2000).map { _ in generator.nextRecord().text }
        expected.append("{\"name\":\"\(String(repeating: "x", count: 1 << 20))\"}")
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "large.json")
            let text = "[" + expected.joined(separator: ",\n") + "]"
            try text.write(to: file, atomically: true, encoding: .utf8)
            try await withStore(inMemory: false) { store in
                let report = try await store.importDocument(path: file.path)
                #expect(report.inserted == 2001)
                let kept = try await store.records()
                #expect(kept.count == 2001)
                let strays = zip(expected, kept).filter { !$1.hasPrefix($0.dropLast()) }
                #expect(strays.first?.0 == nil)
            }
        }
    }
}
