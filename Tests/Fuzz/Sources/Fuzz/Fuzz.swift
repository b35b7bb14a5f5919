import Foundation

// What libFuzzer calls. `FUZZ_TARGET` names the target that its inputs are for.

/// The target of this process.
private let target: AnyTarget = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = AnyTarget.all.first(where: { $0.name == name }) else {
        stop("FUZZ_TARGET is \"\(name)\"; it can be \(AnyTarget.all.map(\.name).joined(separator: ", "))")
    }
    return target
}()

/// Tries one input; whoever finds a law broken aborts.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.check(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// Prints the names of the targets if `FUZZ_LIST` is set; writes the first inputs into the folder `FUZZ_SEEDS` and
/// useful words into the file `FUZZ_WORDS`, if these are set.
@_cdecl("LLVMFuzzerInitialize")
public func prepare(
    _ count: UnsafeMutablePointer<CInt>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>?
) -> CInt {
    let environment = ProcessInfo.processInfo.environment
    if environment["FUZZ_LIST"] != nil {
        print(AnyTarget.all.map(\.name).joined(separator: "\n"))
        exit(0)
    }
    do {
        if let folder = environment["FUZZ_SEEDS"] {
            for (index, seed) in target.seeds().enumerated() {
                try Data(seed).write(to: URL(fileURLWithPath: folder).appending(path: "seed-\(index)"))
            }
        }
        if let file = environment["FUZZ_WORDS"] {
            // libFuzzer takes words of at most 64 bytes.
            let lines = target.words.filter { 1...64 ~= $0.utf8.count }.map { word in
                "\"" + word.utf8.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\"\n"
            }
            try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: file))
        }
    } catch {
        stop("the seeds cannot be written: \(error)")
    }
    return 0
}

private func stop(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(64)
}
