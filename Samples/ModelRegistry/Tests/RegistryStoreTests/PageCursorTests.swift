import ResourceFormatsTesting
import Testing

@testable import RegistryStore

@Suite struct PageCursorTests {
    private static func cursors() -> [PageCursor] {
        var random = SeededGenerator(seed: 1)
        let filters: [String?] = [nil, "", "67765f6ab045f6dbbc15f978", "a\u{301}/?&=ü\u{0}"]
        let sequences: [Int64] = [0, 1, 127, 128, 16384, 1 << 40, .max]
        return (0..<500).map { _ in
            PageCursor(
                random.pick([.next, .previous]), of: random.pick(sequences),
                limit: random.pick([1, 25, 200, 1_000_000]), projectId: random.pick(filters),
                referenceId: random.pick(filters))
        }
    }

    @Test func comesBackFromItsText() throws {
        for cursor in Self.cursors() {
            let parsed = try #require(PageCursor(parsing: cursor.text))
            #expect(parsed.direction == cursor.direction)
            #expect(parsed.sequence == cursor.sequence)
            #expect(parsed.limit == cursor.limit)
            #expect(parsed.projectId.map { Array($0.utf8) } == cursor.projectId.map { Array($0.utf8) })
            #expect(parsed.referenceId.map { Array($0.utf8) } == cursor.referenceId.map { Array($0.utf8) })
        }
    }

    @Test func needsNoEscapingInAnAddress() {
        for cursor in Self.cursors() { #expect(cursor.text.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil) }
    }

    @Test func refusesEveryEdit() {
        let alphabet = Array("ABCXYZabcxyz0189-_".utf8)
        for cursor in Self.cursors().prefix(40) {
            let text = Array(cursor.text.utf8)
            for index in text.indices {
                for character in alphabet where character != text[index] {
                    var edited = text
                    edited[index] = character
                    #expect(PageCursor(parsing: String(decoding: edited, as: UTF8.self)) == nil)
                }
                var shorter = text
                shorter.remove(at: index)
                if shorter != text { #expect(PageCursor(parsing: String(decoding: shorter, as: UTF8.self)) == nil) }
            }
            for addition in ["=", "A", "-", " ", "\n", "\u{0}"] {
                #expect(PageCursor(parsing: cursor.text + addition) == nil)
                #expect(PageCursor(parsing: addition + cursor.text) == nil)
            }
        }
    }

    @Test func refusesWhateverElseItIsGiven() {
        var random = SeededGenerator(seed: 2)
        for text in ["", "=", "A", "AA", "AQ", "null", "../../etc/passwd", "\u{1F600}", "%00"] {
            #expect(PageCursor(parsing: text) == nil)
        }
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(PageCursor(parsing: String(decoding: bytes, as: UTF8.self)) == nil)
        }
    }
}

@Suite struct PageQueryTests {
    private let cursor = PageCursor(
        .next, of: 7, limit: 3, projectId: "67765f6ab045f6dbbc15f978", referenceId: nil)

    @Test func goesOnWhereACursorPoints() throws {
        let query = try PageQuery(cursor: cursor)
        #expect(query.limit == 3)
        #expect(query.projectId == cursor.projectId)
        #expect(query.referenceId == nil)
        #expect(try PageQuery(limit: 9, cursor: cursor, projectId: cursor.projectId).limit == 9)
        #expect(try PageQuery().limit == PageQuery.defaultLimit)
    }

    @Test(arguments: [0, -1, 1_000_001, .max, .min])
    func refusesLimits(limit: Int) {
        #expect(throws: PageQuery.Invalid.self) { try PageQuery(limit: limit) }
    }

    @Test func refusesAnotherFilterThanTheCursors() {
        #expect(throws: PageQuery.Invalid.self) { try PageQuery(cursor: cursor, projectId: "x") }
        #expect(throws: PageQuery.Invalid.self) { try PageQuery(cursor: cursor, referenceId: "x") }
    }
}
