// What typed reads and writes cost, for Benchmarks/instructions and for timing by hand:
//
//   typed-benchmark read FILE            decodes [LargeLanguageModel] from the file
//   typed-benchmark write FORMAT FILE    decodes, and encodes into the format: json, hal, xml, csv
//   typed-benchmark records FILE         reads the records onto a tape and no further; prints the user CPU time of that
//
// The format of a file is told by its ending. Prints how many records and bytes there were.

import Foundation
import LLMResources
import ResourceFormats

let arguments = CommandLine.arguments.dropFirst()

func format(_ name: String) -> Format? {
    switch name {
    case "json": .json
    case "jsonl": .jsonLines
    case "hal": .hal
    case "xml": .xml
    case "csv": .csv
    default: nil
    }
}

/// The user CPU time of the process in seconds.
func userTime() -> Double {
    var usage = rusage()
    #if canImport(Darwin)
    getrusage(RUSAGE_SELF, &usage)
    #else
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #endif
    return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
}

guard let path = arguments.last, arguments.count == (arguments.first == "write" ? 3 : 2),
    let source = format(URL(filePath: path).pathExtension),
    let target = arguments.first != "write" ? source : format(arguments.dropFirst().first ?? "")
else {
    print("typed-benchmark: expected: read FILE, or: write FORMAT FILE, or: records FILE")
    exit(64)
}

let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
if arguments.first == "records" {
    var stream = RecordStream(source, schema: LargeLanguageModel.schema)
    let start = userTime()
    while case .record = try stream.next(bytes.span, isComplete: true) {}
    let seconds = userTime() - start
    print("\(stream.recordCount) records read from \(bytes.count) bytes in \(seconds) s of user CPU")
    exit(0)
}
let models = try source.decode([LargeLanguageModel].self, from: bytes)
if arguments.first == "read" {
    print("\(models.count) records read from \(bytes.count) bytes")
} else {
    print("\(models.count) records written as \(try target.encode(models).count) bytes")
}
