import CByteMasks
import Testing

@testable import ResourceFormats

/// The bits of sixteen bytes, held against the bytes one by one.
@Suite struct ByteMaskTests {
    /// A set of bytes as a function of the header has it, and as it is described.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let mask: @Sendable (SIMD16<UInt8>) -> UInt32
        let contains: @Sendable (UInt8) -> Bool
    }

    static let rows = [
        Row(testDescription: "equal", mask: { byte_mask_equal($0, 0x80) }, contains: { $0 == 0x80 }),
        Row(
            testDescription: "any of 2", mask: { byte_mask_any_of_2($0, 0, 0xFF) },
            contains: { $0 == 0 || $0 == 0xFF }),
        Row(
            testDescription: "any of 3", mask: { byte_mask_any_of_3($0, 0x0A, 0x0D, 0x2C) },
            contains: { [0x0A, 0x0D, 0x2C].contains($0) }),
        Row(testDescription: "below", mask: { byte_mask_below($0, 0x90) }, contains: { $0 < 0x90 }),
        Row(
            testDescription: "below or any of 2", mask: { byte_mask_below_or_any_of_2($0, 0x20, 0x22, 0xEF) },
            contains: { $0 < 0x20 || $0 == 0x22 || $0 == 0xEF }),
        Row(
            testDescription: "below or any of 3", mask: { byte_mask_below_or_any_of_3($0, 0x20, 0x22, 0x5C, 0x7F) },
            contains: { $0 < 0x20 || [0x22, 0x5C, 0x7F].contains($0) }),
        Row(testDescription: "not ASCII", mask: { byte_mask_not_ascii($0) }, contains: { $0 >= 0x80 }),
        Row(
            testDescription: "not printable", mask: { byte_mask_not_printable($0) },
            contains: { $0 < 0x20 || $0 >= 0x80 }),
        Row(
            testDescription: "not printable but", mask: { byte_mask_not_printable_but($0, 0x0A) },
            contains: { $0 != 0x0A && ($0 < 0x20 || $0 >= 0x80) }),
        Row(
            testDescription: "continuation", mask: { byte_mask_continuation($0) }, contains: { $0 & 0xC0 == 0x80 }),
        Row(
            testDescription: "gathered portably",
            mask: { byte_mask_gather_portably(unsafe unsafeBitCast($0, to: SIMD16<Int8>.self)) },
            contains: { $0 >= 0x80 }),
    ]

    @Test(arguments: rows) func findsEachByteInEachLane(_ row: Row) {
        for byte in UInt8.min...UInt8.max {
            for lane in 0..<16 {
                // Neighbours that differ in one bit show a comparison that spills over.
                var bytes = SIMD16<UInt8>(repeating: byte ^ 0x80)
                bytes[lane] = byte
                var expected: UInt32 = 0
                for index in 0..<16 where row.contains(bytes[index]) { expected |= 1 << UInt32(index) }
                #expect(row.mask(bytes) == expected, "byte \(byte) in lane \(lane)")
            }
        }
    }

    @Test func findsPairs() {
        let text = SIMD16<UInt8>(0x3E, 0x6D, 0x3E, 0, 0x3E, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x6D, 0x3E)
        let before = SIMD16<UInt8>(0x6D, 0x6D, 0, 0, 0x6D, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x6D, 0x6D)
        #expect(byte_mask_equal_pair(text, 0x3E, before, 0x6D) == 0b1000_0000_0001_0001)
    }

    @Test func looksAtFourChunks() {
        let plain = SIMD16<UInt8>(repeating: 0x20)
        #expect(byte_mask_not_printable_in_4(plain, plain, plain, plain) == 0)
        for chunk in 0..<4 {
            for byte: UInt8 in [0x1F, 0x0A, 0x80, 0xFF] {
                var chunks = [plain, plain, plain, plain]
                chunks[chunk][5] = byte
                #expect(byte_mask_not_printable_in_4(chunks[0], chunks[1], chunks[2], chunks[3]) == 1 << 5)
            }
        }
    }

    /// Each set of the readers and writers, for each byte.
    @Test func stopsPickWhatTheirBitsPick() {
        func check(_ stop: some ByteStop) {
            for byte in UInt8.min...UInt8.max {
                #expect(stop.bits(SIMD16(repeating: byte)) == (stop.picks(byte) ? 0xFFFF : 0), "\(stop) and \(byte)")
            }
        }
        check(JSONStringStop())
        check(JSONCellStop())
        for delimiter: UInt8 in [0x2C, 0x09, 0x7C, 0x20] {
            check(CSVCellStop(delimiter: delimiter))
            check(CSVTextStop(delimiter: delimiter))
        }
        check(URIStop())
        check(XMLTextStop())
        check(SingleByteStop(byte: 0))
    }
}
