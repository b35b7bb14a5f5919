/// The place of an output, found through all symbolic links.
struct FilePlace {
    enum Kind {
        /// A stream that was open when the tool started, with a name such as `/dev/stdout` or `/dev/fd/3`.
        case descriptor(Int32)
        /// A pipe, a terminal or a device, which is written to directly.
        case special
        case regular(FileStatus)
        /// No file yet.
        case absent
    }

    /// The path as given.
    let name: String
    /// The path after following the links.
    let path: String
    let kind: Kind

    /// Follows a path; throws for a link that does not lead anywhere.
    init(_ name: String) throws(Failure) {
        self.name = name
        do throws(Complaint) {
            (path, kind) = try Self.follow(name)
        } catch {
            throw .inputOutput(file: name, "cannot be written: \(error.sentence)")
        }
    }

    /// The reason why a path cannot be followed.
    private struct Complaint: Error {
        let sentence: String
    }

    private static func follow(_ name: String) throws(Complaint) -> (path: String, kind: Kind) {
        var path = name
        // Linux itself follows the same number of links.
        for _ in 0...40 {
            let (folder, leaf) = split(path)
            if let number = Int32(leaf), isFolderOfDescriptors(folder) {
                guard (try? System.status(of: number)) != nil else {
                    throw Complaint(sentence: "the descriptor \(number) is not open")
                }
                return (path, .descriptor(number))
            }
            // The open files of other programs look like links, but the text of such a link is not a path.
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

    /// The folder with its slash, empty for the current one, and the name in the folder.
    static func split(_ path: String) -> (folder: String, leaf: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
        let start = path.utf8.index(after: slash)
        return (String(path[..<start]), String(path[start...]))
    }

    /// Whether the place is a stream that was open when the tool started.
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

/// The identity of a file: its device and number, or the place where it will be created.
enum FileKey: Hashable {
    case existing(FileIdentity)
    case absent(folder: FileIdentity, name: [UInt8])

    /// The key of a regular file; nil for everything that may be opened several times.
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
