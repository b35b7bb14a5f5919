// UNSAFE CODE. Starts other programs and waits for them. The argument for its safety:
// - Pointers are passed to the C library only inside the call that lends them. The arguments are copies that are freed
//   after the start, which has made copies of its own.
// - Every result is checked; EINTR is tried again.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension System {
    /// A running program, with the tool's ends of its streams.
    struct Child {
        let process: pid_t
        /// Its standard output.
        let output: Int32
        /// Its standard error.
        let errors: Int32
        /// Its standard input, which never blocks; nil if the program reads a file itself.
        let input: Int32?
    }

    /// The way in which a program ended.
    enum Ending: Equatable {
        case exitCode(Int32)
        case signal(Int32)
    }

    /// Starts `program`, which is looked for along PATH.
    ///
    /// Its standard input is the given file, or a pipe that is filled through `Child.input`.
    static func start(_ program: String, _ arguments: [String], input: Int32?) throws(SystemError) -> Child {
        var opened: [Int32] = []
        do throws(SystemError) {
            let (outputEnd, childOutput) = try makePipe(&opened)
            let (errorEnd, childErrors) = try makePipe(&opened)
            var inputEnd: Int32?
            var childInput = input ?? -1
            if input == nil {
                let ends = try makePipe(&opened)
                childInput = ends.reading
                inputEnd = ends.writing
                let flags = fcntl(ends.writing, F_GETFL)
                if flags < 0 || fcntl(ends.writing, F_SETFL, flags | O_NONBLOCK) < 0 { throw .current }
            }
            let process = try spawn(program, arguments, streams: [childInput, childOutput, childErrors])
            _ = close(childOutput)
            _ = close(childErrors)
            if input == nil { _ = close(childInput) }
            return Child(process: process, output: outputEnd, errors: errorEnd, input: inputEnd)
        } catch {
            for descriptor in opened { _ = close(descriptor) }
            throw error
        }
    }

    /// A pipe that no other program inherits.
    private static func makePipe(_ opened: inout [Int32]) throws(SystemError) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        if unsafe pipe(&ends) != 0 { throw .current }
        opened += ends
        for end in ends where fcntl(end, F_SETFD, FD_CLOEXEC) < 0 { throw .current }
        return (ends[0], ends[1])
    }

    private static func spawn(
        _ program: String, _ arguments: [String], streams: [Int32]
    ) throws(SystemError) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in streams.enumerated() {
            unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        // Signals that the tool itself ignores are reset to their default for the program.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe sigaddset(&signals, SIGXFSZ)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var argv = unsafe ([program] + arguments).map { argument in unsafe strdup(argument) }
        unsafe argv.append(nil)
        defer { unsafe argv.forEach { argument in unsafe free(argument) } }
        var process: pid_t = 0
        let result = unsafe posix_spawnp(&process, program, &actions, &attributes, argv, environ)
        if result != 0 { throw SystemError(code: result) }
        return process
    }

    /// Waits for the end of a program.
    static func waitForEnd(of child: Child) throws(SystemError) -> Ending {
        var status: Int32 = 0
        while unsafe waitpid(child.process, &status, 0) < 0 {
            if errno != EINTR { throw .current }
        }
        let signal = status & 0x7F
        return signal == 0 ? .exitCode((status >> 8) & 0xFF) : .signal(signal)
    }

    /// The condition to wait for at a descriptor.
    enum Readiness {
        case reading, writing
    }

    /// Waits until at least one of some descriptors is ready or has failed, for at most the given time; without a limit
    /// if it is negative.
    ///
    /// Returns for each descriptor whether it is ready.
    static func wait(for entries: [(descriptor: Int32, readiness: Readiness)], milliseconds: Int32) -> [Bool] {
        var polled = entries.map { entry in
            pollfd(fd: entry.descriptor, events: Int16(entry.readiness == .reading ? POLLIN : POLLOUT), revents: 0)
        }
        let count = unsafe poll(&polled, nfds_t(polled.count), milliseconds)
        return polled.map { count > 0 && $0.revents != 0 }
    }
}
