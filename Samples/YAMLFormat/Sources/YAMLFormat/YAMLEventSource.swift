internal import CYaml
import ResourceFormats

/// One step of a YAML document.
struct YAMLEvent {
    enum Kind {
        /// A document begins; the version is that of a `%YAML` directive.
        case documentStart(version: (major: Int, minor: Int)?)
        case documentEnd
        case mappingStart
        case mappingEnd
        case sequenceStart
        case sequenceEnd
        /// A text without its quotes and escapes, or as it stands.
        case scalar([UInt8], isPlain: Bool)
        case alias
        case streamEnd
    }

    let kind: Kind
    /// Where it begins and ends in the document; the end of a block is empty and lies where the next thing begins.
    let range: Range<Int>
    /// The tag in front of a node; nil for none.
    var tag: String?
    /// Whether the node has an anchor.
    var hasAnchor = false
}

/// The events of one document, one after another, as libyaml's parser finds them.
///
/// The unsafe code of this package is here, and is sound for these reasons. The bytes and the parser are memory of this
/// object alone: allocated in `init`, not moved, freed in `deinit`. libyaml reads the bytes only within their count,
/// and only in `yaml_parser_parse`. An event is copied before `yaml_event_delete`, with the lengths that libyaml gives.
final class YAMLEventSource {
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let isReady: Bool
    /// The code point that was asked for last, and where it begins.
    private var lastIndex = 0
    private var lastOffset: Int
    /// How many code points libyaml does not see: a byte order mark.
    private let hidden: Int

    /// The events of a text, which is UTF-8 and has only characters that YAML allows.
    init(_ text: Span<UInt8>) {
        bytes = .allocate(capacity: text.count)
        for index in text.indices { bytes.initializeElement(at: index, to: text[index]) }
        hidden = YAMLText.hasByteOrderMark(text) ? YAMLText.byteOrderMark.count : 0
        lastOffset = hidden
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        isReady = yaml_parser_initialize(parser) == 1
        guard isReady else { return }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        let visible = UnsafeBufferPointer(rebasing: bytes[hidden...])
        yaml_parser_set_input_string(parser, visible.baseAddress, visible.count)
    }

    deinit {
        if isReady { yaml_parser_delete(parser) }
        parser.deinitialize(count: 1)
        parser.deallocate()
        bytes.deallocate()
    }

    /// The next event; `.streamEnd` again and again at the end and after an error.
    ///
    /// - Parameters:
    ///   - base: Where the reader's window begins in the document: offsets of errors count from there.
    ///   - path: The place in the document, for errors.
    func next(base: Int, path: @autoclosure () -> String) throws(SerializationError) -> YAMLEvent {
        guard isReady else {
            throw SerializationError(
                .recordLimit, found: "too little memory", expected: "enough for a parser", offset: 0, path: path())
        }
        var event = yaml_event_t()
        repeat {
            guard yaml_parser_parse(parser, &event) == 1 else { throw complaint(base, path()) }
        } while event.type == YAML_STREAM_START_EVENT
        defer { yaml_event_delete(&event) }
        let start = offset(of: event.start_mark)
        let range = start..<max(start, offset(of: event.end_mark))
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            let version = event.data.document_start.version_directive.map {
                (major: Int($0.pointee.major), minor: Int($0.pointee.minor))
            }
            return YAMLEvent(kind: .documentStart(version: version), range: range)
        case YAML_DOCUMENT_END_EVENT:
            return YAMLEvent(kind: .documentEnd, range: range)
        case YAML_ALIAS_EVENT:
            return YAMLEvent(kind: .alias, range: range)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            return YAMLEvent(
                kind: .scalar(
                    Array(UnsafeBufferPointer(start: scalar.value, count: scalar.length)),
                    isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE),
                range: range, tag: string(scalar.tag), hasAnchor: scalar.anchor != nil)
        case YAML_SEQUENCE_START_EVENT:
            let sequence = event.data.sequence_start
            return YAMLEvent(
                kind: .sequenceStart, range: range, tag: string(sequence.tag), hasAnchor: sequence.anchor != nil)
        case YAML_SEQUENCE_END_EVENT:
            return YAMLEvent(kind: .sequenceEnd, range: range)
        case YAML_MAPPING_START_EVENT:
            let mapping = event.data.mapping_start
            return YAMLEvent(
                kind: .mappingStart, range: range, tag: string(mapping.tag), hasAnchor: mapping.anchor != nil)
        case YAML_MAPPING_END_EVENT:
            return YAMLEvent(kind: .mappingEnd, range: range)
        default:
            return YAMLEvent(kind: .streamEnd, range: bytes.count..<bytes.count)
        }
    }

    private func string(_ text: UnsafePointer<UInt8>?) -> String? {
        text.map { String(cString: $0) }
    }

    /// Where a mark stands: libyaml counts code points.
    ///
    /// Marks come in the order of the text, or nearly, so each is found from the last one.
    private func offset(of mark: yaml_mark_t) -> Int {
        let index = Int(clamping: mark.index)
        while lastIndex < index, lastOffset < bytes.count {
            lastOffset += 1
            while lastOffset < bytes.count, bytes[lastOffset] & 0xC0 == 0x80 { lastOffset += 1 }
            lastIndex += 1
        }
        while lastIndex > index, lastOffset > hidden {
            lastOffset -= 1
            while lastOffset > hidden, bytes[lastOffset] & 0xC0 == 0x80 { lastOffset -= 1 }
            lastIndex -= 1
        }
        return lastOffset
    }

    private func complaint(_ base: Int, _ path: String) -> SerializationError {
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) } ?? "no memory"
        let context = state.context.map { String(cString: $0) + ": " } ?? ""
        let place = offset(of: state.problem_mark)
        if problem.utf8.starts(with: "Maximum nesting level".utf8) {
            return SerializationError(
                .depthLimit, found: "nesting deeper than 1000", expected: "at most 1000 levels", offset: place - base,
                path: path)
        }
        return SerializationError(
            place == bytes.count ? .unexpectedEnd : .notWellFormed, found: "malformed YAML (\(context)\(problem))",
            expected: "well-formed YAML", offset: place - base, path: path)
    }
}
