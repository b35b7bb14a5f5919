import ResourceFormats

/// Encodes the elements of an array.
struct UnkeyedEncoding: UnkeyedEncodingContainer {
    let state: EncodingState
    let place: Int

    var codingPath: [any CodingKey] { state.codingPath(of: place) }
    var count: Int { state.assembly.elementCount(of: place) }

    @inline(__always)
    private func add() -> Int { state.assembly.addElement(to: place) }

    // MARK: Values

    func encodeNil() { state.assembly.setNull(at: add()) }
    func encode(_ value: Bool) { state.assembly.set(value, at: add()) }
    func encode(_ value: String) { state.assembly.set(value, at: add()) }
    func encode(_ value: Double) throws { try state.encode(value, at: add()) }
    func encode(_ value: Float) throws { try state.encode(value, at: add()) }
    func encode(_ value: Int) { state.encode(value, at: add()) }
    func encode(_ value: Int8) { state.encode(value, at: add()) }
    func encode(_ value: Int16) { state.encode(value, at: add()) }
    func encode(_ value: Int32) { state.encode(value, at: add()) }
    func encode(_ value: Int64) { state.encode(value, at: add()) }
    func encode(_ value: UInt) { state.encode(value, at: add()) }
    func encode(_ value: UInt8) { state.encode(value, at: add()) }
    func encode(_ value: UInt16) { state.encode(value, at: add()) }
    func encode(_ value: UInt32) { state.encode(value, at: add()) }
    func encode(_ value: UInt64) { state.encode(value, at: add()) }
    func encode(_ value: Int128) { state.encodeLarge(value, at: add()) }
    func encode(_ value: UInt128) { state.encodeLarge(value, at: add()) }
    func encode<T: Encodable>(_ value: T) throws { try state.encode(value, at: add()) }

    // MARK: Containers

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        KeyedEncodingContainer(
            KeyedEncoding<NestedKey>(state: state, place: state.object(at: add()), keepsNames: false))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        UnkeyedEncoding(state: state, place: state.array(at: add()))
    }

    func superEncoder() -> any Encoder {
        RecordEncoder(state: state, place: add())
    }
}
