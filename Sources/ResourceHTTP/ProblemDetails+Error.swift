import HTTPTypes
public import ResourceFormats

/// Something that is wrong with a record, and where it stands in the body, if it came in one.
public struct PlacedViolation: Sendable {
    /// What is wrong.
    public let violation: Violation
    /// Its place in the body.
    public let position: TextPosition?

    /// A violation at a place.
    public init(violation: Violation, position: TextPosition? = nil) {
        self.violation = violation
        self.position = position
    }
}

extension ProblemDetails {
    /// The problem with a request body that was refused: 400, 413 or 422, with path and place.
    ///
    /// What cannot be written is the server's own fault, 500.
    public init(_ error: SerializationError) {
        let details = Self.members(
            code: error.code.name, path: error.path, error.position, found: error.found, expected: error.expected)
        self.init(error.code.category.status, error.description, details: details)
    }

    /// How many violations a problem has in its details; `detail` says how many more there are.
    public static let mostViolations = 1000

    /// The problem with a record that is not valid: 422, with its violations, the first 1,000 of them.
    ///
    /// - Parameters:
    ///   - violations: What is wrong, each with its place in the body; at least one.
    ///   - path: The path of the record, `$` for an item.
    public init(_ violations: [PlacedViolation], path: String = "$") {
        let list = violations.prefix(Self.mostViolations).map { placed -> Detail in
            let violation = placed.violation
            return .object(
                Self.members(
                    code: violation.code.name, path: path + violation.path, placed.position, found: violation.found,
                    expected: violation.expected))
        }
        var detail = "the record is not valid"
        if let first = violations.first {
            detail = "\(first.violation.sentence) (\(path)\(first.violation.path))"
            if let position = first.position { detail = "\(position.line):\(position.column): " + detail }
            if violations.count > 1 { detail += ", and \(violations.count - 1) more" }
        }
        self.init(.unprocessableContent, detail, details: [Member("violations", .list(list))])
    }

    /// What programs are told of one thing that is wrong.
    private static func members(
        code: String, path: String?, _ position: TextPosition?, found: String, expected: String
    ) -> [Member] {
        var members = [Member("code", .text(code))]
        if let path { members.append(Member("path", .text(path))) }
        if let position {
            members.append(Member("line", .number(position.line)))
            members.append(Member("column", .number(position.column)))
        }
        members.append(Member("found", .text(found)))
        members.append(Member("expected", .text(expected)))
        return members
    }
}

extension SerializationError.Category {
    /// The status that answers a request body with such an error.
    var status: HTTPResponse.Status {
        switch self {
        case .syntax: .badRequest
        case .schema: .unprocessableContent
        case .limit: .contentTooLarge
        case .output: .internalServerError
        }
    }
}
