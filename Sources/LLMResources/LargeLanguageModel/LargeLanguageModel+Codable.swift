/// A courtesy for code that works with `Encodable` and `Decodable`, over the same tape as the formats.
///
/// Unknown members are carried too, as far as these protocols can: a number is an `Int64`, a `UInt64` or a `Double`, so
/// `1.0` may become `1`; and a keyed container has no order, so unknown members come in the order of their names. For
/// what must come back byte for byte, use a `Format`.
extension LargeLanguageModel: Codable {
    /// Encodes known members under their JSON names, and unknown ones.
    ///
    /// - Throws: `EncodingError.invalidValue` for a number beyond `Double` and for unknown members that do not fit.
    public func encode(to encoder: any Encoder) throws {
        try ResourceCoding.encode(self, to: encoder)
    }

    /// Decodes known members, and keeps unknown ones.
    ///
    /// - Throws: The decoder's error for a value of another type than the schema's; `DecodingError.dataCorrupted` with the
    ///   `SerializationError` as underlying error for a record that lacks a required member or is too deep.
    public init(from decoder: any Decoder) throws {
        self = try ResourceCoding.decode(Self.self, from: decoder)
    }
}
