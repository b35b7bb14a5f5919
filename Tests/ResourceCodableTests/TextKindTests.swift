import Foundation
import ResourceCodable
import ResourceFormats
import Testing

/// In XML and CSV the type that is asked for decides what a text means; in JSON the document does.
@Suite struct TextKindTests {
    struct Cell<Value: Decodable>: Decodable {
        var x: Value
    }

    private func xml<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try Format.xml.decode(Cell<Value>.self, from: Array("<record><x>\(text)</x></record>".utf8)).x
    }

    private func csv<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try Format.csv.decode(Cell<Value>.self, from: Array("x,y\r\n\(text),1\r\n".utf8)).x
    }

    private func json<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try Format.json.decode(Cell<Value>.self, from: Array("{\"x\":\(text)}".utf8)).x
    }

    @Test(arguments: ["12345", "007", "1.0", "1e3", "-0", "true", "abc", "10000000000000000999", "0x10"])
    func anyTextIsAString(_ text: String) throws {
        #expect(try xml(String.self, text) == text)
        #expect(try csv(String.self, text) == text)
    }

    @Test(arguments: ["TRUE", "FALSE", "\"TRUE\"", "true"])
    func booleansAreStringsAsTheyStand(_ text: String) throws {
        #expect(try csv(String.self, text) == text.filter { $0 != "\"" })
    }

    @Test(arguments: [
        ("12345", 12345), ("007", 7), ("+5", 5), ("-0", 0), ("1.0", 1), ("1e3", 1000), ("-12", -12), ("  7 ", 7),
        ("0", 0),
        ("-9223372036854775808", Int.min), ("9223372036854775807", Int.max),
    ])
    func numbersAreIntegers(_ text: String, _ value: Int) throws {
        #expect(try xml(Int.self, text) == value)
        #expect(try csv(Int.self, text) == value)
        #expect(try csv(Int.self, "\\s:\(text)") == value)
    }

    @Test(arguments: [
        ("1.5", 1.5), (".5", 0.5), ("5.", 5), ("-.5", -0.5), ("00.25", 0.25), ("1e-3", 0.001), ("12", 12),
    ])
    func numbersAreDoubles(_ text: String, _ value: Double) throws {
        #expect(try xml(Double.self, text) == value)
        #expect(try csv(Double.self, text) == value)
        #expect(try xml(Float.self, text) == Float(value))
    }

    @Test(arguments: ["", "abc", "1.5", "1 2", "0x10", "--1", "1e", ".", "+", "true", "1.5.2", "9223372036854775808"])
    func otherTextsAreNotIntegers(_ text: String) {
        #expect(throws: DecodingError.self) { try xml(Int.self, text) }
        #expect(throws: DecodingError.self) { try csv(Int.self, text) }
    }

    @Test(arguments: [("true", true), ("FALSE", false), ("True", true), (" false ", false)])
    func wordsAreBooleans(_ text: String, _ value: Bool) throws {
        #expect(try xml(Bool.self, text) == value)
        #expect(try csv(Bool.self, text) == value)
    }

    @Test func allDigitsStay() throws {
        let digits = "1234567890123456789012345678901234567.5"
        #expect(try xml(Decimal.self, digits) == Decimal(string: digits))
        #expect(try csv(Decimal.self, "\(digits)") == Decimal(string: digits))
        #expect(try csv(UInt128.self, "340282366920938463463374607431768211455") == UInt128.max)
        #expect(try xml(Int128.self, "-170141183460469231731687303715884105728") == Int128.min)
        #expect(try json(Int128.self, "1e30") == 1_000_000_000_000_000_000_000_000_000_000)
    }

    @Test func anEmptyElementIsAnEmptyContainer() throws {
        #expect(try xml([Int].self, "") == [])
        #expect(try xml([String: Int].self, "") == [:])
        #expect(try xml(String.self, "") == "")
    }

    @Test func anEmptyCellIsNothing() throws {
        struct Optionals: Decodable {
            var x: Int?
            var z: String?
        }
        for text in ["", "null", "\"\""] {
            let row = try Format.csv.decode(Optionals.self, from: Array("x,y\n\(text),1\n".utf8))
            #expect(row.x == nil && row.z == nil)
        }
        #expect(try csv(Int?.self, "null") == nil)
        #expect(try csv(String.self, "\"\"") == "")
        #expect(throws: DecodingError.self) { try csv(String.self, "") }
        struct Row: Decodable, Equatable {
            var a: Int?
            var b: Bool?
            var c: Double?
            var d: String?
        }
        let quoted = Array("a,b,c,d\r\n\"\",\"\",\"\",\"\"\r\n\"1\",\"true\",\"2.5\",\"3\"\r\n".utf8)
        #expect(
            try Format.csv.decode([Row].self, from: quoted) == [
                Row(d: ""), Row(a: 1, b: true, c: 2.5, d: "3"),
            ])
    }

    /// In JSON a value of another kind is refused, as Foundation refuses it.
    @Test(arguments: [
        "12", "1.0", "1.5", "\"12\"", "true", "null", "[]", "{}", "\"\"", "1e3", "-1", "256", "1e400", "\"a\"",
    ])
    func jsonIsStrict(_ text: String) throws {
        func agree<Value: Decodable & Equatable>(_ type: Value.Type) {
            let theirs = try? JSONDecoder().decode(Cell<Value>.self, from: Data("{\"x\":\(text)}".utf8)).x
            let ours = try? json(type, text)
            #expect(ours == theirs, "\(type)")
        }
        agree(Int.self)
        agree(UInt8.self)
        agree(UInt.self)
        agree(Double.self)
        agree(Float.self)
        agree(String.self)
        agree(Bool.self)
        agree([Int].self)
        agree([String: Int].self)
        agree(Int?.self)
        agree(String?.self)
        agree(Decimal.self)
    }

    @Test func doublesComeBackExactly() throws {
        var generator = SystemRandomNumberGenerator()
        var values: [Double] = [
            0, -0.0, 1e22, 1e23, 9_007_199_254_740_992, 4.35, 0.1 + 0.2, .leastNonzeroMagnitude,
            2.2250738585072014e-308, .pi, 1e-5, 1e16,
            123456789012345680, 1.7976931348623157e308,
        ]
        for _ in 0..<5_000 {
            let value = Double(bitPattern: generator.next())
            if value.isFinite { values.append(value) }
            values.append(Double(Int.random(in: -1_000_000...1_000_000)) / 1000)
        }
        let back = try Format.json.decode(Cell<[Double]>.self, from: try Format.json.encode(["x": values])).x
        #expect(back.map(\.bitPattern) == values.map(\.bitPattern))
        let floats = values.map { Float($0) }.filter(\.isFinite)
        let floatsBack = try Format.json.decode(Cell<[Float]>.self, from: try Format.json.encode(["x": floats])).x
        #expect(floatsBack.map(\.bitPattern) == floats.map(\.bitPattern))
        for text in ["123456789012345678", "0.000001", "1234567.125e-3", "9007199254740993", "1e22", "1e23", "3e-22"] {
            #expect(try json(Double.self, text) == Double(text))
            #expect(try json(Float.self, text) == Float(text))
        }
    }
}
