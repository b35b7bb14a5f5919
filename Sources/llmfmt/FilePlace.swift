/// What the path of an output leads to, through all symbolic links.
struct FilePlace {
    enum Kind {
        /// A stream that the tool was started with, by a name such as `/dev/stdout` or `/dev/fd/3`.
        case descriptor(Int32)
        /// A pipe, a terminal, a device: written to as it is.
        case special
        case regular(FileStatus)
        /// Nothing yet.
        case absent
    }

    /// The path as it was given.
    let name: String
    /// The path at the end of the links.
    let path: String
    let kind: Kind

    /// Follows a path; a link that leads nowhere is an error.
    init(_ name: String) throws(Failure) {
        self.name = name
        do throws(Complaint) {
            (path, kind) = try Self.follow(name)
        } catch {
            throw .inputOutput(file: name, "cannot be written: \(error.sentence)")
        }
    }

    /// Why a path cannot be followed.
    private struct Complaint: Error {
        let sentence: String
    }

    private static func follow(_ name: String) throws(Complaint) -> (path: String, kind: Kind) {
        var path = name
        // As many links as Linux follows itself.
        for _ in 0...40 {
            let (folder, leaf) = split(path)
            if let number = Int32(leaf), isFolderOfDescriptors(folder) {
                guard (try? System.status(of: number)) != nil else {
                    throw Complaint(sentence: "the descriptor \(number) is not open")
                }
                return (path, .descriptor(number))
            }
            // What other programs have open looks like a link, but is none to follow by its text.
            if let link = System.linkTarget(path), !folder.utf8.starts(with: "/proc/".utf8) {
                guard let target = String(validating: link, as: UTF8.self) else {
                    throw Complaint(sentence: "it is a symbolic link to a name that is not UTF-8")
                }
                path = target.utf8.first == UInt8(ascii: "/") ? target : folder + target
                continue
            }
            do throws(SystemError) {
                let status = try System.statusAtEnd(of: path)
                if status.isDirectory { throw .isDirectory }
                return (path, status.isRegular ? .regular(status) : .special)
            } catch {
                guard error.isMissing else { throw Complaint(sentence: error.message) }
                if !path.utf8.elementsEqual(name.utf8) {
                    throw Complaint(sentence: "it is a symbolic link to '\(path)', which does not exist")
                }
                if leaf.isEmpty { throw Complaint(sentence: error.message) }
                return (path, .absent)
            }
        }
        throw Complaint(sentence: "its symbolic links lead in a circle")
    }

    /// The folder with its slash, empty for the one we are in, and the name in it.
    static func split(_ path: String) -> (folder: String, leaf: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
        let start = path.utf8.index(after: slash)
        return (String(path[..<start]), String(path[start...]))
    }

    /// Whether it is a stream that the tool was started with.
    var isStream: Bool {
        if case .descriptor = kind { return true }
        return false
    }

    private static func isFolderOfDescriptors(_ folder: String) -> Bool {
        guard let folder = System.resolved(folder) else { return false }
        return ["/dev/fd", "/proc/self/fd", "/proc/thread-self/fd"].contains { name in
            System.resolved(name).map { $0.utf8.elementsEqual(folder.utf8) } ?? false
        }
    }
}

/// What tells a file from all others: its own identity, or where it is going to be.
enum FileKey: Hashable {
    case existing(FileIdentity)
    case absent(folder: FileIdentity, name: [UInt8])

    /// The key of a regular file; nil for what may be open as often as one likes.
    init?(_ status: FileStatus?) {
        guard let status, status.isRegular else { return nil }
        self = .existing(status.identity)
    }

    init?(_ place: FilePlace) {
        switch place.kind {
        case .descriptor(let number): self.init(try? System.status(of: number))
        case .special: return nil
        case .regular(let status): self.init(status)
        case .absent:
            let (folder, leaf) = FilePlace.split(place.path)
            guard let status = System.status(of: folder.isEmpty ? "." : folder) else { return nil }
            self = .absent(folder: status.identity, name: Array(leaf.utf8))
        }
    }
}
