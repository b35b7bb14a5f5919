public import ResourceFormats

/// The test suite that every format has to pass, in this package or another; `Format.traits` says what it may expect.
///
///     let suite = FormatConformance(of: .tsv, schema: LargeLanguageModel.schema)
///     #expect(suite.failures() == [])
///
/// It needs no testing library: failures are returned as sentences.
public struct FormatConformance: Sendable {
    private let format: Format
    private let schema: Schema
    private let recordCount: Int
    private let documentCount: Int
    private let seed: UInt64

    /// A suite for one format.
    ///
    /// - Parameters:
    ///   - format: The format to test.
    ///   - schema: The schema of the generated records.
    ///   - recordCount: The number of records in the round trip, for each mood.
    ///   - documentCount: The number of small documents, half of them malformed, that are split and cut off at every
    ///     byte.
    ///   - seed: The seed of the random numbers.
    public init(
        of format: Format, schema: Schema, recordCount: Int = 300, documentCount: Int = 16, seed: UInt64 = 1
    ) {
        self.format = format
        self.schema = schema
        self.recordCount = recordCount
        self.documentCount = documentCount
        self.seed = seed
    }

    /// Runs every check; returns the failures, none if the format conforms.
    public func failures() -> [String] {
        roundTripFailures() + splitFailures() + truncationFailures() + limitFailures()
    }

    private var writing: Conversion { Conversion(from: .json, to: format, schema: schema, shape: .list) }
    private var reading: Conversion { Conversion(from: format, to: .json, schema: schema, shape: .list) }

    // MARK: Round trip

    /// Checks that JSON → format → JSON gives back every record, and that equal input gives equal bytes.
    public func roundTripFailures() -> [String] {
        var failures: [String] = []
        for mood in [RecordGenerator.Mood.realistic, .adversarial] {
            var generator = RecordGenerator(schema: schema, mood: mood, seed: seed)
            var left = recordCount
            while left > 0, failures.count < 10 {
                let records = (0..<min(left, 25)).map { _ in generator.nextRecord() }
                left -= records.count
                failures += roundTripFailures(of: records.filter { !isRefused($0) })
                failures += records.filter(isRefused).compactMap(refusalFailure)
            }
        }
        return failures
    }

    /// Checks the round trip of the given records: as one document and, if that fails, one by one.
    public func roundTripFailures(of records: [SlowJSON]) -> [String] {
        guard let failure = roundTripFailure(of: records) else { return [] }
        let single = records.compactMap { roundTripFailure(of: [$0]) }
        return single.isEmpty ? [failure] : single
    }

    private func isRefused(_ record: SlowJSON) -> Bool {
        format.traits.reservedMembers.contains { record[ExactText($0)] != nil }
    }

    /// Checks that a record with a member that the format cannot express is refused with its place.
    private func refusalFailure(of record: SlowJSON) -> String? {
        let written = writing.run(SlowJSON.array([record]).bytes)
        let isRight =
            written.code == .notRepresentable && written.position != nil && written.path?.hasPrefix("$[0].") == true
        return isRight ? nil : "\(format) should refuse \(excerpt(record.text)), and gives \(written)"
    }

    private func roundTripFailure(of records: [SlowJSON]) -> String? {
        let input = SlowJSON.array(records)
        let written = writing.run(input.bytes)
        if let error = written.error { return "\(format) refuses to write \(excerpt(input.text)): \(error)" }
        if written != writing.run(input.bytes) { return "\(format) writes \(excerpt(input.text)) in two ways" }
        let back = reading.run(written.output)
        if let error = back.error {
            return
                "\(format) does not read what it wrote for \(excerpt(input.text)): \(error): \(excerpt(written.text))"
        }
        let result: SlowJSON
        do {
            result = try SlowJSON(parsing: back.output, depthLimit: 129)
        } catch {
            return "the JSON that came back is none: \(error): \(excerpt(back.text))"
        }
        let isSame = format.traits.keepsMemberOrder ? result == input : result.sorted == input.sorted
        if isSame { return nil }
        return "\(excerpt(input.text)) came back as \(excerpt(result.text)) through \(excerpt(written.text))"
    }

    // MARK: Pieces

    /// Checks that splitting the input at any byte changes neither records nor errors.
    public func splitFailures() -> [String] {
        smallDocuments.flatMap { splitFailures(of: $0) }
    }

