import RegistryStore
import ServiceLifecycle

/// Closes the store when the server has answered what it had begun.
struct StoreService: Service {
    let store: ModelStore

    func run() async throws {
        try await gracefulShutdown()
        try await store.close()
    }
}
