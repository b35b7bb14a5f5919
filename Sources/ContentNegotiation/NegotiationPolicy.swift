/// The choices that RFC 9110 leaves to the server, and on which established servers differ.
///
/// `standard` is the default of the function and the tool, and consists of the default of each member. To change it,
/// change a copy:
///
/// ```swift
/// var policy = NegotiationPolicy.standard
/// policy.ties = .clientOrder
/// ```
public struct NegotiationPolicy: Hashable, Sendable {
    /// The order of offers with equal weights.
    public enum Ties: Hashable, Sendable {
        /// The order of the server's offers.
        case serverOrder
        /// The order of the ranges in the field, then the server's order.
        case clientOrder
        /// The order of specificity of the ranges (`text/csv`, then `text/*`, then `*/*`), then as `clientOrder`.
        case moreSpecificRange
    }

    /// The treatment of elements that are not media ranges.
    public enum MalformedElements: Hashable, Sendable {
        /// Each malformed element is dropped; if nothing is left, the field counts as absent.
        case dropped
        /// One malformed element makes the whole field count as absent.
        case ignoringField
        /// One malformed element makes every offer unacceptable.
        case refusingField
    }

    /// The offers that a range with `charset=utf-8` matches.
    public enum Charset: Hashable, Sendable {
        /// Offers that do not name another charset: all output is UTF-8.
        case utf8IsUnderstood
        /// Offers that have `charset=utf-8` themselves.
        case asDeclared
    }

    /// The comparison of parameter values; those of `charset` are always compared without case.
    public enum ParameterValues: Hashable, Sendable {
        /// Without the case of ASCII letters.
        case ignoringCase
        /// Byte for byte.
        case exact
    }

    /// The treatment of browsers, whose fields prefer XML to `*/*` although they expect web pages.
    public enum Browsers: Hashable, Sendable {
        /// A browser's field is read like that of any client.
        case asAnyClient
        /// In a field with both `text/html` and `*/*`, ranges that name `application/xml` or `text/xml` are ignored.
        case withoutXML
    }

    /// Another name that clients use for an offer, such as `application/vnd.api+json` for `application/json`.
    public struct Alias: Hashable, Sendable {
        /// The name in the client's field; its parameters are ignored.
        public let name: MediaType
        /// The type and subtype of the offers that it stands for.
        public let offer: MediaType

        /// An alias: `name` stands for `offer`.
        public init(_ name: MediaType, for offer: MediaType) {
            self.name = name
            self.offer = offer
        }
    }

    /// The order of offers with equal weights; by default the server's.
    public var ties = Ties.serverOrder
    /// The treatment of elements that are not media ranges; by default they are dropped.
    public var malformedElements = MalformedElements.dropped
    /// The offers that `charset=utf-8` matches; by default those that do not name another charset.
    public var charset = Charset.utf8IsUnderstood
    /// The comparison of parameter values; by default without case.
    public var parameterValues = ParameterValues.ignoringCase
    /// The treatment of browsers; by default as any client.
    public var browsers = Browsers.asAnyClient
    /// Other names of offers; by default none.
    ///
    /// A range with the offer's own name is more specific than one with an alias, which is more specific than `type/*`.
    public var aliases: [Alias] = []

    /// The default policy.
    public static let standard = NegotiationPolicy()

    /// The default of `ResourceResponder`: between equal weights the client's order decides, as far as it has one.
    ///
    /// Offers that a more specific range names come first, then those that the field names first, then those that the
    /// server prefers. So `application/hal+json, application/json` and `application/hal+json, */*` get HAL.
    public static let clientPreference: NegotiationPolicy = {
        var policy = NegotiationPolicy()
        policy.ties = .moreSpecificRange
        return policy
    }()

    /// The standard policy.
    public init() {}
}
