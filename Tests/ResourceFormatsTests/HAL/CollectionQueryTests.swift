import LLMResources
import ResourceFormats
import Testing

/// The query of a request in the links of the list or page that answers it.
@Suite struct CollectionQueryTests {
    private static let models = "/v2.0/largelanguagemodels"

    /// A query, what `self` has of it, what `first` has, and what `next` has with the cursor `n`.
    @Test(arguments: [
        ("limit=5", "?limit=5", "?limit=5", "?limit=5&next=n"),
        ("", "", "", "?next=n"),
        (
            "limit=5&next=old&projectId=p", "?limit=5&next=old&projectId=p", "?limit=5&projectId=p",
            "?limit=5&projectId=p&next=n"
        ),
        ("previous=old&limit=5", "?previous=old&limit=5", "?limit=5", "?limit=5&next=n"),
        ("next=a", "?next=a", "", "?next=n"),
        ("n%65xt=a&previous&nexT=b", "?n%65xt=a&previous&nexT=b", "?nexT=b", "?nexT=b&next=n"),
        (
            "q=%c3%A4%20+b&r[]=1&s=a/b?c", "?q=%c3%A4%20+b&r[]=1&s=a/b?c", "?q=%c3%A4%20+b&r[]=1&s=a/b?c",
            "?q=%c3%A4%20+b&r[]=1&s=a/b?c&next=n"
        ),
        ("a=%", "?a=%", "?a=%", "?a=%&next=n"), ("%6=1&%zz=2", "?%6=1&%zz=2", "?%6=1&%zz=2", "?%6=1&%zz=2&next=n"),
        ("a=>; rel=\"x\"", "?a=%3E;%20rel=%22x%22", "?a=%3E;%20rel=%22x%22", "?a=%3E;%20rel=%22x%22&next=n"),
        ("a=\u{E4}\r\n#b", "?a=%C3%A4%0D%0A%23b", "?a=%C3%A4%0D%0A%23b", "?a=%C3%A4%0D%0A%23b&next=n"),
    ])
    func isInTheLinksOfPages(query: String, whole: String, first: String, next: String) throws {
        let page = PageInfo(nextCursor: "n")
        let links = LargeLanguageModel.schema.collectionLinks(page: page, query: query)
        #expect(links.map(\.relation) == ["self", "first", "next"])
        #expect(links.map(\.target) == [whole, first, next].map { Self.models + $0 })

        let hal = String(
            decoding: try Format.hal.encode([LargeLanguageModel](), page: page, query: query), as: UTF8.self)
        let expected = zip(["self", "first", "next"], [whole, first, next])
            .map { "\"\($0)\":{\"href\":\"\(Self.models)\($1)\"}" }.joined(separator: ",")
        #expect(hal.hasPrefix(#"{"_embedded":{"largeLanguageModels":[]},"_links":{\#(expected),"find":"#))
        let stored = try Format.hal.encode(
            [StoredRecord](), page: page, query: query, schema: LargeLanguageModel.schema)
        #expect(String(decoding: stored, as: UTF8.self) == hal)

        // What the links say is where the page came from, no more.
        var converter = Converter(from: .hal, to: .hal, schema: LargeLanguageModel.schema)
        converter.query = query
        var output = OutputBuffer()
        try converter.convert(Array(hal.utf8).span, from: .hal, into: &output)
        #expect(String(decoding: output.array(), as: UTF8.self) == hal)
        #expect(converter.notes == [])
        #expect(
            try Format.hal.encode([LargeLanguageModel](), page: page)
                == convert(hal, from: .hal, to: .hal).utf8.map { $0 })
    }

    @Test func isAllOfItInTheLinkOfAList() throws {
        let hal = try Format.hal.encode([LargeLanguageModel](), query: "next=a&limit=5")
        #expect(
            String(decoding: hal, as: UTF8.self).contains(#""self":{"href":"\#(Self.models)?next=a&limit=5"},"find""#))
    }

    @Test func leavesPreviousAndNextTheirOwnCursor() {
        let page = PageInfo(nextCursor: "n", previousCursor: "p")
        let links = LargeLanguageModel.schema.collectionLinks(
            page: page, baseURL: "https://x", query: "previous=o&limit=1")
        #expect(
            links.map(\.target.utf8.count)
                == ["previous=o&limit=1", "limit=1", "limit=1&previous=p", "limit=1&next=n"]
                .map { "https://x\(Self.models)?\($0)".utf8.count })
        #expect(links.map(\.relation) == ["self", "first", "prev", "next"])
        #expect(links[2].target == "https://x\(Self.models)?limit=1&previous=p")
    }
}
