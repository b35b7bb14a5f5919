/// A program that decompresses an input: it reads a file itself, and receives any other input through a pipe.
final class Decompressor {
    /// The supported programs, by their names.
    enum Program: String, CaseIterable {
        case gzip, zstd

        /// The extension of its files.
        var fileExtension: String { self == .gzip ? ".gz" : ".zst" }

        /// The program for a file name; nil if the name does not show one.
        init?(path: String) {
            let name = path.lowercased()
            guard let program = Self.allCases.first(where: { name.hasSuffix($0.fileExtension) }) else { return nil }
            self = program
        }

        /// The program for the first bytes of an input; nil if they are not compressed data.
        init?(content: ArraySlice<UInt8>) {
            guard let magic = Self.magics.first(where: { Self.masked(content).starts(with: $0.bytes) }) else {
                return nil
            }
            self = magic.program
        }

        /// The number of bytes needed to recognise compressed data.
        static var magicLength: Int { 4 }

        /// Whether the content may turn out to be compressed data when more bytes follow.
        static func mayBegin(with content: ArraySlice<UInt8>) -> Bool {
            magics.contains { $0.bytes.count > content.count && $0.bytes.starts(with: masked(content)) }
        }

        /// The first bytes of compressed data; zstd's may begin with one of sixteen kinds of skippable frame.
        private static var magics: [(program: Self, bytes: [UInt8])] {
            [(.gzip, [0x1F, 0x8B]), (.zstd, [0x28, 0xB5, 0x2F, 0xFD]), (.zstd, [0x50, 0x2A, 0x4D, 0x18])]
        }

        /// The first bytes, with the sixteen kinds of skippable frame mapped to one.
        private static func masked(_ content: ArraySlice<UInt8>) -> [UInt8] {
            var head = Array(content.prefix(magicLength))
            if let first = head.first, first & 0xF0 == 0x50 { head[0] = 0x50 }
            return head
        }
    }

    let program: Program
    /// Whether the program reads a file itself, which has an end, unlike some pipes.
    let readsFile: Bool
    private let child: System.Child
    /// The input that is passed to the program; nil at its end, or if the program reads the input itself.
    private var feed: Int32?
    /// The program's standard input, while it is open.
    private var input: Int32?
    private var pending: ArraySlice<UInt8>
    private var errors: Int32?
    private var complaint: [UInt8] = []
    /// A failure from outside of `read`, which the next `read` throws.
    private var failure: SystemError?

    /// Starts the program on a file, which it reads itself.
    init(_ program: Program, file: Int32) throws(SystemError) {
        self.program = program
        child = try System.start(program.rawValue, ["-dc"], input: file)
        readsFile = true
        pending = []
        errors = child.errors
    }

    /// Starts the program, and passes it the bytes that have been read already and then the rest of the input.
    init(_ program: Program, head: ArraySlice<UInt8>, feed: Int32) throws(SystemError) {
        self.program = program
        child = try System.start(program.rawValue, ["-dc"], input: nil)
        readsFile = false
        pending = head
        input = child.input
        errors = child.errors
        self.feed = feed
    }

    deinit {
        for descriptor in [child.output, input, errors] {
            if let descriptor { try? System.closeChecked(descriptor) }
        }
    }

    /// Reads into `buffer[range]`; returns 0 at the end, after which `outcome` tells whether the program succeeded.
    func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(SystemError) -> Int {
        if let failure { throw failure }
        while !(try move(milliseconds: -1)) {}
        return try System.read(child.output, into: &buffer, range)
    }

    /// Whether a read returns something within the given time.
    func isReadable(milliseconds: Int32) -> Bool {
        let end = System.seconds + Double(milliseconds) / 1000
        while true {
            let rest = max(0, (end - System.seconds) * 1000)
            do throws(SystemError) {
                let isReadable = try move(milliseconds: Int32(rest))
                if isReadable || rest == 0 { return isReadable }
            } catch {
                failure = error
                return true
            }
        }
    }

    /// Waits until bytes can be moved, and moves them; returns true if the output can be read.
    private func move(milliseconds: Int32) throws(SystemError) -> Bool {
        var entries: [(Int32, System.Readiness)] = [(child.output, .reading)]
        if let errors { entries.append((errors, .reading)) }
        if let input, !pending.isEmpty { entries.append((input, .writing)) }
        if let feed, pending.isEmpty { entries.append((feed, .reading)) }
        let areReady = System.wait(for: entries, milliseconds: milliseconds)
        for (entry, isReady) in zip(entries, areReady) where isReady {
            switch entry.0 {
            case errors: try readErrors()
            case input: try writeInput()
            case feed: try readFeed()
            default: break
            }
        }
        return areReady[0]
    }

    private func readFeed() throws(SystemError) {
        guard let feed else { return }
        var block = [UInt8](repeating: 0, count: 64 << 10)
        pending = block[..<(try System.read(feed, into: &block, 0..<block.count))]
        if pending.isEmpty { try endInput() }
    }

    private func writeInput() throws(SystemError) {
        guard let input else { return }
        do throws(SystemError) {
            pending = pending.dropFirst(try System.writeSome(pending, to: input))
        } catch {
            // A program that stops reading gives its reason when it ends.
            guard error.isClosedPipe else { throw error }
            try endInput()
        }
    }

    private func endInput() throws(SystemError) {
        pending = []
        feed = nil
        guard let input else { return }
        self.input = nil
        try System.closeChecked(input)
    }

    private func readErrors() throws(SystemError) {
        guard let errors else { return }
        var block = [UInt8](repeating: 0, count: 1024)
        let count = try System.read(errors, into: &block, 0..<block.count)
        if complaint.count < 4096 { complaint += block[..<count] }
        if count == 0 {
            self.errors = nil
            try System.closeChecked(errors)
        }
    }

    /// The way in which the program ended.
    enum Outcome {
        case well
        /// The program reported malformed data, in its own words.
        case refused(String)
        /// A signal ended the program.
        case killed(signal: Int32)
    }

    /// The way in which the program ended; call it once, at the end of the output.
    func outcome() throws(SystemError) -> Outcome {
        try endInput()
        while errors != nil { try readErrors() }
        switch try System.waitForEnd(of: child) {
        case .exitCode(0): return .well
        case .signal(let signal): return .killed(signal: signal)
        // gzip exits with 2 if it left bytes after its data unread.
        case .exitCode(let code): return .refused(firstComplaint ?? "exit code \(code)")
        }
    }

    /// The first line of the program's messages, without its own name and that of its input.
    private var firstComplaint: String? {
        let lines = String(decoding: complaint, as: UTF8.self).split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
        guard let line = lines.first(where: { $0.contains { $0 != " " } }) else { return nil }
        var words = line.split(separator: " ").joined(separator: " ")[...]
        if let name = words.firstRange(of: "stdin") {
            words = words[name.upperBound...].drop { "*\\ :".contains($0) }
        }
        return String(words)
    }
}
