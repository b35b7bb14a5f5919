import ArgumentParser
import ResourceFormats

/// The options for an input that is a part of a larger one, so that errors have their places in that.
struct SplitArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Name the input so in messages, as a part of a larger one.", valueName: "name"))
    var inputName: String?

    @Option(help: ArgumentHelp("The line of the larger input at which this one begins.", valueName: "n"))
    var firstLine: Int?

    @Option(
        help: ArgumentHelp(
            "The number, from 0, of this input's first record in the larger one, for paths such as $[3].",
            valueName: "n"))
    var firstRecord: Int?

    /// The place of the only input.
    func place(files: [String]) throws(Failure) -> InputPlace {
        if let firstLine, firstLine < 1 { throw .usage("--first-line \(firstLine): expected 1 or more") }
        if let firstRecord, firstRecord < 0 { throw .usage("--first-record \(firstRecord): expected 0 or more") }
        if files.count > 1, inputName != nil || firstLine != nil || firstRecord != nil {
            let option = inputName != nil ? "--input-name" : firstLine != nil ? "--first-line" : "--first-record"
            throw .usage("\(option) is for one input")
        }
        return InputPlace(name: inputName, linesBefore: (firstLine ?? 1) - 1, recordsBefore: firstRecord ?? 0)
    }
}

/// What an input is called in messages, and where it begins.
struct InputPlace {
    /// The name for messages; nil for that of the file.
    var name: String?
    /// The number of lines before the input in a larger one.
    var linesBefore = 0
    /// The number of records before the input in a larger one.
    var recordsBefore = 0

    /// A position of the input in the larger one; its byte remains that of the input.
    func position(_ position: TextPosition) -> TextPosition {
        TextPosition(
            byteOffset: position.byteOffset, line: position.line + linesBefore, column: position.column)
    }

    /// A path whose first step is the number of a record, such as `$[3].name`, with its number in the larger input.
    func path(_ path: String) -> String {
        guard recordsBefore > 0, path.utf8.starts(with: "$[".utf8) else { return path }
        let digits = path.utf8.dropFirst(2).prefix { ASCII.isDigit($0) }
        guard let index = Int(Substring(digits)) else { return path }
        let (number, overflows) = index.addingReportingOverflow(recordsBefore)
        return overflows ? path : "$[\(number)" + path[digits.endIndex...]
    }

    /// An error with its place in the larger input.
    func error(_ error: SerializationError) -> SerializationError {
        let positioned = linesBefore == 0 ? error : error.position.map { error.at(position($0)) } ?? error
        guard recordsBefore > 0, let path = error.path else { return positioned }
        return positioned.at(path: self.path(path))
    }
}
