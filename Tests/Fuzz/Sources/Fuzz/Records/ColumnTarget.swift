import LLMResources
import ResourceFormats
import ResourceFormatsTesting

/// Columns' names: as the way to a place (steps between bytes FF), and as whatever a header may hold.
enum ColumnTarget: Target {
    static let name = "columns"

    static func check(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let form = TargetForm.all.filter(\.isCSV)[Int(first) % 5]
        let rest = Array(bytes.dropFirst())
        checkPlaces(rest.split(separator: 0xFE, maxSplits: 4).map(Array.init), form)
        checkHeader(rest.split(separator: 0xFE, maxSplits: 4).map(Array.init), form)
    }

    /// Values at any place come back to it.
    private static func checkPlaces(_ places: [[UInt8]], _ form: TargetForm) {
        var record = SlowJSON.object([])
        for (number, place) in places.enumerated() {
            var steps: [ExactText] = []
            for step in place.split(separator: 0xFF, maxSplits: 20, omittingEmptySubsequences: false) {
                guard let name = String(validating: step, as: UTF8.self) else { return }
                steps.append(ExactText(name))
            }
            insert(.string(ExactText("v\(number)")), at: steps[...], into: &record)
        }
        let schema = LargeLanguageModel.schema
        let written = Conversion(from: .json, to: form.writer, schema: schema, shape: .list).run(record.bytes)
        let back = Conversion(from: form.reader, to: .jsonLines, schema: schema).run(written.output)
        let result = try? SlowJSON(parsing: back.output)
        if written.error != nil || back.error != nil || result?.sorted != record.sorted {
            fail(
                "a value comes back to its place",
                [("record", record), ("to", form.name), ("written", written), ("back", back)])
        }
    }

    /// A step that begins with U+0001 is an element, after others; any other is a member.
    private static func insert(_ value: SlowJSON, at steps: ArraySlice<ExactText>, into object: inout SlowJSON) {
        guard let step = steps.first, case .object(var members) = object else { return }
        var inner: SlowJSON = steps.count == 1 ? value : .object([])
        if steps.count > 1, let next = steps.dropFirst().first, next.scalars.first == "\u{1}" {
            let before = Int(next.scalars.dropFirst().first?.value ?? 0) % 3
            var element: SlowJSON = steps.count == 2 ? value : .object([])
            if steps.count > 2 { insert(value, at: steps.dropFirst(2), into: &element) }
            inner = .array(Array(repeating: .null, count: before) + [element])
        } else if let place = members.firstIndex(where: { $0.name == step }), case .object = members[place].value,
            steps.count > 1
        {
            inner = members[place].value
            insert(value, at: steps.dropFirst(), into: &inner)
        } else if steps.count > 1 {
            insert(value, at: steps.dropFirst(), into: &inner)
        }
        members.removeAll { $0.name == step }
        members.append(SlowJSON.Member(step, inner))
        object = .object(members)
    }

    /// A header that is accepted names places that are written and read again.
    private static func checkHeader(_ cells: [[UInt8]], _ form: TargetForm) {
        guard !cells.isEmpty else { return }
        func row(_ cells: [[UInt8]]) -> [UInt8] {
            let quoted = cells.map { cell -> [UInt8] in
                let doubled: [UInt8] = cell.flatMap { byte -> [UInt8] in byte == 0x22 ? [byte, byte] : [byte] }
                return [0x22] + doubled + [0x22]
            }
            return Array(quoted.joined(separator: [0x2C])) + [0x0A]
        }
        let document = row(cells) + row(cells.map { _ in [0x76] })
        let schema = LargeLanguageModel.schema
        let read = Conversion(from: .csv(CSVOptions(delimiter: 0x2C)), to: .jsonLines, schema: schema).run(document)
        guard read.error == nil else { return }
        let written = Conversion(from: .jsonLines, to: form.writer, schema: schema).run(read.output)
        let back = Conversion(from: form.reader, to: .jsonLines, schema: schema).run(written.output)
        let (result, expected) = (try? SlowJSON(parsing: back.output), try? SlowJSON(parsing: read.output))
        if written.error != nil || back.error != nil || result == nil || result?.sorted != expected?.sorted {
            fail(
                "what a header names is written and read again",
                [("document", document), ("to", form.name), ("read", read), ("written", written), ("back", back)])
        }
    }

    static func seeds() -> [[UInt8]] {
        let places: [[String]] = [
            ["name"], ["openAI", "customModel"], ["fallbacks", "\u{1}1", "immediateFallBack", "failedRequests"],
            ["a.b", "[0]", "\\e", ""], ["assignedToProjects", "\u{1}"], ["x", "\u{1}2"], ["=1", "@"],
            [" a ", "\u{FEFF}"],
            ["azureOpenAI", "region", "\u{1}1", "x"], ["sep=;"], ["March"], ["1-2"],
        ]
        let steps = places.map { $0.map { Array($0.utf8) }.joined(separator: [0xFF]) }.map(Array.init)
        let headers = [
            "name", "a[0]", "a[0].b", "a[1]", "a[00]", "Size [mm]", "a..b", "\\e", "\\u0041", "\\=1", "a\\.b", "x.y",
            "fallbacks[0].immediateFallBack.emailNotificationList[1]", " a", "a\\", "\\u00", "\\ud800", "[0]", "a[0",
            "sep=,",
        ].map { Array($0.utf8) }
        let single = (steps + headers).enumerated().map { [UInt8(truncatingIfNeeded: $0)] + $1 }
        let pairs = zip(headers, headers.dropFirst()).map { [UInt8(1)] + $0 + [0xFE] + $1 }
        return single + pairs + zip(steps, steps.dropFirst()).map { [UInt8(2)] + $0 + [0xFE] + $1 }
    }

    static let words = Words.csv + Words.names
}
