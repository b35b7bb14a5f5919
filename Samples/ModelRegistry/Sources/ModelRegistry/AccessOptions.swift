import ArgumentParser
import Hummingbird

/// Who is let in.
///
/// The environment is the better place for secrets: others see the arguments of a process.
struct AccessOptions: ParsableArguments {
    @Option(
        help: "A key that clients send as X-API-Key or ?api_key=; also read from REGISTRY_API_KEY. May be repeated.")
    var apiKey: [String] = []

    @Option(help: "A key that only lets read, 403 for writes; also read from REGISTRY_READ_KEY. May be repeated.")
    var readKey: [String] = []

    @Option(
        help: "A token for x-cxone-authorization: Bearer; also read from REGISTRY_CXONE_TOKEN. May be repeated.")
    var cxoneToken: [String] = []

    @Option(
        help: ArgumentHelp(
            "A user for Basic and for OAuth2 at /auth/oauth2/token; also read from REGISTRY_USER. May be repeated.",
            valueName: "name:password"))
    var user: [String] = []

    func validate() throws {
        guard (apiKey + readKey + cxoneToken).allSatisfy({ !$0.utf8.isEmpty }) else {
            throw ValidationError("a key is empty; leave it out to let everybody in")
        }
        guard users.allSatisfy({ Self.user($0) != nil }) else {
            throw ValidationError("a user has to be NAME:PASSWORD, and neither of them empty")
        }
    }

    /// What the options and the environment say.
    var credentials: Credentials {
        var credentials = Credentials()
        credentials.keys = (apiKey.isEmpty ? Self.fromEnvironment("REGISTRY_API_KEY") : apiKey)
            .map(Credentials.Secret.init)
        credentials.readKeys = (readKey.isEmpty ? Self.fromEnvironment("REGISTRY_READ_KEY") : readKey)
            .map(Credentials.Secret.init)
        credentials.cxoneTokens = (cxoneToken.isEmpty ? Self.fromEnvironment("REGISTRY_CXONE_TOKEN") : cxoneToken)
            .map(Credentials.Secret.init)
        credentials.users = users.compactMap(Self.user)
        return credentials
    }

    private var users: [String] { user.isEmpty ? Self.fromEnvironment("REGISTRY_USER") : user }

    /// What a variable says; an empty one is none.
    private static func fromEnvironment(_ name: String) -> [String] {
        Environment().get(name).flatMap { $0.utf8.isEmpty ? nil : [$0] } ?? []
    }

    private static func user(_ text: String) -> Credentials.User? {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        return Credentials.User(name: String(parts[0]), password: Credentials.Secret(String(parts[1])))
    }
}
