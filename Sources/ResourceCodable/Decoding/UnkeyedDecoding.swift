import ResourceFormats

/// Decodes the elements of an array, or the records of a document.
struct UnkeyedDecoding: UnkeyedDecodingContainer {
    private let state: DecodingState
    // Narrow numbers keep the container small enough to stand in an existential.
    private let array: Int32
    /// The number of the next element on the tape, or of the next record.
    private var next: Int32
    private var index: Int32 = 0
    /// The number after the last element.
    private let end: Int32

    init(_ state: DecodingState, array: Int) throws {
        if array == DecodingState.document {
            state.isAskedForList = true
            next = 0
            end = Int32(truncatingIfNeeded: state.records.count)
        } else {
            try state.checkIsArray(array)
            next = Int32(truncatingIfNeeded: array &+ 1)
            end = Int32(truncatingIfNeeded: state.record.end(of: array))
        }
        self.state = state
        self.array = Int32(truncatingIfNeeded: array)
    }

    private var isDocument: Bool { array < 0 }

    var codingPath: [any CodingKey] { state.codingPath(of: Int(array)) }
    var count: Int? { isDocument ? state.records.count : state.record.count(of: Int(array)) }
    var currentIndex: Int { Int(index) }
    var isAtEnd: Bool { next >= end }

    /// The element that is next, and the state that it belongs to.
    @inline(__always)
    private func element<T>(_ type: T.Type) throws -> (state: DecodingState, value: Int) {
        if isAtEnd { throw state.end(type, of: Int(array), index: Int(index)) }
        return isDocument ? (state.records[Int(next)], 0) : (state, Int(next))
    }

    /// Moves on to the element after the next one.
    @inline(__always)
    private mutating func advance() {
        next = isDocument ? next &+ 1 : Int32(truncatingIfNeeded: state.record.end(of: Int(next)))
        index &+= 1
    }

    // MARK: Values

    mutating func decodeNil() throws -> Bool {
        let (state, value) = try element(Any?.self)
        guard state.isNil(value) else { return false }
        advance()
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool {
        let (state, value) = try element(type)
        let result: Bool = try state.bool(value)
        advance()
        return result
    }

    mutating func decode(_ type: String.Type) throws -> String {
        let (state, value) = try element(type)
        let result: String = try state.string(value)
        advance()
        return result
    }

    mutating func decode(_ type: Double.Type) throws -> Double {
        let (state, value) = try element(type)
        let result: Double = try state.double(value)
        advance()
        return result
    }

    mutating func decode(_ type: Float.Type) throws -> Float {
        let (state, value) = try element(type)
        let result: Float = try state.float(value)
        advance()
        return result
    }

    mutating func decode(_ type: Int.Type) throws -> Int {
        let (state, value) = try element(type)
        let result: Int = try state.integer(value)
        advance()
        return result
    }

    mutating func decode(_ type: Int8.Type) throws -> Int8 {
        let (state, value) = try element(type)
        let result: Int8 = try state.integer(value)
        advance()
        return result
    }

    mutating func decode(_ type: Int16.Type) throws -> Int16 {
        let (state, value) = try element(type)
        let result: Int16 = try state.integer(value)
        advance()
        return result
    }

    mutating func decode(_ type: Int32.Type) throws -> Int32 {
        let (state, value) = try element(type)
        let result: Int32 = try state.integer(value)
        advance()
        return result
    }

    mutating func decode(_ type: Int64.Type) throws -> Int64 {
        let (state, value) = try element(type)
        let result: Int64 = try state.integer(value)
        advance()
        return result
    }

    mutating func decode(_ type: Int128.Type) throws -> Int128 {
        let (state, value) = try element(type)
        let result: Int128 = try state.integer(value)
        advance()
        return result
    }

    mutating func decode(_ type: UInt.Type) throws -> UInt {
        let (state, value) = try element(type)
        let result: UInt = try state.integer(value)
        advance()
        return result
    }

    mutating func decode(_ type: UInt8.Type) throws -> UInt8 {
        let (state, value) = try element(type)
        let result: UInt8 = try state.integer(value)
        advance()
        return result
    }

    mutating func decode(_ type: UInt16.Type) throws -> UInt16 {
        let (state, value) = try element(type)
        let result: UInt16 = try state.integer(value)
        advance()
        return result
    }

    mutating func decode(_ type: UInt32.Type) throws -> UInt32 {
        let (state, value) = try element(type)
        let result: UInt32 = try state.integer(value)
        advance()
        return result
    }

    mutating func decode(_ type: UInt64.Type) throws -> UInt64 {
        let (state, value) = try element(type)
        let result: UInt64 = try state.integer(value)
        advance()
        return result
    }

    mutating func decode(_ type: UInt128.Type) throws -> UInt128 {
        let (state, value) = try element(type)
        let result: UInt128 = try state.integer(value)
        advance()
        return result
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let (state, value) = try element(type)
        let result = try state.decode(type, value)
        advance()
        return result
    }

    // MARK: Containers

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        let (state, value) = try element(KeyedDecodingContainer<NestedKey>.self)
        let container = try RecordDecoder(state: state, value: value).container(keyedBy: type)
        advance()
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let (state, value) = try element((any UnkeyedDecodingContainer).self)
        let container = try UnkeyedDecoding(state, array: value)
        advance()
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let (state, value) = try element((any Decoder).self)
        advance()
        return RecordDecoder(state: state, value: value)
    }
}
