/// The place of the records in a JSON document: `data`, `result.items`, `resources[*].properties`, `*`.
///
/// A name is a member. `*` stands for each member of an object, `[*]` for each element of an array. A name with a dot,
/// a bracket, a quote or a star is a JSON string in brackets, as in the paths of errors: `["odd.name"].items`. A `$`
/// for the document may come first. At the end of the path there is a record, or an array of records.
public struct RecordsPath: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case member([UInt8])
        case eachMember
        case eachElement
    }

    let steps: [Step]
    /// The member of each record that gets the name for which the last `*` stands; nil for none.
    let nameMember: [UInt8]?

    init(steps: [Step], nameMember: [UInt8]? = nil) {
        self.steps = steps
        self.nameMember = nameMember
    }

    /// Parses a path.
    ///
    /// - Parameters:
    ///   - text: The path.
    ///   - nameMember: A member that each record gets as its first one, with the name for which the last `*` stands.
    /// - Throws: The first fault, with its position in the path; `.wrongShape` for a `nameMember` without a `*`.
    public init(_ text: String, nameMember: String? = nil) throws(SerializationError) {
        let bytes = Array(text.utf8)
        var parsing = RecordsPathParsing()
        do throws(SerializationError) {
            try parsing.parse(ByteView(bytes.span))
        } catch {
            throw error.at(PositionCounter().position(of: error.offset ?? 0, in: ByteView(bytes.span)))
        }
        if nameMember != nil, !parsing.steps.contains(.eachMember) {
            throw SerializationError(
                .wrongShape, found: "a path without *", expected: "a * that stands for the names of the records")
        }
        self.init(steps: parsing.steps, nameMember: nameMember.map { Array($0.utf8) })
    }

    /// The number of steps before the first that stands for several values; that of all steps if there is none.
    var countBeforeEach: Int {
        steps.firstIndex { $0 == .eachMember || $0 == .eachElement } ?? steps.count
    }

    /// The text of some steps, without a `$`.
    static func text(of steps: some Sequence<Step>) -> String {
        var text = ""
        for step in steps {
            switch step {
            case .member(let name):
                let view = ByteView(name.span)
                if isPlain(view) {
                    text += (text.isEmpty ? "" : ".") + view.string()
                } else {
                    var quoted = OutputBuffer(minimumCapacity: 64)
                    JSONText.appendString(view, to: &quoted)
                    text += "[" + quoted.bytes.view.string() + "]"
                }
            case .eachMember: text += text.isEmpty ? "*" : ".*"
            case .eachElement: text += "[*]"
            }
        }
        return text
    }

    /// Whether a name stands for itself without quotes.
    private static func isPlain(_ name: ByteView) -> Bool {
        if name.count == 0 || name.isEqual(to: "$") { return false }
        for index in 0..<name.count where RecordsPathParsing.isSpecial(name.byte(at: index)) { return false }
        return true
    }
}

extension RecordsPath: CustomStringConvertible {
    /// The path in its grammar, without a `$`.
    public var description: String { Self.text(of: steps) }
}

/// Parses the text of a path.
private struct RecordsPathParsing {
    private(set) var steps: [RecordsPath.Step] = []

    /// Whether a character cannot be part of a name that is not in quotes.
    static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2E, 0x5B, 0x5D, 0x22, 0x2A, 0..<0x20, 0x7F: true
        default: false
        }
    }

    mutating func parse(_ text: ByteView) throws(SerializationError) {
        var index = 0
        // A lone `$`, or one before a step, is the document; elsewhere it is part of a name.
        let hasRoot = text.byte(at: 0) == 0x24 && [0x2E, 0x5B, 0].contains(text.byte(at: 1))
        if hasRoot { index = text.byte(at: 1) == 0x2E ? 2 : 1 }
        var mayBracket = hasRoot ? index == 1 : true
        while true {
            if mayBracket, text.byte(at: index) == 0x5B {
                try parseBracket(text, &index)
            } else if !mayBracket || steps.isEmpty, !(hasRoot && index == 1) {
                try parseName(text, &index)
            } else {
                throw fault(text, at: index, expected: "\".\" or \"[\" before the next step")
            }
            if index == text.count { return }
            mayBracket = text.byte(at: index) != 0x2E
            if !mayBracket { index += 1 }
        }
    }

    private mutating func parseName(_ text: ByteView, _ index: inout Int) throws(SerializationError) {
        if text.byte(at: index) == 0x2A {
            steps.append(.eachMember)
            index += 1
            return
        }
        let start = index
        while index < text.count, !Self.isSpecial(text.byte(at: index)) { index += 1 }
        guard index > start else { throw fault(text, at: index, expected: "the name of a member, or *") }
        steps.append(.member(text.slice(start, count: index - start).array()))
        let next = text.byte(at: index)
        guard index == text.count || next == 0x2E || next == 0x5B else {
            throw fault(text, at: index, expected: "a name without it, or the whole name as [\"…\"]")
        }
    }

    private mutating func parseBracket(_ text: ByteView, _ index: inout Int) throws(SerializationError) {
        index += 1
        switch text.byte(at: index) {
        case 0x2A:
            steps.append(.eachElement)
            index += 1
        case 0x22:
            steps.append(.member(try parseString(text, &index)))
        default:
            throw fault(text, at: index, expected: "[*] for each element, or a name in quotes")
        }
        guard text.byte(at: index) == 0x5D else { throw fault(text, at: index, expected: "\"]\"") }
        index += 1
    }

    private func parseString(_ text: ByteView, _ index: inout Int) throws(SerializationError) -> [UInt8] {
        var parser = JSONParser(schema: .withoutFields, limits: .default, copiesText: true)
        var tape = RecordTape()
        parser.isComplete = true
        parser.endName = "the end of the path"
        parser.position = index
        parser.start(&tape)
        do throws(ParseStop) {
            try parser.parseString(text, kind: .string, field: .unknown, into: &tape)
        } catch .refused(let error) {
            throw SerializationError(error.code, found: error.found, expected: error.expected, offset: error.offset)
        } catch {
            throw fault(text, at: text.count, expected: "the closing quote of the name")
        }
        index = parser.position
        return tape.textWhileBuilding(of: tape.nodes[0], source: text).array()
    }

    private func fault(_ text: ByteView, at index: Int, expected: String) -> SerializationError {
        guard index < text.count else {
            return SerializationError(
                .unexpectedEnd, found: "the end of the path", expected: expected, offset: text.count)
        }
        return SerializationError(
            .unexpectedByte, found: describeCharacter(text, at: index), expected: expected, offset: index)
    }
}
