import HTTPTypes
import ResourceHTTP
import Testing

@Suite struct HTTPDateTests {
    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"), (-62_167_219_200, "Sat, 01 Jan 0000 00:00:00 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
    ])
    func writesAndReads(seconds: Int, text: String) throws {
        let date = try #require(HTTPDate(seconds: seconds))
        #expect(date.fieldValue == text)
        #expect(HTTPDate(text) == date)
    }

    @Test(arguments: [
        "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 6 Nov 1994 08:49:37 GMT",
    ])
    func readsOldForms(text: String) throws {
        #expect(HTTPDate(text)?.seconds == 784_111_777)
    }

    @Test func putsYearsOfTwoDigitsNear() throws {
        let now = try #require(HTTPDate("Thu, 26 Nov 2026 00:00:00 GMT"))
        #expect(HTTPDate("Monday, 01-Jan-76 00:00:00 GMT", now: now)?.fieldValue.contains("2076") == true)
        #expect(HTTPDate("Monday, 01-Jan-77 00:00:00 GMT", now: now)?.fieldValue.contains("1977") == true)
    }

    @Test(arguments: [
        "", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 994 08:49:37 GMT", "Sun, 06 Nov 1994 8:49:37 GMT",
        "06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Xxx, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994",
    ])
    func refusesOthers(text: String) {
        #expect(HTTPDate(text) == nil)
    }

    @Test func timesCountWhereThereAreNoTags() throws {
        let record = try Fixture.record()
        let date = "Sun, 06 Nov 1994 08:49:37 GMT"
        let earlier = "Sun, 06 Nov 1994 08:49:36 GMT"
        func status(_ fields: HTTPFields, _ method: HTTPRequest.Method = .get) -> Int? {
            do {
                let request = Fixture.request(method, fields: fields)
                let response = try Fixture.responder.response(
                    to: request, with: record, version: "1", headerFields: [.lastModified: date])
                return response.head.status.code
            } catch {
                return error.status.code
            }
        }
        #expect(status([.ifModifiedSince: date]) == 304)
        #expect(status([.ifModifiedSince: earlier]) == 200)
        #expect(status([.ifModifiedSince: date, .ifNoneMatch: "\"x\""]) == 200)
        #expect(status([.ifModifiedSince: date], .post) == 200)
        #expect(status([.ifUnmodifiedSince: earlier]) == 412)
        #expect(status([.ifUnmodifiedSince: earlier, .ifMatch: "*"]) == 200)
        #expect(status([.ifUnmodifiedSince: date]) == 200)
        let put = Fixture.request(.put, fields: [.ifUnmodifiedSince: earlier])
        let refusal = problem { () throws(ProblemDetails) in
            try Fixture.responder.checkPreconditions(of: put, version: "1", lastModified: HTTPDate(date))
        }
        #expect(refusal?.status == .preconditionFailed)
    }
}
