// Types of Foundation that encoders treat apart: their own `Codable` conformances say nothing that another program reads,
// or would lose digits. The core does without Foundation.

#if canImport(FoundationEssentials)
public import FoundationEssentials
#elseif canImport(Foundation)
public import Foundation
#endif
public import ResourceFormats

#if canImport(FoundationEssentials) || canImport(Foundation)
extension Data: ByteChunk {}

/// How a `Date` is written.
public enum DateStrategy: Sendable {
    /// As `Date` does it: seconds since 1 January 2001, a number.
    case deferredToDate
    /// Seconds since 1 January 1970, a number.
    case secondsSince1970
    /// Milliseconds since 1 January 1970, a number.
    case millisecondsSince1970
    /// `2026-11-25T08:00:00Z`; a fraction of a second is read, but not written.
    case iso8601
    /// By two functions.
    case custom(
        encode: @Sendable (Date, any Encoder) throws -> Void, decode: @Sendable (any Decoder) throws -> Date)
}

/// How a `Data` is written.
public enum DataStrategy: Sendable {
    /// A text in Base64.
    case base64
    /// As `Data` does it: an array of numbers.
    case deferredToData
    /// By two functions.
    case custom(
        encode: @Sendable (Data, any Encoder) throws -> Void, decode: @Sendable (any Decoder) throws -> Data)
}

extension EncodingState {
    /// Whether a type is treated apart.
    @inline(__always)
    func isFoundationType(_ type: (some Encodable).Type) -> Bool {
        type == Date.self || type == Data.self || type == URL.self || type == Decimal.self
    }

    /// Encodes a value of a type that is treated apart.
    @inline(never)
    func encodeFoundationValue<Value: Encodable>(_ value: Value, at place: Int) throws {
        if let date = value as? Date {
            try encode(date, at: place)
        } else if let data = value as? Data {
            try encode(data, at: place)
        } else if let url = value as? URL {
            assembly.set(url.absoluteString, at: place)
        } else if let decimal = value as? Decimal {
            guard assembly.set(number: decimal.description, at: place) else {
                throw invalid(decimal, at: place, "found the decimal \(decimal), expected a finite number")
            }
        }
    }

    @inline(never)
    private func encode(_ date: Date, at place: Int) throws {
        switch options.dates {
        case .deferredToDate: try encode(date.timeIntervalSinceReferenceDate, at: place)
        case .secondsSince1970: try encode(date.timeIntervalSince1970, at: place)
        case .millisecondsSince1970: try encode(1000 * date.timeIntervalSince1970, at: place)
        case .iso8601: assembly.set(date.formatted(.iso8601), at: place)
        case .custom(let encode, _): try encode(date, RecordEncoder(state: self, place: place))
        }
    }

    @inline(never)
    private func encode(_ data: Data, at place: Int) throws {
        switch options.data {
        case .base64: assembly.set(data.base64EncodedString(), at: place)
        case .deferredToData: try data.encode(to: RecordEncoder(state: self, place: place))
        case .custom(let encode, _): try encode(data, RecordEncoder(state: self, place: place))
        }
    }
}

extension DecodingState {
    /// Whether a type is treated apart.
    @inline(__always)
    func isFoundationType(_ type: (some Decodable).Type) -> Bool {
        type == Date.self || type == Data.self || type == URL.self || type == Decimal.self
    }

    /// Decodes a value of a type that is treated apart.
    @inline(never)
    func decodeFoundationValue<Value: Decodable>(_ type: Value.Type, _ value: Int) throws -> Value {
        if type == Date.self, let date = try date(value) as? Value { return date }
        if type == Data.self, let data = try data(value) as? Value { return data }
        if type == URL.self, let url = try url(value) as? Value { return url }
        if type == Decimal.self, let decimal = try decimal(value) as? Value { return decimal }
        return try Value(from: RecordDecoder(state: self, value: value))
    }

    @inline(never)
    private func date(_ value: Int) throws -> Date {
        let decoder = RecordDecoder(state: self, value: value)
        switch options.dates {
        case .deferredToDate:
            return Date(timeIntervalSinceReferenceDate: try decoder.decode(Double.self))
        case .secondsSince1970:
            return Date(timeIntervalSince1970: try decoder.decode(Double.self))
        case .millisecondsSince1970:
            return Date(timeIntervalSince1970: try decoder.decode(Double.self) / 1000)
        case .iso8601:
            let text = try decoder.decode(String.self)
            if let date = try? Date.ISO8601FormatStyle().parse(text) { return date }
            if let date = try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text) { return date }
            throw corrupted(.invalidText, value, expected: "a date and time as ISO 8601 has it")
        case .custom(_, let decode):
            return try decode(decoder)
        }
    }

    @inline(never)
    private func data(_ value: Int) throws -> Data {
        let decoder = RecordDecoder(state: self, value: value)
        switch options.data {
        case .base64:
            if let data = Data(base64Encoded: try decoder.decode(String.self)) { return data }
            throw corrupted(.invalidText, value, expected: "a text in Base64")
        case .deferredToData:
            return try Data(from: decoder)
        case .custom(_, let decode):
            return try decode(decoder)
        }
    }

    @inline(never)
    private func url(_ value: Int) throws -> URL {
        if let url = URL(string: try RecordDecoder(state: self, value: value).decode(String.self)) { return url }
        throw corrupted(.invalidText, value, expected: "a URL")
    }

    @inline(never)
    private func decimal(_ value: Int) throws -> Decimal {
        let (state, value) = try resolve(value)
        guard let text = state.record.number(of: value, takesText: infersKinds) else {
            throw state.mismatch(Decimal.self, value, expected: "a number")
        }
        if let decimal = Decimal(string: text), decimal.isFinite { return decimal }
        throw state.corrupted(.outOfRange, value, expected: "a number that Decimal has")
    }
}
#else
extension EncodingState {
    /// There are no types that are treated apart.
    @inline(__always)
    func isFoundationType(_ type: (some Encodable).Type) -> Bool { false }

    func encodeFoundationValue(_ value: some Encodable, at place: Int) throws {}
}

extension DecodingState {
    /// There are no types that are treated apart.
    @inline(__always)
    func isFoundationType(_ type: (some Decodable).Type) -> Bool { false }

    func decodeFoundationValue<Value: Decodable>(_ type: Value.Type, _ value: Int) throws -> Value {
        try Value(from: RecordDecoder(state: self, value: value))
    }
}
#endif
