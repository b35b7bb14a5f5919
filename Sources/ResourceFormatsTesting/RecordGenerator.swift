public import ResourceFormats

/// Makes random records for any schema, the same ones for the same seed.
///
/// In the realistic mood a record looks like one from a server. In the adversarial mood it holds everything that is
/// difficult for formats: names with dots, brackets, quotes and control characters, texts that read as numbers, dates,
/// formulas or another format's tags, values of another kind than the schema's, empty containers, nesting up to the
/// limit. In the valid mood it has known fields only, and meets all requirements of the schema.
public struct RecordGenerator: Sendable {
    /// The kind of records to make.
    public enum Mood: Hashable, Sendable {
        /// Records as a server sends them.
        case realistic
        /// Records that are difficult for formats.
        case adversarial
        /// Valid records of every form that the schema allows.
        case valid(SchemaProfile)
    }

    private let schema: Schema
    private let mood: Mood
    private let depthLimit: Int
    private let knownNames: [String]
    private var random: SeededGenerator

    /// A generator whose records depend on the arguments only.
    ///
    /// - Parameters:
    ///   - schema: The schema whose fields the records use.
    ///   - mood: The kind of records to make.
    ///   - seed: The seed of the random numbers.
    ///   - depthLimit: The deepest level of nesting; adversarial records sometimes reach it exactly.
    public init(schema: Schema, mood: Mood, seed: UInt64, depthLimit: Int = Limits.default.depth) {
        self.schema = schema
        self.mood = mood
        self.depthLimit = depthLimit
        knownNames = (0..<schema.placeCount).compactMap {
            schema.name(of: FieldID(rawValue: UInt16(truncatingIfNeeded: $0)))
        }
        random = SeededGenerator(seed: seed)
    }

    /// The next record.
    public mutating func nextRecord() -> SlowJSON {
        switch mood {
        case .realistic: return realisticObject(.record, level: 1)
        case .valid(let profile):
            var valid = ValidRecordGenerator(schema: schema, profile: profile, random: random)
            defer { random = valid.random }
            return valid.nextRecord()
        case .adversarial:
            if random.oneIn(30) { return .object([]) }
            return hostileObject(.record, level: 1)
        }
    }

    /// The next record as JSON; in the adversarial mood with needless white space and escapes.
    public mutating func nextText() -> [UInt8] {
        let record = nextRecord()
        return mood == .adversarial ? spell(record) : record.bytes
    }

    // MARK: Realistic

    private mutating func realisticObject(_ scope: FieldID, level: Int) -> SlowJSON {
        var members: [SlowJSON.Member] = []
        for field in schema.members(of: scope) where !random.oneIn(4) {
            guard let name = schema.name(of: field) else { continue }
            members.append(SlowJSON.Member(ExactText(name), realisticValue(field, level: level + 1)))
        }
        if random.oneIn(6) {
            let name = random.pick(["region", "ownerTeam", "costCentre", "labels", "x-trace"])
            let value: SlowJSON = random.pick([
                .string("eu-west"), .number("7"), .bool(true), .array([.string("a"), .string("b")]),
                .object([SlowJSON.Member("tier", .string("gold"))]),
            ])
            if !knownNames.contains(name) { members.append(SlowJSON.Member(ExactText(name), value)) }
        }
        if random.oneIn(5) { members.shuffle(using: &random) }
        return .object(members)
    }

    private mutating func realisticValue(_ field: FieldID, level: Int) -> SlowJSON {
        if random.oneIn(20) { return .null }
        switch schema.kind(of: field) {
        case .boolean: return .bool(Bool.random(using: &random))
        case .number: return .number(String(Int.random(in: 0...1_700_000_000_000, using: &random)))
        case .object where level > 8: return .object([])
        case .object: return realisticObject(field, level: level)
        case .array:
            let elements = schema.elements(of: field)
            let count = Int.random(in: 0...3, using: &random)
            return .array((0..<count).map { _ in realisticValue(elements, level: level) })
        case .string, nil: return .string(ExactText(random.pick(HostileTexts.ordinary)))
        }
    }

    // MARK: Adversarial

    private mutating func hostileObject(_ scope: FieldID, level: Int) -> SlowJSON {
        var members: [SlowJSON.Member] = []
        var names: Set<ExactText> = []
        let rarity = random.pick([2, 4, 12])
        for field in schema.members(of: scope) where random.oneIn(rarity) {
            guard let name = schema.name(of: field) else { continue }
            names.insert(ExactText(name))
            members.append(SlowJSON.Member(ExactText(name), hostileValue(field, level: level + 1)))
        }
        let known = Set(schema.members(of: scope).compactMap { schema.name(of: $0) })
        for _ in 0..<Int.random(in: 0...(level < 3 ? 5 : 2), using: &random) {
            let name = hostileName()
            guard !known.contains(name.string), names.insert(name).inserted else { continue }
            members.append(SlowJSON.Member(name, hostileValue(.unknown, level: level + 1)))
        }
        if !random.oneIn(3) { members.shuffle(using: &random) }
        return .object(members)
    }

