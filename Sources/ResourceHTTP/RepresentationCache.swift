import HTTPTypes
import Synchronization

/// Keeps the encoded bytes of a state, so that the next request for the same representation costs only a copy.
///
/// It is useful where resources are read more often than written. Entries are found by the authority and target of the
/// request and by the entity tag, which identifies both the state and the representation. So a new state is never
/// answered with an old body. Entries that were not used recently are dropped first. Only responses with a version and
/// with status 200 are kept.
///
/// The cache may be used by many threads. Each responder needs a cache of its own, because another responder may send
/// something else for the same request.
public final class RepresentationCache: Sendable {
    /// The content of a response, without the application's own fields.
    struct Entry: Sendable {
        let content: ResourceContent
        /// The values of `Link` and `X-Total-Count`, if the format cannot carry links and pages.
        let link: String?
        let total: String?
    }

    /// A key as bytes, because canonically equivalent strings would be equal.
    typealias Key = [UInt8]

    fileprivate struct Kept {
        let entry: Entry
        let size: Int
        /// Whether the entry was used since the last search for one to drop.
        var isUsed = false
    }

    fileprivate struct State {
        var entries: [Key: Kept] = [:]
        /// The keys, the oldest at `head`; an entry that was used when its turn came is moved to the end.
        var queue: [Key] = []
        var head = 0
        var size = 0
    }

    /// The largest number of bytes kept, including an estimate of the overhead.
    public let byteLimit: Int
    private let state = Mutex(State())

    /// An empty cache.
    ///
    /// - Parameter byteLimit: The largest number of bytes kept; a body of more than an eighth of it is not kept.
    public init(byteLimit: Int = 32 << 20) {
        self.byteLimit = byteLimit
    }

    /// The number of bytes kept.
    public var size: Int { state.withLock { $0.size } }

    static func key(_ request: HTTPRequest, _ tag: EntityTag) -> Key {
        var key: Key = []
        key.reserveCapacity(128)
        for part in [request.authority ?? "", request.path ?? "", tag.value] {
            key += part.utf8
            key.append(0)  // None of them holds one.
        }
        return key
    }

    func entry(for key: Key) -> Entry? {
        state.withLock { state in
            guard let index = state.entries.index(forKey: key) else { return nil }
            state.entries.values[index].isUsed = true
            return state.entries.values[index].entry
        }
    }

    func keep(_ entry: Entry, for key: Key) {
        // The key is stored twice. The dictionary, the queue and the memory of the body need some more.
        let size = entry.content.count + 2 * key.count + (entry.link?.utf8.count ?? 0) + 768
        guard size <= byteLimit / 8 else { return }
        // A buffer that was written to has room to grow, often as much again, so the entry gets a copy of the exact
        // size.
        let entry = Entry(content: ResourceContent(copying: entry.content), link: entry.link, total: entry.total)
        state.withLock { state in
            // Two requests may have encoded the same at the same time.
            guard state.entries[key] == nil else { return }
            while state.size + size > byteLimit { state.dropOne() }
            state.entries[key] = Kept(entry: entry, size: size)
            state.queue.append(key)
            state.size += size
        }
    }
}

extension RepresentationCache.State {
    /// Drops the oldest entry that was not used recently.
    fileprivate mutating func dropOne() {
        while head < queue.count {
            let key = queue[head]
            head += 1
            if head > queue.count / 2 {
                queue.removeFirst(head)
                head = 0
            }
            if entries[key]?.isUsed == true {
                entries[key]?.isUsed = false
                queue.append(key)
            } else {
                size -= entries.removeValue(forKey: key)?.size ?? 0
                return
            }
        }
    }
}
