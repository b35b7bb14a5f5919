import ResourceFormats

/// Connects resources to `Encoder` and `Decoder` by way of a tape, so that no resource needs coding keys.
enum ResourceCoding {
    /// A member name, known or not.
    struct Key: CodingKey {
        let stringValue: String
        /// The index in an array, in the path of an error.
        let intValue: Int?

        init(stringValue: String) {
            self.stringValue = stringValue
            intValue = nil
        }

        init(intValue: Int) {
            stringValue = "Index \(intValue)"
            self.intValue = intValue
        }
    }

    // MARK: Encoding

    static func encode<R: Resource>(_ resource: R, to encoder: any Encoder) throws {
        var tape = RecordTape()
        do {
            try resource.write(to: &tape)
            try tape.check(against: R.schema)
        } catch {
            throw EncodingError.invalidValue(
                resource,
                EncodingError.Context(
                    codingPath: encoder.codingPath, debugDescription: error.sentence, underlyingError: error))
        }
        guard let record = tape.record else { return }
        var container = encoder.container(keyedBy: Key.self)
        try encode(membersOf: record, R.schema, into: &container)
    }

    private static func encode(
        membersOf object: RecordView, _ schema: Schema, into container: inout KeyedEncodingContainer<Key>
    ) throws {
        var children = object.children
        while children.next() {
            let value = children.value
            let key = Key(stringValue: name(of: children, schema))
            switch value.kind {
            case .object:
                var nested = container.nestedContainer(keyedBy: Key.self, forKey: key)
                try encode(membersOf: value, schema, into: &nested)
            case .array:
                var nested = container.nestedUnkeyedContainer(forKey: key)
                try encode(elementsOf: value, schema, into: &nested)
            case .string: try container.encode(try value.string(), forKey: key)
            case .bool: try container.encode(try value.bool(), forKey: key)
            case .null: try container.encodeNil(forKey: key)
            case .number:
                switch try FixedNumber(value, at: container.codingPath + [key]) {
                case .integer(let integer): try container.encode(integer, forKey: key)
                case .unsigned(let integer): try container.encode(integer, forKey: key)
                case .double(let double): try container.encode(double, forKey: key)
                }
            case .key: break  // A walk over children never stops at one.
            }
        }
    }

    private static func encode(
        elementsOf array: RecordView, _ schema: Schema, into container: inout any UnkeyedEncodingContainer
    ) throws {
        var children = array.children
        while children.next() {
            let value = children.value
            switch value.kind {
            case .object:
                var nested = container.nestedContainer(keyedBy: Key.self)
                try encode(membersOf: value, schema, into: &nested)
            case .array:
                var nested = container.nestedUnkeyedContainer()
                try encode(elementsOf: value, schema, into: &nested)
            case .string: try container.encode(try value.string())
            case .bool: try container.encode(try value.bool())
            case .null: try container.encodeNil()
            case .number:
                switch try FixedNumber(value, at: container.codingPath + [Key(intValue: container.count)]) {
                case .integer(let integer): try container.encode(integer)
                case .unsigned(let integer): try container.encode(integer)
                case .double(let double): try container.encode(double)
                }
            case .key: break  // A walk over children never stops at one.
            }
        }
    }

    private static func name(of member: RecordChildren, _ schema: Schema) -> String {
        guard let bytes = member.unknownKey else { return schema.name(of: member.value.field) ?? "" }
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        for index in bytes.indices { copy.append(bytes[index]) }
        return String(decoding: copy, as: UTF8.self)
    }

    // MARK: Decoding

    static func decode<R: Resource>(_ type: R.Type, from decoder: any Decoder) throws -> R {
        var decoding = RecordDecoding(schema: R.schema)
        try decoding.decode(try decoder.container(keyedBy: Key.self), as: .record)
        do throws(SerializationError) {
            try decoding.tape.check(against: R.schema)
            guard let record = decoding.tape.record else {
                throw SerializationError(.missingField, found: "nothing", expected: "an object")
            }
            return try R(record)
        } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: error.sentence, underlyingError: error))
        }
    }
}

