/// Steps over JSON without looking at what it says: counts brackets outside of strings.
///
/// It can stop anywhere and go on with the next piece of the input. What it passes over is not checked.
struct JSONSkipper: Sendable {
    /// How many brackets are open; below 0 when more were closed than opened.
    private(set) var depth = 0
    private var isInString = false
    private var isAfterBackslash = false

    /// Behind the value that begins at `start` with a bracket; nil if it does not end in the input.
    mutating func skip(_ input: ByteView, from start: Int) -> Int? {
        var index = start
        return skip(input, &index, downTo: 0) ? index : nil
    }

    /// Goes on until `depth` falls to `floor`, and stops behind that bracket; false at the end of the input.
    mutating func skip(_ input: ByteView, _ index: inout Int, downTo floor: Int) -> Bool {
        if isAfterBackslash, index < input.count {
            index += 1
            isAfterBackslash = false
        }
        while index < input.count {
            if isInString {
                index = input.firstIndex(of: JSONStringStop(), from: index)
                switch input.byte(at: index) {
                case 0x22: isInString = false
                case 0x5C:
                    index &+= 1
                    if index >= input.count { isAfterBackslash = true }
                default: break  // A control character, or the end.
                }
                if index < input.count { index &+= 1 }
                continue
            }
            index = input.firstIndex(of: JSONBracketStop(), from: index)
            switch input.byte(at: index) {
            case 0x22: isInString = true
            case 0x7B, 0x5B: depth &+= 1
            case 0x7D, 0x5D:
                depth &-= 1
                if depth <= floor {
                    index &+= 1
                    return true
                }
            default: return false  // The end.
            }
            index &+= 1
        }
        return false
    }
}
