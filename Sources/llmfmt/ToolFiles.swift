/// The files of a conversion, checked before any of them is opened for writing.
///
/// No two of them may be the same file, also through links: writing one would destroy the other, or never end. The only
/// exception is an input that `-o` or `--in-place` replaces as a whole at the end.
struct ToolFiles {
    /// The places of the output, one for each input when converting in place; empty for standard output.
    let outputs: [FilePlace]
    let rejects: FilePlace?

    private struct Entry {
        let name: String
        let key: FileKey
        var isInput = false
        var isReplaced = false
        /// Whether it is a stream that was open when the tool started; errors and data may share one, as with `2>&1`.
        var isStream = false
        var isErrors = false
    }

    init(_ plan: ConversionPlan) throws(Failure) {
        try InputSource.checkThatAllExist(plan.files)
        var outputs: [FilePlace] = []
        switch plan.destination {
        case .standardOutput: break
        case .file(let path): outputs = [try FilePlace(path)]
        case .inPlace: for file in plan.files { outputs.append(try Self.placeToReplace(file)) }
        }
        var rejects: FilePlace?
        if let path = plan.rejects { rejects = try FilePlace(path) }
        try Self.check(plan, outputs, rejects)
        for place in outputs { try Self.checkLinks(place) }
        self.outputs = outputs
        self.rejects = rejects
    }

    /// Throws if standard output goes into one of the inputs.
    static func checkInputs(_ files: [String]) throws(Failure) {
        try refuseEqual(standardStreams(writesOutput: true) + inputs(files), among: { $0.isInput != $1.isInput })
    }

    private static func placeToReplace(_ file: String) throws(Failure) -> FilePlace {
        let place = try FilePlace(file)
        guard case .regular = place.kind else {
            throw .usage("--in-place replaces regular files, and \(file) is not one")
        }
        if InputSource.isCompressed(file) {
            throw .usage("\(file) is compressed, and compressed files cannot be replaced in place")
        }
        return place
    }

    /// A file with other names would keep its old content under those names.
    private static func checkLinks(_ place: FilePlace) throws(Failure) {
        guard case .regular(let status) = place.kind, status.linkCount > 1 else { return }
        throw .inputOutput(
            file: place.name,
            "cannot be replaced: it has \(status.linkCount) names (hard links), of which only this one would be changed"
        )
    }

    private static func check(
        _ plan: ConversionPlan, _ outputs: [FilePlace], _ rejects: FilePlace?
    ) throws(Failure) {
        var entries: [Entry] = []
        if let rejects, let key = FileKey(rejects) {
            entries.append(Entry(name: "--rejects \(rejects.name)", key: key, isStream: rejects.isStream))
        }
        if case .file = plan.destination {
            for place in outputs {
                guard let key = FileKey(place) else { continue }
                entries.append(
                    Entry(
                        name: "-o \(place.name)", key: key, isReplaced: !place.isStream, isStream: place.isStream))
            }
        }
        var writesOutput = false
        if case .standardOutput = plan.destination { writesOutput = true }
        entries += standardStreams(writesOutput: writesOutput) + inputs(plan.files)
        for file in plan.otherFiles {
            guard let key = FileKey(System.status(of: file.path)) else { continue }
            entries.append(Entry(name: "\(file.option) \(file.path)", key: key))
        }
        try refuseEqual(entries) { first, second in
            if first.isStream, second.isStream, first.isErrors != second.isErrors { return false }
            return !(first.isInput && second.isReplaced || first.isReplaced && second.isInput)
        }
    }

    private static func inputs(_ files: [String]) -> [Entry] {
        (files.isEmpty ? ["-"] : files).compactMap { file in
            let status = file.utf8.elementsEqual("-".utf8) ? try? System.status(of: 0) : System.status(of: file)
            return FileKey(status).map { key in
                Entry(name: file.utf8.elementsEqual("-".utf8) ? "standard input" : file, key: key, isInput: true)
            }
        }
    }

    private static func standardStreams(writesOutput: Bool) -> [Entry] {
        var entries: [Entry] = []
        for (number, name) in [(Int32(1), "standard output"), (2, "standard error")] where number == 2 || writesOutput {
            guard let key = FileKey(try? System.status(of: number)) else { continue }
            entries.append(Entry(name: name, key: key, isStream: true, isErrors: number == 2))
        }
        return entries
    }

    private static func refuseEqual(
        _ entries: [Entry], among isRefused: (Entry, Entry) -> Bool
    ) throws(Failure) {
        var seen: [FileKey: [Entry]] = [:]
        for entry in entries {
            for other in seen[entry.key] ?? [] where isRefused(other, entry) {
                throw .usage("\(other.name) and \(entry.name) are the same file")
            }
            seen[entry.key, default: []].append(entry)
        }
    }
}
