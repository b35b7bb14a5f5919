import BookResource
import Hummingbird
import HummingbirdTesting
import ResourceFormats
import Testing

@testable import BookServer

/// The resource as a server sends and takes it.
@Suite struct BookServerTests {
    private static let table = "title,pages\r\nEmma,474\r\n"

    @Test(arguments: ["application/json", "application/hal+json", "application/xml", "text/csv"])
    func respondsInTheFormatThatTheClientAccepts(accept: String) async throws {
        let book = try Format.json.decode(Book.self, from: Array(#"{"id":"1","title":"Emma","isLent":true}"#.utf8))
        try await bookApplication(BookStore([book])).test(.router) { client in
            for (uri, expectsList) in [("/books", true), ("/books/1", false)] {
                try await client.execute(uri: uri, method: .get, headers: [.accept: accept]) { response in
                    #expect(response.status == .ok)
                    let format = try #require(
                        response.headers[.contentType].flatMap { Format(contentType: $0) })
                    let body = Array(buffer: response.body)
                    if expectsList {
                        #expect(try format.decode([Book].self, from: body) == [book])
                    } else {
                        #expect(try format.decode(Book.self, from: body) == book)
                    }
                }
            }
        }
    }

    @Test func createsABookFromARowOfATable() async throws {
        try await bookApplication(BookStore()).test(.router) { client in
            try await client.execute(
                uri: "/books", method: .post, headers: [.contentType: "text/csv"],
                body: ByteBuffer(string: Self.table)
            ) { response in
                #expect(response.status == .created)
                #expect(String(buffer: response.body) == #"{"id":"1","title":"Emma","pages":474}"# + "\n")
            }
        }
    }

    @Test(arguments: [
        ("application/json", #"{"title":"Emma","pages":0}"#, 422, "from 1 to 100000"),
        ("application/json", #"{"pages":1}"#, 422, "title"),
        ("application/json", "{", 400, "1:2"),
        ("image/png", "x", 415, "application/json"),
    ])
    func refusesABodyWithTheReason(contentType: String, body: String, status: Int, part: String) async throws {
        try await bookApplication(BookStore()).test(.router) { client in
            try await client.execute(
                uri: "/books", method: .post, headers: [.contentType: contentType], body: ByteBuffer(string: body)
            ) { response in
                #expect(response.status.code == status)
                #expect(response.headers[.contentType] == "application/problem+json")
                #expect(String(buffer: response.body).contains(part))
            }
        }
    }

    @Test func saysWhichBookThereIsNot() async throws {
        try await bookApplication(BookStore()).test(.router) { client in
            try await client.execute(uri: "/books/9", method: .get) { response in
                #expect(response.status == .notFound)
                #expect(String(buffer: response.body).contains("there is no book 9"))
            }
        }
    }
}
