// UNSAFE CODE. Extended attributes, including access control lists. The argument for its safety:
// - Pointers are passed to the C library only inside the call that lends them, with the count of the same buffer.
// - Every result is checked.

#if canImport(Glibc)
internal import CSystemCalls
import Glibc
#elseif canImport(Musl)
internal import CSystemCalls
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension System {
    /// An extended attribute that cannot be kept.
    struct AttributeError: Error {
        let name: String
        let reason: SystemError
    }

    #if canImport(Darwin)
    /// Gives a file the extended attributes and the access control list of another.
    static func copyAttributes(from path: String, to descriptor: Int32) throws(AttributeError) {
        let source = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw AttributeError(name: "", reason: .current) }
        defer { _ = close(source) }
        let flags = copyfile_flags_t(COPYFILE_ACL | COPYFILE_XATTR)
        if unsafe fcopyfile(source, descriptor, nil, flags) != 0 { throw AttributeError(name: "", reason: .current) }
    }
    #else
    /// Gives a file the extended attributes of another, including its access control list, and removes those that the
    /// new file has got from its folder.
    static func copyAttributes(from path: String, to descriptor: Int32) throws(AttributeError) {
        let names = try unsafe attributeNames { list, count in unsafe listxattr(path, list, count) }
        let given = try unsafe attributeNames { list, count in unsafe flistxattr(descriptor, list, count) }
        for name in given where !isOfTheSystem(name) && !names.contains(where: { $0.elementsEqual(name) }) {
            try unsafe name.withTerminator { pointer throws(SystemError) in
                if unsafe fremovexattr(descriptor, pointer) != 0, errno != ENODATA { throw .current }
            }
        }
        for name in names {
            try unsafe name.withTerminator { pointer throws(SystemError) in
                let value = try unsafe contents { buffer, count in unsafe getxattr(path, pointer, buffer, count) }
                let result = unsafe value.withUnsafeBytes { bytes in
                    unsafe fsetxattr(descriptor, pointer, bytes.baseAddress, bytes.count, 0)
                }
                if result != 0, !isOfTheSystem(name) { throw .current }
            }
        }
    }

    /// Whether an attribute is a label that the system's security modules manage themselves.
    private static func isOfTheSystem(_ name: [UInt8]) -> Bool {
        name.starts(with: "security.".utf8) && !name.elementsEqual("security.capability".utf8)
    }

    private static func attributeNames(
        _ list: (UnsafeMutablePointer<CChar>?, Int) -> Int
    ) throws(AttributeError) -> [[UInt8]] {
        do throws(SystemError) {
            let bytes = try unsafe contents { buffer, count in
                unsafe list(buffer?.assumingMemoryBound(to: CChar.self), count)
            }
            return bytes.split(separator: 0).map { Array($0) }
        } catch {
            // A file system without attributes has nothing to copy.
            if error.code == ENOTSUP { return [] }
            throw AttributeError(name: "", reason: error)
        }
    }

    /// The result of a call that must first be made without a buffer, to learn the size of the result.
    private static func contents(
        _ get: (UnsafeMutableRawPointer?, Int) -> Int
    ) throws(SystemError) -> [UInt8] {
        while true {
            let size = get(nil, 0)
            if size < 0 { throw .current }
            if size == 0 { return [] }
            var bytes = [UInt8](repeating: 0, count: size)
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in unsafe get(buffer.baseAddress, buffer.count) }
            if count >= 0 { return Array(bytes.prefix(count)) }
            if errno != ERANGE { throw .current }
        }
    }
    #endif
}

#if !canImport(Darwin)
extension [UInt8] {
    /// Calls `body` with the bytes as a C string; failures carry them as the attribute's name.
    fileprivate func withTerminator(
        _ body: (UnsafePointer<CChar>) throws(SystemError) -> Void
    ) throws(System.AttributeError) {
        let characters = map { CChar(bitPattern: $0) } + [0]
        var failure: SystemError?
        unsafe characters.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            do throws(SystemError) {
                try unsafe body(start)
            } catch {
                failure = error
            }
        }
        if let failure { throw System.AttributeError(name: String(decoding: self, as: UTF8.self), reason: failure) }
    }
}
#endif
