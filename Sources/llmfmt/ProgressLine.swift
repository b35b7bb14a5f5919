/// A line on the terminal with the progress of a long conversion: records, bytes, rate, time left.
///
/// It appears after a second and is cleared at the end.
struct ProgressLine {
    private let isShown: Bool
    private let console: Console
    private let startTime = System.seconds
    private var lastTime: Double
    private var calls = 0
    private var isVisible = false
    private var totalBytes: Int?

    init(_ choice: Console.Choice, console: Console) {
        self.console = console
        lastTime = startTime + 0.8
        switch choice {
        case .always: isShown = true
        case .never: isShown = false
        case .auto: isShown = console.isTerminal && !console.isQuiet
        }
    }

    /// Starts another input.
    mutating func start(bytes: Int?) {
        totalBytes = bytes
    }

    mutating func update(records: Int, bytes: Int) {
        guard isShown else { return }
        let now = System.seconds
        guard now - lastTime >= 0.2 else { return }
        lastTime = now
        isVisible = true
        let rate = Double(bytes) / max(0.001, now - startTime)
        var line = "\(records) records, \(megabytes(Double(bytes))), \(megabytes(rate))/s"
        if let totalBytes, rate > 0, totalBytes > bytes {
            line += ", \(Int(Double(totalBytes - bytes) / rate) + 1) s left"
        }
        show("\r\u{1B}[K" + line)
    }

    /// Clears the line.
    mutating func finish() {
        if isVisible { show("\r\u{1B}[K") }
        isVisible = false
    }

    private func show(_ text: String) {
        let bytes = Array(text.utf8)
        try? System.write(bytes.span, to: 2)
    }

    private func megabytes(_ bytes: Double) -> String {
        let tenths = Int(bytes / 100_000)
        return "\(tenths / 10).\(tenths % 10) MB"
    }
}
