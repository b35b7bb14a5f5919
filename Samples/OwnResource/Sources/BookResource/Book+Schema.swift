public import ResourceFormats

extension Book {
    /// The fields and links, compiled for readers and writers.
    public static let schema = Schema(
        "book", plural: "books", fields: Field.self,
        links: ResourceLinks(
            item: [
                LinkTemplate("self", "/books/{id}"),
                LinkTemplate("library:shelf", "/shelves/{copies.shelf}"),
            ],
            collection: "/books", nextParameter: "after", previousParameter: "before",
            find: LinkTemplate("find", "/books/{bookId}"),
            curie: ResourceLinks.Curie("library", "/rels/{rel}")))
}
