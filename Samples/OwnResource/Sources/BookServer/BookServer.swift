import BookResource
import Hummingbird

/// `BookServer [PORT]` serves books at 127.0.0.1.
@main
struct BookServer {
    static func main() async throws {
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8080
        let application = bookApplication(BookStore(), port: port)
        try await application.runService()
    }
}
