import Foundation
import GRDB
import LLMResources
public import ResourceFormats

/// Why a document was not imported.
public enum ImportError: Error, Sendable, CustomStringConvertible {
    /// The file cannot be read.
    case cannotRead(path: String, reason: String)
    /// The file's name says no format, and nobody else did.
    case unknownFormat(path: String)
    /// The content is refused.
    case refused(path: String, SerializationError)

    /// `FILE:LINE:COLUMN: error: found …, expected … (PATH)`.
    public var description: String {
        switch self {
        case .cannotRead(let path, let reason): "\(path): error: cannot be read: \(reason)"
        case .unknownFormat(let path):
            "\(path): error: the name tells no format, expected one that ends with "
                + Format.builtIn.flatMap(\.fileExtensions).map { ".\($0)" }.joined(separator: ", ")
        case .refused(let path, let error):
            "\(path):" + (error.position.map { "\($0.line):\($0.column):" } ?? "") + " error: \(error.sentence)"
        }
    }
}

extension ModelStore {
    /// Adds all models of a document: all or, if anything is wrong with it, none.
    ///
    /// What the server sets is kept where a record has it. A record whose `_id` is in the registry already, or came
    /// before in the document, is skipped. The document is read in pieces, within one transaction; other writes wait for
    /// its end.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - format: Its format; nil to go by the name.
    /// - Throws: `ImportError`.
    public func importDocument(path: String, format: Format? = nil) async throws -> ImportReport {
        guard let format = format ?? Self.format(ofFileNamed: path) else { throw ImportError.unknownFormat(path: path) }
        return try await write { db in
            var window = try ImportWindow(path: path)
            var scanner = RecordStream(format, schema: LargeLanguageModel.schema)
            // Identifiers go to random places of their indexes. With 64 MiB for these an import of 200,000 records took 5
            // seconds, with the usual 2 MiB, on the same busy disk, 19.
            try db.execute(sql: "PRAGMA cache_size = -65536")
            defer {
                // Neither can fail in a way that would matter: the cache would only stay large.
                try? db.execute(sql: "PRAGMA cache_size = -2000; PRAGMA shrink_memory")
            }
            let revision = try Registry.fetch(db).revision + 1
            let statement = try db.cachedStatement(
                sql: """
                    INSERT INTO models (id, projectId, referenceId, revision, record) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO NOTHING
                    """)
            var report = ImportReport()
            while try window.advance(&scanner) {
                guard let record = scanner.record else { continue }
                let (model, isRenamed) = try editor.importedRecord(record, stamp: stamp)
                try statement.execute(
                    arguments: [model.id, model.projectId, model.referenceId, revision, Data(model.record)])
                if db.changesCount == 0 {
                    report.skipped += 1
                } else {
                    report.inserted += 1
                    if isRenamed { report.renamed += 1 }
                }
            }
            if report.inserted > 0 { _ = try Registry.nextRevision(db, adding: report.inserted) }
            return report
        }
    }

    private static func format(ofFileNamed path: String) -> Format? {
        let suffix = Array(URL(filePath: path).pathExtension.lowercased().utf8)
        return Format.builtIn.first { $0.fileExtensions.contains { Array($0.utf8) == suffix } }
    }
}

/// A file, piece by piece, through a window that grows with the largest record only.
private struct ImportWindow: ~Copyable {
    private let path: String
    private let file: FileHandle
    private(set) var bytes: [UInt8] = []
    private(set) var isComplete = false

    private static let pieceSize = 256 << 10

    init(path: String) throws(ImportError) {
        self.path = path
        do {
            file = try FileHandle(forReadingFrom: URL(filePath: path))
        } catch {
            throw .cannotRead(path: path, reason: error.localizedDescription)
        }
    }

    deinit {
        // It was only read from: there is nothing that closing could lose.
        try? file.close()
    }

    /// Drops bytes from the start and reads more after the rest.
    mutating func move(by used: Int) throws(ImportError) {
        bytes.removeFirst(used)
        do {
            // Twice as much each time a record does not fit, so that a large one is not parsed from its start too often.
            let piece = try file.read(upToCount: max(Self.pieceSize, bytes.count))
            if let piece, !piece.isEmpty { bytes += piece } else { isComplete = true }
        } catch {
            throw .cannotRead(path: path, reason: error.localizedDescription)
        }
    }

    /// Goes on to the next record; false at the end.
    mutating func advance(_ scanner: inout RecordStream) throws(ImportError) -> Bool {
        while true {
            do throws(SerializationError) {
                switch try scanner.next(bytes.span, isComplete: isComplete) {
                case .record: return true
                case .end: return false
                case .needsMoreInput:
                    if isComplete {  // Only from a format that breaks its promise: there is no more.
                        throw SerializationError(
                            .unexpectedEnd, found: "the end of the file", expected: "the rest of the document")
                    }
                }
            } catch {
                throw .refused(path: path, error)
            }
            try move(by: scanner.release(bytes.span))
        }
    }
}
