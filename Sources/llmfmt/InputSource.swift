import ResourceFormats

/// One input of the tool: a file, standard input, or either of them decompressed by a program.
///
/// It can be read twice: a regular file by going back, any other input from a copy kept during the first pass.
final class InputSource {
    /// The name for messages; `<stdin>` for standard input.
    let name: String
    private let descriptor: Int32
    private var decompressor: Decompressor?
    /// Whether the first bytes have not been examined yet; on a pipe they show compressed data.
    private var isUntouched: Bool
    private let isRegular: Bool
    private let startPosition: Int
    /// The modification time of a regular file before it was read.
    private let modificationTime: Int64
    /// The size of a regular file; nil if it is unknown.
    let size: Int?
    /// The copy of the input for the second pass; nil if none is needed.
    private var spool: Spool?
    private var isReplaying = false
    /// Bytes that were read and given back.
    private var ahead: ArraySlice<UInt8> = []
    /// Why nothing comes after them.
    private var failureAhead: Failure?
    private var isAtEnd = false

    /// The path without the extension of a compressed file, from which the format is determined.
    let formatPath: String

    /// Opens `path`; `-` is standard input.
    ///
    /// - Parameter shownName: The name for messages; nil for that of the file.
    init(_ path: String, shownName: String? = nil) throws(Failure) {
        let programOfName: Decompressor.Program?
        if path == "-" {
            name = shownName ?? "<stdin>"
            formatPath = ""
            descriptor = 0
            programOfName = nil
        } else {
            name = shownName ?? path
            do throws(SystemError) {
                descriptor = try System.openForReading(path)
            } catch {
                throw .cannotOpen(file: path, error.message)
            }
            programOfName = Decompressor.Program(path: path)
            formatPath = String(path.dropLast(programOfName?.fileExtension.count ?? 0))
        }
        let status: FileStatus
        // Standard input may have been read in part before; the input starts at the current position.
        let position: Int?
        var program = programOfName
        do throws(SystemError) {
            status = try System.status(of: descriptor)
            position = status.isRegular ? try? System.position(of: descriptor) : nil
            if let position, program == nil, !status.isDirectory {
                program = try Self.program(showingIn: descriptor, at: position)
            }
        } catch {
            throw .cannotOpen(file: name, error.message)
        }
        if status.isDirectory { throw .cannotOpen(file: name, "it is a directory") }
        isUntouched = position == nil && program == nil
        isRegular = position != nil && program == nil
        startPosition = position ?? 0
        modificationTime = status.modificationTime
        size = isRegular ? position.map { max(0, status.size - $0) } : nil
        if let program {
            decompressor = try start(program) { [descriptor] () throws(SystemError) in
                try Decompressor(program, file: descriptor)
            }
        }
    }

    /// The decompressing program for the first bytes of a regular file.
    private static func program(
        showingIn descriptor: Int32, at position: Int
    ) throws(SystemError) -> Decompressor.Program? {
        let head = try System.readAhead(descriptor, at: position, count: Decompressor.Program.magicLength)
        return Decompressor.Program(content: head[...])
    }

    /// Whether a regular file holds compressed data, by its name or its first bytes.
    ///
    /// It is false for a file that cannot be read; opening that file reports a better error.
    static func isCompressed(_ path: String) -> Bool {
        if Decompressor.Program(path: path) != nil { return true }
        guard System.status(of: path)?.isRegular == true, let descriptor = try? System.openForReading(path) else {
            return false
        }
        defer { try? System.closeChecked(descriptor) }
        return (try? program(showingIn: descriptor, at: 0)) ?? nil != nil
    }

    private func start(
        _ program: Decompressor.Program, _ start: () throws(SystemError) -> Decompressor
    ) throws(Failure) -> Decompressor {
        do throws(SystemError) {
            return try start()
        } catch {
            throw .cannotOpen(
                file: name,
                error.isMissing
                    ? "the program '\(program.rawValue)', which reads it, is not installed" : error.message)
        }
    }

