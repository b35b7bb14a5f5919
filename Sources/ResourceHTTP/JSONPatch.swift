import HTTPTypes
public import ResourceFormats

/// A JSON Patch (RFC 6902): operations that are applied in their order, all or none.
///
/// Paths are those of the record's JSON, whatever formats a server has besides.
public struct JSONPatch: Sendable {
    /// The media type of such documents.
    public static let mediaType = "application/json-patch+json"

    private enum Operation: Sendable {
        case add(JSONPointer, JSONTree)
        case remove(JSONPointer)
        case replace(JSONPointer, JSONTree)
        case move(JSONPointer, JSONPointer)
        case copy(JSONPointer, JSONPointer)
        case test(JSONPointer, JSONTree)
    }

    private let operations: [(operation: Operation, place: TextPosition)]

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - document: A JSON array of operations.
    ///   - schema: The schema of the records that it changes.
    ///   - limits: What an operation may be.
    /// - Throws: 400 or 413 with the place for what is not JSON or too large; 422 with the place for what is not
    ///   an operation.
    public init(_ document: [UInt8], schema: Schema, limits: Limits = .default) throws(ProblemDetails) {
        let start = document.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard start == nil || start == 0x5B else {
            throw ProblemDetails(
                SerializationError(
                    .wrongShape, found: "a document that is not an array", expected: "an array of operations", path: "$"
                ))
        }
        var operations: [(operation: Operation, place: TextPosition)] = []
        do throws(SerializationError) {
            var stream = RecordStream(.json, schema: schema, limits: limits)
            while case .record = try stream.next(document.span, isComplete: true) {
                guard let view = stream.record else { break }
                let place = stream.recordPosition(in: document.span)
                do {
                    operations.append((try Self.operation(JSONTree(view, schema)), place))
                } catch {
                    throw SerializationError(
                        .wrongShape, found: error.found, expected: error.expected,
                        position: place, path: "$[\(operations.count)]")
                }
            }
        } catch {
            throw ProblemDetails(error)
        }
        self.operations = operations
    }

    private struct Malformed: Error {
        let found: String
        let expected: String
    }

    private static func operation(_ tree: JSONTree) throws(Malformed) -> Operation {
        guard case .object(let members) = tree else { throw Malformed(found: tree.summary, expected: "an object") }
        func member(_ name: String) -> JSONTree? { members.first { $0.name.elementsEqual(name.utf8) }?.value }
        func pointer(_ name: String) throws(Malformed) -> JSONPointer {
            guard let value = member(name), case .string(let text) = value, let pointer = JSONPointer(text) else {
                throw Malformed(
                    found: member(name)?.summary ?? "no \"\(name)\"", expected: "a JSON Pointer in \"\(name)\"")
            }
            return pointer
        }
        func value() throws(Malformed) -> JSONTree {
            guard let value = member("value") else {
                throw Malformed(found: "no \"value\"", expected: "the value of the operation")
            }
            return value
        }
        guard let name = member("op"), case .string(let op) = name else {
            throw Malformed(found: member("op")?.summary ?? "no \"op\"", expected: "the name of an operation in \"op\"")
        }
        let path = try pointer("path")
        switch String(decoding: op, as: UTF8.self) {
        case "add": return .add(path, try value())
        case "remove": return .remove(path)
        case "replace": return .replace(path, try value())
        case "move": return .move(try pointer("from"), path)
        case "copy": return .copy(try pointer("from"), path)
        case "test": return .test(path, try value())
        default:
            throw Malformed(
                found: "the operation \(name.summary.dropFirst("the string ".count))",
                expected: "add, remove, replace, move, copy or test")
        }
    }

    // MARK: Applying

