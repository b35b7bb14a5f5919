import ContentNegotiation
import Foundation
import LLMResources
import ModelServer
import ResourceFormats
import ResourceHTTP
import Testing

@Suite struct ModelServerTests {
    private static let schema = LargeLanguageModel.schema
    private static let representations = ModelRoutes(store: ModelStore()).responder.representations
    /// What can be read again without being told more.
    private static let readable = representations.filter(\.isReadable)

    /// Texts that differ only in Unicode composition are different.
    private func json(_ records: [StoredRecord]) -> [[UInt8]] {
        records.map(\.json)
    }

    private func records(_ response: RunningServer.Response, _ format: Format) throws -> [StoredRecord] {
        try StoredRecord.records(in: response.body.span, from: format, schema: Self.schema).records
    }

    // MARK: Reading

    @Test func answersInEachFormat() async throws {
        try await RunningServer.run { server in
            for offered in Self.representations {
                let response = try await server.send(fields: ["Accept": offered.mediaType.description])
                #expect(response.status == 200)
                #expect(response["Content-Type"] == offered.contentType)
                #expect(response["Vary"] == "Accept")
                #expect(response["Content-Length"] == String(response.body.count))
                let expected = try offered.format.encode(
                    try RunningServer.samples(), page: PageInfo(total: 14), schema: Self.schema)
                #expect(response.body == expected, "\(offered.contentType)")
            }
        }
    }

    @Test func prefersTheClientsOrderToItsOwn() async throws {
        try await RunningServer.run { server in
            let response = try await server.send(fields: ["Accept": "application/json;q=0.5, text/csv, */*;q=0.1"])
            #expect(response["Content-Type"] == "text/csv; charset=utf-8; header=present")
            let overridden = try await server.send("GET", "\(ModelRoutes.collection)?format=xml")
            #expect(overridden["Content-Type"] == "application/xml")
        }
    }

    @Test func leadsThroughPages() async throws {
        try await RunningServer.run { server in
            var target = "\(ModelRoutes.collection)?limit=4"
            var found: [StoredRecord] = []
            var sizes: [Int] = []
            while true {
                let response = try await server.send("GET", target)
                let (records, page) = try StoredRecord.records(
                    in: response.body.span, from: .json, schema: Self.schema)
                found += records
                sizes.append(records.count)
                guard let cursor = page?.nextCursor else { break }
                target = "\(ModelRoutes.collection)?next=\(cursor)"
            }
            #expect(sizes == [4, 4, 4, 2])
            #expect(try json(found) == json(RunningServer.samples()))
        }
    }

    @Test func showsEachRecordUnderItsOwnPath() async throws {
        try await RunningServer.run { server in
            for sample in try RunningServer.samples() {
                let model = try Format.jsonLines.decode(LargeLanguageModel.self, from: sample.json.span)
                let response = try await server.send("GET", "\(ModelRoutes.collection)/\(try #require(model.id))")
                #expect(response.body == (try Format.json.encode(sample, schema: Self.schema)))
                #expect(response["Link"]?.contains("rel=\"llm:connection\"") == true)
            }
        }
    }

    @Test func confirmsWhatTheClientHas() async throws {
        try await RunningServer.run { server in
            var tags: Set<String> = []
            for target in ["", "?limit=3", "/679b3c1a89c632186ea0a1ca"].map({ ModelRoutes.collection + $0 }) {
                for offered in Self.representations {
                    let fields = ["Accept": offered.mediaType.description]
                    let tag = try #require(try await server.send("GET", target, fields: fields)["ETag"])
                    tags.insert(tag)
                    let again = try await server.send(
                        "GET", target, fields: fields.merging(["If-None-Match": "\"x\", \(tag)"]) { $1 })
                    #expect(again.status == 304)
                    #expect(again.body.isEmpty)
                    #expect(again["ETag"] == tag)
                }
            }
            #expect(tags.count == 2 * Self.representations.count)

            let tag = try #require(try await server.send()["ETag"])
            _ = try await server.send(
                "POST", fields: ["Content-Type": "application/json"], body: Array(Self.newModel.utf8))
            #expect(try await server.send(fields: ["If-None-Match": tag]).status == 200)
        }
    }

