public import ResourceFormats

/// The origin of a streamed document: its bytes in some format, available as often as needed.
///
/// A writer that needs all records before the first, such as CSV's, makes two passes. Both must give the same bytes.
public struct DocumentSource: Sendable {
    let format: Format
    let makeIterator: @Sendable () -> any AsyncIteratorProtocol<[UInt8], any Error>

    /// A document in pieces of any size.
    ///
    /// - Parameters:
    ///   - format: The format of the bytes. JSON can carry the members of a page; JSON Lines is always a list.
    ///   - pieces: Makes a new sequence of the pieces for each pass.
    public init<Pieces: AsyncSequence & SendableMetatype>(
        _ format: Format, pieces: @escaping @Sendable () -> Pieces
    ) where Pieces.Element == [UInt8], Pieces.AsyncIterator: SendableMetatype {
        self.format = format
        makeIterator = { PieceIterator(base: pieces().makeAsyncIterator()) }
    }
}

/// An iterator with any error type, around one with a specific type.
private struct PieceIterator<Base: AsyncIteratorProtocol>: AsyncIteratorProtocol where Base.Element == [UInt8] {
    var base: Base

    mutating func next() async throws -> [UInt8]? {
        try await base.next()
    }

    mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> [UInt8]? {
        do {
            return try await base.next(isolation: actor)
        } catch {
            throw error
        }
    }
}

/// A document that is converted while it is sent: nothing is read before it is needed.
///
/// It can be iterated once.
public struct ConvertedDocument: AsyncSequence, Sendable {
    private let conversion: Conversion
    private let first: [UInt8]?

    /// Starts a conversion and runs it until there are bytes to send, so that errors before them can still be sent as a
    /// problem.
    init(_ source: DocumentSource, to target: Format, query: String?, schema: Schema, limits: Limits) async throws {
        conversion = Conversion(source, to: target, query: query, schema: schema, limits: limits)
        first = try await conversion.next()
    }

    /// The pieces, one at a time.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let conversion: Conversion
        fileprivate var first: [UInt8]?

        /// The next piece, of 64 KiB or one record more; nil at the end.
        ///
        /// - Throws: `SerializationError` for input that cannot be converted, and the errors of the source. By then the
        ///   head has been sent, so close the connection to show the client that the document is incomplete.
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

/// A running conversion.
private actor Conversion {
    private let source: DocumentSource
    private var iterator: any AsyncIteratorProtocol<[UInt8], any Error>
    private var state: ConversionState

    init(_ source: DocumentSource, to target: Format, query: String?, schema: Schema, limits: Limits) {
        self.source = source
        iterator = source.makeIterator()
        state = ConversionState(from: source.format, to: target, query: query, schema: schema, limits: limits)
    }

    func next() async throws -> [UInt8]? {
        while !state.isOver {
            switch try state.advance() {
            case .wantsInput:
                var iterator = self.iterator
                let piece = try await iterator.next(isolation: self)
                self.iterator = iterator
                state.take(piece)
            case .wantsSecondPass:
                iterator = source.makeIterator()
                state.beginSecondPass(from: source.format)
            case .hasOutput:
                return state.drain()
            }
        }
        return nil
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
    private var isFirstPass: Bool
    private var output = OutputBuffer(minimumCapacity: ConversionState.pieceSize)
    private(set) var isOver = false

    init(from source: Format, to target: Format, query: String?, schema: Schema, limits: Limits) {
        converter = Converter(from: source, to: target, schema: schema, limits: limits)
        converter.outputLimit = Self.pieceSize
        converter.query = query
        isFirstPass = converter.needsFirstPass
    }

    mutating func take(_ piece: [UInt8]?) {
        guard let piece else {
            isComplete = true
            return
        }
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
            try converter.finish(into: &output)
            isOver = true
            return .hasOutput
        }
    }

    mutating func beginSecondPass(from source: Format) {
        isFirstPass = false
        isComplete = false
        input = []
        converter.beginInput(from: source)
    }

    mutating func drain() -> [UInt8] {
        defer { output.removeAll() }
        return output.array()
    }
}
