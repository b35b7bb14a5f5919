extension MemberPath {
    /// Parses a path written as the name of a CSV column: `openAI.customModel`, `regions[0]`, and `a\.b` for a name with
    /// a dot.
    ///
    /// - Throws: `.invalidText` for a text that no column can have as its name.
    public init(_ text: String) throws(SerializationError) {
        let bytes = Array(text.utf8)
        guard let path = CSVColumnPath(parsing: ByteView(bytes.span)) else {
            throw SerializationError(
                .invalidText, found: "\"\(excerpt(text))\"",
                expected: "names with dots between them, as CSV columns have: a.b, a[0].b, and \\. for a dot in a name")
        }
        self.init(
            steps: path.steps.map { step in
                switch step {
                case .key(let key): .key(key)
                case .index(let index): .index(index)
                }
            }, text: bytes)
    }
}
