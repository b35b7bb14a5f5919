/// Reads the regular expression of a `TextPattern`.
struct TextPatternParser {
    private let text: String
    private let bytes: [UInt8]
    private var index = 0

    /// The largest number in a quantifier; sums of them stay far below the largest `Int`.
    private static let largestCount = 1_000_000

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// The runs of the whole expression.
    mutating func runs() throws(SerializationError) -> [TextPattern.Run] {
        guard byte == UInt8(ascii: "^") else {
            throw fault("no \"^\" at its beginning", "a pattern for whole texts, ^…$")
        }
        index += 1
        var runs: [TextPattern.Run] = []
        while let byte, byte != UInt8(ascii: "$") {
            let characters = try characters()
            let (count, most) = try quantifier()
            runs.append(TextPattern.Run(characters: characters, count: count, most: most))
        }
        guard byte != nil else { throw fault("no \"$\" at its end", "a pattern for whole texts, ^…$") }
        index += 1
        guard index == bytes.count else { throw fault("more after \"$\"", "the end of the pattern") }
        return runs
    }

    // MARK: Characters

    /// One character or class.
    private mutating func characters() throws(SerializationError) -> TextPattern.Characters {
        let set: Set<UInt8>
        switch bytes[index] {
        case UInt8(ascii: "["): set = try characterClass()
        case UInt8(ascii: "\\"): set = try escape()
        case UInt8(ascii: "."): throw fault("\".\", any character", Self.parts)
        case UInt8(ascii: "("): throw fault("a group", Self.parts)
        case UInt8(ascii: "|"): throw fault("an alternative", Self.parts)
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
            throw fault("a quantifier without a character before it", Self.parts)
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "^"):
            throw fault("\"\(Unicode.Scalar(bytes[index]))\"", "an escape before it, or \(Self.parts)")
        default:
            set = [try character()]
        }
        return TextPattern.Characters(set, expression: Self.expression(of: set))
    }

    private static let parts = "characters, classes such as [a-z], and quantifiers"

    /// A character that stands for itself.
    private mutating func character() throws(SerializationError) -> UInt8 {
        guard let byte, (0x20...0x7E).contains(byte) else {
            throw fault("a character that is not printable ASCII", Self.parts)
        }
        index += 1
        return byte
    }

    /// The characters of `\d`, `\w` or an escaped sign.
    private mutating func escape() throws(SerializationError) -> Set<UInt8> {
        let letter = index + 1 < bytes.count ? bytes[index + 1] : 0
        let digits = Set<UInt8>(0x30...0x39)
        let set: Set<UInt8>
        switch letter {
        case UInt8(ascii: "d"): set = digits
        case UInt8(ascii: "w"): set = digits.union(0x41...0x5A).union(0x61...0x7A).union([0x5F])
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: set = [letter]
        default:
            let name = (0x20...0x7E).contains(letter) ? "\\\(Unicode.Scalar(letter))" : "\\"
            throw fault("the escape \"\(name)\"", "\\d, \\w or an escaped sign")
        }
        index += 2
        return set
    }

    private mutating func characterClass() throws(SerializationError) -> Set<UInt8> {
        index += 1
        if byte == UInt8(ascii: "^") { throw fault("a negated class", Self.parts) }
        var set: Set<UInt8> = []
        while byte != UInt8(ascii: "]") {
            let first = try classMember()
            set.formUnion(first)
            // A hyphen at the end of a class stands for itself.
            guard byte == UInt8(ascii: "-"), index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: "]") else {
                continue
            }
            let hyphen = index
            index += 1
            let last = try classMember()
            guard first.count == 1, last.count == 1, let lower = first.first, let upper = last.first, lower <= upper
            else {
                index = hyphen
                throw fault("a range that does not go from a character to a later one", "a range such as a-z")
            }
            set.formUnion(lower...upper)
        }
        guard !set.isEmpty else { throw fault("an empty class", Self.parts) }
        index += 1
        return set
    }

    private mutating func classMember() throws(SerializationError) -> Set<UInt8> {
        guard let byte else { throw fault("the end", "the end of the class") }
        if byte == UInt8(ascii: "\\") { return try escape() }
        if byte == UInt8(ascii: "[") { throw fault("\"[\" in a class", "an escape before it") }
        return [try character()]
    }

    /// The shortest usual way to write a set of characters.
    ///
    /// It is the same for equal sets, apart from the classes of the known patterns.
    private static func expression(of set: Set<UInt8>) -> String {
        for known in [TextPattern.Characters.lowercaseLettersAndDigits, .hexadecimalDigits]
        where Set(known.all.map { UInt8(truncatingIfNeeded: $0.value) }) == set {
            return known.expression
        }
        let sorted = set.sorted()
        guard sorted.count > 1 else { return sorted.map { escaped($0, outside: true) }.joined() }
        var text = "["
        var start = 0
        while start < sorted.count {
            var end = start
            while end + 1 < sorted.count, sorted[end + 1] == sorted[end] + 1 { end += 1 }
            text += escaped(sorted[start], outside: false)
            if end > start + 1 { text += "-" }
            if end > start { text += escaped(sorted[end], outside: false) }
            start = end + 1
        }
        return text + "]"
    }

    private static func escaped(_ byte: UInt8, outside: Bool) -> String {
        let signs = outside ? "\\^$.|?*+()[]{}" : "\\^[]-"
        return (signs.utf8.contains(byte) ? "\\" : "") + String(Unicode.Scalar(byte))
    }

    // MARK: Quantifiers

    private mutating func quantifier() throws(SerializationError) -> (count: Int, most: Int?) {
        let range: (count: Int, most: Int?)
        switch byte {
        case UInt8(ascii: "?"): range = (0, 1)
        case UInt8(ascii: "*"): range = (0, nil)
        case UInt8(ascii: "+"): range = (1, nil)
        case UInt8(ascii: "{"):
            index += 1
            let count = try number()
            var most: Int? = count
            if byte == UInt8(ascii: ",") {
                index += 1
                most = byte == UInt8(ascii: "}") ? nil : try number()
            }
            guard byte == UInt8(ascii: "}"), most.map({ $0 >= count }) ?? true else {
                throw fault("no quantifier after \"{\"", "{2}, {2,} or {2,5}")
            }
            range = (count, most)
        default: return (1, 1)
        }
        index += 1
        if byte == UInt8(ascii: "?") { throw fault("a lazy quantifier", Self.parts) }
        return range
    }

    private mutating func number() throws(SerializationError) -> Int {
        let start = index
        var value = 0
        while let byte, ASCII.isDigit(byte), value <= Self.largestCount {
            value = value * 10 + Int(byte - 0x30)
            index += 1
        }
        guard index > start, value <= Self.largestCount else {
            throw fault("no number up to \(Self.largestCount) in a quantifier", "{2}, {2,} or {2,5}")
        }
        return value
    }

    private func fault(_ found: String, _ expected: String) -> SerializationError {
        SerializationError(
            .unsupported, found: "\(found) at byte \(index + 1) of the pattern \"\(excerpt(text))\"", expected: expected
        )
    }
}
