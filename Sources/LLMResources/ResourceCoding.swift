import ResourceFormats

/// Takes resources through `Encoder` and `Decoder` by way of a tape, so that no resource needs coding keys.
enum ResourceCoding {
    /// A member name, known or not.
    struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            nil
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
                switch try FixedNumber(value, at: container.codingPath) {
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
        var tape = RecordTape()
        let container = try decoder.container(keyedBy: Key.self)
        do {
            try decode(container, as: .record, R.schema, onto: &tape)
            try tape.check(against: R.schema)
            guard let record = tape.record else {
                throw SerializationError(.missingField, found: "nothing", expected: "an object")
            }
            return try R(record)
        } catch let error as SerializationError {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: error.sentence, underlyingError: error))
        }
    }

    private static func decode(
        _ container: KeyedDecodingContainer<Key>, as field: FieldID, _ schema: Schema, onto tape: inout RecordTape
    ) throws {
        try checkDepth(container.codingPath)
        tape.beginObject(field)
        let keys = container.allKeys.sorted { $0.stringValue.utf8.lexicographicallyPrecedes($1.stringValue.utf8) }
        for key in keys {
            let name = Array(key.stringValue.utf8)
            let member = isObject(field, schema) ? schema.field(named: name.span, in: field) : .unknown
            if member == .unknown { tape.append(unknownKey: name.span) }
            if try container.decodeNil(forKey: key) {
                tape.appendNull(to: member)
            } else if let value = try? container.decode(Scalar.self, forKey: key) {
                append(value, to: member, onto: &tape)
            } else if let nested = try? container.nestedUnkeyedContainer(forKey: key) {
                try decode(nested, as: member, schema, onto: &tape)
            } else {
                let nested = try container.nestedContainer(keyedBy: Key.self, forKey: key)
                try decode(nested, as: member, schema, onto: &tape)
            }
        }
        tape.endObject()
    }

    private static func decode(
        _ elements: any UnkeyedDecodingContainer, as field: FieldID, _ schema: Schema, onto tape: inout RecordTape
    ) throws {
        try checkDepth(elements.codingPath)
        var container = elements
        let element = schema.elements(of: field)
        tape.beginArray(field)
        while !container.isAtEnd {
            if try container.decodeNil() {
                tape.appendNull(to: element)
            } else if let value = try? container.decode(Scalar.self) {
                append(value, to: element, onto: &tape)
            } else if let nested = try? container.nestedUnkeyedContainer() {
                try decode(nested, as: element, schema, onto: &tape)
            } else {
                try decode(try container.nestedContainer(keyedBy: Key.self), as: element, schema, onto: &tape)
            }
        }
        tape.endArray()
    }

    private static func isObject(_ field: FieldID, _ schema: Schema) -> Bool {
        schema.kind(of: field) == .object
    }

    private static func append(_ value: Scalar, to field: FieldID, onto tape: inout RecordTape) {
        switch value {
        case .string(let text): tape.append(text, to: field)
        case .number(let number): tape.append(number, to: field)
        case .bool(let isTrue): tape.append(isTrue, to: field)
        }
    }

    private static func checkDepth(_ path: [any CodingKey]) throws(SerializationError) {
        guard path.count < Limits.default.depth else {
            throw SerializationError(
                .depthLimit, found: "nesting deeper than \(Limits.default.depth)",
                expected: "at most \(Limits.default.depth) levels")
        }
    }
}

// MARK: -

/// A number in the fixed-size types that every encoder has.
private enum FixedNumber {
    case integer(Int64)
    case unsigned(UInt64)
    case double(Double)

    init(_ value: RecordView, at path: [any CodingKey]) throws {
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
                EncodingError.Context(codingPath: path, debugDescription: "the number is beyond all of type Double"))
        }
    }
}

/// A value without parts, of whatever type the decoder has it in.
///
/// `Decoder` cannot say what comes next; all that is left is to ask for one type after the other.
private enum Scalar: Decodable {
    case string(String)
    case number(Number)
    case bool(Bool)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let isTrue = try? container.decode(Bool.self) {
            self = .bool(isTrue)
        } else if let integer = try? container.decode(Int64.self), let number = Number(text: String(integer)) {
            self = .number(number)
        } else if let integer = try? container.decode(UInt64.self), let number = Number(text: String(integer)) {
            self = .number(number)
        } else if let number = Number(try container.decode(Double.self)) {
            self = .number(number)
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a number has to be finite")
        }
    }
}
