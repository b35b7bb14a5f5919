import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing
import YAMLFormat

/// What is refused, with its whole sentence and place.
@Suite struct YAMLErrorTests {
    private func read(_ yaml: [UInt8], limits: Limits = .default) -> Conversion.Outcome {
        Conversion(from: .yaml, to: .json, schema: LargeLanguageModel.schema, limits: limits).run(yaml)
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3\n", "3:1: found the name \"a\" a second time, expected each name once in a mapping ($.a)"),
        (
            "- fallbacks:\n  - {x: 1, \"\\x78\": 2}\n",
            "2:12: found the name \"x\" a second time, expected each name once in a mapping ($[0].fallbacks[0].x)"
        ),
        (
            "- name: 1\n  'name': 2\n",
            "2:3: found the name \"name\" a second time, expected each name once in a mapping ($[0].name)"
        ),
        ("é: &x 1\n", "1:4: found an anchor, expected a value without an anchor ($[\"é\"])"),
        ("- a: *x\n", "1:6: found an alias, expected the value itself ($[0].a)"),
        ("*x : 1\n", "1:1: found an alias, expected the value itself ($)"),
        ("- &r\n  a: 1\n", "1:3: found an anchor, expected a value without an anchor ($[0])"),
        ("a: !!str 1\n", "1:4: found the tag \"tag:yaml.org,2002:str\", expected a value without a tag ($.a)"),
        ("a: ! 1\n", "1:4: found the tag \"!\", expected a value without a tag ($.a)"),
        ("a: [1, !x {}]\n", "1:8: found the tag \"!x\", expected a value without a tag ($.a[1])"),
        (
            "a: !x!y 1\n",
            "1:4: found malformed YAML (while parsing a node: found undefined tag handle), expected well-formed YAML ($.a)"
        ),
        (
            "- b: {<<: {a: 1}}\n",
            "1:7: found a merge key, expected the members themselves, or \"<<\" in quotes ($[0].b)"
        ),
        ("12: a\n", "1:1: found the number 12 as a name, expected a string, which may need quotes ($)"),
        ("012: a\n", "1:1: found the number 012 as a name, expected a string, which may need quotes ($)"),
        ("true: a\n", "1:1: found true as a name, expected a string, which may need quotes ($)"),
        ("~: a\n", "1:1: found null as a name, expected a string, which may need quotes ($)"),
        ("? \n: a\n", "1:2: found null as a name, expected a string, which may need quotes ($)"),
        ("? [a]\n: 1\n", "1:3: found a sequence as a name, expected a string, which may need quotes ($)"),
        ("{{a: 1}: 2}\n", "1:2: found a mapping as a name, expected a string, which may need quotes ($)"),
        ("%YAML 1.1\n---\na: no\n", "1:1: found YAML 1.1, expected YAML 1.2 ($)"),
        ("", "1:1: found the end of the input, expected a mapping, or a sequence of mappings ($)"),
        ("# nothing\n", "2:1: found the end of the input, expected a mapping, or a sequence of mappings ($)"),
        ("---\n", "2:1: found null, expected a mapping, or a sequence of mappings ($)"),
        ("text\n", "1:1: found the string \"text\", expected a mapping, or a sequence of mappings ($)"),
        ("- a: 1\n- b\n", "2:3: found the string \"b\", expected a mapping ($[1])"),
        ("- a: 1\n- - b: 1\n", "2:3: found a sequence, expected a mapping ($[1])"),
        ("a: 1\n---\n- b: 1\n", "3:1: found a sequence, expected a mapping ($[1])"),
        ("- a: 1\n---\nb: 1\n", "2:1: found another document, expected the end of the input ($)"),
        ("items: []\n---\nb: 1\n", "2:1: found another document, expected the end of the input ($)"),
        ("items:\n- a: 1\n- 5\n", "3:3: found the number 5, expected a mapping ($.items[1])"),
        (
            "items: []\nname: x\n",
            "2:1: found the field \"name\" beside \"items\", expected a page without fields of a record ($.name)"
        ),
        ("items: []\ntotal: '5'\n", "2:8: found the string \"5\", expected a number or null ($.total)"),
        ("nextCursor: 5\nitems: []\n", "1:13: found the number 5, expected a string or null ($.nextCursor)"),
        (
            "x: 1\nitems: []\nx: 2\n",
            "3:1: found the name \"x\" a second time, expected each name once in a mapping ($.x)"
        ),
        (
            "a: [1, 2\n",
            "2:1: found malformed YAML (while parsing a flow sequence: did not find expected ',' or ']'), expected well-formed YAML ($.a[2])"
        ),
        (
            "a: 'b\n",
            "2:1: found malformed YAML (while scanning a quoted scalar: found unexpected end of stream), expected well-formed YAML ($.a)"
        ),
        (
            "a: b: c\n",
            "1:5: found malformed YAML (mapping values are not allowed in this context), expected well-formed YAML ($)"
        ),
        (
            "a: \"\\ud83d\\ude00\"\n",
            "1:7: found malformed YAML (while parsing a quoted scalar: found invalid Unicode character escape code), expected well-formed YAML ($.a)"
        ),
        (
            "é: \"\u{2028}\"\n",
            "1:5: found the character U+2028, expected an escape such as \"\\u2028\", in double quotes ($)"
        ),
        (
            "a: b\u{85}c\n",
            "1:5: found the character U+0085, expected an escape such as \"\\u0085\", in double quotes ($)"
        ),
        (
            "a: b\u{0}\n",
            "1:5: found the character U+0000, expected an escape such as \"\\u0000\", in double quotes ($)"
        ),
        (
            "\u{FEFF}a: \u{FEFF}\n",
            "1:4: found the character U+FEFF, expected an escape such as \"\\uFEFF\", in double quotes ($)"
        ),
    ])
    func refusesWithTheExactPlace(yaml: String, error: String) {
        let outcome = read(Array(yaml.utf8))
        #expect(Array((outcome.error ?? outcome.text).utf8) == Array(error.utf8), "\(outcome)")
    }

    @Test func refusesWhatIsNotUTF8() {
        let outcome = read(Array("a: é".utf8) + [0xFF, 0x0A])
        #expect(outcome.code == .invalidEncoding)
        #expect(outcome.error?.hasPrefix("1:5: ") == true, "\(outcome)")
    }

    /// Records before the refused one are given out, as in every format.
    @Test func givesTheRecordsBeforeAFault() {
        let outcome = read(Array("- a: 1\n- b: 2\n- c: *x\n".utf8))
        #expect(outcome.recordCount == 2)
        #expect(outcome.error == "3:6: found an alias, expected the value itself ($[2].c)")
    }

    /// The record has long been read when it turns out that the document should have had only one.
    @Test func placesARecordThatTheConverterRefuses() {
        let outcome = Conversion(from: .yaml, to: .json, schema: LargeLanguageModel.schema, shape: .item)
            .run("- a: 1\n- é: 2\n")
        #expect(outcome.error == "2:3: found more than one record, expected exactly one for an item ($[1])")
    }

    // MARK: Going on

    private func readGoingOn(_ yaml: String) throws -> (records: [String], errors: [String]) {
        let input = Array(yaml.utf8)
        var stream = RecordStream(.yaml, schema: LargeLanguageModel.schema, limits: Limits(depth: 3, recordSize: 40))
        var records: [String] = []
        var errors: [String] = []
        var used = 0
        while true {
            let window = Array(input[used...])
            do {
                guard try stream.next(window.span, isComplete: true) == .record else { return (records, errors) }
                if let record = stream.record { records.append("\(record.count)") }
            } catch {
                errors.append("\(error)")
                guard stream.skipRefusedRecord(window.span, isComplete: true) == .skipped else {
                    return (records, errors + ["impossible"])
                }
            }
            used += stream.release(window.span)
        }
    }

    @Test(arguments: ["- ", "items:\n- ", "x: 1\nitems:\n- "])
    func goesOnAfterARefusedRecord(start: String) throws {
        let bad = [
            "{a: 1, a: [2, {b: c}]}", "{a: !x {b: 1}}", "&x {a: 1}", "*x", "5", "[{a: 1}]", "{a: [[[[[1]]]]]}",
            "\n  ? [a]\n  : 1", "{a: [01, 2], b: 2}", "",
        ]
        let result = try readGoingOn(
            start + (["a: 1\n  b: 2"] + bad + ["{a: 1, b: 2, c: 3}"]).joined(separator: "\n- ") + "\n")
        #expect(result.records == ["2", "3"])
        #expect(result.errors.count == bad.count, "\(result)")
    }

    @Test func goesOnToTheNextDocument() throws {
        let result = try readGoingOn("a: 1\n---\nb: *x\nc: [1]\n---\n- a\n---\n5\n---\nd: 1\ne: 2\n")
        #expect(result.records == ["1", "2"])
        #expect(result.errors.map { $0.prefix(4) } == ["3:4:", "6:1:", "8:1:"])
    }

    @Test(arguments: [
        "- a: 1\n- b: 'c\n", "- a: *x\n  c: [\n- b: 1\n", "- a: *x\n  b: 12345678901234567890123456789012345678901\n",
        "a: *x\n", "a: 1\n--- &x\nb: 1\n---\nc: 1\n", "a: 1\n---\nb: [\n---\nc: 1\n",
    ])
    func saysThatItCannotGoOn(yaml: String) throws {
        #expect(try readGoingOn(yaml).errors.last == "impossible")
    }

    // MARK: Hostile documents

    /// Time grows with the input and not with its square: a copy of a set for each name would take minutes here.
    @Test(.timeLimit(.minutes(1)))
    func takesManyNames() {
        let count = 200_000
        let outcome = read(Array((0..<count).map { "k\($0): 1\n" }.joined().utf8))
        #expect(outcome.recordCount == 1)
    }

    @Test func refusesABombOfAliasesAtItsFirstAnchor() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            let alias = "*a\(level - 1)"
            bomb += "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ", "))]\n"
        }
        bomb += "? *a30\n: 1\n"
        #expect(read(Array(bomb.utf8)).error == "1:5: found an anchor, expected a value without an anchor ($.a0)")
    }

    @Test(arguments: ["[", "{a: ", "- ", "? ", "[{a: "])
    func boundsNesting(opening: String) {
        for count in [200, 5_000, 200_000] {
            let outcome = read(Array(("a:\n  " + String(repeating: opening, count: count)).utf8))
            #expect(outcome.code == .depthLimit || opening == "? " && outcome.code == .wrongKind, "\(outcome)")
            let deep = read(Array(("a: " + String(repeating: "[", count: count)).utf8), limits: Limits(depth: 1000))
            #expect(deep.error != nil)
        }
    }

    @Test func takesNestingUpToTheDeepestLimit() {
        for (depth, isRight) in [(999, true), (1000, false)] {
            let json = "{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
            let outcome = Conversion(
                from: .yaml, to: .json, schema: LargeLanguageModel.schema, limits: Limits(depth: 1000)
            ).run(json)
            #expect((outcome.error == nil) == isRight, "\(depth): \(outcome.error ?? "")")
        }
    }

    @Test func boundsTheWholeDocument() {
        let record = "- a: 1\n"
        let limits = Limits(recordSize: 20)
        #expect(read(Array(String(repeating: record, count: 45).utf8), limits: limits).error == nil)
        let outcome = read(Array(String(repeating: record, count: 46).utf8), limits: limits)
        #expect(outcome.code == .recordLimit)
        #expect(
            outcome.error
                == "1:1: found a document larger than 320 bytes, expected at most 320, since YAML is read as a whole ($)"
        )
    }

    /// Indentation makes much of little: the same bound holds for what is written.
    @Test func boundsWhatIsWritten() {
        let open = String(repeating: "[", count: 120)
        let elements = Array(repeating: "1", count: 400_000).joined(separator: ",")
        let json = "[{\"a\":" + open + elements + String(repeating: "]", count: 120) + "}]"
        let outcome = Conversion(from: .json, to: .yaml, schema: LargeLanguageModel.schema).run(json)
        #expect(outcome.code == .recordLimit)
    }

    /// Any single byte changed gives a value or an error with a place, never a trap.
    @Test func survivesChangedBytes() {
        let document = Array(
            "%YAML 1.2\n--- # c\nitems:\n - {a: [\"\\u00e9\", 'b', *x], ? c : |-\n  }\n - d: >2\n     e\n".utf8)
        for index in document.indices {
            for byte in [
                0x00, 0x09, 0x0A, 0x20, 0x21, 0x22, 0x23, 0x26, 0x27, 0x2A, 0x2D, 0x3A, 0x3F, 0x5B, 0x7D, 0x80, 0xFF,
            ] as [UInt8] {
                var changed = document
                changed[index] = byte
                let outcome = read(changed)
                #expect(outcome.error == nil || outcome.position != nil && outcome.path?.hasPrefix("$") == true)
            }
        }
    }
}
