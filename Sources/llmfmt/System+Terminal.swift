#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
internal import CSystemCalls

extension System {
    /// The columns of the terminal at a descriptor: those that `COLUMNS` says, else its own; nil for anything else.
    static func terminalWidth(_ descriptor: Int32) -> Int? {
        guard isTerminal(descriptor) else { return nil }
        if let columns = environment("COLUMNS").flatMap({ Int($0) }), columns > 0 { return columns }
        let columns = Int(llmfmtTerminalWidth(descriptor))
        return columns > 0 ? columns : nil
    }
}
