// UNSAFE CODE. Calls to the operating system about files. The argument for its safety:
// - Pointers are passed to the C library only inside the `withUnsafe…` call that lends them, with the count of the same
//   buffer; none is kept.
// - Every result is checked; EINTR is tried again.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A failed call to the operating system.
struct SystemError: Error {
    let code: Int32

    static var current: SystemError { SystemError(code: errno) }

    /// The system's message, such as `No space left on device`.
    var message: String { unsafe String(cString: strerror(code)) }

    var isClosedPipe: Bool { code == EPIPE }
    var isMissing: Bool { code == ENOENT }
    var isExisting: Bool { code == EEXIST }

    static var isDirectory: SystemError { SystemError(code: EISDIR) }
    static var missing: SystemError { SystemError(code: ENOENT) }
}

/// The properties of an open file that matter to the tool.
struct FileStatus {
    let isRegular: Bool
    let isDirectory: Bool
    let size: Int
    /// The modification time of the content, in nanoseconds.
    let modificationTime: Int64
    let permissions: UInt32
    let owner: UInt32
    let group: UInt32
    /// The number of names that the file has.
    let linkCount: Int
    /// The identity of the file, whatever its names are.
    let identity: FileIdentity
}

/// The device of a file and its number there.
struct FileIdentity: Hashable {
    let device: UInt64
    let number: UInt64
}

enum System {
    // MARK: Files

    static func openForReading(_ path: String) throws(SystemError) -> Int32 {
        let descriptor = retrying { unsafe open(path, O_RDONLY | O_CLOEXEC) }
        if descriptor < 0 { throw .current }
        return descriptor
    }

    /// Opens an existing file, or creates one.
    static func openForWriting(_ path: String, creating: Bool, truncating: Bool) throws(SystemError) -> Int32 {
        let flags = O_WRONLY | O_CLOEXEC | (creating ? O_CREAT : 0) | (truncating ? O_TRUNC : 0)
        let descriptor = retrying { unsafe open(path, flags, 0o666) }
        if descriptor < 0 { throw .current }
        return descriptor
    }

    /// Creates a file that must not exist yet; its permissions are `permissions` without those of the umask.
    static func create(_ path: String, permissions: UInt32) throws(SystemError) -> Int32 {
        let descriptor = retrying { unsafe open(path, O_RDWR | O_CLOEXEC | O_CREAT | O_EXCL, mode_t(permissions)) }
        if descriptor < 0 { throw .current }
        return descriptor
    }

    /// A duplicate of a descriptor.
    static func duplicate(_ descriptor: Int32) throws(SystemError) -> Int32 {
        let copy = retrying { fcntl(descriptor, F_DUPFD_CLOEXEC, 3) }
        if copy < 0 { throw .current }
        return copy
    }

