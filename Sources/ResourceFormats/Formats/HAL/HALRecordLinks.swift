/// Removes the links from the records that a JSON reader parses.
///
/// Most HAL is written by programs like this one: compact, with `{"_links":{…},` first and exactly the derived links.
/// Such an object of links is not parsed at all. It is skipped, the rest of the record is parsed, the links are
/// derived, and their bytes are compared. Other links are parsed and compared as JSON.
final class HALRecordLinks: JSONDialect {
    private var links: HALLinks
    private var foreign: HALForeignLinks
    private var derived = OutputBuffer()
    /// Whether `_links` are kept as a member.
    private let keepsLinks: Bool
    /// Whether the links of the last record were exactly the derived ones.
    private var expectsDerived = true

    init(schema: Schema, options: HALOptions) {
        links = HALLinks(schema: schema, baseURL: options.baseURL)
        foreign = HALForeignLinks(curiePrefix: links.curiePrefix)
        keepsLinks = options.keepsLinks
        super.init(frame: "_embedded", sideMember: "_links", noun: "an object of links")
    }

    private static let opening: StaticString = "{\"_links\":{"
    /// The depth of derived links in a record.
    private static let depth = 4

    /// Parses a record whose links come first and are exactly the derived ones; returns false and changes nothing for
    /// any other.
    override func parseDerived(
        _ parser: inout JSONParser, _ input: ByteView, isFramed: Bool, into tape: inout RecordTape
    ) throws(ParseStop) -> Bool {
        let start = parser.position
        guard expectsDerived, !keepsLinks, parser.limits.depth >= Self.depth else { return false }
        let matching = input.matchingPrefix(of: Self.opening, at: start)
        guard matching == Self.opening.utf8CodeUnitCount else {
            if start + matching >= input.count, !parser.isComplete { throw .needsMoreInput }
            return false
        }
        let linksStart = start + matching - 1
        let isEmpty = input.byte(at: linksStart + 1) == 0x7D
        guard let end = isEmpty ? linksStart + 2 : input.endOfObjects(from: linksStart) else {
            if !parser.isComplete { throw .needsMoreInput }
            return false
        }
        guard end < input.count || parser.isComplete else { throw .needsMoreInput }
        guard input.byte(at: end) == 0x2C || input.byte(at: end) == 0x7D else { return false }
        parser.position = end
        do throws(ParseStop) {
            try parser.parseRemainingMembers(input, into: &tape)
        } catch .needsMoreInput where !parser.isComplete {
            throw .needsMoreInput
        } catch {
            parser.position = start
            return false
        }
        // The bytes of the record are those after the links, with an opening brace in front.
        let sourceStart = min(end, parser.position - 2)
        tape.adoptSource(
            input.slice(sourceStart, count: parser.position - sourceStart), at: sourceStart, recordOffset: start)
        tape.text[tape.sourceBase] = 0x7B
        tape.isCompactJSON = parser.isCompact
        if let record = tape.record, record.linksKey == nil {
            derived.removeAll()
            links.append(of: record, curies: isFramed ? .never : .ifUsed, to: &derived)
            if derived.bytes.view.isEqual(to: input.slice(linksStart, count: end - linksStart)) { return true }
        }
        expectsDerived = false
        parser.position = start
        return false
    }

    /// Removes the links from the record on `tape`, which a parser has just read.
    override func take(from tape: inout RecordTape, place: RecordPlace) throws(ParseStop) {
        guard !keepsLinks, let key = tape.record?.linksKey else { return }
        if let value = tape.record?.view(at: key + 1), value.kind != .object {
            throw .refused(wrongKind(value, offset: tape.sourceOffset + value.sourceStart, place.path))
        }
        derived.removeAll()
        if let record = tape.record { links.append(of: record, curies: .always, to: &derived) }
        foreign.take(key, from: &tape, derived: derived)
        expectsDerived = !tape.hasForeignLinks
    }

    override func documentLinks(
        among given: UnknownMembers, page: PageInfo?
    ) throws(SerializationError) -> UnknownMembers {
        derived.removeAll()
        links.appendCollection(page: page, to: &derived)
        return try foreign.foreign(among: given, derived: derived) { links.isOrigin($0, $1) }
    }
}

extension RecordView {
    /// The node of the name `_links`; nil if the record has no such member.
    var linksKey: Int? {
        var index = self.index &+ 1
        let end = self.end
        while index < end {
            let node = nodes[index]
            if node.kind == .key, text(of: node).isEqual(to: "_links") { return index }
            index &+= node.extent
        }
        return nil
    }
}
