extension JSONReader {
    /// Whether the records are inside the dialect's frame, so that members after it decide whether the document is a
    /// page.
    var isInsideCollection: Bool {
        guard isPage, pageMembers.frame == .dialect else { return false }
        return state == .beforeFirst || state == .afterElement || state == .afterComma
    }

    /// Whether a document that is a list so far may turn out to be a page.
    var mayBecomePage: Bool {
        if dialect == nil || shape == .page || state == .afterDocument { return false }
        return isPage || recordCount == 0 && shape == nil
    }

    /// Skips the rest of the records; returns true at the bracket after them.
    mutating func skipRecords(_ input: ByteView, from position: inout Int) -> Bool {
        // The skipper keeps its state between calls, so it uses up every byte.
        guard skipper.skip(input, &position, downTo: -1) else { return false }
        position -= 1
        state = .afterElement
        return true
    }
}
