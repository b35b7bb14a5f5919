import CByteMasks
import Testing

@testable import ResourceFormats

/// Memory that grows: each way to append is tried across the edges of vectors and of the capacity.
@Suite struct StorageTests {
    /// Picks one byte out.
    private struct ByteAt: ByteStop {
        let stop: UInt8

        func bits(_ chunk: SIMD16<UInt8>) -> UInt32 { byte_mask_equal(chunk, stop) }
        func picks(_ byte: UInt8) -> Bool { byte == stop }
    }

    private static let lengths = Array(0...70) + [127, 128, 129, 1000]

    @Test(arguments: lengths) func growsByElements(count: Int) {
        var storage = Storage<Int32>()
        for value in 0..<count { storage.append(Int32(value)) }
        #expect(storage.count == count)
        #expect((0..<count).allSatisfy { storage[$0] == Int32($0) && storage.elements[$0] == Int32($0) })
        #expect(storage.capacity >= count)
    }

    @Test(arguments: lengths) func appendsViews(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        for before in [0, 1, 15, 16, 17] {
            var storage = Storage<UInt8>()
            storage.append(repeating: 0xAA, count: before)
            storage.append(ByteView(bytes.span))
            storage.append("end")
            #expect(storage.view.array() == [UInt8](repeating: 0xAA, count: before) + bytes + Array("end".utf8))
        }
    }

    @Test(arguments: lengths) func copiesUpToAByte(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 % 100) }
        let owned = Self.storage(of: bytes)
        for start in [0, 1, 9].filter({ $0 <= count }) {
            for stop in [UInt8(0), 9, 16, 50, 99, 200] {
                let expected = bytes[start...].firstIndex(of: stop) ?? count
                // A view of an array has no slack after its end; that of a storage has.
                var fromArray = Storage<UInt8>()
                let end = fromArray.append(ByteView(bytes.span), from: start, upTo: ByteAt(stop: stop))
                #expect(end == expected)
                #expect(fromArray.view.array() == Array(bytes[start..<expected]))
                var fromStorage = Storage<UInt8>()
                let ownedEnd = fromStorage.append(owned.view, from: start, upTo: ByteAt(stop: stop))
                #expect(ownedEnd == expected)
                #expect(fromStorage.view.array() == Array(bytes[start..<expected]))
            }
        }
    }

    private static func storage(of bytes: [UInt8]) -> Storage<UInt8> {
        var storage = Storage<UInt8>()
        storage.append(ByteView(bytes.span))
        return storage
    }

    @Test(arguments: lengths) func keepsAndDropsParts(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        for part in Set([0, 1, count / 2, count]).filter({ $0 <= count }) {
            var kept = Self.storage(of: bytes)
            kept.truncate(to: part)
            #expect(kept.view.array() == Array(bytes[..<part]))
            var dropped = Self.storage(of: bytes)
            dropped.removeFirst(part)
            #expect(dropped.view.array() == Array(bytes[part...]))
        }
    }

    @Test func takesTheLastElementAway() {
        var storage = Storage<Int>()
        #expect(storage.removeLast() == nil)
        storage.append(1)
        storage.append(2)
        #expect(storage.removeLast() == 2)
        #expect(storage.removeLast() == 1)
        #expect(storage.removeLast() == nil)
        storage.append(repeating: 5, upTo: 40)
        storage.append(repeating: 6, upTo: 20)
        #expect(storage.count == 40)
        #expect(storage[39] == 5)
        storage.removeAll()
        #expect(storage.count == 0)
    }

    @Test func readsIntoTheRoomBehind() {
        var storage = Storage<UInt8>()
        storage.append("ab")
        let filled = unsafe storage.append(upTo: 100) { buffer in unsafe Self.fill(buffer, 3) }
        #expect(filled == 3)
        #expect(storage.view.array() == Array("abxxx".utf8))
        // What failed or ended adds nothing; who says more than there was room for is not believed.
        let failed = unsafe storage.append(upTo: 10) { _ in -1 }
        let ended = unsafe storage.append(upTo: 10) { _ in 0 }
        let boasted = unsafe storage.append(upTo: 2) { buffer in unsafe Self.fill(buffer, 2) + 98 }
        #expect([failed, ended, boasted] == [-1, 0, 100])
        #expect(storage.view.array() == Array("abxxxxx".utf8))
    }

    private static func fill(_ buffer: UnsafeMutableRawBufferPointer, _ count: Int) -> Int {
        for index in 0..<count { unsafe buffer[index] = UInt8(ascii: "x") }
        return count
    }

    @Test func keepsItsElementsWhileItMakesRoom() {
        var storage = Storage<UInt16>(minimumCapacity: 3)
        storage.append(7)
        for extra in [0, 1, 100, 10_000] {
            storage.reserve(extra)
            #expect(storage.capacity - storage.count >= extra)
            #expect(storage.count == 1 && storage[0] == 7)
        }
        storage[0] = 8
        #expect(storage.elements[0] == 8)
        storage.truncate(to: 0)
        #expect(storage.count == 0 && storage.removeLast() == nil)
    }

    /// Outside of its content nothing is read, written or kept: the program ends instead.
    @Test func endsTheProgramOutsideOfItsBounds() async {
        await #expect(processExitsWith: .failure) {
            let storage = Storage<Int>()
            _ = storage[0]
        }
        await #expect(processExitsWith: .failure) {
            var storage = Storage<Int>()
            storage.append(1)
            storage[-1] = 2
        }
        await #expect(processExitsWith: .failure) {
            var storage = Storage<Int>()
            storage.append(1)
            storage.truncate(to: 2)
        }
    }
}
