import ResourceFormats

/// The part of an input that is in memory: 256 kB, more only while one record needs more.
struct InputWindow: ~Copyable {
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)
    private var start = 0
    private var end = 0
    /// The input has no more bytes after these.
    private(set) var isComplete = false
    /// The line that the window begins in, as far as it is gone already, is not kept: an excerpt begins here.
    private(set) var offset = 0

    /// Empties the window for another input.
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

    /// Reads once, and more as long as there is something to read without waiting.
    ///
    /// A large record that is not complete is parsed again after each call: so there the wait is longer, until half as
    /// much again has come or the input pauses.
    mutating func fill(from source: InputSource) throws(Failure) {
        if end == buffer.count {
            if start > 0 {
                for index in start..<end { buffer[index - start] = buffer[index] }
                end -= start
                start = 0
            }
            // A record that fills half the window is parsed again only when there is twice as much of it.
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

    /// The line around a byte of the input, as far as the window holds it.
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
    /// Whether anything but white space and a byte order mark is there.
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

    /// The format of an input: the given one, or what its name shows, or else its content.
    ///
    /// Content that is not text is refused whatever was said of it.
    ///
    /// - Parameter isTable: Whether options say that the input is CSV, if it is not JSON or XML.
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
        // Blanks without end are the reader's to skip.
        while !showsContent, !isComplete, count < 64 << 10 { try fill(from: source) }
        while case .undecided = HALEvidence(in: span), !isComplete, count < 64 << 10 { try fill(from: source) }
        let format = Format(content: span, isWhole: isComplete)
        return format.isCSV && !isTable ? try tellTable(of: source) : format
    }

    /// CSV, if a content that can be nothing else looks like it.
    private mutating func tellTable(of source: InputSource) throws(Failure) -> Format {
        var evidence = TableEvidence()
        while true {
            switch evidence.look(at: span, isWhole: isComplete) {
            case .found: return .csv
            case .undecided: try fill(from: source)
            case .missing:
                // A bare JSON scalar, of which the JSON reader says best what it is not.
                let format = Format(content: span, isWhole: true)
                guard format.isCSV else { return format }
                throw .unknownFormat(file: source.name)
            }
        }
    }

    /// Some bytes of the window, copied.
    func bytes(_ range: Range<Int>) -> [UInt8] {
        let span = self.span
        return range.map { span[$0] }
    }

    /// Fills the window for a reader that wants more than there is.
    mutating func fillFurther(from source: InputSource) throws(Failure) {
        if isComplete {
            throw .inputOutput(file: source.name, "the reader asks for more than the whole input")
        }
        try fill(from: source)
    }
}
