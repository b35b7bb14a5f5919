/// One thing in a record that is not as the schema has it.
public struct Violation: Sendable {
    /// How bad it is.
    public enum Severity: String, Sendable {
        /// The record is not valid.
        case error
        /// The record is valid as far as anybody knows, but something about it is unusual.
        case warning
    }

    /// How bad it is.
    public let severity: Severity
    /// The stable name of what is wrong.
    public let code: SerializationError.Code
    /// What stands there.
    public let found: String
    /// What should stand there.
    public let expected: String
    /// The way from the record to the place, such as `.fallbacks[0].failedRequests`; empty for the record itself.
    public let path: String
    /// Where the value, or the object that lacks one, begins, counted from the record's first byte in the input.
    let offset: Int

    /// `found …, expected …`.
    public var sentence: String { "found \(found), expected \(expected)" }

    /// The violation as the error of a conversion that insists on valid records; its path begins at the record.
    var error: SerializationError {
        SerializationError(code, found: found, expected: expected, offset: offset, path: path)
    }
}
