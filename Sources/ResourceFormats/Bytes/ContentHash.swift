/// A hash of 128 bits, equal on every machine and in every process.
///
/// It is fast and spreads well, but it is not cryptographic: somebody who tries can find two contents with one hash. It
/// is meant for entity tags, which only distinguish a server's own contents.
package struct ContentHash: Hashable, Sendable {
    /// The upper 64 bits.
    package let high: UInt64
    /// The lower 64 bits.
    package let low: UInt64

    /// The hash of some bytes.
    package init(_ bytes: Span<UInt8>) {
        let view = ByteView(bytes)
        // Four lanes, so that the processor works on four products at a time.
        var lanes = InlineArray<4, UInt64>(repeating: 0)
        for lane in 0..<4 { lanes[lane] = Self.secrets[lane] ^ UInt64(view.count) }
        var index = 0
        while index &+ 64 <= view.count {
            for lane in 0..<4 {
                let start = index &+ 16 &* lane
                lanes[lane] = Self.mix(
                    lanes[lane] ^ view.word(at: start, count: 8),
                    Self.secrets[lane] ^ view.word(at: start &+ 8, count: 8))
            }
            index &+= 64
        }
        var lane = 0
        while index < view.count {
            let first = view.word(at: index, count: min(8, view.count &- index))
            let rest = view.count &- index &- 8
            let second = rest > 0 ? view.word(at: index &+ 8, count: min(8, rest)) : 0
            lanes[lane] = Self.mix(lanes[lane] ^ first, Self.secrets[lane] ^ second)
            lane = (lane &+ 1) & 3
            index &+= 16
        }
        let one = Self.mix(lanes[0] ^ Self.secrets[2], lanes[1] ^ Self.secrets[3])
        let other = Self.mix(lanes[2] ^ Self.secrets[0], lanes[3] ^ Self.secrets[1])
        high = Self.mix(one, Self.secrets[0] ^ other)
        low = Self.mix(other, Self.secrets[1] ^ one)
    }

    /// Odd numbers with half of their bits set, taken from the digits of square roots.
    private static let secrets: InlineArray<4, UInt64> = [
        0xA54F_F53A_5F1D_36F1, 0x6A09_E667_F3BC_C909, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B,
    ]

    /// The exclusive or of both halves of the full product.
    @inline(__always)
    private static func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
        let product = one.multipliedFullWidth(by: other)
        return product.high ^ product.low
    }
}
