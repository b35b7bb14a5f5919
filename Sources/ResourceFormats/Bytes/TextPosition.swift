/// A place in the input: byte offset, line and column, all true at once.
public struct TextPosition: Hashable, Sendable {
    /// Bytes before the place, counted from 0.
    public var byteOffset: Int
    /// The line, counted from 1. LF, CR LF and CR alone end one.
    public var line: Int
    /// The column in code points, counted from 1. A byte order mark at the start of the input has none.
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
/// Positions are wanted only when something fails, but the bytes of a pipe are gone by then: so the count follows the
/// input one window at a time, sixteen bytes a step.
struct PositionCounter: Sendable {
    private(set) var position = TextPosition.start
    /// The last byte was CR: an LF that follows belongs to the same line end.
    private var endsWithReturn = false

    /// Moves over `bytes[..<end]`.
    mutating func advance(over bytes: ByteView, to end: Int) {
        var index = 0
        if position.byteOffset == 0, end >= 3, bytes.byte(at: 0) == 0xEF, bytes.byte(at: 1) == 0xBB,
            bytes.byte(at: 2) == 0xBF
        {
            index = 3
        }
        while index < end {
            // A block looks at the byte before it, too: so the first bytes of a window go one by one.
            if index >= 16, end &- index >= Self.blockSize, bytes.canLoad16(at: index &+ Self.blockSize &- 16) {
                advanceOverBlock(bytes, from: index)
                index &+= Self.blockSize
            } else {
                advance(over: bytes.byte(at: index))
                index &+= 1
            }
        }
        position.byteOffset += end
    }

    /// A multiple of 16 that keeps a lane's count below 256.
    private static var blockSize: Int { 1024 }

    /// The position of `bytes[offset]`, where `bytes` begins at the counter's place.
    func position(of offset: Int, in bytes: ByteView) -> TextPosition {
        var counter = self
        counter.advance(over: bytes, to: min(offset, bytes.count))
        return counter.position
    }

    private mutating func advance(over byte: UInt8) {
        if byte == 0x0A {
            if !endsWithReturn { position.line += 1 }
            position.column = 1
        } else if byte == 0x0D {
            position.line += 1
            position.column = 1
        } else if byte & 0xC0 != 0x80 {
            position.column += 1
        }
        endsWithReturn = byte == 0x0D
    }

    private mutating func advanceOverBlock(_ bytes: ByteView, from start: Int) {
        let end = start &+ Self.blockSize
        var lineEnds = SIMD16<UInt8>(repeating: 0)
        var continuations = SIMD16<UInt8>(repeating: 0)
        let feed = SIMD16<UInt8>(repeating: 0x0A)
        let carriageReturn = SIMD16<UInt8>(repeating: 0x0D)
        var index = start
        while index < end {
            let chunk = bytes.load16(at: index)
            // CR LF counts once: at its CR.
            let isPair = (chunk .== feed) .& (bytes.load16(at: index &- 1) .== carriageReturn)
            lineEnds &-= allOnes((chunk .== feed) .| (chunk .== carriageReturn)) &- allOnes(isPair)
            // A continuation byte is 0x80 to 0xBF: as a signed number, below -64.
            continuations &-= allOnes(SIMD16<Int8>(truncatingIfNeeded: chunk) .< SIMD16(repeating: -64))
            index &+= 16
        }
        let lines = laneSum(lineEnds)
        let last = bytes.byte(at: end &- 1)
        endsWithReturn = last == 0x0D
        guard lines > 0 || bytes.byte(at: start) == 0x0A else {
            position.column &+= Self.blockSize &- laneSum(continuations)
            return
        }
        position.line &+= lines
        position.column = 1
        index = end
        while bytes.byte(at: index &- 1) != 0x0A, bytes.byte(at: index &- 1) != 0x0D { index &-= 1 }
        while index < end {
            if bytes.byte(at: index) & 0xC0 != 0x80 { position.column &+= 1 }
            index &+= 1
        }
    }
}

/// A mask as bytes: 255 where it is set, which subtracted is one more.
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
