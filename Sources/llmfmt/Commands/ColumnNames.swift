import ResourceFormats

/// Names of columns on the command line.
enum ColumnNames {
    /// Splits a text at commas; a name that contains a comma must be quoted, as in a CSV header.
    static func split(_ text: String, of option: String) throws(Failure) -> [String] {
        var names: [String] = []
        var name: [UInt8] = []
        var isQuoted = false
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && bytes.first == byte:
                name.append(byte)
                bytes.removeFirst()
            case UInt8(ascii: "\"") where isQuoted || name.isEmpty:
                isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted:
                names.append(String(decoding: name, as: UTF8.self))
                name = []
            default:
                name.append(byte)
            }
        }
        names.append(String(decoding: name, as: UTF8.self))
        if isQuoted { throw .usage("a quote in \(option) is not closed") }
        if names.contains("") { throw .usage("\(option) has a blank name; the empty key is written \\e") }
        try check(names, of: option)
        return names
    }

    /// Refuses a name that is there twice.
    static func check(_ names: [String], of option: String) throws(Failure) {
        var seen: Set<[UInt8]> = []
        for name in names where !seen.insert(Array(name.utf8)).inserted {
            throw .usage("\(option) names '\(name)' twice")
        }
    }
}
