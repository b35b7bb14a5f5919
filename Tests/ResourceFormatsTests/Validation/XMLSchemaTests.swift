import Foundation
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// The XSD: valid documents are valid against it, broken ones are not; and libxml2's own tool thinks the same.
@Suite struct XMLSchemaTests {
    private static let schema = LargeLanguageModel.schema
    private static let id = "5ce7c2d833ea1e04d7e6c432"
    private static let least =
        "<name>n</name><modelType>gpt-9</modelType><provider>acme</provider>"
        + "<connectionId>3c90c3cc-0d44-4b50-8888-8dd25736052a</connectionId>"

    /// Members, beside the least that a record has, that are as the schema has them.
    static let valid = [
        "", "<description/>", "<description>  text &amp; more\n</description>",
        #"<description xsi:nil="true"/>"#, #"<description escaped="true">\\ \u0000</description>"#,
        #"<description type="string">x</description>"#, "<modelGroup>chat</modelGroup>",
        "<isCustomModel> true\n</isCustomModel>", "<openAI/>", "<openAI>\n  <customModel/>\n</openAI>",
        #"<openAI xsi:nil="true"/>"#, "<azureOpenAI><baseCustomUrl>x</baseCustomUrl></azureOpenAI>",
        #"<azureOpenAI><baseCustomUrl type="array"><item>x</item><item/></baseCustomUrl></azureOpenAI>"#,
        #"<azureOpenAI><baseCustomUrl type="array"/><apiVersion>1</apiVersion></azureOpenAI>"#,
        "<fallbacks/>", "<fallbacks><item/><item><isFallbackEnabled>false</isFallbackEnabled></item></fallbacks>",
        "<fallbacks><item><immediateFallBack><failedRequests>-1.5e+99</failedRequests>"
            + "<emailNotificationList><item>a</item><item/></emailNotificationList></immediateFallBack></item></fallbacks>",
        "<assignedToProjects><item>short</item></assignedToProjects>", "<createdAt>0</createdAt>",
        "<createdAt>-0</createdAt>", "<createdAt> 17 </createdAt>", "<createdAt>1.0</createdAt>",
        "<createdAt>1e3</createdAt>", "<createdAt>1.5e1</createdAt>", "<createdAt>2147483647</createdAt>",
        "<createdAt>2147483647.00</createdAt>", "<createdAt>0e9</createdAt>", "<_id>\(id)</_id>",
        #"<name2 xml:lang="de"/>"#.isEmpty ? "" : #"<description xml:lang="de">x</description>"#,
    ]

    /// Members that are not.
    static let broken = [
        "<name>again</name>", "<modelGroup>vision</modelGroup>", "<modelGroup/>", "<apiType>Responses</apiType>",
        "<resourceLevel>global</resourceLevel>", "<isCustomModel>maybe</isCustomModel>",
        "<isCustomModel>1</isCustomModel>",
        "<isCustomModel/>", "<openAI>text</openAI>",
        "<openAI><customModel>a</customModel><customModel>b</customModel></openAI>",
        #"<openAI type="array"/>"#, #"<description type="number">5</description>"#, "<description><b/></description>",
        #"<description lang="de">x</description>"#,
        "<fallbacks>text</fallbacks>", "<fallbacks><isFallbackEnabled>true</isFallbackEnabled></fallbacks>",
        "<fallbacks><item>text</item></fallbacks>",
        "<fallbacks><item><isFallbackEnabled>no</isFallbackEnabled></item></fallbacks>",
        "<fallbacks><item><fallbackLLMReferenceId>x</fallbackLLMReferenceId></item></fallbacks>",
        "<fallbacks><item><immediateFallBack><failedRequests>many</failedRequests></immediateFallBack></item></fallbacks>",
        "<fallbacks><item><immediateFallBack><failedRequests>01</failedRequests></immediateFallBack></item></fallbacks>",
        "<fallbacks><item><immediateFallBack><failedRequests>NaN</failedRequests></immediateFallBack></item></fallbacks>",
        "<createdAt>-1</createdAt>", "<createdAt>2147483648</createdAt>", "<createdAt>1.5</createdAt>",
        "<createdAt>1e99</createdAt>", "<createdAt>99999999999999999999</createdAt>", "<createdAt>INF</createdAt>",
        "<createdAt/>", "<createdAt>yesterday</createdAt>", "<_id>\(id.uppercased())</_id>", "<_id>\(id)0</_id>",
        "<_id> \(id)</_id>", "<projectId>x</projectId>", "<referenceId>3c90c3cc</referenceId>",
        "<createdBy>3c90c3cc-0d44-4b50-8888-8dd2</createdBy>",
    ]

