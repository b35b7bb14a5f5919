/// A line on the terminal with the progress of a long conversion: records, bytes, rate, time left.
///
/// It appears after a second and is cleared at the end. `--verbose` leaves a line with the sums.
struct ProgressLine {
    private let isShown: Bool
    private let console: Console
    private let startTime = System.seconds
    private var lastTime: Double
    private var calls = 0
    private var isVisible = false
    private var totalBytes: Int?
    private var records = 0
    /// The bytes of the inputs before this one, and of this one so far.
    private var bytesBefore = 0
    private var bytes = 0

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
        bytesBefore += self.bytes
        self.bytes = 0
    }

    mutating func update(records: Int, bytes: Int) {
        self.records = records
        self.bytes = bytes
        guard isShown else { return }
        let now = System.seconds
        guard now - lastTime >= 0.2 else { return }
        lastTime = now
        isVisible = true
        let rate = Double(bytesBefore + bytes) / max(0.001, now - startTime)
        var line = "\(records) records, \(megabytes(Double(bytesBefore + bytes))), \(megabytes(rate))/s"
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

    /// The line that `--verbose` leaves: what was read and written, the time and the rate.
    func summary(written: Int) -> String {
        let seconds = max(0.001, System.seconds - startTime)
        let read = Double(bytesBefore + bytes)
        let hundredths = Int((seconds * 100).rounded(.up))
        return "\(records) \(records == 1 ? "record" : "records"), \(megabytes(read)) read, "
            + "\(megabytes(Double(written))) written, \(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10) s, "
            + "\(megabytes(read / seconds))/s"
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
