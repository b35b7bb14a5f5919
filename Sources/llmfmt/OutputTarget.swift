import ResourceFormats

/// Where the output goes: standard output, or a file that appears whole or not at all.
final class OutputTarget {
    /// The name for messages.
    let name: String
    private let descriptor: Int32
    private let temporaryPath: String?
    private let finalPath: String?
    private var isFinished = false

    /// Standard output.
    init() {
        name = "<stdout>"
        descriptor = 1
        temporaryPath = nil
        finalPath = nil
    }

    /// A file; it is written under another name in the same folder and takes its own when all is well.
    ///
    /// What is no regular file (a terminal, a pipe, `/dev/null`) is written to as it is.
    init(path: String) throws(Failure) {
        name = path
        do throws(SystemError) {
            let existing = System.status(of: path)
            if let existing, !existing.isRegular {
                if existing.isDirectory { throw SystemError(code: 21) }  // EISDIR
                descriptor = try System.openForWriting(path, truncating: false)
                temporaryPath = nil
                finalPath = nil
                return
            }
            // A symbolic link stays one; what it leads to is replaced.
            let target = System.resolved(path) ?? path
            let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? ""
            let leaf = target.lastIndex(of: "/").map { String(target[target.index(after: $0)...]) } ?? target
            let temporary = try System.createTemporary(prefix: folder + "." + leaf + ".")
            descriptor = temporary.descriptor
            temporaryPath = temporary.path
            finalPath = target
            System.removeOnInterrupt(temporary.path)
            try System.setPermissions(descriptor, existing?.permissions ?? System.defaultPermissions)
        } catch {
            throw .inputOutput(file: path, "cannot be written: \(error.message)")
        }
    }

    deinit {
        guard !isFinished, let temporaryPath else { return }
        try? System.closeChecked(descriptor)
        System.removeFile(temporaryPath)
        System.removeOnInterrupt(nil)
    }

    /// Writes what waits in the buffer and empties it.
    func drain(_ output: inout OutputBuffer) throws(Failure) {
        guard !output.isEmpty else { return }
        do throws(SystemError) {
            try System.write(output.span, to: descriptor)
        } catch {
            throw failure(error)
        }
        output.removeAll()
    }

    /// Closes, and gives the file its name.
    func finish() throws(Failure) {
        do throws(SystemError) {
            guard let temporaryPath, let finalPath else {
                try System.closeChecked(descriptor)
                return
            }
            try System.synchronize(descriptor)
            try System.closeChecked(descriptor)
            try System.moveFile(temporaryPath, to: finalPath)
            isFinished = true
            System.removeOnInterrupt(nil)
            try synchronizeFolder(of: finalPath)
        } catch {
            throw failure(error)
        }
    }

    /// Brings the new name to the disk as well.
    private func synchronizeFolder(of path: String) throws(SystemError) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = try System.openForReading(folder)
        try System.synchronize(descriptor)
        try System.closeChecked(descriptor)
    }

    private func failure(_ error: SystemError) -> Failure {
        error.isClosedPipe ? .closedPipe : .inputOutput(file: name, "writing failed: \(error.message)")
    }
}
