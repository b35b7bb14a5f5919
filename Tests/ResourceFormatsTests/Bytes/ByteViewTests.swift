import Testing

@testable import ResourceFormats

/// A borrowed run of bytes, held against what an array says, at every start and length around the vectors' edges.
@Suite struct ByteViewTests {
    private static let bytes = (0..<80).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 1) }

    @Test func readsNothingPastItsEnd() {
        let view = ByteView(Self.bytes.span)
        let read = [79, 80, -1, .max, .min].map { view.byte(at: $0) }
        #expect(read == [Self.bytes[79], 0, 0, 0, 0])
        let slice = view.slice(10, count: 5)
        let sliced = [4, 5].map { slice.byte(at: $0) }
        #expect(sliced == [Self.bytes[14], 0])
    }

    @Test func makesWordsOfFewBytes() {
        let view = ByteView(Self.bytes.span)
        for start in 0..<80 {
            for count in 0...8 {
                let word = view.word(at: start, count: count)
                for index in 0..<8 {
                    let byte = UInt8(truncatingIfNeeded: word >> (UInt64(index) * 8))
                    // Past the end there is nothing to read.
                    let expected = index < count && start + index < 80 ? Self.bytes[start + index] : 0
                    #expect(byte == expected)
                }
            }
        }
    }

    // The checks are made by functions of arrays: a macro cannot take a view that is not a value of its own.

    private static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        ByteView(one.span).isEqual(to: ByteView(other.span))
    }

    private static func hasSameHalves(_ bytes: [UInt8], at other: Int, count: Int) -> Bool {
        ByteView(bytes.span).hasSameBytes(at: 0, and: other, count: count)
    }

    @Test func comparesInEachLength() {
        for length in 0...40 {
            let one = Array(Self.bytes[..<length])
            #expect(Self.areEqual(one, one))
            #expect(Self.hasSameHalves(one + one, at: length, count: length))
            #expect(!Self.areEqual(one, one + [0]))
            for index in 0..<length {
                var other = one
                other[index] ^= 0x80
                #expect(!Self.areEqual(one, other))
                #expect(!Self.hasSameHalves(one + other, at: length, count: length))
                #expect(Self.hasSameHalves(one + other, at: length, count: index))
            }
        }
    }

    private static func begins(_ text: String, with literal: StaticString) -> Bool {
        let bytes = Array(text.utf8)
        return ByteView(bytes.span).starts(with: literal)
    }

    private static func folds(_ text: String, to literal: StaticString) -> Bool {
        let bytes = Array(text.utf8)
        return ByteView(bytes.span).hasFoldedPrefix(literal, at: 0)
    }

    private static func isEqual(_ text: String, to literal: StaticString) -> Bool {
        let bytes = Array(text.utf8)
        return ByteView(bytes.span).isEqual(to: literal)
    }

    @Test func comparesWithLiterals() {
        #expect(Self.begins("Null and more", with: "Null"))
        #expect(!Self.begins("Null", with: "null"))
        #expect(!Self.begins("Nul", with: "Null"))
        #expect(Self.isEqual("Null", to: "Null"))
        #expect(!Self.isEqual("Nulls", to: "Null"))
        #expect(Self.isEqual("", to: ""))
        #expect(Self.folds("NuLL", to: "null"))
        #expect(!Self.folds("Null", to: "nulls"))
        // Only letters have a case: `@` is not the upper case of a grave accent.
        #expect(!Self.folds("@", to: "`"))
        #expect(Self.folds("@[{", to: "@[{"))
        let text = Array("Null and more".utf8)
        let lengths = [
            ByteView(text.span).matchingPrefix(of: "Nullify", at: 0),
            ByteView(text.span).matchingPrefix(of: "moremore", at: 9),
        ]
        #expect(lengths == [4, 4])
    }

    @Test func decodesCodePoints() {
        let scalars: [Unicode.Scalar] = [
            "a", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{FFFD}", "\u{10000}", "\u{10FFFF}",
        ]
        for scalar in scalars {
            let text = Array("x\(scalar)y".utf8)
            let (value, length) = ByteView(text.span).scalar(at: 1)
            #expect(value == scalar.value)
            #expect(length == text.count - 2)
        }
    }

    /// Whole vectors are read where they lie inside: in a storage its slack belongs to that.
    @Test func saysWhereVectorsCanBeRead() {
        for count in [0, 1, 15, 16, 17, 80] {
            let bytes = Array(Self.bytes[..<count])
            let view = ByteView(bytes.span)
            let places = (0...80).filter { view.canLoad16(at: $0) }
            #expect(places == Array(0..<max(0, count - 15)))
            for place in places {
                let vector = view.load16(at: place)
                #expect((0..<16).allSatisfy { vector[$0] == bytes[place + $0] })
                let word = view.load8(at: place)
                #expect(word == view.word(at: place, count: 8))
            }
            var storage = Storage<UInt8>()
            storage.append(view)
            let canReadTheEnd = storage.view.canLoad16(at: count)
            #expect(canReadTheEnd)
        }
    }

    @Test func copiesPartsOut() {
        let view = ByteView(Self.bytes.span)
        for start in [0, 1, 16, 79, 80] {
            for count in [0, 1, 15, 16, 17, 64, 65, 80] where start + count <= 80 {
                let part = view.slice(start, count: count)
                let expected = Array(Self.bytes[start..<(start + count)])
                #expect(part.array() == expected)
                let span = part.span
                let elements = (0..<span.count).map { span[$0] }
                #expect(elements == expected)
                var storage = Storage<UInt8>()
                storage.append(part)
                #expect(storage.view.array() == expected)
            }
        }
        let broken: [UInt8] = [0x61, 0xC3, 0x62]
        #expect(ByteView(broken.span).string() == "a\u{FFFD}b")
        #expect(ByteView([UInt8]().span).string() == "")
    }
}
