import ArgumentParser
import ResourceFormats

/// The options that select records, and members of them.
struct SelectionArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Stop after so many records; what follows is not read.", valueName: "n"))
    var limit: Int?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only records with this value, with a value ('field') or without one ('!field'); may be repeated.",
            valueName: "field=value"))
    var conditions: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only these members, by the names that CSV columns have, such as openAI.customModel.", valueName: "a,b.c"))
    var keep: String?

    @Option(help: ArgumentHelp("All members but these.", valueName: "a,b.c"))
    var drop: String?

    @Flag(help: "Put the members of all objects into the order of their names.")
    var sortKeys = false

    /// The selection of all options.
    func selection() throws(Failure) -> RecordSelection {
        if let limit, limit < 0 { throw .usage("--limit \(limit): expected 0 or more") }
        var conditions: [RecordSelection.Condition] = []
        for text in self.conditions { conditions.append(try condition(text)) }
        return RecordSelection(
            limit: limit, conditions: conditions, kept: try paths(keep, of: "--keep"),
            dropped: try paths(drop, of: "--drop") ?? [], sortsMembers: sortKeys)
    }

    private func condition(_ text: String) throws(Failure) -> RecordSelection.Condition {
        let bytes = Array(text.utf8)
        let isAbsent = bytes.first == UInt8(ascii: "!")
        var index = isAbsent ? 1 : 0
        while index < bytes.count, bytes[index] != UInt8(ascii: "=") {
            // What is escaped belongs to the name.
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        let end = min(index, bytes.count)
        let name = String(decoding: bytes[(isAbsent ? 1 : 0)..<end], as: UTF8.self)
        let path = try path(name, of: "--where")
        if end == bytes.count { return isAbsent ? .isAbsent(path) : .isPresent(path) }
        if isAbsent { throw .usage("--where '\(shown(text))': a field that has to be absent has no value") }
        return .equals(path, String(decoding: bytes[(end + 1)...], as: UTF8.self))
    }

    private func paths(_ text: String?, of option: String) throws(Failure) -> [MemberPath]? {
        guard let text else { return nil }
        var paths: [MemberPath] = []
        for name in try ColumnNames.split(text, of: option) { paths.append(try path(name, of: option)) }
        return paths
    }

    private func path(_ name: String, of option: String) throws(Failure) -> MemberPath {
        do throws(SerializationError) {
            return try MemberPath(name)
        } catch {
            throw .usage("\(option): \(error.sentence)")
        }
    }
}
