import ArgumentParser
import CoreMetrics
import Hummingbird
import LLMResources
import Logging
import RegistryStore
import ResourceFormats
import ResourceHTTP

/// A registry of large language models that speaks as the API does.
@main
struct Registry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ModelRegistry",
        abstract: "Serve large language models from a SQLite database, in JSON, HAL, XML and CSV.")

    @Option(help: "The address to listen at.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen at.")
    var port = 8080

    @Option(help: "The database file; it is made if it is missing. \":memory:\" keeps nothing.")
    var database = "models.sqlite"

    @Option(
        name: .customLong("import"),
        help: "A file of records to take in before the start, of any format; those that are there already are left out."
    )
    var imports: [String] = []

    @Option(help: "The format of the imported files, if their names do not tell it.")
    var from: String?

    @OptionGroup(title: "Access")
    var access: AccessOptions

    @Flag(help: "Answer with the statuses and texts of problems that the API's reference has, and no others.")
    var strict = false

    @Option(help: "What links begin with, such as https://models.example.com; without it they are paths.")
    var baseUrl = ""

    @Flag(help: "Links begin with what a proxy says in Forwarded or X-Forwarded-Proto, -Host and -Prefix.")
    var trustProxy = false

    @Flag(help: "Count and time requests, and show the metrics at /metrics in the text format of Prometheus.")
    var metrics = false

    @Flag(inversion: .prefixedNo, help: "Compress bodies for clients that accept it.")
    var compress = true

    @Option(help: "The largest body of a request, in bytes.")
    var maxBody = 1 << 20

    @Option(help: "How many seconds a client may take to send a body, or to take a piece of an answer.")
    var patience = 30

    @Option(help: "How many lists of more than 1000 models may be sent at once; 503 for others.")
    var maxLists = 32

    @Flag(help: "Accept what compressing proxies make of entity tags: W/\"x\" and \"x-gzip\" for \"x\".")
    var behindCompressingProxy = false

    @Option(help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel = "info"

    func validate() throws {
        guard Logger.Level(rawValue: logLevel) != nil else { throw ValidationError("'\(logLevel)' is no log level") }
        guard (0...65535).contains(port) else { throw ValidationError("'\(port)' is no port") }
        guard maxBody > 0, patience > 0, maxLists > 0 else { throw ValidationError("limits have to be more than 0") }
        if let from, format(named: from) == nil { throw ValidationError("'\(from)' is no format") }
    }

    func run() async throws {
        var configuration = RegistryConfiguration()
        configuration.host = host
        configuration.port = port
        configuration.credentials = access.credentials
        configuration.isStrict = strict
        configuration.trustsProxy = trustProxy
        if metrics {
            let metrics = PrometheusMetrics()
            MetricsSystem.bootstrap(metrics)
            configuration.metrics = metrics
        }
        configuration.baseURL = baseUrl
        configuration.isCompressing = compress
        configuration.limits = RequestLimits(bodySize: maxBody, patience: .seconds(patience), lists: maxLists)
        if behindCompressingProxy { configuration.tags = .behindCompressingProxy }
        configuration.logLevel = Logger.Level(rawValue: logLevel) ?? .info

        let store = try await ModelStore(path: database)
        for path in imports {
            let report = try await store.importDocument(path: path, format: from.flatMap(format(named:)))
            print("\(path): \(report.inserted) imported, \(report.skipped) there already")
        }
        try await registryApplication(configuration, store: store).runService()
    }

    private func format(named name: String) -> Format? {
        Format.builtIn.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
}
