import ArgumentParser
import ResourceFormats

/// Why the tool stops; each case has its exit code (sysexits.h).
enum Failure: Error {
    /// The command line asks for something that cannot be: 64.
    case usage(String)
    /// The input is refused: 65.
    case refused(file: String, SerializationError, excerpt: SourceExcerpt?)
    /// The input is not data that its program can decompress: 65.
    case corrupt(file: String, String)
    /// Nothing says what format an input has, and its content shows none: 65.
    case unknownFormat(file: String)
    /// Something would be left out, and that is not to be: 65.
    case leftOut(file: String, String)
    /// Records were refused and passed over, as asked; what there is to say was said: 65.
    case passedOver
    /// An input cannot be opened: 66.
    case cannotOpen(file: String, String)
    /// Reading or writing failed: 74.
    case inputOutput(file: String, String)
    /// Nobody reads the output any more: 141, as a shell reports SIGPIPE.
    case closedPipe

    var exitCode: Int32 {
        switch self {
        case .usage: 64
        case .refused, .corrupt, .unknownFormat, .leftOut, .passedOver: 65
        case .cannotOpen: 66
        case .inputOutput: 74
        case .closedPipe: 141
        }
    }
}

/// The line of an error and the column in it, for the caret on a terminal.
struct SourceExcerpt {
    let line: String
    let column: Int
}
