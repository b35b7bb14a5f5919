import Foundation
import ResourceCodable
import ResourceFormats
import Testing

/// The examples of docs/codable.md.
@Suite struct DocumentationTests {
    struct Invoice: Codable, Equatable {
        struct Line: Codable, Equatable {
            var article: String
            var count: Int
            var price: Decimal
        }

        var number: String
        var isPaid: Bool
        var lines: [Line]
    }

    @Test func invoices() throws {
        let price = try #require(Decimal(string: "0.02"))
        let invoices = [
            Invoice(number: "008", isPaid: true, lines: [.init(article: "Nails", count: 100, price: price)])
        ]
        let csv = try Format.csv.encode(invoices)
        #expect(
            String(decoding: csv, as: UTF8.self)
                == "number,isPaid,lines[0].article,lines[0].count,lines[0].price\r\n008,true,Nails,100,0.02\r\n")
        #expect(try Format.csv.decode([Invoice].self, from: csv) == invoices)
        let xml = try Format.xml.encode(invoices[0])
        #expect(
            String(decoding: xml, as: UTF8.self) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <record xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><number>008</number><isPaid>true</isPaid>\
                <lines type="array"><item><article>Nails</article><count>100</count><price>0.02</price></item></lines>\
                </record>

                """)
        #expect(try Format.xml.decode(Invoice.self, from: xml) == invoices[0])
    }
}