    @Test func answersHEADWithTheHeadOfGET() async throws {
        try await RunningServer.run { server in
            for offered in Self.representations {
                let fields = ["Accept": offered.mediaType.description]
                let get = try await server.send(fields: fields)
                let head = try await server.send("HEAD", fields: fields)
                #expect(head.status == 200)
                #expect(head.body.isEmpty)
                for field in ["Content-Type", "Content-Length", "ETag", "Link", "Vary", "X-Total-Count"] {
                    #expect(head[field] == get[field], "\(field)")
                }
            }
        }
    }

    @Test func streamsAllRecordsInEachFormat() async throws {
        try await RunningServer.run { server in
            for offered in Self.representations {
                let response = try await server.send(
                    "GET", "\(ModelRoutes.collection)?limit=all", fields: ["Accept": offered.mediaType.description])
                #expect(response.status == 200)
                #expect(response["Content-Length"] == nil)
                #expect(response["Transfer-Encoding"] == "chunked")
                let expected = try offered.format.encode(
                    try RunningServer.samples(), query: "limit=all", schema: Self.schema)
                #expect(response.body == expected, "\(offered.contentType)")
            }
        }
    }

    // MARK: Writing

    private static let newModel =
        #"{"name":"x, y","modelType":"gpt-4o","provider":"openAI","#
        + #""connectionId":"9c215f9e-a843-4634-8d5c-04c84d9cd660","resourceLevel":"project","#
        + #""projectId":"67765f6ab045f6dbbc15f978","_id":"00000000000000000000000a","newerMember":[1.0,null]}"#

    @Test func takesXMLAndGivesCSV() async throws {
        try await RunningServer.run { server in
            let sent = try Format.json.decode(LargeLanguageModel.self, from: Array(Self.newModel.utf8).span)
            let created = try await server.send(
                "POST", fields: ["Content-Type": "application/xml", "Accept": "text/csv"],
                body: try Format.xml.encode(sent))
            #expect(created.status == 201)
            #expect(created["Content-Type"] == "text/csv; charset=utf-8; header=present")
            let location = try #require(created["Location"])
            let read = try await server.send("GET", location, fields: ["Accept": "text/csv"])
            #expect(read.body == created.body)
            let model = try Format.csv.decode(LargeLanguageModel.self, from: read.body.span)
            #expect(location == "\(ModelRoutes.collection)/\(model.id ?? "")")
            #expect(model.name == "x, y")
            #expect(model.unknownMembers.json == #"{"newerMember":[1.0,null]}"#)
        }
    }

    @Test func takesARecordInEachFormat() async throws {
        try await RunningServer.run { server in
            let sent = try Format.json.decode(LargeLanguageModel.self, from: Array(Self.newModel.utf8).span)
            for (count, offered) in Self.readable.enumerated() {
                let created = try await server.send(
                    "POST", fields: ["Content-Type": offered.contentType], body: try offered.format.encode(sent))
                #expect(created.status == 201, "\(created.text)")
                var model = try Format.json.decode(LargeLanguageModel.self, from: created.body.span)
                #expect(model.id != sent.id)
                #expect(model.createdAt == model.lastChanged)
                #expect(model.createdBy?.count == 24)
                (model.id, model.referenceId, model.createdAt, model.createdBy) = (sent.id, nil, nil, nil)
                (model.lastChanged, model.lastChangedBy) = (nil, nil)
                #expect(try Format.json.encode(model) == (try Format.json.encode(sent)))
                let total = try await server.send("GET", fields: ["Accept": "text/csv"])["X-Total-Count"]
                #expect(total == String(15 + count))
            }
        }
    }

    // MARK: Problems

    private struct Refusal: Sendable {
        var method = "GET"
        var target = ModelRoutes.collection
        var fields: [String: String] = [:]
        var body: String?
        let status: Int
        var field: (name: String, value: String)?
        let detail: String
    }

