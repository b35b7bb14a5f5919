/// The name of a temporary file that is renamed when it is complete: hidden, in the same folder, with six random
/// characters.
struct TemporaryName {
    /// The name without the random characters.
    private let prefix: String

    /// A name next to `path`; it begins with as many bytes of the file's name as any file system allows.
    init(for path: String) {
        let (folder, leaf) = FilePlace.split(path)
        var start = ""
        for scalar in leaf.unicodeScalars {
            if start.utf8.count + UTF8.width(scalar) > 100 { break }
            start.unicodeScalars.append(scalar)
        }
        prefix = folder + "." + start + "."
    }

    /// A name for a file that is kept in a folder for some time.
    init(inFolder folder: String) {
        prefix = folder + "/llmfmt-"
    }

    /// Creates the file, under a name that no other file has.
    func create(permissions: UInt32) throws(SystemError) -> (descriptor: Int32, path: String) {
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars)
        var attempts = 0
        while true {
            var path = prefix
            for _ in 0..<6 { path.unicodeScalars.append(letters[Int.random(in: 0..<letters.count)]) }
            do throws(SystemError) {
                return (try System.create(path, permissions: permissions), path)
            } catch {
                attempts += 1
                if !error.isExisting || attempts == 100 { throw error }
            }
        }
    }
}
