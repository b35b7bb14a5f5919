import Foundation
import ResourceFormats

extension FileHandle {
    /// Shows `step` the file from its start, piece by piece: what it does not use up comes again with more after it.
    func feed(to step: (Span<UInt8>, Bool, inout Int) throws -> Converter.Progress) throws {
        try seek(toOffset: 0)
        var window: [UInt8] = []
        var isComplete = false
        while true {
            var used = 0
            let progress = try step(window.span, isComplete, &used)
            window.removeFirst(used)
            switch progress {
            case .endOfInput: return
            case .outputIsFull: break
            case .needsMoreInput:
                // A record larger than a piece is parsed again only when there is twice as much of it.
                let piece = try read(upToCount: max(256 << 10, window.count)) ?? Data()
                isComplete = piece.isEmpty
                window += piece
            }
        }
    }

    /// The last `count` bytes of the file, or all if it has fewer.
    func tail(_ count: Int) throws -> [UInt8] {
        let size = try seekToEnd()
        try seek(toOffset: size - min(size, UInt64(count)))
        return Array(try readToEnd() ?? Data())
    }
}

/// A file that is written under another name in the folder of `target`, and gone unless it takes that name.
final class TemporaryFile {
    private let target: URL
    private let place: URL
    private let handle: FileHandle

    init(for path: String) throws {
        // A symbolic link stays one; what it leads to is replaced.
        target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        place = target.deletingLastPathComponent().appending(path: ".\(target.lastPathComponent).\(UUID().uuidString)")
        try Data().write(to: place, options: .withoutOverwriting)
        handle = try FileHandle(forWritingTo: place)
    }

    /// Writes what waits in the buffer and empties it.
    func drain(_ buffer: inout OutputBuffer) throws {
        try buffer.span.withUnsafeBytes { try handle.write(contentsOf: $0) }
        buffer.removeAll()
    }

    /// Takes the target's name, in one step.
    func takeName() throws {
        try handle.close()
        guard rename(place.path, target.path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    deinit {
        // After `takeName` there is nothing under this name any more.
        try? FileManager.default.removeItem(at: place)
    }
}
