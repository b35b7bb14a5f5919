import HTTPTypes
import Synchronization

/// Keeps what was encoded for a state, so that the next client that asks for the same gets it at the cost of a copy.
///
/// Of use where more is read than written. What a responder keeps is found again by the authority and target of the
/// request and by the entity tag, which names both the state and the representation: a new state is never answered with
/// an old body. What was not asked for of late is the first to make room. Only responses with a version are kept, and only
/// those with status 200.
///
/// Safe to be used from many threads. Each responder needs one of its own: another may send something else for the same.
public final class RepresentationCache: Sendable {
    /// What a response sends, without the application's own fields.
    struct Entry: Sendable {
        let content: ResourceContent
        /// The values of `Link` and `X-Total-Count`, where the format has no place for them.
        let link: String?
        let total: String?
    }

    /// Bytes, because text would be equal to other text that is canonically equivalent.
    typealias Key = [UInt8]

    fileprivate struct Kept {
        let entry: Entry
        let size: Int
        /// Whether it was asked for since room was last looked for.
        var isUsed = false
    }

    fileprivate struct State {
        var entries: [Key: Kept] = [:]
        /// The oldest is at `head`; what was used when its turn came stands at the end once more.
        var queue: [Key] = []
        var head = 0
        var size = 0
    }

    /// How many bytes are kept at most, with a guess at what keeping them takes.
    public let byteLimit: Int
    private let state = Mutex(State())

    /// A cache that holds nothing yet.
    ///
    /// - Parameter byteLimit: How many bytes are kept at most; no body of more than an eighth of it is.
    public init(byteLimit: Int = 32 << 20) {
        self.byteLimit = byteLimit
    }

    /// How many bytes are kept.
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
        // The key is there twice. Dictionary, queue and the memory of the body take some more.
        let size = entry.content.count + 2 * key.count + (entry.link?.utf8.count ?? 0) + 768
        guard size <= byteLimit / 8 else { return }
        // What was written to has room to grow, often as much again.
        let entry = Entry(content: ResourceContent(copying: entry.content), link: entry.link, total: entry.total)
        state.withLock { state in
            // Two requests may have encoded the same.
            guard state.entries[key] == nil else { return }
            while state.size + size > byteLimit { state.dropOne() }
            state.entries[key] = Kept(entry: entry, size: size)
            state.queue.append(key)
            state.size += size
        }
    }
}

extension RepresentationCache.State {
    /// Drops the oldest entry that was not used of late.
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
