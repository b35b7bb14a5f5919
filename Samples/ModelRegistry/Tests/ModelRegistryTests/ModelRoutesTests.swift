import ContentNegotiation
import Foundation
import HTTPTypes
import HummingbirdTesting
import LLMResources
import RegistryStore
import ResourceFormats
import Testing

@testable import ModelRegistry

@Suite struct ModelRoutesTests {
    private static let created = #"""
        {"name":"Neu","modelType":"gpt-4o","provider":"openAI","connectionId":"3c90c3cc-0d44-4b50-8888-8dd25736052a",\#
        "projectId":"5ce7c2d833ea1e04d7e6c433","region":{"eu":1e2}}
        """#

    @Test(arguments: Format.negotiated)
    func answersInEveryFormat(_ format: Format) async throws {
        try await RegistryServer.run { client in
            let file = RegistryServer.data.appending(path: "models.json")
            let expected = try Format.json.decode([LargeLanguageModel].self, from: Array(Data(contentsOf: file)).span)
            let list = try await client.send(accept: format.mediaType.description)
            #expect(list.status == .ok)
            #expect(list["Vary"] == "Accept, Accept-Encoding")
            // Without a header row only the names of the columns are missing.
            guard format != .csv(CSVOptions(hasHeader: false)) else {
                let whole = try await client.send(accept: "text/csv")
                #expect(whole.text.utf8.suffix(list.text.utf8.count).elementsEqual(list.text.utf8))
                return
            }
            let models = try format.decode([LargeLanguageModel].self, from: Array(list.text.utf8).span)
            #expect(models.map(\.name) == expected.map(\.name))
            let item = try await client.send(
                .get, "\(RegistryServer.models)/\(client.firstID())", accept: format.mediaType.description)
            #expect(try format.decode(LargeLanguageModel.self, from: Array(item.text.utf8).span) == models.first)
        }
    }

    @Test func createsWhatItIsGivenAndNothingElse() async throws {
        try await RegistryServer.run { client in
            let answer = try await client.send(.post, body: ("application/json", Self.created))
            #expect(answer.status == .created)
            let record = try answer.json
            let id = try #require(record["_id"] as? String)
            #expect(answer["Location"] == "\(RegistryServer.models)/\(id)")
            #expect(answer.text.contains(#""region":{"eu":1e2}"#))
            #expect(record["createdAt"] as? Int == record["lastChanged"] as? Int)
            let again = try await client.send(.get, "\(RegistryServer.models)/\(id)")
            #expect(again.text == answer.text)
            #expect(again["ETag"] == answer["ETag"])
        }
    }

    @Test(arguments: [
        ("application/json", #"{"name":"a"}"#, 422, "projectId"),
        (
            "application/json",
            created.replacing(#""projectId""#, with: #""resourceLevel":"organisation","isDefault":true,"projectId""#),
            422, "isDefault"
        ),
        ("application/json", created.replacing(#""name""#, with: #""_links":{},"name""#), 422, "$._links"),
        ("application/json", #"{"name":"#, 400, "1:9"),
        ("text/xml", "<largeLanguageModel><name>a</nam></largeLanguageModel>", 400, "1:"),
        ("text/csv", "name\r\na,b\r\n", 400, "2:"),
        ("application/yaml", "name: a", 415, "application/hal+json"),
    ])
    func refusesWhatItCannotTake(type: String, body: String, status: Int, part: String) async throws {
        try await RegistryServer.run { client in
            let before = try await client.send().json["total"] as? Int
            let answer = try await client.send(.post, body: (type, body))
            #expect(answer.status.code == status)
            #expect(answer["Content-Type"] == "application/problem+json")
            #expect(answer.text.contains(part))
            #expect(try await client.send().json["total"] as? Int == before)
        }
    }

    @Test func patchesAndKeepsTheRest() async throws {
        try await RegistryServer.run { client in
            let created = try await client.send(.post, body: ("application/json", Self.created))
            let uri = try #require(created["Location"])
            let patch = #"{"description":"new","region":{"us":2,"eu":null},"_id":"000000000000000000000000"}"#
            let answer = try await client.send(.patch, uri, body: ("application/merge-patch+json", patch))
            #expect(answer.status == .ok)
            #expect(answer.text.contains(#""region":{"us":2}"#))
            #expect(try answer.json["_id"] as? String == created.json["_id"] as? String)
            #expect(try answer.json["description"] as? String == "new")
            let csv = try await client.send(.patch, uri, body: ("text/csv", "name\r\nOther\r\n"))
            #expect(try csv.json["name"] as? String == "Other")
            let bad = try await client.send(.patch, uri, body: ("application/json", #"{"provider":null}"#))
            #expect(bad.status.code == 422)
            #expect(try await client.send(.get, uri).text == csv.text)
        }
    }

    @Test func writesNothingForWhoAcceptsNothingOnOffer() async throws {
        try await RegistryServer.run { client in
            let uri = try await "\(RegistryServer.models)/\(client.firstID())"
            let before = try await client.send().text
            let writes: [(HTTPRequest.Method, String)] = [
                (.post, RegistryServer.models), (.patch, uri), (.post, uri + "/clone"),
            ]
            for (method, path) in writes {
                let answer = try await client.send(
                    method, path, accept: "image/png", body: ("application/json", Self.created))
                #expect(answer.status == .notAcceptable)
            }
            #expect(try await client.send().text == before)
        }
    }

    @Test func takesPercentEncodedIdentifiers() async throws {
        try await RegistryServer.run { client in
            let id = try await client.firstID()
            let encoded = id.utf8.map { "%" + String($0, radix: 16) }.joined()
            let answer = try await client.send(.get, "\(RegistryServer.models)/\(encoded)")
            #expect(answer.status == .ok)
            #expect(try await client.send(.get, "\(RegistryServer.models)/\(id)").text == answer.text)
        }
    }

    @Test func guardsAgainstLostUpdates() async throws {
        try await RegistryServer.run { client in
            let uri = try await "\(RegistryServer.models)/\(client.firstID())"
            let csvTag = try #require(await client.send(.get, uri, accept: "text/csv")["ETag"])
            let patch = ("application/json", #"{"name":"a"}"#)
            let first = try await client.send(.patch, uri, fields: [.ifMatch: csvTag], body: patch)
            #expect(first.status == .ok)
            let second = try await client.send(.patch, uri, fields: [.ifMatch: csvTag], body: patch)
            #expect(second.status == .preconditionFailed)
            #expect(try await client.send(.delete, uri, fields: [.ifMatch: csvTag]).status == .preconditionFailed)
            let deleted = try await client.send(.delete, uri, fields: [.ifMatch: first["ETag"] ?? ""])
            #expect(deleted.status == .noContent)
            #expect(try await client.send(.get, uri).status == .notFound)
        }
    }

    @Test func answers304UntilSomethingChanges() async throws {
        try await RegistryServer.run { client in
            let tag = try #require(await client.send(accept: "text/csv")["ETag"])
            let fields: HTTPFields = [.ifNoneMatch: tag]
            #expect(try await client.send(accept: "text/csv", fields: fields).status == .notModified)
            #expect(try await client.send(accept: "text/xml", fields: fields).status == .ok)
            _ = try await client.send(.post, body: ("application/json", Self.created))
            #expect(try await client.send(accept: "text/csv", fields: fields).status == .ok)
        }
    }

    @Test func clonesWithAPatch() async throws {
        try await RegistryServer.run { client in
            let id = try await client.firstID()
            let plain = try await client.send(.post, "\(RegistryServer.models)/\(id)/clone")
            #expect(plain.status == .created)
            #expect(try plain.json["_id"] as? String != id)
            let named = try await client.send(
                .post, "\(RegistryServer.models)/\(id)/clone", body: ("application/json", #"{"name":"copy"}"#))
            #expect(try named.json["name"] as? String == "copy")
            #expect(try await client.send(.get, "\(RegistryServer.models)/\(id)").json["name"] as? String != "copy")
        }
    }

    @Test func walksPagesByTheirCursorsAlone() async throws {
        try await RegistryServer.run { client in
            var names: [String] = []
            var uri: String? = "\(RegistryServer.models)?limit=4"
            while let here = uri {
                let page = try await client.send(.get, here).json
                let items = try #require(page["items"] as? [[String: Any]])
                #expect(items.count <= 4)
                names += items.compactMap { $0["name"] as? String }
                uri = (page["nextCursor"] as? String).map { "\(RegistryServer.models)?next=\($0)" }
            }
            let all =
                try await client.send(.get, "\(RegistryServer.models)?limit=100").json["items"] as? [[String: Any]]
            #expect(names == all?.compactMap { $0["name"] as? String })
            #expect(names.count > 10)
        }
    }

    /// Beyond the largest page that is kept in memory the same is streamed.
    @Test(arguments: ["application/json", "application/hal+json", "application/xml", "text/csv"])
    func streamsLongPages(accept: String) async throws {
        try await RegistryServer.run { client in
            let whole = try await client.send(.get, "\(RegistryServer.models)?limit=1000", accept: accept)
            let streamed = try await client.send(.get, "\(RegistryServer.models)?limit=1001", accept: accept)
            #expect(whole["Content-Length"] != nil)
            #expect(streamed["Content-Length"] == nil)
            // The links of each have its own query.
            let query = ("limit=1001", "limit=1000")
            #expect(streamed.text.replacing(query.0, with: query.1) == whole.text)
            #expect(streamed["Link"]?.replacing(query.0, with: query.1) == whole["Link"])
            #expect(streamed["X-Total-Count"] == whole["X-Total-Count"])
        }
    }

    @Test(arguments: [
        ("limit=0", 400), ("limit=1000001", 400), ("limit=x", 400), ("next=x", 400), ("previous=AQABAQAAw", 400),
        ("next=a&previous=b", 400), ("format=yaml", 406), ("limit=1&unknown=2", 200), ("projectId=none", 200),
    ])
    func checksQueries(query: String, status: Int) async throws {
        try await RegistryServer.run { client in
            let answer = try await client.send(.get, "\(RegistryServer.models)?\(query)")
            #expect(answer.status.code == status)
        }
    }

    @Test func filtersByProjectAndReference() async throws {
        try await RegistryServer.run { client in
            let all =
                try await client.send(.get, "\(RegistryServer.models)?limit=100").json["items"] as? [[String: Any]]
            for name in ["projectId", "referenceId"] {
                let value = try #require(all?.compactMap { $0[name] as? String }.first)
                let some = try await client.send(.get, "\(RegistryServer.models)?\(name)=\(value)").json
                let values = (some["items"] as? [[String: Any]])?.map { $0[name] as? String }
                #expect(values?.allSatisfy { $0 == value } == true)
                #expect(some["total"] as? Int == values?.count)
            }
        }
    }

    @Test(arguments: [
        ("PUT", "", 405, "GET, HEAD, POST"), ("DELETE", "", 405, "GET, HEAD, POST"),
        ("POST", "/5ce7c2d833ea1e04d7e6c432", 405, "DELETE, GET, HEAD, PATCH, PUT"),
        ("GET", "/5ce7c2d833ea1e04d7e6c432/clone", 405, "POST"), ("GET", "/unknown", 404, nil),
        ("GET", "/5ce7c2d833ea1e04d7e6c432", 404, nil), ("POST", "/5ce7c2d833ea1e04d7e6c432/test", 404, nil),
    ])
    func saysWhatAPathDoesNotDo(method: String, path: String, status: Int, allow: String?) async throws {
        try await RegistryServer.run { client in
            let method = try #require(HTTPRequest.Method(method))
            let answer = try await client.send(method, RegistryServer.models + path)
            #expect(answer.status.code == status)
            #expect(answer["Allow"] == allow)
            #expect(answer["Content-Type"] == "application/problem+json")
        }
    }

    @Test func hasNoProviderToTestWith() async throws {
        try await RegistryServer.run { client in
            let answer = try await client.send(.post, "\(RegistryServer.models)/\(client.firstID())/test")
            #expect(answer.status == .notImplemented)
            #expect(try answer.json["code"] as? String == "1009")
        }
    }

    @Test func limitsBodies() async throws {
        var configuration = RegistryConfiguration()
        configuration.limits.bodySize = 100
        try await RegistryServer.run(configuration) { client in
            let answer = try await client.send(.post, body: ("application/json", Self.created))
            #expect(answer.status == .contentTooLarge)
        }
    }
}
