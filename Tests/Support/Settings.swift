import Foundation

/// What the environment says about the tests.
package enum Settings {
    /// How many generated records each property is tried with: `LLMFMT_PROPERTY_RECORDS`, 200 if it is not set.
    package static let propertyRecords = number("LLMFMT_PROPERTY_RECORDS") ?? 200

    /// How many generated `Accept` fields are tried: ten for each record.
    package static let fieldCount = 10 * propertyRecords

    /// Whether there is time for more of what takes minutes in a debug build.
    package static let isThorough = propertyRecords > 1_000

    /// Where the random numbers begin: `LLMFMT_PROPERTY_SEED`, 1 if it is not set.
    package static let propertySeed = UInt64(number("LLMFMT_PROPERTY_SEED") ?? 1)

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }
}
