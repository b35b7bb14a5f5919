import ResourceFormats

/// One input of the tool: a file, standard input, or a compressed file through its program.
///
/// It can be read twice: a regular file by going back, anything else from what was kept of the first reading.
final class InputSource {
    /// The name for messages; `<stdin>` for standard input.
    let name: String
    private let descriptor: Int32
    private let child: System.Child?
    private let isRegular: Bool
    private let startPosition: Int
    /// How large a regular file is; nil where nobody knows.
    let size: Int?
    /// What was read, kept for the second reading; nil if it need not be.
    private var spool: Spool?
    private var isReplaying = false
    private var isAtEnd = false

    /// The name without the ending of a compressed file, from which the format is told.
    let formatPath: String

    /// Opens `path`; `-` is standard input.
    init(_ path: String) throws(Failure) {
        if path == "-" {
            name = "<stdin>"
            formatPath = ""
            descriptor = 0
        } else {
            name = path
            do throws(SystemError) {
                descriptor = try System.openForReading(path)
            } catch {
                throw .cannotOpen(file: path, error.message)
            }
            formatPath = Self.decompressor(for: path)?.innerPath ?? path
        }
        let status: FileStatus
        do throws(SystemError) {
            status = try System.status(of: descriptor)
        } catch {
            throw .cannotOpen(file: name, error.message)
        }
        if status.isDirectory { throw .cannotOpen(file: name, "it is a directory") }
        if path != "-", let decompressor = Self.decompressor(for: path) {
            do throws(SystemError) {
                child = try System.start(decompressor.program, ["-dc"], input: descriptor)
            } catch {
                let reason =
                    error.isMissingProgram
                    ? "the program '\(decompressor.program)', which reads it, is not installed" : error.message
                throw .cannotOpen(file: path, reason)
            }
            isRegular = false
            startPosition = 0
            size = nil
            return
        }
        child = nil
        // Standard input may have been read from already: its start is where it stands.
        let position = status.isRegular ? try? System.position(of: descriptor) : nil
        isRegular = position != nil
        startPosition = position ?? 0
        size = position.map { max(0, status.size - $0) }
    }

    /// Says of files that are not there, or are folders, before the first is opened.
    static func checkThatAllExist(_ files: [String]) throws(Failure) {
        for file in files where file != "-" {
            guard let status = System.status(of: file) else {
                throw .cannotOpen(file: file, SystemError.current.message)
            }
            if status.isDirectory { throw .cannotOpen(file: file, "it is a directory") }
        }
    }

    deinit {
        if descriptor != 0 { try? System.closeChecked(descriptor) }
        if let child { try? System.closeChecked(child.output) }
    }

    private static func decompressor(for path: String) -> (program: String, innerPath: String)? {
        if path.hasSuffix(".gz") { return ("gzip", String(path.dropLast(3))) }
        if path.hasSuffix(".zst") { return ("zstd", String(path.dropLast(4))) }
        return nil
    }

    private var readingEnd: Int32 { child?.output ?? descriptor }

    /// Says that the input will be read a second time.
    func keepForSecondReading() {
        if !isRegular { spool = Spool() }
    }

    /// The last bytes, at most `count`; nil if they cannot be had before the others.
    func tail(_ count: Int) throws(Failure) -> [UInt8]? {
        guard isRegular, let size else { return nil }
        var bytes = [UInt8](repeating: 0, count: min(count, size))
        do throws(SystemError) {
            let position = try System.position(of: descriptor)
            try System.seek(descriptor, to: startPosition + size - bytes.count)
            var filled = 0
            while filled < bytes.count {
                let count = try System.read(descriptor, into: &bytes, filled..<bytes.count)
                if count == 0 { break }
                filled += count
            }
            bytes.removeLast(bytes.count - filled)
            try System.seek(descriptor, to: position)
        } catch {
            throw .inputOutput(file: name, "reading failed: \(error.message)")
        }
        return bytes
    }

    /// Says that there will be no second reading after all.
    func forgetKept() {
        spool = nil
    }

    /// Goes back to the start.
    func rewind() throws(Failure) {
        do throws(SystemError) {
            if isRegular {
                try System.seek(descriptor, to: startPosition)
            } else {
                try spool?.rewind()
                isReplaying = true
            }
        } catch {
            throw .inputOutput(file: name, "cannot be read a second time: \(error.message)")
        }
    }

    /// Whether a read would give something within so many milliseconds.
    func isReadable(patience milliseconds: Int32) -> Bool {
        isRegular || isReplaying || System.isReadable(readingEnd, milliseconds: milliseconds)
    }

    /// Reads into `buffer[range]`; 0 at the end.
    func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(Failure) -> Int {
        let read: Int
        do throws(SystemError) {
            if isReplaying {
                let count = try spool?.read(into: &buffer, range) ?? 0
                if count > 0 { return count }
                // The first reading may have stopped early; what follows is read only once.
                isReplaying = false
                spool = nil
            }
            if isAtEnd { return 0 }
            let count = try System.read(readingEnd, into: &buffer, range)
            if count == 0 {
                isAtEnd = !isRegular
                try checkChild()
            }
            read = count
        } catch {
            throw .inputOutput(file: name, "reading failed: \(error.message)")
        }
        do throws(SystemError) {
            try spool?.append(buffer.span.extracting(range.lowerBound..<range.lowerBound + read))
        } catch {
            throw .inputOutput(
                file: name, "cannot be kept in a temporary file for its second reading: \(error.message)")
        }
        return read
    }

    private func checkChild() throws(SystemError) {
        guard let child else { return }
        if !System.waitForEnd(child) { throw SystemError(code: SystemError.brokenData) }
    }
}

extension SystemError {
    /// EIO: what a decompressor's failure is to the reader of its output.
    static var brokenData: Int32 { 5 }
}

/// Bytes kept for a second reading: in memory first, then in a temporary file that has no name any more.
private struct Spool {
    private var memory: [UInt8] = []
    private var file: Int32?
    private var position = 0

    private static var memoryLimit: Int { 4 << 20 }

    mutating func append(_ bytes: Span<UInt8>) throws(SystemError) {
        if file == nil, memory.count + bytes.count <= Self.memoryLimit {
            for index in bytes.indices { memory.append(bytes[index]) }
            return
        }
        let descriptor: Int32
        if let file {
            descriptor = file
        } else {
            let folder = System.environment("TMPDIR") ?? "/tmp"
            let temporary = try System.createTemporary(prefix: folder + "/llmfmt-")
            System.removeFile(temporary.path)
            descriptor = temporary.descriptor
            file = descriptor
        }
        try System.write(bytes, to: descriptor)
    }

    mutating func rewind() throws(SystemError) {
        position = 0
        if let file { try System.seek(file, to: 0) }
    }

    mutating func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(SystemError) -> Int {
        if position < memory.count {
            let count = min(range.count, memory.count - position)
            buffer.replaceSubrange(range.prefix(count), with: memory[position..<position + count])
            position += count
            return count
        }
        guard let file else { return 0 }
        return try System.read(file, into: &buffer, range)
    }
}
