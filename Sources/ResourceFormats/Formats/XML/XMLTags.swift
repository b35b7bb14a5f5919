/// The tags of a schema's places; compiled with the schema, because a writer is made for every document.
struct XMLTags: Sendable {
    /// For each place its start tag, then its end tag; after them those of the elements of unknown arrays.
    private var texts = RenderedTexts()
    /// The end tag of a record.
    let recordEnd: [UInt8]

    /// The tags of places, nil for elements of arrays.
    init(_ names: [String?], record: String, item: String = "item") {
        recordEnd = Array("</\(record)>".utf8)
        for name in names + [nil] {
            let name = Array((name ?? item).utf8)
            for opening in ["<", "</"] as [StaticString] {
                var output = OutputBuffer(minimumCapacity: 64)
                output.append(opening)
                XMLNames.append(ByteView(name.span), to: &output)
                output.append(0x3E)
                texts.add(output.array())
            }
        }
    }

    /// Appends the start tag of a place.
    @inline(__always)
    func appendStart(of place: Int, to output: inout OutputBuffer) {
        texts.append(place &* 2, to: &output)
    }

    /// Appends the start tag of a place up to where its attributes may follow.
    @inline(__always)
    func appendOpenStart(of place: Int, to output: inout OutputBuffer) {
        texts.append(place &* 2, droppingLast: 1, to: &output)
    }

    /// Appends the end tag of a place.
    @inline(__always)
    func appendEnd(of place: Int, to output: inout OutputBuffer) {
        texts.append(place &* 2 &+ 1, to: &output)
    }
}
