import Foundation
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// csv-miller and csv-frictionless: rows as an independent strict reader sees them.
@Suite(.enabled(if: ConformanceData.has("csv-miller"), "\(ConformanceData.isMissing)"))
struct CSVDataTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let expectation: SlowJSON
        var testDescription: String { path }

        var rows: [[String]]? {
            guard case .array(let rows) = expectation["rows"] else { return nil }
            return rows.map { row in
                guard case .array(let cells) = row else { return [] }
                return cells.map { if case .string(let text) = $0 { text.string } else { "" } }
            }
        }

        func isMarked(_ mark: ExactText) -> Bool { expectation[mark] == .bool(true) }
    }

    static let cases: [Case] = ["csv-miller", "csv-frictionless"].flatMap { folder -> [Case] in
        guard let content = try? ConformanceData.bytes("\(folder)/expected-rows.json"),
            case .object(let members) = try? SlowJSON(parsing: content)
        else { return [] }
        return members.map { Case(path: "\(folder)/\($0.name)", expectation: $0.value) }
    }

    @Test func findsTheCases() {
        #expect(Self.cases.count == 49)
        #expect(Self.cases.filter { $0.isMarked("ragged") }.count == 3)
    }

    @Test(arguments: cases)
    func readsTheRowsOrRefusesWithPlace(one: Case) throws {
        let outcome = run(try ConformanceData.bytes(one.path), from: .csv)
        if let code = expectedCode(one) {
            #expect(outcome.code == code, "\(outcome)")
            #expect(outcome.position != nil && outcome.path != nil)
            return
        }
        #expect(outcome.error == nil)
        guard case .array(let records) = try SlowJSON(parsing: outcome.output, depthLimit: 129) else { return }
        guard let rows = one.rows, let header = rows.first else {
            // Only counts are given. The header counts as a row there.
            #expect(one.expectation["row_count"] == .number(String(records.count + 1)))
            return
        }
        #expect(records.count == rows.count - 1)
        for (record, row) in zip(records, rows.dropFirst()) {
            for (name, text) in zip(header, row) { #expect(cell(record, name) == text, "\(name)") }
        }
    }

    private func expectedCode(_ one: Case) -> SerializationError.Code? {
        if one.isMarked("ragged") { return .unequalColumns }
        if one.isMarked("duplicate_header") || one.isMarked("blank_header") { return .invalidHeader }
        if one.expectation["error"] == .string("not UTF-8") { return .invalidEncoding }
        return one.rows?.isEmpty == true ? .invalidHeader : nil
    }

    /// The text of a cell, told from the record: an absent cell is the empty text, a typed one its JSON.
    private func cell(_ record: SlowJSON, _ name: String) -> String? {
        switch record[ExactText(name)] {
        case nil: ""
        case .string(let text): text.string
        case .some(let value): value.text
        }
    }

    @Test func readsThousandsOfColumns() throws {
        let outcome = run(try ConformanceData.bytes("csv-frictionless/wide.csv"), from: .csv)
        #expect(outcome.error == nil)
        #expect(outcome.recordCount > 0)
    }
}

/// csv-spectrum: tables of strings beside the same in JSON.
@Suite(.enabled(if: ConformanceData.has("csv-spectrum"), "\(ConformanceData.isMissing)"))
struct CSVSpectrumTests {
    private static let names = ConformanceData.files(in: "csv-spectrum/csvs").map { String($0.dropLast(4)) }

    @Test(arguments: names)
    func readsTheTable(name: String) throws {
        let table = try ConformanceData.bytes("csv-spectrum/csvs/\(name).csv")
        let outcome = run(table, from: .csv)
        // One pair has a table in Latin-1 or another row in its JSON; see its files.
        guard name != "location_coordinates" else {
            #expect((outcome.error == nil) == (String(validating: table, as: UTF8.self) != nil))
            return
        }
        let expected = try SlowJSON(parsing: try ConformanceData.bytes("csv-spectrum/json/\(name).json"))
        #expect(outcome.error == nil)
        #expect(strings(try SlowJSON(parsing: outcome.output, depthLimit: 129)) == strings(expected))
    }

    /// The table with numbers as the strings they are in a table of strings.
    private func strings(_ value: SlowJSON) -> SlowJSON {
        switch value {
        case .number(let digits): .string(ExactText(digits))
        case .array(let elements): .array(elements.map(strings))
        case .object(let members): .object(members.map { .init($0.name, strings($0.value)) })
        case .null, .bool, .string: value
        }
    }
}

/// csv-injection: texts that spreadsheet programs run.
@Suite(.enabled(if: ConformanceData.has("csv-injection"), "\(ConformanceData.isMissing)"))
struct CSVInjectionTests {
    static let payloads: [String] = {
        let content = (try? ConformanceData.bytes("csv-injection/csv-payload.txt")) ?? []
        return String(decoding: content, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }()

    private static let starts: Set<UInt8> = Set("=+-@\t\r\n".utf8)

    @Test func findsTheCases() {
        #expect(Self.payloads.count == 6)
    }

    @Test(arguments: payloads, ["name", "x", "fallbacks[0].fallbackLLMReferenceId"])
    func guardsCells(payload: String, column: String) {
        let field = SlowJSON.string(ExactText(payload))
        let record: SlowJSON =
            column.hasPrefix("fallbacks")
            ? .object([.init("fallbacks", .array([.object([.init("fallbackLLMReferenceId", field)])]))])
            : .object([.init(ExactText(column), field)])
        for isGuarded in [true, false] {
            let written = run(record.bytes, to: .csv(CSVOptions(isForSpreadsheets: isGuarded)))
            #expect(run(written.output, from: .csv, shape: .item).output == record.bytes + [0x0A])
            let lines = written.output.split(separator: 0x0A)
            var cell = lines.count > 1 ? Array(lines[1]) : []
            if cell.first == 0x22 { cell.removeFirst() }
            #expect(!cell.isEmpty)
            if isGuarded { #expect(cell.first.map { Self.starts.contains($0) } == false) }
        }
    }

    @Test(arguments: payloads)
    func guardsKeys(payload: String) {
        let record = SlowJSON.object([.init(ExactText(payload), .number("1"))])
        for isGuarded in [true, false] {
            let written = run(record.bytes, to: .csv(CSVOptions(isForSpreadsheets: isGuarded)))
            #expect(run(written.output, from: .csv, shape: .item).output == record.bytes + [0x0A])
            var header = written.output
            if isGuarded { header.removeFirst(3) }
            if header.first == 0x22 { header.removeFirst() }
            #expect(header.first.map { Self.starts.contains($0) } == false)
        }
    }
}
