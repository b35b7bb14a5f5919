import Foundation
import Testing

/// A folder with one run of the tool: what goes in, and what has to come out.
///
/// `Tests/Golden/README.md` says which files it may have.
struct GoldenCase: CustomTestStringConvertible {
    /// Bytes that a run makes, by the name of the file that has them.
    typealias Files = [String: Data]

    /// The folder of all cases.
    static let root = Tool.root.appendingPathComponent("Tests/Golden")

    /// The names of the cases' folders, sorted.
    static let names: [String] = entries(of: root).filter { !["README.md", ".gitattributes"].contains($0) }

    /// The folder.
    let folder: URL

    var testDescription: String { folder.lastPathComponent }

    private var files: [String] { Self.entries(of: folder) }
    private var inputs: [String] { files.filter { $0.hasPrefix("input.") || $0.hasPrefix("input-") } }
    private var output: String? { files.first { $0.hasPrefix("output.") } }

    private static func entries(of folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    private func text(_ name: String) -> String {
        String(decoding: (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data(), as: UTF8.self)
    }

    /// The command as a line of shell.
    var command: String {
        if files.contains("command") { return text("command").trimmingCharacters(in: .newlines) }
        let ending = output.map { " --to \($0.dropFirst("output.".count))" } ?? ""
        return "llmfmt \(inputs.joined(separator: " "))\(ending)"
    }

    /// What is wrong with the folder itself.
    var faults: [String] {
        let outputs = files.filter { $0.hasPrefix("output.") }
        let known = inputs + outputs + ["command", "error.txt", "rejects.jsonl"]
        var faults = files.filter { !known.contains($0) }.map { "\($0) is not a file of a case" }
        if inputs.isEmpty { faults.append("there is no input") }
        if outputs.count > 1 { faults.append("there is more than one output") }
        if outputs.isEmpty, !files.contains("error.txt") { faults.append("there is neither an output nor an error") }
        if outputs.isEmpty, !files.contains("command") { faults.append("there is neither an output nor a command") }
        if files.contains("error.txt"), text("error.txt").isEmpty { faults.append("error.txt is empty") }
        let words = command.split(whereSeparator: { " \t\n'\"".contains($0) }).map(String.init)
        faults += inputs.filter { !words.contains($0) }.map { "the command does not read \($0)" }
        return faults
    }

    /// What has to come out.
    var expected: (files: Files, exitCode: Int32) {
        var expected: Files = [:]
        for name in files where name == output || ["error.txt", "rejects.jsonl"].contains(name) {
            expected[name] = bytes(name)
        }
        let isRefused = text("error.txt").contains(": error: ")
        let violations = command.hasPrefix("llmfmt validate") ? output.map(text) ?? "" : ""
        let isInvalid = violations.split(separator: "\n").contains {
            !$0.contains(": warning: ") && !$0.contains("\"severity\":\"warning\"")
        }
        return (expected, isRefused || isInvalid ? 65 : 0)
    }

    private func bytes(_ name: String) -> Data {
        (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data()
    }

    /// Runs the command over copies of the inputs.
    func run() throws -> (files: Files, exitCode: Int32) {
        let scratch = try Scratch()
        for name in inputs { try scratch.write(name, bytes(name)) }
        // Not what `Tool` decodes as UTF-8: the bytes count.
        let (output, errors) = (".output", ".errors")
        let result = try Tool.shell(
            "PATH=\(URL(fileURLWithPath: Tool.path).deletingLastPathComponent().path):$PATH\n"
                + "{ \(command)\n} > \(output) 2> \(errors)", in: scratch.folder)
        var found: Files = [:]
        for name in try scratch.names where !inputs.contains(name) {
            let data = try Data(contentsOf: scratch.folder.appendingPathComponent(name))
            switch name {
            case output: if self.output != nil || !data.isEmpty { found[self.output ?? "output.txt"] = data }
            case errors: if !data.isEmpty { found["error.txt"] = data }
            default: found[name] = data
            }
        }
        return (found, result.exitCode)
    }

    /// Writes what a run made over what was expected.
    func update(to found: Files) throws {
        for name in expected.files.keys where found[name] == nil {
            try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
        for (name, bytes) in found { try bytes.write(to: folder.appendingPathComponent(name)) }
    }
}

/// The lines in which two texts differ, with `-` before those expected and `+` before those found.
func difference(expected: Data, found: Data) -> String {
    func lines(_ data: Data) -> [String] {
        String(decoding: data, as: UTF8.self).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in
                String(line).unicodeScalars.map {
                    $0.value < 0x20 || $0 == "\u{FEFF}" ? $0.escaped(asASCII: true) : String($0)
                }
                .joined()
            }
    }
    let (old, new) = (lines(expected), lines(found))
    // By bytes: `==` takes canonically equivalent texts for the same.
    func isSame(_ pair: (String, String)) -> Bool { pair.0.utf8.elementsEqual(pair.1.utf8) }
    let start = zip(old, new).prefix(while: isSame).count
    let end = min(zip(old.reversed(), new.reversed()).prefix(while: isSame).count, old.count - start, new.count - start)
    func marked(_ mark: String, _ lines: ArraySlice<String>) -> [String] {
        lines.prefix(10).map { mark + $0 } + (lines.count > 10 ? ["\(mark)… \(lines.count - 10) more"] : [])
    }
    let all = marked("-", old[start..<(old.count - end)]) + marked("+", new[start..<(new.count - end)])
    return (["from line \(start + 1):"] + all).joined(separator: "\n")
}
