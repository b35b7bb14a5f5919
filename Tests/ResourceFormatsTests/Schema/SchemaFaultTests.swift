import Testing

@testable import ResourceFormats

/// Declarations of which no schema can be made, each with its sentence.
@Suite struct SchemaFaultTests {
    private static func fault<Field: SchemaField>(
        _ fields: Field.Type, _ name: String = "thing", plural: String = "things", links: ResourceLinks? = nil
    ) -> String? {
        do throws(SchemaFault) {
            _ = try Schema(checking: name, plural: plural, fields: fields, links: links)
            return nil
        } catch {
            return error.sentence
        }
    }

    // MARK: Numbers

    private enum FromOne: UInt16, SchemaField {
        case a = 1
        case b
        var declaration: FieldDeclaration<Self> { self == .a ? .string("a") : .string("b") }
    }

    private enum WithGap: UInt16, SchemaField {
        case a
        case b = 5
        var declaration: FieldDeclaration<Self> { self == .a ? .string("a") : .string("b\n") }
    }

    private enum InAnotherOrder: UInt16, SchemaField {
        case a, b
        static var allCases: [Self] { [.b, .a] }
        var declaration: FieldDeclaration<Self> { self == .a ? .string("a") : .string("b") }
    }

    private enum Incomplete: UInt16, SchemaField {
        case a, b, c
        static var allCases: [Self] { [.a, .b] }
        var declaration: FieldDeclaration<Self> {
            switch self {
            case .a: .string("a")
            case .b: .string("b", in: .c)
            case .c: .object("c")
            }
        }
    }

    /// As many fields as `count`, each of them what `make` says.
    private struct Numbered<Shape: NumberedShape>: SchemaField {
        let rawValue: UInt16
        static var allCases: [Self] { (0..<UInt16(Shape.count)).map { Self(number: $0) } }
        var declaration: FieldDeclaration<Self> {
            let name = Shape.name(Int(rawValue))
            let parent = Shape.parent(Int(rawValue)).map { Self(number: UInt16($0)) }
            return Shape.isArrays ? .array(name, of: .object, in: parent) : .object(name, in: parent)
        }
        init(number: UInt16) { rawValue = number }
        init?(rawValue: UInt16) {
            if Shape.isMixedUp { self.rawValue = 0 } else { self.rawValue = rawValue }
        }
    }

    private enum TooMany: NumberedShape {
        static let count = 40_000
        static let isArrays = true
    }

    private enum MixedUp: NumberedShape {
        static let count = 2
        static let isMixedUp = true
    }

    private enum TooDeep: NumberedShape {
        static let count = 1001
        static func parent(_ number: Int) -> Int? { number == 0 ? nil : number - 1 }
    }

    private enum DeepArrays: NumberedShape {
        static let count = 500
        static let isArrays = true
        static func parent(_ number: Int) -> Int? { number == 0 ? nil : number - 1 }
    }

    private enum LongNames: NumberedShape {
        static let count = 11
        static func name(_ number: Int) -> String { String(repeating: "n", count: 6000) + "\(number)" }
    }

