extension Resource {
    /// The resource after a JSON Merge Patch (RFC 7396).
    ///
    /// A `null` in the patch removes a member, an object is merged with the object in its place, and any other value
    /// replaces the value in its place. Numbers and unknown members that the patch does not name stay as they are.
    ///
    ///     let renamed = try model.patched(with: Array(#"{"name":"Help","description":null}"#.utf8), as: .json)
    ///
    /// - Parameters:
    ///   - patch: A document with one object.
    ///   - format: The format of the patch: `.json`, or another one in which `null` differs from absence.
    ///   - limits: The limits of the patch.
    /// - Throws: For the patch, the first error with its position; for the result, the error of `init(_:)` with its
    ///   path, such as a required member that the patch has removed.
    public func patched(
        with patch: Span<UInt8>, as format: Format, limits: Limits = .default
    ) throws(SerializationError) -> Self {
        // The members of a patch may be named as those of a page.
        var schema = Self.schema
        schema.hasPages = false
        var stream = RecordStream(format, schema: schema, limits: limits)
        guard try stream.nextInWhole(patch) else {
            throw stream.located(
                SerializationError(.wrongShape, found: "no record", expected: "one object for a patch"), atEndOf: patch)
        }
        var tape = RecordTape()
        try tape.lay(self, at: .item, schema)
        var result = RecordTape()
        if let changes = stream.record, let record = tape.record { try result.merge(patch: changes, onto: record) }
        guard try !stream.nextInWhole(patch) else {
            throw SerializationError(
                .wrongShape, found: "more than one record", expected: "one object for a patch",
                position: stream.recordPosition(in: patch))
        }
        guard let record = result.record else { return self }
        do throws(SerializationError) {
            return try Self(record)
        } catch {
            throw error.located(in: result, at: .item, schema)
        }
    }

    /// The resource after a JSON Merge Patch (RFC 7396) in an array.
    ///
    /// - Throws: For the patch, the first error with its position; for the result, the error of `init(_:)` with its
    ///   path.
    public func patched(
        with patch: [UInt8], as format: Format, limits: Limits = .default
    ) throws(SerializationError) -> Self {
        try patched(with: patch.span, as: format, limits: limits)
    }
}
