import Foundation

/// The built tool, run as its users run it: another process with arguments, streams and an exit code.
struct Tool {
    /// What came of a run.
    struct Result {
        let output: String
        let errors: String
        let exitCode: Int32
    }

    /// The tool lies beside the test bundle.
    static let path: String = {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return bundle.appendingPathComponent("llmfmt").path
    }()

    /// The package's own folder.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A sample file's path.
    static func sample(_ name: String) -> String {
        root.appendingPathComponent("Samples/Data/\(name)").path
    }

    /// Runs the tool on a standard input.
    static func run(
        _ arguments: [String], input: String = "", in folder: URL? = nil, environment: [String: String] = [:]
    ) throws -> Result {
        try run(path, arguments, input: Data(input.utf8), in: folder, environment: environment)
    }

    /// Runs a line of shell, in which `$LLMFMT` is the tool.
    static func shell(_ line: String, in folder: URL? = nil) throws -> Result {
        try run("/bin/bash", ["-c", line], input: Data(), in: folder, environment: ["LLMFMT": path])
    }

    /// Runs a program; its input comes from a file, so that no size of it can block.
    private static func run(
        _ program: String, _ arguments: [String], input: Data, in folder: URL?, environment: [String: String]
    ) throws -> Result {
        let scratch = try Scratch()
        let inputFile = try scratch.write("stdin", input)
        let outputFile = try scratch.write("stdout", Data())
        let errorFile = try scratch.write("stderr", Data())
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = folder }
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        process.waitUntilExit()
        return Result(
            output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self),
            exitCode: process.terminationStatus)
    }
}

/// A folder that goes away with the test.
final class Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("llmfmt-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    @discardableResult
    func write(_ name: String, _ data: Data) throws -> URL {
        let url = folder.appendingPathComponent(name)
        try data.write(to: url)
        return url
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> URL {
        try write(name, Data(text.utf8))
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }

    /// What the folder holds, hidden files too.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    }
}
