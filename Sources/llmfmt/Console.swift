import ResourceFormats

/// The output on standard error: errors with their place, notes, progress.
struct Console {
    /// The choice whether output is coloured, or progress shown.
    enum Choice: String, CaseIterable {
        case auto, always, never
    }

    let isQuiet: Bool
    let isColored: Bool
    let isTerminal: Bool

    init(isQuiet: Bool = false, color: Choice = .auto) {
        self.isQuiet = isQuiet
        isTerminal = System.isTerminal(2)
        switch color {
        case .always: isColored = true
        case .never: isColored = false
        case .auto: isColored = isTerminal && (System.environment("NO_COLOR") ?? "").isEmpty
        }
    }

    /// Writes one line to standard error.
    ///
    /// If that fails, there is no other place to report it.
    func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        try? System.write(bytes.span, to: 2)
    }

    func note(_ text: String, file: String? = nil) {
        if !isQuiet { write("\(file ?? "llmfmt"): \(styled("note:", "36")) \(text)") }
    }

    func report(_ failure: Failure) {
        let error = styled("error:", "1;31")
        switch failure {
        case .usage(let text):
            write("llmfmt: \(error) \(text)")
            write("See 'llmfmt --help' for more information.")
        case .refused(let file, let refusal, let excerpt):
            if let position = refusal.position {
                write("\(file):\(position.line):\(position.column): \(error) \(refusal.sentence)")
            } else {
                write("\(file): \(error) \(refusal.sentence)")
            }
            if let excerpt, isTerminal { show(excerpt, refusal) }
        case .unknownFormat(let file):
            write(
                "\(file):1:1: \(error) the format cannot be told; say --from (it is neither JSON nor XML, and CSV has a delimiter "
                    + "in its header and at least one row)")
        case .leftOut(let file, let sentence):
            write("\(file): \(error) \(sentence) (--fail-on-notes)")
        case .cannotOpen(let file, let reason):
            write("\(file): \(error) cannot be opened: \(reason)")
        case .inputOutput(let file, let reason), .corrupt(let file, let reason):
            write("\(file): \(error) \(reason)")
        case .passedOver, .closedPipe:
            break
        }
    }

    /// Shows the line of the input with a caret under the place, cut to the width of a terminal.
    private func show(_ excerpt: SourceExcerpt, _ refusal: SerializationError) {
        let scalars = Array(excerpt.line.unicodeScalars)
        let start = max(0, min(excerpt.column - 40, scalars.count - 78))
        var line = ""
        for scalar in scalars[start..<min(scalars.count, start + 78)] {
            line.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
        }
        write("  " + line)
        write("  " + String(repeating: " ", count: max(0, excerpt.column - 1 - start)) + styled("^", "1;32"))
        if let hint = Hint.text(for: refusal, excerpt) { write("\(styled("hint:", "36")) \(hint)") }
    }

    private func styled(_ text: String, _ style: String) -> String {
        isColored ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
    }
}
