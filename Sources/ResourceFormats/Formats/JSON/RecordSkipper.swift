/// Finds the end of a record that the parser refused.
struct RecordSkipper: ~Escapable {
    private let input: ByteView
    private let isComplete: Bool

    @_lifetime(copy input)
    init(_ input: ByteView, isComplete: Bool) {
        self.input = input
        self.isComplete = isComplete
    }

    /// Behind the line feed that ends the line at or after `start` with content; nil if it has not come yet.
    mutating func endOfLine(from start: Int) -> Int? {
        var index = start
        while input.byte(at: index) == 0x0A || input.byte(at: index) == 0x0D { index += 1 }
        while index < input.count, input.byte(at: index) != 0x0A { index += 1 }
        if index < input.count { return index + 1 }
        return isComplete ? index : nil
    }

    /// Behind the array element that begins at `start`, by counting brackets outside of strings.
    mutating func endOfElement(from start: Int, afterElement: Bool) -> Int? {
        var index = start
        var depth = 0
        var isInString = false
        var isPastComma = !afterElement
        while index < input.count {
            let byte = input.byte(at: index)
            if isInString {
                if byte == 0x5C { index += 1 } else if byte == 0x22 { isInString = false }
            } else {
                switch byte {
                case 0x22: isInString = true
                case 0x7B, 0x5B: depth += 1
                case 0x7D, 0x5D:
                    if depth == 0 { return index }
                    depth -= 1
                    if depth == 0 { return index + 1 }
                case 0x2C where depth == 0:
                    if isPastComma { return index }
                    isPastComma = true
                default: break
                }
            }
            index += 1
        }
        return nil
    }
}
