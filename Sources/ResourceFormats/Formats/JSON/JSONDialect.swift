/// What a format that is built on JSON has besides JSON: another place for the records of a list or page, and members that
/// are not the record's own.
///
/// A class, because a reader calls it once for each record; plain JSON has none.
class JSONDialect {
    /// The member that may hold the records of a list or page, besides `items`: an object with one array of them.
    let frame: StaticString
    /// The member, of a record and of the document, that is told apart from all others.
    let sideMember: StaticString
    /// What the side member has to be, in error texts.
    private let sideNoun: String

    init(frame: StaticString, sideMember: StaticString, noun: String) {
        self.frame = frame
        self.sideMember = sideMember
        sideNoun = noun
    }

    /// Parses a record whose side member follows from the rest of it; false, and nothing happened, for any other.
    ///
    /// - Parameter isFramed: Whether the record stands in the document's `frame`.
    func parseDerived(
        _ parser: inout JSONParser, _ input: ByteView, isFramed: Bool, into tape: inout RecordTape
    ) throws(ParseStop) -> Bool {
        false
    }

    /// Takes the side member off the record on `tape`, which a parser has just read.
    func take(from tape: inout RecordTape, place: RecordPlace) throws(ParseStop) {}

    /// The links among the document's side member that do not follow from what the document is.
    func documentLinks(among members: UnknownMembers, page: PageInfo?) throws(SerializationError) -> UnknownMembers {
        members
    }

    /// The refusal of a side member that is of another kind than an object.
    final func wrongKind(_ value: RecordView, offset: Int, _ path: String) -> SerializationError {
        SerializationError(
            .wrongKind, found: value.summary, expected: sideNoun, offset: offset, path: "\(path).\(sideMember)")
    }
}
