import LLMResources
import ResourceFormats
import ResourceFormatsTesting

/// JSON is accepted and understood as the slow parser does it.
struct SlowJSONLaws {
    let document: [UInt8]
    /// What the fast reader made of it.
    let lines: Conversion.Outcome

    /// A record may be 128 levels deep, and the list and page around it are two more.
    private static let depthLimit = 130

    func checkDocument() {
        let values = try? SlowJSON.parseSequence(document, depthLimit: Self.depthLimit)
        guard let values else {
            require(lines.error != nil, "the slow parser refuses what is refused")
            return
        }
        if values.count == 1, case .array(let elements) = values[0] {
            let isList = elements.allSatisfy { if case .object = $0 { $0.depth <= 128 } else { false } }
            require(isList == (lines.error == nil), "an array of objects is a list")
            if isList { requireRecords(elements) }
        } else if lines.error == nil, values.count != 1 {
            requireRecords(values)
        }
    }

    func checkLines() {
        let values = try? SlowJSON.parseSequence(document, depthLimit: Self.depthLimit)
        guard lines.error == nil else { return }
        guard let values else { return require(false, "the slow parser refuses what is refused") }
        requireRecords(values)
    }

    private func requireRecords(_ values: [SlowJSON]) {
        let text = values.map { $0.text + "\n" }.joined()
        require(lines.output == Array(text.utf8), "the slow parser reads the same records: \(text)")
    }

    private func require(_ isTrue: Bool, _ law: @autoclosure () -> String) {
        if isTrue { return }
        fail(law(), [("document", document), ("lines", lines)])
    }
}
