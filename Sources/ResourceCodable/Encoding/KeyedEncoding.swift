import ResourceFormats

/// Encodes the members of an object.
struct KeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let state: EncodingState
    let place: Int
    /// The keys of a dictionary are names as they are.
    let keepsNames: Bool

    var codingPath: [any CodingKey] { state.codingPath(of: place) }

    @inline(__always)
    private func add(_ key: some CodingKey) -> Int {
        state.addMember(key, to: place, keepsName: keepsNames)
    }

    // MARK: Values

    func encodeNil(forKey key: Key) { state.assembly.setNull(at: add(key)) }
    func encode(_ value: Bool, forKey key: Key) { state.assembly.set(value, at: add(key)) }
    func encode(_ value: String, forKey key: Key) { state.assembly.set(value, at: add(key)) }
    func encode(_ value: Double, forKey key: Key) throws { try state.encode(value, at: add(key)) }
    func encode(_ value: Float, forKey key: Key) throws { try state.encode(value, at: add(key)) }
    func encode(_ value: Int, forKey key: Key) { state.encode(value, at: add(key)) }
    func encode(_ value: Int8, forKey key: Key) { state.encode(value, at: add(key)) }
    func encode(_ value: Int16, forKey key: Key) { state.encode(value, at: add(key)) }
    func encode(_ value: Int32, forKey key: Key) { state.encode(value, at: add(key)) }
    func encode(_ value: Int64, forKey key: Key) { state.encode(value, at: add(key)) }
    func encode(_ value: UInt, forKey key: Key) { state.encode(value, at: add(key)) }
    func encode(_ value: UInt8, forKey key: Key) { state.encode(value, at: add(key)) }
    func encode(_ value: UInt16, forKey key: Key) { state.encode(value, at: add(key)) }
    func encode(_ value: UInt32, forKey key: Key) { state.encode(value, at: add(key)) }
    func encode(_ value: UInt64, forKey key: Key) { state.encode(value, at: add(key)) }
    func encode(_ value: Int128, forKey key: Key) { state.encodeLarge(value, at: add(key)) }
    func encode(_ value: UInt128, forKey key: Key) { state.encodeLarge(value, at: add(key)) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try state.encode(value, at: add(key)) }

    // MARK: Containers

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        let member = add(key)
        state.assembly.share(member)
        return KeyedEncodingContainer(
            KeyedEncoding<NestedKey>(state: state, place: state.object(at: member), keepsNames: false))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        let member = add(key)
        state.assembly.share(member)
        return UnkeyedEncoding(state: state, place: state.array(at: member))
    }

    func superEncoder() -> any Encoder {
        RecordEncoder(state: state, place: add(RecordKey.super))
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        RecordEncoder(state: state, place: add(key))
    }
}