    /// Opens those of the three standard streams that are closed, so that no file of the tool takes their number.
    ///
    /// Reading from such a stream fails, and so does writing to it.
    static func openStandardStreams() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
            // The system uses the lowest free number, which is this one.
            _ = unsafe open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
        }
    }

    static func status(of descriptor: Int32) throws(SystemError) -> FileStatus {
        var status = stat()
        if unsafe fstat(descriptor, &status) != 0 { throw .current }
        return FileStatus(status)
    }

    /// The status of the file at a path; nil if there is none, or if it may not be read.
    static func status(of path: String) -> FileStatus? {
        try? statusAtEnd(of: path)
    }

    /// The status of the file at a path, following links.
    static func statusAtEnd(of path: String) throws(SystemError) -> FileStatus {
        var status = stat()
        if unsafe stat(path, &status) != 0 { throw .current }
        return FileStatus(status)
    }

    /// The path without symbolic links; nil if it does not exist.
    static func resolved(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// The text of a symbolic link; nil if the path is not a link.
    static func linkTarget(_ path: String) -> [UInt8]? {
        var target = [UInt8](repeating: 0, count: 4096)
        let count = unsafe target.withUnsafeMutableBytes { buffer -> Int in
            guard let base = buffer.baseAddress else { return -1 }
            return unsafe readlink(path, base.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        return count < 0 ? nil : Array(target.prefix(count))
    }

    static func setPermissions(_ descriptor: Int32, _ permissions: UInt32) throws(SystemError) {
        if retrying({ fchmod(descriptor, mode_t(permissions)) }) != 0 { throw .current }
    }

    static func setOwner(_ descriptor: Int32, _ owner: UInt32, group: UInt32) throws(SystemError) {
        if retrying({ fchown(descriptor, uid_t(owner), gid_t(group)) }) != 0 { throw .current }
    }

    /// Reads at most as many bytes as `buffer[range]` holds; returns 0 at the end.
    static func read(
        _ descriptor: Int32, into buffer: inout [UInt8], _ range: Range<Int>
    ) throws(SystemError) -> Int {
        let count = unsafe buffer.withUnsafeMutableBytes { bytes -> Int in
            let target = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[range])
            while true {
                let count = unsafe Self.systemRead(descriptor, target.baseAddress, target.count)
                if count >= 0 { return count }
                switch errno {
                case EINTR: continue
                // A terminal or pipe that another program made non-blocking: wait for input.
                case EAGAIN: wait(for: descriptor, Int16(POLLIN), milliseconds: -1)
                default: return count
                }
            }
        }
        if count < 0 { throw .current }
        return count
    }

    /// At most `count` bytes from `position` on, of a file that allows random access.
    static func readAhead(_ descriptor: Int32, at position: Int, count: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = unsafe bytes.withUnsafeMutableBytes { buffer -> Int in
            while true {
                let got = unsafe pread(descriptor, buffer.baseAddress, buffer.count, off_t(position))
                if got >= 0 || errno != EINTR { return got }
            }
        }
        if got < 0 { throw .current }
        return Array(bytes.prefix(got))
    }

    private static func systemRead(_ descriptor: Int32, _ target: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.read(descriptor, target, count)
        #elseif canImport(Musl)
        unsafe Musl.read(descriptor, target, count)
        #else
        unsafe Darwin.read(descriptor, target, count)
        #endif
    }

    /// Writes all bytes.
    static func write(_ bytes: Span<UInt8>, to descriptor: Int32) throws(SystemError) {
        let failure = unsafe bytes.withUnsafeBytes { buffer -> SystemError? in
            var written = 0
            while written < buffer.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
                let count = unsafe Self.systemWrite(descriptor, rest.baseAddress, rest.count)
                if count >= 0 {
                    written += count
                } else if errno == EAGAIN {
                    // A terminal or pipe that another program made non-blocking: wait until it accepts more.
                    wait(for: descriptor, Int16(POLLOUT), milliseconds: -1)
                } else if errno != EINTR {
                    return .current
                }
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// Writes as many bytes as a non-blocking descriptor accepts, and returns their number, which may be 0.
    static func writeSome(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) throws(SystemError) -> Int {
        let count = unsafe bytes.withUnsafeBytes { buffer -> Int in
            while true {
                let count = unsafe Self.systemWrite(descriptor, buffer.baseAddress, buffer.count)
                if count >= 0 { return count }
                switch errno {
                case EINTR: continue
                case EAGAIN: return 0
                default: return count
                }
            }
        }
        if count < 0 { throw .current }
        return count
    }

    static func systemWrite(_ descriptor: Int32, _ source: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.write(descriptor, source, count)
        #elseif canImport(Musl)
        unsafe Musl.write(descriptor, source, count)
        #else
        unsafe Darwin.write(descriptor, source, count)
        #endif
    }

    /// Whether a read returns something, bytes or the end, within the given time.
    static func isReadable(_ descriptor: Int32, milliseconds: Int32) -> Bool {
        wait(for: descriptor, Int16(POLLIN), milliseconds: milliseconds)
    }

    @discardableResult
    private static func wait(for descriptor: Int32, _ events: Int16, milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        return unsafe poll(&entry, 1, milliseconds) > 0
    }

    static func position(of descriptor: Int32) throws(SystemError) -> Int {
        let position = lseek(descriptor, 0, SEEK_CUR)
        if position < 0 { throw .current }
        return Int(position)
    }

    static func seek(_ descriptor: Int32, to position: Int) throws(SystemError) {
        if lseek(descriptor, off_t(position), SEEK_SET) < 0 { throw .current }
    }

    /// Writes a file's bytes to the disk.
    static func synchronize(_ descriptor: Int32) throws(SystemError) {
        if retrying({ fsync(descriptor) }) != 0, errno != EINVAL, errno != EROFS { throw .current }
    }

    /// Closes a descriptor, which is gone even if this fails, also after EINTR.
    static func closeChecked(_ descriptor: Int32) throws(SystemError) {
        if close(descriptor) != 0, errno != EINTR { throw .current }
    }

    static func moveFile(_ source: String, to target: String) throws(SystemError) {
        if retrying({ unsafe rename(source, target) }) != 0 { throw .current }
    }

    static func removeFile(_ path: String) {
        _ = retrying { unsafe unlink(path) }
    }

    static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    /// The seconds of a clock that never goes back.
    static var seconds: Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func exit(_ code: Int32) -> Never {
        #if canImport(Glibc)
        Glibc.exit(code)
        #elseif canImport(Musl)
        Musl.exit(code)
        #else
        Darwin.exit(code)
        #endif
    }

    /// Repeats a call as long as signals interrupt it.
    static func retrying(_ call: () -> Int32) -> Int32 {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }
}

extension FileStatus {
    fileprivate init(_ status: stat) {
        let kind = UInt32(status.st_mode) & UInt32(S_IFMT)
        isRegular = kind == UInt32(S_IFREG)
        isDirectory = kind == UInt32(S_IFDIR)
        size = Int(status.st_size)
        #if canImport(Darwin)
        let time = status.st_mtimespec
        #else
        let time = status.st_mtim
        #endif
        modificationTime = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
        permissions = UInt32(status.st_mode) & 0o7777
        owner = UInt32(status.st_uid)
        group = UInt32(status.st_gid)
        linkCount = Int(status.st_nlink)
        identity = FileIdentity(
            device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino))
    }
}
