import LLMResources
import ResourceFormats
import ResourceFormatsTesting

/// A document with what is to be done to it: four bytes of options, then the document.
struct DocumentInput {
    static let optionCount = 4

    let form: TargetForm
    let limits: Limits
    /// Picks among the options of the format that is read.
    let variant: Int
    /// Where the document is cut in two or three.
    let cuts: [Int]
    let document: [UInt8]

    init?(_ input: [UInt8]) {
        guard input.count >= Self.optionCount else { return nil }
        form = TargetForm.all[Int(input[0]) % TargetForm.all.count]
        variant = Int(input[1] & 0x0F)
        // One in four inputs meets narrow limits.
        limits =
            input[1] & 0xC0 == 0xC0
            ? Limits(depth: 1 + Int(input[1] >> 4 & 3) * 2, recordSize: 8 + Int(input[3]) * 2) : .default
        document = Array(input.dropFirst(Self.optionCount))
        let room = document.count + 1
        cuts = [Int(input[2]) * 7 % room, Int(input[3]) * 13 % room].sorted()
    }

    var hasDefaultLimits: Bool { limits == .default }

    func conversion(from source: Format, to target: Format, shape: DocumentShape? = nil) -> Conversion {
        Conversion(from: source, to: target, schema: LargeLanguageModel.schema, limits: limits, shape: shape)
    }
}
