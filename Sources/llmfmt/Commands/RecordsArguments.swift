import ArgumentParser
import ResourceFormats

/// The options that say where the records of a JSON document are.
struct RecordsArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the records are in JSON: data, result.items, resources[*].properties; * stands for each member.",
            valueName: "path"))
    var records: String?

    @Option(
        help: ArgumentHelp(
            "Give each record the name for which the * of --records stands, as this member.", valueName: "member"))
    var keyAs: String?

    /// The path; nil without one.
    func path() throws(Failure) -> RecordsPath? {
        guard let records else {
            if keyAs != nil { throw .usage("--key-as is for the * of --records") }
            return nil
        }
        do throws(SerializationError) {
            return try RecordsPath(records, nameMember: keyAs)
        } catch {
            let option = error.code == .wrongShape ? "--key-as with --records" : "--records"
            let place = error.code == .wrongShape ? "" : ", character \(error.position?.column ?? 1)"
            throw .usage("\(option) '\(shown(records))'\(place): \(error.sentence)")
        }
    }
}

extension Format {
    /// The format for reading a document whose records are at a path.
    func reading(_ records: RecordsPath?) throws(Failure) -> Format {
        guard let records else { return self }
        guard self == .json || self == .hal else {
            throw .usage("--records is for JSON input; the input is \(name)")
        }
        return .json(JSONOptions(records: records))
    }
}
