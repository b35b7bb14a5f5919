/// Accept fields that are right, nearly right, or noise; equal seeds, equal fields.
struct FieldGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &self)]
    }

    mutating func field() -> [UInt8] {
        if Int.random(in: 0..<20, using: &self) == 0 {
            return (0..<Int.random(in: 0..<30, using: &self)).map { _ in .random(in: 0...255, using: &self) }
        }
        var bytes: [UInt8] = []
        for index in 0..<Int.random(in: 0..<7, using: &self) {
            if index > 0 { bytes += Array(pick([",", ", ", " ,", ",,", "\t,"]).utf8) }
            bytes += Array(element().utf8)
        }
        guard Bool.random(using: &self) else { return bytes }
        for _ in 0..<Int.random(in: 0..<4, using: &self) { mutate(&bytes) }
        return bytes
    }

    private mutating func element() -> String {
        var text = pick(Self.essences)
        for _ in 0..<pick([0, 0, 1, 1, 2, 3]) { text += pick([";", "; ", " ;", ";;", ";\t;"]) + pick(Self.parameters) }
        return text
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let noise = pick(Array("\",;=\\/*qQ01. \t\u{0}\r\u{7F}".utf8) + [0x80, 0xFF])
        guard !bytes.isEmpty else { return bytes.append(noise) }
        let place = Int.random(in: 0..<bytes.count, using: &self)
        switch Int.random(in: 0..<4, using: &self) {
        case 0: bytes[place] = noise
        case 1: bytes.insert(noise, at: place)
        case 2: bytes.remove(at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + 5))
        }
    }

    static let offers = [
        "application/json", "application/hal+json", "application/xml", "text/xml", "text/csv;header=present",
        "text/csv;header=absent", "text/html", "text/html;level=1", "TEXT/HTML;level=1;Charset=UTF-8",
        "text/csv; charset=iso-8859-1", "text/plain;a=\"x, \\\"y\\\"\"", "text/plain;a=1;a=2", "x/y", "text/csv",
    ]

    private static let essences = [
        "application/json", "application/hal+json", "application/xml", "text/xml", "text/csv", "TEXT/Csv", "text/html",
        "text/plain", "x/y", "*/*", "*", "text/*", "application/*", "*/xml", "application/*+json", "json", "text/",
        "application/vnd.api+json", "t\u{E4}xt/csv",
    ]

    private static let parameters = [
        "q=1", "q=0", "q=0.5", "Q=0.500", "q=.2", "q=0.12345", "q=0.9995", "q=0.0001", "q=0.00010", "q=0.00001",
        "q=0.500000000000000000", "q=0.5000000000000000001", "q=0.50000000000000000010", "q=0.50000000000000000009",
        "q=0.4999999999999999999", "q=0.00000000000000000000001", "q=1.0000000000000000000000",
        "q=1.00000000000000000001", "q=0.99949", "q=0.9994999999999999999999", "q=0.9999", "q=1.0000", "q=1.0001",
        "q=2",
        "q=", "q", "q=-1", "q=0.5x", "q=\"0.5\"", "q=01", "q=0.", "q=1.", "q=.", "header=present", "HEADER=Absent",
        "header=\"absent\"", "charset=utf-8", "charset=\"UTF-8\"", "charset=iso-8859-1", "level=1", "level=2",
        "Charset=Utf-8", "a=\"x, \\\"y\\\"\"", "a=\"x, y\"", "a=1", "a=2", "a=\"\"", "a=", "a", "=1", "a =1", "a= 1",
        "a=\"open", "a=\"\\1\"",
    ]
}
