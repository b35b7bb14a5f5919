import LLMResources
import ResourceFormats

/// What a validator says of every record of a document: `LINE:COLUMN [warning: ]sentence (path)`.
func validate(
    _ input: String, from format: Format = .json, profile: SchemaProfile = .resource, isStrict: Bool = false
) throws -> [String] {
    let validator = RecordValidator(schema: LargeLanguageModel.schema, profile: profile, isStrict: isStrict)
    let bytes = Array(input.utf8)
    var scanner = RecordStream(format, schema: LargeLanguageModel.schema)
    var lines: [String] = []
    while case .record = try scanner.next(bytes.span, isComplete: true) {
        var violations: [Violation] = []
        if let record = scanner.record { violations = validator.violations(in: record) }
        for violation in violations {
            let place = scanner.position(of: violation, in: bytes.span)
            let mark = violation.severity == .warning ? "warning: " : ""
            lines.append(
                "\(place.line):\(place.column) \(mark)\(violation.sentence) "
                    + "(\(scanner.path(ofRecord: scanner.recordCount - 1, isAlone: true))\(violation.path))")
        }
    }
    return lines
}

/// A record that is valid in both profiles, with members added and, by their names, left out.
func record(_ members: String = "", without names: String...) -> String {
    let all = [
        ("name", #""n""#), ("modelType", #""gpt-4o""#), ("provider", #""openAI""#),
        ("connectionId", #""3c90c3cc-0d44-4b50-8888-8dd25736052a""#),
        ("projectId", #""65a1b2c3d4e5f60718293a4b""#),
    ]
    let kept = all.filter { !names.contains($0.0) }.map { "\"\($0.0)\":\($0.1)" }
    return "{" + (kept + (members.isEmpty ? [] : [members])).joined(separator: ",") + "}"
}
