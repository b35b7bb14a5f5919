import ResourceFormats

/// The target of the output: standard output, or a file that appears as a whole or not at all.
final class OutputTarget {
    /// The name for messages.
    let name: String
    private let descriptor: Int32
    private let temporaryPath: String?
    private let finalPath: String?
    /// The number of bytes that were written.
    private(set) var writtenCount = 0
    private var isFinished = false
    private var isClosed = false

    /// Standard output.
    init() {
        name = "<stdout>"
        descriptor = 1
        temporaryPath = nil
        finalPath = nil
    }

    /// A file, written under a temporary name in the same folder and renamed when it is complete.
    ///
    /// Anything that is not a regular file (a terminal, a pipe, `/dev/null`), and a stream that was open when the tool
    /// started, is written to directly.
    init(_ place: FilePlace) throws(Failure) {
        name = place.name
        do throws(SystemError) {
            switch place.kind {
            case .descriptor(let number):
                descriptor = try System.duplicate(number)
                temporaryPath = nil
                finalPath = nil
                return
            case .special:
                descriptor = try System.openForWriting(place.path, creating: false, truncating: false)
                temporaryPath = nil
                finalPath = nil
                return
            case .absent:
                // The system reduces the permissions of a new file by the umask and the folder's access control list.
                (descriptor, temporaryPath) = try Self.createTemporary(for: place.path, permissions: 0o666)
            case .regular:
                (descriptor, temporaryPath) = try Self.createTemporary(for: place.path, permissions: 0o600)
            }
            finalPath = place.path
        } catch {
            throw .inputOutput(file: place.name, "cannot be written: \(error.message)")
        }
        if case .regular(let status) = place.kind { try keepRights(of: place, status) }
    }

    private static func createTemporary(
        for path: String, permissions: UInt32
    ) throws(SystemError) -> (descriptor: Int32, path: String?) {
        // No signal may come between creating the file and registering it for removal.
        try System.withInterruptsHeld { () throws(SystemError) in
            let temporary = try TemporaryName(for: path).create(permissions: permissions)
            System.removeOnInterrupt(temporary.path)
            return temporary
        }
    }

    /// Gives the new file the owner, the group, the attributes and the permissions of the one that it replaces.
    ///
    /// The order matters: changing the owner removes permissions, and an access control list changes them.
    private func keepRights(of place: FilePlace, _ status: FileStatus) throws(Failure) {
        func failure(_ what: String, _ error: SystemError) -> Failure {
            .inputOutput(file: name, "cannot be replaced: its \(what) cannot be kept: \(error.message)")
        }
        do throws(SystemError) {
            let new = try System.status(of: descriptor)
            if new.owner != status.owner || new.group != status.group {
                try System.setOwner(descriptor, status.owner, group: status.group)
            }
        } catch {
            throw failure("owner and group", error)
        }
        do throws(System.AttributeError) {
            try System.copyAttributes(from: place.path, to: descriptor)
        } catch {
            throw failure(error.name.isEmpty ? "extended attributes" : "attribute '\(error.name)'", error.reason)
        }
        do throws(SystemError) {
            try System.setPermissions(descriptor, status.permissions)
        } catch {
            throw failure("mode", error)
        }
    }

    deinit {
        guard !isFinished, let temporaryPath else { return }
        if !isClosed { try? System.closeChecked(descriptor) }
        System.removeFile(temporaryPath)
        System.removeOnInterrupt(nil)
    }

    /// Writes the bytes in the buffer and empties it.
    func drain(_ output: inout OutputBuffer) throws(Failure) {
        guard !output.isEmpty else { return }
        try write(output.span)
        output.removeAll()
    }

    /// Writes bytes.
    func write(_ bytes: Span<UInt8>) throws(Failure) {
        do throws(SystemError) {
            try System.write(bytes, to: descriptor)
            writtenCount += bytes.count
        } catch {
            throw failure(error)
        }
    }

    /// Closes the file and gives it its name.
    ///
    /// Returns a note if the file is in place but might not survive a power failure.
    func finish() throws(Failure) -> String? {
        do throws(SystemError) {
            guard let temporaryPath, let finalPath else {
                isFinished = true
                try System.closeChecked(descriptor)
                return nil
            }
            try System.synchronize(descriptor)
            // The descriptor is gone after this, even if closing it fails.
            isClosed = true
            try System.closeChecked(descriptor)
            try System.moveFile(temporaryPath, to: finalPath)
            isFinished = true
            System.removeOnInterrupt(nil)
        } catch {
            throw failure(error)
        }
        guard let finalPath else { return nil }
        do throws(SystemError) {
            try synchronizeFolder(of: finalPath)
            return nil
        } catch {
            return "the file is in place, but its folder cannot be brought to the disk: \(error.message)"
        }
    }

    /// Writes the new name in the folder to the disk as well.
    private func synchronizeFolder(of path: String) throws(SystemError) {
        let folder = FilePlace.split(path).folder
        let descriptor = try System.openForReading(folder.isEmpty ? "." : folder)
        defer { try? System.closeChecked(descriptor) }
        try System.synchronize(descriptor)
    }

    private func failure(_ error: SystemError) -> Failure {
        error.isClosedPipe ? .closedPipe : .inputOutput(file: name, "writing failed: \(error.message)")
    }
}
