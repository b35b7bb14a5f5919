import Foundation

/// Members of every simple type.
struct Scalars: Codable, Equatable {
    var text = "a \"quoted\"\n<b>&amp; text\u{1F600}"
    var flag = true
    var int = Int.min
    var int8 = Int8.min
    var int16 = Int16.max
    var int32 = Int32.min
    var int64 = Int64.max
    var uint = UInt.max
    var uint8 = UInt8.max
    var uint16 = UInt16.max
    var uint32 = UInt32.max
    var uint64 = UInt64.max
    var double = 0.1
    var float: Float = 0.3
    var small = Double.leastNonzeroMagnitude
    var large = Double.greatestFiniteMagnitude
    var whole = 3.0
    var negativeZero = -0.0
    var digit: Int? = 7
    var nothing: Int?
    var noText: String?
}

/// Texts that would be another kind of value where kinds are told from texts.
struct Texts: Codable, Equatable {
    var texts = [
        "12345", "007", "-0", "1e3", "true", "FALSE", "null", "", " ", "{}", "[]", "=1+1", "\\s:x", "a,b;c\td", "\u{1}",
        "12 ",
    ]
    var number = "12345"
    var zeros = "007"
    var truth = "true"
    var empty = ""
    var null = "null"
}

/// Names that need care somewhere.
struct Names: Codable, Equatable {
    var members: [String: Int] = [
        "": 1, "a.b": 2, "a[0]": 3, "x y": 4, "é": 5, "e\u{301}x": 6, "\"": 7, "\\": 8, "<": 9, "item": 10, "xml": 11,
        "_x0020_": 12, "a:b": 13, "page": 14, "1": 15,
    ]
    var numbers: [Int: String] = [1: "one", -2: "minus two"]
    var items: [[String: Int]] = [["a": 1], ["b": 2]]
    var total: Int? = 3
}

/// Containers in containers, and empty ones.
struct Nested: Codable, Equatable {
    struct Point: Codable, Equatable {
        var x = 1
        var y: Double? = 2.5
    }

    struct Empty: Codable, Equatable {}

    var matrix = [[1, 2], [], [3]]
    var points = [Point(), Point(x: -1, y: nil)]
    var optionals: [Int?] = [1, nil, 3]
    var noNumbers: [Int] = []
    var noMembers: [String: Int] = [:]
    var empty = Empty()
    var deep: [String: [String: [Point]]] = ["a": ["b": [Point()]]]
    var some: Point? = Point()
    var none: Point?
    var tuples: [[String: [Bool]]] = [["a": [true, false]], ["b": []]]
}

/// Enums of all sorts.
enum Shape: Codable, Equatable {
    case circle(radius: Double)
    case rectangle(Int, Int)
    case labelled(String, inner: [Int])
    case nothing
}

enum Suit: String, Codable, CaseIterable, CodingKeyRepresentable {
    case hearts, spades
}

enum Level: Int, Codable {
    case low = 1, high = 10
}

struct Enums: Codable, Equatable {
    var shapes: [Shape] = [.circle(radius: 1.5), .rectangle(2, 3), .labelled("12", inner: [1]), .nothing]
    var suit = Suit.spades
    var level = Level.high
    var counts: [Suit: Int] = [.hearts: 1]
    var levels: [Level: String]? = [.low: "l"]
}

/// A class and one above it, with a super encoder.
class Animal: Codable {
    var name = "animal"
    init() {}
}

final class Dog: Animal, Equatable {
    var tricks = ["sit"]
    var age = 3

    enum CodingKeys: CodingKey { case tricks, age, parent }

    override init() { super.init() }

    required init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        tricks = try container.decode([String].self, forKey: .tricks)
        age = try container.decode(Int.self, forKey: .age)
        try super.init(from: container.superDecoder(forKey: .parent))
    }

    override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        // The super encoder is used after other members were written.
        let above = container.superEncoder(forKey: .parent)
        try container.encode(tricks, forKey: .tricks)
        try container.encode(age, forKey: .age)
        try super.encode(to: above)
    }

    static func == (one: Dog, other: Dog) -> Bool {
        one.name == other.name && one.tricks == other.tricks && one.age == other.age
    }
}

/// The same with the default key `super`.
class Base: Codable {
    var id = 5
    init() {}
}

final class Derived: Base, Equatable {
    var list = [1, 2]

    enum CodingKeys: CodingKey { case list }

    override init() { super.init() }

    required init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        list = try container.decode([Int].self, forKey: .list)
        try super.init(from: container.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(list, forKey: .list)
        try super.encode(to: container.superEncoder())
    }

