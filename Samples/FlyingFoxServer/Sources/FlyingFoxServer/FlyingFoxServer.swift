import FlyingFox
import FlyingSocks
import Foundation
import ModelServer
import ResourceFormats

/// Serves the records of a file.
@main
struct FlyingFoxServer {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        guard let path = arguments.first, arguments.count <= 2, let port = UInt16(arguments.dropFirst().first ?? "8080")
        else { fail("usage: FlyingFoxServer FILE [PORT]", code: 64) }
        let name = URL(fileURLWithPath: path).pathExtension.lowercased()
        guard let format = Format.builtIn.first(where: { $0.fileExtensions.contains(name) }) else {
            fail("\(path): expected a name that ends in \(Format.builtIn.flatMap(\.fileExtensions))", code: 64)
        }
        do {
            let store = ModelStore()
            let count = try await store.add(Array(try Data(contentsOf: URL(fileURLWithPath: path))), from: format)
            say("\(count) models at http://127.0.0.1:\(port)\(ModelRoutes.collection)")
            try await modelServer(store, port: port, logger: HTTPServer.defaultLogger()).run()
        } catch let error as SerializationError {
            fail("\(path):\(error)", code: 65)
        } catch {
            fail("\(path): \(error.localizedDescription)", code: 74)
        }
    }

    private static func say(_ sentence: String) {
        FileHandle.standardError.write(Data("\(sentence)\n".utf8))
    }

    private static func fail(_ sentence: String, code: Int32) -> Never {
        say(sentence)
        exit(code)
    }
}
