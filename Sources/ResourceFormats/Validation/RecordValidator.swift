/// Checks records against a schema, and finds all violations in document order.
///
/// It checks kinds, required fields, documented names, forms of texts, ranges, and the rules of scopes. A member that
/// is not in the schema is never a violation, because a newer server may send it.
///
/// A valid record needs no memory beyond the tape.
public struct RecordValidator: Sendable {
    private let schema: Schema
    private let profile: SchemaProfile
    private let isStrict: Bool
    private let places: [PlaceRules]
    /// The required members of an object, for each place and, after them, for the record.
    private let required: [RequiredMembers]
    /// The rules for the values of objects whose names are free.
    private let mapRules: [PlaceRules]
    /// The constraints with more rules than `PlaceRules` has.
    private let further: [ValueConstraints]

    /// The rules of one place, laid out for the walk.
    private struct PlaceRules: Sendable {
        let kind: ValueKind
        let ordinal: Int
        let parent: FieldID
        let mayBeArray: Bool
        let isUnusual: Bool
        let pattern: TextPattern?
        let names: [[UInt8]]
        let isOpen: Bool
        let isInteger: Bool
        let range: ClosedRange<Int>?
        /// The index in `further`; -1 if there are no more rules.
        let further: Int

        init(
            _ kind: ValueKind, _ constraints: ValueConstraints, ordinal: Int, parent: FieldID, isUnusual: Bool,
            further: Int
        ) {
            self.kind = kind
            self.ordinal = ordinal
            self.parent = parent
            mayBeArray = constraints.mayBeArray
            self.isUnusual = isUnusual
            pattern = constraints.pattern
            names = (constraints.names?.texts ?? []).map { Array($0.utf8) }
            isOpen = constraints.names?.isOpen ?? false
            isInteger = constraints.isInteger
            range = constraints.range
            self.further = further
        }
    }

    /// The required members of an object.
    private struct RequiredMembers: Sendable {
        /// The members with ordinals below 64, as bits.
        var first: UInt64 = 0
        /// Whether there are members with higher ordinals.
        var hasMore = false
        /// All required members, in schema order.
        var fields: [FieldID] = []
        /// The index in `mapRules` for members that are not in the schema; -1 if they have no rules.
        var values = -1
    }

    /// A validator for records of one schema.
    ///
    /// - Parameters:
    ///   - schema: The schema.
    ///   - profile: The purpose of the records.
    ///   - isStrict: Whether warnings become errors.
    public init(schema: Schema, profile: SchemaProfile = .resource, isStrict: Bool = false) {
        self.schema = schema
        self.profile = profile
        self.isStrict = isStrict
        var places: [PlaceRules] = []
        var mapRules: [PlaceRules] = []
        var further: [ValueConstraints] = []
        var required = [RequiredMembers](repeating: RequiredMembers(), count: schema.placeCount + 1)
        for index in 0..<schema.placeCount {
            let field = FieldID(rawValue: UInt16(truncatingIfNeeded: index))
            let constraints = schema.constraints(of: field)
            let ordinal = schema.ordinal(of: field)
            let parent = schema.scope(of: field)
            let hasFurther =
                constraints.dateForm != nil || constraints.length != nil || constraints.bounds != nil
            places.append(
                PlaceRules(
                    schema.kind(of: field) ?? .object, constraints, ordinal: ordinal, parent: parent,
                    isUnusual: profile == .create && constraints.isSetByServer, further: hasFurther ? further.count : -1
                ))
            if hasFurther { further.append(constraints) }
            if let values = schema.mapValues(of: field) {
                required[index].values = mapRules.count
                mapRules.append(
                    PlaceRules(
                        values.kind, values.constraints, ordinal: 0, parent: field, isUnusual: false,
                        further: further.count))
                further.append(values.constraints)
            }
            guard constraints.requiredIn.contains(profile) else { continue }
            let object = parent == .record ? schema.placeCount : parent.index
            required[object].fields.append(field)
            if ordinal < 64 { required[object].first |= 1 << UInt64(ordinal) } else { required[object].hasMore = true }
        }
        for index in 0..<schema.placeCount {
            let field = FieldID(rawValue: UInt16(truncatingIfNeeded: index))
            let owner = schema.owner(ofMembersAt: field)
            if owner != field { required[index] = required[owner == .record ? schema.placeCount : owner.index] }
        }
        self.places = places
        self.required = required
        self.mapRules = mapRules
        self.further = further
    }

    /// The largest number of violations reported for one record; the last one then says how many more there are.
    public static let mostViolations = 100_000

