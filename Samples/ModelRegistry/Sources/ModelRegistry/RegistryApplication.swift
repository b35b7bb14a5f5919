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
    /// Whom the registry lets in; nobody for everybody.
    var credentials = Credentials()
    /// Whether problems are those of the API's reference.
    var isStrict = false
    /// What links begin with; empty for paths.
    var baseURL = ""
    /// Whether bodies are compressed for clients that accept it.
    var isCompressing = true
    /// Whether links begin with what a proxy says.
    var trustsProxy = false
    /// Where metrics are kept, which are then at `/metrics`; the process has to be set up with it.
    var metrics: PrometheusMetrics?
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
    let cache = RepresentationCache()
    let responder = registryResponder(baseURL: configuration.baseURL, tags: configuration.tags, cache)
    var addresses: PublicAddress?
    if configuration.trustsProxy {
        addresses = PublicAddress(usual: responder) {
            registryResponder(baseURL: $0, tags: configuration.tags, cache)
        }
    }

    let router = Router(context: RegistryContext.self)
    // Spans go to the tracer that the process was set up with, by default to none. A key is no part of them.
    router.add(middleware: TracingMiddleware(redactingQueryParameters: ["api_key"]))
    if configuration.metrics != nil { router.add(middleware: MetricsMiddleware()) }
    router.add(middleware: RequestLogMiddleware())
    router.add(middleware: FixedFields())
    router.add(middleware: CrossOriginMiddleware())
    let limits = configuration.limits
    if configuration.isCompressing {
        router.add(middleware: ContentCodingMiddleware(responder, bodyLimit: limits.bodySize))
    }
    if configuration.isStrict { router.add(middleware: StrictProblemTypes()) }
    router.add(middleware: ProblemMiddleware(responder))
    if configuration.isStrict { router.add(middleware: StrictProblems()) }
    router.add(middleware: StoreFailureMiddleware())
    let tokens = TokenStore()
    // The page, the description and the relations are for everybody.
    let access = AccessMiddleware(credentials: configuration.credentials, tokens: tokens)
    ModelRoutes(
        store: store, responder: responder, addresses: addresses, limits: limits, places: ListPlaces(limits.lists)
    ).add(to: router.group().add(middleware: access))
    TokenRoutes(credentials: configuration.credentials, tokens: tokens, limits: limits).add(to: router)
    let description = RegistryDescription(
        version: "2.0", baseURL: configuration.baseURL.isEmpty ? "/" : configuration.baseURL,
        limit: RegistryDescription.PageLimit(PageQuery.limits, usual: PageQuery.defaultLimit),
        access: configuration.credentials.described)
    SiteRoutes(store: store, description: try description.openAPI()).add(to: router)
    if let metrics = configuration.metrics {
        router.resource(
            "/metrics",
            [
                .get: { @Sendable request, _ in
                    SiteRoutes.content(Array(metrics.text.utf8), PrometheusMetrics.contentType, request)
                }
            ])
    }

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
                    HeadResponseHandler(), StalledWriteHandler(patience: patience),
                    SlowRequestHandler(patience: connectionPatience),
                ], idleTimeout: connectionPatience)),
        configuration: ApplicationConfiguration(
            address: .hostname(configuration.host, port: configuration.port), serverName: "llmfmt-registry"),
        services: [StoreService(store: store)], logger: logger)
}

/// What answers requests, with links that begin with `baseURL`.
private func registryResponder(
    baseURL: String, tags: EntityTagPolicy, _ cache: RepresentationCache
) -> ResourceResponder {
    let formats = Format.negotiated.map { $0 == .hal ? .hal(HALOptions(baseURL: baseURL)) : $0 }
    return ResourceResponder(
        schema: LargeLanguageModel.schema,
        representations: zip(formats, Representation.standard).map {
            Representation($0, isReadable: $1.isReadable)
        }, baseURL: baseURL, cache: cache, problems: .largeLanguageModels, tags: tags, tables: TablePolicy())
}
