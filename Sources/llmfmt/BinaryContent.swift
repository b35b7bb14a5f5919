/// Files that are not text, recognised by their first bytes.
enum BinaryContent {
    /// The name of the content's format, with its article; nil if it does not begin like any of them.
    ///
    /// gzip and zstd are not among them, because the tool can read both.
    static func name(of content: Span<UInt8>) -> String? {
        for (signature, name) in signatures where begins(content, with: signature) { return name }
        // A table may have a column named PAR1, but in a Parquet file the mark is followed by bytes that are not text.
        if begins(content, with: Array("PAR1".utf8)), content.count > 4, content[4] < 0x20, !isBlank(content[4]) {
            return "a Parquet file"
        }
        // The digit gives the size of the blocks. After it comes the first block, or the end.
        if begins(content, with: Array("BZh".utf8)), content.count > 5,
            content[4] == 0x31 && content[5] == 0x41 || content[4] == 0x17 && content[5] == 0x72
        {
            return "a bzip2 file"
        }
        return nil
    }

    private static let signatures: [([UInt8], String)] = [
        ([0x50, 0x4B, 0x03, 0x04], "a zip archive, such as an .xlsx or .ods workbook"),
        ([0x50, 0x4B, 0x05, 0x06], "an empty zip archive"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old office document, such as an .xls workbook"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz file"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
        ([0x04, 0x22, 0x4D, 0x18], "an lz4 file"),
        (Array("%PDF-".utf8), "a PDF document"),
        (Array("SQLite format 3\0".utf8), "an SQLite database"),
        (Array("Obj\u{01}".utf8), "an Avro file"),
        (Array("ARROW1\0".utf8), "an Arrow file"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image"),
        ([0xFF, 0xD8, 0xFF], "a JPEG image"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    ]

    private static func begins(_ content: Span<UInt8>, with signature: [UInt8]) -> Bool {
        content.count >= signature.count && signature.indices.allSatisfy { content[$0] == signature[$0] }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
