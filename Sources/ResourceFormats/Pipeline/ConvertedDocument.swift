/// A document that is converted while it is read: chunks in, chunks out.
///
///     let table = try await chunks.converted(from: .json, to: .csv, schema: LargeLanguageModel.schema)
///     for try await chunk in table { try await writer.write(chunk) }
///
/// It reads a chunk only when the next piece of output needs it, so a slow reader of the output slows the input down.
/// It holds one chunk, one record and 64 KiB of output, and the columns of a table. It can be iterated once.
public struct ConvertedDocument: AsyncSequence, Sendable {
    private let conversion: Conversion
    private let first: [UInt8]?

    /// Starts a conversion and runs it until there are bytes to send.
    ///
    /// So an error before the first bytes is thrown here, when a server can still send another response.
    ///
    /// - Parameters:
    ///   - source: The document.
    ///   - target: The format of the output.
    ///   - schema: The schema of the resource.
    ///   - query: The query of the request that the document answers, without the question mark, for HAL's links.
    ///   - validator: The validator that checks each record; nil to accept every record.
    ///   - limits: The limits of a record.
    /// - Throws: `SerializationError` with its position in the whole input; `CancellationError`; the errors of the
    ///   source.
    public init(
        _ source: DocumentSource, to target: Format, schema: Schema, query: String? = nil,
        validator: RecordValidator? = nil, limits: Limits = .default
    ) async throws {
        var converter = Converter(from: source.format, to: target, schema: schema, limits: limits)
        converter.query = query
        converter.validator = validator
        conversion = Conversion(source, ConversionState(converter))
        first = try await conversion.next()
    }

    /// The pieces, one at a time.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let conversion: Conversion
        fileprivate var first: [UInt8]?

        /// The next piece, of 64 KiB or one record more; nil at the end.
        ///
        /// - Throws: `SerializationError` for input that cannot be converted, with its position in the whole input;
        ///   `CancellationError`; the errors of the source. A server has sent the head by then: close the connection to
        ///   show the client that the document is incomplete.
        public mutating func next() async throws -> [UInt8]? {
            if let piece = first {
                first = nil
                return piece
            }
            return try await conversion.next()
        }
    }

    /// An iterator over the pieces.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(conversion: conversion, first: first)
    }
}

extension AsyncSequence where Self: Sendable, Element: ByteChunk, AsyncIterator: SendableMetatype {
    /// The document in these chunks, converted while it is read.
    ///
    /// The chunks are read once. For a target that needs two passes, such as CSV, they are kept in memory; to read a
    /// large document twice instead, give `ConvertedDocument` a `DocumentSource` that makes a sequence for each pass.
    ///
    /// - Throws: `SerializationError` with its position in the whole input; `CancellationError`; the errors of the
    ///   sequence.
    public func converted(
        from source: Format, to target: Format, schema: Schema, validator: RecordValidator? = nil,
        limits: Limits = .default
    ) async throws -> ConvertedDocument {
        try await ConvertedDocument(
            DocumentSource(source, once: self), to: target, schema: schema, validator: validator, limits: limits)
    }
}

/// A running conversion.
private actor Conversion {
    private let source: DocumentSource
    private var iterator: any AsyncIteratorProtocol<[UInt8], any Error>
    private var state: ConversionState
    /// The chunks of the first pass, if the source can be read only once; the next one first, in the second pass.
    private var kept: [[UInt8]] = []
    private var nextKept = 0

    init(_ source: DocumentSource, _ state: consuming ConversionState) {
        self.source = source
        iterator = source.makeIterator()
        self.state = state
    }

    func next() async throws -> [UInt8]? {
        while !state.isOver {
            switch try state.advance() {
            case .wantsInput: state.take(try await chunk())
            case .wantsSecondPass:
                if !source.isReadOnce { iterator = source.makeIterator() }
                state.beginSecondPass(from: source.format)
            case .hasOutput: return state.drain()
            }
        }
        return nil
    }

    private func chunk() async throws -> [UInt8]? {
        if !state.isFirstPass, nextKept < kept.count {
            defer {
                kept[nextKept] = []
                nextKept += 1
            }
            return kept[nextKept]
        }
        var iterator = self.iterator
        let chunk = try await iterator.next(isolation: self)
        self.iterator = iterator
        if state.isFirstPass, source.isReadOnce, let chunk { kept.append(chunk) }
        return chunk
    }
}

/// The state of a conversion: bytes that were read but not used, and bytes that were written but not sent.
private struct ConversionState: ~Copyable {
    enum Step {
        case wantsInput
        case wantsSecondPass
        case hasOutput
    }

    private static let pieceSize = 64 << 10

    private var converter: Converter
    private var input: [UInt8] = []
    private var isComplete = false
    private(set) var isFirstPass: Bool
    /// The number of bytes that the first pass read, if it read all.
    private var sizeOfFirstPass: Int?
    private var size = 0
    private var output = OutputBuffer(minimumCapacity: ConversionState.pieceSize)
    private(set) var isOver = false

    init(_ converter: consuming Converter) {
        converter.outputLimit = Self.pieceSize
        isFirstPass = converter.needsFirstPass
        self.converter = converter
    }

    mutating func take(_ piece: [UInt8]?) {
        guard let piece else {
            isComplete = true
            return
        }
        size += piece.count
        if input.isEmpty { input = piece } else { input += piece }
    }

    mutating func advance() throws(SerializationError) -> Step {
        var used = 0
        var input: [UInt8] = []
        swap(&input, &self.input)
        let progress: Converter.Progress
        if isFirstPass {
            progress = try converter.prepare(input.span, isComplete: isComplete, used: &used)
        } else {
            progress = try converter.resume(input.span, isComplete: isComplete, used: &used, into: &output)
        }
        input.removeFirst(used)
        swap(&input, &self.input)
        switch progress {
        case .needsMoreInput: return .wantsInput
        case .outputIsFull: return .hasOutput
        case .endOfInput where isFirstPass: return .wantsSecondPass
        case .endOfInput:
            if let sizeOfFirstPass, isComplete, sizeOfFirstPass != size {
                throw SerializationError(
                    .wrongShape, found: "\(size) bytes in the second pass and \(sizeOfFirstPass) in the first",
                    expected: "the same document twice")
            }
            try converter.finish(into: &output)
            isOver = true
            return .hasOutput
        }
    }

    mutating func beginSecondPass(from source: Format) {
        isFirstPass = false
        sizeOfFirstPass = isComplete ? size : nil
        size = 0
        isComplete = false
        input = []
        converter.beginInput(from: source)
    }

    mutating func drain() -> [UInt8] {
        defer { output.removeAll() }
        return output.array()
    }
}
