import ResourceFormats

/// A file with a name on each line, such as the columns that `llmfmt columns` prints.
enum NameFile {
    /// The names, without blank lines.
    static func names(in file: String) throws(Failure) -> [String] {
        let source = try InputSource(file)
        var window = InputWindow()
        while !window.isComplete { try window.fill(from: source) }
        let bytes = window.bytes(0..<window.count)
        var names: [String] = []
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            var line = line
            if index == 0, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
            if line.last == 0x0D { line = line.dropLast() }
            if line.isEmpty { continue }
            guard let name = String(validating: line, as: UTF8.self), !line.contains(0) else {
                throw .refused(
                    file: source.name,
                    SerializationError(
                        .invalidEncoding, found: "a line that is not text in UTF-8", expected: "the name of a column",
                        position: TextPosition(byteOffset: line.startIndex, line: index + 1, column: 1)),
                    excerpt: nil)
            }
            names.append(name)
        }
        return names
    }
}
