import Foundation
import LLMResources
import ResourceFormats

/// Converts one file into another, a piece at a time; the formats follow from the names.
@main
struct ConvertFile {
    static func main() {
        guard CommandLine.arguments.count == 3 else { fail("usage: ConvertFile INPUT OUTPUT", code: 64) }
        let (source, target) = (CommandLine.arguments[1], CommandLine.arguments[2])
        guard let from = format(of: source), let to = format(of: target) else {
            fail(
                "\(source), \(target): expected names that end in \(Format.builtIn.flatMap(\.fileExtensions))", code: 64
            )
        }
        do {
            for note in try convert(source, from, to: target, to) { say("\(source): \(note.sentence)") }
        } catch let error as SerializationError {
            fail("\(source):\(error)", code: 65)  // The error begins with LINE:COLUMN.
        } catch {
            fail("\(source), \(target): \(error.localizedDescription)", code: 74)
        }
    }

    private static func format(of path: String) -> Format? {
        let name = URL(fileURLWithPath: path).pathExtension.lowercased()
        return Format.builtIn.first { $0.fileExtensions.contains(name) }
    }

    private static func convert(_ source: String, _ from: Format, to target: String, _ to: Format) throws -> [Note] {
        let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: source))
        var converter = Converter(from: from, to: to, schema: LargeLanguageModel.schema)
        // Whether HAL or XML is a page shows at the end; CSV has to see all records before the first one is written.
        if converter.needsFirstPass {
            let tail = try input.tail(Converter.tailLength)
            converter.lookAtEnd(tail.span)
        }
        if converter.needsFirstPass {
            try input.feed { try converter.prepare($0, isComplete: $1, used: &$2) }
            converter.beginInput(from: from)
        }
        // Until all is well, nothing stands under the target's name.
        let output = try TemporaryFile(for: target)
        var buffer = OutputBuffer()
        try input.feed { bytes, isComplete, used in
            let progress = try converter.resume(bytes, isComplete: isComplete, used: &used, into: &buffer)
            try output.drain(&buffer)
            return progress
        }
        try converter.finish(into: &buffer)
        try output.drain(&buffer)
        try output.takeName()
        return converter.notes
    }
}

func say(_ sentence: String) {
    FileHandle.standardError.write(Data("\(sentence)\n".utf8))
}

func fail(_ sentence: String, code: Int32) -> Never {
    say(sentence)
    exit(code)
}
