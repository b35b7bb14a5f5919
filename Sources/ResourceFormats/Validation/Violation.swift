/// One place in a record that breaks a rule of the schema.
public struct Violation: Sendable {
    /// The severity of a violation.
    public enum Severity: String, Sendable {
        /// The record is invalid.
        case error
        /// The record is valid as far as is known, but unusual.
        case warning
    }

    /// The severity.
    public let severity: Severity
    /// The stable name of the broken rule.
    public let code: SerializationError.Code
    /// What was found.
    public let found: String
    /// What was expected.
    public let expected: String
    /// The path below the record, such as `.fallbacks[0].failedRequests`; empty for the record itself.
    public let path: String
    /// The offset of the value, or of the object in which a member is missing, from the record's first byte in the
    /// input.
    let offset: Int

    /// `found …, expected …`.
    public var sentence: String { "found \(found), expected \(expected)" }

    /// The violation as the error of a conversion that requires valid records; its path begins at the record.
    var error: SerializationError {
        SerializationError(code, found: found, expected: expected, offset: offset, path: path)
    }
}
