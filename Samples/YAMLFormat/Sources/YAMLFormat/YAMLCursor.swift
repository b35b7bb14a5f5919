import ResourceFormats

/// The events of a document with a look ahead, and errors about them.
final class YAMLCursor {
    private let source: YAMLEventSource
    private var ahead: YAMLEvent?
    /// Where the window that the reader is shown begins in the document.
    var base = 0
    /// Where the last event began, and where the last thing ended that is more than the end of a block.
    private(set) var start = 0
    private(set) var end = 0
    /// How many mappings and sequences are open.
    private(set) var depth = 0
    /// Whether the document turned out to be malformed: there are no more events.
    private(set) var isBroken = false

    init(_ text: Span<UInt8>) {
        source = YAMLEventSource(text)
    }

    /// The next event, which stays the next one.
    func peek(_ path: @autoclosure () -> String) throws(SerializationError) -> YAMLEvent {
        if let ahead { return ahead }
        do throws(SerializationError) {
            let event = try source.next(base: base, path: path())
            ahead = event
            return event
        } catch {
            isBroken = true
            throw error
        }
    }

    /// The next event.
    ///
    /// - Throws: What libyaml refuses, and what is never read: anchors and aliases, tags, documents of YAML 1.1.
    func next(_ path: @autoclosure () -> String) throws(SerializationError) -> YAMLEvent {
        let event = try peek(path())
        take(event)
        if event.hasAnchor {
            throw error(.unsupported, "an anchor", "a value without an anchor", event, path())
        }
        if let tag = event.tag {
            throw error(
                .unsupported, "the tag \"\(YAMLText.excerpt(Array(tag.utf8)))\"", "a value without a tag", event, path()
            )
        }
        switch event.kind {
        case .alias: throw error(.unsupported, "an alias", "the value itself", event, path())
        case .documentStart(let version?) where version.major != 1 || version.minor < 2:
            throw error(
                .unsupported, "YAML \(version.major).\(version.minor)", "YAML 1.2", event, path())
        default: break
        }
        return event
    }

    private func take(_ event: YAMLEvent) {
        ahead = nil
        start = event.range.lowerBound
        if !event.range.isEmpty { end = event.range.upperBound }
        switch event.kind {
        case .mappingStart, .sequenceStart: depth += 1
        case .mappingEnd, .sequenceEnd: depth -= 1
        default: break
        }
    }

    /// Passes over all events until so many mappings and sequences are open; false if the document is malformed before.
    func skip(downTo depth: Int) -> Bool {
        while self.depth > depth {
            guard let event = try? peek(""), !event.isStreamEnd else { return false }
            take(event)
        }
        return !isBroken
    }

    /// An error about an event.
    func error(
        _ code: SerializationError.Code, _ found: String, _ expected: String, _ event: YAMLEvent, _ path: String
    ) -> SerializationError {
        SerializationError(
            code, found: found, expected: expected, offset: max(0, event.range.lowerBound - base), path: path)
    }
}

extension YAMLEvent {
    var isStreamEnd: Bool {
        if case .streamEnd = kind { true } else { false }
    }

    /// A few words on what begins here, for errors.
    var summary: String {
        switch kind {
        case .mappingStart: "a mapping"
        case .sequenceStart: "a sequence"
        case .alias: "an alias"
        case .scalar(let text, let isPlain):
            switch isPlain ? YAMLScalar(text) : .string {
            case .null: "null"
            case .bool(let value): value ? "true" : "false"
            case .number, .refused: "the number \(YAMLText.excerpt(text))"
            case .string: "the string \"\(YAMLText.excerpt(text))\""
            }
        case .documentStart, .documentEnd, .mappingEnd, .sequenceEnd: "the end of the value"
        case .streamEnd: "the end of the input"
        }
    }
}
