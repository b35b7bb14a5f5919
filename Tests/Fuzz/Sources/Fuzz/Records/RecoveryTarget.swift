import LLMResources
import ResourceFormats
import ResourceFormatsTesting

/// Going on after refused records: three bytes that pick format, pieces, target and validator, then a document.
enum RecoveryTarget: Target {
    static let name = "recovery"

    static func check(_ bytes: [UInt8]) {
        guard bytes.count >= 3 else { return }
        let source = Format.builtIn[Int(bytes[0] & 0x7F) % Format.builtIn.count]
        let target: Format = [.jsonLines, .json, .xml, .hal][Int(bytes[2] & 3)]
        let validator =
            bytes[2] & 4 > 0 ? RecordValidator(schema: LargeLanguageModel.schema, isStrict: bytes[2] & 8 > 0) : nil
        var document = Array(bytes.dropFirst(3))
        if bytes[0] & 0x80 > 0 {
            checkElements(document.split(separator: 0xFF).map(Array.init))
            document = document.map { $0 == 0xFF ? 0x2C : $0 }
        }
        func recover(pieces: Int) -> Recovery {
            Recovery(document, from: source, to: target, pieces: pieces, validator: validator)
        }
        let facts: [(String, Any)] = [
            ("document", document), ("from", source), ("to", target), ("validator", validator != nil),
        ]
        let whole = recover(pieces: max(1, document.count))
        if whole.isEndless { fail("going on comes to an end", facts) }
        // A reader that is shown all at once may see at the end what the document is, and holds no record back.
        let cut = recover(pieces: 1 + Int(bytes[1]))
        if cut != whole { fail("pieces give what the whole gives", facts + [("whole", whole), ("pieces", cut)]) }
        if document.count < 200 {
            let single = recover(pieces: 1)
            if single != whole {
                fail("bytes give what the whole gives", facts + [("whole", whole), ("bytes", single)])
            }
        }
        if whole.isWhole, whole.errors.count != whole.refused.count {
            fail("each refused record is reported once", facts + [("whole", whole)])
        }
        checkPlainRun(document, source, target, whole, validator, facts)
        checkScanner(document, source, facts)
        if source == .jsonLines { checkLines(document, facts) }
    }

    /// Where nothing is refused, going on makes no difference.
    private static func checkPlainRun(
        _ document: [UInt8], _ source: Format, _ target: Format, _ whole: Recovery, _ validator: RecordValidator?,
        _ facts: [(String, Any)]
    ) {
        guard validator == nil else { return }
        let plain = Conversion(from: source, to: target, schema: LargeLanguageModel.schema).run(document, cuts: [])
        let isSame =
            plain.error == nil
            ? whole.errors.isEmpty && whole.endError == nil && whole.output == plain.output
            : (whole.errors.first ?? whole.endError) == plain.error
        // With a first pass over all of the input an error may be met earlier.
        let hasFirstPass = Converter(from: source, to: target, schema: LargeLanguageModel.schema).needsFirstPass
        if !isSame, !hasFirstPass {
            fail("the first error is that of a plain run", facts + [("plain", plain), ("whole", whole)])
        }
    }

    /// The scanner finds the same records and refuses the same.
    private static func checkScanner(_ document: [UInt8], _ source: Format, _ facts: [(String, Any)]) {
        let converted = Recovery(document, from: source, to: .jsonLines, pieces: max(1, document.count))
        var scanner = RecordStream(source, schema: LargeLanguageModel.schema)
        var good = 0
        var errors: [String] = []
        var isWhole = false
        for _ in 0..<10 * (document.count + 20) {
            do throws(SerializationError) {
                let progress = try scanner.next(document.span, isComplete: true)
                if progress == .record {
                    good += 1
                    continue
                }
                isWhole = progress == .end
                break
            } catch {
                errors.append("\(error)")
                let progress = scanner.skipRefusedRecord(document.span, isComplete: true)
                if progress == .impossible || progress == .needsMoreInput { break }
            }
        }
        if good != converted.recordCount || errors != converted.errors || isWhole != converted.isWhole {
            fail(
                "scanner and converter find the same",
                facts + [("records", good), ("errors", errors), ("whole", isWhole), ("converted", converted)])
        }
    }

