/// The value of a scalar without quotes, by the core schema of YAML 1.2 (section 10.3.2).
enum YAMLScalar: Equatable {
    case null
    case bool(Bool)
    /// As JSON has it: the same digits, or the same number if they are not a number in JSON.
    case number([UInt8])
    case string
    /// A number that cannot be passed on as it is, and why.
    case refused(String)

    private static let words: [[UInt8]: YAMLScalar] = [
        Array("".utf8): .null, Array("~".utf8): .null, Array("null".utf8): .null, Array("Null".utf8): .null,
        Array("NULL".utf8): .null, Array("true".utf8): .bool(true), Array("True".utf8): .bool(true),
        Array("TRUE".utf8): .bool(true), Array("false".utf8): .bool(false), Array("False".utf8): .bool(false),
        Array("FALSE".utf8): .bool(false),
    ]

    private static let notFinite: Set<[UInt8]> = Set(
        ["inf", "Inf", "INF"].flatMap { word in ["", "+", "-"].map { Array("\($0).\(word)".utf8) } }
            + [".nan", ".NaN", ".NAN"].map { Array($0.utf8) })

    /// The value of a text that stood without quotes.
    init(_ text: [UInt8]) {
        if text.count <= 5, let word = Self.words[text] {
            self = word
            return
        }
        switch text[0] {
        case 0x2B, 0x2D, 0x2E, 0x30...0x39: self = Self.resolveNumber(text)
        default: self = .string
        }
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, or one of the other notations.
    private static func resolveNumber(_ text: [UInt8]) -> YAMLScalar {
        if notFinite.contains(text) { return .refused("JSON has no such number") }
        if text.count > 2, text[0] == 0x30, text[1] == 0x78 || text[1] == 0x6F {
            let isOctal = text[1] == 0x6F
            let isNumber = text[2...].allSatisfy { isOctal ? (0x30...0x37).contains($0) : isHexadecimal($0) }
            return isNumber ? .refused("JSON has decimal numbers only") : .string
        }
        var index = text[0] == 0x2B || text[0] == 0x2D ? 1 : 0
        let whole = digits(text, &index)
        var fraction: ArraySlice<UInt8>?
        if index < text.count, text[index] == 0x2E {
            index += 1
            fraction = digits(text, &index)
        }
        guard !whole.isEmpty || fraction?.isEmpty == false else { return .string }
        let exponent = text[index...]
        if index < text.count {
            guard text[index] | 0x20 == 0x65 else { return .string }
            index += 1
            if index < text.count, text[index] == 0x2B || text[index] == 0x2D { index += 1 }
            guard !digits(text, &index).isEmpty, index == text.count else { return .string }
        }
        if whole.count > 1, whole.first == 0x30 { return .refused("YAML 1.1 reads leading zeros in another way") }
        var number: [UInt8] = text[0] == 0x2D ? [0x2D] : []
        number += whole.isEmpty ? [0x30] : whole
        if let fraction { number += [0x2E] + (fraction.isEmpty ? [0x30] : fraction) }
        return .number(number + exponent)
    }

    private static func digits(_ text: [UInt8], _ index: inout Int) -> ArraySlice<UInt8> {
        let start = index
        while index < text.count, (0x30...0x39).contains(text[index]) { index += 1 }
        return text[start..<index]
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
}
