import ResourceFormats

/// Encodes one value of a record, at its place.
struct RecordEncoder: Encoder {
    let state: EncodingState
    let place: Int
    /// The keys of a dictionary are names as they are.
    var keepsNames = false

    var codingPath: [any CodingKey] { state.codingPath(of: place) }
    var userInfo: [CodingUserInfoKey: Any] { state.options.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(
            KeyedEncoding<Key>(state: state, place: state.object(at: place), keepsNames: keepsNames))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        UnkeyedEncoding(state: state, place: state.array(at: place))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension RecordEncoder: SingleValueEncodingContainer {
    func encodeNil() { state.assembly.setNull(at: place) }
    func encode(_ value: Bool) { state.assembly.set(value, at: place) }
    func encode(_ value: String) { state.assembly.set(value, at: place) }
    func encode(_ value: Double) throws { try state.encode(value, at: place) }
    func encode(_ value: Float) throws { try state.encode(value, at: place) }
    func encode(_ value: Int) { state.encode(value, at: place) }
    func encode(_ value: Int8) { state.encode(value, at: place) }
    func encode(_ value: Int16) { state.encode(value, at: place) }
    func encode(_ value: Int32) { state.encode(value, at: place) }
    func encode(_ value: Int64) { state.encode(value, at: place) }
    func encode(_ value: Int128) { state.encodeLarge(value, at: place) }
    func encode(_ value: UInt) { state.encode(value, at: place) }
    func encode(_ value: UInt8) { state.encode(value, at: place) }
    func encode(_ value: UInt16) { state.encode(value, at: place) }
    func encode(_ value: UInt32) { state.encode(value, at: place) }
    func encode(_ value: UInt64) { state.encode(value, at: place) }
    func encode(_ value: UInt128) { state.encodeLarge(value, at: place) }
    func encode<T: Encodable>(_ value: T) throws { try state.encode(value, at: place) }
}
