import ResourceFormats

/// The refused records, one JSON object a line: `file`, `line`, `column`, `path`, `error`, and `input`, the record's own
/// text (`inputHex` where it is no UTF-8).
struct RejectFile {
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws(Failure) {
        self.path = path
        do throws(SystemError) {
            descriptor = try System.openForWriting(path, truncating: true)
        } catch {
            throw .inputOutput(file: path, "cannot be written: \(error.message)")
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
            for byte in input {
                line.append(text: (byte < 16 ? "0" : "") + String(byte, radix: 16))
            }
            line.append(0x22)
        }
        line.append("}\n")
        do throws(SystemError) {
            try System.write(line.span, to: descriptor)
        } catch {
            throw .inputOutput(file: path, "writing failed: \(error.message)")
        }
    }

    func finish() throws(Failure) {
        do throws(SystemError) {
            try System.closeChecked(descriptor)
        } catch {
            throw .inputOutput(file: path, "writing failed: \(error.message)")
        }
    }
}
