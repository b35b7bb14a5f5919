/// Support for code that works with `Encodable` and `Decodable`, by way of the same tape as the formats.
///
/// Unknown members are carried as far as these protocols allow. A number becomes an `Int64`, a `UInt64` or a `Double`,
/// so `1.0` may become `1`. A keyed container has no order, so unknown members are sorted by name. To get records back
/// byte for byte, use a `Format`.
extension LargeLanguageModel: Codable {
    /// Encodes known members under their JSON names, and unknown ones.
    ///
    /// - Throws: `EncodingError.invalidValue` for a number outside the range of `Double`, and for unknown members that
    ///   cannot be part of the record.
    public func encode(to encoder: any Encoder) throws {
        try ResourceCoding.encode(self, to: encoder)
    }

    /// Decodes known members, and keeps unknown ones.
    ///
    /// - Throws: The decoder's error for a value of another type than the schema's. `DecodingError.dataCorrupted`, with
    ///   a `SerializationError` as underlying error, for a record that is too deep or in which a required member is
    ///   missing.
    public init(from decoder: any Decoder) throws {
        self = try ResourceCoding.decode(Self.self, from: decoder)
    }
}
