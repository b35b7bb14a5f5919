import Foundation
import ResourceCodable
import ResourceFormats
import Testing

/// Foundation's coder for JSON says what a type means.
@Suite struct RefereeTests {
    private static let formats: [Format] = [
        .json, .jsonLines, .hal, .xml, .csv, .csv(CSVOptions(isForSpreadsheets: true)), .csv(CSVOptions(arrays: .json)),
    ]

    /// A value through each format as an item and in a list, and to and from Foundation's JSON.
    private func check<Value: Codable & Equatable>(
        _ value: Value, formats: [Format] = Self.formats, _ location: SourceLocation = #_sourceLocation
    ) throws {
        let ours = try Format.json.encode(value)
        #expect(try JSONDecoder().decode(Value.self, from: Data(ours)) == value, sourceLocation: location)
        let theirs = [UInt8](try JSONEncoder().encode(value))
        #expect(try Format.json.decode(Value.self, from: theirs) == value, sourceLocation: location)
        let both = try [ours, theirs].map { try JSONSerialization.jsonObject(with: Data($0)) as? NSDictionary }
        #expect(both[0] == both[1], sourceLocation: location)
        for format in formats {
            let item = try format.encode(value)
            #expect(try format.decode(Value.self, from: item) == value, "\(format)", sourceLocation: location)
            let list = try format.encode([value, value])
            #expect(
                try format.decode([Value].self, from: list) == [value, value], "\(format)", sourceLocation: location)
        }
    }

    @Test func simpleTypes() throws { try check(Scalars()) }
    @Test func textsThatLookLikeOtherKinds() throws { try check(Texts()) }
    @Test func oddNames() throws { try check(Names()) }
    @Test func containersInContainers() throws { try check(Nested()) }
    @Test func enumsWithAndWithoutValues() throws { try check(Enums()) }
    @Test func superEncoders() throws {
        try check(Dog())
        try check(Derived())
    }
    @Test func polymorphismByHand() throws {
        try check(Polymorphic(), formats: [.json, .jsonLines, .hal, .xml, .csv])
        try check(Message(body: .ping(count: 3)))
        try check(Message(body: .note(text: "5")))
    }
    @Test func containersThatAreFilledInTurns() throws { try check(Interleaved()) }
    @Test func typesOfFoundation() throws { try check(FoundationTypes()) }
    @Test func dictionaries() throws {
        try check(["a": 1, "b": 2])
        try check(["a": ["b": ["c": "d"]]])
        try check([1: "one", 2: "two"])
    }

    @Test func integersOf128Bits() throws {
        let value = LargeIntegers()
        for format in Self.formats {
            #expect(try format.decode(LargeIntegers.self, from: try format.encode(value)) == value, "\(format)")
        }
        #expect(
            String(decoding: try Format.json.encode(["a": Int128.min]), as: UTF8.self)
                == "{\"a\":-170141183460469231731687303715884105728}\n")
    }

    @Test func theLastValueOfAKeyCounts() throws {
        struct Twice: Encodable {
            enum CodingKeys: CodingKey { case a, b, c }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(1, forKey: .a)
                try container.encode("x", forKey: .b)
                try container.encode([1], forKey: .a)
                var one = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .c)
                try one.encode(1, forKey: .a)
                try one.encode(2, forKey: .b)
                var other = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .c)
                try other.encode(3, forKey: .b)
                var again = encoder.container(keyedBy: CodingKeys.self)
                try again.encode("y", forKey: .b)
            }
        }
        let ours = try JSONSerialization.jsonObject(with: Data(try Format.json.encode(Twice()))) as? NSDictionary
        let theirs = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(Twice())) as? NSDictionary
        #expect(ours == theirs)
        #expect(ours == ["a": [1], "b": "y", "c": ["a": 1, "b": 3]])
    }

    @Test func aMemberThatFailsLeavesNothing() throws {
        struct Failing: Encodable {
            enum CodingKeys: CodingKey { case a, b, c }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try? container.encode(Double.nan, forKey: .a)
                try? container.encode([1, .infinity], forKey: .b)
                var list = container.nestedUnkeyedContainer(forKey: .c)
                try? list.encode([Double.nan])
                try list.encode(1)
                #expect(list.count == 1)
            }
        }
        #expect(String(decoding: try Format.json.encode(Failing()), as: UTF8.self) == "{\"c\":[1]}\n")
    }

    /// Keeps the first container of each direction.
    final class Keeper: Codable {
        final class Kept: @unchecked Sendable {
            var encoding: KeyedEncodingContainer<CodingKeys>?
            var decoding: KeyedDecodingContainer<CodingKeys>?
        }

        enum CodingKeys: CodingKey { case a, b }

        let a: Int

        init(_ a: Int) { self.a = a }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let kept = decoder.userInfo.first?.value as? Kept
            if kept?.decoding == nil { kept?.decoding = container }
            a = try container.decode(Int.self, forKey: .a)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(a, forKey: .a)
            let kept = encoder.userInfo.first?.value as? Kept
            if kept?.encoding == nil { kept?.encoding = container }
            try kept?.encoding?.encode("late", forKey: .b)
        }
    }

    @Test func anEncoderOrDecoderThatIsKeptDoesNoHarm() throws {
        let kept = Keeper.Kept()
        var options = CodableOptions()
        options.userInfo[try #require(CodingUserInfoKey(rawValue: "kept"))] = kept
        let bytes = try Format.json.encode([Keeper(1), Keeper(2), Keeper(3)], options: options)
        #expect(String(decoding: bytes, as: UTF8.self) == "[{\"a\":1,\"b\":\"late\"},{\"a\":2},{\"a\":3}]\n")
        let values = try Format.json.decode([Keeper].self, from: bytes, options: options)
        #expect(values.map(\.a) == [1, 2, 3])
        #expect(try kept.decoding?.decode(Int.self, forKey: .a) == 1)
    }
}
