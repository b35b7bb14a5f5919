import ArgumentParser
import ResourceFormats

/// The options for an input that is a part of a larger one, so that errors have their places in that.
struct SplitArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Name the input so in messages, as a part of a larger one.", valueName: "name"))
    var inputName: String?

    @Option(help: ArgumentHelp("The line of the larger input at which this one begins.", valueName: "n"))
    var firstLine: Int?

    /// The place of the only input.
    func place(files: [String]) throws(Failure) -> InputPlace {
        if let firstLine, firstLine < 1 { throw .usage("--first-line \(firstLine): expected 1 or more") }
        if files.count > 1, inputName != nil || firstLine != nil {
            throw .usage("\(inputName != nil ? "--input-name" : "--first-line") is for one input")
        }
        return InputPlace(name: inputName, linesBefore: (firstLine ?? 1) - 1)
    }
}

/// What an input is called in messages, and where it begins.
struct InputPlace {
    /// The name for messages; nil for that of the file.
    var name: String?
    /// The number of lines before the input in a larger one.
    var linesBefore = 0

    /// A position of the input in the larger one; its byte remains that of the input.
    func position(_ position: TextPosition) -> TextPosition {
        TextPosition(
            byteOffset: position.byteOffset, line: position.line + linesBefore, column: position.column)
    }

    /// An error with its place in the larger input.
    func error(_ error: SerializationError) -> SerializationError {
        linesBefore == 0 ? error : error.position.map { error.at(position($0)) } ?? error
    }
}
