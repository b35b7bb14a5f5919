import Foundation
import LLMResources
import Testing

@testable import ModelClient

@Suite struct ModelClientTests {
    private func pages(
        at url: URL, accept: String? = nil, _ change: (inout ModelClient.Options) -> Void = { _ in }
    ) async throws -> [[LargeLanguageModel]] {
        var options = ModelClient.Options()
        if let accept { options.accept = accept }
        change(&options)
        return try await ModelClient.run(options) { client in
            var pages: [[LargeLanguageModel]] = []
            for try await models in client.pages(at: url) { pages.append(models) }
            return pages
        }
    }

    /// One model as JSON.
    private static func model(_ name: String) -> String {
        #"{"name":"\#(name)","modelType":"gpt-4o","provider":"openAI","connectionId":"c"}"#
    }

    // MARK: Pages

    @Test(arguments: [
        "application/json", "application/hal+json", "application/xml", "text/xml", "text/csv", "application/x-ndjson",
        ModelClient.Options().accept,
    ])
    func followsThePagesToTheEndInEachFormat(accept: String) async throws {
        try await SampleServer.run { server in
            let first = server.url.appending(queryItems: [URLQueryItem(name: "limit", value: "2")])
            let pages = try await pages(at: first, accept: accept)
            #expect(pages.map(\.count) == [2, 2, 2, 1])
            #expect(
                pages.flatMap { $0 }.map { Array(($0.id ?? "").utf8) }
                    == server.models.map { Array(($0.id ?? "").utf8) })
            #expect(pages.flatMap { $0 }.map { Array($0.name.utf8) } == server.models.map { Array($0.name.utf8) })
        }
    }

    @Test func putsACursorIntoTheQuery() async throws {
        let first = #"{"items":[\#(Self.model("a"))],"total":2,"nextCursor":"a+b/c=&d","previousCursor":null}"#
        let last = #"{"items":[\#(Self.model("b"))],"total":2,"nextCursor":null,"previousCursor":null}"#
        try await CannedServer.run(
            CannedServer.response("application/json", first), CannedServer.response("application/json", last)
        ) { server in
            let url = server.url.appending(queryItems: [URLQueryItem(name: "previous", value: "old")])
            let models = try await pages(at: url).flatMap { $0 }
            #expect(models.map(\.name) == ["a", "b"])
            #expect(
                server.requests == [
                    "GET /models?limit=2&previous=old HTTP/1.1", "GET /models?limit=2&next=a%2Bb%2Fc%3D%26d HTTP/1.1",
                ])
        }
    }

    @Test(arguments: [#"{"href":"more?page=2"}"#, #"[{"title":"x","href":"/more?page=2"}]"#])
    func followsTheLinkOfHAL(next: String) async throws {
        let last = #"{"_embedded":{"largeLanguageModels":[\#(Self.model("b"))]},"_links":{"self":{"href":"/x"}}}"#
        try await CannedServer.run(
            CannedServer.response(
                "application/hal+json",
                #"{"_embedded":{"largeLanguageModels":[\#(Self.model("a"))]},"_links":{"next":\#(next)}}"#),
            CannedServer.response("application/hal+json", last)
        ) { server in
            let models = try await pages(at: server.url).flatMap { $0 }
            #expect(models.map(\.name) == ["a", "b"])
            #expect(server.requests.last == "GET /more?page=2 HTTP/1.1")
        }
    }

    @Test func followsTheLinkFieldOfCSV() async throws {
        let header = "name,modelType,provider,connectionId\r\n"
        try await CannedServer.run(
            CannedServer.response(
                "text/csv", header + "a,gpt-4o,openAI,c\r\n",
                fields: "Link: </first>; rel=first\r\nLink: <?limit=2&after=a>; rel=\"last next\"\r\n"),
            CannedServer.response("text/csv; charset=UTF-8", header + "b,gpt-4o,openAI,c\r\n")
        ) { server in
            let models = try await pages(at: server.url).flatMap { $0 }
            #expect(models.map(\.name) == ["a", "b"])
            #expect(server.requests.last == "GET /models?limit=2&after=a HTTP/1.1")
        }
    }

    @Test(arguments: ["http://other.example/models", "https://127.0.0.1/models", "file:///models", "//127.0.0.1:1/"])
    func staysWithTheServer(target: String) async throws {
        let answer = CannedServer.response(
            "text/csv", "name\r\n", fields: "Link: <\(target)>; rel=\"next\"\r\n")
        try await CannedServer.run(answer) { server in
            await #expect(throws: ClientError.elsewhere(target)) { try await pages(at: server.url) }
        }
    }

    @Test func doesNotGoInCircles() async throws {
        func answer(_ target: String) -> String {
            CannedServer.response("text/csv", "name\r\n", fields: "Link: <\(target)>; rel=\"next\"\r\n")
        }
        try await CannedServer.run(answer("/b"), answer("/models?limit=2")) { server in
            await #expect(throws: ClientError.circle(server.url)) { try await pages(at: server.url) }
            #expect(server.requests.count == 2)
        }
    }

    // MARK: Refusals

    @Test func tellsTheProblemOfA406() async throws {
        try await SampleServer.run { server in
            await #expect {
                try await pages(at: server.url, accept: "image/png")
            } throws: { error in
                "\(error)" == "406 Not Acceptable: nothing on offer is acceptable to \"Accept: image/png\""
            }
        }
    }

    @Test func tellsAProblemInXML() async throws {
        try await SampleServer.run { server in
            await #expect {
                try await pages(at: server.url.appending(path: "x"), accept: "application/xml")
            } throws: { error in
                "\(error)" == "404 Not Found: there is no large language model with this identifier"
            }
        }
    }

    @Test(arguments: [
        (
            "application/problem+json; charset=utf-8", #"{"title":"Bad day","detail":"The disk is full."}"#,
            "500 Bad day: The disk is full."
        ),
        (
            "application/problem+xml",
            #"<p:problem xmlns:p="urn:ietf:rfc:7807"><p:title>Bad day</p:title></p:problem>"#, "500 Bad day"
        ),
        ("application/problem+json", #"{"title":7,"detail":["x"]"#, "500 Internal Server Error"),
        ("application/problem+xml", "<problem>", "500 Internal Server Error"),
        ("text/html", "<h1>Oops</h1>", "500 Internal Server Error"),
    ])
    func tellsTheProblemOfA500(contentType: String, body: String, sentence: String) async throws {
        try await CannedServer.run(
            CannedServer.response(contentType, body, status: "500 Internal Server Error")
        ) { server in
            await #expect {
                try await pages(at: server.url)
            } throws: { "\($0)" == sentence }
            #expect(server.requests.count == 1)  // Nothing is tried again.
        }
    }

    @Test func followsNoRedirect() async throws {
        try await CannedServer.run(
            CannedServer.response("text/plain", "", status: "302 Found", fields: "Location: /b\r\n")
        ) { server in
            await #expect {
                try await pages(at: server.url)
            } throws: { "\($0)" == "302 Found" }
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: [
        "text/html", "text/csv; header=absent", "application/json; charset=iso-8859-1", "nothing", "application/json,x",
    ])
    func refusesABodyThatItCannotRead(contentType: String) async throws {
        try await CannedServer.run(CannedServer.response(contentType, "name\r\na\r\n")) { server in
            await #expect(throws: ClientError.unknownFormat(contentType)) { try await pages(at: server.url) }
        }
    }

    @Test func refusesABodyWithoutAType() async throws {
        try await CannedServer.run("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]") { server in
            await #expect(throws: ClientError.unknownFormat(nil)) { try await pages(at: server.url) }
        }
    }

    @Test func refusesACompressedBody() async throws {
        let answer = CannedServer.response("application/json", "[]", fields: "Content-Encoding: gzip\r\n")
        try await CannedServer.run(answer) { server in
            await #expect(throws: ClientError.unknownCoding("gzip")) { try await pages(at: server.url) }
        }
    }

    @Test func readsXMLInAnotherEncoding() async throws {
        let body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><largeLanguageModels/>"
        try await CannedServer.run(CannedServer.response("text/xml; charset=iso-8859-1", body)) { server in
            let models = try await pages(at: server.url)
            #expect(models == [[]])
        }
    }

    // MARK: Broken answers

    /// A table that ends behind a row looks whole; that something is missing only the connection says.
    @Test(arguments: [
        "Content-Length: 100\r\n\r\nname,modelType,provider,connectionId\r\na,gpt-4o,openAI,c\r\n",
        "Transfer-Encoding: chunked\r\n\r\n37\r\nname,modelType,provider,connectionId\r\na,gpt-4o,openAI,c\r\n\r\n",
    ])
    func noticesATruncatedBody(rest: String) async throws {
        try await CannedServer.run("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\(rest)") { server in
            await #expect {
                try await pages(at: server.url)
            } throws: { "\($0)".hasPrefix("the connection ended before the body did") }
        }
    }

    @Test func noticesATruncatedDocument() async throws {
        try await CannedServer.run(CannedServer.response("application/json", "[\(Self.model("a"))")) { server in
            await #expect {
                try await pages(at: server.url)
            } throws: { "\($0)".contains("found the end of the input") }
        }
    }

    @Test func namesThePlaceOfAModelThatIsNone() async throws {
        let body = "[\(Self.model("a")),\n{\"name\":\"b\"}]"
        try await CannedServer.run(CannedServer.response("application/json", body)) { server in
            await #expect {
                try await pages(at: server.url)
            } throws: { "\($0)".hasPrefix("2:1: ") && "\($0)".hasSuffix(" ($[1])") }
        }
    }

    @Test func refusesABodyThatIsTooLong() async throws {
        let body = "[" + String(repeating: " ", count: 2000) + "]"
        let chunked =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
        for answer in [CannedServer.response("application/json", body), chunked] {
            try await CannedServer.run(answer) { server in
                await #expect(throws: ClientError.bodyTooLarge(limit: 1000)) {
                    try await pages(at: server.url) { $0.bodyLimit = 1000 }
                }
            }
        }
    }

    @Test func doesNotWaitForEver() async throws {
        let half = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 100\r\n\r\nname"
        for answers in [[], [half + CannedServer.stillThere]] {
            try await CannedServer.run(answers) { server in
                await #expect(throws: ClientError.timeout(.milliseconds(100))) {
                    try await pages(at: server.url) { $0.timeout = .milliseconds(100) }
                }
            }
        }
    }

    @Test(arguments: ["text/csv", "application/x-ndjson"])
    func refusesABodyWhoseEndNobodyKnows(contentType: String) async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: \(contentType)\r\nConnection: close\r\n\r\nname\r\n"
        try await CannedServer.run(answer) { server in
            await #expect {
                try await pages(at: server.url)
            } throws: { "\($0)".hasPrefix("the connection ended before the body did") }
        }
    }

    @Test func takesADocumentThatShowsItsEnd() async throws {
        let answer =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[\(Self.model("a"))]"
        try await CannedServer.run(answer) { server in
            let models = try await pages(at: server.url).flatMap { $0 }
            #expect(models.map(\.name) == ["a"])
        }
    }

    @Test func saysAtOnceThatNobodyIsThere() async throws {
        let url = try #require(URL(string: "http://127.0.0.1:1/"))
        await #expect {
            try await pages(at: url)
        } throws: { !($0 is ClientError) }
    }
}
