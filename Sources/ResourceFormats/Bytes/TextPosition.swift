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
            if end &- index >= 4096, let lines = countLines(in: bytes, from: index, to: index &+ 4096) {
                advanceOverBlock(bytes, from: index, to: index &+ 4096, lines: lines)
                index &+= 4096
            } else {
                advance(over: bytes.byte(at: index))
                index &+= 1
            }
        }
        position.byteOffset += end
    }

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

    /// How many LF there are in a block, or nil where a CR makes counting harder.
    private func countLines(in bytes: ByteView, from start: Int, to end: Int) -> Int? {
        guard !endsWithReturn else { return nil }
        var lines = 0
        var index = start
        while index < end {
            // A lane counts at most 16 line ends before it is added up, so it cannot overflow.
            var lanes = SIMD16<UInt8>(repeating: 0)
            var returns = SIMD16<UInt8>(repeating: 0)
            let stop = min(index &+ 256, end)
            while index < stop {
                guard bytes.canLoad16(at: index) else { return nil }
                let chunk = bytes.load16(at: index)
                lanes.replace(with: lanes &+ 1, where: chunk .== SIMD16(repeating: 0x0A))
                returns.replace(with: SIMD16(repeating: 1), where: chunk .== SIMD16(repeating: 0x0D))
                index &+= 16
            }
            if returns != SIMD16(repeating: 0) { return nil }
            if lanes != SIMD16(repeating: 0) { lines &+= Int(lanes.wrappedSum16) }
        }
        return lines
    }

    private mutating func advanceOverBlock(_ bytes: ByteView, from start: Int, to end: Int, lines: Int) {
        var lineStart = start
        if lines > 0 {
            position.line += lines
            position.column = 1
            lineStart = end
            while bytes.byte(at: lineStart &- 1) != 0x0A { lineStart &-= 1 }
        }
        var index = lineStart
        while index &+ 8 <= end {
            // A continuation byte has its top bit set and the next one clear.
            let word = bytes.load8(at: index)
            let continuations = (word & ~(word &<< 1)) & 0x8080_8080_8080_8080
            position.column &+= 8 &- Int(((continuations &>> 7) &* 0x0101_0101_0101_0101) &>> 56)
            index &+= 8
        }
        while index < end {
            if bytes.byte(at: index) & 0xC0 != 0x80 { position.column &+= 1 }
            index &+= 1
        }
        endsWithReturn = false
    }
}

extension SIMD16<UInt8> {
    /// The sum of all lanes, which may exceed 255.
    fileprivate var wrappedSum16: UInt16 {
        var sum: UInt16 = 0
        for lane in indices { sum &+= UInt16(self[lane]) }
        return sum
    }
}
