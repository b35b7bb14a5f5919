import Synchronization

/// The tokens of OAuth2 that were given out: in memory, so they end with the process.
///
/// A token is the number of its session and 256 random bits. The session is found by the number, and the bits are
/// compared in constant time.
final class TokenStore: Sendable {
    /// What a client gets (RFC 6749 section 5.1).
    struct Grant: Sendable {
        let access: String
        let refresh: String
    }

    private struct Session {
        let access: Credentials.Secret
        let accessEnd: ContinuousClock.Instant
        let refresh: Credentials.Secret
        let refreshEnd: ContinuousClock.Instant
    }

    private struct State {
        var sessions: [UInt64: Session] = [:]
        var next: UInt64 = 0
        var oldest: UInt64 = 0
    }

    /// How long an access token is valid.
    let lifetime: Duration
    private let refreshLifetime: Duration
    /// How many sessions are kept; the oldest ones end before their time.
    private let capacity: Int
    private let state = Mutex(State())

    init(lifetime: Duration = .seconds(3600), refreshLifetime: Duration = .seconds(30 * 86400), capacity: Int = 10_000)
    {
        self.lifetime = lifetime
        self.refreshLifetime = refreshLifetime
        self.capacity = capacity
    }

    /// New tokens.
    func grant() -> Grant {
        state.withLock { grant(&$0) }
    }

    /// New tokens for a refresh token, which with its access token is not valid any more; nil for one that is not valid.
    func refresh(_ token: String) -> Grant? {
        state.withLock { state in
            guard let (number, bits) = Self.parts(token), let session = state.sessions[number],
                session.refresh.isEqual(bits.utf8), session.refreshEnd > .now
            else { return nil }
            state.sessions[number] = nil
            return grant(&state)
        }
    }

    /// Whether an access token is valid now.
    func isValid(_ token: String) -> Bool {
        guard let (number, bits) = Self.parts(token) else { return false }
        guard let session = state.withLock({ $0.sessions[number] }) else { return false }
        return session.access.isEqual(bits.utf8) && session.accessEnd > .now
    }

    private func grant(_ state: inout State) -> Grant {
        let number = state.next
        state.next += 1
        while state.next - state.oldest > UInt64(capacity) {
            state.sessions[state.oldest] = nil
            state.oldest += 1
        }
        let (access, refresh) = (Self.randomBits(), Self.randomBits())
        let now = ContinuousClock.now
        state.sessions[number] = Session(
            access: Credentials.Secret(access), accessEnd: now + lifetime, refresh: Credentials.Secret(refresh),
            refreshEnd: now + refreshLifetime)
        let prefix = String(number, radix: 36)
        return Grant(access: "\(prefix).\(access)", refresh: "\(prefix).\(refresh)")
    }

    private static func parts(_ token: String) -> (number: UInt64, bits: String)? {
        let parts = token.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let number = UInt64(parts[0], radix: 36) else { return nil }
        return (number, String(parts[1]))
    }

    private static func randomBits() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let text = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }.joined()
    }
}
