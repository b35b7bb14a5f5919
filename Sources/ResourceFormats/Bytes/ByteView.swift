// UNSAFE CODE. This file and its neighbour Storage.swift are the only ones of this library, apart from the calls of
// libxml2, that touch memory through pointers. The argument for the safety of this one:
// - A view is made from a `Span` or from memory of `Storage`; its lifetime is tied to that owner by `@_lifetime`, so
//   the pointer is never used after the memory is gone.
// - `byte(at:)` compares the index with `count` before it loads. The wide loads check in debug builds that the bytes
//   they touch end at or before `readable`; every call is inside a loop, or after a `canLoad16`, that proves it.
// - `wellFormedString` does not check the bytes again; it is called for text on a tape alone.

/// A borrowed run of bytes that can be read one at a time or sixteen at a time.
///
/// Reading one byte past the end gives 0. No format allows that byte outside a string, so a scanner needs one
/// comparison per byte instead of two.
@safe
struct ByteView: ~Escapable {
    private let base: UnsafeRawPointer
    /// The number of bytes.
    let count: Int
    /// The number of bytes that may be loaded: `count` and, for memory of `Storage`, the slack after it.
    let readable: Int

    @_lifetime(copy span)
    init(_ span: Span<UInt8>) {
        // An empty span may have no address. Such a view is never loaded from.
        let start = unsafe span.withUnsafeBytes { buffer in unsafe buffer.baseAddress ?? emptyAddress }
        unsafe self.init(start: start, count: span.count, readable: span.count)
    }

    @_lifetime(immortal)
    @unsafe
    init(start: UnsafeRawPointer, count: Int, readable: Int) {
        unsafe self.base = start
        self.count = count
        self.readable = readable
    }

    /// The byte at `index`; 0 past the end.
    @inline(__always)
    func byte(at index: Int) -> UInt8 {
        UInt(bitPattern: index) < UInt(bitPattern: count)
            ? unsafe base.load(fromByteOffset: index, as: UInt8.self) : 0
    }

    /// Whether `load16(at: index)` stays within the readable bytes.
    @inline(__always)
    func canLoad16(at index: Int) -> Bool {
        index &+ 16 <= readable
    }

    /// Sixteen bytes from `index` on; `canLoad16(at: index)` must hold.
    @inline(__always)
    func load16(at index: Int) -> SIMD16<UInt8> {
        assert(index >= 0 && canLoad16(at: index))
        return unsafe base.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
    }

