import ResourceFormats

/// The table of fields that `llmfmt inspect` prints for people.
struct InspectionTable {
    /// The width where there is no terminal.
    static let usualWidth = 120

    private static let cells = 10
    private static let mostExamples = 3
    private static let leastValueWidth = 12

    private let width: Int

    /// A table for lines of so many columns.
    init(width: Int) {
        self.width = width
    }

    /// A line for each place.
    func lines(_ rows: [RecordCensus.Row]) -> String {
        let head = [["  FIELD", "KNOWN", "COUNT", "PRESENT", "KINDS", ""]]
        let columns = table(
            head
                + rows.map { row in
                    [
                        "  " + row.path, row.isKnown ? "yes" : "no", String(row.count), Self.bar(row),
                        row.kinds.names.joined(separator: ", "), "",
                    ]
                })
        let values = ["VALUES"] + rows.map { Self.values($0.tally) }
        return zip(columns.split(separator: "\n"), values).map { start, values in
            let start = String(start)
            if values.isEmpty { return Self.withoutSpaces(start) + "\n" }
            return start + Self.cut(values, to: max(Self.leastValueWidth, width - Self.width(of: start))) + "\n"
        }.joined()
    }

    /// Ten cells, filled by the part of the objects that have the member; empty for elements.
    ///
    /// The bar is full only if all have it, and empty only if none has.
    private static func bar(_ row: RecordCensus.Row) -> String {
        guard let possible = row.possibleCount, possible > 0 else { return "" }
        let part = Double(row.count) / Double(possible)
        let filled = row.count >= possible ? cells : min(cells - 1, max(1, Int((part * Double(cells)).rounded())))
        return String(repeating: "\u{2588}", count: filled) + String(repeating: "\u{2591}", count: cells - filled)
    }

    private static func values(_ tally: ValueTally) -> String {
        if tally.hasMore { return tally.values.prefix(mostExamples).map(text).joined(separator: ", ") + ", …" }
        let isCounted = tally.values.contains { $0.count > 1 }
        return tally.byCount.map { text($0) + (isCounted ? " × \($0.count)" : "") }.joined(separator: ", ")
    }

    private static func text(_ value: ValueTally.Value) -> String {
        let text = shown(String(decoding: value.text, as: UTF8.self)) + (value.isCut ? "…" : "")
        return value.kind == .string ? "\"\(text)\"" : text
    }

    private static func withoutSpaces(_ line: String) -> String {
        var bytes = Array(line.utf8)
        while bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Width

    private static func cut(_ text: String, to width: Int) -> String {
        if self.width(of: text) <= width { return text }
        var cut = String.UnicodeScalarView()
        var used = 1
        for scalar in text.unicodeScalars {
            used += columns(of: scalar)
            if used > width { break }
            cut.append(scalar)
        }
        return String(cut) + "…"
    }

    private static func width(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
    }

    /// The columns that a terminal gives to a character; of what combines with others it may be less.
    private static func columns(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60,
            0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
