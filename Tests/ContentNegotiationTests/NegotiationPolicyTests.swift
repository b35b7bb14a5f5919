import ContentNegotiation
import Testing

/// What each member of a policy changes.
@Suite struct NegotiationPolicyTests {
    private let json = MediaType(type: "application", subtype: "json")
    private let xml = MediaType(type: "application", subtype: "xml")
    private let csv = MediaType(type: "text", subtype: "csv")

    private func choice(
        _ accept: String, _ offers: [MediaType], _ change: (inout NegotiationPolicy) -> Void = { _ in }
    ) -> MediaType? {
        var policy = NegotiationPolicy.standard
        change(&policy)
        return negotiate(accept: accept, offers: offers, policy: policy).choice
    }

    @Test func settlesTies() {
        let accept = "*/*, text/csv, application/xml"
        #expect(choice(accept, [json, xml, csv]) == json)
        #expect(choice(accept, [csv, xml, json]) { $0.ties = .clientOrder } == json)
        #expect(choice(accept, [json, xml, csv]) { $0.ties = .moreSpecificRange } == csv)
        #expect(choice("", [csv, json]) { $0.ties = .clientOrder } == csv)
    }

    @Test func treatsMalformedElements() {
        let accept = "oops, text/csv"
        #expect(choice(accept, [json, csv]) == csv)
        #expect(choice(accept, [json, csv]) { $0.malformedElements = .ignoringField } == json)
        #expect(choice(accept, [json, csv]) { $0.malformedElements = .refusingField } == nil)
        #expect(choice("oops", [json]) { $0.malformedElements = .refusingField } == nil)
        #expect(choice(",", [json]) { $0.malformedElements = .refusingField } == json)
    }

    @Test func comparesParameters() throws {
        #expect(choice("text/csv;charset=utf-8", [csv]) == csv)
        #expect(choice("text/csv;charset=utf-8", [csv]) { $0.charset = .asDeclared } == nil)
        let declared = try #require(MediaType("text/csv;charset=UTF-8"))
        #expect(choice("text/csv;charset=utf-8", [declared]) { $0.charset = .asDeclared } == declared)
        let header = try #require(MediaType("text/csv;header=Present"))
        #expect(choice("text/csv;header=present", [header]) == header)
        #expect(choice("text/csv;header=present", [header]) { $0.parameterValues = .exact } == nil)
        #expect(choice("text/csv;charset=UTF-8", [declared]) { $0.parameterValues = .exact } == declared)
    }

    @Test func looksThroughBrowsers() {
        let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        #expect(choice(accept, [json, xml]) == xml)
        #expect(choice(accept, [json, xml]) { $0.browsers = .withoutXML } == json)
        #expect(choice("application/xml, */*;q=0.8", [json, xml]) { $0.browsers = .withoutXML } == xml)
        #expect(choice("text/html, application/xml", [json, xml]) { $0.browsers = .withoutXML } == xml)
    }

    @Test func knowsOffersByOtherNames() {
        let api = MediaType(type: "application", subtype: "vnd.api+json")
        let withAlias: (inout NegotiationPolicy) -> Void = {
            $0.aliases = [.init(api, for: MediaType(type: "application", subtype: "json"))]
        }
        #expect(choice("application/vnd.api+json", [xml, json]) == nil)
        #expect(choice("application/vnd.api+json", [xml, json], withAlias) == json)
        #expect(choice("application/vnd.api+json, application/json;q=0", [json], withAlias) == nil)
        #expect(choice("application/vnd.api+json;q=0, application/*", [json, xml], withAlias) == xml)
    }
}
