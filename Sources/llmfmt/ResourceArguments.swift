import ArgumentParser
import LLMResources
import ResourceFormats

/// The option that names the resource, for all verbs that look at records.
struct ResourceArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The records' resource; 'record' is any object, without known fields and links.", valueName: "name"),
        completion: .list(ResourceCatalog.schemas.map(\.name)))
    var resource: String = ResourceCatalog.defaultSchema.name

    /// The schema of the resource.
    func schema() throws(Failure) -> Schema {
        if let schema = ResourceCatalog.schema(named: resource) { return schema }
        let names = ResourceCatalog.schemas.map(\.name)
        let suggestion = Suggestion.among(names, for: resource).map { "did you mean \($0)? " } ?? ""
        throw .usage(
            "there is no resource '\(shown(resource))'; \(suggestion)there are \(names.joined(separator: ", "))")
    }
}
