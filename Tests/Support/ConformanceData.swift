package import Foundation

/// The public test data beside the repository: `LLMFMT_CONFORMANCE`, or `../shared/conformance` seen from the package.
package enum ConformanceData {
    package static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["LLMFMT_CONFORMANCE"] { return URL(filePath: path) }
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return package.deletingLastPathComponent().appending(path: "shared/conformance")
    }()

    /// Why suites that read the data are skipped.
    package static let isMissing =
        "the public test data is not there: set LLMFMT_CONFORMANCE to its folder, or put it at ../shared/conformance"

    /// Whether a folder or file of the data is there.
    package static func has(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// The names of the files in a folder, sorted; none if it is not there.
    package static func files(in folder: String, prefix: String = "") -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
        return (names ?? []).filter { $0.hasPrefix(prefix) }.sorted()
    }

    /// The bytes of a file.
    package static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appending(path: path)))
    }
}
