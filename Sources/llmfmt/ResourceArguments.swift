import ArgumentParser
import LLMResources
import ResourceFormats

/// The option that names the resource, for all verbs that look at records.
struct ResourceArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The records' resource; 'record' is any object, without known fields and links. A name with a dot or a slash is that of a file with a JSON Schema.",
            valueName: "name|file"),
        completion: .list(ResourceCatalog.schemas.map(\.name)))
    var resource: String = ResourceCatalog.defaultSchema.name

    /// The file that has the resource's JSON Schema; nil for a resource of the catalogue.
    var file: String? {
        guard ResourceCatalog.schema(named: resource) == nil else { return nil }
        let isPath = resource.utf8.contains(UInt8(ascii: ".")) || resource.utf8.contains(UInt8(ascii: "/"))
        return isPath ? resource : nil
    }

    /// The schema of the resource.
    func schema() throws(Failure) -> Schema {
        if let schema = ResourceCatalog.schema(named: resource) { return schema }
        if let file { return try Self.schema(inFile: file) }
        let names = ResourceCatalog.schemas.map(\.name)
        let suggestion = Suggestion.among(names, for: resource).map { "did you mean \($0)? " } ?? ""
        throw .usage(
            "there is no resource '\(shown(resource))'; \(suggestion)there are \(names.joined(separator: ", ")), and files with a JSON Schema, such as ./NAME.json"
        )
    }

    /// The schema that a file describes.
    private static func schema(inFile path: String) throws(Failure) -> Schema {
        let bytes = try wholeFile(path)
        do throws(SerializationError) {
            return try Schema(jsonSchema: bytes)
        } catch {
            throw .refused(file: path, error, excerpt: nil)
        }
    }

    /// The largest size of a JSON Schema in bytes.
    private static let largestFile = 16 << 20

    /// The bytes of a file, or of a pipe.
    private static func wholeFile(_ path: String) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        do throws(SystemError) {
            let descriptor = try System.openForReading(path)
            var count = 0
            repeat {
                bytes.append(contentsOf: repeatElement(0, count: 64 << 10))
                let got = try System.read(descriptor, into: &bytes, count..<bytes.count)
                bytes.removeLast(bytes.count - count - got)
                if got == 0 { break }
                count += got
            } while count <= largestFile
            try System.closeChecked(descriptor)
        } catch {
            throw .cannotOpen(file: path, error.message)
        }
        guard bytes.count <= largestFile else {
            throw .cannotOpen(
                file: path, "it has more than \(largestFile >> 20) MiB, which is too much for a JSON Schema")
        }
        return bytes
    }
}
