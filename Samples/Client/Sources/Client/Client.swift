import ArgumentParser
import Foundation
import LLMResources
import ModelClient

/// Lists the large language models of a server.
@main
struct Client: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Client",
        abstract: "List the large language models of a server, one a line: identifier, provider, type and name.")

    @Argument(help: "The URL of the first page.")
    var url: String

    @Option(help: "The value of Accept: the formats to ask for.")
    var accept = ModelClient.Options().accept

    @Option(help: "How many seconds a page may take.")
    var timeout = 30

    @Option(help: "The largest page, in bytes.")
    var maxBody = ModelClient.Options().bodyLimit

    func validate() throws {
        guard let url = URL(string: url), ["http", "https"].contains(url.scheme?.lowercased()), url.host() != nil
        else { throw ValidationError("'\(url)' is no URL of the web") }
        guard timeout > 0, maxBody > 0 else { throw ValidationError("limits have to be more than 0") }
    }

    func run() async throws {
        guard let url = URL(string: url) else { return }
        var options = ModelClient.Options()
        options.accept = accept
        options.timeout = .seconds(timeout)
        options.bodyLimit = maxBody
        do {
            try await ModelClient.run(options) { client in
                for try await models in client.pages(at: url) {
                    for model in models { print(Self.line(model)) }
                }
            }
        } catch {
            FileHandle.standardError.write(Data("\(Self.onOneLine("\(error)"))\n".utf8))
            throw ExitCode.failure
        }
    }

    private static func line(_ model: LargeLanguageModel) -> String {
        [model.id ?? "-", model.provider.rawValue, model.modelType.rawValue, model.name]
            .map(onOneLine).joined(separator: "\t")
    }

    /// A server's text without what would begin a line or command the terminal.
    private static func onOneLine(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: line += scalar.escaped(asASCII: true)
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }
}
