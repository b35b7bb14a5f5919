import Foundation
import ResourceCodable
import ResourceFormats
import Testing

/// Errors say which value of the type, and where in the document.
@Suite struct CodingErrorTests {
    struct Line: Codable {
        var article: String
        var count: Int
    }

    struct Invoice: Codable {
        var number: Int
        var lines: [Line]
    }

    private func error<Value: Decodable>(
        _ format: Format, _ type: Value.Type, _ text: String, _ options: CodableOptions = CodableOptions()
    ) -> DecodingError? {
        do {
            _ = try format.decode(type, from: Array(text.utf8), options: options)
        } catch {
            return error as? DecodingError
        }
        return nil
    }

    private func path(_ error: DecodingError?) -> [String]? {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context.codingPath.map(\.stringValue)
        default: nil
        }
    }

    private func place(_ error: DecodingError?) -> String? {
        error?.serializationError?.position.map { "\($0.line):\($0.column)" }
    }

    private func sentence(_ error: DecodingError?) -> String? {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context.debugDescription
        default: nil
        }
    }

    @Test func aValueOfAnotherKind() {
        let text = "[{\"number\":1,\"lines\":[]},\n {\"number\":2,\"lines\":[{\"article\":\"a\",\"count\":\"b\"}]}]"
        let error = error(.json, [Invoice].self, text)
        guard case .typeMismatch(let type, _) = error else {
            return #expect(Bool(false), "\(String(describing: error))")
        }
        #expect(ObjectIdentifier(type) == ObjectIdentifier(Int.self))
        #expect(path(error) == ["Index 1", "lines", "Index 0", "count"])
        #expect(error?.serializationError?.path == "$[1].lines[0].count")
        #expect(place(error) == "2:46")
        #expect(sentence(error) == "2:46: found the string \"b\", expected an integer ($[1].lines[0].count)")
    }

    @Test func theSamePathAsFoundation() {
        for text in [
            "{\"number\":1,\"lines\":[{\"article\":\"a\",\"count\":\"b\"}]}",
            "{\"number\":1,\"lines\":[{\"article\":\"a\"}]}",
            "{\"number\":1,\"lines\":[{\"article\":null,\"count\":1}]}", "{\"number\":1,\"lines\":5}",
            "{\"number\":1,\"lines\":[7]}", "{\"number\":[],\"lines\":[]}", "{}",
        ] {
            let ours = error(.json, Invoice.self, text)
            var theirs: DecodingError?
            do { _ = try JSONDecoder().decode(Invoice.self, from: Data(text.utf8)) } catch {
                theirs = error as? DecodingError
            }
            #expect(path(ours) != nil)
            #expect(path(ours) == path(theirs), "\(text)")
            switch (ours, theirs) {
            case (.typeMismatch, .typeMismatch), (.valueNotFound, .valueNotFound), (.keyNotFound, .keyNotFound),
                (.dataCorrupted, .dataCorrupted):
                break
            default: #expect(Bool(false), "\(text): \(String(describing: ours)) \(String(describing: theirs))")
            }
        }
    }

    @Test func aMissingMember() {
        let error = error(.xml, Invoice.self, "<record>\n  <number>1</number>\n</record>")
        guard case .keyNotFound(let key, _) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(key.stringValue == "lines")
        #expect(path(error) == [])
        #expect(sentence(error) == "1:1: found no value, expected the required member \"lines\" ($.lines)")
    }

    @Test func aCellOfAnotherKind() {
        let error = error(.csv, [Line].self, "article,count\r\na,1\r\nb,x\r\n")
        #expect(path(error) == ["Index 1", "count"])
        #expect(sentence(error) == "3:3: found the string \"x\", expected an integer ($[1].count)")
    }

    @Test func anElementOfAnotherKind() {
        let error = error(
            .xml, [Line].self,
            "<records>\n<record><article>a</article><count>1</count></record>\n<record><article>b</article><count>x</count></record></records>"
        )
        #expect(path(error) == ["Index 1", "count"])
        #expect(sentence(error) == "3:36: found the string \"x\", expected an integer ($[1].count)")
    }

    @Test func anErrorThatTheTypeThrows() {
        let error = error(.json, [Message].self, "[{\"kind\":\"ping\",\"count\":1},{\"kind\":\"pong\"}]")
        #expect(path(error) == ["Index 1", "kind"])
        #expect(place(error) == "1:36")
        #expect(sentence(error) == "1:36: an unknown kind of message ($[1].kind)")
    }

    @Test func aNumberThatDoesNotFit() {
        struct Small: Decodable { var x: UInt8 }
        #expect(
            sentence(error(.json, Small.self, "{\"x\":256}"))
                == "1:6: found the number 256, expected an integer that UInt8 has ($.x)")
        #expect(
            sentence(error(.json, Small.self, "{\"x\":-1}"))
                == "1:6: found the number -1, expected an integer that UInt8 has ($.x)")
        struct Real: Decodable { var x: Double }
        #expect(
            sentence(error(.json, Real.self, "{\"x\":1e400}"))
                == "1:6: found the number 1e400, expected a number that Double has ($.x)")
    }

    @Test func aDocumentThatIsNotOne() {
        let error = error(.json, [Line].self, "[{\"article\":}]")
        guard case .dataCorrupted = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(place(error) == "1:13")
    }

    @Test func moreThanOneRecordForAnItem() {
        let rows = "article,count\r\na,1\r\nb,2\r\n"
        #expect(
            sentence(error(.csv, Line.self, rows))
                == "3:1: found more than one record, expected exactly one for an item ($[1])")
        #expect(
            sentence(error(.json, Line.self, "[]")) == "1:3: found no record, expected exactly one for an item")
    }

    @Test func keysOfAnotherStyle() {
        struct User: Decodable {
            struct Name: Decodable { var givenName: String }
            var fullName: Name
        }
        let error = error(
            .json, User.self, "{\"full_name\":{\"given_name\":5}}", CodableOptions(keys: .snakeCase))
        #expect(path(error) == ["fullName", "givenName"])
        #expect(error?.serializationError?.path == "$.full_name.given_name")
    }

    // MARK: Encoding

    private func encodingError(_ body: () throws -> Void) -> EncodingError? {
        do { try body() } catch { return error as? EncodingError }
        return nil
    }

    @Test func aNumberThatIsNotFinite() {
        struct Reading: Encodable { var values: [Double] }
        let error = encodingError { _ = try Format.json.encode([Reading(values: []), Reading(values: [1, .nan])]) }
        guard case .invalidValue(let value, let context) = error else { return #expect(Bool(false)) }
        #expect((value as? Double)?.isNaN == true)
        #expect(context.codingPath.map(\.stringValue) == ["Index 1", "values", "Index 1"])
        #expect(context.debugDescription == "found the number nan, expected a finite number")
    }

    @Test func aRecordThatIsNotAnObject() {
        for error in [
            encodingError { _ = try Format.json.encode([1, 2]) }, encodingError { _ = try Format.json.encode("text") },
            encodingError { _ = try Format.csv.encode(Set([1])) },
        ] {
            guard case .invalidValue(_, let context) = error else { return #expect(Bool(false)) }
            #expect(
                context.debugDescription == "found a value that is not an object, expected an object for each record")
        }
    }

    @Test func nestingTooDeep() {
        struct Tower: Codable {
            var inner: [Tower]
            init(_ height: Int) { inner = height == 0 ? [] : [Tower(height - 1)] }
        }
        let error = encodingError { _ = try Format.json.encode(Tower(100)) }
        #expect(error?.serializationError?.code == .depthLimit)
        var options = CodableOptions()
        options.limits = Limits(depth: 300)
        #expect(throws: Never.self) {
            let bytes = try Format.json.encode(Tower(100), options: options)
            _ = try Format.json.decode(Tower.self, from: bytes, options: options)
        }
    }

    @Test func aFailureLeavesTheOutputAlone() {
        struct Reading: Encodable { var value: Double }
        var output = OutputBuffer()
        output.append(text: "before")
        #expect(throws: EncodingError.self) {
            try Format.json.encode([Reading(value: 1), Reading(value: .infinity)], into: &output)
        }
        #expect(String(decoding: output.array(), as: UTF8.self) == "before")
    }

    @Test func namesThatNoElementCanHave() {
        let options = CodableOptions(recordName: "a b", listName: "c")
        #expect(
            encodingError { _ = try Format.xml.encode(["a": 1], options: options) }?.serializationError?.code
                == .notRepresentable)
        #expect(error(.xml, [String: Int].self, "<a/>", options)?.serializationError?.code == .notRepresentable)
    }

    @Test func twoKindsOfContainerForOneValue() {
        struct Both: Encodable {
            func encode(to encoder: any Encoder) throws {
                _ = encoder.container(keyedBy: Message.CodingKeys.self)
                var list = encoder.unkeyedContainer()
                try list.encode(1)
            }
        }
        #expect(encodingError { _ = try Format.json.encode(["a": Both()]) } != nil)
    }

    @Test func whatAFormatHasNoPlaceFor() {
        let error = encodingError { _ = try Format.hal.encode([["a": 1], ["_links": 1]]) }
        #expect(error?.serializationError?.code == .notRepresentable)
        #expect(error?.serializationError?.path == "$[1]._links")
    }

    // MARK: Paths that types see

    final class Paths: @unchecked Sendable {
        var paths: [[String]] = []
    }

    /// Notes the coding paths that it meets.
    struct Probe: Codable {
        struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init() {}

        init(from decoder: any Decoder) throws {
            let paths = decoder.userInfo.first?.value as? Paths
            let container = try decoder.container(keyedBy: Key.self)
            let inner = try container.nestedContainer(keyedBy: Key.self, forKey: Key(stringValue: "inner"))
            var list = try inner.nestedUnkeyedContainer(forKey: Key(stringValue: "list"))
            _ = try list.decode(Int.self)
            let above = try container.superDecoder()
            let absent = try container.superDecoder(forKey: Key(stringValue: "none"))
            for path in [
                decoder.codingPath, container.codingPath, inner.codingPath, list.codingPath, above.codingPath,
                absent.codingPath,
            ] {
                paths?.paths.append(path.map(\.stringValue))
            }
        }

        func encode(to encoder: any Encoder) throws {
            let paths = encoder.userInfo.first?.value as? Paths
            var container = encoder.container(keyedBy: Key.self)
            var inner = container.nestedContainer(keyedBy: Key.self, forKey: Key(stringValue: "inner"))
            var list = inner.nestedUnkeyedContainer(forKey: Key(stringValue: "list"))
            try list.encode(1)
            let above = container.superEncoder()
            var value = above.singleValueContainer()
            try value.encode(2)
            for path in [
                encoder.codingPath, container.codingPath, inner.codingPath, list.codingPath, above.codingPath,
                value.codingPath,
            ] {
                paths?.paths.append(path.map(\.stringValue))
            }
        }
    }

    @Test func typesSeeThePathsThatFoundationShows() throws {
        let key = try #require(CodingUserInfoKey(rawValue: "paths"))
        let (ours, theirs) = (Paths(), Paths())
        var options = CodableOptions()
        options.userInfo[key] = ours
        let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
        encoder.userInfo[key] = theirs
        decoder.userInfo[key] = theirs
        let value = [["a": ["b": [Probe(), Probe()]]]]
        let bytes = try Format.json.encode(value, options: options)
        _ = try encoder.encode(value)
        #expect(ours.paths == theirs.paths)
        _ = try Format.json.decode([[String: [String: [Probe]]]].self, from: bytes, options: options)
        _ = try decoder.decode([[String: [String: [Probe]]]].self, from: Data(bytes))
        #expect(ours.paths.count == 24)
        #expect(ours.paths == theirs.paths)
    }
}