    /// A record of JSON Lines depends on its own line alone.
    private static func checkLines(_ document: [UInt8], _ facts: [(String, Any)]) {
        // A byte order mark belongs to the document, and other encodings show in its first bytes.
        guard !document.prefix(4).contains(where: { $0 == 0 || $0 >= 0xEF }) else { return }
        let whole = Recovery(document, from: .jsonLines, to: .jsonLines, pieces: max(1, document.count))
        var output: [UInt8] = []
        var refused = 0
        for line in document.split(separator: 0x0A) where !line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) {
            // A space, so that no line's first bytes are taken for an encoding.
            let alone = Conversion(from: .jsonLines, to: .jsonLines, schema: LargeLanguageModel.schema)
                .run(Array("    ".utf8) + line)
            if alone.error == nil { output += alone.output } else { refused += 1 }
        }
        if !whole.isWhole || whole.output != output || whole.refused.count != refused {
            fail("each line stands for itself", facts + [("expected", output), ("refused", refused), ("whole", whole)])
        }
    }

    /// In an array of balanced elements each good record survives once, and each other element is reported once.
    private static func checkElements(_ elements: [[UInt8]]) {
        var document: [UInt8] = [0x5B]
        var output: [UInt8] = []
        var refused = 0
        var count = 0
        for element in elements where isBalanced(element) {
            if count > 0 { document.append(0x2C) }
            count += 1
            document += element
            if let value = try? SlowJSON(parsing: element), case .object = value, element.first != 0xEF {
                output += value.bytes + [0x0A]
            } else {
                refused += 1
            }
        }
        document.append(0x5D)
        // Other encodings show in the first bytes.
        guard !document.prefix(4).contains(0) else { return }
        let whole = Recovery(document, from: .json, to: .jsonLines, pieces: document.count)
        if !whole.isWhole || whole.output != output || whole.refused.count != refused || whole.errors.count != refused {
            fail(
                "each element of an array stands for itself",
                [("document", document), ("expected", output), ("refused", refused), ("whole", whole)])
        }
    }

    /// Whether an element is one thing that ends where everybody sees it: no comma outside of brackets and quotes, these
    /// in pairs, and nothing after the last of them.
    private static func isBalanced(_ element: [UInt8]) -> Bool {
        var open: [UInt8] = []
        var isQuoted = false
        var isEscaped = false
        var hasContent = false
        var hasEnded = false
        for byte in element {
            if isQuoted {
                // A string ends with its line, whatever it lacks.
                if byte < 0x20 { return false }
                isQuoted = isEscaped || byte != 0x22
                isEscaped = !isEscaped && byte == 0x5C
                if !isQuoted, open.isEmpty { hasEnded = true }
                continue
            }
            if [0x20, 0x09, 0x0A, 0x0D].contains(byte) { continue }
            if hasEnded { return false }
            hasContent = true
            switch byte {
            case 0x22: isQuoted = true
            case 0x5B, 0x7B: open.append(byte)
            case 0x5D, 0x7D:
                if open.popLast() != byte - 2 { return false }
                hasEnded = open.isEmpty
            case 0x2C where open.isEmpty: return false
            default: break
            }
        }
        return open.isEmpty && !isQuoted && hasContent
    }

    static func seeds() -> [[UInt8]] {
        var seeds: [[UInt8]] = []
        for (index, format) in Format.builtIn.enumerated() {
            for (number, document) in Seeds.all(format).enumerated() {
                seeds.append(
                    [UInt8(index), UInt8(truncatingIfNeeded: number * 5), UInt8(truncatingIfNeeded: number)] + document)
            }
        }
        let elements = ["{\"k\":0}", "{\"k\":01}", "7", "{\"a\":[1,2],\"b\":\"\\\"\"}", "x", "[1]", "{\"a\":{}} {}"]
        for first in elements {
            var seed: [UInt8] = [0x80, 3, 0]
            for second in elements { seed += [Array(first.utf8), [0xFF], Array(second.utf8), [0xFF]].joined() }
            seeds.append(seed)
        }
        return seeds
    }

    static let words = Words.json + Words.csv + Words.xml + Words.names
}