    private static func item(_ content: String) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<largeLanguageModel xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\(content)</largeLanguageModel>\n"
    }

    private static func list(_ content: String) -> String {
        "<largeLanguageModels xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\(content)</largeLanguageModels>\n"
    }

    private static let record = "<largeLanguageModel>\(least)</largeLanguageModel>"

    /// Whole documents that are valid.
    static let validDocuments =
        valid.map { item(least + $0) } + valid.map { item($0 + least) }
        + [
            list(""), list(record), list("\n  " + record + record + "\n"), list("<page/>"),
            list(record + #"<page total="2" nextCursor="a&quot;=" previousCursor=""/>"#),
        ]

    /// Whole documents that are not.
    static let brokenDocuments =
        broken.map { item(least + $0) } + broken.map { list("<largeLanguageModel>\($0)\(least)</largeLanguageModel>") }
        + ["name", "modelType", "provider", "connectionId"].flatMap { name in
            let pieces = least.components(separatedBy: "<\(name)>")
            let rest = pieces[1].components(separatedBy: "</\(name)>")[1]
            return [
                item(pieces[0] + rest), item("\(pieces[0])<\(name) xsi:nil=\"true\"/>\(rest)"),
                name == "name" ? item(pieces[0] + "<name type=\"number\">5</name>" + rest) : item(""),
            ]
        }
        + [
            item(least.replacingOccurrences(of: "3c90c3cc", with: "3c90c3c")),
            "<model>\(least)</model>", list("<page/>" + record), list("<page/><page/>"), list("text"),
            list(#"<page total="many"/>"#), list(#"<page next="x"/>"#), list("<page>x</page>"),
        ]

    // MARK: libxml2 as a library

    private func complaints(_ document: [UInt8], pieces: Int = .max) throws -> (isValid: Bool, [String]) {
        let validator = try #require(XMLSchemaValidator(schema: Self.schema))
        var start = 0
        while start < document.count {
            let end = min(document.count, start &+ min(pieces, document.count))
            validator.show(document.span.extracting(start..<end))
            start = end
        }
        validator.finish()
        var lines: [String] = []
        for index in 0..<3 {
            lines += validator.takeComplaints(ofRecord: index).map { "\(index)\($0.path): \($0.sentence)" }
        }
        return (
            validator.isValid, lines + validator.takeComplaints(ofRecord: nil).map { "$\($0.path): \($0.sentence)" }
        )
    }

    @Test(arguments: validDocuments)
    func acceptsWhatIsValid(document: String) throws {
        let result = try complaints(Array(document.utf8))
        #expect(result.1 == [])
        #expect(result.isValid)
    }

    @Test(arguments: brokenDocuments.filter { !$0.contains("<b/>") && !$0.contains("<fallbacks><isFall") })
    func refusesWhatIsBroken(document: String) throws {
        let result = try complaints(Array(document.utf8))
        #expect(!result.isValid)
        #expect(try complaints(Array(document.utf8), pieces: 1) == result)
    }

    @Test func saysWhatAndWhere() throws {
        let document = Self.list(
            Self.record
                + "<largeLanguageModel>\(Self.least)<fallbacks><item/><item><isFallbackEnabled>no</isFallbackEnabled></item></fallbacks></largeLanguageModel>"
        )
        #expect(
            try complaints(Array(document.utf8)).1
                == ["1.fallbacks[1].isFallbackEnabled: 'no' is not a valid value of the atomic type 'boolean'"])
    }

    @Test func doesNotMindWhatTheSchemaDoesNotKnow() throws {
        let unknown = #"<extra type="array"><item><name/></item></extra>"#
        for content in [
            unknown + Self.least, Self.least + unknown,
            Self.least + "<openAI>\(unknown)<customModel>x</customModel></openAI>",
            Self.least + "<fallbacks><item>\(unknown)</item></fallbacks>"
                + #"<description type="string">x</description>"#,
        ] {
            #expect(try complaints(Array(Self.item(content).utf8)).1 == [])
        }
        // What comes after it is still looked at.
        #expect(try complaints(Array(Self.item(unknown + Self.least + "<createdAt>x</createdAt>").utf8)).1.count == 1)
    }

    @Test func stopsAtADocumentType() throws {
        let document =
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
            + Self.record.replacingOccurrences(of: ">n<", with: ">&e;<")
        #expect(try complaints(Array(document.utf8)).1 == [])
    }

    /// Whatever the bytes are, it says something or nothing, the same for every cut, and does not trap.
    @Test func survivesBrokenDocuments() throws {
        var random = SeededGenerator(seed: Settings.propertySeed)
        for _ in 0..<300 {
            var document = Array(random.pick(Self.validDocuments + Self.brokenDocuments).utf8)
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                document[Int.random(in: 0..<document.count, using: &random)] = random.pick([
                    0x3C, 0x3E, 0x26, 0x2F, 0x22, 0x00, 0xFF, 0x5F,
                ])
            }
            if random.oneIn(3) { document.removeLast(Int.random(in: 0..<document.count, using: &random)) }
            _ = try complaints(document, pieces: Int.random(in: 1...40, using: &random))
        }
    }

    // MARK: The law

    /// Every valid record is valid XML against the XSD.
    @Test(arguments: TestSchema.allCases, SchemaProfile.allCases)
    func acceptsEveryGeneratedValidRecord(of kind: TestSchema, profile: SchemaProfile) throws {
        let schema = kind.schema
        var generator = RecordGenerator(schema: schema, mood: .valid(profile), seed: Settings.propertySeed)
        let records = (0..<300).map { _ in generator.nextRecord() }
        let written = run(SlowJSON.array(records).bytes, to: .xml, schema: schema)
        #expect(written.error == nil)
        let validator = try #require(XMLSchemaValidator(schema: schema))
        validator.show(written.output.span)
        validator.finish()
        #expect(validator.isValid)
        for index in records.indices {
            #expect(validator.takeComplaints(ofRecord: index) == [], "\(records[index])")
        }
    }

    /// Two ways that differ in where a dot belongs, and names that no XML name can be.
    @Test func namesEachTypeOnce() {
        let xsd = TestSchema.wide.schema.xmlSchema
        let names = xsd.components(separatedBy: "Type name=\"").dropFirst().map { $0.components(separatedBy: "\"")[0] }
        #expect(names.count > 50)
        #expect(Set(names).count == names.count)
        #expect(xsd.contains("<xs:element name=\"item\" type=\"xs:anyType\""))
    }

    // MARK: libxml2 as a tool

    private static let xmllint: String? = ["/usr/bin/xmllint", "/usr/local/bin/xmllint", "/opt/homebrew/bin/xmllint"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// What xmllint says of documents: the names of those that it takes for valid.
    private func accepted(_ documents: [String], schema: Schema = Self.schema) throws -> Set<Int> {
        let folder = FileManager.default.temporaryDirectory.appending(path: "llmfmt-xsd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(schema.xmlSchema.utf8).write(to: folder.appending(path: "s.xsd"))
        for (index, document) in documents.enumerated() {
            try Data(document.utf8).write(to: folder.appending(path: "\(index).xml"))
        }
        let process = Process()
        process.executableURL = URL(filePath: Self.xmllint ?? "")
        process.arguments =
            ["--noout", "--nonet", "--schema", "s.xsd"] + documents.indices.map { "\($0).xml" }
        process.currentDirectoryURL = folder
        let errors = folder.appending(path: "errors")
        try Data().write(to: errors)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        let lines = String(decoding: try Data(contentsOf: errors), as: UTF8.self).split(separator: "\n")
        #expect(lines.filter { $0.contains("failed to compile") } == [])
        return Set(lines.compactMap { $0.hasSuffix(".xml validates") ? Int($0.dropLast(14)) : nil })
    }

    @Test(.enabled(if: xmllint != nil, "xmllint, the second opinion, is not installed"))
    func agreesWithXMLLint() throws {
        #expect(try accepted(Self.validDocuments) == Set(Self.validDocuments.indices))
        #expect(try accepted(Self.brokenDocuments) == [])
    }

    @Test(
        .enabled(if: xmllint != nil, "xmllint, the second opinion, is not installed"), arguments: TestSchema.allCases)
    func agreesWithXMLLintOnGeneratedRecords(of kind: TestSchema) throws {
        let schema = kind.schema
        var generator = RecordGenerator(schema: schema, mood: .valid(.resource), seed: Settings.propertySeed &+ 1)
        let records = (0..<100).map { _ in generator.nextRecord() }
        let documents =
            records.map { run($0.bytes, to: .xml, schema: schema).text }
            + [run(SlowJSON.array(records).bytes, to: .xml, schema: schema).text]
        #expect(try accepted(documents, schema: schema) == Set(documents.indices))
    }
}
