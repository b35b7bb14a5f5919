public import ContentNegotiation
public import HTTPTypes
public import ResourceFormats

/// The violations of one record of several.
struct RecordViolations {
    let path: String
    let violations: [PlacedViolation]
}

extension ResourceResponder {
    /// All records of a request's body: a list, a page or a table; one record is a list of one.
    ///
    /// - Parameters:
    ///   - body: The whole body.
    ///   - request: The request.
    ///   - others: Formats that are accepted besides the representations, each under its own media type.
    ///   - mostRecords: The largest number of records.
    ///   - validator: The validator that checks each record; nil to accept every record.
    /// - Throws: 415; 400, 413 or 422 with path and place; 422 for a body without records; for invalid records 422 with
    ///   all violations of all records.
    public func records(
        in body: [UInt8], of request: HTTPRequest, or others: [MediaType: Format] = [:], mostRecords: Int = 10_000,
        validator: RecordValidator? = nil
    ) throws(ProblemDetails) -> [StoredRecord] {
        let format = try format(ofBodyOf: request, or: others)
        let found: (records: [StoredRecord], violations: [RecordViolations])
        do throws(SerializationError) {
            found = try readAll(body, format, mostRecords, validator)
        } catch {
            throw ProblemDetails(error)
        }
        guard found.records.count <= mostRecords else {
            throw ProblemDetails(
                .contentTooLarge, "the body has more than \(mostRecords) records",
                details: [.init("limit", .number(mostRecords))])
        }
        guard found.violations.isEmpty else { throw ProblemDetails(found.violations) }
        return found.records
    }

    /// Reads at most one record more than is allowed.
    private func readAll(
        _ body: [UInt8], _ format: Format, _ mostRecords: Int, _ validator: RecordValidator?
    ) throws(SerializationError) -> (records: [StoredRecord], violations: [RecordViolations]) {
        var stream = RecordStream(format, schema: schema, limits: limits)
        var records: [StoredRecord] = []
        var failures: [RecordViolations] = []
        var count = 0
        while records.count <= mostRecords, case .record = try stream.next(body.span, isComplete: true) {
            guard let (record, violations) = try recordAndViolations(of: stream, validator) else { break }
            records.append(record)
            count += violations.count
            guard !violations.isEmpty, count <= 10 * ProblemDetails.mostViolations else { continue }
            let placed = zip(violations, stream.positions(of: violations, in: body.span)).map {
                PlacedViolation(violation: $0, position: $1)
            }
            failures.append(RecordViolations(path: stream.path(ofRecord: records.count - 1), violations: placed))
        }
        guard !records.isEmpty else {
            throw SerializationError(.wrongShape, found: "no record", expected: "at least one", path: "$")
        }
        return (records, failures)
    }
}

extension ProblemDetails {
    /// The problem with records that are not valid: 422, with the violations of all of them, the first 1,000.
    init(_ records: [RecordViolations]) {
        var first: ProblemDetails?
        var list: [Detail] = []
        var count = 0
        for record in records {
            count += record.violations.count
            guard list.count < Self.mostViolations else { continue }
            let problem = ProblemDetails(record.violations, path: record.path)
            if first == nil { first = problem }
            if case .list(let own) = problem.details.first?.value { list += own }
        }
        let isOne = records.count == 1
        self.init(
            .unprocessableContent,
            (first?.detail ?? "the records are not valid")
                + (isOne ? "" : "; \(records.count) records are not valid, with \(count) violations"),
            details: [Member("violations", .list(Array(list.prefix(Self.mostViolations))))])
    }
}
