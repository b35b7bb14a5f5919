import ResourceFormats

/// A step of a coding path: the name of a member, or the number of an element.
struct RecordKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = "Index \(intValue)"
        self.intValue = intValue
    }

    init(_ step: RecordStep, _ keys: KeyStrategy) {
        switch step {
        case .name(let name): self.init(stringValue: keys.toKey?(name) ?? name)
        case .index(let index): self.init(intValue: index)
        }
    }

    /// The member that holds what a class has from the class above it.
    static let `super` = RecordKey(stringValue: "super")
}
