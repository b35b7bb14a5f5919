/// The purpose of a record, which decides what is required.
public enum SchemaProfile: String, CaseIterable, Sendable {
    /// A record that the server returns.
    case resource
    /// A record that a client sends to create one.
    case create
}

/// The constraints of a field beyond its kind.
package struct ValueConstraints: Sendable {
    /// A list of the texts that are documented.
    package struct Names: Sendable {
        package let texts: [String]
        /// Whether a newer server may have more values.
        package let isOpen: Bool
    }

    package var pattern: TextPattern?
    /// The form of a text that is a date, or a date and a time; nil for others.
    package var dateForm: DateForm?
    /// The number of code points in a text; nil for any.
    package var length: TextLength?
    package var names: Names?
    package var isInteger = false
    /// The values of a number; a bound of `Int.min` or `Int.max` is none.
    package var range: ClosedRange<Int>?
    /// The values of a number whose bounds are not both an `Int`; nil where `range` says them, and for none.
    package var bounds: DecimalBounds?
    /// Whether an array of the declared kind is allowed in place of a single value.
    package var mayBeArray = false
    package var requiredIn: Set<SchemaProfile> = []
    package var isSetByServer = false
    /// A text for people; nil for none.
    package var description: String?
    /// The `format` of JSON Schema, which is not checked; nil for none, and where the pattern has one.
    package var format: String?

    /// The date or the length that a text should have and has not, in words; nil if there is none.
    func missedForm(_ text: ByteView) -> String? {
        if let dateForm, !dateForm.matches(text) { return dateForm.noun }
        if let length, !length.isMet(by: text) { return length.sentence }
        return nil
    }

    /// The kind and range of a number, such as `an integer from 1 to 5`.
    var numberText: String {
        let kind = isInteger ? "an integer" : "a number"
        let (lower, upper) = numberBounds
        return switch (lower, upper) {
        case (nil, nil): kind
        case (nil, .some(let upper)): "\(kind) up to \(upper)"
        case (.some(let lower), nil): "\(kind) from \(lower) on"
        case (.some(let lower), .some(let upper)): "\(kind) from \(lower) to \(upper)"
        }
    }

    /// The bounds of a number as JSON numbers; nil for none.
    var numberBounds: (lower: String?, upper: String?) {
        if let bounds { return (bounds.lower, bounds.upper) }
        guard let range else { return (nil, nil) }
        return (
            range.lowerBound > .min ? String(range.lowerBound) : nil,
            range.upperBound < .max ? String(range.upperBound) : nil
        )
    }
}

extension FieldDeclaration {
    /// The same field, required in every record of these profiles.
    public func required(in profiles: SchemaProfile...) -> Self {
        changing { $0.requiredIn = Set(profiles) }
    }

    /// The same field, set by the server: a client that creates a record leaves it out.
    public func setByServer() -> Self {
        changing { $0.isSetByServer = true }
    }

    /// The same field, whose text has to match a pattern.
    public func pattern(_ pattern: TextPattern) -> Self {
        changing { $0.pattern = pattern }
    }

    /// The same field, whose text is one of the documented names.
    public func oneOf(_ names: [String]) -> Self {
        changing { $0.names = ValueConstraints.Names(texts: names, isOpen: false) }
    }

    /// The same field, whose text is one of the documented names, or a name that a newer server has added.
    public func usuallyOneOf(_ names: [String]) -> Self {
        changing { $0.names = ValueConstraints.Names(texts: names, isOpen: true) }
    }

    /// The same field, whose number has the value of an integer: `1`, `1.0` and `1e3` do.
    ///
    /// A bound of `Int.min` or `Int.max` is none.
    public func integer(_ range: ClosedRange<Int>) -> Self {
        changing {
            $0.isInteger = true
            $0.range = range
            $0.bounds = nil
        }
    }

    /// The same field, whose number lies between two decimal numbers, both included.
    ///
    ///     .number("price").decimal(from: "0.01", to: "9999.99")
    ///
    /// The numbers are written as in JSON and compared by their exact values. nil is no bound.
    public func decimal(from lower: String? = nil, to upper: String? = nil) -> Self {
        changing {
            $0.range = nil
            $0.bounds = DecimalBounds(lower: lower, upper: upper)
        }
    }

    /// The same field, whose text has so many Unicode code points.
    ///
    /// A bound of 0 or `Int.max` is none.
    public func length(_ range: ClosedRange<Int>) -> Self {
        changing { $0.length = TextLength(range) }
    }

    /// The same field, with an array of strings allowed in place of one string.
    public func orArrayOfStrings() -> Self {
        changing { $0.mayBeArray = true }
    }

    /// The same field, with a text for people, which the JSON Schema repeats.
    public func described(_ text: String) -> Self {
        changing { $0.description = text }
    }

    func changing(_ change: (inout ValueConstraints) -> Void) -> Self {
        var declaration = self
        change(&declaration.constraints)
        return declaration
    }
}
