import Foundation
import Testing

/// The public test data beside the repository: `LLMFMT_CONFORMANCE`, or `../shared/conformance` seen from the package.
enum ConformanceData {
    static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["LLMFMT_CONFORMANCE"] { return URL(filePath: path) }
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return package.deletingLastPathComponent().appending(path: "shared/conformance")
    }()

    static let isMissing: Comment =
        "the public test data is not there: set LLMFMT_CONFORMANCE to its folder, or put it at ../shared/conformance"

    /// Whether a folder of the data is there.
    static func has(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: folder).path)
    }

    /// The names of the files in a folder, sorted; none if it is not there.
    static func files(in folder: String, prefix: String = "") -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
        return (names ?? []).filter { $0.hasPrefix(prefix) }.sorted()
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appending(path: path)))
    }
}
