import Foundation
import HTTPTypes
import HummingbirdTesting
import LLMResources
import Testing

@testable import ModelRegistry

@Suite struct SiteRoutesTests {
    @Test func servesThePageUnderAPolicy() async throws {
        try await RegistryServer.run { client in
            let page = try await client.send(.get, "/")
            #expect(page.status == .ok)
            #expect(page["Content-Type"] == "text/html; charset=utf-8")
            #expect(page["Content-Security-Policy"]?.hasPrefix("default-src 'none'") == true)
            #expect(page.text.contains("</html>"))
        }
    }

    /// Every relation that HAL names has a page, and no other.
    @Test func documentsEveryRelation() async throws {
        try await RegistryServer.run { client in
            let hal = try await client.send(
                .get, "\(RegistryServer.models)?limit=100", accept: "application/hal+json"
            ).text
            var relations: Set<Substring> = []
            for match in hal.matches(of: /"llm:([A-Za-z]+)"/) { relations.insert(match.1) }
            #expect(relations.count >= 6)
            for relation in relations {
                #expect(try await client.send(.get, "/rels/\(relation)").status == .ok, "\(relation)")
            }
            #expect(try await client.send(.get, "/rels/nothing").status == .notFound)
        }
    }

    @Test func explainsNegotiation() async throws {
        try await RegistryServer.run { client in
            let answer = try await client.send(.get, "/negotiation", accept: "text/csv, x").json
            #expect(answer["choice"] as? String == "text/csv;header=present")
            #expect((answer["ranking"] as? [[String: Any]])?.count == 6)
            #expect(answer["ignored"] as? [String] == ["x"])
        }
    }

    @Test func describesItself() async throws {
        try await RegistryServer.run { client in
            let paths = try await client.send(.get, "/openapi.json").json["paths"] as? [String: Any]
            #expect(paths?[RegistryServer.models] != nil)
            #expect(try await client.send(.get, "/health").json["status"] as? String == "ok")
        }
    }

    @Test func asksForTheKeyWhereThereIsOne() async throws {
        var configuration = RegistryConfiguration()
        configuration.credentials.keys = [Credentials.Secret("secret")]
        try await RegistryServer.run(configuration) { client in
            let name = try #require(HTTPField.Name("X-API-Key"))
            let refused = try await client.send(accept: "text/xml")
            #expect(refused.status == .unauthorized)
            #expect(refused["WWW-Authenticate"] == "ApiKey realm=\"registry\"")
            #expect(refused["Content-Type"] == "application/problem+xml")
            #expect(try await client.send(fields: [name: "wrong!"]).status == .unauthorized)
            #expect(try await client.send(fields: [name: "secret"]).status == .ok)
            for path in ["/\(RegistryServer.models)", "\(RegistryServer.models)/", "/v2.0//largelanguagemodels"] {
                #expect(try await client.send(.get, path).status == .unauthorized)
            }
            for path in ["/", "/openapi.json", "/rels/test", "/health"] {
                #expect(try await client.send(.get, path).status == .ok)
            }
        }
    }

    @Test func linksUnderItsBaseURL() async throws {
        var configuration = RegistryConfiguration()
        configuration.baseURL = "https://models.example.com"
        try await RegistryServer.run(configuration) { client in
            let id = try await client.firstID()
            let own = "https://models.example.com\(RegistryServer.models)/\(id)"
            let item = try await client.send(.get, "\(RegistryServer.models)/\(id)")
            #expect(item["Link"]?.hasPrefix("<\(own)>; rel=\"self\"") == true)
            let hal = try await client.send(.get, "\(RegistryServer.models)/\(id)", accept: "application/hal+json")
            #expect(hal.text.contains(#""self":{"href":"\#(own)"}"#))
        }
    }
}
