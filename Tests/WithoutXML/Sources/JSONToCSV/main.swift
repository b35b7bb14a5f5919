import LLMResources
import ResourceFormats

// The whole standard input, a list of models in JSON, to CSV on the standard output.
var bytes: [UInt8] = []
while let line = readLine(strippingNewline: false) { bytes += Array(line.utf8) }
let models = try Format.json.decode([LargeLanguageModel].self, from: bytes)
let table = try Format.csv.encode(models)
print(String(decoding: table, as: UTF8.self), terminator: "")
