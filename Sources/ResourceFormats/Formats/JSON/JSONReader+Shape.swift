extension JSONReader {
    /// Whether the records stand in the dialect's frame, after which it shows whether the document is a page.
    var isInsideCollection: Bool {
        guard isPage, pageMembers.frame == .dialect else { return false }
        return state == .beforeFirst || state == .afterElement || state == .afterComma
    }

    /// Whether a document that is a list so far may turn out to be a page.
    var mayBecomePage: Bool {
        if dialect == nil || shape == .page || state == .afterDocument { return false }
        return isPage || recordCount == 0 && shape == nil
    }

    /// Steps over the rest of the records; true at the bracket after them.
    mutating func skipRecords(_ input: ByteView, from position: inout Int) -> Bool {
        // The skipper keeps its state from call to call, so every byte is used up.
        guard skipper.skip(input, &position, downTo: -1) else { return false }
        position -= 1
        state = .afterElement
        return true
    }
}
