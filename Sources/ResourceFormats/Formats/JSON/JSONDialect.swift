/// The additions of a format that is built on JSON: another place for the records of a list or page, and a side member
/// that is not part of a record's content.
///
/// It is a class because a reader calls it once for each record; plain JSON has no dialect.
class JSONDialect {
    /// The name of the frame: a member, besides `items`, for the records of a list or page.
    ///
    /// It is an object whose only member is an array of the records.
    let frame: StaticString
    /// The name of the side member, of a record and of the document.
    let sideMember: StaticString
    /// The kind of value that the side member must have, for error texts.
    private let sideNoun: String

    init(frame: StaticString, sideMember: StaticString, noun: String) {
        self.frame = frame
        self.sideMember = sideMember
        sideNoun = noun
    }

    /// Parses a record whose side member is exactly the derived one; returns false and changes nothing for any other.
    ///
    /// - Parameter isFramed: Whether the record is inside the document's frame.
    func parseDerived(
        _ parser: inout JSONParser, _ input: ByteView, isFramed: Bool, into tape: inout RecordTape
    ) throws(ParseStop) -> Bool {
        false
    }

    /// Removes the side member from the record on `tape`, which a parser has just read.
    func take(from tape: inout RecordTape, place: RecordPlace) throws(ParseStop) {}

    /// The links in the document's side member that cannot be derived from the document.
    func documentLinks(among members: UnknownMembers, page: PageInfo?) throws(SerializationError) -> UnknownMembers {
        members
    }

    /// The error for a side member that is not an object.
    final func wrongKind(_ value: RecordView, offset: Int, _ path: String) -> SerializationError {
        SerializationError(
            .wrongKind, found: value.summary, expected: sideNoun, offset: offset, path: "\(path).\(sideMember)")
    }
}
