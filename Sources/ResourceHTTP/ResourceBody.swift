/// What a response or a problem sends behind its head.
public enum ResourceBody: Sendable {
    /// Nothing: the answer to HEAD, and every 204 and 304.
    case none
    /// Bytes whose number is in `Content-Length`.
    case bytes([UInt8])
    /// Pieces whose number nobody knows before they are all made.
    case stream(ConvertedDocument)

    /// How many bytes there are; nil for a stream.
    public var count: Int? {
        switch self {
        case .none: 0
        case .bytes(let bytes): bytes.count
        case .stream: nil
        }
    }
}
