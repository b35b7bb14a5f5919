import ResourceFormats
import ResourceHTTP
import Testing

@Suite struct RepresentationTests {
    @Test func sendsTheContentTypesOfTheAPI() {
        #expect(
            Representation.standard.map(\.contentType) == [
                "application/json", "application/hal+json", "application/xml", "text/xml; charset=utf-8",
                "text/csv; charset=utf-8; header=present", "text/csv; charset=utf-8; header=absent",
            ])
    }

    @Test func readsAllButCSVWithoutAHeader() {
        #expect(Representation.standard.map(\.isReadable) == [true, true, true, true, true, false])
    }
}