    /// Throws for files that do not exist, or are folders, before the first is opened.
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
    }

    /// Keeps the bytes that are read, for a second pass.
    func keepForSecondReading() {
        if !isRegular { spool = Spool() }
    }

    /// The last bytes, at most `count`; nil if they cannot be read before the others.
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

    /// Drops the kept bytes, because there is no second pass.
    func forgetKept() {
        spool = nil
    }

    /// Goes back to the start, for the second pass.
    func rewind() throws(Failure) {
        ahead = []
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

    /// Throws if a file has changed between the passes, so that the second would not match the first.
    func checkThatItIsUnchanged() throws(Failure) {
        guard isRegular, let size else { return }
        let status: FileStatus
        do throws(SystemError) {
            status = try System.status(of: descriptor)
        } catch {
            throw .inputOutput(file: name, "reading failed: \(error.message)")
        }
        if status.modificationTime != modificationTime || max(0, status.size - startPosition) != size {
            throw .inputOutput(file: name, "it has to be read twice, and it changed meanwhile")
        }
    }

    /// Whether a read returns something within the given time.
    func isReadable(patience milliseconds: Int32) -> Bool {
        if !ahead.isEmpty { return true }
        if isRegular || isReplaying { return true }
        if let decompressor { return decompressor.isReadable(milliseconds: milliseconds) }
        return System.isReadable(descriptor, milliseconds: milliseconds)
    }

    /// Takes bytes back that were read last: they are read again, and then the failure comes that reading on met.
    func giveBack(_ bytes: [UInt8], before failure: Failure?) {
        ahead = bytes[...] + ahead
        failureAhead = failure ?? failureAhead
    }

    /// Reads into `buffer[range]`; returns 0 at the end.
    func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(Failure) -> Int {
        if !ahead.isEmpty {
            let count = min(range.count, ahead.count)
            buffer.replaceSubrange(range.prefix(count), with: ahead.prefix(count))
            ahead.removeFirst(count)
            return count
        }
        if let failure = failureAhead {
            failureAhead = nil
            throw failure
        }
        do throws(SystemError) {
            if isReplaying {
                let count = try spool?.read(into: &buffer, range) ?? 0
                if count > 0 { return count }
                // The first pass may have stopped early; the bytes after that point are read only once.
                isReplaying = false
                spool = nil
            }
        } catch {
            throw .inputOutput(file: name, "reading failed: \(error.message)")
        }
        if isAtEnd { return 0 }
        let read: Int
        if isUntouched {
            isUntouched = false
            read = try readFirst(into: &buffer, range)
        } else {
            do throws(SystemError) {
                read = try readOnce(into: &buffer, range)
            } catch {
                throw .inputOutput(file: name, "reading failed: \(error.message)")
            }
        }
        if read == 0 {
            isAtEnd = !isRegular
            try checkDecompressor()
        }
        do throws(SystemError) {
            try spool?.append(buffer.span.extracting(range.lowerBound..<range.lowerBound + read))
        } catch {
            throw .inputOutput(
                file: name,
                "cannot be kept in a temporary file in \(Spool.folder) for its second reading: \(error.message)")
        }
        return read
    }

    /// Reads from the file, the pipe or the program.
    private func readOnce(into buffer: inout [UInt8], _ range: Range<Int>) throws(SystemError) -> Int {
        if let decompressor { return try decompressor.read(into: &buffer, range) }
        return try System.read(descriptor, into: &buffer, range)
    }

    /// Reads from a pipe for the first time, and starts the program if the data is compressed.
    private func readFirst(into buffer: inout [UInt8], _ range: Range<Int>) throws(Failure) -> Int {
        var end = range.lowerBound
        do throws(SystemError) {
            repeat {
                let count = try System.read(descriptor, into: &buffer, end..<range.upperBound)
                if count == 0 { break }
                end += count
            } while end < range.upperBound && Decompressor.Program.mayBegin(with: buffer[range.lowerBound..<end])
        } catch {
            throw .inputOutput(file: name, "reading failed: \(error.message)")
        }
        let head = buffer[range.lowerBound..<end]
        guard let program = Decompressor.Program(content: head) else { return head.count }
        let decompressor = try start(program) { [descriptor] () throws(SystemError) in
            try Decompressor(program, head: ArraySlice(Array(head)), feed: descriptor)
        }
        self.decompressor = decompressor
        do throws(SystemError) {
            return try decompressor.read(into: &buffer, range)
        } catch {
            throw .inputOutput(file: name, "reading failed: \(error.message)")
        }
    }

    /// Reads the rest of a compressed file whose content was refused: if the file is damaged, that is the reason.
    func checkThatRestIsIntact() throws(Failure) {
        guard let decompressor, decompressor.readsFile, !isReplaying, !isAtEnd else { return }
        spool = nil
        var block = [UInt8](repeating: 0, count: 64 << 10)
        while try read(into: &block, 0..<block.count) > 0 {}
    }

    /// Throws if the compressed data was malformed, once its program has ended.
    private func checkDecompressor() throws(Failure) {
        guard let decompressor else { return }
        let outcome: Decompressor.Outcome
        do throws(SystemError) {
            outcome = try decompressor.outcome()
        } catch {
            throw .inputOutput(file: name, "reading failed: \(error.message)")
        }
        let program = decompressor.program.rawValue
        switch outcome {
        case .well: break
        case .refused(let words):
            throw .corrupt(file: name, "is not intact \(program) data: \(program) says '\(words)'")
        case .killed(let signal):
            throw .inputOutput(file: name, "reading failed: the program '\(program)' was ended by signal \(signal)")
        }
    }
}
