import ContentNegotiation
import Foundation

// What libFuzzer calls. An input is two bytes that pick policy and offers, then the value of an Accept field.

/// Tries one input; whoever finds a law broken aborts.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard input.count >= 2 else { return 0 }
    let number = (Int(input[0]) << 8 | Int(input[1])) % Settings.all.count
    NegotiationLaws(settings: Settings.all[number], field: Array(input.dropFirst(2))).check()
    return 0
}

/// Writes the first inputs into the folder `FUZZ_SEEDS` and useful words into the file `FUZZ_WORDS`, if these are set.
@_cdecl("LLVMFuzzerInitialize")
public func prepare(
    _ count: UnsafeMutablePointer<CInt>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>?
) -> CInt {
    let environment = ProcessInfo.processInfo.environment
    do {
        if let folder = environment["FUZZ_SEEDS"] {
            for (index, field) in Seeds.fields.enumerated() {
                // Policies and offers in turn, far apart.
                let number = index * 37
                let seed = [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)] + field.utf8
                try Data(seed).write(to: URL(fileURLWithPath: folder).appending(path: "seed-\(index)"))
            }
        }
        if let file = environment["FUZZ_WORDS"] {
            let lines = Seeds.words.map { word in
                "\"" + word.utf8.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\"\n"
            }
            try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: file))
        }
    } catch {
        FileHandle.standardError.write(Data("the seeds cannot be written: \(error)\n".utf8))
        exit(74)
    }
    return 0
}

/// Where the search begins.
enum Seeds {
    static let fields = [
        "", "*/*", "*", "application/json", "text/csv;header=absent, text/csv;q=0.5", "TEXT/*;q=0.3, */*;q=0.1",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
        "text/html;level=1, text/html;q=0.7, */*;q=0.5", "text/plain;a=\"x, \\\"y\\\"\";q=.25 , , x/y;q=1.000",
        "application/vnd.api+json;charset=\"UTF-8\", application/json;charset=utf-8;q=0.123456",
        "application/json;q=0, text/csv; charset=iso-8859-1", "text/plain;a=\"open, text/csv", "text/, json;;q=1;q=0",
        "\u{E4}/b;c=\"\u{E4}\", text/csv;Q=0.",
    ]

    static let words =
        Settings.offers.flatMap { $0 }.map(\.description) + [
            "q=", ";q=0", ";q=0.001", ";q=1.000", ";q=0.9999", ";q=.5", "*/*", "/*", ", ", "; ", "=\"", "\\\"", "\",",
            "charset=", "utf-8", "application/vnd.api+json", "text/html", ";;", ",,", "\t",
        ]
}
