import ResourceFormats

extension SerializationError {
    /// The same error, with the option of the tool that brings about what was expected, if there is one.
    var namingOption: SerializationError {
        guard code == .notRepresentable, found.utf8.elementsEqual("the member \"_links\"".utf8) else { return self }
        return SerializationError(
            code, found: found, expected: "\(expected); if the input is HAL, read it with --from hal",
            position: position, path: path)
    }
}

extension Note {
    /// The sentence, with the option of the tool that avoids what it tells, if there is one.
    var sentenceNamingOption: String {
        if let proposedRecords { return "\(sentence) (--records '\(proposedRecords)' reads them as the records)" }
        return self == .linksLeftOut ? "\(sentence) (--keep-links keeps _links as a member)" : sentence
    }
}

/// Advice for errors that are made often.
enum Hint {
    /// One sentence of advice; nil if there is none.
    static func text(for refusal: SerializationError, _ excerpt: SourceExcerpt?) -> String? {
        switch refusal.code {
        case .invalidEncoding:
            if refusal.found.hasPrefix("UTF-16") || refusal.found.hasPrefix("UTF-32") {
                let name = refusal.found.prefix(6)
                return "convert the file first: iconv -f \(name) -t UTF-8; a table is read with --from csv "
                    + "--input-encoding \(name)\(refusal.found.contains("little") ? "LE" : "BE")"
            }
            if refusal.found.contains("workbook") { return "save the sheet as CSV UTF-8 first" }
            // With an encoding that was given the option is known.
            guard refusal.expected == "UTF-8" else { return nil }
            return "a table in an older encoding is read with --input-encoding windows-1252; "
                + "convert other files first, for example with iconv -t UTF-8"
        case .recordLimit where refusal.path == "$":
            return "if this object holds the records, --records says where, as in --records data"
        case .invalidHeader where refusal.found.hasPrefix("a blank") || refusal.found.hasSuffix("a second time"):
            return "--header rename gives such columns names of their own"
        case .wrongShape: return "without --item the input decides what it is"
        case .unequalColumns: return "a text that holds the delimiter or a line break has to be in quotes"
        case .conflictingCells: return "leave one of the cells empty"
        case .invalidEscape where refusal.found.contains("\\\"'"): return "a single quote needs no escape"
        case .unexpectedByte, .invalidNumber: return excerpt.flatMap { json(refusal, $0) }
        default: return nil
        }
    }

    /// Advice for mistakes in JSON, by the bytes at the place of the error.
    private static func json(_ refusal: SerializationError, _ excerpt: SourceExcerpt) -> String? {
        if isTrailingComma(refusal) { return "JSON has no comma after the last member or element: leave it out" }
        let rest = excerpt.line.unicodeScalars.dropFirst(excerpt.column - 1)
        func begins(with text: String) -> Bool { rest.starts(with: text.unicodeScalars) }
        if begins(with: "'") { return "JSON has its names and strings in double quotes" }
        if begins(with: "“") || begins(with: "”") { return "JSON has straight double quotes" }
        if begins(with: "//") || begins(with: "/*") || begins(with: "#") { return "JSON has no comments: leave it out" }
        if begins(with: "NaN") || begins(with: "Infinity") || begins(with: "nan") || begins(with: "inf") {
            return "JSON has no NaN or Infinity; write null, or the text in quotes"
        }
        for (word, json) in [("None", "null"), ("True", "true"), ("False", "false"), ("undefined", "null")]
        where begins(with: word) {
            return "JSON has \(json) for \(word)"
        }
        for word in ["null", "true", "false"] where String(String.UnicodeScalarView(rest)).lowercased().hasPrefix(word)
        {
            return "JSON has \(word) in small letters only"
        }
        if refusal.expected == "a member name in quotes" { return "JSON has its names in double quotes" }
        return nil
    }

    /// Whether the error is a closing bracket after a comma.
    private static func isTrailingComma(_ refusal: SerializationError) -> Bool {
        switch refusal.found {
        case "\"}\"": return refusal.expected == "a member name in quotes"
        case "\"]\"":
            // The path is that of an element, not of a member with an odd name.
            guard let path = refusal.path, path.hasSuffix("]"), !path.hasSuffix("\"]") else { return false }
            return refusal.expected == "a JSON value" || refusal.expected == "an object"
        default: return false
        }
    }
}
