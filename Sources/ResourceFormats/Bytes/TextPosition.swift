import CByteMasks

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
/// window at a time, sixty-four bytes a step.
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
        var index = position.byteOffset == 0 && end >= 3 && bytes.startsWithByteOrderMark ? 3 : 0
        position.byteOffset &+= end
        while index &+ 64 <= end {
            if bytes.isPrintable64(at: index) {
                position.column &+= 64
                endsWithReturn = false
            } else {
                advance(over64: bytes, at: index)
            }
            index &+= 64
        }
        while index < end {
            let byte = bytes.byte(at: index)
            if byte == 0x0A || byte == 0x0D {
                // CR LF counts once, at its CR.
                if byte == 0x0D || !endsWithReturn { position.line &+= 1 }
                position.column = 1
            } else if byte & 0xC0 != 0x80 {
                position.column &+= 1
            }
            endsWithReturn = byte == 0x0D
            index &+= 1
        }
    }

    /// Moves over the sixty-four bytes from `index` on.
    private mutating func advance(over64 bytes: ByteView, at index: Int) {
        let feeds = bytes.bits64(at: index) { byte_mask_equal($0, 0x0A) }
        let returns = bytes.bits64(at: index) { byte_mask_equal($0, 0x0D) }
        // A code point has one byte that is not a continuation byte.
        let continuations = bytes.bits64(at: index) { byte_mask_continuation($0) }
        let last = feeds | returns
        if last == 0 {
            position.column &+= 64 &- continuations.nonzeroBitCount
        } else {
            // CR LF counts once, at its CR.
            position.line &+= (returns | feeds & ~(returns &<< 1 | (endsWithReturn ? 1 : 0))).nonzeroBitCount
            let after = 64 &- last.leadingZeroBitCount
            position.column = 65 &- after &- (continuations >> UInt64(after)).nonzeroBitCount
        }
        endsWithReturn = returns &>> 63 == 1
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
}

extension ByteView {
    /// Whether the sixty-four bytes from `index` on are printable ASCII: each a code point, none the end of a line.
    @inline(__always)
    fileprivate func isPrintable64(at index: Int) -> Bool {
        byte_mask_not_printable_in_4(
            load16(at: index), load16(at: index &+ 16), load16(at: index &+ 32), load16(at: index &+ 48)) == 0
    }
}
