extension JSONParser {
    /// Whether the unknown member whose value begins at `position` holds the records of a page.
    mutating func isAtRecords(_ input: ByteView, _ tape: inout RecordTape) throws(ParseStop) -> Bool {
        if position >= input.count { throw stop(input, tape, .unexpectedByte, expected: "a JSON value") }
        guard tape.nodes.count > 0 else { return false }
        switch input.byte(at: position) {
        case 0x5B:
            guard isAfter("items", input, tape) else { return false }
            return try isRecordArray(input, at: position)
        case 0x7B where looksForFrame:
            guard let frame, isAfter(frame, input, tape) else { return false }
            return try isAtFramedRecords(input, &tape)
        default:
            return false
        }
    }

    /// Whether the last node on the tape is this name.
    private mutating func isAfter(_ name: StaticString, _ input: ByteView, _ tape: borrowing RecordTape) -> Bool {
        tape.textWhileBuilding(of: tape.nodes[tape.nodes.count - 1], source: source(input)).isEqual(to: name)
    }

    /// Whether the array at `start` begins with an object, or is empty.
    private mutating func isRecordArray(_ input: ByteView, at start: Int) throws(ParseStop) -> Bool {
        let next = try afterSpace(input, from: start &+ 1)
        return input.byte(at: next) == 0x7B || input.byte(at: next) == 0x5D
    }

    /// Whether the first member of the object at `position` is an array of records; if so, moves `position` to the
    /// array.
    private mutating func isAtFramedRecords(_ input: ByteView, _ tape: inout RecordTape) throws(ParseStop) -> Bool {
        let name = try afterSpace(input, from: position &+ 1)
        guard input.byte(at: name) == 0x22 else { return false }
        var end = name &+ 1
        while true {
            end = input.firstIndex(of: JSONStringStop(), from: end)
            if input.byte(at: end) != 0x5C { break }
            end = min(end &+ 2, input.count)
        }
        guard input.byte(at: end) == 0x22 else {
            if end >= input.count, !isComplete { throw .needsMoreInput }
            return false
        }
        let colon = try afterSpace(input, from: end &+ 1)
        guard input.byte(at: colon) == 0x3A else { return false }
        let array = try afterSpace(input, from: colon &+ 1)
        guard input.byte(at: array) == 0x5B, try isRecordArray(input, at: array) else { return false }
        // The name is not kept, but it must be well-formed.
        position = name
        let nodeCount = tape.nodes.count
        try parseString(input, kind: .key, field: .unknown, into: &tape)
        tape.nodes.truncate(to: nodeCount)
        position = array
        isAtFrame = true
        return true
    }

    /// The index of the first byte from `start` on that is not white space.
    private mutating func afterSpace(_ input: ByteView, from start: Int) throws(ParseStop) -> Int {
        let index = input.indexAfterSpace(from: start)
        if index >= input.count, !isComplete { throw .needsMoreInput }
        return index
    }
}
