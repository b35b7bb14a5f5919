extension JSONParser {
    /// Parses a name; returns its field, or `.unknown` after appending a node for the name to the tape.
    @inline(__always)
    mutating func parseName(
        _ input: ByteView, scope: FieldID, _ seen: inout SeenFields, _ namesMark: Int, _ tape: inout RecordTape
    ) throws(ParseStop) -> FieldID {
        let start = position &+ 1
        var isASCII = true
        let end = input.firstIndex(of: JSONStringStop(), from: start, isASCII: &isASCII)
        guard input.byte(at: end) == 0x22, isASCII else {
            return try parseUncommonName(input, scope: scope, &seen, namesMark, &tape)
        }
        if scope != .unknown {
            let field = schema.keys.find(input, from: start, count: end &- start, in: scope)
            if field != .unknown {
                try checkFirst(field, &seen, input, &tape)
                position = end &+ 1
                return field
            }
        }
        if copiesText {
            tape.appendInArena(
                .key, input.slice(start, count: end &- start), field: .unknown, source: position &- recordStart)
        } else {
            tape.append(.key, at: start &- recordStart, count: end &- start, flags: .plain, field: .unknown)
        }
        try checkFirstUnknown(namesMark, input, &tape)
        position = end &+ 1
        return .unknown
    }

    /// Parses a name with escapes or non-ASCII characters, which is decoded before it is looked up.
    mutating func parseUncommonName(
        _ input: ByteView, scope: FieldID, _ seen: inout SeenFields, _ namesMark: Int, _ tape: inout RecordTape
    ) throws(ParseStop) -> FieldID {
        let start = position
        let nodeCount = tape.nodes.count
        try parseString(input, kind: .key, field: .unknown, into: &tape)
        let end = position
        position = start  // An error from here on is about the name.
        let node = tape.nodes[nodeCount]
        if scope != .unknown {
            let field = field(named: node, in: scope, input, tape)
            if field != .unknown {
                tape.nodes.truncate(to: nodeCount)
                isCompact = isCompact && !node.flags.contains(.inArena)
                try checkFirst(field, &seen, input, &tape)
                position = end
                return field
            }
        }
        try checkFirstUnknown(namesMark, input, &tape)
        position = end
        return .unknown
    }

    mutating func field(
        named node: TapeNode, in scope: FieldID, _ input: ByteView, _ tape: borrowing RecordTape
    ) -> FieldID {
        let text = tape.textWhileBuilding(of: node, source: source(input))
        return schema.keys.find(text, from: 0, count: text.count, in: scope)
    }

    /// It is `mutating` only for speed, like others on the hot path: for a method that is not, Swift 6.3 copies the
    /// whole parser to the stack at each call.
    @inline(__always)
    mutating func checkFirst(
        _ field: FieldID, _ seen: inout SeenFields, _ input: ByteView, _ tape: inout RecordTape
    ) throws(ParseStop) {
        if !seen.insert(schema.ordinal(of: field), &seenWords) { throw duplicate(field, input, tape) }
    }

    @inline(__always)
    mutating func checkFirstUnknown(
        _ mark: Int, _ input: ByteView, _ tape: inout RecordTape
    ) throws(ParseStop) {
        let source = source(input)
        if !names.insert(tape.nodes.count &- 1, since: mark, in: tape, source: source) {
            throw duplicate(.unknown, input, tape)
        }
    }
}