    /// A value at `level`, where the record is level 1.
    private mutating func hostileValue(_ field: FieldID, level: Int) -> SlowJSON {
        if random.oneIn(400) { return deepValue(levels: depthLimit - level + 1) }
        guard let kind = schema.kind(of: field), !random.oneIn(4) else { return anyValue(level: level) }
        switch kind {
        case .string: return .string(hostileText())
        case .number: return .number(random.pick(HostileTexts.numbers))
        case .boolean: return .bool(Bool.random(using: &random))
        case .object: return level > depthLimit ? .null : hostileObject(field, level: level)
        case .array: return hostileArray(schema.elements(of: field), level: level)
        }
    }

    private mutating func hostileArray(_ elements: FieldID, level: Int) -> SlowJSON {
        guard level <= depthLimit else { return .array([]) }
        return .array(
            (0..<Int.random(in: 0...3, using: &random)).map { _ in hostileValue(elements, level: level + 1) })
    }

    /// A value of any kind, whatever the schema says.
    private mutating func anyValue(level: Int) -> SlowJSON {
        let choices = level > 6 ? 6 : 10
        switch Int.random(in: 0..<choices, using: &random) {
        case 0, 1: return .string(hostileText())
        case 2: return .number(random.pick(HostileTexts.numbers))
        case 3: return .bool(Bool.random(using: &random))
        case 4: return .null
        case 5: return level <= depthLimit ? random.pick([.array([]), .object([])]) : .null
        case 6, 7: return hostileArray(.unknown, level: level)
        default: return hostileObject(.unknown, level: level)
        }
    }

    /// Exactly `levels` nested containers, around a scalar or nothing.
    private mutating func deepValue(levels: Int) -> SlowJSON {
        guard levels > 0 else { return .number("0") }
        var value: SlowJSON = random.pick([.array([]), .object([]), .array([.string("bottom")])])
        for _ in 1..<max(1, levels) {
            value =
                random.oneIn(2) ? .array([value]) : .object([SlowJSON.Member(random.pick(["d", "", "."]), value)])
        }
        return value
    }

    private mutating func hostileName() -> ExactText {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: ExactText(random.pick(knownNames + ["x"]))
        case 1: ExactText(random.pick(HostileTexts.texts))
        case 2: mixedText()
        default: ExactText(random.pick(HostileTexts.names))
        }
    }

    private mutating func hostileText() -> ExactText {
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: return mixedText()
        case 2: return ExactText(random.pick(HostileTexts.names))
        case 3: return ExactText(random.pick(HostileTexts.numbers))
        case 4 where random.oneIn(20):
            return ExactText(String(repeating: random.pick(HostileTexts.pieces), count: 2_000))
        default: return ExactText(random.pick(HostileTexts.texts))
        }
    }

    /// A few hostile pieces in a row.
    private mutating func mixedText() -> ExactText {
        var scalars: [Unicode.Scalar] = []
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            scalars += Array(random.pick(HostileTexts.pieces).unicodeScalars)
        }
        return ExactText(scalars: scalars)
    }

    // MARK: Spelling

    /// JSON of a value with random white space and needless escapes.
    public mutating func spell(_ value: SlowJSON) -> [UInt8] {
        var text = ""
        let spacing = random.pick([1_000_000, 40, 4])
        let escaping = random.pick([1_000_000, 40, 4])
        spell(value, spacing: spacing, escaping: escaping, into: &text)
        return Array(text.utf8)
    }

    private mutating func spell(_ value: SlowJSON, spacing: Int, escaping: Int, into text: inout String) {
        switch value {
        case .null, .bool, .number: text += value.text
        case .string(let string): spell(string, escaping: escaping, into: &text)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                space(spacing, into: &text)
                spell(element, spacing: spacing, escaping: escaping, into: &text)
                space(spacing, into: &text)
            }
            if elements.isEmpty { space(spacing, into: &text) }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                space(spacing, into: &text)
                spell(member.name, escaping: escaping, into: &text)
                space(spacing, into: &text)
                text += ":"
                space(spacing, into: &text)
                spell(member.value, spacing: spacing, escaping: escaping, into: &text)
                space(spacing, into: &text)
            }
            if members.isEmpty { space(spacing, into: &text) }
            text += "}"
        }
    }

    private mutating func space(_ rarity: Int, into text: inout String) {
        guard random.oneIn(rarity) else { return }
        text += random.pick([" ", "\n", "\r\n", "\t", "    ", "\r"])
    }

    private mutating func spell(_ string: ExactText, escaping rarity: Int, into text: inout String) {
        text += "\""
        for scalar in string.scalars {
            if random.oneIn(rarity) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16, uppercase: Bool.random(using: &random))
                    text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
                }
            } else if scalar == "/", random.oneIn(4) {
                text += "\\/"
            } else {
                text += SlowJSON.string(ExactText(scalars: [scalar])).text.unquoted
            }
        }
        text += "\""
    }
}

extension String {
    /// The text without its first and last character, by code points.
    fileprivate var unquoted: String {
        ExactText(scalars: Array(unicodeScalars.dropFirst().dropLast())).string
    }
}