    /// All violations of a record, in document order; a missing member has the place of its object.
    ///
    /// If there are more than `mostViolations`, the first ones and the number of the others are reported.
    public func violations(in record: RecordView) -> [Violation] {
        var walk = Walk()
        checkObject(record, required: required[places.count], record, &walk)
        if profile == .create { checkScope(record, &walk) }
        guard !walk.findings.isEmpty else { return [] }
        var violations = self.violations(of: walk.findings, in: record)
        if walk.leftOutCount > 0 {
            violations.append(
                Violation(
                    severity: walk.hasLeftOutErrors ? .error : .warning, code: .recordLimit,
                    found: "\(walk.leftOutCount) more",
                    expected: "at most \(Self.mostViolations) to be told of a record",
                    path: "", offset: violations.last?.offset ?? 0))
        }
        return violations
    }

    /// All violations of a resource, in document order, with their paths; its values have no offsets.
    ///
    /// - Parameter resource: A resource whose schema the validator was made with.
    /// - Throws: The errors of `Resource.write(to:)` and `RecordTape.check`, with their path.
    public func violations<R: Resource>(of resource: R) throws(SerializationError) -> [Violation] {
        var tape = RecordTape()
        try tape.lay(resource, at: .item, R.schema)
        guard let record = tape.record else { return [] }
        return violations(in: record)
    }

    /// The violations for findings, with their paths, ordered by place.
    ///
    /// One walk over the record makes all paths, because there may be as many findings as values.
    private func violations(of findings: [Finding], in record: RecordView) -> [Violation] {
        var pathsByFinding = [String](repeating: "", count: findings.count)
        var paths = RecordPaths(of: record, under: "", schema: schema)
        for index in findings.indices.sorted(by: { (findings[$0].node, $0) < (findings[$1].node, $1) }) {
            pathsByFinding[index] = paths.path(of: findings[index].node)
        }
        let order = findings.indices.sorted { (findings[$0].offset, $0) < (findings[$1].offset, $1) }
        return order.map { index in
            let finding = findings[index]
            var path = RecordPath(pathsByFinding[index])
            if let missing = finding.missing { path.append(key: missing) }
            return Violation(
                severity: finding.severity, code: finding.code, found: finding.found, expected: finding.expected,
                path: path.text, offset: finding.offset)
        }
    }

    /// The first error in a record; nil if it is valid.
    func firstError(in record: RecordView) -> Violation? {
        violations(in: record).first { $0.severity == .error }
    }

    // MARK: -

    private struct Walk {
        var findings: [Finding] = []
        var leftOutCount = 0
        var hasLeftOutErrors = false
        var seenWords = SeenFieldWords()

        mutating func add(_ finding: Finding) {
            guard findings.count < RecordValidator.mostViolations else {
                leftOutCount += 1
                if finding.severity == .error { hasLeftOutErrors = true }
                return
            }
            findings.append(finding)
        }
    }

    /// A violation without its path.
    private struct Finding {
        let severity: Violation.Severity
        let code: SerializationError.Code
        let found: String
        let expected: String
        /// The node of the value, or of the object in which a member is missing.
        let node: Int
        /// The name of the missing member.
        var missing: String?
        let offset: Int
    }

    private func checkObject(
        _ object: RecordView, required: RequiredMembers, _ record: RecordView, _ walk: inout Walk
    ) {
        var seen = SeenFields()
        var children = object.children
        while children.next() {
            let value = children.value
            guard value.field.index < places.count else {
                if required.values >= 0 { check(value, mapRules[required.values], record, &walk) }
                continue
            }
            let rules = places[value.field.index]
            _ = seen.insert(rules.ordinal, &walk.seenWords)
            if rules.isUnusual {
                add(
                    .warning, .excludedField, found: foundField(value.field),
                    expected: "none in a new record: the server sets it", at: value, record, &walk)
            }
            check(value, rules, record, &walk)
        }
        if required.first & ~seen.first != 0 || required.hasMore {
            for field in required.fields where !seen.contains(schema.ordinal(of: field), walk.seenWords) {
                addMissing(field, because: "the required member", in: object, record, &walk)
            }
        }
        seen.close(&walk.seenWords)
    }

    private func check(_ value: RecordView, _ rules: PlaceRules, _ record: RecordView, _ walk: inout Walk) {
        guard rules.kind.matches(value.kind) else {
            guard rules.mayBeArray else { return addWrongKind(value, "", rules.kind, record, &walk) }
            guard value.kind == .array else {
                return addWrongKind(value, " or an array of strings", rules.kind, record, &walk)
            }
            var elements = value.children
            while elements.next() {
                let element = elements.value
                if !rules.kind.matches(element.kind) { addWrongKind(element, "", rules.kind, record, &walk) }
            }
            return
        }
        switch rules.kind {
        case .object: checkObject(value, required: required[value.field.index], record, &walk)
        case .array:
            var elements = value.children
            while elements.next() {
                let element = elements.value
                guard element.field.index < places.count else { continue }
                check(element, places[element.field.index], record, &walk)
            }
        case .string: checkText(value, rules, record, &walk)
        case .number: checkNumber(value, rules, record, &walk)
        case .boolean: break
        }
    }

