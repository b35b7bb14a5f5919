internal import CSystemCalls

/// The tool's version, with the commit where `Scripts/install` or `Scripts/package` built it from one.
enum Version {
    /// The version of the whole package, declared here alone; `Scripts/version` holds the documents to it.
    static let number = "0.4.0"

    static var text: String {
        let commit = llmfmtCommit()
        if commit == 0 { return number }
        let digits = String(commit, radix: 16)
        return "\(number) (\(String(repeating: "0", count: max(0, 12 - digits.utf8.count)))\(digits))"
    }
}
