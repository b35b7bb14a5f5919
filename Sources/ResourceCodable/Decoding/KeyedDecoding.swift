import ResourceFormats

/// Decodes the members of an object.
struct KeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let state: DecodingState
    let object: Int
    /// The keys of a dictionary are names as they are.
    let keepsNames: Bool

    var codingPath: [any CodingKey] { state.codingPath(of: object) }

    var allKeys: [Key] {
        let names = state.keyNames(of: object, keepsNames: keepsNames)
        var keys: [Key] = []
        keys.reserveCapacity(names.count)
        for name in names {
            if let key = Key(stringValue: name) { keys.append(key) }
        }
        return keys
    }

    @inline(__always)
    private func find(_ key: some CodingKey) -> Int {
        state.member(key.stringValue, of: object, keepsName: keepsNames)
    }

    /// The value for a key.
    @inline(__always)
    private func value(_ key: Key) throws -> Int {
        let value = find(key)
        if value == 0 { throw state.missing(key, in: object, keepsName: keepsNames) }
        return value
    }

    /// The value for a key; nil for none and for `null`.
    @inline(__always)
    private func present(_ key: Key) -> Int? {
        let value = state.memberUnlessNull(key.stringValue, of: object, keepsName: keepsNames)
        return value == 0 ? nil : value
    }

    /// The same for what an empty cell is not a value of.
    @inline(__always)
    private func presentScalar(_ key: Key) -> Int? {
        present(key).flatMap { state.isAbsentScalar($0) ? nil : $0 }
    }

    // MARK: Values

    func contains(_ key: Key) -> Bool { find(key) != 0 }
    func decodeNil(forKey key: Key) throws -> Bool { state.isNil(try value(key)) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try state.bool(try value(key)) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try state.string(try value(key)) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try state.double(try value(key)) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try state.float(try value(key)) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try state.integer(try value(key)) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try state.integer(try value(key)) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try state.integer(try value(key)) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try state.integer(try value(key)) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try state.integer(try value(key)) }
    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try state.integer(try value(key)) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try state.integer(try value(key)) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try state.integer(try value(key)) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try state.integer(try value(key)) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try state.integer(try value(key)) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try state.integer(try value(key)) }
    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try state.integer(try value(key)) }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try state.decode(type, try value(key))
    }

    // MARK: Values that may be missing

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        try presentScalar(key).map { try state.bool($0) }
    }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try present(key).map { try state.string($0) }
    }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try presentScalar(key).map { try state.double($0) }
    }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
        try presentScalar(key).map { try state.float($0) }
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try presentScalar(key).map { try state.integer($0) }
    }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? {
        try presentScalar(key).map { try state.integer($0) }
    }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
        try presentScalar(key).map { try state.integer($0) }
    }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
        try presentScalar(key).map { try state.integer($0) }
    }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
        try presentScalar(key).map { try state.integer($0) }
    }
    func decodeIfPresent(_ type: Int128.Type, forKey key: Key) throws -> Int128? {
        try presentScalar(key).map { try state.integer($0) }
    }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? {
        try presentScalar(key).map { try state.integer($0) }
    }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
        try presentScalar(key).map { try state.integer($0) }
    }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
        try presentScalar(key).map { try state.integer($0) }
    }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
        try presentScalar(key).map { try state.integer($0) }
    }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
        try presentScalar(key).map { try state.integer($0) }
    }
    func decodeIfPresent(_ type: UInt128.Type, forKey key: Key) throws -> UInt128? {
        try presentScalar(key).map { try state.integer($0) }
    }
    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        guard let value = present(key) else { return nil }
        return try state.decode(type, value)
    }

    // MARK: Containers

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try RecordDecoder(state: state, value: try value(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try UnkeyedDecoding(state, array: try value(key))
    }

    func superDecoder() throws -> any Decoder {
        superDecoder(of: RecordKey.super)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        superDecoder(of: key)
    }

    private func superDecoder(of key: some CodingKey) -> any Decoder {
        let value = find(key)
        if value != 0 { return RecordDecoder(state: state, value: value) }
        return AbsentDecoder(state: state, object: object, key: key)
    }
}
