import ResourceFormats

/// Counts the different values at one place, as long as they are few.
struct ValueTally {
    /// One value and how often it came.
    struct Value {
        let kind: TapeNode.Kind
        /// The text of a string or the digits of a number; of a long text only the beginning.
        let text: [UInt8]
        fileprivate(set) var count: Int
        /// Whether the text is only the beginning of the value.
        let isCut: Bool
    }

    /// The values in the order in which they were first seen; if there are more, the first of them.
    private(set) var values: [Value] = []
    /// Whether there are more different values than the tally tells apart.
    private(set) var hasMore = false

    /// The largest number of different values that are told apart.
    static let most = 8
    /// The largest number of bytes by which values are told apart.
    static let longest = 64

    /// Counts a scalar; objects, arrays and `null` are not values here.
    mutating func add(_ value: RecordView) {
        if hasMore { return }
        switch value.kind {
        case .string, .number: add(value.kind, value.text)
        case .bool:
            let word = (try? value.bool()) == true ? Self.words.isTrue : Self.words.isFalse
            add(.bool, word.span)
        case .object, .array, .null, .key: break
        }
    }

    private mutating func add(_ kind: TapeNode.Kind, _ text: Span<UInt8>) {
        let length = min(text.count, Self.longest)
        for index in values.indices where values[index].kind == kind {
            if values[index].isCut || values[index].text.count != length { continue }
            if Self.isEqual(values[index].text, text) {
                values[index].count += 1
                return
            }
        }
        if values.count == Self.most {
            hasMore = true
            return
        }
        var bytes: [UInt8] = []
        for index in 0..<length { bytes.append(text[index]) }
        // Not in the middle of a character.
        if length < text.count { while let last = bytes.popLast(), last & 0xC0 == 0x80 {} }
        values.append(Value(kind: kind, text: bytes, count: 1, isCut: length < text.count))
    }

    /// The values, most frequent first; values as frequent as others keep their order.
    var byCount: [Value] {
        values.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
    }

    private static let words: (isTrue: [UInt8], isFalse: [UInt8]) = (Array("true".utf8), Array("false".utf8))

    private static func isEqual(_ one: [UInt8], _ other: Span<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        for index in one.indices where one[index] != other[index] { return false }
        return true
    }
}
