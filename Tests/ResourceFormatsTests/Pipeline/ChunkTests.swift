import LLMResources
import ResourceFormats
import Synchronization
import Testing

/// Documents in chunks: typed records, and conversion while they are read.
@Suite struct ChunkTests {
    private static let schema = LargeLanguageModel.schema

    private static func models(_ count: Int) throws -> [LargeLanguageModel] {
        try (0..<count).map { index in
            let json = #"{"name":"n\#(index)","modelType":"a","provider":"b","connectionId":"c","tier":1.0}"#
            return try Format.json.decode(LargeLanguageModel.self, from: Array(json.utf8))
        }
    }

    private final class Counter: Sendable {
        private let count = Atomic(0)

        var taken: Int { count.load(ordering: .relaxed) }

        func add() { count.add(1, ordering: .relaxed) }
    }

    /// A sequence of slices of a document, each of `size` bytes; it counts how many were taken.
    private struct Slices: AsyncSequence, Sendable {
        let bytes: [UInt8]
        let size: Int
        var counter = Counter()
        var failsAt = Int.max

        struct Interruption: Error {}

        struct AsyncIterator: AsyncIteratorProtocol {
            let slices: Slices
            var start = 0

            mutating func next() async throws -> ArraySlice<UInt8>? {
                guard start < slices.bytes.count else { return nil }
                if start >= slices.failsAt { throw Interruption() }
                let end = Swift.min(start + slices.size, slices.bytes.count)
                defer { start = end }
                slices.counter.add()
                return slices.bytes[start..<end]
            }
        }

        func makeAsyncIterator() -> AsyncIterator { AsyncIterator(slices: self) }
    }

    private func all<Sequence: AsyncSequence>(_ sequence: Sequence) async throws -> [Sequence.Element] {
        var elements: [Sequence.Element] = []
        for try await element in sequence { elements.append(element) }
        return elements
    }

    // MARK: Records

    @Test(arguments: Format.builtIn, [1, 7, 1 << 16])
    func recordsAreThoseOfTheWholeDocument(format: Format, size: Int) async throws {
        let models = try Self.models(5)
        let bytes = try format.encode(models)
        let chunks = Slices(bytes: bytes, size: size)
        #expect(try await all(chunks.records(of: LargeLanguageModel.self, as: format)) == models)
    }

    @Test func recordsComeAsSoonAsTheirChunkHasCome() async throws {
        let chunks = Slices(bytes: try Format.jsonLines.encode(try Self.models(100)), size: 200)
        var records = chunks.records(of: LargeLanguageModel.self, as: .jsonLines).makeAsyncIterator()
        #expect(try await records.next()?.name == "n0")
        #expect(chunks.counter.taken <= 2)
    }

    @Test(arguments: [1, 5, 1000])
    func errorsHaveTheirPlaceInTheWholeDocument(size: Int) async throws {
        let good = #"{"name":"a","modelType":"a","provider":"b","connectionId":"c"}"#
        let text = "\(good)\n\(good)\n" + #"{"name":"a","modelType":true}"# + "\n\(good)\n"
        let chunks = Slices(bytes: Array(text.utf8), size: size)
        var records = chunks.records(of: LargeLanguageModel.self, as: .jsonLines).makeAsyncIterator()
        _ = try await records.next()
        _ = try await records.next()
        do {
            _ = try await records.next()
            Issue.record("no error")
        } catch let error as SerializationError {
            #expect(error.path == "$[2].modelType")
            #expect(error.position?.line == 3)
            #expect(error.position?.column == 25)
        }
        #expect(try await records.next() == nil)
    }

    @Test func errorsOfTheSourcePassAndEndTheRecords() async throws {
        let bytes = try Format.jsonLines.encode(try Self.models(9))
        let chunks = Slices(bytes: bytes, size: 100, failsAt: 400)
        var records = chunks.records(of: LargeLanguageModel.self, as: .jsonLines).makeAsyncIterator()
        await #expect(throws: Slices.Interruption.self) { while try await records.next() != nil {} }
        #expect(try await records.next() == nil)
    }

