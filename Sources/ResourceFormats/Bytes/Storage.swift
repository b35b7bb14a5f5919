// UNSAFE CODE. The argument for its safety:
// - `Storage` is the only owner of its memory: it cannot be copied, `deinit` frees it once, and the pointer leaves only
//   as a `ByteView` whose lifetime is tied to the storage by `@_lifetime(borrow)`, so it cannot outlive it or be held
//   across a mutation.
// - Single elements are reached by index after a `precondition`. Appending grows first.
// - `slack` elements after the capacity belong to the allocation and are never counted: wide loads and stores that run
//   past `count` end there.

/// Growable memory for plain values, with slack after the end for wide loads and stores.
///
/// It works like an array without the uniqueness check at each append; measured 1.6 times faster as a sink for bytes.
@safe
struct Storage<Element: BitwiseCopyable>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    /// How many elements are in use.
    private(set) var count = 0
    /// The number of elements that fit without growing.
    private(set) var capacity: Int

    /// The number of elements after the capacity, which may be read or overwritten but are never part of the content.
    private static var slack: Int { 64 }

    init(minimumCapacity: Int = 0) {
        capacity = max(minimumCapacity, 16)
        unsafe base = Self.allocate(capacity)
    }

    deinit {
        unsafe base.deallocate()
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        get {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "an index lies inside its storage")
            return unsafe base[index]
        }
        set {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "an index lies inside its storage")
            unsafe base[index] = newValue
        }
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(toHold: count + 1) }
        unsafe base[count] = element
        count &+= 1
    }

    /// Appends `element` until there are `newCount` elements.
    mutating func append(repeating element: Element, upTo newCount: Int) {
        while count < newCount { append(element) }
    }

    /// Appends the elements of another storage.
    mutating func append(contentsOf other: borrowing Storage) {
        reserve(other.count)
        unsafe (base + count).update(from: other.base, count: other.count)
        count &+= other.count
    }

    /// Appends the elements of an array.
    mutating func append(contentsOf elements: [Element]) {
        reserve(elements.count)
        unsafe elements.withUnsafeBufferPointer { memory in
            guard let start = memory.baseAddress else { return }
            unsafe (base + count).update(from: start, count: memory.count)
        }
        count &+= elements.count
    }

    mutating func removeAll() {
        count = 0
    }

    /// Keeps the first `newCount` elements.
    mutating func truncate(to newCount: Int) {
        precondition(newCount >= 0 && newCount <= count, "only what is there can be kept")
        count = newCount
    }

    mutating func removeLast() -> Element? {
        guard count > 0 else { return nil }
        count &-= 1
        return unsafe base[count]
    }

    /// The elements; valid until the storage is changed.
    var elements: StorageView<Element> {
        @_lifetime(borrow self)
        @inline(__always)
        get {
            let view = unsafe StorageView(base: base, count: count)
            return unsafe _overrideLifetime(view, borrowing: self)
        }
    }

    /// Makes room for `extra` more elements.
    @inline(__always)
    mutating func reserve(_ extra: Int) {
        if capacity &- count < extra { grow(toHold: count + extra) }
    }

    @inline(never)
    private mutating func grow(toHold minimum: Int) {
        let newCapacity = max(minimum, capacity * 2)
        let newBase = unsafe Self.allocate(newCapacity)
        unsafe newBase.update(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = newBase
        capacity = newCapacity
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Element> {
        let pointer = UnsafeMutablePointer<Element>.allocate(capacity: capacity + slack)
        // Wide loads may read the slack and mask the surplus lanes away, so it needs a defined value.
        unsafe UnsafeMutableRawPointer(pointer + capacity).initializeMemory(
            as: UInt8.self, repeating: 0, count: slack * MemoryLayout<Element>.stride)
        return unsafe pointer
    }
}

extension Storage: @unchecked Sendable {}  // It owns its memory alone and holds plain values.

// MARK: - Bytes

extension Storage where Element == UInt8 {
    /// The content, readable into the slack.
    var view: ByteView {
        @_lifetime(borrow self)
        @inline(__always)
        get {
            let view = unsafe ByteView(
                start: UnsafeRawPointer(base), count: count, readable: capacity &+ Self.slack)
            return unsafe _overrideLifetime(view, borrowing: self)
        }
    }

    @inline(__always)
    mutating func append(_ bytes: ByteView) {
        reserve(bytes.count)
        unsafe bytes.copy(to: base + count)
        count &+= bytes.count
    }

    /// Appends the first `length` bytes of a block; `length` is at most 32.
    @inline(__always)
    mutating func append(_ block: SIMD32<UInt8>, count length: Int) {
        reserve(length)
        // `reserve` made room for the text, and the slack takes the rest of the block.
        unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: block, as: SIMD32<UInt8>.self)
        count &+= length
    }

    /// Appends the four bytes of a number, the lowest first.
    @inline(__always)
    mutating func append(word: UInt32) {
        reserve(4)
        unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: word.littleEndian, as: UInt32.self)
        count &+= 4
    }

    /// Appends an ASCII literal.
    @inline(__always)
    mutating func append(_ literal: StaticString) {
        let length = literal.utf8CodeUnitCount
        reserve(length)
        unsafe (base + count).update(from: literal.utf8Start, count: length)
        count &+= length
    }

    /// Appends a byte `length` times.
    @inline(__always)
    mutating func append(repeating byte: UInt8, count length: Int) {
        guard length > 0 else { return }
        reserve(length)
        var written = 0
        while written < length {
            // The last vector may run into the slack.
            unsafe UnsafeMutableRawPointer(base + count + written).storeBytes(
                of: SIMD16(repeating: byte), as: SIMD16<UInt8>.self)
            written &+= 16
        }
        count &+= length
    }

    /// Copies `bytes` from `start` on up to the first byte of the set, and returns the index of that byte.
    ///
    /// One pass over the bytes, sixteen at a time, both copies and checks.
    @inline(__always)
    mutating func append(_ bytes: ByteView, from start: Int, upTo stop: some ByteStop) -> Int {
        reserve(bytes.count &- start)
        var index = start
        while index < bytes.count, bytes.canLoad16(at: index) {
            let chunk = bytes.load16(at: index)
            // `reserve` made room for all bytes, and the slack takes the rest of the last vector.
            unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: chunk, as: SIMD16<UInt8>.self)
            let length = min(firstByte(stop.bits(chunk)), bytes.count &- index)
            count &+= length
            index &+= length
            if length < 16 { return index }
        }
        while index < bytes.count {
            let byte = bytes.byte(at: index)
            if stop.picks(byte) { return index }
            append(byte)
            index &+= 1
        }
        return index
    }

    /// Reads at most `limit` bytes into the room after the content, and appends them to it.
    mutating func append(
        upTo limit: Int, reading read: (UnsafeMutableRawBufferPointer) -> Int
    ) -> Int {
        reserve(limit)
        let length = unsafe read(UnsafeMutableRawBufferPointer(start: base + count, count: limit))
        if length > 0 { count &+= min(length, limit) }
        return length
    }

    /// Drops the first `length` bytes and moves the rest to the front.
    mutating func removeFirst(_ length: Int) {
        precondition(length >= 0 && length <= count, "only what is there can be dropped")
        unsafe base.update(from: base + length, count: count - length)
        count &-= length
    }
}

// MARK: - Views

/// A borrowed view of the elements of a storage.
@safe
struct StorageView<Element: BitwiseCopyable>: ~Escapable {
    private let base: UnsafePointer<Element>
    let count: Int

    @_lifetime(immortal)
    @unsafe
    init(base: UnsafePointer<Element>, count: Int) {
        unsafe self.base = base
        self.count = count
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "an index lies inside its storage")
        return unsafe base[index]
    }
}
