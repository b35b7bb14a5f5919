import Foundation
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Valid and invalid sequences of utf8tests, in JSON strings, CSV cells and XML texts.
@Suite(.enabled(if: ConformanceData.has("utf8tests"), "\(ConformanceData.isMissing)"))
struct UTF8Tests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let isValid: Bool
        let bytes: [UInt8]
        var testDescription: String { name }
    }

    /// `NUMBER:valid:BYTES` or `NUMBER:invalid:BYTES`, a line each; the bytes may hold line feeds only in the text file.
    static let cases: [Case] = {
        guard let content = try? ConformanceData.bytes("utf8tests/utf8tests.txt") else { return [] }
        return String(decoding: content, as: UTF8.self).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            guard !line.hasPrefix("#"), parts.count > 2 else { return nil }
            let kind = parts[1].drop { $0 == " " }
            if kind == "valid" { return Case(name: parts[0], isValid: true, bytes: Array(parts[2].utf8)) }
            let digits = parts[2].filter(\.isHexDigit)
            var bytes: [UInt8] = []
            var index = digits.startIndex
            while index < digits.endIndex {
                let end = digits.index(index, offsetBy: 2)
                bytes.append(UInt8(digits[index..<end], radix: 16) ?? 0)
                index = end
            }
            return Case(name: parts[0], isValid: kind == "valid hex", bytes: bytes)
        }
    }()

    @Test func findsTheCases() {
        #expect(Self.cases.count > 100)
        #expect(Set(Self.cases.map(\.isValid)) == [true, false])
        // The standard library is of the same opinion.
        for one in Self.cases { #expect((String(validating: one.bytes, as: UTF8.self) != nil) == one.isValid) }
    }

    /// Where the first sequence that is none begins, told by decoding prefixes.
    private func firstBad(_ bytes: [UInt8]) -> Int {
        (0...bytes.count).last { String(validating: bytes.prefix($0), as: UTF8.self) != nil } ?? 0
    }

    @Test(arguments: cases)
    func decidesInJSONStrings(one: Case) {
        // Control characters have to be escaped in JSON and are not a matter of UTF-8.
        guard one.bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) else { return }
        for prefix in ["", "abcdefghijklmnopqrstuvwxyz", "\u{E9}"] {
            let start = Array("[{\"name\":\"\(prefix)".utf8)
            let outcome = run(start + one.bytes + Array("\"}]".utf8))
            if one.isValid {
                #expect(outcome.output == start + one.bytes + Array("\"}]\n".utf8))
            } else {
                #expect(outcome.code == .invalidEncoding)
                #expect(outcome.position?.byteOffset == start.count + firstBad(one.bytes))
                #expect(outcome.path == "$[0].name")
            }
        }
    }

    @Test(arguments: cases)
    func decidesInCSVCells(one: Case) {
        guard one.bytes.allSatisfy({ ![0x0A, 0x0D, 0x22, 0x2C].contains($0) }) else { return }
        for prefix in ["name,x\r\n1,a", "name,x\r\n1,\"abcdefghijklmnopqrstuvwxyz"] {
            let end = prefix.contains("\"") ? "\"\r\n" : "\r\n"
            let outcome = run(Array(prefix.utf8) + one.bytes + Array(end.utf8), from: .csv)
            if one.isValid {
                #expect(outcome.error == nil)
                let content = String(decoding: one.bytes, as: UTF8.self)
                let text = (prefix.contains("\"") ? "abcdefghijklmnopqrstuvwxyz" : "a") + content
                let record = SlowJSON.object([.init("name", .string("1")), .init("x", .string(ExactText(text)))])
                #expect(outcome.output == SlowJSON.array([record]).bytes + [0x0A])
            } else {
                #expect(outcome.code == .invalidEncoding)
                #expect(outcome.position?.byteOffset == prefix.utf8.count + firstBad(one.bytes))
            }
        }
    }

    @Test(arguments: cases)
    func decidesInXMLTexts(one: Case) {
        // Control characters, U+FFFE and U+FFFF are UTF-8 and yet no part of XML 1.0; markup is not text.
        guard one.bytes.allSatisfy({ ![0x0D, 0x26, 0x3C].contains($0) }) else { return }
        for prefix in ["", "abcdefghijklmnopqrstuvwxyz", "\u{E9}"] {
            let start = Array("<largeLanguageModel><name>\(prefix)".utf8)
            let outcome = run(start + one.bytes + Array("</name></largeLanguageModel>".utf8), from: .xml)
            let text = Array((prefix + String(decoding: one.bytes, as: UTF8.self)).unicodeScalars)
            let firstForbidden = text.first {
                $0 < " " && $0 != "\t" && $0 != "\n" || $0 == "\u{FFFE}" || $0 == "\u{FFFF}"
            }
            if one.isValid, firstForbidden != nil {
                #expect(outcome.code == .unexpectedByte)
            } else if one.isValid {
                let record = SlowJSON.object([.init("name", .string(ExactText(scalars: text)))])
                #expect(outcome.output == record.bytes + [0x0A])
            } else if firstForbidden == nil {
                #expect(outcome.code == .invalidEncoding)
                #expect(outcome.position?.byteOffset == start.count + firstBad(one.bytes))
                #expect(outcome.path == "$.name")
                #expect(outcome.output == [])
            }
        }
    }
}
