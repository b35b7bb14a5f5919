/// The form of a text: runs of ASCII characters, each with a class of characters and a number of them.
///
/// It suffices for identifiers, codes and dates. It is matched in time linear in the text for each run, without
/// backtracking, and written as a regular expression that means the same in XML Schema and in JSON Schema.
public struct TextPattern: Sendable {
    /// A class of printable ASCII characters.
    package struct Characters: Sendable {
        /// The class as a regular expression.
        let expression: String
        /// A bit for each character.
        private let low: UInt64
        private let high: UInt64

        init(_ characters: Set<UInt8>, expression: String) {
            self.expression = expression
            var (low, high): (UInt64, UInt64) = (0, 0)
            for byte in characters {
                if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
            }
            (self.low, self.high) = (low, high)
        }

        static let lowercaseLettersAndDigits = Characters(
            Set(0x30...0x39).union(0x61...0x7A), expression: "[a-z0-9]")
        static let hexadecimalDigits = Characters(
            Set(0x30...0x39).union(0x61...0x66).union(0x41...0x46), expression: "[0-9a-fA-F]")
        static let hyphen = Characters([0x2D], expression: "-")

        func contains(_ byte: UInt8) -> Bool {
            byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte - 64) & 1 == 1
        }

        /// All characters of the class.
        package var all: [Unicode.Scalar] {
            (0..<0x80 as Range<UInt8>).filter(contains).map { Unicode.Scalar($0) }
        }
    }

    package struct Run: Sendable {
        package let characters: Characters
        /// The smallest number of characters.
        package let count: Int
        /// The largest number of characters; nil for any number.
        let most: Int?

        init(characters: Characters, count: Int) {
            self.init(characters: characters, count: count, most: count)
        }

        init(characters: Characters, count: Int, most: Int?) {
            self.characters = characters
            self.count = count
            self.most = most
        }

        var expression: String {
            switch (count, most) {
            case (1, 1): characters.expression
            case (count, count): "\(characters.expression){\(count)}"
            case (0, 1): "\(characters.expression)?"
            case (0, nil): "\(characters.expression)*"
            case (1, nil): "\(characters.expression)+"
            case (_, nil): "\(characters.expression){\(count),}"
            case (_, .some(let most)): "\(characters.expression){\(count),\(most)}"
            }
        }
    }

    package let runs: [Run]
    /// The name of a text of this form, with its article or number.
    let name: String
    /// The `format` that JSON Schema has for this form; nil if there is none.
    let jsonSchemaFormat: String?
    /// The smallest number of characters in a text of this form.
    let shortest: Int
    /// The largest number of characters in a text of this form; nil if there is none.
    let longest: Int?

    init(runs: [Run], name: String, jsonSchemaFormat: String?) {
        self.runs = runs
        shortest = runs.reduce(0) { $0 + $1.count }
        longest = runs.contains { $0.most == nil } ? nil : runs.reduce(0) { $0 + ($1.most ?? 0) }
        self.name = name
        self.jsonSchemaFormat = jsonSchemaFormat
    }

    /// The form that a regular expression describes.
    ///
    /// The expression is anchored, `^…$`, and consists of characters, classes such as `[a-z0-9_]`, `\d` and `\w`, each of
    /// them alone or with a quantifier: `{2}`, `{2,}`, `{2,5}`, `?`, `*` or `+`. All characters are printable ASCII.
    ///
    ///     .string("code").pattern(try TextPattern("^[A-Z]{2}-[0-9]+$"))
    ///
    /// - Throws: `.unsupported` for a part of another kind, with its name and place in the expression.
    public init(_ expression: String) throws(SerializationError) {
        var parser = TextPatternParser(expression)
        let runs = try parser.runs()
        let written = runs.map(\.expression).joined()
        let known = [Self.objectIdentifier, .uuid].first { $0.expression.utf8.elementsEqual(written.utf8) }
        self = known ?? TextPattern(runs: runs, name: "a text of the form ^\(written)$", jsonSchemaFormat: nil)
    }

    /// An identifier of 24 lower-case letters and digits.
    public static let objectIdentifier = TextPattern(
        runs: [Run(characters: .lowercaseLettersAndDigits, count: 24)], name: "24 lower-case letters or digits",
        jsonSchemaFormat: nil)

    /// A UUID (RFC 9562 section 4): hexadecimal digits of either case in groups of 8, 4, 4, 4 and 12.
    public static let uuid = TextPattern(
        runs: [8, 4, 4, 4, 12].enumerated().flatMap { index, count in
            let digits = Run(characters: .hexadecimalDigits, count: count)
            return index == 0 ? [digits] : [Run(characters: .hyphen, count: 1), digits]
        }, name: "a UUID, 8-4-4-4-12 hexadecimal digits", jsonSchemaFormat: "uuid")

    /// The form as a regular expression without anchors.
    var expression: String { runs.map(\.expression).joined() }

    /// Whether the whole text has this form.
    public func matches(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return matches(ByteView(bytes.span))
    }

    /// Whether a text on a tape, as a whole, has this form.
    func matches(_ text: ByteView) -> Bool {
        guard text.count >= shortest else { return false }
        guard let longest else { return matchesOneWay(text) }
        guard text.count <= longest else { return false }
        guard shortest == longest else { return matchesOneWay(text) }
        var index = 0
        for run in runs {
            for _ in 0..<run.count {
                guard run.characters.contains(text.byte(at: index)) else { return false }
                index += 1
            }
        }
        return true
    }

    /// Whether there is a way to share the text among runs of different lengths.
    ///
    /// After each run it has all places that the runs so far can end at.
    private func matchesOneWay(_ text: ByteView) -> Bool {
        let count = text.count
        var isEnd = [Bool](repeating: false, count: count + 1)
        isEnd[0] = true
        var stops = [Int](repeating: count, count: count + 1)
        for run in runs {
            // The place at which the characters of the run stop, from each place on.
            var stop = count
            for index in (0..<count).reversed() {
                if !run.characters.contains(text.byte(at: index)) { stop = index }
                stops[index] = stop
            }
            // How many ranges of ends begin at a place, less those that ended before it.
            var changes = [Int](repeating: 0, count: count + 2)
            for index in 0...count where isEnd[index] {
                let last = run.most.map { min(stops[index], index + $0) } ?? stops[index]
                guard index + run.count <= last else { continue }
                changes[index + run.count] += 1
                changes[last + 1] -= 1
            }
            var open = 0
            for index in 0...count {
                open += changes[index]
                isEnd[index] = open > 0
            }
        }
        return isEnd[count]
    }
}