// MARK: -

/// Builds a tape from the values of a decoder.
///
/// The schema gives the type of a known member, so one call decodes it, as in a conformance that the compiler
/// synthesizes. The decoder's own error then has its coding path. `Decoder` does not tell the type of an unknown
/// member, so one type after the other is tried; only a mismatch of types leads to the next.
private struct RecordDecoding: ~Copyable {
    typealias Key = ResourceCoding.Key

    let schema: Schema
    var tape = RecordTape()
    private var level = 0

    init(schema: Schema) {
        self.schema = schema
    }

    // MARK: Containers

    mutating func decode(_ object: KeyedDecodingContainer<Key>, as field: FieldID) throws {
        try enter(object.codingPath)
        tape.beginObject(field)
        let isKnown = schema.kind(of: field) == .object
        var unknown: [Key] = []
        for key in object.allKeys {
            let name = key.stringValue
            let member = isKnown ? schema.field(named: name.utf8Span.span, in: field) : .unknown
            if member == .unknown { unknown.append(key) } else { try decode(key, of: object, as: member) }
        }
        // A keyed container has no order.
        unknown.sort { $0.stringValue.utf8.lexicographicallyPrecedes($1.stringValue.utf8) }
        for key in unknown {
            let name = key.stringValue
            tape.append(unknownKey: name.utf8Span.span)
            try decode(try object.superDecoder(forKey: key), as: .unknown)
        }
        tape.endObject()
        level -= 1
    }

    private mutating func decode(_ array: any UnkeyedDecodingContainer, as field: FieldID) throws {
        try enter(array.codingPath)
        tape.beginArray(field)
        var array = array
        let element = schema.elements(of: field)
        // Strings need one call each; every other value is decoded by a decoder of its own.
        let holdsStrings = schema.kind(of: element) == .string
        while !array.isAtEnd {
            if holdsStrings {
                append(try array.decodeIfPresent(String.self), to: element)
            } else {
                try decode(try array.superDecoder(), as: element)
            }
        }
        tape.endArray()
        level -= 1
    }

