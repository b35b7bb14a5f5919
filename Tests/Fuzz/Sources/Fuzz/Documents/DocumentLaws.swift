import LLMResources
import ResourceFormats
import ResourceFormatsTesting

/// What holds for every document in every format, whatever its bytes are.
struct DocumentLaws {
    let input: DocumentInput
    /// How the document is read, and how its format is written.
    let source: Format
    let own: Format
    /// Whether the source's links begin with a base URL.
    let hasBaseURL: Bool
    /// Whether `own` is CSV with each list in one cell.
    let ownHasJSONCells: Bool
    /// What the document is as JSON Lines, which refuse no record.
    let lines: Conversion.Outcome

    init(
        _ input: DocumentInput, source: Format, own: Format, hasBaseURL: Bool = false, ownHasJSONCells: Bool = false
    ) {
        self.hasBaseURL = hasBaseURL
        self.ownHasJSONCells = ownHasJSONCells
        self.input = input
        self.source = source
        self.own = own
        lines = input.conversion(from: source, to: .jsonLines).run(input.document, cuts: [])
    }

    func check() {
        checkError(lines)
        checkPieces()
        checkTarget()
        checkChain()
    }

    private func require(
        _ isTrue: Bool, _ law: @autoclosure () -> String, _ facts: @autoclosure () -> [(String, Any)] = []
    ) {
        if isTrue { return }
        fail(
            law(),
            [
                ("document", input.document), ("from", source), ("variant", input.variant), ("to", input.form.name),
                ("limits", input.limits), ("cuts", input.cuts),
            ] + facts())
    }

    // MARK: Errors

    private func checkError(_ outcome: Conversion.Outcome) {
        guard outcome.error != nil else { return }
        // XML and tables in another encoding are counted as the UTF-8 that they become.
        let count = input.document.count * (source.name == "xml" || source.name == "csv" ? 3 : 1)
        require(
            outcome.position.map { 0...count ~= $0.byteOffset && $0.line > 0 && $0.column > 0 } == true,
            "an error has a place in the document", [("outcome", outcome), ("position", outcome.position as Any)])
        require(outcome.path?.utf8.first == 0x24, "an error has a path", [("outcome", outcome)])
    }

    // MARK: Pieces

    private func checkPieces() {
        let conversion = input.conversion(from: source, to: input.form.writer)
        let whole = conversion.run(input.document, cuts: [])
        checkError(whole)
        var atOnce = conversion.run(input.document)
        checkParts(conversion, atOnce)
        if whole.error != nil {
            // Whoever has all of the input looks at its end first; then records may be written before an error is met.
            atOnce.output = whole.output
            atOnce.recordCount = whole.recordCount
        }
        require(atOnce == whole, "at once is as in pieces", [("whole", whole), ("at once", atOnce)])
        let parts = conversion.run(input.document, cuts: input.cuts)
        require(
            parts == whole, "pieces give what the whole gives", [("whole", whole), ("pieces", parts)])
        guard input.document.count <= 160 else { return }
        let bytes = conversion.run(input.document, cuts: Array(0..<input.document.count), outputLimit: 1)
        require(
            bytes == whole, "single bytes give what the whole gives", [("whole", whole), ("bytes", bytes)])
    }

    // MARK: Parts

    /// Parts that begin and end anywhere, and where records seem to end.
    private func checkParts(_ conversion: Conversion, _ atOnce: Conversion.Outcome) {
        let document = input.document.span
        let first = input.document.firstIndex(of: UInt8(ascii: "{")) ?? 0
        let ends = input.cuts.compactMap { cut in
            source.traits.endOfRecords?(
                document.extracting(..<cut), document.extracting(first...), LargeLanguageModel.schema)
        }
        for cuts in [input.cuts, (input.cuts + ends).sorted()] {
            let parts = conversion.run(input.document, parts: cuts).outcome
            require(
                parts == atOnce, "parts give what the whole gives",
                [("parts", cuts), ("at once", atOnce), ("in parts", parts)])
        }
    }

    // MARK: Targets

    /// Whether a document is refused depends on its reader alone, and on what the writer cannot say.
    private func checkTarget() {
        let outcome = input.conversion(from: source, to: input.form.writer, shape: .list).run(input.document, cuts: [])
        let isWriters = outcome.code.map { $0.category == .output || $0 == .wrongShape || $0 == .recordLimit } ?? false
        if lines.error == nil {
            require(
                outcome.error == nil || isWriters, "what can be read is refused by the writer alone",
                [("lines", lines), ("outcome", outcome)])
        } else {
            require(
                outcome.error != nil, "what cannot be read is refused for every target",
                [("lines", lines), ("outcome", outcome)])
            require(
                isWriters || (outcome.code == lines.code && outcome.position == lines.position),
                "the reader's error is the same for every target", [("lines", lines), ("outcome", outcome)])
        }
    }

    // MARK: There and back

    private func checkChain() {
        let form = input.form
        let there = input.conversion(from: source, to: form.writer, shape: .list).run(input.document)
        guard there.error == nil else { return }
        // What was written may be larger than a narrow limit.
        func read(_ bytes: [UInt8], to target: Format) -> Conversion.Outcome {
            Conversion(from: form.reader, to: target, schema: LargeLanguageModel.schema, shape: .list).run(bytes)
        }
        let back = read(there.output, to: .jsonLines)
        let facts: [(String, Any)] = [("lines", lines), ("there", there), ("back", back)]
        require(back.error == nil, "what is written is read", facts)
        require(
            form.isCSV ? Self.sorted(back.output) == Self.sorted(lines.output) : back.output == lines.output,
            "records come back as they were", facts)

        // Links that are foreign to HAL have no place elsewhere; the note says so.
        guard !there.notes.contains(where: { $0.contains("links") }) else { return }
        // With another base URL all links are foreign.
        guard !(form.isHAL && own.name == "hal" && form.hasBaseURL != hasBaseURL) else { return }
        // Columns put the members of each list element into their own order. A format that writes the element in one
        // piece shows that order, and a table with the same columns does not.
        guard !form.isCSV || own.name == "csv" && !(ownHasJSONCells && !form.hasJSONCells) else { return }
        let straight = input.conversion(from: source, to: own, shape: .list).run(input.document)
        guard straight.error == nil else { return }
        let around = read(there.output, to: own)
        require(
            around.error == nil && around.output == straight.output, "there and back gives the same bytes",
            [("there", there), ("straight", straight), ("around", around)])
    }

    private static func sorted(_ lines: [UInt8]) -> [SlowJSON]? {
        (try? SlowJSON.parseSequence(lines, depthLimit: 140))?.map(\.sorted)
    }
}
