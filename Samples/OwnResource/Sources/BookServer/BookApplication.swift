import BookResource
import Hummingbird
import ResourceFormats
import ResourceHTTP
import ResourceHummingbird

/// A server of books, in each format that a client accepts.
func bookApplication(_ store: BookStore, port: Int = 8080) -> some ApplicationProtocol {
    let responder = ResourceResponder(schema: Book.schema)
    let validator = RecordValidator(schema: Book.schema, profile: .create)
    let router = Router()
    router.add(middleware: ProblemMiddleware(responder))
    router.get("/books") { request, _ in
        try responder.response(to: request.head, with: await store.books)
    }
    router.get("/books/:id") { request, context in
        let id = try context.parameters.require("id")
        guard let book = await store.book(id) else { throw ProblemDetails(.notFound, "there is no book \(id)") }
        return try responder.response(to: request.head, with: book)
    }
    router.post("/books") { request, _ in
        let record = try await request.record(with: responder, validator: validator)
        guard let book = try record.withRecord({ try Book($0) }) else { throw ProblemDetails(.badRequest) }
        let added = await store.add(book)
        return try responder.response(to: request.head, with: added, status: .created)
    }
    return Application(
        router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)))
}
