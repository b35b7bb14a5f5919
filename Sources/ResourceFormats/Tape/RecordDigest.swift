/// Makes digests of records, which are equal for equal records whatever the order of their members is.
///
/// Numbers are compared as they are written. The seeds are random, so digests are for one process only and nobody can
/// prepare two records with one digest; by chance two records of many billions have one.
public struct RecordDigester: Sendable {
    /// A digest of 128 bits.
    public struct Digest: Hashable, Sendable {
        fileprivate let high: UInt64
        fileprivate let low: UInt64
    }

    private let schema: Schema
    private let seeds = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))

    /// A digester for records of one schema.
    public init(schema: Schema) {
        self.schema = schema
    }

    /// The digest of a record.
    public func digest(of record: RecordView) -> Digest {
        Digest(high: digest(record, seeds.0), low: digest(record, seeds.1))
    }

    private func digest(_ value: RecordView, _ seed: UInt64) -> UInt64 {
        let seed = Self.mix(seed, UInt64(value.kind.rawValue) &+ 1)
        switch value.kind {
        case .string, .number, .key: return hash(value.bytes, seed: seed)
        case .bool: return value.node.flags.contains(.isTrue) ? seed &+ 1 : seed
        case .null: return seed
        case .array:
            var state = seed
            var elements = value.children
            while elements.next() { state = Self.mix(state ^ digest(elements.value, seed), seed) }
            return state
        case .object:
            // A sum does not depend on the order.
            var sum = seed
            var members = value.children
            while members.next() {
                let name: UInt64
                if let key = members.key {
                    name = hash(key.bytes, seed: seed)
                } else {
                    name = UInt64(members.value.field.rawValue) &* 0x9E37_79B9_7F4A_7C15 &+ 1
                }
                sum = sum &+ Self.mix(name ^ digest(members.value, seed), name | 1)
            }
            return Self.mix(sum, seed)
        }
    }

    private static func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
        let (high, low) = (one ^ 0xA54F_F53A_5F1D_36F1).multipliedFullWidth(by: other ^ 0x6A09_E667_F3BC_C909)
        return high ^ low
    }
}
