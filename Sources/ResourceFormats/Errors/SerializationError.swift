/// Why a document or record was refused: what was found, what was expected, and where.
///
/// The only error type of the package. It is one pointer wide, because a wide error slows every function that may throw.
public struct SerializationError: Error, Sendable {
    /// A stable name for what went wrong.
    ///
    /// More may be added.
    public struct Code: Hashable, Sendable {
        /// The name, such as `unexpectedByte`.
        public let name: String
        /// The group the code belongs to.
        public let category: Category

        // Syntax

        /// A byte stands where the grammar has no place for it.
        public static let unexpectedByte = Code(name: "unexpectedByte", category: .syntax)
        /// The input ends inside a document.
        public static let unexpectedEnd = Code(name: "unexpectedEnd", category: .syntax)
        /// An escape that the format does not have, or one for half a character.
        public static let invalidEscape = Code(name: "invalidEscape", category: .syntax)
        /// A number outside RFC 8259's grammar.
        public static let invalidNumber = Code(name: "invalidNumber", category: .syntax)
        /// Bytes that are not UTF-8, or another encoding altogether.
        public static let invalidEncoding = Code(name: "invalidEncoding", category: .syntax)
        /// A row with more or fewer cells than the header.
        public static let unequalColumns = Code(name: "unequalColumns", category: .syntax)
        /// A header that is missing, blank or repeated.
        public static let invalidHeader = Code(name: "invalidHeader", category: .syntax)
        /// A document that is not well-formed XML.
        public static let notWellFormed = Code(name: "notWellFormed", category: .syntax)
        /// A construct that is never read: a document type declaration, another version of XML.
        public static let unsupported = Code(name: "unsupported", category: .syntax)

        // Schema

        /// An element where none, or another one, belongs.
        public static let unexpectedElement = Code(name: "unexpectedElement", category: .schema)
        /// An attribute where none, or another one, belongs.
        public static let unexpectedAttribute = Code(name: "unexpectedAttribute", category: .schema)
        /// Text where none belongs.
        public static let unexpectedText = Code(name: "unexpectedText", category: .schema)
        /// A value of another kind than asked for.
        public static let wrongKind = Code(name: "wrongKind", category: .schema)
        /// A required member is missing.
        public static let missingField = Code(name: "missingField", category: .schema)
        /// A member name twice in one object.
        public static let duplicateField = Code(name: "duplicateField", category: .schema)
        /// A text that is not among those a field may have.
        public static let unknownValue = Code(name: "unknownValue", category: .schema)
        /// A text that has not the form that its field asks for.
        public static let invalidText = Code(name: "invalidText", category: .schema)
        /// A number outside the range of its field, or none of the integers where one is asked for.
        public static let outOfRange = Code(name: "outOfRange", category: .schema)
        /// A field that has no place in this kind of record.
        public static let excludedField = Code(name: "excludedField", category: .schema)
        /// Two cells of a row that cannot both be filled, or an element without its predecessors.
        public static let conflictingCells = Code(name: "conflictingCells", category: .schema)
        /// Another number of records, or another shape, than asked for.
        public static let wrongShape = Code(name: "wrongShape", category: .schema)

        // Limits

        /// Nested deeper than `Limits.depth`.
        public static let depthLimit = Code(name: "depthLimit", category: .limit)
        /// A record larger than `Limits.recordSize`.
        public static let recordLimit = Code(name: "recordLimit", category: .limit)

        // Output

        /// The target format has no way to say it.
        public static let notRepresentable = Code(name: "notRepresentable", category: .output)
        /// A tape that was built by hand holds no record: a value without a name, a beginning without an end.
        public static let invalidTape = Code(name: "invalidTape", category: .output)
    }

    /// The groups of codes; HTTP statuses and exit codes follow from them.
    public enum Category: Sendable {
        /// The input is not what its format says it is.
        case syntax
        /// The input is well-formed, and its content is refused.
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
        /// A byte, counted from the start of the reader's span or, in an error about a record, of the record.
        case byte(Int)
        /// A node of the record's tape.
        case node(Int)
        /// A member that the object at a node lacks; the error's path is the step to it.
        case memberOfNode(Int)
    }

    /// An error about a byte of the input, or about nothing in particular.
    ///
    /// - Parameters:
    ///   - code: What went wrong.
    ///   - found: What stands there.
    ///   - expected: What should stand there.
    ///   - offset: The byte, counted from the start of whatever the thrower was given.
    ///   - position: The place in the whole input, if it is known already.
    ///   - path: The place in the document; one that does not begin with `$` is below the record.
    @inline(never)
    public init(
        _ code: Code, found: String, expected: String, offset: Int? = nil, position: TextPosition? = nil,
        path: String? = nil
    ) {
        contents = Contents(
            code: code, found: found, expected: expected, subject: offset.map { .byte($0) }, position: position,
            path: path)
    }

    /// An error about a value of a record; whoever has the tape and the record's place gives it path and position.
    ///
    /// - Parameter missing: The member that the value, an object, lacks.
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

    /// The stable name of what went wrong.
    public var code: Code { contents.code }
    /// What stood there.
    public var found: String { contents.found }
    /// What should have stood there.
    public var expected: String { contents.expected }
    /// The place in the input, once it is known.
    public var position: TextPosition? { contents.position }
    /// The place in the document, such as `$[3].fallbacks[0].failedRequests`.
    public var path: String? { contents.path }

    /// What the error is about, as far as its place in the input is not known.
    var subject: Subject? { contents.subject }

    /// The byte that the error is about, counted from the start of the reader's span.
    var offset: Int? {
        if case .byte(let offset) = subject { offset } else { nil }
    }

    /// The same error at a byte, if one is given, and at a path, if one is given.
    func at(offset: Int?, path: String?) -> SerializationError {
        SerializationError(
            self, subject: offset.map { .byte($0) } ?? subject, position: position, path: path ?? self.path)
    }

    /// The same error with its path.
    func at(path: String) -> SerializationError {
        SerializationError(self, subject: subject, position: position, path: path)
    }

    /// The same error with its position in the input.
    func at(_ position: TextPosition) -> SerializationError {
        SerializationError(self, subject: subject, position: position, path: path)
    }

    /// The same error about a record, with its path in the document.
    ///
    /// - Parameters:
    ///   - tape: The tape of the record, on which the error's node is.
    ///   - place: Where the record stands in the document.
    ///   - schema: The schema that the tape was laid with.
    func located(
        in tape: borrowing RecordTape, at place: RecordPlace, _ schema: Schema
    ) -> SerializationError {
        switch subject {
        case _ where path?.utf8.first == 0x24: return self  // The path is whole.
        case .node(let node) where path == nil, .memberOfNode(let node):
            let container = tape.record?.view(at: node).path(under: place.path, schema: schema)
            return at(path: (container ?? place.path) + (path ?? ""))
        case .node, .byte, nil: return at(path: place.path + (path ?? ""))
        }
    }

    /// What was found, what was expected, and the path: the sentence without the place.
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

    /// The same as `description`, for code that shows errors as Foundation does.
    ///
    /// Foundation adds a property of this name to every error, whose text says nothing. This one wins where the error's
    /// type is known, as it is in a `catch` of a typed `throws`.
    public var localizedDescription: String { description }
}

/// Something a user may want to know although nothing was refused.
public struct Note: Hashable, Sendable {
    /// The sentence, in lower case and without a full stop.
    public let sentence: String
    /// Whether the output lacks something that the input has.
    public let isLoss: Bool

    /// A note.
    public init(_ sentence: String, isLoss: Bool = false) {
        self.sentence = sentence
        self.isLoss = isLoss
    }
}
