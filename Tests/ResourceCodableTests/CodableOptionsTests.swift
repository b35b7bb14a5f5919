import Foundation
import LLMResources
import ResourceCodable
import ResourceFormats
import Testing

@Suite struct CodableOptionsTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    struct Invoice: Codable, Equatable, Hashable {
        var invoiceNumber = 7
        var imageURL = "u"
        var extra = ["someKey": 1]
    }

    @Test func namesOfElements() throws {
        let options = CodableOptions(recordName: "invoice", listName: "invoices")
        let list = try Format.xml.encode([["a": 1]], options: options)
        #expect(
            text(list)
                == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<invoices xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><invoice><a>1</a></invoice></invoices>\n"
        )
        #expect(try Format.xml.decode([[String: Int]].self, from: list, options: options) == [["a": 1]])
        #expect(text(try Format.xml.encode(["a": 1])).contains("<record "))
        #expect(text(try Format.xml.encode([["a": 1]])).contains("<records "))
    }

    @Test func snakeCaseBothWays() throws {
        let options = CodableOptions(keys: .snakeCase)
        let bytes = try Format.json.encode(Invoice(), options: options)
        #expect(text(bytes) == "{\"invoice_number\":7,\"image_url\":\"u\",\"extra\":{\"someKey\":1}}\n")
        #expect(try Format.json.decode(Invoice.self, from: bytes, options: options) == Invoice())
        #expect(
            try Format.json.decode([String: Int].self, from: Array("{\"a_b\":1}".utf8), options: options) == ["a_b": 1])
        #expect(text(try Format.json.encode(["aB": 1], options: options)) == "{\"aB\":1}\n")
    }

    /// A type whose keys are whatever is there.
    struct AnyKeys: Codable, Equatable {
        struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        var members: [String: Int]

        init(_ members: [String: Int]) { self.members = members }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            members = [:]
            for key in container.allKeys { members[key.stringValue] = try container.decode(Int.self, forKey: key) }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            for (name, value) in members { try container.encode(value, forKey: Key(stringValue: name)) }
        }
    }

    @Test(arguments: [
        "a", "aB", "myProperty", "myURLProperty", "imageURL", "URL", "URLImage", "a1B2", "already_snake", "_leading",
        "trailing_",
        "", "A", "ABc", "_", "__aB_", "éCole", "x__y", "some_Mixed_Case",
    ])
    func snakeCaseAsFoundationHasIt(_ name: String) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let options = CodableOptions(keys: .snakeCase)
        let value = AnyKeys([name: 1])
        let theirs = try encoder.encode(value)
        #expect(text(try Format.json.encode(value, options: options)) == String(decoding: theirs, as: UTF8.self) + "\n")
        let plain = try JSONEncoder().encode(value)
        #expect(
            try Format.json.decode(AnyKeys.self, from: [UInt8](plain), options: options)
                == decoder.decode(AnyKeys.self, from: plain))
    }

    @Test func keysOfTheProgramsOwnMaking() throws {
        let options = CodableOptions(
            keys: .custom(toMember: { "m-" + $0 }, toKey: { String($0.dropFirst(2)) }))
        let bytes = try Format.json.encode(AnyKeys(["x": 1]), options: options)
        #expect(text(bytes) == "{\"m-x\":1}\n")
        #expect(try Format.json.decode(AnyKeys.self, from: bytes, options: options) == AnyKeys(["x": 1]))
    }

    @Test func numbersThatAreNotFinite() throws {
        var options = CodableOptions()
        options.nonFinite = .strings(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let bytes = try Format.json.encode(["x": [Double.infinity, -.infinity, .nan, 1]], options: options)
        #expect(text(bytes) == "{\"x\":[\"inf\",\"-inf\",\"nan\",1]}\n")
        for format in [Format.json, .xml, .csv] {
            let bytes = try format.encode(["x": [Float.infinity, -.infinity, .nan, 1]], options: options)
            let back = try format.decode([String: [Float]].self, from: bytes, options: options)
            #expect(back["x"]?.prefix(2) == [.infinity, -.infinity])
            #expect(back["x"]?[2].isNaN == true)
        }
    }

    @Test func datesAndData() throws {
        struct Event: Codable, Equatable {
            var at = Date(timeIntervalSince1970: 1_790_000_000)
            var data = Data([1, 2, 255])
        }
        var options = CodableOptions()
        let encoder = JSONEncoder()
        func agree(_ sample: Event = Event()) throws {
            let ours = try Format.json.encode(sample, options: options)
            encoder.outputFormatting = [.withoutEscapingSlashes]
            let theirs = try encoder.encode(sample)
            #expect(
                try JSONSerialization.jsonObject(with: Data(ours)) as? NSDictionary
                    == JSONSerialization.jsonObject(with: theirs) as? NSDictionary)
            for format in [Format.json, .xml, .csv] {
                let bytes = try format.encode([sample], options: options)
                #expect(try format.decode([Event].self, from: bytes, options: options) == [sample])
            }
        }
        try agree()
        (options.dates, encoder.dateEncodingStrategy) = (.secondsSince1970, .secondsSince1970)
        try agree()
        (options.dates, encoder.dateEncodingStrategy) = (.millisecondsSince1970, .millisecondsSince1970)
        try agree()
        (options.dates, encoder.dateEncodingStrategy) = (.iso8601, .iso8601)
        (options.data, encoder.dataEncodingStrategy) = (.deferredToData, .deferredToData)
        try agree()
        let fraction = Array("{\"at\":\"2026-11-25T08:00:00.5Z\",\"data\":[]}".utf8)
        #expect(
            try Format.json.decode(Event.self, from: fraction, options: options).at
                == Date(timeIntervalSince1970: 1_795_593_600.5))
        options.dates = .custom(
            encode: { date, encoder in
                var value = encoder.singleValueContainer()
                try value.encode("d\(Int(date.timeIntervalSince1970))")
            },
            decode: { decoder in
                let text = try decoder.singleValueContainer().decode(String.self)
                return Date(timeIntervalSince1970: Double(text.dropFirst()) ?? 0)
            })
        let bytes = try Format.csv.encode([Event()], options: options)
        #expect(try Format.csv.decode([Event].self, from: bytes, options: options) == [Event()])
    }

    @Test(arguments: ["{\"at\":\"yesterday\"}", "{\"data\":\"*\"}", "{\"url\":\"\"}", "{\"at\":5}"])
    func textsThatAreNotWhatTheTypeAsksFor(_ json: String) {
        struct Event: Decodable {
            var at: Date?
            var data: Data?
            var url: URL?
        }
        var options = CodableOptions()
        options.dates = .iso8601
        #expect(throws: DecodingError.self) {
            try Format.json.decode(Event.self, from: Array(json.utf8), options: options)
        }
    }

    @Test func userInfoReachesTheTypes() throws {
        struct Asking: Codable {
            init() {}
            init(from decoder: any Decoder) throws {
                #expect(decoder.userInfo[CodingUserInfoKey(rawValue: "k")!] as? Int == 5)
            }
            func encode(to encoder: any Encoder) throws {
                #expect(encoder.userInfo[CodingUserInfoKey(rawValue: "k")!] as? Int == 5)
                _ = encoder.container(keyedBy: AnyKeys.Key.self)
            }
        }
        var options = CodableOptions()
        if let key = CodingUserInfoKey(rawValue: "k") { options.userInfo[key] = 5 }
        let bytes = try Format.json.encode(["a": Asking()], options: options)
        _ = try Format.json.decode([String: Asking].self, from: bytes, options: options)
    }

    // MARK: Documents

    @Test func itemsListsAndPages() throws {
        #expect(text(try Format.json.encode(["a": 1])) == "{\"a\":1}\n")
        #expect(text(try Format.json.encode([["a": 1], ["b": 2]])) == "[{\"a\":1},{\"b\":2}]\n")
        #expect(text(try Format.json.encode(Set([["a": 1]]))) == "[{\"a\":1}]\n")
        #expect(text(try Format.json.encode([Invoice]())) == "[]\n")
        #expect(
            text(try Format.json.encode([["a": 1]], page: PageInfo(total: 3)))
                == "{\"items\":[{\"a\":1}],\"total\":3,\"nextCursor\":null,\"previousCursor\":null}\n")
        let page = Array("{\"items\":[{\"a\":1}],\"total\":3}".utf8)
        #expect(try Format.json.decode([[String: Int]].self, from: page) == [["a": 1]])
        for format in Format.builtIn {
            let set = Set([Invoice(), Invoice(invoiceNumber: 8)])
            #expect(try format.decode(Set<Invoice>.self, from: try format.encode(set)) == set, "\(format)")
            #expect(try format.decode(Set<Invoice>.self, from: try format.encode([Invoice]())) == [], "\(format)")
            #expect(try format.decode([Invoice].self, from: try format.encode(Invoice())) == [Invoice()], "\(format)")
            // HAL's frame of a list is a record like any other where an item is asked for.
            if format == .hal { continue }
            #expect(try format.decode(Invoice.self, from: try format.encode([Invoice()])) == Invoice(), "\(format)")
        }
    }

    /// An item may have a member that would make a page of a document.
    @Test func anItemThatLooksLikeAPage() throws {
        struct Order: Codable, Equatable {
            var items = [["a": 1]]
            var total = 1
        }
        for format in Format.builtIn {
            #expect(try format.decode(Order.self, from: try format.encode(Order())) == Order(), "\(format)")
        }
    }

    @Test func genericCodeSeesListsToo() throws {
        func roundTrip<Value: Codable & Equatable>(_ value: Value, _ format: Format) throws -> Bool {
            try format.decode(Value.self, from: try format.encode(value)) == value
        }
        for format in Format.builtIn {
            #expect(try roundTrip([["a": 1], ["a": 2]], format))
            #expect(try roundTrip([["a": 1]], format))
            #expect(try roundTrip(["a": 1], format))
        }
    }

    @Test func otherSequencesOfBytesAndBuffers() throws {
        let data = Data(try Format.json.encode(Invoice()))
        #expect(try Format.json.decode(Invoice.self, from: data) == Invoice())
        #expect(try Format.json.decode([Invoice].self, from: data) == [Invoice()])
        var output = OutputBuffer()
        try Format.json.encode(Invoice(), into: &output)
        try Format.json.encode([Invoice()], into: &output)
        #expect(output.array() == (try Format.json.encode(Invoice())) + (try Format.json.encode([Invoice()])))
    }

    /// The overloads for resources are chosen for a type that is `Codable` as well.
    @Test func resourcesGoTheirOwnWay() throws {
        let json =
            "{\"name\":\"n\",\"modelType\":\"m\",\"provider\":\"p\",\"connectionId\":\"c\",\"unknownMember\":1}"
        let model = try Format.json.decode(LargeLanguageModel.self, from: Array(json.utf8))
        #expect(text(try Format.xml.encode(model)).contains("<largeLanguageModel "))
        #expect(text(try Format.xml.encode([model])).contains("<largeLanguageModels "))
        // As a member it is a type like any other.
        let nested = [
            "model": try Format.json.decode(LargeLanguageModel.self, from: Array(json.dropLast(19).utf8) + [0x7D])
        ]
        for format in Format.builtIn {
            let bytes = try format.encode(nested)
            #expect(try format.decode([String: LargeLanguageModel].self, from: bytes) == nested, "\(format)")
        }
        // With options it is a type like any other.
        #expect(text(try Format.xml.encode(model, options: CodableOptions())).contains("<record "))
    }
}
