/// The reason why a document or record was refused: what was found, what was expected, and where.
///
/// The only error type of the package. It is one pointer wide, because a wide error slows every function that may
/// throw.
public struct SerializationError: Error, Sendable {
    /// A stable name for the reason of an error.
    ///
    /// New codes may be added.
    public struct Code: Hashable, Sendable {
        /// The name, such as `unexpectedByte`.
        public let name: String
        /// The group the code belongs to.
        public let category: Category

        // Syntax

        /// A byte that the grammar does not allow at its place.
        public static let unexpectedByte = Code(name: "unexpectedByte", category: .syntax)
        /// The input ends inside a document.
        public static let unexpectedEnd = Code(name: "unexpectedEnd", category: .syntax)
        /// An escape that the format does not have, or half of a surrogate pair.
        public static let invalidEscape = Code(name: "invalidEscape", category: .syntax)
        /// A number that does not follow the grammar of RFC 8259.
        public static let invalidNumber = Code(name: "invalidNumber", category: .syntax)
        /// Malformed UTF-8, or another encoding.
        public static let invalidEncoding = Code(name: "invalidEncoding", category: .syntax)
        /// A row with more or fewer cells than the header.
        public static let unequalColumns = Code(name: "unequalColumns", category: .syntax)
        /// A header that is missing, blank or repeated.
        public static let invalidHeader = Code(name: "invalidHeader", category: .syntax)
        /// A document that is not well-formed XML.
        public static let notWellFormed = Code(name: "notWellFormed", category: .syntax)
        /// A construct that is always refused, such as a document type declaration or another version of XML.
        public static let unsupported = Code(name: "unsupported", category: .syntax)

        // Schema

        /// An element at a place where none, or another one, is allowed.
        public static let unexpectedElement = Code(name: "unexpectedElement", category: .schema)
        /// An attribute at a place where none, or another one, is allowed.
        public static let unexpectedAttribute = Code(name: "unexpectedAttribute", category: .schema)
        /// Text at a place where none is allowed.
        public static let unexpectedText = Code(name: "unexpectedText", category: .schema)
        /// A value of another kind than required.
        public static let wrongKind = Code(name: "wrongKind", category: .schema)
        /// A required member is missing.
        public static let missingField = Code(name: "missingField", category: .schema)
        /// A member name twice in one object.
        public static let duplicateField = Code(name: "duplicateField", category: .schema)
        /// A text that is not among the values of its field.
        public static let unknownValue = Code(name: "unknownValue", category: .schema)
        /// A text that does not match the pattern of its field.
        public static let invalidText = Code(name: "invalidText", category: .schema)
        /// A number outside the range of its field, or a fraction where an integer is required.
        public static let outOfRange = Code(name: "outOfRange", category: .schema)
        /// A field that is not allowed in this kind of record.
        public static let excludedField = Code(name: "excludedField", category: .schema)
        /// Two cells of a row that exclude each other, or an array element whose predecessors are missing.
        public static let conflictingCells = Code(name: "conflictingCells", category: .schema)
        /// Another number of records, or another shape, than required.
        public static let wrongShape = Code(name: "wrongShape", category: .schema)

        // Limits

        /// Nested deeper than `Limits.depth`.
        public static let depthLimit = Code(name: "depthLimit", category: .limit)
        /// A record larger than `Limits.recordSize`.
        public static let recordLimit = Code(name: "recordLimit", category: .limit)

        // Output

        /// A value that the target format cannot express.
        public static let notRepresentable = Code(name: "notRepresentable", category: .output)
        /// A tape that was built by hand and does not hold a record, such as a value without a name or an unclosed
        /// object.
        public static let invalidTape = Code(name: "invalidTape", category: .output)
    }

    /// The groups of codes; HTTP statuses and exit codes follow from them.
    public enum Category: Sendable {
        /// The input is malformed.
        case syntax
        /// The input is well-formed, but its content is refused.
        case schema
        /// The input exceeds a limit.
        case limit
        /// The output cannot be written.
        case output
    }

    private final class Contents: Sendable {
        let code: Code
        let found: String
        let expected: String
        let subject: Subject?
        let position: TextPosition?
        let path: String?

        init(
            code: Code, found: String, expected: String, subject: Subject?, position: TextPosition?, path: String?
        ) {
            self.code = code
            self.found = found
            self.expected = expected
            self.subject = subject
            self.position = position
            self.path = path
        }
    }

    private let contents: Contents

    /// The thing that an error is about.
    enum Subject: Sendable {
        /// A byte, counted from the start of the span that was passed to the reader or, in an error about a record, of
        /// the record.
        case byte(Int)
        /// A node of the record's tape.
        case node(Int)
        /// A member that is missing in the object at a node; the error's path is the step to that member.
        case memberOfNode(Int)
    }

