import TestSupport
import Testing

extension ConformanceData {
    private static let table = "negotiation.tsv"

    static let hasNegotiations = has(table)

    /// A line of the table.
    struct Negotiation: CustomTestStringConvertible {
        let line: Int
        /// Nil: no such field.
        let accept: [UInt8]?
        let offers: [String]
        /// Nil: nothing is acceptable.
        let expected: String?

        var testDescription: String { "line \(line)" }
    }

    static func negotiations() throws -> [Negotiation] {
        let lines = try bytes(table).split(separator: UInt8(ascii: "\n"))
        return lines.enumerated().dropFirst().map { number, line in
            let cells = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map(unescaped)
            let texts = cells.map { String(decoding: $0, as: UTF8.self) }
            return Negotiation(
                line: number + 1, accept: texts[0] == "<absent>" ? nil : cells[0],
                offers: texts[1].split(separator: ",").map(String.init),
                expected: texts[2] == "406" ? nil : texts[2])
        }
    }

    private static func unescaped(_ cell: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = cell
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let code = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch code {
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "0"): bytes.append(0)
            case UInt8(ascii: "x"), UInt8(ascii: "u"):
                let digits = rest.prefix(code == UInt8(ascii: "x") ? 2 : 4)
                rest = rest.dropFirst(digits.count)
                let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
                bytes += Array(String(Character(value ?? "\u{FFFD}")).utf8)
            default: bytes.append(code)
            }
        }
        return bytes
    }
}
