import ResourceFormats

/// What the decoders and containers of one record share, or those of a document's records together.
final class DecodingState {
    /// Stands for the whole document where the number of a value is asked for.
    static let document = -1

    let record = KeptRecord()
    let options: CodableOptions
    /// Whether the kinds of values were told from texts, so that the text counts where another kind is asked for.
    let infersKinds: Bool
    /// Whether an empty text is no value where a number or boolean is asked for.
    let takesEmptyAsAbsent: Bool
    /// Whether members have other names than keys.
    let convertsKeys: Bool
    /// Which record of the document it is.
    var index = 0
    /// The document whose list the record is in; nil for a record that is an item.
    var isInList: Bool
    /// Of a document: its records.
    var records: [DecodingState] = []
    /// Of a document: whether a list was asked for.
    var isAskedForList = false {
        didSet { for record in records { record.isInList = isAskedForList } }
    }
    private var memberNames: [String: String] = [:]

    init(_ options: CodableOptions, _ traits: FormatTraits, isInList: Bool) {
        self.options = options
        infersKinds = traits.infersKinds
        takesEmptyAsAbsent = traits.takesEmptyAsAbsent
        convertsKeys = options.keys.toMember != nil
        self.isInList = isInList
    }

    // MARK: Structure

    /// The state and number of a value; those of the only record for a document.
    func resolve(_ value: Int) throws -> (state: DecodingState, value: Int) {
        guard value == Self.document else { return (self, value) }
        guard records.count == 1 else {
            let error = SerializationError(
                .wrongShape, found: records.isEmpty ? "no record" : "more than one record",
                expected: "exactly one for an item")
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: [], debugDescription: error.sentence, underlyingError: error))
        }
        return (records[0], 0)
    }

    /// The value of the member for a key; 0 if there is none.
    @inline(__always)
    func member(_ key: String, of object: Int, keepsName: Bool) -> Int {
        convertsKeys && !keepsName ? convertedMember(key, of: object) : record.member(key, of: object)
    }

    /// The same; 0 for a member that is `null`, too.
    @inline(__always)
    func memberUnlessNull(_ key: String, of object: Int, keepsName: Bool) -> Int {
        guard convertsKeys && !keepsName else { return record.memberUnlessNull(key, of: object) }
        let value = convertedMember(key, of: object)
        return value != 0 && isNil(value) ? 0 : value
    }

    private func convertedMember(_ key: String, of object: Int) -> Int {
        let name: String
        if let known = memberNames[key] {
            name = known
        } else {
            name = options.keys.toMember?(key) ?? key
            memberNames[key] = name
        }
        let member = record.member(name, of: object)
        if member != 0 { return member }
        // A key that `keyNames` has made of a name need not lead back to it.
        guard let toKey = options.keys.toKey,
            let name = record.memberNames(of: object).first(where: { toKey($0).utf8.elementsEqual(key.utf8) })
        else { return 0 }
        return record.member(name, of: object)
    }

    /// The names of the keys that an object has members for.
    func keyNames(of object: Int, keepsNames: Bool) -> [String] {
        let names = record.kind(of: object) == .object ? record.memberNames(of: object) : []
        guard !keepsNames, let toKey = options.keys.toKey else { return names }
        return names.map(toKey)
    }

    /// The coding path of a value.
    func codingPath(of value: Int) -> [any CodingKey] {
        guard value != Self.document else { return [] }
        let steps = record.path(to: value).map { RecordKey($0, options.keys) }
        return isInList ? [RecordKey(intValue: index)] + steps : steps
    }

    @inline(__always)
    func isNil(_ value: Int) -> Bool { record.kind(of: value) == .null }

    /// Whether the value is an empty cell, which is no value where a number or boolean is asked for.
    @inline(__always)
    func isAbsentScalar(_ value: Int) -> Bool { takesEmptyAsAbsent && record.isEmptyText(value) }

    func checkIsObject(_ value: Int) throws {
        if record.kind(of: value) == .object || infersKinds && record.isEmptyText(value) { return }
        throw mismatch([String: Any].self, value, expected: "an object")
    }

    func checkIsArray(_ value: Int) throws {
        if record.kind(of: value) == .array || infersKinds && record.isEmptyText(value) { return }
        throw mismatch([Any].self, value, expected: "an array")
    }

    // MARK: Values

    func bool(_ value: Int) throws -> Bool {
        if let bool = record.bool(of: value, takesText: infersKinds) { return bool }
        throw mismatch(Bool.self, value, expected: "true or false")
    }

    func string(_ value: Int) throws -> String {
        if let text = record.text(of: value, takesAll: infersKinds) { return text }
        throw mismatch(String.self, value, expected: "a string")
    }

    @inline(__always)
    func integer<Value: FixedWidthInteger>(_ value: Int) throws -> Value {
        let number = record.whole(of: value, takesText: infersKinds)
        if case .value(let magnitude, let isNegative) = number {
            if !isNegative, let result = Value(exactly: magnitude) { return result }
            if isNegative, magnitude <= Int64.min.magnitude,
                let result = Value(exactly: Int64(truncatingIfNeeded: 0 &- magnitude))
            {
                return result
            }
        }
        return try largeInteger(number, value)
    }

    private func largeInteger<Value: FixedWidthInteger>(_ number: WholeNumber, _ value: Int) throws -> Value {
        switch number {
        case .notNumber:
            throw mismatch(Value.self, value, expected: "an integer")
        case .digits(let text):
            if let result = Value(text) { return result }
        case .value(let magnitude, let isNegative):
            if let result = Value((isNegative ? "-" : "") + String(magnitude)) { return result }
        case .notWhole: break
        }
        throw corrupted(.outOfRange, value, expected: "an integer that \(Value.self) has")
    }

    func double(_ value: Int) throws -> Double {
        return try number(record.double(of: value, takesText: infersKinds), value)
    }

    func float(_ value: Int) throws -> Float {
        return try number(record.float(of: value, takesText: infersKinds), value)
    }

    @inline(__always)
    private func number<Value: BinaryFloatingPoint>(_ number: Value?, _ value: Int) throws -> Value {
        if let number, number.isFinite { return number }
        return try nonFinite(number, value)
    }

    private func nonFinite<Value: BinaryFloatingPoint>(_ number: Value?, _ value: Int) throws -> Value {
        if case .strings(let positiveInfinity, let negativeInfinity, let nan) = options.nonFinite,
            let text = record.text(of: value, takesAll: infersKinds)?.utf8
        {
            if text.elementsEqual(positiveInfinity.utf8) { return .infinity }
            if text.elementsEqual(negativeInfinity.utf8) { return -.infinity }
            if text.elementsEqual(nan.utf8) { return .nan }
        }
        guard number == nil else {
            throw corrupted(.outOfRange, value, expected: "a number that \(Value.self) has")
        }
        throw mismatch(Value.self, value, expected: "a number")
    }

    @inline(__always)
    func decode<Value: Decodable>(_ type: Value.Type, _ value: Int) throws -> Value {
        if isFoundationType(type) { return try decodeFoundationValue(type, value) }
        return try Value(
            from: RecordDecoder(
                state: self, value: value, keepsNames: convertsKeys && type is any StringKeyedDictionary.Type))
    }
}
