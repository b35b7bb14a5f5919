import Foundation

/// Something that is fuzzed: laws that hold for every input, and where the search for one that breaks them begins.
protocol Target: SendableMetatype {
    /// What `Tests/Fuzz/run` calls it.
    static var name: String { get }

    /// Tries an input; aborts if a law is broken.
    static func check(_ input: [UInt8])

    /// Where the search begins.
    static func seeds() -> [[UInt8]]

    /// What inputs are made of.
    static var words: [String] { get }
}

/// A target whatever its type is.
struct AnyTarget: Sendable {
    let name: String
    let check: @Sendable ([UInt8]) -> Void
    let seeds: @Sendable () -> [[UInt8]]
    let words: [String]

    private init<T: Target>(_ target: T.Type) {
        name = T.name
        check = { T.check($0) }
        seeds = { T.seeds() }
        words = T.words
    }

    /// All targets.
    static let all: [AnyTarget] = [
        AnyTarget(NegotiationTarget.self), AnyTarget(JSONTarget.self), AnyTarget(JSONLinesTarget.self),
        AnyTarget(HALTarget.self), AnyTarget(XMLTarget.self), AnyTarget(CSVTarget.self), AnyTarget(RecoveryTarget.self),
        AnyTarget(TypedTarget.self), AnyTarget(MergeTarget.self), AnyTarget(ColumnTarget.self),
        AnyTarget(LinkTarget.self),
    ]
}

/// Says which law is broken, and by what, and ends the program.
func fail(_ law: String, _ facts: [(String, Any)]) -> Never {
    let lines = facts.map { name, fact in
        let text = (fact as? [UInt8]).map { String(decoding: $0, as: UTF8.self).debugDescription } ?? "\(fact)"
        return "  \(name): \(text.unicodeScalars.count > 3000 ? String(text.prefix(3000)) + "…" : text)\n"
    }
    FileHandle.standardError.write(Data("BROKEN: \(law)\n\(lines.joined())".utf8))
    abort()
}

extension [UInt8] {
    /// The byte at a place; 0 after the end.
    func byte(_ index: Int) -> UInt8 {
        index < count ? self[index] : 0
    }
}
