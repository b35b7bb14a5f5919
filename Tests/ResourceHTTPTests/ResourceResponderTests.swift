import ContentNegotiation
import HTTPTypes
import LLMResources
import ResourceFormats
import ResourceHTTP
import Testing

@Suite struct ResourceResponderTests {
    @Test(arguments: [
        (nil, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("application/hal+json", "application/hal+json"),
        ("application/xml", "application/xml"),
        ("text/xml", "text/xml; charset=utf-8"),
        ("text/csv", "text/csv; charset=utf-8; header=present"),
        ("text/csv;header=absent", "text/csv; charset=utf-8; header=absent"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        ("application/json;q=0.2, text/csv;q=0.3", "text/csv; charset=utf-8; header=present"),
    ])
    func sendsWhatAcceptAsksFor(accept: String?, contentType: String) throws {
        let response = try Fixture.responder.response(
            to: Fixture.request(accept: accept), with: [Fixture.record()])
        #expect(response.head.status == .ok)
        #expect(response["Content-Type"] == contentType)
        #expect(response["Vary"] == "Accept")
        #expect(response["Content-Length"] == response.body.count.map { String($0) })
        #expect(response["ETag"]?.utf8.first == UInt8(ascii: "\""))
    }

    /// What is sent is what the format makes of the record, byte for byte, typed or kept.
    @Test(arguments: Representation.standard)
    func sendsTheFormatsBytes(_ representation: Representation) throws {
        let request = Fixture.request(accept: representation.mediaType.description)
        let format = representation.format
        let record = try Fixture.record()
        let model = try Format.json.decode(LargeLanguageModel.self, from: record.json.span)
        let page = PageInfo(total: 3, nextCursor: "a b")

        let item = String(decoding: try format.encode(model), as: UTF8.self)
        #expect(try Fixture.responder.response(to: request, with: record).text == item)
        #expect(try Fixture.responder.response(to: request, with: model).text == item)
        let list = String(decoding: try format.encode([model, model]), as: UTF8.self)
        #expect(try Fixture.responder.response(to: request, with: [record, record]).text == list)
        #expect(try Fixture.responder.response(to: request, with: [model, model]).text == list)
        let paged = String(decoding: try format.encode([model], page: page), as: UTF8.self)
        #expect(try Fixture.responder.response(to: request, with: [record], page: page).text == paged)
        #expect(try Fixture.responder.response(to: request, with: [model], page: page).text == paged)
    }

    @Test(arguments: [
        ("/m?format=csv", "text/csv; charset=utf-8; header=present"),
        ("/m?format=XML", "application/xml"),
        ("/m?a=b&format=text%2fcsv;header=absent&format=hal", "text/csv; charset=utf-8; header=absent"),
        ("/m?format=application/hal+json", "application/hal+json"),
        ("/m?format=", "text/xml; charset=utf-8"),
        ("/m?formats=csv", "text/xml; charset=utf-8"),
        ("/m", "text/xml; charset=utf-8"),
    ])
    func prefersTheFormatParameterToAccept(path: String, contentType: String) throws {
        let response = try Fixture.responder.response(
            to: Fixture.request(.get, path, accept: "text/xml"), with: [Fixture.record()])
        #expect(response["Content-Type"] == contentType)
    }

    @Test func hasNoFormatParameterIfToldSo() throws {
        let responder = ResourceResponder(schema: Fixture.schema, formatParameter: nil)
        let response = try responder.response(
            to: Fixture.request(.get, "/m?format=csv"), with: [Fixture.record()])
        #expect(response["Content-Type"] == "application/json")
    }

    @Test(arguments: [
        ("/m", "image/png", "nothing on offer is acceptable to \"Accept: image/png\""),
        ("/m?format=yaml", "*/*", "there is no format \"yaml\""),
        ("/m?format=image/png", "*/*", "there is no format \"image/png\""),
    ])
    func listsWhatIsOnOfferIn406(path: String, accept: String, detail: String) throws {
        let record = try Fixture.record()
        let request = Fixture.request(.get, path, accept: accept)
        let problem = try #require(
            problem { () throws(ProblemDetails) in try Fixture.responder.response(to: request, with: record) })
        #expect(problem.status == .notAcceptable)
        #expect(problem.detail == detail)
        let offers = Format.negotiationOffers.map { ProblemDetails.Detail.text($0.description) }
        #expect(problem.details == [.init("available", .list(offers))])
    }

    @Test func answersHEADWithTheHeadOfGET() throws {
        let record = try Fixture.record()
        for accept in ["application/json", "text/csv", "application/xml"] {
            let get = try Fixture.responder.response(to: Fixture.request(.get, accept: accept), with: record)
            let head = try Fixture.responder.response(to: Fixture.request(.head, accept: accept), with: record)
            #expect(get.head == head.head)
            #expect(get.body.count ?? 0 > 100)
            guard case .none = head.body else {
                Issue.record("the answer to HEAD has a body")
                return
            }
        }
    }

    @Test func keepsLengthAndFieldsOfACreatedRecord() throws {
        let response = try Fixture.responder.response(
            to: Fixture.request(.post), with: Fixture.record(), status: .created, version: "7",
            headerFields: [.location: "/x"])
        #expect(response.head.status == .created)
        #expect(response["Location"] == "/x")
        #expect(response["ETag"] == "\"7-application.json\"")
    }

    @Test func refusesARecordThatTheFormatCannotSay() throws {
        let record = try Fixture.record(#"{"name":"a","_links":{"x":{"href":"y"}}}"#)
        let request = Fixture.request(accept: "application/hal+json")
        let problem = try #require(
            problem { () throws(ProblemDetails) in try Fixture.responder.response(to: request, with: record) })
        #expect(problem.status == .internalServerError)
        #expect(problem.title == "Internal Server Error")
        #expect(problem.details.contains(.init("path", "$._links")))
    }

    // MARK: Links

    @Test(arguments: ["application/json", "application/xml", "text/csv"])
    func putsARecordsLinksIntoAField(accept: String) throws {
        let models = "/v2.0/largelanguagemodels"
        let expected = """
            <\(models)/\(Fixture.id)>; rel="self", <\(models)?projectId=5ce7c2d833ea1e04d7e6c433>; rel="collection", \
            </v2.0/connections/3c90c3cc-0d44-4b50-8888-8dd25736052a>; rel="llm:connection", \
            </v2.0/projects/5ce7c2d833ea1e04d7e6c433>; rel="llm:project", \
            <\(models)/\(Fixture.id)/test>; rel="llm:test", <\(models)/\(Fixture.id)/clone>; rel="llm:clone"
            """
        let record = try Fixture.record()
        let model = try Format.json.decode(LargeLanguageModel.self, from: record.json.span)
        let request = Fixture.request(accept: accept)
        #expect(try Fixture.responder.response(to: request, with: record)["Link"] == expected)
        #expect(try Fixture.responder.response(to: request, with: model)["Link"] == expected)
    }

    @Test func leavesLinksToHALThatHasThem() throws {
        let response = try Fixture.responder.response(
            to: Fixture.request(accept: "application/hal+json"), with: Fixture.record())
        #expect(response["Link"] == nil)
    }

    /// The links of a list that answers a query have that query, in `Link` and in HAL, however the list is made.
    @Test func keepsTheQueryInACollectionsLinks() throws {
        let page = PageInfo(total: 41, nextCursor: "n", previousCursor: "p")
        let models = "/v2.0/largelanguagemodels"
        let query = "limit=2&next=o&format=xml"
        let link = """
            <\(models)?\(query)>; rel="self", <\(models)?limit=2&format=xml>; rel="first", \
            <\(models)?limit=2&format=xml&previous=p>; rel="prev", <\(models)?limit=2&format=xml&next=n>; rel="next"
            """
        let record = try Fixture.record()
        let model = try Format.json.decode(LargeLanguageModel.self, from: record.json.span)
        let request = Fixture.request(.get, "\(models)?\(query)")
        #expect(try Fixture.responder.response(to: request, with: [record], page: page)["Link"] == link)
        #expect(try Fixture.responder.response(to: request, with: [model], page: page)["Link"] == link)

        let halLinks = #"""
            "_links":{"self":{"href":"\#(models)?format=hal&limit=2"},"first":{"href":"\#(models)?format=hal&limit=2"},\#
            "prev":{"href":"\#(models)?format=hal&limit=2&previous=p"},\#
            "next":{"href":"\#(models)?format=hal&limit=2&next=n"},
            """#
        let hal = Fixture.request(.get, "\(models)?format=hal&limit=2")
        for response in [
            try Fixture.responder.response(to: hal, with: [record], page: page),
            try Fixture.responder.response(to: hal, with: [model], page: page),
        ] {
            #expect(response.text?.contains(halLinks) == true)
        }
        let list = try Fixture.responder.response(to: hal, with: [record])
        let own = #""_links":{"self":{"href":"\#(models)?format=hal&limit=2"},"find""#
        #expect(list.text?.contains(own) == true)
        // What a request that changes something answers is not what its target names.
        let posted = Fixture.request(.post, "\(models)?limit=2", accept: "text/csv")
        #expect(try Fixture.responder.response(to: posted, with: [record])["Link"] == "<\(models)>; rel=\"self\"")
    }

    @Test func putsAPagesCursorsIntoAField() throws {
        let responder = ResourceResponder(schema: Fixture.schema, baseURL: "https://example.com")
        let page = PageInfo(total: 41, nextCursor: "a b", previousCursor: "c")
        let models = "https://example.com/v2.0/largelanguagemodels"
        let links = """
            <\(models)>; rel="self", <\(models)>; rel="first", <\(models)?previous=c>; rel="prev", \
            <\(models)?next=a%20b>; rel="next"
            """
        let csv = try responder.response(to: Fixture.request(accept: "text/csv"), with: [Fixture.record()], page: page)
        #expect(csv["Link"] == links)
        #expect(csv["X-Total-Count"] == "41")
        let json = try responder.response(to: Fixture.request(), with: [Fixture.record()], page: page)
        #expect(json["Link"] == links)
        #expect(json["X-Total-Count"] == nil)
    }
}
