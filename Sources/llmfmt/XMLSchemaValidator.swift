#if !XML
import ResourceFormats

/// Stands where the library's validator does in a tool that is built without the package trait `XML`, and so without any
/// XML to validate.
final class XMLSchemaValidator {
    /// A complaint of the XML Schema; there are none.
    struct Complaint {
        let sentence: String
        let path: String
        let line: Int
    }

    /// Always nil.
    init?(schema: Schema) {
        return nil
    }

    func show(_ bytes: Span<UInt8>) {}

    func finish() {}

    func takeComplaints(ofRecord index: Int?) -> [Complaint] { [] }
}
#endif
