import HTTPTypes
import Hummingbird
import LLMResources
import LLMResourcesHTTP
import Logging
import NIOCore
import RegistryDescription
import RegistryStore
import ResourceFormats
import ResourceHTTP
import ResourceHummingbird

/// How a registry is set up.
struct RegistryConfiguration: Sendable {
    var host = "127.0.0.1"
    var port = 8080
    /// The key that clients have to know; nil for none.
    var apiKey: String?
    /// What links begin with; empty for paths.
    var baseURL = ""
    var limits = RequestLimits()
    /// Which forms of tags are accepted in preconditions.
    var tags = EntityTagPolicy.standard
    var logLevel = Logger.Level.info
}

/// The registry as a Hummingbird application over a store.
///
/// - Throws: Nothing that a caller could do anything about: the description of a schema that cannot be written.
func registryApplication(
    _ configuration: RegistryConfiguration, store: ModelStore
) throws -> some ApplicationProtocol {
    let formats = Format.negotiated.map { $0 == .hal ? .hal(HALOptions(baseURL: configuration.baseURL)) : $0 }
    let responder = ResourceResponder(
        schema: LargeLanguageModel.schema,
        representations: zip(formats, Representation.standard).map {
            Representation($0, isReadable: $1.isReadable)
        }, baseURL: configuration.baseURL, cache: RepresentationCache(), problems: .largeLanguageModels,
        tags: configuration.tags, tables: TablePolicy())

    let router = Router(context: RegistryContext.self)
    router.add(middleware: RequestLogMiddleware())
    router.add(middleware: CrossOriginMiddleware())
    router.add(middleware: ProblemMiddleware(responder))
    router.add(middleware: StoreFailureMiddleware())
    let limits = configuration.limits
    // The page, the description and the relations are for everybody.
    ModelRoutes(store: store, responder: responder, limits: limits, places: ListPlaces(limits.lists))
        .add(to: router.group().add(middleware: APIKeyMiddleware(key: configuration.apiKey)))
    let description = RegistryDescription(
        version: "2.0", baseURL: configuration.baseURL.isEmpty ? "/" : configuration.baseURL,
        limit: RegistryDescription.PageLimit(PageQuery.limits, usual: PageQuery.defaultLimit),
        requiresKey: configuration.apiKey != nil)
    SiteRoutes(store: store, description: try description.openAPI()).add(to: router)

    var logger = Logger(label: "registry")
    logger.logLevel = configuration.logLevel
    let patience = TimeAmount.nanoseconds(Int64(limits.patience / .nanoseconds(1)))
    // A little more for the connection, so that a route's 408 is out before it is closed.
    let connectionPatience = patience + .seconds(1)
    return Application(
        router: router,
        server: .http1(
            rules: RequestHeadRules(responder, crossOrigin: .standard, logger: logger),
            configuration: .init(
                additionalChannelHandlers: [
                    StalledWriteHandler(patience: patience), SlowRequestHandler(patience: connectionPatience),
                ], idleTimeout: connectionPatience)),
        configuration: ApplicationConfiguration(
            address: .hostname(configuration.host, port: configuration.port), serverName: "llmfmt-registry"),
        services: [StoreService(store: store)], logger: logger)
}
