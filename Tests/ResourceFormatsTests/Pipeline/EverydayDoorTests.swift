import LLMResources
import ResourceFormats
import Testing

@Suite struct EverydayDoorTests {
    private static let json = #"{"name":"a","modelType":"m","provider":"p","connectionId":"c","tier":1.0}"#

    private func model() throws -> LargeLanguageModel {
        try Format.json.decode(LargeLanguageModel.self, from: Array(Self.json.utf8))
    }

    // MARK: Pages

    @Test(arguments: [Format.json, .hal, .xml])
    func decodesPages(format: Format) throws {
        let page = PageInfo(total: 7, nextCursor: "n")
        let bytes = try format.encode([try model()], page: page)
        let read = try format.decodePage(of: LargeLanguageModel.self, from: bytes)
        #expect(read.resources == [try model()])
        #expect(read.page == page)
        #expect(try format.decodePage(of: LargeLanguageModel.self, from: bytes[...]).page == page)
    }

    @Test func listsAndItemsHaveNoPage() throws {
        for text in ["[\(Self.json)]", Self.json] {
            let read: ResourcePage<LargeLanguageModel> = try Format.json.decodePage(from: Array(text.utf8))
            #expect(read.resources.count == 1)
            #expect(read.page == nil)
        }
    }

    // MARK: Limits

    @Test func decodingTakesLimits() throws {
        let bytes = Array(Self.json.utf8)
        let limits = Limits(recordSize: 20)
        #expect(throws: SerializationError.self) {
            try Format.json.decode(LargeLanguageModel.self, from: bytes, limits: limits)
        }
        #expect(throws: SerializationError.self) {
            try Format.json.decode([LargeLanguageModel].self, from: bytes[...], limits: limits)
        }
        #expect(throws: SerializationError.self) {
            try Format.json.decodePage(of: LargeLanguageModel.self, from: bytes, limits: limits)
        }
    }

    @Test func encodingTakesLimits() throws {
        var deep = try model()
        deep.unknownMembers = try UnknownMembers(json: #"{"a":{"b":{"c":1}}}"#)
        let limits = Limits(depth: 2)
        for format in Format.builtIn {
            #expect(throws: SerializationError.self) { try format.encode(deep, limits: limits) }
            #expect(throws: SerializationError.self) { try format.encode([deep], limits: limits) }
            _ = try format.encode(deep, limits: Limits(depth: 3))
        }
    }

    // MARK: Members

    @Test func findsMembersByFieldAndByName() throws {
        let schema = LargeLanguageModel.schema
        let record = try StoredRecord(json: Array(Self.json.utf8), schema: schema)
        record.withRecord { record in
            #expect(record[LargeLanguageModel.Field.name]?.text.count == 1)
            #expect(record[LargeLanguageModel.Field.isDefault]?.kind == nil)
            #expect(record["tier"]?.kind == .number)
            #expect(record["name"]?.kind == nil)
            #expect(record["name", in: schema]?.kind == .string)
            #expect(record["tier", in: schema]?.kind == .number)
            #expect(record["none", in: schema]?.kind == nil)
        }
    }

    // MARK: Typed values

    @Test func validatesResources() throws {
        let validator = RecordValidator(schema: LargeLanguageModel.schema)
        var model = try model()
        model.connectionId = "not a UUID"
        model.modelGroup = "strange"
        let found = try validator.violations(of: model)
        let record = try StoredRecord(model).withRecord { validator.violations(in: $0) }
        #expect(found.map(\.path) == record?.map(\.path))
        #expect(found.map(\.path).contains(".connectionId"))
        model.unknownMembers = try UnknownMembers(json: #"{"name":1}"#)
        #expect(throws: SerializationError.self) { try validator.violations(of: model) }
    }

    // MARK: Patches

    @Test(arguments: [
        (#"{"name":"b"}"#, #"{"name":"b","modelType":"m","provider":"p","connectionId":"c","tier":1.0}"#),
        (
            #"{"tier":null,"x":{"y":null,"z":1}}"#,
            #"{"name":"a","modelType":"m","provider":"p","connectionId":"c","x":{"z":1}}"#
        ),
        (
            #"{"items":[]}"#,
            #"{"name":"a","modelType":"m","provider":"p","connectionId":"c","tier":1.0,"items":[]}"#
        ),
        ("{}", json),
    ])
    func patches(patch: String, expected: String) throws {
        let patched = try model().patched(with: Array(patch.utf8), as: .json)
        #expect(String(decoding: try Format.jsonLines.encode(patched), as: UTF8.self) == expected + "\n")
    }

    @Test(arguments: [
        (#"{"name":null}"#, #"no value, expected the required member "name""#, "$.name"),
        (#"{"name":1}"#, "the number 1, expected a string", "$.name"),
    ])
    func patchesThatBreakTheTypeAreRefused(patch: String, sentence: String, path: String) throws {
        let model = try model()
        do {
            _ = try model.patched(with: Array(patch.utf8), as: .json)
            Issue.record("no error")
        } catch {
            #expect("found \(error.found), expected \(error.expected)".hasSuffix(sentence))
            #expect(error.path == path)
        }
    }

    @Test(arguments: ["", "[]", "[{},{}]", "1", "{", "{}{}"])
    func whatIsNotOneObjectIsRefused(patch: String) throws {
        let model = try model()
        #expect(throws: SerializationError.self) { try model.patched(with: Array(patch.utf8), as: .json) }
    }
}
