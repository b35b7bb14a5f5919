/// What RFC 9110 leaves to the server, and reputable servers answer in different ways.
///
/// `standard` is the default of every entry, and each member's own default. Change a copy:
///
/// ```swift
/// var policy = NegotiationPolicy.standard
/// policy.ties = .clientOrder
/// ```
public struct NegotiationPolicy: Hashable, Sendable {
    /// Which of two offers with equal weights is chosen.
    public enum Ties: Hashable, Sendable {
        /// The one that the server names first.
        case serverOrder
        /// The one whose range stands first in the field, then the server's order.
        case clientOrder
        /// The one whose range says more (`text/csv`, then `text/*`, then `*/*`), then as `clientOrder`.
        case moreSpecificRange
    }

    /// What becomes of elements that are not media ranges.
    public enum MalformedElements: Hashable, Sendable {
        /// They are left out one by one; a field of which nothing is left counts as absent.
        case dropped
        /// One is enough for the whole field to count as absent.
        case ignoringField
        /// One is enough for nothing to be acceptable.
        case refusingField
    }

    /// Which offers a range with `charset=utf-8` takes.
    public enum Charset: Hashable, Sendable {
        /// Those that name no other charset: all output is UTF-8.
        case utf8IsUnderstood
        /// Those that say `charset=utf-8` themselves.
        case asDeclared
    }

    /// How values of parameters compare, other than those of `charset`, where case never counts.
    public enum ParameterValues: Hashable, Sendable {
        /// ASCII letters in either case are equal.
        case ignoringCase
        /// Byte for byte.
        case exact
    }

    /// What counts when a browser asks, which puts XML above `*/*` and means web pages by that.
    public enum Browsers: Hashable, Sendable {
        /// What it says, as from any client.
        case asAnyClient
        /// In a field with both `text/html` and `*/*`, ranges that name `application/xml` or `text/xml` do not count.
        case withoutXML
    }

    /// Another name under which clients ask for an offer, such as `application/vnd.api+json` for `application/json`.
    public struct Alias: Hashable, Sendable {
        /// What clients write; parameters do not count.
        public let name: MediaType
        /// Which offers they mean: those of this type and subtype.
        public let offer: MediaType

        /// Makes `name` stand for `offer`.
        public init(_ name: MediaType, for offer: MediaType) {
            self.name = name
            self.offer = offer
        }
    }

    /// Which of two offers with equal weights is chosen: the server's first.
    public var ties = Ties.serverOrder
    /// What becomes of elements that are not media ranges: they are dropped.
    public var malformedElements = MalformedElements.dropped
    /// Which offers `charset=utf-8` takes: those that name no other.
    public var charset = Charset.utf8IsUnderstood
    /// How values of parameters compare: without case.
    public var parameterValues = ParameterValues.ignoringCase
    /// What counts when a browser asks: what it says.
    public var browsers = Browsers.asAnyClient
    /// Other names of offers: none.
    ///
    /// A range with the offer's own name is more specific than one with an alias, and that is more than `type/*`.
    public var aliases: [Alias] = []

    /// The policy that holds where none is given.
    public static let standard = NegotiationPolicy()

    /// The standard policy.
    public init() {}
}
