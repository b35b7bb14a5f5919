import CoreMetrics
import Synchronization

/// Keeps metrics in memory and writes them in the text format of Prometheus (version 0.0.4).
///
/// No exporter for swift-metrics is needed for this. Timers and recorders are histograms, timers in seconds.
final class PrometheusMetrics: MetricsFactory, Sendable {
    /// The value of `Content-Type`.
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private struct Key: Hashable {
        let name: String
        let labels: String
    }

    private let series = Mutex<[Key: Series]>([:])

    // MARK: Making

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(.counter, "\(label)_total", dimensions)
    }

    func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        series(.counter, "\(label)_total", dimensions)
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(.gauge, label, dimensions)
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        series(.histogram, label, dimensions)
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(.histogram, "\(label)_seconds", dimensions)
    }

    // What was counted stays until the process ends.
    func destroyCounter(_: any CounterHandler) {}
    func destroyFloatingPointCounter(_: any FloatingPointCounterHandler) {}
    func destroyMeter(_: any MeterHandler) {}
    func destroyRecorder(_: any RecorderHandler) {}
    func destroyTimer(_: any TimerHandler) {}

    private func series(_ kind: Series.Kind, _ label: String, _ dimensions: [(String, String)]) -> Series {
        let labels = dimensions.map { "\(Self.name($0.0))=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
        let key = Key(name: Self.name(label), labels: labels)
        return series.withLock { series in
            if let known = series[key] { return known }
            let new = Series(kind)
            series[key] = new
            return new
        }
    }

    // MARK: Writing

    /// All series, sorted by their names.
    var text: String {
        let all = series.withLock { Array($0) }.sorted {
            ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels)
        }
        var text = ""
        var last: String?
        for (key, series) in all {
            if last != key.name { text += "# TYPE \(key.name) \(series.kind.rawValue)\n" }
            last = key.name
            for sample in series.samples {
                let labels = [key.labels, sample.label].filter { !$0.isEmpty }.joined(separator: ",")
                text += "\(key.name)\(sample.suffix)\(labels.isEmpty ? "" : "{\(labels)}") \(sample.value)\n"
            }
        }
        return text
    }

    /// A name with underscores where Prometheus allows no other characters.
    private static func name(_ text: String) -> String {
        let bytes = text.utf8.enumerated().map { index, byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): byte
            case UInt8(ascii: "0")...UInt8(ascii: "9") where index > 0: byte
            default: UInt8(ascii: "_")
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\n"): bytes += "\\n".utf8
            case UInt8(ascii: "\\"), UInt8(ascii: "\""): bytes += [UInt8(ascii: "\\"), byte]
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// One series: a number, or a histogram.
private final class Series: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler,
    Sendable
{
    enum Kind: String {
        case counter, gauge, histogram
    }

    /// A line of the text, without its name.
    struct Sample {
        var suffix = ""
        var label = ""
        let value: String
    }

    private struct State {
        var value = 0.0
        var count = 0
        var buckets = Array(repeating: 0, count: Series.bounds.count)
    }

    /// The upper bounds of a histogram's buckets.
    private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    let kind: Kind
    private let state = Mutex(State())

    init(_ kind: Kind) {
        self.kind = kind
    }

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { state.withLock { $0.value += amount } }
    func decrement(by amount: Double) { state.withLock { $0.value -= amount } }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { state.withLock { $0.value = value } }
    func reset() { state.withLock { $0 = State() } }
    func record(_ value: Int64) { record(Double(value)) }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func record(_ value: Double) {
        state.withLock { state in
            state.value += value
            state.count += 1
            if let index = Self.bounds.firstIndex(where: { value <= $0 }) { state.buckets[index] += 1 }
        }
    }

    var samples: [Sample] {
        let state = state.withLock { $0 }
        guard kind == .histogram else { return [Sample(value: Self.text(state.value))] }
        var samples: [Sample] = []
        var count = 0
        for (bound, number) in zip(Self.bounds, state.buckets) {
            count += number
            samples.append(Sample(suffix: "_bucket", label: "le=\"\(Self.text(bound))\"", value: "\(count)"))
        }
        samples.append(Sample(suffix: "_bucket", label: "le=\"+Inf\"", value: "\(state.count)"))
        samples.append(Sample(suffix: "_sum", value: Self.text(state.value)))
        samples.append(Sample(suffix: "_count", value: "\(state.count)"))
        return samples
    }

    /// A number without a fraction that says nothing.
    private static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
}
