import ResourceFormats

/// The part of an input that is in memory: 256 kB, more only while one record needs it.
struct InputWindow: ~Copyable {
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)
    private var start = 0
    private var end = 0
    /// Whether the input ends with these bytes.
    private(set) var isComplete = false
    /// The offset of the window in the input.
    ///
    /// Bytes before it are gone, even if they begin the window's first line, so an excerpt of that line begins here.
    private(set) var offset = 0

    /// Empties the window before another input.
    mutating func removeAll() {
        start = 0
        end = 0
        offset = 0
        isComplete = false
    }

    var count: Int { end - start }

    var span: Span<UInt8> {
        @_lifetime(borrow self)
        get { buffer.span.extracting(start..<end) }
    }

    /// Drops the first `count` bytes.
    mutating func drop(_ count: Int) {
        start += count
        offset += count
    }

    /// Empties the window and returns what was in it; its place in the input stays.
    mutating func takeAll() -> [UInt8] {
        let bytes = Array(buffer[start..<end])
        end = start
        return bytes
    }

    /// Moves on over bytes that were never in the window, which is empty.
    mutating func passOver(_ count: Int) {
        offset += count
    }

    /// Reads once, and continues as long as bytes are available without waiting.
    ///
    /// A large incomplete record is parsed again after each call. So for such a record the wait is longer: until half
    /// as much again has arrived, or the input pauses.
    mutating func fill(from source: InputSource) throws(Failure) {
        if end == buffer.count {
            if start > 0 {
                for index in start..<end { buffer[index - start] = buffer[index] }
                end -= start
                start = 0
            }
            // A record that fills half of the window is parsed again only after its size has doubled.
            if end * 2 > buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
        }
        let enough = count < 256 << 10 ? 0 : count + count / 2
        repeat {
            let count = try source.read(into: &buffer, end..<buffer.count)
            if count == 0 {
                isComplete = true
                return
            }
            end += count
        } while end < buffer.count && source.isReadable(patience: end - start < enough ? 100 : 0)
    }

    /// The line around a byte of the input, as far as it is in the window.
    func line(around place: Int, column: Int) -> SourceExcerpt? {
        let index = start + place - offset
        guard index >= 0, index <= end else { return nil }
        var first = index
        while first > 0, index - first < 4096, buffer[first - 1] != 0x0A, buffer[first - 1] != 0x0D { first -= 1 }
        var last = index
        while last < end, last - index < 400, buffer[last] != 0x0A, buffer[last] != 0x0D { last += 1 }
        let before = String(decoding: buffer[first..<index], as: UTF8.self)
        let line = String(decoding: buffer[first..<last], as: UTF8.self)
        return SourceExcerpt(line: line, column: before.unicodeScalars.count + 1)
    }
}

extension InputWindow {
    /// Whether the window has anything but white space and a byte order mark.
    var showsContent: Bool {
        let span = self.span
        for index in span.indices {
            switch span[index] {
            case 0xEF, 0xBB, 0xBF: continue
            case let byte where ASCII.isSpace(byte): continue
            default: return true
            }
        }
        return false
    }

    /// The format of an input: the given one, the one that its name shows, or the one that its content shows.
    ///
    /// Binary content is refused in any case.
    ///
    /// - Parameter isTable: Whether the options say that the input is CSV unless it is JSON or XML.
    mutating func tellFormat(of source: InputSource, given: Format?, isTable: Bool = false) throws(Failure)
        -> Format
    {
        if count == 0, !isComplete { try fill(from: source) }
        if let name = BinaryContent.name(of: span) {
            throw .refused(
                file: source.name,
                SerializationError(
                    .invalidEncoding, found: name, expected: "JSON, XML or CSV", position: .start, path: "$"),
                excerpt: nil)
        }
        if let format = given ?? Format(path: source.formatPath) { return format }
        // If white space goes on, the reader skips it.
        while !showsContent, !isComplete, count < 64 << 10 { try fill(from: source) }
        while case .undecided = HALEvidence(in: span), !isComplete, count < 64 << 10 { try fill(from: source) }
        let format = Format(content: span, isWhole: isComplete)
        return format.isTable && !isTable ? try tellTable(of: source) : format
    }

    /// CSV, if the content looks like it; all other formats have been ruled out.
    private mutating func tellTable(of source: InputSource) throws(Failure) -> Format {
        var evidence = TableEvidence()
        while true {
            switch evidence.look(at: span, isWhole: isComplete) {
            case .found: return .csv
            case .undecided: try fill(from: source)
            case .missing:
                // A bare JSON scalar is left to the JSON reader, which refuses it with the best sentence.
                let format = Format(content: span, isWhole: true)
                guard format.isTable else { return format }
                throw .unknownFormat(file: source.name)
            }
        }
    }

    /// A copy of some bytes of the window.
    func bytes(_ range: Range<Int>) -> [UInt8] {
        let span = self.span
        return range.map { span[$0] }
    }

    /// Fills the window for a reader that needs more bytes.
    mutating func fillFurther(from source: InputSource) throws(Failure) {
        if isComplete {
            throw .inputOutput(file: source.name, "the reader asks for more than the whole input")
        }
        try fill(from: source)
    }
}
