/// The evidence for HAL in the first bytes of an input.
public enum HALEvidence: Sendable {
    /// The input begins as an object with a member `_links` or `_embedded`.
    case found
    /// The object ends without such a member, or there is no object.
    case none
    /// The bytes end inside the object.
    case undecided

    /// Looks at the member names of the first object, but not inside its values.
    public init(in content: Span<UInt8>) {
        let bytes = ByteView(content)
        var index = bytes.indexAfterSpace(from: bytes.startsWithByteOrderMark ? 3 : 0)
        guard bytes.byte(at: index) == 0x7B else {
            self = index < bytes.count ? .none : .undecided
            return
        }
        repeat {
            index = bytes.indexAfterSpace(from: index + 1)  // The brace or comma is before it.
            let start = index + 1
            guard bytes.byte(at: index) == 0x22, bytes.skipString(&index) else { break }
            let name = bytes.slice(start, count: index - 1 - start)
            if name.isEqual(to: "_links") || name.isEqual(to: "_embedded") {
                self = .found
                return
            }
            index = bytes.indexAfterSpace(from: index)
            guard bytes.byte(at: index) == 0x3A else { break }
            index = bytes.indexAfterSpace(from: index + 1)
            guard bytes.skipValue(&index) else { break }
            index = bytes.indexAfterSpace(from: index)
        } while bytes.byte(at: index) == 0x2C
        self = index < bytes.count ? .none : .undecided
    }
}

extension ByteView {
    /// Moves to the end of the string that begins at `index`; returns false at the end of the bytes.
    fileprivate func skipString(_ index: inout Int) -> Bool {
        index += 1
        while index < count {
            index = firstIndex(of: JSONStringStop(), from: index)
            let byte = byte(at: index)
            index = min(count, index + (byte == 0x5C ? 2 : 1))
            if byte == 0x22 { return true }
        }
        return false
    }

    /// Moves to the end of the value that begins at `index`; returns false at the end of the bytes.
    fileprivate func skipValue(_ index: inout Int) -> Bool {
        switch byte(at: index) {
        case 0x22:
            return skipString(&index)
        case 0x7B, 0x5B:
            var skipper = JSONSkipper()
            return skipper.skip(self, &index, downTo: 0)
        default:
            while index < count {
                switch byte(at: index) {
                case 0x2C, 0x7D, 0x20, 0x0A, 0x0D, 0x09: return true
                default: index += 1
                }
            }
            return false
        }
    }
}
