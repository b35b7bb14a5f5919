extension SlowJSON {
    /// The reason why a text is not JSON.
    public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// The reason, in words.
        public let reason: String
        /// The number of code points before the place.
        public let offset: Int

        /// The reason and the place.
        public var description: String { "\(reason) at code point \(offset)" }
    }

    /// Parses a text that holds exactly one value.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, with or without a byte order mark.
    ///   - depthLimit: The deepest level of nested objects and arrays.
    public init(parsing bytes: [UInt8], depthLimit: Int = 128) throws(Refusal) {
        let values = try Self.parseSequence(bytes, depthLimit: depthLimit)
        guard values.count == 1 else {
            throw Refusal(reason: "\(values.count) values instead of one", offset: 0)
        }
        self = values[0]
    }

    /// Parses a text that holds any number of values one after another.
    public static func parseSequence(_ bytes: [UInt8], depthLimit: Int = 128) throws(Refusal) -> [SlowJSON] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal(reason: "not UTF-8", offset: 0)
        }
        var scalars = Array(text.unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        var parser = SlowParser(scalars: scalars, depthLimit: depthLimit)
        var values: [SlowJSON] = []
        parser.skipSpace()
        while parser.next != nil {
            values.append(try parser.value(depth: 1))
            parser.skipSpace()
        }
        return values
    }
}

/// A recursive-descent parser: one method per rule of RFC 8259.
private struct SlowParser {
    let scalars: [Unicode.Scalar]
    let depthLimit: Int
    var position = 0

    init(scalars: [Unicode.Scalar], depthLimit: Int) {
        self.scalars = scalars
        self.depthLimit = depthLimit
    }

    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    func refusal(_ reason: String) -> SlowJSON.Refusal {
        SlowJSON.Refusal(reason: reason, offset: position)
    }

    mutating func skipSpace() {
        while let scalar = next, [" ", "\t", "\n", "\r"].contains(scalar) { position += 1 }
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    mutating func expect(_ scalar: Unicode.Scalar) throws(SlowJSON.Refusal) {
        guard take(scalar) else { throw refusal("no \"\(scalar)\"") }
    }

    mutating func value(depth: Int) throws(SlowJSON.Refusal) -> SlowJSON {
        guard let first = next else { throw refusal("no value before the end") }
        switch first {
        case "{": return try object(depth: depth)
        case "[": return try array(depth: depth)
        case "\"": return .string(try string())
        case "t": return try literal("true", .bool(true))
        case "f": return try literal("false", .bool(false))
        case "n": return try literal("null", .null)
        case "-", "0"..."9": return .number(try number())
        default: throw refusal("no value")
        }
    }

    mutating func literal(_ text: String, _ value: SlowJSON) throws(SlowJSON.Refusal) -> SlowJSON {
        for scalar in text.unicodeScalars { try expect(scalar) }
        return value
    }

    mutating func object(depth: Int) throws(SlowJSON.Refusal) -> SlowJSON {
        guard depth <= depthLimit else { throw refusal("too deep") }
        try expect("{")
        skipSpace()
        if take("}") { return .object([]) }
        var members: [SlowJSON.Member] = []
        var names: Set<ExactText> = []
        while true {
            let name = try string()
            guard names.insert(name).inserted else { throw refusal("a name twice") }
            skipSpace()
            try expect(":")
            skipSpace()
            members.append(SlowJSON.Member(name, try value(depth: depth + 1)))
            skipSpace()
            if take("}") { return .object(members) }
            try expect(",")
            skipSpace()
        }
    }

    mutating func array(depth: Int) throws(SlowJSON.Refusal) -> SlowJSON {
        guard depth <= depthLimit else { throw refusal("too deep") }
        try expect("[")
        skipSpace()
        if take("]") { return .array([]) }
        var elements: [SlowJSON] = []
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return .array(elements) }
            try expect(",")
            skipSpace()
        }
    }

    mutating func string() throws(SlowJSON.Refusal) -> ExactText {
        try expect("\"")
        var text: [Unicode.Scalar] = []
        while let scalar = next {
            position += 1
            switch scalar {
            case "\"": return ExactText(scalars: text)
            case "\\": text.append(try escape())
            case "\u{0}"..."\u{1F}": throw refusal("a control character in a string")
            default: text.append(scalar)
            }
        }
        throw refusal("a string without an end")
    }

    mutating func escape() throws(SlowJSON.Refusal) -> Unicode.Scalar {
        guard let letter = next else { throw refusal("an escape without an end") }
        position += 1
        switch letter {
        case "\"", "\\", "/": return letter
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            let unit = try codeUnit()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            guard unit < 0xDC00, take("\\"), take("u") else { throw refusal("half a pair of surrogates") }
            let second = try codeUnit()
            guard (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) * 0x400 + (second - 0xDC00))
            else { throw refusal("half a pair of surrogates") }
            return scalar
        default: throw refusal("an unknown escape")
        }
    }

    mutating func codeUnit() throws(SlowJSON.Refusal) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let scalar = next, let digit = Character(scalar).hexDigitValue, scalar.isASCII else {
                throw refusal("no hexadecimal digit")
            }
            value = value * 16 + UInt32(digit)
            position += 1
        }
        return value
    }

    /// A number of RFC 8259 section 6: minus, digits, fraction, exponent.
    mutating func number() throws(SlowJSON.Refusal) -> String {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        // A delimiter must follow a number: `01` and `1x` are not a number and something after it.
        if let scalar = next, ![" ", "\t", "\n", "\r", ",", "]", "}"].contains(scalar) {
            throw refusal("no end of the number")
        }
        return ExactText(scalars: Array(scalars[start..<position])).string
    }

    mutating func digits() throws(SlowJSON.Refusal) {
        guard let first = next, ("0"..."9").contains(first) else { throw refusal("no digit") }
        while let scalar = next, ("0"..."9").contains(scalar) { position += 1 }
    }
}
