import Testing

@testable import ResourceFormats

/// Member names to fields: by their bytes, in their object, and nothing else.
@Suite struct KeyTableTests {
    private static func find(_ name: String, _ table: KeyTable, in scope: FieldID = .record) -> FieldID {
        let bytes = Array("xx\(name)yyyyyyyyyyyyyyyyyyyyyyyy".utf8)
        return table.find(ByteView(bytes.span), from: 2, count: name.utf8.count, in: scope)
    }

    /// Names of every length around those that two words hold, which differ in one byte only.
    @Test func tellsNamesApart() {
        var names = [""]
        for length in 1...40 {
            for place in Set([0, length / 2, length - 1]).sorted() {
                var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                bytes[place] = UInt8(ascii: "b")
                names.append(String(decoding: bytes, as: UTF8.self))
            }
            names.append(String(repeating: "a", count: length))
        }
        names = Array(Set(names))
        let table = KeyTable(
            names.enumerated().map { ($1, FieldID.record, FieldID(rawValue: UInt16($0))) })
        for (index, name) in names.enumerated() {
            #expect(Self.find(name, table) == FieldID(rawValue: UInt16(index)))
            #expect(Self.find(name + "\0", table) == .unknown)
            #expect(Self.find(name.uppercased(), table) == (name.isEmpty ? FieldID(rawValue: UInt16(index)) : .unknown))
        }
    }

    @Test func knowsWhichObjectANameStandsIn() {
        let scopes = (0..<200).map { FieldID(rawValue: UInt16($0)) }
        let table = KeyTable(scopes.map { ("name", $0, FieldID(rawValue: 1000 + $0.rawValue)) })
        for scope in scopes { #expect(Self.find("name", table, in: scope) == FieldID(rawValue: 1000 + scope.rawValue)) }
        #expect(Self.find("name", table, in: FieldID(rawValue: 200)) == .unknown)
    }

    /// `é` as one code point and as two are two names.
    @Test func comparesByBytes() {
        let table = KeyTable([("\u{E9}", .record, FieldID(rawValue: 1)), ("e\u{301}", .record, FieldID(rawValue: 2))])
        #expect(Self.find("\u{E9}", table) == FieldID(rawValue: 1))
        #expect(Self.find("e\u{301}", table) == FieldID(rawValue: 2))
        #expect(Self.find("e", table) == .unknown)
    }

    @Test func hasNothingWithoutNames() {
        #expect(Self.find("a", KeyTable([])) == .unknown)
        #expect(Self.find("", KeyTable([])) == .unknown)
    }

    /// More slots than the hash has values: names share them, in one object and in many.
    @Test func findsEveryNameWhereManyCollide() {
        let count = 20_000
        let scopes = (0..<4).map { FieldID(rawValue: $0) }
        let table = KeyTable(
            (0..<count).map { ("k\($0)", scopes[$0 % 4], FieldID(rawValue: UInt16($0))) })
        let found = (0..<count).filter {
            Self.find("k\($0)", table, in: scopes[$0 % 4]) == FieldID(rawValue: UInt16($0))
        }
        #expect(found.count == count)
        #expect((0..<count).allSatisfy { Self.find("k\($0)", table, in: scopes[($0 + 1) % 4]) == .unknown })
        #expect((count..<2 * count).allSatisfy { Self.find("k\($0)", table, in: scopes[$0 % 4]) == .unknown })
    }

    /// A table of one name, of as many as its first capacity has room for, and of one more.
    @Test(arguments: [1, 16, 17, 64, 65]) func growsWithItsNames(count: Int) {
        let table = KeyTable((0..<count).map { ("n\($0)", .record, FieldID(rawValue: UInt16($0))) })
        for index in 0..<count { #expect(Self.find("n\(index)", table) == FieldID(rawValue: UInt16(index))) }
        #expect(Self.find("n\(count)", table) == .unknown)
    }

    /// A name is looked up at the end of the bytes too, where no more can be read.
    @Test func readsNothingPastTheName() {
        for length in 1...20 {
            let name = String(repeating: "n", count: length)
            let table = KeyTable([(name, .record, FieldID(rawValue: 3))])
            let bytes = Array(name.utf8)
            #expect(table.find(ByteView(bytes.span), from: 0, count: length, in: .record) == FieldID(rawValue: 3))
            #expect(table.find(ByteView(bytes.span), from: 1, count: length - 1, in: .record) == .unknown)
        }
    }
}
