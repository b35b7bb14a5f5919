import Foundation
import Synchronization

/// Makes identifiers of 24 hexadecimal digits, as MongoDB does: 8 for the time, 10 for the process, 6 that count.
///
/// Those of one process are all different, and grow with time.
final class IdentifierSource: Sendable {
    private let process: String
    private let counter: Atomic<UInt32>

    init() {
        process = Self.hexadecimal(UInt64.random(in: 0..<1 << 40), digits: 10)
        counter = Atomic(UInt32.random(in: 0..<1 << 24))
    }

    /// The next identifier, for something that is made at `time`, in seconds since 1970.
    func next(at time: Int) -> String {
        let count = counter.wrappingAdd(1, ordering: .relaxed).newValue
        return Self.hexadecimal(UInt64(UInt32(truncatingIfNeeded: time)), digits: 8) + process
            + Self.hexadecimal(UInt64(count & 0xFF_FFFF), digits: 6)
    }

    /// A random UUID (version 4), in lower case.
    func nextReference() -> String {
        UUID().uuidString.lowercased()
    }

    private static func hexadecimal(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
