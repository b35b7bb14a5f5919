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
        var details = [Member("code", .text(error.code.name))]
        if let path = error.path { details.append(Member("path", .text(path))) }
        if let position = error.position {
            details.append(Member("line", .number(position.line)))
            details.append(Member("column", .number(position.column)))
        }
        details.append(Member("found", .text(error.found)))
        details.append(Member("expected", .text(error.expected)))
        self.init(error.code.category.status, error.description, details: details)
    }

    /// The problem with a record that is not valid: 422, with every violation.
    ///
    /// - Parameters:
    ///   - violations: What is wrong, each with its place in the body; at least one.
    ///   - path: The path of the record, `$` for an item.
    public init(_ violations: [PlacedViolation], path: String = "$") {
        let list = violations.map { placed -> Detail in
            let violation = placed.violation
            var members = [
                Member("code", .text(violation.code.name)), Member("path", .text(path + violation.path)),
            ]
            if let position = placed.position {
                members.append(Member("line", .number(position.line)))
                members.append(Member("column", .number(position.column)))
            }
            members.append(Member("found", .text(violation.found)))
            members.append(Member("expected", .text(violation.expected)))
            return .object(members)
        }
        var detail = "the record is not valid"
        if let first = violations.first {
            detail = "\(first.violation.sentence) (\(path)\(first.violation.path))"
            if let position = first.position { detail = "\(position.line):\(position.column): " + detail }
            if violations.count > 1 { detail += ", and \(violations.count - 1) more" }
        }
        self.init(.unprocessableContent, detail, details: [Member("violations", .list(list))])
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