    private mutating func enter(_ path: @autoclosure () -> [any CodingKey]) throws {
        level += 1
        guard level <= Limits.default.depth else {
            let error = SerializationError(
                .depthLimit, found: "nesting deeper than \(Limits.default.depth)",
                expected: "at most \(Limits.default.depth) levels")
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: path(), debugDescription: error.sentence, underlyingError: error))
        }
    }

    // MARK: Known values

    private mutating func decode(_ key: Key, of object: KeyedDecodingContainer<Key>, as field: FieldID) throws {
        switch schema.kind(of: field) {
        case .string:
            guard schema.constraints(of: field).mayBeArray else {
                return append(try object.decodeIfPresent(String.self, forKey: key), to: field)
            }
            try decode(try object.superDecoder(forKey: key), as: field)
        case .boolean:
            guard let value = try object.decodeIfPresent(Bool.self, forKey: key) else { return append(nil, to: field) }
            tape.append(value, to: field)
        case .number:
            if schema.constraints(of: field).isInteger,
                let value = Self.ifFits({ try object.decode(Int.self, forKey: key) })
            {
                return tape.append(value, to: field)
            }
            try decode(try object.superDecoder(forKey: key), as: field)
        case .object:
            if try object.decodeNil(forKey: key) { return append(nil, to: field) }
            try decode(try object.nestedContainer(keyedBy: Key.self, forKey: key), as: field)
        case .array:
            if try object.decodeNil(forKey: key) { return append(nil, to: field) }
            try decode(try object.nestedUnkeyedContainer(forKey: key), as: field)
        case nil: try decode(try object.superDecoder(forKey: key), as: field)
        }
    }

    private mutating func append(_ text: String?, to field: FieldID) {
        if let text { tape.append(text, to: field) } else { tape.appendNull(to: field) }
    }

    // MARK: Values of any type

    /// Decodes a value by the type of its field in the schema, or by its own type if it is unknown.
    private mutating func decode(_ decoder: any Decoder, as field: FieldID) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() { return tape.appendNull(to: field) }
        switch schema.kind(of: field) {
        case .object: return try decode(try decoder.container(keyedBy: Key.self), as: field)
        case .array: return try decode(try decoder.unkeyedContainer(), as: field)
        case .boolean: return tape.append(try value.decode(Bool.self), to: field)
        case .number:
            let number = try Self.number(value)
            if schema.constraints(of: field).isInteger { try checkIsInteger(number, at: value.codingPath) }
            return tape.append(number, to: field)
        case .string, nil: break
        }
        if let text = try Self.ifOfType({ try value.decode(String.self) }) { return tape.append(text, to: field) }
        if schema.kind(of: field) == nil {
            if let isTrue = try Self.ifOfType({ try value.decode(Bool.self) }) { return tape.append(isTrue, to: field) }
            if let number = try Self.ifOfType({ try Self.number(value) }) { return tape.append(number, to: field) }
        }
        if let elements = try Self.ifOfType({ try decoder.unkeyedContainer() }) {
            return try decode(elements, as: field)
        }
        if schema.kind(of: field) == .string {
            return tape.append(try value.decode(String.self), to: field)  // Which fails, with the decoder's own words.
        }
        try decode(try decoder.container(keyedBy: Key.self), as: field)
    }

    private func checkIsInteger(_ number: Number, at path: [any CodingKey]) throws {
        guard Int(number.text) == nil else { return }
        let error = SerializationError(
            .wrongKind, found: "the number \(number.text)", expected: "an integer of at most 64 bits")
        throw DecodingError.dataCorrupted(
            DecodingError.Context(codingPath: path, debugDescription: error.sentence, underlyingError: error))
    }

    /// The value; nil if the decoder has a value of another type.
    ///
    /// Other errors are thrown.
    private static func ifOfType<Value>(_ decode: () throws -> Value) throws -> Value? {
        do {
            return try decode()
        } catch DecodingError.typeMismatch {
            return nil
        }
    }

    /// Decodes an integer of up to 64 bits exactly, and every other number as a `Double`.
    ///
    /// One call is enough for integers that a `Double` represents exactly. Decoders that keep integers apart from
    /// floating-point numbers refuse that call.
    private static func number(_ container: any SingleValueDecodingContainer) throws -> Number {
        let double = try ifOfType { try container.decode(Double.self) }
        if double.map({ $0 == $0.rounded() && $0.magnitude >= 0x1p53 }) ?? true {
            if let integer = ifFits({ try container.decode(Int64.self) }) { return Number(Int(integer)) }
            if let integer = ifFits({ try container.decode(UInt64.self) }),
                let number = Number(text: String(integer))
            {
                return number
            }
        }
        guard let double else {
            throw DecodingError.typeMismatch(
                Double.self,
                DecodingError.Context(codingPath: container.codingPath, debugDescription: "a number is expected"))
        }
        guard let number = Number(double) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a number has to be finite")
        }
        return number
    }

    /// The value; nil if the decoder does not have an integer of that type.
    ///
    /// Any error may mean that: Foundation's JSON decoder throws one of its own for a number that does not fit.
    private static func ifFits<Value>(_ decode: () throws -> Value) -> Value? {
        do {
            return try decode()
        } catch {
            return nil
        }
    }
}

/// A number in the fixed-size types that every encoder has.
private enum FixedNumber {
    case integer(Int64)
    case unsigned(UInt64)
    case double(Double)

    init(_ value: RecordView, at path: @autoclosure () -> [any CodingKey]) throws {
        let number = try value.number()
        if let integer = Int64(number.text) {
            self = .integer(integer)
        } else if let integer = UInt64(number.text) {
            self = .unsigned(integer)
        } else if number.double.isFinite {
            self = .double(number.double)
        } else {
            throw EncodingError.invalidValue(
                number,
                EncodingError.Context(codingPath: path(), debugDescription: "the number is beyond all of type Double"))
        }
    }
}
