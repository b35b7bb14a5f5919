// What typed reads and writes cost, for Benchmarks/instructions and for timing by hand:
//
//   typed-benchmark read FILE            decodes [LargeLanguageModel] from the file
//   typed-benchmark write FORMAT FILE    decodes, and encodes into the format: json, hal, xml, csv
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

guard let path = arguments.last, arguments.count == (arguments.first == "write" ? 3 : 2),
    let source = format(URL(filePath: path).pathExtension),
    let target = arguments.first == "read" ? source : format(arguments.dropFirst().first ?? "")
else {
    print("typed-benchmark: expected: read FILE, or: write FORMAT FILE")
    exit(64)
}

let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
let models = try source.decode([LargeLanguageModel].self, from: bytes)
if arguments.first == "read" {
    print("\(models.count) records read from \(bytes.count) bytes")
} else {
    print("\(models.count) records written as \(try target.encode(models).count) bytes")
}