    static func == (one: Derived, other: Derived) -> Bool { one.id == other.id && one.list == other.list }
}

/// A value of one of several types, told apart by hand.
enum Payload: Codable, Equatable {
    case number(Int)
    case text(String)
    case list([Payload])
    case object([String: Payload])
    case nothing

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .nothing
        } else if let number = try? value.decode(Int.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([Payload].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: Payload].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .number(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .list(let list): try value.encode(list)
        case .object(let object): try value.encode(object)
        case .nothing: try value.encodeNil()
        }
    }
}

struct Polymorphic: Codable, Equatable {
    var payload = Payload.object([
        "a": .number(1), "b": .text("x"), "c": .list([.text("y"), .number(2), .nothing]), "d": .object(["e": .nothing]),
    ])

    enum CodingKeys: CodingKey { case payload }
}

/// A member that says of which type the others are.
struct Message: Codable, Equatable {
    enum Body: Equatable {
        case ping(count: Int)
        case note(text: String)
    }

    var body: Body

    enum CodingKeys: String, CodingKey { case type = "kind", count, text }

    init(body: Body) { self.body = body }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(String.self, forKey: .type) {
        case "ping": body = .ping(count: try container.decode(Int.self, forKey: .count))
        case "note": body = .note(text: try container.decode(String.self, forKey: .text))
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .type, in: container, debugDescription: "an unknown kind of message")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch body {
        case .ping(let count):
            try container.encode("ping", forKey: .type)
            try container.encode(count, forKey: .count)
        case .note(let text):
            try container.encode("note", forKey: .type)
            try container.encode(text, forKey: .text)
        }
    }
}

/// Containers that are filled in turns, and elements of several types.
struct Interleaved: Codable, Equatable {
    var xs = [1, 2, 3]
    var ys = ["a", "b", "c"]

    enum CodingKeys: CodingKey { case columns, xs, ys, mixed }

    init() {}

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let columns = try container.nestedContainer(keyedBy: CodingKeys.self, forKey: .columns)
        var first = try columns.nestedUnkeyedContainer(forKey: .xs)
        var second = try columns.nestedUnkeyedContainer(forKey: .ys)
        (xs, ys) = ([], [])
        while !first.isAtEnd {
            xs.append(try first.decode(Int.self))
            ys.append(try second.decode(String.self))
        }
        var mixed = try container.nestedUnkeyedContainer(forKey: .mixed)
        _ = try mixed.decode(Int.self)
        _ = try mixed.decode(String.self)
        guard try mixed.decodeNil(), mixed.currentIndex == 3 else {
            throw DecodingError.dataCorruptedError(in: mixed, debugDescription: "no null")
        }
        var inner = try mixed.nestedUnkeyedContainer()
        _ = try inner.decode(Bool.self)
        _ = try mixed.nestedContainer(keyedBy: CodingKeys.self).decode(Int.self, forKey: .xs)
        guard mixed.isAtEnd else { throw DecodingError.dataCorruptedError(in: mixed, debugDescription: "more") }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        var mixed = container.nestedUnkeyedContainer(forKey: .mixed)
        var columns = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .columns)
        var first = columns.nestedUnkeyedContainer(forKey: .xs)
        var second = columns.nestedUnkeyedContainer(forKey: .ys)
        try mixed.encode(1)
        for (x, y) in zip(xs, ys) {
            try first.encode(x)
            try second.encode(y)
        }
        try mixed.encode("two")
        try mixed.encodeNil()
        var inner = mixed.nestedUnkeyedContainer()
        var object = mixed.nestedContainer(keyedBy: CodingKeys.self)
        try inner.encode(true)
        try object.encode(4, forKey: .xs)
    }
}

/// Types of Foundation.
struct FoundationTypes: Codable, Equatable {
    var date = Date(timeIntervalSinceReferenceDate: 785_750_400.25)
    var data = Data([0, 1, 254, 255])
    var url = URL(string: "https://example.com/a?b=c%20d#e")
    var uuid = UUID(uuidString: "E621E1F8-C36C-495A-93FC-0C247A3E6E5F")
    var decimal = Decimal(string: "12345678901234567890.123456789012345678") ?? 0
    var decimals: [Decimal] = [0, 1, -0.5]
    var dates: [String: Date] = ["a": Date(timeIntervalSinceReferenceDate: 0)]
}

/// The largest integers.
struct LargeIntegers: Codable, Equatable {
    var most = Int128.max
    var least = Int128.min
    var unsigned = UInt128.max
    var list: [Int128] = [0, -1, .max]
    var some: UInt128? = 1
}
