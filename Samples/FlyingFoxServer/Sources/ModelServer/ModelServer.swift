public import FlyingFox
public import FlyingSocks

/// A server of large language models at 127.0.0.1.
///
/// - Parameters:
///   - store: The models.
///   - port: The port; 0 for any that is free.
///   - limits: What a request may take.
///   - logger: Hears of requests and problems.
/// - Returns: The server; `run()` starts it.
public func modelServer(
    _ store: ModelStore, port: UInt16, limits: RequestLimits = RequestLimits(), logger: any Logging = .disabled
) throws -> HTTPServer {
    let routes = ModelRoutes(store: store)
    let handler = ResourceHandler(
        responder: routes.responder, limits: limits, logger: logger, answer: routes.answer)
    return HTTPServer(
        // Bodies are read once, as they come: FlyingFox need not keep them to be read again.
        config: .init(
            address: try .inet(ip4: "127.0.0.1", port: port), sharedRequestReplaySize: 0, logger: logger),
        handler: handler)
}
