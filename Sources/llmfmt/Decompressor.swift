/// A program that decompresses an input: on a file it reads by itself, any other input is handed to it as it comes.
final class Decompressor {
    /// The programs there are, by their names.
    enum Program: String, CaseIterable {
        case gzip, zstd

        /// The ending of the names of its files.
        var fileExtension: String { self == .gzip ? ".gz" : ".zst" }

        /// The program for a file of this name; nil if the name shows none.
        init?(path: String) {
            let name = path.lowercased()
            guard let program = Self.allCases.first(where: { name.hasSuffix($0.fileExtension) }) else { return nil }
            self = program
        }

        /// The program for an input that begins like this; nil if it is not compressed.
        init?(content: ArraySlice<UInt8>) {
            guard let magic = Self.magics.first(where: { Self.masked(content).starts(with: $0.bytes) }) else {
                return nil
            }
            self = magic.program
        }

        /// How many bytes show it.
        static var magicLength: Int { 4 }

        /// Whether more bytes could still make this the start of compressed data.
        static func mayBegin(with content: ArraySlice<UInt8>) -> Bool {
            magics.contains { $0.bytes.count > content.count && $0.bytes.starts(with: masked(content)) }
        }

        /// What compressed data begins with; zstd's may begin with a frame to pass over, of sixteen kinds.
        private static var magics: [(program: Self, bytes: [UInt8])] {
            [(.gzip, [0x1F, 0x8B]), (.zstd, [0x28, 0xB5, 0x2F, 0xFD]), (.zstd, [0x50, 0x2A, 0x4D, 0x18])]
        }

        /// The first bytes, with the sixteen kinds made one.
        private static func masked(_ content: ArraySlice<UInt8>) -> [UInt8] {
            var head = Array(content.prefix(magicLength))
            if let first = head.first, first & 0xF0 == 0x50 { head[0] = 0x50 }
            return head
        }
    }

    let program: Program
    /// Whether the program reads a file by itself, which ends, as not every pipe does.
    let readsFile: Bool
    private let child: System.Child
    /// The input that is handed on; nil at its end, or if the program reads it by itself.
    private var feed: Int32?
    /// The program's standard input, while it is open.
    private var input: Int32?
    private var pending: ArraySlice<UInt8>
    private var errors: Int32?
    private var complaint: [UInt8] = []
    /// What failed while nobody read, for the read that follows.
    private var failure: SystemError?

    /// Lets the program read the file by itself.
    init(_ program: Program, file: Int32) throws(SystemError) {
        self.program = program
        child = try System.start(program.rawValue, ["-dc"], input: file)
        readsFile = true
        pending = []
        errors = child.errors
    }

    /// Hands the program what has been read already, and then the rest of the input.
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

    /// Reads into `buffer[range]`; 0 at the end, of which `complaintAtEnd` says whether it was a good one.
    func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(SystemError) -> Int {
        if let failure { throw failure }
        while !(try move(milliseconds: -1)) {}
        return try System.read(child.output, into: &buffer, range)
    }

    /// Whether a read would give something within so many milliseconds.
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

    /// Waits until something can be moved, and moves it; true if the output can be read.
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
            // A program that reads no more says why when it ends.
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

    /// How the program ended.
    enum Outcome {
        case well
        /// The data is not what it should be, in the program's own words.
        case refused(String)
        /// A signal ended it.
        case killed(signal: Int32)
    }

    /// Says how the program ended; to be asked once, at the end of its output.
    func outcome() throws(SystemError) -> Outcome {
        try endInput()
        while errors != nil { try readErrors() }
        switch try System.waitForEnd(of: child) {
        case .exitCode(0): return .well
        case .signal(let signal): return .killed(signal: signal)
        // gzip ends with 2 where it left bytes after its data unread.
        case .exitCode(let code): return .refused(firstComplaint ?? "exit code \(code)")
        }
    }

    /// The first line of what the program said, without its own name and that of its input.
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
