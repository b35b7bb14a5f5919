import Testing

@testable import ModelClient

@Suite struct LinkFieldTests {
    @Test(arguments: [
        #"<a>; rel="next""#, "<a>;rel=next", "<a> ; rel = next", #"<a>; REL="NEXT""#, #"<a>; rel="prev next""#,
        #"<b>; rel=prev, <a>; rel=next"#, #", ,<b>; rel="first" , <a>; rel="next","#,
        #"<b>; title="x, <y>; rel=\"next\""; rel=prev, <a>; rel=next"#, #"<a>; title*=UTF-8''x%20y; rel=next"#,
        #"<a>; ;rel=next;"#, #"<a>; crossorigin; rel=next"#, #"<b>; rel=next; anchor="/c", <a>; rel=next"#,
        #"<b>; rel=prev; rel=next, <a>; rel=next"#, "<a>;\trel=next", #"<a>; rel="n\ext""#,
    ])
    func findsTheTarget(line: String) {
        #expect(LinkField.target(of: "next", in: [line]) == "a")
    }

    @Test(arguments: [
        "", "a; rel=next", "<a; rel=next", "<a>", "<a>; rel", "<a>; rel=prev", #"<a>; rel="next"#, #"<a>; rel="next\"#,
        #"<a>; rel="nextpage""#, "<a> rel=next", #"<b>; rel=, x <a>; rel=next"#, #"<a>; anchor=""; rel=next"#,
    ])
    func findsNone(line: String) {
        #expect(LinkField.target(of: "next", in: [line]) == nil)
    }

    @Test func looksAtEveryLine() {
        #expect(LinkField.target(of: "next", in: ["<b>; rel=prev", "nonsense", "<a>; rel=next"]) == "a")
    }

    @Test func keepsCommasAndSemicolonsOfTargets() {
        #expect(LinkField.target(of: "next", in: ["</x;y,z?a=b;c>; rel=next"]) == "/x;y,z?a=b;c")
    }
}