    /// The record after all operations, as compact JSON.
    ///
    /// - Parameters:
    ///   - record: The record as JSON.
    ///   - schema: The schema that the record is read by.
    /// - Throws: 409 for an operation that cannot be applied to this record, with its index, its place in the document
    ///   and its path; 422 if no record is left; 413 for one that grows beyond measure.
    public func applied(to record: [UInt8], schema: Schema) throws(ProblemDetails) -> [UInt8] {
        let stored: StoredRecord
        do {
            stored = try StoredRecord(json: record.span, schema: schema)
        } catch {
            throw ProblemDetails(.internalServerError)
        }
        guard var tree = stored.withRecord({ JSONTree($0, schema) }) else {
            throw ProblemDetails(.internalServerError)
        }
        var budget = 100_000
        for (index, (operation, place)) in operations.enumerated() {
            do throws(Failure) {
                try Self.apply(operation, to: &tree, &budget)
            } catch {
                throw Self.problem(error, index, place)
            }
        }
        guard case .object = tree else {
            throw ProblemDetails(
                SerializationError(.wrongShape, found: tree.summary, expected: "a record", path: "$"))
        }
        var output = OutputBuffer()
        tree.write(to: &output)
        return output.array()
    }

    private struct Failure: Error {
        let path: JSONPointer
        let found: String
        let expected: String
        var isTooMuch = false
    }

    private static func apply(
        _ operation: Operation, to tree: inout JSONTree, _ budget: inout Int
    ) throws(Failure) {
        switch operation {
        case .add(let path, let value): try change(&tree, path, path.tokens[...]) { .add(value, $0) }
        case .remove(let path): try change(&tree, path, path.tokens[...]) { .remove($0) }
        case .replace(let path, let value): try change(&tree, path, path.tokens[...]) { .replace(value, $0) }
        case .move(let from, let path):
            let value = try self.value(at: from, in: tree)
            guard !from.isProperPrefix(of: path) else {
                throw Failure(path: path, found: "a place inside of what is moved", expected: "one outside of it")
            }
            try change(&tree, from, from.tokens[...]) { .remove($0) }
            try change(&tree, path, path.tokens[...]) { .add(value, $0) }
        case .copy(let from, let path):
            let value = try self.value(at: from, in: tree)
            // A copy may double the document, and forty of them a small one to a terabyte.
            budget -= value.nodeCount
            guard budget >= 0 else {
                throw Failure(
                    path: path, found: "copies of more than 100000 values", expected: "fewer", isTooMuch: true)
            }
            try change(&tree, path, path.tokens[...]) { .add(value, $0) }
        case .test(let path, let value):
            let present = try self.value(at: path, in: tree)
            guard present.isEqual(value) else {
                throw Failure(path: path, found: present.summary, expected: value.summary)
            }
        }
    }

    private static func value(at path: JSONPointer, in tree: JSONTree) throws(Failure) -> JSONTree {
        var value = tree
        for token in path.tokens {
            guard let next = value.child(token) else { throw missing(path, token, value) }
            value = next
        }
        return value
    }

    private static func missing(_ path: JSONPointer, _ token: [UInt8], _ parent: JSONTree) -> Failure {
        let name = ResourceResponder.excerpt(String(decoding: token, as: UTF8.self))
        return Failure(path: path, found: "no \"\(name)\" in \(parent.summary)", expected: "a value at this path")
    }

    /// What happens at the end of a path.
    private enum Change {
        case add(JSONTree, [UInt8])
        case remove([UInt8])
        case replace(JSONTree, [UInt8])
    }

    /// Changes the value that the last token names; the parents of it are replaced on the way back.
    private static func change(
        _ tree: inout JSONTree, _ path: JSONPointer, _ tokens: ArraySlice<[UInt8]>, _ make: ([UInt8]) -> Change
    ) throws(Failure) {
        guard let token = tokens.first else {
            switch make([]) {
            case .add(let value, _), .replace(let value, _): tree = value
            case .remove: tree = .null
            }
            return
        }
        guard tokens.count == 1 else {
            guard var child = tree.child(token) else { throw missing(path, token, tree) }
            try change(&child, path, tokens.dropFirst(), make)
            tree.replaceChild(token, child)
            return
        }
        switch make(token) {
        case .add(let value, let token):
            guard tree.add(value, token) else {
                throw missing(path, token, tree)
            }
        case .remove(let token):
            guard tree.child(token) != nil else { throw missing(path, token, tree) }
            tree.removeChild(token)
        case .replace(let value, let token):
            guard tree.child(token) != nil else { throw missing(path, token, tree) }
            tree.replaceChild(token, value)
        }
    }