    @Test func asksForNumbersFromZeroWithoutGaps() {
        let rule = "fields are numbered from 0 on, in their order and without gaps"
        #expect(Self.fault(FromOne.self) == "found the number 1 for the field \"a\", expected 0: \(rule)")
        #expect(Self.fault(WithGap.self) == "found the number 5 for the field \"b\\n\", expected 1: \(rule)")
        #expect(Self.fault(InAnotherOrder.self) == "found the number 1 for the field \"b\", expected 0: \(rule)")
        #expect(
            Self.fault(Incomplete.self)
                == "found the parent number 2 for the field \"b\", expected the number of a field")
        #expect(
            Self.fault(Numbered<MixedUp>.self)
                == "found no or another field with the number 1, expected \"f1\", as in allCases")
    }

    @Test func countsWhatItsTablesCanHold() {
        #expect(
            Self.fault(Numbered<TooMany>.self)
                == "found 40000 fields, 40000 of them arrays, expected at most 65534 fields and arrays together")
        #expect(
            Self.fault(Numbered<LongNames>.self) == "found field names of 66012 bytes together, expected at most 65535")
        #expect(
            Self.fault(Numbered<TooDeep>.self)
                == "found the field \"f1000\" inside itself, or deeper than 1000, "
                + "expected a way of at most 1000 levels from the record to it")
        #expect(Self.fault(Numbered<DeepArrays>.self) == nil)
    }

    // MARK: Parents and names

    private enum InText: UInt16, SchemaField {
        case a, b
        var declaration: FieldDeclaration<Self> { self == .a ? .string("a") : .number("b", in: .a) }
    }

    private enum InTexts: UInt16, SchemaField {
        case a, b
        var declaration: FieldDeclaration<Self> { self == .a ? .array("a", of: .string) : .number("b", in: .a) }
    }

    private enum InItself: UInt16, SchemaField {
        case a, b
        var declaration: FieldDeclaration<Self> { self == .a ? .object("a", in: .b) : .object("b", in: .a) }
    }

    private enum Twice: UInt16, SchemaField {
        case a, b
        var declaration: FieldDeclaration<Self> { self == .a ? .string("a") : .object("a") }
    }

    private enum TwiceInside: UInt16, SchemaField {
        case a, b, c
        var declaration: FieldDeclaration<Self> { self == .a ? .array("a", of: .object) : .boolean("b", in: .a) }
    }

    /// The same name in two objects, names that differ in composition only, and the empty name.
    private enum Alike: UInt16, SchemaField {
        case a, b, c, d
        var declaration: FieldDeclaration<Self> {
            switch self {
            case .a: .object("\u{E9}")
            case .b: .string("e\u{301}")
            case .c: .string("\u{E9}", in: .a)
            case .d: .string("")
            }
        }
    }

    @Test func asksForParentsThatHoldFields() {
        let rule = "a parent that is an object or an array of objects"
        #expect(Self.fault(InText.self) == "found the field \"b\" inside the field \"a\", expected \(rule)")
        #expect(Self.fault(InTexts.self) == "found the field \"b\" inside the field \"a\", expected \(rule)")
        #expect(
            Self.fault(InItself.self)
                == "found the field \"a\" inside itself, or deeper than 1000, "
                + "expected a way of at most 1000 levels from the record to it")
    }

    @Test func asksForEachNameOnceInAnObject() {
        #expect(
            Self.fault(Twice.self) == "found the name \"a\" twice in the record, expected each name once in an object")
        #expect(
            Self.fault(TwiceInside.self) == "found the name \"b\" twice in \"a\", expected each name once in an object")
        #expect(Self.fault(Alike.self) == nil)
    }

    @Test(
        arguments: [
            ("a thing", "things", "found the record name \"a thing\", expected a name that an XML element can have"),
            ("thing", "1s", "found the record name \"1s\", expected a name that an XML element can have"),
            ("", "things", "found the record name \"\", expected a name that an XML element can have"),
            ("xmlThing", "things", "found the record name \"xmlThing\", expected a name that an XML element can have"),
            ("thing", "thing", "found \"thing\" for one record and for several, expected two names"),
            (
                "page", "pages",
                "found the record name \"page\", expected another name: XML has that for the members of a page"
            ),
            ("l\u{E4}rche", "_l\u{E4}rchen", nil),
        ] as [(String, String, String?)])
    func asksForRecordNamesThatXMLHas(name: String, plural: String, sentence: String?) {
        #expect(Self.fault(Alike.self, name, plural: plural) == sentence)
    }

    // MARK: Values

    private enum PatternOfNumber: UInt16, SchemaField {
        case a
        var declaration: FieldDeclaration<Self> { .number("a").pattern(.uuid) }
    }

    private enum IntegerOfText: UInt16, SchemaField {
        case a
        var declaration: FieldDeclaration<Self> { .string("a").integer(0...1) }
    }

    private enum NoNames: UInt16, SchemaField {
        case a
        var declaration: FieldDeclaration<Self> { .string("a").oneOf([]) }
    }

    private enum DeepScope: UInt16, SchemaField {
        case a, b
        var declaration: FieldDeclaration<Self> { self == .a ? .object("a") : .string("b", in: .a) }
        static var scopes: [SchemaScope<Self>] { [SchemaScope("a global thing", where: .b, is: "x")] }
    }

    @Test func asksForConstraintsThatSuitTheKind() {
        #expect(
            Self.fault(PatternOfNumber.self)
                == "found a pattern, a length, names, a date or an array of strings for the field \"a\", expected these for strings only"
        )
        #expect(
            Self.fault(IntegerOfText.self)
                == "found a range of numbers for the field \"a\", expected one for numbers only")
        #expect(
            Self.fault(NoNames.self) == "found an empty list of names for the field \"a\", expected one name or more")
        #expect(
            Self.fault(DeepScope.self)
                == "found the field \"b\" in the scope \"a global thing\", expected fields of the record itself")
    }

    // MARK: Links

    private enum Linked: UInt16, SchemaField {
        case id, owner, ownerId, parts, partId, tags
        var declaration: FieldDeclaration<Self> {
            switch self {
            case .id: .string("id")
            case .owner: .object("owner")
            case .ownerId: .string("id", in: .owner)
            case .parts: .array("parts", of: .object)
            case .partId: .string("id", in: .parts)
            case .tags: .array("tags", of: .string)
            }
        }
    }

    @Test(
        arguments: [
            ("/{id}{?id}", nil), ("/{parts.id}", nil), ("/{tags}", nil), ("/{", nil),
            ("/{x}", "found \"x\" in the template \"/{x}\", expected the name of a field"),
            ("/{parts.x}", "found \"x\" in the template \"/{parts.x}\", expected the name of a field"),
            ("/{}", "found \"\" in the template \"/{}\", expected a field, or a field of an array's elements"),
            (
                "/{a.b.c}",
                "found \"a.b.c\" in the template \"/{a.b.c}\", expected a field, or a field of an array's elements"
            ),
            (
                "/{owner.id}",
                "found \"owner.id\" in the template \"/{owner.id}\", expected a name alone, or behind that of an array"
            ),
            ("/{tags}/{parts}", "found two arrays in the template \"/{tags}/{parts}\", expected one at most"),
            (
                "/{tags}/{id}",
                "found an array and another variable in the template \"/{tags}/{id}\", "
                    + "expected no other variable beside an array"
            ),
        ] as [(String, String?)])
    func asksForTemplatesThatNameFields(template: String, sentence: String?) {
        #expect(Self.fault(Linked.self, links: Self.links([LinkTemplate("x", template)])) == sentence)
    }

    @Test func asksForEachRelationOnce() {
        func links(_ relations: [String], find: String) -> String? {
            Self.fault(
                Linked.self,
                links: Self.links(relations.map { LinkTemplate($0, "/{id}") }, find: LinkTemplate(find, "/{x}")))
        }
        #expect(links(["self", "next", "e\u{301}", "\u{E9}"], find: "find") == nil)
        #expect(
            links(["self", "self"], find: "find")
                == "found the relation \"self\" a second time, expected each relation once")
        #expect(
            links(["curies"], find: "find")
                == "found the relation \"curies\" a second time, expected each relation once")
        #expect(
            links(["self"], find: "next") == "found the relation \"next\" a second time, expected each relation once")
    }

    private static func links(_ item: [LinkTemplate], find: LinkTemplate? = nil) -> ResourceLinks {
        ResourceLinks(item: item, collection: "/", nextParameter: "next", previousParameter: "previous", find: find)
    }

    /// Links may use any number of fields.
    @Test func linksThreeHundredFields() {
        struct Many: SchemaField {
            let rawValue: UInt16
            static let allCases = (0..<300).map { Many(number: $0) }
            private init(number: UInt16) { rawValue = number }
            init?(rawValue: UInt16) { self.rawValue = rawValue }
            var declaration: FieldDeclaration<Self> { .string("f\(rawValue)") }
        }
        let links = Self.links((0..<300).map { LinkTemplate("r\($0)", "/{f\($0)}") })
        let schema = Schema("many", plural: "manies", fields: Many.self, links: links)
        var converter = Converter(from: .json, to: .hal, schema: schema)
        var output = OutputBuffer()
        #expect(throws: Never.self) {
            try converter.convert(Array(#"{"f0":"a","f299":"b"}"#.utf8).span, from: .json, into: &output)
        }
        #expect(
            output.bytes.view.string()
                == #"{"_links":{"r0":{"href":"/a"},"r299":{"href":"/b"}},"f0":"a","f299":"b"}"# + "\n")
    }

    /// A table of records without anything in them has one column, of a field of the record.
    @Test func writesEmptyRecordsAsATableOfAFieldOfTheRecord() {
        enum InsideOut: UInt16, SchemaField {
            case inner, outer
            var declaration: FieldDeclaration<Self> { self == .inner ? .string("in", in: .outer) : .object("out") }
        }
        func table(_ schema: Schema) -> String {
            var converter = Converter(from: .json, to: .csv, schema: schema)
            var output = OutputBuffer()
            #expect(throws: Never.self) {
                try converter.convert(Array("[{}]".utf8).span, from: .json, into: &output)
            }
            return output.bytes.view.string()
        }
        #expect(table(Schema("thing", plural: "things", fields: InsideOut.self)).hasPrefix("out\r\n"))
        #expect(table(.withoutFields).hasPrefix("name\r\n"))
    }

    /// The program stops, and says why, in an optimised build too.
    @Test func stopsTheProgramWithTheSentence() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            enum FromOne: UInt16, SchemaField {
                case a = 1
                case b
                var declaration: FieldDeclaration<Self> { self == .a ? .string("a") : .string("b") }
            }
            _ = Schema("thing", plural: "things", fields: FromOne.self)
        }
        let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(
            message.contains("the schema thing cannot work: found the number 1 for the field \"a\", expected 0:"))
    }
}

/// Fields by number.
private protocol NumberedShape {
    static var count: Int { get }
    static var isArrays: Bool { get }
    static var isMixedUp: Bool { get }
    static func name(_ number: Int) -> String
    static func parent(_ number: Int) -> Int?
}

extension NumberedShape {
    static var isArrays: Bool { false }
    static var isMixedUp: Bool { false }
    static func name(_ number: Int) -> String { "f\(number)" }
    static func parent(_ number: Int) -> Int? { nil }
}
