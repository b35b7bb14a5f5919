import ResourceFormats

/// A file of refused records, one JSON object on each line.
///
/// Its members are `file`, `line`, `column`, `path`, `error`, and `input`, the record's own text (`inputHex` if that is
/// not UTF-8).
struct RejectFile {
    private let name: String
    private let descriptor: Int32

    /// Opens and empties the file; a stream that was open when the tool started is written to directly.
    init(_ place: FilePlace) throws(Failure) {
        name = place.name
        do throws(SystemError) {
            switch place.kind {
            case .descriptor(let number): descriptor = try System.duplicate(number)
            case .special: descriptor = try System.openForWriting(place.path, creating: false, truncating: false)
            case .regular, .absent:
                descriptor = try System.openForWriting(place.path, creating: true, truncating: true)
            }
        } catch {
            throw .inputOutput(file: place.name, "cannot be written: \(error.message)")
        }
    }

    func append(_ input: [UInt8], file: String, _ error: SerializationError) throws(Failure) {
        var line = OutputBuffer()
        line.append("{\"file\":")
        line.appendJSONString(file)
        if let position = error.position {
            line.append(text: ",\"line\":\(position.line),\"column\":\(position.column)")
        }
        if let path = error.path {
            line.append(",\"path\":")
            line.appendJSONString(path)
        }
        line.append(",\"error\":")
        line.appendJSONString("found \(error.found), expected \(error.expected)")
        if let text = String(validating: input, as: UTF8.self) {
            line.append(",\"input\":")
            line.appendJSONString(text)
        } else {
            line.append(",\"inputHex\":\"")
            for byte in input { line.append(text: hexadecimal(byte, digits: 2)) }
            line.append(0x22)
        }
        line.append("}\n")
        do throws(SystemError) {
            try System.write(line.span, to: descriptor)
        } catch {
            throw .inputOutput(file: name, "writing failed: \(error.message)")
        }
    }

    func finish() throws(Failure) {
        do throws(SystemError) {
            try System.closeChecked(descriptor)
        } catch {
            throw .inputOutput(file: name, "writing failed: \(error.message)")
        }
    }
}
