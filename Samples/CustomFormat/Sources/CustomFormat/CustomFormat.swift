import Foundation
import LLMResources
import ResourceFormats
import TabSeparatedValues

/// Prints JSON as TSV and TSV as JSON: `CustomFormat models.json`, `CustomFormat models.tsv`.
@main
struct CustomFormat {
    static func main() {
        // A format from outside stands wherever one of the package's does.
        let formats: [Format] = [.json, .tabSeparated]
        let path = CommandLine.arguments.last ?? ""
        let name = URL(fileURLWithPath: path).pathExtension.lowercased()
        guard CommandLine.arguments.count == 2, let source = formats.first(where: { $0.fileExtensions.contains(name) }),
            let target = formats.first(where: { $0 != source })
        else { fail("usage: CustomFormat FILE.json|FILE.tsv", code: 64) }
        do {
            let input = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            var converter = Converter(from: source, to: target, schema: LargeLanguageModel.schema)
            var output = OutputBuffer()
            try converter.convert(input, from: source, into: &output)
            try output.span.withUnsafeBytes { try FileHandle.standardOutput.write(contentsOf: $0) }
            for note in converter.notes { say("\(path): \(note.sentence)") }
        } catch let error as SerializationError {
            fail("\(path):\(error)", code: 65)
        } catch {
            fail("\(path): \(error.localizedDescription)", code: 74)
        }
    }

    private static func say(_ sentence: String) {
        FileHandle.standardError.write(Data("\(sentence)\n".utf8))
    }

    private static func fail(_ sentence: String, code: Int32) -> Never {
        say(sentence)
        exit(code)
    }
}
