import Foundation
import LLMResources
import ResourceFormats
import YAMLFormat

/// Converts a file, or standard input, between YAML and the toolkit's formats: `yaml-convert --to json models.yaml`.
@main
struct YAMLConvert {
    private static let formats = [Format.yaml] + Format.builtIn

    static func main() {
        guard let options = Options(CommandLine.arguments.dropFirst(), formats) else {
            let names = formats.map(\.name).joined(separator: "|")
            fail("usage: yaml-convert [--from \(names)] [--to \(names)] [FILE]", code: 64)
        }
        let name = options.path ?? "standard input"
        do {
            let input =
                try options.path.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
                ?? FileHandle.standardInput.readToEnd() ?? Data()
            var converter = Converter(from: options.source, to: options.target, schema: LargeLanguageModel.schema)
            var output = OutputBuffer()
            try converter.convert([UInt8](input), from: options.source, into: &output)
            try output.span.withUnsafeBytes { try FileHandle.standardOutput.write(contentsOf: $0) }
            for note in converter.notes { say("\(name): \(note.sentence)") }
        } catch let error as SerializationError {
            fail("\(name):\(error)", code: 65)
        } catch {
            fail("\(name): \(error.localizedDescription)", code: 74)
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

/// The command line.
struct Options {
    private(set) var path: String?
    let source: Format
    let target: Format

    /// Nil for a wrong command line.
    ///
    /// Without `--from`, the file's extension says what it is, and standard input is YAML. Without `--to`, YAML becomes
    /// JSON and everything else YAML.
    init?(_ arguments: some Collection<String>, _ formats: [Format]) {
        var source: Format?
        var target: Format?
        var rest = Array(arguments)[...]
        func format(_ name: String?) -> Format? {
            formats.first { $0.name == name || name.map($0.traits.aliases.contains) == true }
        }
        while let argument = rest.popFirst() {
            switch argument {
            case "--from":
                source = format(rest.popFirst())
                if source == nil { return nil }
            case "--to":
                target = format(rest.popFirst())
                if target == nil { return nil }
            default:
                guard path == nil, !argument.hasPrefix("-") else { return nil }
                path = argument
            }
        }
        if source == nil, let path {
            let name = URL(fileURLWithPath: path).pathExtension.lowercased()
            source = formats.first { $0.fileExtensions.contains(name) }
            if source == nil { return nil }
        }
        self.source = source ?? .yaml
        self.target = target ?? (self.source == .yaml ? .json : .yaml)
    }
}
