/// The reason why a parse stopped early.
enum ParseStop: Error {
    /// The bytes ran out, and more may come: parse the record again with more bytes.
    case needsMoreInput
    /// The input is refused.
    case refused(SerializationError)
}
