import Foundation
import Testing

/// What the tool is given besides files, and what it says of itself.
@Suite struct CommandLineTests {
    /// Runs the tool where `/proc` is an empty folder, in a mount namespace of its own.
    private static func withoutProc(_ line: String) throws -> Tool.Result {
        try Tool.shell("unshare --map-root-user --mount sh -c 'mount -t tmpfs none /proc && \(line)'")
    }

    private static let canHideProc = (try? withoutProc("test ! -e /proc/self").exitCode) == 0

    /// Arguments, output, exit code; what is on standard input would be converted if the arguments got lost.
    static let runs: [(arguments: String, output: String, exitCode: Int32)] = [
        ("--to csv", "a\r\n1\r\n", 0),
        ("--no-such-option", "", 64),
        ("formats --format json --help", "OVERVIEW: List the formats, their media types and file endings.\n", 0),
        ("negotiate \"text/*\" --offers text/html,text/plain", "text/html\n", 0),
        ("", "[{\"a\":1}]\n", 0),
    ]

    @Test(.enabled(if: canHideProc, "needs Linux and the right to make a mount namespace"), arguments: runs)
    func readsItsArgumentsWithoutProc(arguments: String, output: String, exitCode: Int32) throws {
        let result = try Self.withoutProc("echo \"[{\\\"a\\\":1}]\" | \"$LLMFMT\" \(arguments)")
        #expect(result.output.hasPrefix(output), "\(result.errors)")
        #expect(result.output.isEmpty == output.isEmpty)
        #expect(result.exitCode == exitCode)
    }

    @Test func readsArgumentsThatAreEmptyOrNotASCII() throws {
        #expect(try Tool.run(["negotiate", ""]).output == "application/json\n")
        let name = "é\u{301}\u{1F600}"
        #expect(try Tool.run(["--", name]).errors.hasPrefix("\(name): error: cannot be opened"))
    }

    /// The number alone, or with the commit that the build was told.
    @Test func saysItsVersionInOneLine() throws {
        let result = try Tool.run(["--version"])
        #expect(result.output.contains(/^\d+\.\d+\.\d+( \([0-9a-f]{12}\))?\n$/))
        #expect(result.exitCode == 0)
    }

    // MARK: Completions; Tests/Help has the shells themselves say what they offer.

    @Test(arguments: ["bash", "zsh", "fish"])
    func printsCompletionsThatTakeConvertForGranted(shell: String) throws {
        let option = "--generate-completion-script"
        let script = try Tool.run([option, shell])
        #expect(script.exitCode == 0)
        #expect(script.output.contains("# convert may be left out"))
        #expect(try Tool.run(["\(option)=\(shell)"]).output == script.output)
        #expect(try Tool.run([option], environment: ["SHELL": "/usr/bin/\(shell)"]).output == script.output)
    }

    @Test(arguments: [["tcsh"], [""], ["bash "]])
    func refusesCompletionsForOtherShells(shells: [String]) throws {
        let result = try Tool.run(["--generate-completion-script"] + shells)
        #expect(result.output == "")
        #expect(result.exitCode == 64)
    }
}
