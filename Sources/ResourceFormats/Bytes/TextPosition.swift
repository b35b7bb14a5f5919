/// A place in the input, as byte offset, line and column.
public struct TextPosition: Hashable, Sendable {
    /// The number of bytes before the place.
    public var byteOffset: Int
    /// The line, counted from 1.
    ///
    /// LF, CR LF and a CR alone each end a line.
    public var line: Int
    /// The column in code points, counted from 1.
    ///
    /// A byte order mark at the start of the input does not count.
    public var column: Int

    /// A place given by its three numbers.
    public init(byteOffset: Int, line: Int, column: Int) {
        self.byteOffset = byteOffset
        self.line = line
        self.column = column
    }

    /// The first byte of an input.
    public static let start = TextPosition(byteOffset: 0, line: 1, column: 1)
}

/// Counts lines and columns over the bytes that a reader has consumed.
///
/// A position is needed only for an error, but by then the bytes of a pipe are gone. So the count follows the input one
/// window at a time, sixteen bytes a step.
struct PositionCounter: Sendable {
    private(set) var position = TextPosition.start
    /// Whether the last byte was a CR, so that an LF after it belongs to the same line end.
    private var endsWithReturn = false

    /// A counter at a place, by default the start of an input.
    init(at position: TextPosition = .start) {
        self.position = position
    }

    /// Moves over `bytes[..<end]`.
    mutating func advance(over bytes: ByteView, to end: Int) {
        var start = 0
        if position.byteOffset == 0, end >= 3, bytes.startsWithByteOrderMark { start = 3 }
        if start < end, endsWithReturn, bytes.byte(at: start) == 0x0A { start &+= 1 }
        position.byteOffset &+= end
        guard end > 0 else { return }
        endsWithReturn = bytes.byte(at: end &- 1) == 0x0D
        let lines = Self.countLineEnds(in: bytes, from: start, to: end)
        if lines > 0 {
            position.line &+= lines
            position.column = 1
            start = end
            while bytes.byte(at: start &- 1) != 0x0A, bytes.byte(at: start &- 1) != 0x0D { start &-= 1 }
        }
        // Only the columns of the last line matter.
        position.column &+= Self.countCodePoints(in: bytes, from: start, to: end)
    }

    /// A counter for bytes somewhere in the middle of an input, for `join`.
    static var ofPart: PositionCounter {
        // A byte order mark is one at the start of an input only.
        PositionCounter(at: TextPosition(byteOffset: 1, line: 1, column: 1))
    }

    /// Moves over bytes that another counter, made by `ofPart`, has counted from here on.
    mutating func join(_ part: PositionCounter, startsWithLineFeed: Bool) {
        guard part.position.byteOffset > 1 else { return }
        // It belongs to the CR before it, which is counted already.
        if endsWithReturn, startsWithLineFeed { position.line -= 1 }
        position.byteOffset += part.position.byteOffset - 1
        position.column = part.position.column + (part.position.line > 1 ? 0 : position.column - 1)
        position.line += part.position.line - 1
        endsWithReturn = part.endsWithReturn
    }

    /// The position of `bytes[offset]`, where `bytes` begins at the counter's place.
    func position(of offset: Int, in bytes: ByteView) -> TextPosition {
        var counter = self
        counter.advance(over: bytes, to: min(offset, bytes.count))
        return counter.position
    }

    /// The number of line ends (LF, CR LF and CR), where `bytes[start]` is not the LF of a CR LF.
    private static func countLineEnds(in bytes: ByteView, from start: Int, to end: Int) -> Int {
        guard start < end else { return 0 }
        var count = bytes.byte(at: start) == 0x0A || bytes.byte(at: start) == 0x0D ? 1 : 0
        let feed = SIMD16<UInt8>(repeating: 0x0A)
        let carriageReturn = SIMD16<UInt8>(repeating: 0x0D)
        var index = start &+ 1
        while index &+ 16 <= end {
            var lanes = SIMD16<UInt8>(repeating: 0)
            // The lanes are added up before one of them can overflow.
            let stop = min(end, index &+ 16 * 255)
            while index &+ 16 <= stop {
                let chunk = bytes.load16(at: index)
                // CR LF counts once, at its CR.
                let second = allOnes((chunk .== feed) .& (bytes.load16(at: index &- 1) .== carriageReturn))
                lanes = lanes &- (allOnes((chunk .== feed) .| (chunk .== carriageReturn)) ^ second)
                index &+= 16
            }
            count &+= laneSum(lanes)
        }
        while index < end {
            let byte = bytes.byte(at: index)
            if byte == 0x0D || byte == 0x0A && bytes.byte(at: index &- 1) != 0x0D { count &+= 1 }
            index &+= 1
        }
        return count
    }

    /// The number of code points: all bytes but the continuation bytes.
    private static func countCodePoints(in bytes: ByteView, from start: Int, to end: Int) -> Int {
        var count = end &- start
        var index = start
        while index &+ 16 <= end {
            var lanes = SIMD16<UInt8>(repeating: 0)
            let stop = min(end, index &+ 16 * 255)
            while index &+ 16 <= stop {
                let tops = bytes.load16(at: index) & SIMD16(repeating: 0xC0)
                lanes = lanes &- allOnes(tops .== SIMD16(repeating: 0x80))
                index &+= 16
            }
            count &-= laneSum(lanes)
        }
        while index < end {
            if bytes.byte(at: index) & 0xC0 == 0x80 { count &-= 1 }
            index &+= 1
        }
        return count
    }
}

/// A mask as bytes: 255 where it is set, so that subtracting it adds 1.
@inline(__always)
private func allOnes(_ mask: SIMDMask<SIMD16<Int8>>) -> SIMD16<UInt8> {
    unsafe unsafeBitCast(mask, to: SIMD16<UInt8>.self)  // 16 plain bytes either way.
}

/// The sum of all lanes, each at most 255.
@inline(__always)
private func laneSum(_ lanes: SIMD16<UInt8>) -> Int {
    let words = unsafe unsafeBitCast(lanes, to: SIMD2<UInt64>.self)  // 16 plain bytes either way.
    var sum = 0
    for index in 0..<2 {
        let pairs = (words[index] & 0x00FF_00FF_00FF_00FF) &+ ((words[index] &>> 8) & 0x00FF_00FF_00FF_00FF)
        sum &+= Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) &>> 48)
    }
    return sum
}
