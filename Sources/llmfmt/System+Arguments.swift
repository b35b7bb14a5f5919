// UNSAFE CODE. The arguments of the process. The argument for its safety:
// - An index is below the count that the system gave with the arguments, and each argument ends with a zero byte and
//   lives as long as the process.

internal import CSystemCalls

extension System {
    /// The arguments of the process without the program's name; nil if they cannot be read.
    ///
    /// `CommandLine.arguments` is the second choice, for it is empty on Linux where `/proc` cannot be read.
    static var arguments: [String]? {
        let count = llmfmtArgumentCount()
        if count >= 0 {
            return (0..<count).dropFirst().compactMap { index in
                guard let argument = unsafe llmfmtArgument(index) else { return nil }
                return unsafe String(cString: argument)
            }
        }
        let arguments = CommandLine.arguments
        return arguments.isEmpty ? nil : Array(arguments.dropFirst())
    }
}
