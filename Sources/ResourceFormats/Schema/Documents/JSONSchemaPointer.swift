/// A place inside the same JSON Schema: `#`, or `#` and a JSON Pointer (RFC 6901) as a URI's fragment.
struct JSONSchemaPointer {
    private let steps: [[UInt8]]
    private let text: String
    /// The place in the document that has the reference.
    private let error: SerializationError

    /// A reference from its text.
    ///
    /// - Throws: `.unsupported` for a reference to another document.
    init(_ text: String, at place: RecordView) throws(SerializationError) {
        self.text = text
        error = SerializationError(
            .unsupported, found: "the reference \"\(excerpt(text))\"",
            expected: "\"#\", or \"#/…\" with the place of a schema in this document", at: place)
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "#") else { throw error }
        var steps: [[UInt8]] = []
        for (index, part) in bytes.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .enumerated()
        {
            if index == 0, part.isEmpty { continue }
            guard index > 0, let step = Self.decoded(Array(part)) else { throw error }
            steps.append(step)
        }
        self.steps = steps
    }

    /// The value at the place.
    ///
    /// - Throws: `.unsupported` if there is none.
    @_lifetime(copy document)
    func value(in document: RecordView) throws(SerializationError) -> RecordView {
        var value = document
        for step in steps {
            guard let member = Self.member(step, of: value) else { throw error }
            value = member
        }
        return value
    }

    @_lifetime(copy value)
    private static func member(_ name: [UInt8], of value: RecordView) -> RecordView? {
        guard value.kind == .object else { return nil }
        var children = value.children
        while children.next() {
            if let key = children.key, key.bytes.isEqual(to: ByteView(name.span)) { return children.value }
        }
        return nil
    }

    /// A step without the escapes of URIs and of JSON Pointers; nil for wrong ones.
    private static func decoded(_ part: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var index = 0
        while index < part.count {
            if part[index] == UInt8(ascii: "%") {
                guard index + 2 < part.count + 0, let high = hexadecimal(part[index + 1]),
                    let low = hexadecimal(part[index + 2])
                else { return nil }
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(part[index])
                index += 1
            }
        }
        var step: [UInt8] = []
        index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "~") {
                guard index + 1 < bytes.count, bytes[index + 1] == 0x30 || bytes[index + 1] == 0x31 else { return nil }
                step.append(bytes[index + 1] == 0x30 ? UInt8(ascii: "~") : UInt8(ascii: "/"))
                index += 2
            } else {
                step.append(bytes[index])
                index += 1
            }
        }
        return step
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// A step with the escapes of JSON Pointers and, for every byte that is not a letter, a digit or one of `-._~`, of
    /// URIs.
    static func encoded(_ name: String) -> String {
        var text = ""
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "~"): text += "~0"
            case UInt8(ascii: "/"): text += "~1"
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += (byte < 16 ? "%0" : "%") + digits
            }
        }
        return text
    }
}
