import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import ResourceHTTP
import Testing

@testable import ModelRegistry

@Suite struct AccessTests {
    @Test(arguments: ["", "a", "sesame", "sesame1", "sesamesesame", "Sesame"]) func comparesSecrets(text: String) {
        #expect(Credentials.Secret("sesame").isEqual(text.utf8) == (text == "sesame"))
        #expect([Credentials.Secret("x"), .init("sesame")].contains(text.utf8) == (text == "sesame"))
        #expect(!"\(Credentials.Secret("sesame"))".contains("sesame"))
        #expect(!String(reflecting: Credentials.User(name: "a", password: .init("sesame"))).contains("sesame"))
    }

    @Test func tokensEnd() async throws {
        let tokens = TokenStore(lifetime: .milliseconds(1), refreshLifetime: .seconds(60))
        let grant = tokens.grant()
        try await Task.sleep(for: .milliseconds(20))
        #expect(!tokens.isValid(grant.access))
        let fresh = try #require(tokens.refresh(grant.refresh))
        #expect(tokens.refresh(grant.refresh) == nil)
        #expect(!tokens.isValid(fresh.refresh))
        let expired = TokenStore(refreshLifetime: .milliseconds(1))
        let old = expired.grant()
        try await Task.sleep(for: .milliseconds(20))
        #expect(expired.refresh(old.refresh) == nil)
    }

    @Test func forgetsTheOldestTokens() {
        let tokens = TokenStore(capacity: 2)
        let grants = (0..<3).map { _ in tokens.grant() }
        #expect(grants.map { tokens.isValid($0.access) } == [false, true, true])
    }

    @Test func letsUsersIn() async throws {
        var configuration = RegistryConfiguration()
        configuration.credentials.users = [.init(name: "a", password: .init("b:c"))]
        try await RegistryServer.run(configuration) { client in
            #expect(try await client.send().status == .unauthorized)
            let basic = "Basic " + Data("a:b:c".utf8).base64EncodedString()
            #expect(try await client.send(fields: [.authorization: basic]).status == .ok)
            let answer = try await client.send(
                .post, "/auth/oauth2/token",
                body: ("application/x-www-form-urlencoded", "grant_type=password&username=a&password=b%3Ac"))
            let token = try #require(try answer.json["access_token"] as? String)
            #expect(try await client.send(fields: [.authorization: "Bearer \(token)"]).status == .ok)
            #expect(try await client.send(fields: [.authorization: "Bearer \(token)x"]).status == .unauthorized)
        }
    }

    @Test func readersOnlyRead() async throws {
        var configuration = RegistryConfiguration()
        configuration.credentials.readKeys = [.init("r")]
        try await RegistryServer.run(configuration) { client in
            let read = try await client.send(.get, RegistryServer.models + "?api_key=r")
            #expect(read.status == .ok)
            let write = try await client.send(
                .post, RegistryServer.models + "?api_key=r", body: ("application/json", "{}"))
            #expect(write.status == .forbidden)
        }
    }

    @Test(arguments: [
        (412, 409, "Conflict"), (422, 400, "Bad Request"), (415, 400, "Bad Request"), (404, 404, "Not Found"),
        (507, 500, "Internal Server Error"), (413, 413, "Payload Too Large"),
    ])
    func strictProblemsAreThoseOfTheReference(status: Int, expected: Int, phrase: String) {
        let problem = StrictProblems.problem(.init(.init(code: status), "why"))
        #expect(problem.status.code == expected)
        #expect(problem.type == phrase)
        #expect(problem.title == (expected == 500 ? phrase : phrase + " Error"))
        #expect(problem.detail == "why")
    }
}
