import ResourceFormats

/// Decodes one value of a record.
struct RecordDecoder: Decoder {
    let state: DecodingState
    /// The value's number, or `DecodingState.document`.
    let value: Int
    /// The keys of a dictionary are names as they are.
    var keepsNames = false

    var codingPath: [any CodingKey] { state.codingPath(of: value) }
    var userInfo: [CodingUserInfoKey: Any] { state.options.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let (state, value) = try state.resolve(value)
        try state.checkIsObject(value)
        return KeyedDecodingContainer(KeyedDecoding<Key>(state: state, object: value, keepsNames: keepsNames))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try UnkeyedDecoding(state, array: value)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }
}

extension RecordDecoder: SingleValueDecodingContainer {
    /// What a function makes of the value; of a document, of its only record.
    @inline(__always)
    private func only<Result>(_ function: (DecodingState, Int) throws -> Result) throws -> Result {
        if value != DecodingState.document { return try function(state, value) }
        let (record, value) = try state.resolve(value)
        return try function(record, value)
    }

    func decodeNil() -> Bool { value != DecodingState.document && state.isNil(value) }
    func decode(_ type: Bool.Type) throws -> Bool { try only { try $0.bool($1) } }
    func decode(_ type: String.Type) throws -> String { try only { try $0.string($1) } }
    func decode(_ type: Double.Type) throws -> Double { try only { try $0.double($1) } }
    func decode(_ type: Float.Type) throws -> Float { try only { try $0.float($1) } }
    func decode(_ type: Int.Type) throws -> Int { try only { try $0.integer($1) } }
    func decode(_ type: Int8.Type) throws -> Int8 { try only { try $0.integer($1) } }
    func decode(_ type: Int16.Type) throws -> Int16 { try only { try $0.integer($1) } }
    func decode(_ type: Int32.Type) throws -> Int32 { try only { try $0.integer($1) } }
    func decode(_ type: Int64.Type) throws -> Int64 { try only { try $0.integer($1) } }
    func decode(_ type: Int128.Type) throws -> Int128 { try only { try $0.integer($1) } }
    func decode(_ type: UInt.Type) throws -> UInt { try only { try $0.integer($1) } }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try only { try $0.integer($1) } }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try only { try $0.integer($1) } }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try only { try $0.integer($1) } }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try only { try $0.integer($1) } }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try only { try $0.integer($1) } }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try state.decode(type, value) }
}
