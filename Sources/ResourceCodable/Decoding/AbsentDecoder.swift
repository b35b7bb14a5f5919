import ResourceFormats

/// The decoder of a member that is not there, as `superDecoder` has to return one.
///
/// It has nothing but nil.
struct AbsentDecoder: Decoder, SingleValueDecodingContainer {
    let state: DecodingState
    let object: Int
    let key: any CodingKey

    var codingPath: [any CodingKey] { state.codingPath(of: object) + [key] }
    var userInfo: [CodingUserInfoKey: Any] { state.options.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw absent(KeyedDecodingContainer<Key>.self)
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw absent((any UnkeyedDecodingContainer).self)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    private func absent(_ type: Any.Type) -> DecodingError {
        let error = state.record.error(
            .missingField, expected: "the member \"\(key.stringValue)\"", found: "no value", at: object,
            missing: key.stringValue)
        return DecodingError.valueNotFound(
            type,
            DecodingError.Context(codingPath: codingPath, debugDescription: error.sentence, underlyingError: error))
    }

    // MARK: Values

    func decodeNil() -> Bool { true }
    func decode(_ type: Bool.Type) throws -> Bool { throw absent(type) }
    func decode(_ type: String.Type) throws -> String { throw absent(type) }
    func decode(_ type: Double.Type) throws -> Double { throw absent(type) }
    func decode(_ type: Float.Type) throws -> Float { throw absent(type) }
    func decode(_ type: Int.Type) throws -> Int { throw absent(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { throw absent(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { throw absent(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { throw absent(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { throw absent(type) }
    func decode(_ type: Int128.Type) throws -> Int128 { throw absent(type) }
    func decode(_ type: UInt.Type) throws -> UInt { throw absent(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { throw absent(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { throw absent(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { throw absent(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { throw absent(type) }
    func decode(_ type: UInt128.Type) throws -> UInt128 { throw absent(type) }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: self) }
}
