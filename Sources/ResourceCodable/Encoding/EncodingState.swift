import ResourceFormats

/// What the encoders and containers of one record share.
final class EncodingState {
    let assembly = RecordAssembly()
    let options: CodableOptions
    /// Whether members have other names than keys.
    let convertsKeys: Bool
    /// The steps before the record: its number in a list.
    var prefix: [RecordKey] = []
    /// The first thing that could not be said by throwing.
    var fault: EncodingError?
    private var memberNames: [String: String] = [:]

    init(_ options: CodableOptions) {
        self.options = options
        convertsKeys = options.keys.toMember != nil
    }

    // MARK: Places

    /// Adds a member for a key and returns the place of its value.
    @inline(__always)
    func addMember(_ key: some CodingKey, to object: Int, keepsName: Bool) -> Int {
        let name = key.stringValue
        return assembly.addMember(convertsKeys && !keepsName ? memberName(name) : name, to: object)
    }

    private func memberName(_ key: String) -> String {
        if let name = memberNames[key] { return name }
        let name = options.keys.toMember?(key) ?? key
        memberNames[key] = name
        return name
    }

    /// The place of an object: `place`, or one that is in no record if another value is there.
    func object(at place: Int) -> Int {
        if assembly.makeObject(at: place) { return place }
        return detached(from: place, "a keyed container")
    }

    /// The place of an array: `place`, or one that is in no record if another value is there.
    func array(at place: Int) -> Int {
        if assembly.makeArray(at: place) { return place }
        return detached(from: place, "an unkeyed container")
    }

    private func detached(from place: Int, _ container: String) -> Int {
        if fault == nil {
            fault = invalid(place, at: place, "found another value, expected none before \(container)")
        }
        let place = assembly.addDetached()
        _ = container == "a keyed container" ? assembly.makeObject(at: place) : assembly.makeArray(at: place)
        return place
    }

    /// The coding path of a place.
    func codingPath(of place: Int) -> [any CodingKey] {
        prefix + assembly.path(to: place).map { RecordKey($0, options.keys) }
    }

    // MARK: Values

    @inline(__always)
    func encode(_ value: some FixedWidthInteger & SignedInteger, at place: Int) {
        assembly.set(UInt64(truncatingIfNeeded: value.magnitude), isNegative: value < 0, at: place)
    }

    @inline(__always)
    func encode(_ value: some FixedWidthInteger & UnsignedInteger, at place: Int) {
        assembly.set(UInt64(truncatingIfNeeded: value), isNegative: false, at: place)
    }

    /// An integer of any size.
    func encodeLarge(_ value: some FixedWidthInteger, at place: Int) {
        _ = assembly.set(number: String(value), at: place)
    }

    /// A number in its shortest form, whole ones without a fraction, or what stands for one that is not finite.
    func encode<Value: BinaryFloatingPoint & CustomStringConvertible>(_ value: Value, at place: Int) throws {
        guard value.isFinite else { return try encodeNonFinite(value, at: place) }
        let text = value.description
        _ = assembly.set(number: text.hasSuffix(".0") ? String(text.dropLast(2)) : text, at: place)
    }

    private func encodeNonFinite<Value: BinaryFloatingPoint>(_ value: Value, at place: Int) throws {
        guard case .strings(let positiveInfinity, let negativeInfinity, let nan) = options.nonFinite else {
            let name = value.isNaN ? "nan" : value < 0 ? "-infinity" : "infinity"
            let error = invalid(value, at: place, "found the number \(name), expected a finite number")
            assembly.drop(place)
            throw error
        }
        assembly.set(value.isNaN ? nan : value < 0 ? negativeInfinity : positiveInfinity, at: place)
    }

    /// Encodes a value of any type; a value that fails leaves nothing.
    @inline(__always)
    func encode<Value: Encodable>(_ value: Value, at place: Int) throws {
        do {
            if isFoundationType(Value.self) { return try encodeFoundationValue(value, at: place) }
            try value.encode(
                to: RecordEncoder(
                    state: self, place: place, keepsNames: convertsKeys && value is any StringKeyedDictionary))
        } catch {
            assembly.drop(place)
            throw error
        }
    }

    func invalid(_ value: Any, at place: Int, _ sentence: String, _ error: (any Error)? = nil) -> EncodingError {
        EncodingError.invalidValue(
            value,
            EncodingError.Context(codingPath: codingPath(of: place), debugDescription: sentence, underlyingError: error)
        )
    }
}