    /// An error about a byte of the input, or without a place.
    ///
    /// - Parameters:
    ///   - code: The reason.
    ///   - found: What was found.
    ///   - expected: What was expected.
    ///   - offset: The byte, counted from the start of the input of the function that throws.
    ///   - position: The place in the whole input, if it is known already.
    ///   - path: The place in the document; a path that does not begin with `$` is relative to the record.
    @inline(never)
    public init(
        _ code: Code, found: String, expected: String, offset: Int? = nil, position: TextPosition? = nil,
        path: String? = nil
    ) {
        contents = Contents(
            code: code, found: found, expected: expected, subject: offset.map { .byte($0) }, position: position,
            path: path)
    }

    /// An error about a value of a record; `located` adds the path and the position later.
    ///
    /// - Parameter missing: The member that is missing in the value, which is an object.
    @inline(never)
    init(_ code: Code, found: String, expected: String, at value: RecordView, missing: String? = nil) {
        var step = RecordPath("")
        if let missing { step.append(key: missing) }
        contents = Contents(
            code: code, found: found, expected: expected,
            subject: missing == nil ? .node(value.index) : .memberOfNode(value.index), position: nil,
            path: missing == nil ? nil : step.text)
    }

    private init(_ error: SerializationError, subject: Subject?, position: TextPosition?, path: String?) {
        contents = Contents(
            code: error.code, found: error.found, expected: error.expected, subject: subject, position: position,
            path: path)
    }

    /// The stable name of the reason.
    public var code: Code { contents.code }
    /// What was found.
    public var found: String { contents.found }
    /// What was expected.
    public var expected: String { contents.expected }
    /// The place in the input, if it is known.
    public var position: TextPosition? { contents.position }
    /// The place in the document, such as `$[3].fallbacks[0].failedRequests`.
    public var path: String? { contents.path }

    /// The byte or value that the error is about, until its place in the input is known.
    var subject: Subject? { contents.subject }

    /// The byte that the error is about, counted from the start of the span that was passed to the reader.
    var offset: Int? {
        if case .byte(let offset) = subject { offset } else { nil }
    }

    /// The same error with another byte and another path, each if given.
    func at(offset: Int?, path: String?) -> SerializationError {
        SerializationError(
            self, subject: offset.map { .byte($0) } ?? subject, position: position, path: path ?? self.path)
    }

    /// The same error with its path.
    package func at(path: String) -> SerializationError {
        SerializationError(self, subject: subject, position: position, path: path)
    }

    /// The same error with its position in the input.
    package func at(_ position: TextPosition) -> SerializationError {
        SerializationError(self, subject: subject, position: position, path: path)
    }

    /// The same error about a record, with its path in the document.
    ///
    /// - Parameters:
    ///   - tape: The tape of the record that holds the error's node.
    ///   - place: The place of the record in the document.
    ///   - schema: The schema with which the tape was built.
    func located(
        in tape: borrowing RecordTape, at place: RecordPlace, _ schema: Schema
    ) -> SerializationError {
        let prefix = tape.path ?? place.path
        switch subject {
        case _ where path?.utf8.first == 0x24: return self  // The path is whole.
        case .node(let node) where path == nil, .memberOfNode(let node):
            let container = tape.record?.view(at: node).path(under: prefix, schema: schema)
            return at(path: (container ?? prefix) + (path ?? ""))
        case .node, .byte, nil: return at(path: prefix + (path ?? ""))
        }
    }

    /// A sentence of what was found, what was expected, and the path; without the place in the input.
    public var sentence: String {
        var sentence = "found \(found), expected \(expected)"
        if let path { sentence += " (\(path))" }
        return sentence
    }
}

extension SerializationError: CustomStringConvertible {
    /// `LINE:COLUMN: found …, expected … (PATH)`.
    public var description: String {
        guard let position else { return sentence }
        return "\(position.line):\(position.column): \(sentence)"
    }

    /// The same text as `description`, for code that shows errors as Foundation does.
    ///
    /// Foundation adds a property of this name to every error, with a text that does not help. This one is used where
    /// the static type of the error is known, as it is in a `catch` of a typed `throws`.
    public var localizedDescription: String { description }
}

/// A sentence for the user about something that did not lead to a refusal.
public struct Note: Hashable, Sendable {
    /// The sentence, in lower case and without a full stop.
    public let sentence: String
    /// Whether the output lacks something that the input has.
    public let isLoss: Bool
    /// Where records may be that were read as parts of one, as a `RecordsPath`; nil for other notes.
    public let proposedRecords: String?

    /// A note.
    public init(_ sentence: String, isLoss: Bool = false, proposedRecords: String? = nil) {
        self.sentence = sentence
        self.isLoss = isLoss
        self.proposedRecords = proposedRecords
    }
}
