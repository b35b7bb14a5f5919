import LLMResources
import ResourceFormats
import ResourceFormatsTesting

/// Typed and kept records: a byte for the format that is read, one for the format that is written, then a document.
enum TypedTarget: Target {
    static let name = "typed"

    static func check(_ bytes: [UInt8]) {
        guard bytes.count >= 2 else { return }
        let source = Format.builtIn[Int(bytes[0]) % Format.builtIn.count]
        let form = TargetForm.all[Int(bytes[1]) % TargetForm.all.count]
        let document = Array(bytes.dropFirst(2))
        let facts: [(String, Any)] = [("document", document), ("from", source), ("to", form.name)]
        checkTyped(document, source, form, facts)
        checkKept(document, source, form, facts)
    }

    /// Decoding, encoding and decoding again gives equal values; a valid record can be decoded.
    private static func checkTyped(
        _ document: [UInt8], _ source: Format, _ form: TargetForm, _ facts: [(String, Any)]
    ) {
        let models: [LargeLanguageModel]
        do throws(SerializationError) {
            models = try source.decode([LargeLanguageModel].self, from: document)
        } catch {
            if error.position == nil || error.path == nil {
                fail("a typed read says where", facts + [("error", error)])
            }
            if areAllValid(document, source) { fail("a valid record can be read", facts + [("error", error)]) }
            return
        }
        guard let written = try? form.writer.encode(models) else { return }
        do throws(SerializationError) {
            let again = try form.reader.decode([LargeLanguageModel].self, from: written)
            // CSV gives unknown members in the order of its columns.
            let isSame = form.isCSV ? try sorted(again) == sorted(models) : again == models
            if !isSame { fail("decode, encode, decode gives equals", facts + [("written", written)]) }
            let twice = try form.writer.encode(again)
            if !form.isCSV, twice != written {
                fail("encoding equals gives equal bytes", facts + [("written", written), ("twice", twice)])
            }
        } catch {
            fail("what is encoded is decoded", facts + [("written", written), ("error", error)])
        }
    }

    private static func sorted(_ models: [LargeLanguageModel]) throws(SerializationError) -> [SlowJSON]? {
        (try? SlowJSON.parseSequence(try Format.jsonLines.encode(models), depthLimit: 140))?.map(\.sorted)
    }

    private static func areAllValid(_ document: [UInt8], _ source: Format) -> Bool {
        let validator = RecordValidator(schema: LargeLanguageModel.schema)
        var scanner = RecordStream(source, schema: LargeLanguageModel.schema)
        do throws(SerializationError) {
            while try scanner.next(document.span, isComplete: true) == .record {
                guard let record = scanner.record else { return false }
                if validator.violations(in: record).contains(where: { $0.severity == .error }) { return false }
            }
            return true
        } catch {
            return false
        }
    }

    /// Kept records are written as a converter writes them.
    private static func checkKept(
        _ document: [UInt8], _ source: Format, _ form: TargetForm, _ facts: [(String, Any)]
    ) {
        let schema = LargeLanguageModel.schema
        let lines = Conversion(from: source, to: .jsonLines, schema: schema).run(document)
        let kept: [StoredRecord]
        do throws(SerializationError) {
            kept = try StoredRecord.records(in: document, from: source, schema: schema).records
        } catch {
            if lines.error == nil { fail("what can be converted can be kept", facts + [("error", error)]) }
            return
        }
        if lines.error != nil || lines.output != kept.flatMap({ $0.json + [0x0A] }) {
            fail("a kept record is its JSON", facts + [("lines", lines), ("kept", kept.map(\.json))])
        }
        let array = Array("[".utf8) + kept.map(\.json).joined(separator: [0x2C]) + Array("]".utf8)
        let converted = Conversion(from: .json, to: form.writer, schema: schema, shape: .list).run(array)
        let encoded = try? form.writer.encode(kept, schema: schema)
        // Both are refused, or both are the same.
        if converted.error == nil ? encoded != converted.output : encoded != nil {
            fail(
                "kept records are written as a converter writes them",
                facts + [("converted", converted), ("encoded", encoded as Any)])
        }
    }

    static func seeds() -> [[UInt8]] {
        var seeds: [[UInt8]] = []
        for (index, format) in Format.builtIn.enumerated() {
            for (number, document) in (Seeds.valid(format) + Seeds.all(format)).enumerated() {
                seeds.append([UInt8(index), UInt8(truncatingIfNeeded: number)] + document)
            }
        }
        return seeds
    }

    static let words = Words.json + Words.csv + Words.xml + Words.names
}
