/// Bytes kept for a second pass: first in memory, then in a temporary file that has been unlinked.
struct Spool {
    private var memory: [UInt8] = []
    private var file: Int32?
    private var position = 0

    private static var memoryLimit: Int { 4 << 20 }

    /// The folder for bytes that do not fit in memory; an empty TMPDIR is ignored.
    static var folder: String {
        guard let folder = System.environment("TMPDIR"), !folder.isEmpty else { return "/tmp" }
        return folder
    }

    mutating func append(_ bytes: Span<UInt8>) throws(SystemError) {
        if file == nil, memory.count + bytes.count <= Self.memoryLimit {
            for index in bytes.indices { memory.append(bytes[index]) }
            return
        }
        let descriptor: Int32
        if let file {
            descriptor = file
        } else {
            descriptor = try System.withInterruptsHeld { () throws(SystemError) in
                let temporary = try TemporaryName(inFolder: Self.folder).create(permissions: 0o600)
                System.removeFile(temporary.path)
                return temporary.descriptor
            }
            file = descriptor
        }
        try System.write(bytes, to: descriptor)
    }

    mutating func rewind() throws(SystemError) {
        position = 0
        if let file { try System.seek(file, to: 0) }
    }

    mutating func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(SystemError) -> Int {
        if position < memory.count {
            let count = min(range.count, memory.count - position)
            buffer.replaceSubrange(range.prefix(count), with: memory[position..<position + count])
            position += count
            return count
        }
        guard let file else { return 0 }
        return try System.read(file, into: &buffer, range)
    }
}
