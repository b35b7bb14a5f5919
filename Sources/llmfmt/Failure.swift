import ArgumentParser
import ResourceFormats

/// The reason why the tool stops; each case has its exit code (sysexits.h).
enum Failure: Error {
    /// An invalid command line: 64.
    case usage(String)
    /// The input is refused: 65.
    case refused(file: String, SerializationError, excerpt: SourceExcerpt?)
    /// The program for the input refuses to decompress it: 65.
    case corrupt(file: String, String)
    /// The format of an input can be determined neither from the command line nor from the content: 65.
    case unknownFormat(file: String)
    /// A loss, which the user has forbidden: 65.
    case leftOut(file: String, String)
    /// Records were refused and skipped, as requested, and have been reported already: 65.
    case passedOver
    /// An input cannot be opened: 66.
    case cannotOpen(file: String, String)
    /// Reading or writing failed: 74.
    case inputOutput(file: String, String)
    /// The reader of the output is gone: 141, as a shell reports SIGPIPE.
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

/// The line of the input that an error is about and the column in it, for the caret on a terminal.
struct SourceExcerpt {
    let line: String
    let column: Int
}
