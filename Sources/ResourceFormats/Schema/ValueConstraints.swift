/// What a record is meant for, which decides what it must have.
public enum SchemaProfile: String, CaseIterable, Sendable {
    /// What the server returns.
    case resource
    /// What a client sends to make one.
    case create
}

/// What the schema asks of a field beyond its kind.
package struct ValueConstraints: Sendable {
    /// A list of the texts that are documented.
    package struct Names: Sendable {
        package let texts: [String]
        /// Whether a newer server may have more of them.
        package let isOpen: Bool
    }

    package var pattern: TextPattern?
    package var names: Names?
    package var isInteger = false
    package var range: ClosedRange<Int>?
    /// Whether an array of the declared kind may stand for a single value.
    package var mayBeArray = false
    package var requiredIn: Set<SchemaProfile> = []
    package var isSetByServer = false
}

extension FieldDeclaration {
    /// The same field, which every record of these profiles must have.
    public func required(in profiles: SchemaProfile...) -> Self {
        changing { $0.requiredIn = Set(profiles) }
    }

    /// The same field, which the server sets: a client that makes a record leaves it out.
    public func setByServer() -> Self {
        changing { $0.isSetByServer = true }
    }

    /// The same field, whose text has a form.
    public func pattern(_ pattern: TextPattern) -> Self {
        changing { $0.pattern = pattern }
    }

    /// The same field, whose text is one of the documented names and nothing else.
    public func oneOf(_ names: [String]) -> Self {
        changing { $0.names = ValueConstraints.Names(texts: names, isOpen: false) }
    }

    /// The same field, whose text is one of the documented names, or one that a newer server has.
    public func usuallyOneOf(_ names: [String]) -> Self {
        changing { $0.names = ValueConstraints.Names(texts: names, isOpen: true) }
    }

    /// The same field, whose number is an integer by its value: `1`, `1.0` and `1e3` are.
    public func integer(_ range: ClosedRange<Int>) -> Self {
        changing {
            $0.isInteger = true
            $0.range = range
        }
    }

    /// The same field, where an array of strings may stand for one string.
    public func orArrayOfStrings() -> Self {
        changing { $0.mayBeArray = true }
    }

    private func changing(_ change: (inout ValueConstraints) -> Void) -> Self {
        var declaration = self
        change(&declaration.constraints)
        return declaration
    }
}