    /// Splits one document at every byte, and into single bytes.
    public func splitFailures(of document: [UInt8], limits: Limits = .default) -> [String] {
        var conversion = Conversion(from: format, to: .json, schema: schema)
        conversion.limits = limits
        let whole = conversion.run(document, cuts: [])
        var failures: [String] = []
        // With the whole input, its end may be read first; without that, records may be written before an error is
        // found.
        var atOnce = conversion.run(document)
        if whole.error != nil {
            atOnce.output = whole.output
            atOnce.recordCount = whole.recordCount
        }
        func compare(_ outcome: Conversion.Outcome, _ how: String) {
            if outcome != whole {
                failures.append(
                    "\(excerpt(String(decoding: document, as: UTF8.self))) \(how) gives \(outcome) instead of \(whole)")
            }
        }
        compare(atOnce, "at once")
        for cut in 0...document.count where failures.count < 3 {
            compare(conversion.run(document, cuts: [cut]), "split at \(cut)")
        }
        compare(conversion.run(document, cuts: Array(0..<document.count), outputLimit: 1), "byte by byte")
        return failures
    }

    // MARK: Truncation

    /// Checks documents that were cut off: each is refused, or gives no more records than the whole; every error has a
    /// place.
    public func truncationFailures() -> [String] {
        var failures: [String] = []
        for document in smallDocuments {
            let whole = reading.run(document)
            for count in 0..<document.count where failures.count < 10 {
                let part = Array(document.prefix(count))
                let outcome = reading.run(part)
                let name = excerpt(String(decoding: part, as: UTF8.self))
                if outcome.error == nil {
                    // If the whole document is refused, its part before the fault may be valid and give one record
                    // more.
                    if whole.error == nil, outcome.recordCount > whole.recordCount {
                        failures.append("the cut-off \(name) has more records than the whole")
                    }
                } else if outcome.position.map({ $0.byteOffset <= count && $0.line > 0 && $0.column > 0 }) != true {
                    failures.append("the error for the cut-off \(name) has no place: \(outcome)")
                } else if outcome.path?.first != "$" {
                    failures.append("the error for the cut-off \(name) has no path: \(outcome)")
                }
            }
        }
        return failures
    }

    // MARK: Limits

    /// Checks that nesting up to the limit is accepted and deeper is refused, as are records that are too large.
    public func limitFailures() -> [String] {
        var failures: [String] = []
        var deep = SlowJSON.array([.number("1")])
        for level in 0..<6 { deep = level % 2 == 0 ? .object([SlowJSON.Member("d", deep)]) : .array([deep]) }
        let record = SlowJSON.object([SlowJSON.Member("d", deep)])
        let document = writing.run(record.bytes)
        var conversion = reading
        conversion.limits = Limits(depth: record.depth)
        if let error = conversion.run(document.output).error {
            failures.append("nesting of exactly the limit is refused: \(error)")
        }
        conversion.limits = Limits(depth: record.depth - 1)
        let tooDeep = conversion.run(document.output)
        if tooDeep.code != .depthLimit { failures.append("nesting deeper than the limit gives \(tooDeep)") }
        if tooDeep.position == nil { failures.append("the error for deep nesting has no place: \(tooDeep)") }

        let long = SlowJSON.object([SlowJSON.Member("x", .string(ExactText(String(repeating: "x", count: 500))))])
        let large = writing.run(long.bytes)
        conversion = reading
        conversion.limits = Limits(recordSize: 400)
        let tooLarge = conversion.run(large.output)
        if tooLarge.code != .recordLimit { failures.append("a record larger than the limit gives \(tooLarge)") }
        failures += splitFailures(of: large.output, limits: conversion.limits)
        return failures
    }

    // MARK: -

    /// Documents of a few hundred bytes, well-formed and malformed.
    private var smallDocuments: [[UInt8]] {
        var documents: [[UInt8]] = [[]]
        var generator = RecordGenerator(schema: schema, mood: .adversarial, seed: seed &+ 7, depthLimit: 12)
        var random = SeededGenerator(seed: seed)
        while documents.count < documentCount {
            let records = (0..<Int.random(in: 1...3, using: &random)).map { _ in generator.nextRecord() }
            if records.contains(where: isRefused) { continue }
            let document = writing.run(SlowJSON.array(records).bytes).output
            guard document.count > 20, document.count < 700 else { continue }
            documents.append(document)
            var broken = document
            broken[Int.random(in: 0..<broken.count, using: &random)] = random.pick([0x22, 0x00, 0xFF, 0x2C, 0x0A, 0x7D])
            documents.append(broken)
        }
        return documents
    }
}

/// The beginning of a text, for a sentence.
private func excerpt(_ text: String) -> String {
    text.unicodeScalars.count > 400 ? ExactText(scalars: Array(text.unicodeScalars.prefix(400))).string + "…" : text
}
