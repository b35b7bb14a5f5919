import BookResource

/// The books of the server, in memory.
actor BookStore {
    private(set) var books: [Book]

    init(_ books: [Book] = []) {
        self.books = books
    }

    /// The book with an identifier; nil if there is none.
    func book(_ id: String) -> Book? {
        books.first { $0.id == id }
    }

    /// Adds a book under a new identifier, and returns it.
    func add(_ book: Book) -> Book {
        var book = book
        book.id = String(books.count + 1)
        books.append(book)
        return book
    }
}
