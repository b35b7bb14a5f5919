/// Why a parse stopped before its end.
enum ParseStop: Error {
    /// The bytes ran out and more may come: parse the record again when there are more.
    case needsMoreInput
    /// The input is refused.
    case refused(SerializationError)
}
