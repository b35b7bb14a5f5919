/// The field `Link` (RFC 8288): where other resources are, and what they are to this one.
enum LinkField {
    /// The target of the first link with a relation.
    ///
    /// A link with an `anchor` is about another resource and does not count. What is not a link ends a line: nothing
    /// after it can be trusted.
    ///
    /// - Parameters:
    ///   - relation: A registered relation, in lower case.
    ///   - lines: The lines of the field.
    /// - Returns: A URI reference.
    static func target(of relation: String, in lines: [String]) -> String? {
        for line in lines {
            var scanner = Scanner(line)
            while let link = scanner.next() {
                // Only the first `rel` counts (section 3.3).
                let relations = link.parameters.first { $0.name == "rel" }?.value.lowercased().split(separator: " ")
                guard relations?.contains(relation[...]) == true else { continue }
                if !link.parameters.contains(where: { $0.name == "anchor" }) { return link.target }
            }
        }
        return nil
    }

    private struct Link {
        let target: String
        var parameters: [(name: String, value: String)] = []
    }

    /// Takes links out of a line.
    private struct Scanner {
        private let bytes: [UInt8]
        private var index = 0

        init(_ line: String) {
            bytes = Array(line.utf8)
        }

        /// The next link; nil at the end, and where there is none.
        mutating func next() -> Link? {
            // Lists may have empty elements (RFC 9110 section 5.6.1.2).
            skip { $0 == 0x20 || $0 == 0x09 || $0 == 0x2C }
            guard take(0x3C) else { return nil }
            let target = text { $0 != 0x3E }
            guard take(0x3E) else { return nil }
            var link = Link(target: target)
            skipSpace()
            while take(0x3B) {
                skipSpace()
                // As with elements of lists, an empty place between two semicolons is not a parameter.
                let name = text(Self.isTokenByte).lowercased()
                skipSpace()
                if !name.isEmpty {
                    guard let value = value() else { return nil }
                    link.parameters.append((name, value))
                }
                skipSpace()
            }
            guard index == bytes.count || bytes[index] == 0x2C else { return nil }
            return link
        }

        /// What stands after a parameter's name: nothing, a token or a quoted string.
        private mutating func value() -> String? {
            guard take(0x3D) else { return "" }
            skipSpace()
            guard take(0x22) else { return text(Self.isTokenByte) }
            var value: [UInt8] = []
            while index < bytes.count, bytes[index] != 0x22 {
                if bytes[index] == 0x5C { index += 1 }
                guard index < bytes.count else { return nil }
                value.append(bytes[index])
                index += 1
            }
            return take(0x22) ? String(decoding: value, as: UTF8.self) : nil
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
            return true
        }

        private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
            while index < bytes.count, isSkipped(bytes[index]) { index += 1 }
        }

        private mutating func skipSpace() {
            skip { $0 == 0x20 || $0 == 0x09 }
        }

        private mutating func text(_ isPart: (UInt8) -> Bool) -> String {
            let start = index
            skip(isPart)
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }

        /// RFC 9110 section 5.6.2.
        private static func isTokenByte(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        }
    }
}
