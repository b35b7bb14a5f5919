import ResourceFormats

/// Makes records that are valid in every respect, and as unusual as the schema allows.
struct ValidRecordGenerator {
    let schema: Schema
    let profile: SchemaProfile
    var random: SeededGenerator

    /// The next record, of one of the schema's scopes.
    mutating func nextRecord() -> SlowJSON {
        guard !schema.scopes.isEmpty else { return object(.record, nil) }
        return object(.record, random.pick(schema.scopes))
    }

    /// How many objects have the members of another one around them, so that there is an end to them.
    private var referenceLevel = 0

    init(schema: Schema, profile: SchemaProfile, random: SeededGenerator) {
        self.schema = schema
        self.profile = profile
        self.random = random
    }

    private mutating func object(_ place: FieldID, _ scope: Schema.Scope?) -> SlowJSON {
        if let values = schema.mapValues(of: place) { return map(values) }
        let isReference = schema.owner(ofMembersAt: place) != place
        if isReference { referenceLevel += 1 }
        defer { if isReference { referenceLevel -= 1 } }
        var members: [SlowJSON.Member] = []
        for field in schema.members(of: place) {
            guard let name = schema.name(of: field), isWanted(field, scope) else { continue }
            members.append(SlowJSON.Member(ExactText(name), value(field, scope)))
        }
        if random.oneIn(3) { members.shuffle(using: &random) }
        return .object(members)
    }

    private mutating func isWanted(_ field: FieldID, _ scope: Schema.Scope?) -> Bool {
        let constraints = schema.constraints(of: field)
        if constraints.requiredIn.contains(profile) { return true }
        if profile == .create, constraints.isSetByServer { return false }
        if let scope {
            if scope.excluded.contains(field) || scope.foreign.contains(field) { return false }
            if scope.required.contains(field) { return true }
            if scope.discriminator == field, !scope.isDefault { return true }
        }
        return referenceLevel < 3 && !random.oneIn(3)
    }

    private mutating func map(_ values: MapValues) -> SlowJSON {
        var members: [SlowJSON.Member] = []
        for name in ["a", "2", "Size [B]", "", "x.y"] where random.oneIn(2) {
            members.append(SlowJSON.Member(ExactText(name), value(values.kind, values.constraints)))
        }
        return .object(members)
    }

    private mutating func value(_ place: FieldID, _ scope: Schema.Scope?) -> SlowJSON {
        if let scope, scope.discriminator == place { return .string(ExactText(scope.value)) }
        let constraints = schema.constraints(of: place)
        switch schema.kind(of: place) {
        case .object: return object(place, nil)
        case .array:
            let elements = schema.elements(of: place)
            if referenceLevel >= 3 { return .array([]) }
            return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(elements, nil) })
        case .some(let kind): return value(kind, constraints)
        case nil: return value(.string, constraints)
        }
    }

    /// A value that is neither an object nor an array by its kind.
    private mutating func value(_ kind: ValueKind, _ constraints: ValueConstraints) -> SlowJSON {
        switch kind {
        case .boolean: return .bool(Bool.random(using: &random))
        case .number: return number(constraints)
        case .string, .object, .array:
            if constraints.mayBeArray, random.oneIn(3) {
                return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in .string(anyText()) })
            }
            return .string(text(constraints))
        }
    }

    private mutating func number(_ constraints: ValueConstraints) -> SlowJSON {
        if let bounds = constraints.bounds {
            return .number([bounds.lower, bounds.upper].compactMap(\.self).randomElement(using: &random) ?? "0")
        }
        guard constraints.isInteger || constraints.range != nil else {
            return .number(random.pick(HostileTexts.numbers))
        }
        let range = constraints.range ?? -1000...1000
        let value = random.pick([range.lowerBound, range.upperBound, Int.random(in: range, using: &random)])
        return switch Int.random(in: 0..<6, using: &random) {
        case 0: .number("\(value).0")
        case 1: .number("\(value)e0")
        case 2 where value > 0: .number("\(value)0E-1")
        case 3 where range.contains(15): .number("1.5e+1")
        case 4 where range.contains(0): .number("-0")
        default: .number("\(value)")
        }
    }

    private mutating func text(_ constraints: ValueConstraints) -> ExactText {
        if let names = constraints.names, !names.isOpen || !random.oneIn(4) {
            return ExactText(random.pick(names.texts))
        }
        if let pattern = constraints.pattern {
            var scalars: [Unicode.Scalar] = []
            for run in pattern.runs {
                let all = run.characters.all
                for _ in 0..<run.count { scalars.append(random.pick(all)) }
            }
            return ExactText(scalars: scalars)
        }
        if let form = constraints.dateForm {
            return ExactText(
                form == .date
                    ? random.pick(["2024-02-29", "0001-01-01", "9999-12-31"])
                    : random.pick(["2026-11-26T19:30:00Z", "2000-02-29T23:59:59.123456789+14:00"]))
        }
        guard let length = constraints.length else { return anyText() }
        var scalars = Array(anyText().scalars.prefix(length.most ?? .max))
        while scalars.count < length.least { scalars.append(random.pick(["x", "\u{1}", "\u{1F600}", "\\"])) }
        return ExactText(scalars: scalars)
    }

    private mutating func anyText() -> ExactText {
        ExactText(random.pick(random.oneIn(2) ? HostileTexts.texts : HostileTexts.ordinary))
    }
}