    private static func problem(_ failure: Failure, _ index: Int, _ place: TextPosition) -> ProblemDetails {
        let path = failure.path.text
        return ProblemDetails(
            failure.isTooMuch ? .contentTooLarge : .conflict,
            "\(place.line):\(place.column): operation \(index + 1): found \(failure.found), expected \(failure.expected) "
                + "(\"\(path)\")",
            details: [
                .init("operation", .number(index)), .init("path", .text(path)), .init("line", .number(place.line)),
                .init("column", .number(place.column)), .init("found", .text(failure.found)),
                .init("expected", .text(failure.expected)),
            ])
    }
}

/// A path to a value (RFC 6901).
struct JSONPointer: Sendable {
    /// The pointer as it was written.
    let text: String
    let tokens: [[UInt8]]

    /// A pointer from its text; nil if it is none.
    init?(_ text: [UInt8]) {
        self.text = String(decoding: text, as: UTF8.self)
        guard !text.isEmpty else {
            tokens = []
            return
        }
        guard text.first == UInt8(ascii: "/") else { return nil }
        var tokens: [[UInt8]] = []
        for part in text.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            var token: [UInt8] = []
            var index = part.startIndex
            while index < part.endIndex {
                if part[index] == UInt8(ascii: "~") {
                    guard index + 1 < part.endIndex else { return nil }
                    switch part[index + 1] {
                    case UInt8(ascii: "0"): token.append(UInt8(ascii: "~"))
                    case UInt8(ascii: "1"): token.append(UInt8(ascii: "/"))
                    default: return nil
                    }
                    index += 2
                } else {
                    token.append(part[index])
                    index += 1
                }
            }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    func isProperPrefix(of other: JSONPointer) -> Bool {
        tokens.count < other.tokens.count && other.tokens.starts(with: tokens)
    }
}

extension JSONTree {
    /// How many values it has.
    fileprivate var nodeCount: Int {
        switch self {
        case .object(let members): members.reduce(1) { $0 + $1.value.nodeCount }
        case .array(let elements): elements.reduce(1) { $0 + $1.nodeCount }
        default: 1
        }
    }

    /// The member or element that a token names; nil if there is none.
    fileprivate func child(_ token: [UInt8]) -> JSONTree? {
        switch self {
        case .object(let members): return members.first { $0.name == token }?.value
        case .array(let elements):
            guard let index = Self.index(token), index < elements.count else { return nil }
            return elements[index]
        default: return nil
        }
    }

    fileprivate mutating func replaceChild(_ token: [UInt8], _ value: JSONTree) {
        switch self {
        case .object(var members):
            guard let index = members.firstIndex(where: { $0.name == token }) else { return }
            members[index].value = value
            self = .object(members)
        case .array(var elements):
            guard let index = Self.index(token), index < elements.count else { return }
            elements[index] = value
            self = .array(elements)
        default: return
        }
    }

    fileprivate mutating func removeChild(_ token: [UInt8]) {
        switch self {
        case .object(var members):
            members.removeAll { $0.name == token }
            self = .object(members)
        case .array(var elements):
            guard let index = Self.index(token), index < elements.count else { return }
            elements.remove(at: index)
            self = .array(elements)
        default: return
        }
    }

    /// Adds a member, or inserts an element; false where that cannot be.
    fileprivate mutating func add(_ value: JSONTree, _ token: [UInt8]) -> Bool {
        switch self {
        case .object(var members):
            if let index = members.firstIndex(where: { $0.name == token }) {
                members[index].value = value
            } else {
                members.append((token, value))
            }
            self = .object(members)
            return true
        case .array(var elements):
            let index = token.elementsEqual("-".utf8) ? elements.count : Self.index(token)
            guard let index, index <= elements.count else { return false }
            elements.insert(value, at: index)
            self = .array(elements)
            return true
        default: return false
        }
    }

    /// A token as an index: digits without leading zeros.
    private static func index(_ token: [UInt8]) -> Int? {
        guard !token.isEmpty, token.count < 10, token.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        guard token.count == 1 || token[0] != 0x30 else { return nil }
        return token.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