    @Test func limitsHold() async throws {
        let chunks = Slices(bytes: Array(#"[{"name":{"a":{"b":1}}}]"#.utf8), size: 5)
        let limits = Limits(depth: 2)
        await #expect(throws: SerializationError.self) {
            try await all(chunks.records(of: LargeLanguageModel.self, as: .json, limits: limits))
        }
    }

    @Test func cancelledStreamIsNotAWholeDocument() async throws {
        // A stream of this kind ends when its task is cancelled, as if there were no more.
        let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
        continuation.yield(try Format.jsonLines.encode(try Self.models(1)))
        let task = Task {
            var count = 0
            for try await _ in stream.records(of: LargeLanguageModel.self, as: .jsonLines) { count += 1 }
            return count
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    // MARK: Conversion

    @Test(arguments: Format.builtIn, Format.builtIn)
    func conversionIsThatOfTheWholeDocument(source: Format, target: Format) async throws {
        let bytes = try source.encode(try Self.models(7))
        var converter = Converter(from: source, to: target, schema: Self.schema)
        var whole = OutputBuffer()
        try converter.convert(bytes, from: source, into: &whole)
        for size in [1, 50, 1 << 16] {
            let once = try await Slices(bytes: bytes, size: size).converted(
                from: source, to: target, schema: Self.schema)
            #expect(try await all(once).flatMap(\.self) == whole.array())
            let twice = try await ConvertedDocument(
                DocumentSource(source) { Slices(bytes: bytes, size: size) }, to: target, schema: Self.schema)
            #expect(try await all(twice).flatMap(\.self) == whole.array())
        }
    }

    @Test func nothingIsReadBeforeItIsNeeded() async throws {
        let bytes = try Format.jsonLines.encode(try Self.models(20_000))
        let chunks = Slices(bytes: bytes, size: 4096)
        let document = try await chunks.converted(from: .jsonLines, to: .json, schema: Self.schema)
        let taken = chunks.counter.taken
        #expect(taken * 4096 < 3 * 65536)
        var pieces = document.makeAsyncIterator()
        _ = try await pieces.next()
        #expect(chunks.counter.taken == taken)
    }

    @Test(arguments: [1, 5, 1000])
    func errorsOfTheConversionHaveTheirPlace(size: Int) async throws {
        let chunks = Slices(bytes: Array("[{\"name\":\"a\"},\n {\"name\":\"b\",}]".utf8), size: size)
        do {
            _ = try await all(try await chunks.converted(from: .json, to: .csv, schema: Self.schema))
            Issue.record("no error")
        } catch let error as SerializationError {
            #expect(error.position?.line == 2)
            #expect(error.position?.column == 14)
            #expect(error.path == "$[1]")
        }
    }

    @Test func validatorRefusesRecords() async throws {
        let chunks = Slices(bytes: Array("[{\"name\":\"a\"}]".utf8), size: 5)
        await #expect(throws: SerializationError.self) {
            _ = try await chunks.converted(
                from: .json, to: .jsonLines, schema: Self.schema, validator: RecordValidator(schema: Self.schema))
        }
    }

    @Test func twoPassesHaveToGiveTheSameBytes() async throws {
        let counter = Counter()
        let source = DocumentSource(.jsonLines) {
            counter.add()
            return Slices(bytes: counter.taken == 1 ? Array("{\"name\":\"a\"}\n".utf8) : [], size: 100)
        }
        do {
            _ = try await all(try await ConvertedDocument(source, to: .csv, schema: Self.schema))
            Issue.record("no error")
        } catch let error as SerializationError {
            #expect(
                error.sentence
                    == "found 0 bytes in the second pass and 13 in the first, expected the same document twice")
        }
    }
}
