// UNSAFE CODE. The handling of signals. The argument for its safety:
// - The handlers call only functions that POSIX allows in a handler: `unlink`, `write`, `sigaction`, `raise`, `_exit`.
// - They read one pointer, to a path that was allocated once. It is changed and freed only while the signals are
//   blocked in the one thread that receives them.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension System {
    /// The signals that tell a program to end.
    private static var interrupts: [Int32] { [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU] }

    /// Makes two kinds of write fail instead of ending the tool: to a closed pipe, and to a file at the user's size
    /// limit.
    static func ignoreSignalsOfWrites() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Prints a sentence when the tool is aborted, which Swift does when there is no memory.
    static func explainAborts() {
        signal(SIGABRT) { _ in
            if let path = unsafe interruptedPath { _ = unsafe unlink(path) }
            // The C library's own message precedes it, with the size that could not be allocated.
            let sentence: StaticString = "llmfmt: error: the system does not give the memory that is needed\n"
            _ = unsafe System.systemWrite(2, sentence.utf8Start, sentence.utf8CodeUnitCount)
            _exit(71)  // EX_OSERR
        }
    }

    /// Blocks the signals that would end the tool while `body` runs.
    static func withInterruptsHeld<Result>(
        _ body: () throws(SystemError) -> Result
    ) throws(SystemError) -> Result {
        var held = sigset_t()
        var before = sigset_t()
        unsafe sigemptyset(&held)
        for number in interrupts { unsafe sigaddset(&held, number) }
        unsafe pthread_sigmask(SIG_BLOCK, &held, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        return try body()
    }

    /// Unblocks these signals.
    static func letInterruptsThrough() {
        var held = sigset_t()
        unsafe sigemptyset(&held)
        for number in interrupts { unsafe sigaddset(&held, number) }
        unsafe pthread_sigmask(SIG_UNBLOCK, &held, nil)
    }

    /// Sets the file that is removed if the tool is interrupted; nil for none.
    ///
    /// A signal that was ignored when the tool started, as with `nohup`, stays ignored.
    static func removeOnInterrupt(_ path: String?) {
        try? withInterruptsHeld { () throws(SystemError) in
            let old = unsafe interruptedPath
            unsafe interruptedPath = path.flatMap { unsafe strdup($0) }
            unsafe free(old)
        }
        guard path != nil, unsafe !handlesInterrupts else { return }
        unsafe handlesInterrupts = true
        for number in interrupts where !isIgnored(number) {
            signal(number) { number in
                if let path = unsafe interruptedPath { _ = unsafe unlink(path) }
                signal(number, SIG_DFL)
                raise(number)
            }
        }
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard unsafe sigaction(number, nil, &action) == 0 else { return false }
        #if canImport(Glibc) || canImport(Musl)
        let handler = unsafe action.__sigaction_handler.sa_handler
        #else
        let handler = unsafe action.__sigaction_u.__sa_handler
        #endif
        return unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}

/// The temporary file to remove on an interrupt.
///
/// It is written while the signals are blocked, and read by their handlers.
nonisolated(unsafe) private var interruptedPath: UnsafeMutablePointer<CChar>?

/// Whether the handlers are set up.
nonisolated(unsafe) private var handlesInterrupts = false
