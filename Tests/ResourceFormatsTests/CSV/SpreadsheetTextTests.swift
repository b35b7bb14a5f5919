import Foundation
import ResourceFormatsTesting
import TestSupport
import Testing

@testable import ResourceFormats

/// What spreadsheet programs set to one of eight languages take for something else than a text.
@Suite struct SpreadsheetTextTests {
    private static func isTagged(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return SpreadsheetText.needsTag(ByteView(bytes.span))
    }

    private static func survives(number: String) -> Bool {
        let bytes = Array(number.utf8)
        return SpreadsheetText.survives(number: ByteView(bytes.span))
    }

    @Test(arguments: [
        "", "=x", "+x", "-x", "@x", "\u{FF1D}x", "\u{FF0B}x", "\u{FF0D}x", "\u{FF20}x", "\tx", "\nx",
        "true", "False", "WAHR", "falsch", "vrai", "Faux", "verdadero", "FALSO", "vero", "Verdadeiro", "waar", "onwaar",
        "prawda", "FAŁSZ", " true", "true\u{A0}", "\u{2003}wahr\u{202F}", "\u{3000}vrai\u{2029}\n",
        "0", "007", "1.5", "1,5", "1'000", "1’000", "1 000", "1\u{A0}000", "1\u{202F}000", "\u{2007}1", "1\n2",
        "1\u{85}",
        "#1", "1*2", "1^2", "~1", "1|2", "`1", "<1>", "1=1", "1_0", "\\1", "\"1\"", "\u{201E}1\u{201C}", "1\u{2013}2",
        "$5", "5 €", "£5", "¥5", "₹5", "₿5", "﷼5", "5%", "5‰", "(5)", "{5}", "[5]", "1/2", "5!", "5?", "1;2", "1&2",
        "2024-01-02T03:04:05Z", "2024-01-02 03:04", "3 mars 2024", "3. März 2024", "3. MÄRZ 2024", "1er août", "2nd",
        "5 de enero de 2024", "Mié 3", "wt. 5", "środa, 1 września", "ŚRODA 1", "piątek 13", "sábado 1",
        "segunda-feira 2",
        "12 am", "3PM", "1st", "jan1", "1jan2", "1T2", "1e5", "E5", "1Z", "1 e 2", "zo 3 mei",
    ])
    func tags(text: String) {
        #expect(Self.isTagged(text))
    }

    @Test(arguments: [
        "a", "March", "truth", "true false", "true.", ".true", "untrue", "1true", "true 1", "t\u{301}rue", "wahr1",
        "x=1", "1a", "1 a", "a1", "v1.2", "1 apples", "0x1F", "1d", "12k", "1e5f", "janx 1", "1 janjan", "1 déc\u{301}",
        "1 de\u{301}c", "1 c", "5°", "5 ©", "1→2", "1\u{200B}", "\u{FEFF}1", "1\u{301}", "1²", "½", "٣", "１", "1 ٣",
        "1１",
        "1º", "1ª", "模型", "1年", ".", "/", "$", "€", "%", " ", "\u{A0}", "\u{A0}x", "\u{1F600}1",
        "poniedziałekponiedziałek 1", "1 \u{130}l",
    ])
    func leaves(text: String) {
        #expect(!Self.isTagged(text))
    }

    /// Kelvin's sign is a letter whose lower case is k.
    @Test func comparesInLowerCase() {
        #expect(Self.isTagged("1 \u{212A}wiecień"))
        #expect(Self.isTagged("1 KWIECIEŃ"))
        #expect(!Self.isTagged("1 KWIECIEN\u{301}"))
    }

    @Test(arguments: ["0", "7", "-7", "10", "123456789012345", "-123456789012345"])
    func numberSurvives(number: String) {
        #expect(Self.survives(number: number))
    }

    @Test(arguments: ["-0", "0.5", "1.0", "1e3", "1E3", "1e-3", "1234567890123456", "-1234567890123456", "7.50"])
    func numberDoesNotSurvive(number: String) {
        #expect(!Self.survives(number: number))
    }

    private static let file = ConformanceData.root.deletingLastPathComponent().appending(path: "spreadsheet-words.txt")
    private static let isThere = FileManager.default.fileExists(atPath: file.path)

    /// The contract's list has two parts, each below a line that begins with `#`: for booleans, and of dates.
    @Test(.enabled(if: isThere, "the public list of words is not there: put it at ../shared/spreadsheet-words.txt"))
    func knowsTheWordsOfTheContract() throws {
        let lines = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n")
        let parts = lines.split { $0.hasPrefix("#") }.map { part in part.map { PackedWord($0.utf8) } }
        #expect(parts.map(\.count) == [14, 249])
        let (affirmative, negative) = (SpreadsheetWords.affirmative, SpreadsheetWords.negative)
        #expect(affirmative.count + negative.count == 14)
        #expect(parts.first?.allSatisfy { affirmative.contains($0) != negative.contains($0) } == true)
        #expect(SpreadsheetWords.date.count == 249)
        #expect(parts.last?.allSatisfy(SpreadsheetWords.date.contains) == true)
    }

    /// In a known column of booleans only: elsewhere these are texts.
    @Test(arguments: [
        ("WAHR", "true"), ("FALSCH", "false"), ("Vrai", "true"), ("FAŁSZ", "false"), ("verdadeiro", "true"),
        ("falso", "false"), ("TRUE", "true"), ("fAlSe", "false"),
    ])
    func readsBooleansOfOtherLanguages(word: String, value: String) {
        #expect(convert("isDefault\r\n\(word)\r\n", from: .csv) == "[{\"isDefault\":\(value)}]\n")
        #expect(convert("name\r\n\(word)\r\n", from: .csv) == "[{\"name\":\"\(word)\"}]\n")
    }

    @Test(arguments: ["ja", "1", "wahr.", " WAHR", "wahr falsch", "wahrx"])
    func refusesWhatIsNoBoolean(word: String) {
        let error = run("isDefault\r\n\(word)\r\n", from: .csv).error
        #expect(
            error?.description.contains("found \"\(word)\", expected true or false in column \"isDefault\"") == true)
    }
}