    /// Eight bytes from `index` on, the first in the lowest bits; `index + 8 <= readable` must hold.
    @inline(__always)
    func load8(at index: Int) -> UInt64 {
        assert(index >= 0 && index &+ 8 <= readable)
        return unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// Up to eight bytes from `index` on; the bytes of the word past `length` are zero.
    @inline(__always)
    func word(at index: Int, count length: Int) -> UInt64 {
        if index &+ 8 <= readable {
            let word = load8(at: index)
            return length >= 8 ? word : word & ((1 &<< (UInt64(truncatingIfNeeded: length) &* 8)) &- 1)
        }
        var word: UInt64 = 0
        var offset = 0
        while offset < min(length, 8) {
            word |= UInt64(byte(at: index &+ offset)) &<< (UInt64(truncatingIfNeeded: offset) &* 8)
            offset &+= 1
        }
        return word
    }

    /// The bytes from `start` on as a view of their own, with the same slack after them.
    @_lifetime(copy self)
    @inline(__always)
    func slice(_ start: Int, count length: Int) -> ByteView {
        precondition(start >= 0 && length >= 0 && start &+ length <= count, "a slice lies inside its view")
        let view = unsafe ByteView(start: base + start, count: length, readable: readable &- start)
        return unsafe _overrideLifetime(view, copying: self)
    }

    /// The same bytes as a `Span`, for callers outside the package.
    var span: Span<UInt8> {
        @_lifetime(copy self)
        get {
            let span = unsafe Span<UInt8>(
                _unsafeStart: base.assumingMemoryBound(to: UInt8.self), count: count)
            return unsafe _overrideLifetime(span, copying: self)
        }
    }

    /// Whether both views hold the same bytes.
    func isEqual(to other: ByteView) -> Bool {
        guard count == other.count else { return false }
        var index = 0
        while index &+ 8 <= count {
            if load8(at: index) != other.load8(at: index) { return false }
            index &+= 8
        }
        while index < count {
            if byte(at: index) != other.byte(at: index) { return false }
            index &+= 1
        }
        return true
    }

    /// Whether the `count` bytes at one place equal those at the other.
    @inline(__always)
    func hasSameBytes(at one: Int, and other: Int, count length: Int) -> Bool {
        var offset = 0
        while offset < length {
            let rest = length &- offset
            if word(at: one &+ offset, count: rest) != word(at: other &+ offset, count: rest) { return false }
            offset &+= 8
        }
        return true
    }

    /// Whether the view holds exactly the bytes of an ASCII literal.
    func isEqual(to literal: StaticString) -> Bool {
        guard count == literal.utf8CodeUnitCount else { return false }
        return starts(with: literal)
    }

    /// Whether the view begins with the bytes of an ASCII literal.
    func starts(with literal: StaticString) -> Bool {
        matchingPrefix(of: literal, at: 0) == literal.utf8CodeUnitCount
    }

    /// The number of bytes from `index` on that match the beginning of an ASCII literal.
    @inline(__always)
    func matchingPrefix(of literal: StaticString, at index: Int) -> Int {
        var length = 0
        while length < literal.utf8CodeUnitCount, unsafe literal.utf8Start[length] == byte(at: index &+ length) {
            length &+= 1
        }
        return length
    }

    /// Whether the bytes from `index` on match a lower-case ASCII literal, compared without regard to case.
    func hasFoldedPrefix(_ literal: StaticString, at index: Int) -> Bool {
        var length = 0
        while length < literal.utf8CodeUnitCount {
            let byte = byte(at: index &+ length)
            let folded = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            if unsafe literal.utf8Start[length] != folded { return false }
            length &+= 1
        }
        return true
    }

    /// Copies the bytes to `target`, which must have room for `count` bytes rounded up to a multiple of sixteen.
    @inline(__always)
    @unsafe
    func copy(to target: UnsafeMutableRawPointer) {
        if count <= 64, (count &+ 15) & ~15 <= readable {
            // Nearly all texts are short, so whole vectors are copied. The last one may run into the slack on both
            // sides.
            var index = 0
            while index < count {
                unsafe target.storeBytes(of: load16(at: index), toByteOffset: index, as: SIMD16<UInt8>.self)
                index &+= 16
            }
        } else {
            unsafe target.copyMemory(from: base, byteCount: count)
        }
    }

    /// The bytes as an array of their own.
    func array() -> [UInt8] {
        unsafe [UInt8](UnsafeRawBufferPointer(start: base, count: count))
    }

    /// The text of a record as a string.
    ///
    /// The bytes must be well-formed UTF-8. Text on a tape is: readers check it, and so do the methods that build tapes by
    /// hand. A second check would take a sixth of a typed read.
    func wellFormedString() -> String {
        var text = unsafe UTF8Span(unchecked: span)
        // Strings that are known to be ASCII compare by their bytes.
        _ = text.checkForASCII()
        return String(copying: text)
    }

    /// The bytes decoded as UTF-8; malformed sequences become U+FFFD.
    func string() -> String {
        unsafe String(decoding: UnsafeRawBufferPointer(start: base, count: count), as: UTF8.self)
    }
}

/// An address for empty views whose span has none.
nonisolated(unsafe) private let emptyAddress: UnsafeRawPointer = {
    let pointer = UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 16)
    unsafe pointer.initializeMemory(as: UInt8.self, repeating: 0, count: 16)
    return UnsafeRawPointer(pointer)
}()