    private func checkText(_ value: RecordView, _ rules: PlaceRules, _ record: RecordView, _ walk: inout Walk) {
        if let pattern = rules.pattern, !pattern.matches(value.bytes) {
            return add(.error, .invalidText, found: value.summary, expected: pattern.name, at: value, record, &walk)
        }
        if rules.further >= 0, let expected = further[rules.further].missedForm(value.bytes) {
            return add(.error, .invalidText, found: value.summary, expected: expected, at: value, record, &walk)
        }
        guard !rules.names.isEmpty else { return }
        let text = value.bytes
        for name in rules.names where text.isEqual(to: ByteView(name.span)) { return }
        add(
            rules.isOpen ? .warning : .error, .unknownValue, found: value.summary, expected: Self.list(rules.names),
            at: value, record, &walk)
    }

    private func checkNumber(_ value: RecordView, _ rules: PlaceRules, _ record: RecordView, _ walk: inout Walk) {
        guard rules.isInteger || rules.range != nil || rules.further >= 0 else { return }
        if let range = rules.range, let small = Self.smallInteger(value), range.contains(small) { return }
        let number = DecimalValue(value.bytes)
        let further = rules.further >= 0 ? further[rules.further] : nil
        if !rules.isInteger || number.isInteger, rules.range.map(number.isIn) ?? true,
            further?.bounds?.contains(number) ?? true
        {
            return
        }
        let expected = (further ?? schema.constraints(of: value.field)).numberText
        add(.error, .outOfRange, found: value.summary, expected: expected, at: value, record, &walk)
    }

    /// The value of a number of a few digits and nothing else, as nearly all numbers are; nil for others.
    private static func smallInteger(_ value: RecordView) -> Int? {
        let text = value.bytes
        guard value.node.flags.contains(.isInteger), text.count <= 18, text.byte(at: 0) != 0x2D else { return nil }
        var number = 0
        for index in 0..<text.count { number = number &* 10 &+ Int(text.byte(at: index) &- 0x30) }
        return number
    }

    private func checkScope(_ record: RecordView, _ walk: inout Walk) {
        guard let scope = scope(of: record) else { return }
        for field in scope.required where record[field] == nil {
            addMissing(field, because: "for \(scope.name) the member", in: record, record, &walk)
        }
        for field in scope.excluded {
            guard let value = record[field] else { continue }
            add(
                .error, .excludedField, found: foundField(field), expected: "none in \(scope.name)", at: value, record,
                &walk)
        }
        for field in scope.foreign {
            guard let value = record[field] else { continue }
            add(
                .warning, .excludedField, found: foundField(field), expected: "none in \(scope.name)", at: value,
                record, &walk)
        }
    }

    /// The scope of a record; nil if the value of its discriminator is not the name of a scope.
    private func scope(of record: RecordView) -> Schema.Scope? {
        for scope in schema.scopes {
            guard let value = record[scope.discriminator] else {
                if scope.isDefault { return scope }
                continue
            }
            let name = Array(scope.value.utf8)
            if value.kind == .string, value.bytes.isEqual(to: ByteView(name.span)) { return scope }
        }
        return nil
    }

    // MARK: Sentences

    private func addWrongKind(
        _ value: RecordView, _ alternative: String, _ kind: ValueKind, _ record: RecordView, _ walk: inout Walk
    ) {
        add(
            .error, .wrongKind, found: value.summary, expected: kind.noun + alternative, at: value, record, &walk)
    }

    private func addMissing(
        _ field: FieldID, because reason: String, in object: RecordView, _ record: RecordView, _ walk: inout Walk
    ) {
        let name = schema.name(of: field) ?? ""
        walk.add(
            Finding(
                severity: .error, code: .missingField, found: "no value", expected: "\(reason) \"\(name)\"",
                node: object.index, missing: name, offset: object.sourceStart))
    }

    private func foundField(_ field: FieldID) -> String {
        "the field \"\(schema.name(of: field) ?? "")\""
    }

    private func add(
        _ severity: Violation.Severity, _ code: SerializationError.Code, found: String, expected: String,
        at value: RecordView, _ record: RecordView, _ walk: inout Walk
    ) {
        walk.add(
            Finding(
                severity: isStrict ? .error : severity, code: code, found: found, expected: expected,
                node: value.index, offset: value.sourceStart))
    }

    /// `"a", "b" or "c"`; long lists are counted instead.
    private static func list(_ names: [[UInt8]]) -> String {
        if names.count > 10 { return "one of the \(names.count) documented names" }
        let quoted = names.map { "\"\(String(decoding: $0, as: UTF8.self))\"" }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
        return quoted.dropLast().joined(separator: ", ") + " or " + last
    }
}

extension ValueKind {
    /// The name of the kind in a sentence.
    var noun: String {
        switch self {
        case .string: "a string"
        case .number: "a number"
        case .boolean: "true or false"
        case .object: "an object"
        case .array: "an array"
        }
    }
}