    private static let refusals = [
        Refusal(target: "/v2.0/largelanguagemodels/nothing", status: 404, detail: "no large language model"),
        Refusal(target: "/v2.0/largelanguagemodelsandmore", status: 404, detail: ""),
        Refusal(target: "/", status: 404, detail: ""),
        Refusal(method: "DELETE", status: 405, field: ("Allow", "GET, HEAD, POST"), detail: "DELETE"),
        Refusal(
            method: "PUT", target: "/v2.0/largelanguagemodels/679b3c1a89c632186ea0a1ca", body: "{}", status: 405,
            field: ("Allow", "GET, HEAD"), detail: "PUT"),
        Refusal(fields: ["Accept": "image/png"], status: 406, detail: "image/png"),
        Refusal(target: "/v2.0/largelanguagemodels?format=yaml", status: 406, detail: "yaml"),
        Refusal(target: "/v2.0/largelanguagemodels?limit=0", status: 400, detail: "limit"),
        Refusal(target: "/v2.0/largelanguagemodels?next=1-2-3", status: 400, detail: "next"),
        Refusal(target: "/v2.0/largelanguagemodels?next=99999999999999999999-1", status: 400, detail: "next"),
        Refusal(
            method: "POST", fields: ["Content-Type": "text/csv;header=absent"], body: "a", status: 415,
            detail: "header=absent"),
        Refusal(
            method: "POST", fields: ["Content-Type": "application/json", "Content-Encoding": "gzip"], body: "a",
            status: 415, field: ("Accept-Encoding", "identity"), detail: "gzip"),
        Refusal(
            method: "POST", fields: ["Content-Type": "application/json"], body: "{\"name\":\n1,}", status: 400,
            detail: "2:3: "),
        Refusal(
            method: "POST", fields: ["Content-Type": "application/json"], body: "{\"name\":1}", status: 422,
            detail: "\"modelType\""),
        Refusal(
            method: "POST", fields: ["Content-Type": "application/json"], body: "[]", status: 422, detail: "record"),
    ]

    @Test func refusesWithProblems() async throws {
        try await RunningServer.run { server in
            for refusal in Self.refusals {
                let response = try await server.send(
                    refusal.method, refusal.target, fields: refusal.fields, body: refusal.body.map { Array($0.utf8) })
                #expect(response.status == refusal.status, "\(response.text)")
                #expect(response["Content-Type"] == "application/problem+json")
                let problem = try response.json
                #expect(problem["status"] as? Int == refusal.status)
                #expect(
                    (problem["detail"] as? String ?? "").contains(refusal.detail) || refusal.detail.isEmpty,
                    "\(response.text)")
                if let (name, value) = refusal.field { #expect(response[name] == value) }
            }
            #expect(try await server.send(fields: ["Accept": "text/csv"])["X-Total-Count"] == "14")
        }
    }

    @Test func tellsProblemsInXMLToWhoTakesXML() async throws {
        try await RunningServer.run { server in
            let response = try await server.send(
                "GET", "\(ModelRoutes.collection)/x", fields: ["Accept": "application/xml"])
            #expect(response.status == 404)
            #expect(response["Content-Type"] == "application/problem+xml")
            #expect(response.text.contains("<status>404</status>"))
        }
    }

    @Test func listsWhatIsOnOffer() async throws {
        try await RunningServer.run { server in
            let all = Self.representations.map(\.mediaType.description)
            let refused = try await server.send(fields: ["Accept": "image/png"])
            #expect(try (refused.json["details"] as? [String: Any])?["available"] as? [String] == all)
            let unread = try await server.send("POST", fields: ["Content-Type": "image/png"], body: [1])
            #expect(unread["Accept"] == Self.readable.map(\.mediaType.description).joined(separator: ", "))
        }
    }

    @Test func keepsNothingThatItCannotAnswerFor() async throws {
        try await RunningServer.run { server in
            let response = try await server.send(
                "POST", fields: ["Content-Type": "application/json", "Accept": "image/png"],
                body: Array(Self.newModel.utf8))
            #expect(response.status == 406)
            #expect(try await server.send(fields: ["Accept": "text/csv"])["X-Total-Count"] == "14")
        }
    }

    @Test func refusesAnIdentifierThatIsThereAlready() async throws {
        let store = ModelStore()
        await #expect(throws: DuplicateIdentifier.self) {
            try await store.add(Array(#"[{"_id":"a","name":"x"},{"_id":"a","name":"y"}]"#.utf8), from: .json)
        }
    }
}
