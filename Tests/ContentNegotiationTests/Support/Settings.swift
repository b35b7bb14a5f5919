import Foundation

/// What the environment says about the tests.
enum Settings {
    /// How many generated fields are tried: ten for each of `LLMFMT_PROPERTY_RECORDS`, which is 1,000 if it is not set.
    static let fieldCount = 10 * (number("LLMFMT_PROPERTY_RECORDS") ?? 1_000)

    /// Where the random numbers begin: `LLMFMT_PROPERTY_SEED`, 1 if it is not set.
    static let seed = UInt64(number("LLMFMT_PROPERTY_SEED") ?? 1)

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }
}
