import Foundation
import ResourceCodable
import ResourceFormats
import Testing

/// Documents that nobody has encoded.
@Suite struct HostileDocumentTests {
    private func damage<Value: Codable>(_ value: Value, _ format: Format) throws {
        var generator = SystemRandomNumberGenerator()
        let bytes = try format.encode([value, value])
        for _ in 0..<150 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = damaged.indices.randomElement(using: &generator) ?? 0
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: damaged[index] = UInt8.random(in: 0x20...0x7E, using: &generator)
                case 1: damaged.remove(at: index)
                case 2: damaged.insert(bytes[Int.random(in: 0..<bytes.count, using: &generator)], at: index)
                default: damaged.removeSubrange(index..<min(damaged.count, index + 8))
                }
                if damaged.isEmpty { damaged = bytes }
            }
            do {
                _ = try format.decode([Value].self, from: damaged)
            } catch {
                let place = (error as? DecodingError)?.serializationError?.position
                #expect(place != nil, "\(error): \(String(decoding: damaged, as: UTF8.self))")
            }
        }
    }

    /// Each error of a damaged document has its place.
    @Test(arguments: [Format.json, .jsonLines, .xml, .csv])
    func damagedDocumentsAreErrorsWithAPlace(_ format: Format) throws {
        try damage(Scalars(), format)
        try damage(Nested(), format)
        try damage(Enums(), format)
        try damage(Dog(), format)
        try damage(Polymorphic(), format)
        try damage(Interleaved(), format)
        try damage(FoundationTypes(), format)
    }

    /// Members are found by name in an object of any size, in whatever order they are asked for.
    @Test func manyMembersInAnyOrder() throws {
        struct Sorted: Decodable {
            var sum = 0
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodableOptionsTests.AnyKeys.Key.self)
                for key in container.allKeys.sorted(by: { $0.stringValue > $1.stringValue }) {
                    sum += try container.decode(Int.self, forKey: key)
                    let absent = CodableOptionsTests.AnyKeys.Key(stringValue: key.stringValue + "x")
                    #expect(!container.contains(absent))
                }
            }
        }
        for count in [10, 100, 300, 5_000] {
            let members = Dictionary(uniqueKeysWithValues: (0..<count).map { ("member \($0)", $0) })
            let bytes = try Format.json.encode(["x": members])
            #expect(try Format.json.decode([String: [String: Int]].self, from: bytes)["x"] == members)
            #expect(
                try Format.json.decode([String: Sorted].self, from: bytes)["x"]?.sum == count * (count - 1) / 2)
        }
    }

    /// A type that asks for the count before each element takes no more than linear time.
    @Test func manyElementsThatAreCounted() throws {
        struct Counting: Decodable {
            var sum = 0
            init(from decoder: any Decoder) throws {
                var list = try decoder.unkeyedContainer()
                while list.currentIndex < list.count ?? 0 { sum += try list.decode(Int.self) }
            }
        }
        let text = "{\"x\":[" + Array(repeating: "1", count: 100_000).joined(separator: ",") + "],\"y\":[2,3]}"
        let sums = try Format.json.decode([String: Counting].self, from: Array(text.utf8)).mapValues(\.sum)
        #expect(sums == ["x": 100_000, "y": 5])
    }

    /// Names are compared by their bytes, as the reader compares them.
    @Test func canonicallyEquivalentNamesAreTwo() throws {
        struct Accent: Codable {
            enum CodingKeys: String, CodingKey { case letter = "\u{E9}" }
            var letter: Int
        }
        #expect(throws: DecodingError.self) {
            try Format.json.decode(Accent.self, from: Array("{\"e\u{301}\":1}".utf8))
        }
        let both = Array("{\"e\u{301}\":1,\"\u{E9}\":2}".utf8)
        #expect(try Format.json.decode(Accent.self, from: both).letter == 2)
    }

    /// A record is an object: other types are refused, with a place.
    @Test(arguments: [Format.json, .xml, .csv])
    func recordsAreNotScalars(_ format: Format) throws {
        var iso = CodableOptions()
        iso.dates = .iso8601
        func refuses<Value: Decodable>(_ type: Value.Type) throws {
            for bytes in [try format.encode(["a": 1]), try format.encode([["a": 1], ["a": 2]])] {
                for options in [CodableOptions(), iso] {
                    let error = #expect(throws: DecodingError.self) {
                        try format.decode(type, from: bytes, options: options)
                    }
                    #expect(error?.serializationError?.position != nil, "\(type)")
                }
            }
        }
        try refuses(Int.self)
        try refuses(String.self)
        try refuses(Bool.self)
        try refuses(Double.self)
        try refuses(Int128.self)
        try refuses([Int].self)
        try refuses(Set<String>.self)
        try refuses([[Int]].self)
        try refuses(Date.self)
        try refuses(Data.self)
        try refuses(URL.self)
        try refuses(Decimal.self)
        try refuses(Int?.self)
        try refuses(Suit.self)
    }

    @Test func deepNestingIsRefused() {
        struct Tower: Decodable { var inner: [Tower] }
        let depth = 5_000
        let text = String(repeating: "{\"inner\":[", count: depth) + String(repeating: "]}", count: depth)
        var options = CodableOptions()
        options.limits = Limits(depth: 1_000_000)
        for options in [options, CodableOptions()] {
            var code: SerializationError.Code?
            do {
                _ = try Format.json.decode(Tower.self, from: Array(text.utf8), options: options)
            } catch {
                code = (error as? DecodingError)?.serializationError?.code
            }
            #expect(code == .depthLimit)
        }
    }
}
