#if XML
// UNSAFE CODE: dictionaries of names that were taken from a parser of libxml2. The argument for its safety:
// - A dictionary is in the list from when the parser has given it up until it is freed, once.
// - Its strings are used by open elements alone. Those that were given up before the root was open, and the first one
//   after that, which has the root's name, stay until the parser is freed; the others are freed when no element but the
//   root is open.

internal import CLibXML2

/// The dictionaries of names that a parser of libxml2 has filled and given up.
///
/// Before version 2.12 a dictionary with many names is slow: the parser gets a new one in time.
@safe
struct XMLDictionaries: ~Copyable {
    private var given: [xmlDictPtr] = unsafe []
    /// How many of them stay.
    private var keptCount = 0
    private var hasRoot = false

    /// How many names make a dictionary full.
    private static let mostNames: Int32 = 4096

    /// Gives the parser a new dictionary if its own is full; call it between two chunks.
    ///
    /// - Returns: Whether names have other addresses now, or addresses may come to have other names.
    @unsafe
    mutating func renew(of context: xmlParserCtxtPtr) -> Bool {
        let openCount = unsafe llmfmtOpenElements(context)
        if openCount == 1 {
            while unsafe given.count > keptCount, let last = unsafe given.popLast() { unsafe xmlDictFree(last) }
        }
        guard let old = unsafe llmfmtRenewDictionary(context, Self.mostNames) else { return false }
        unsafe given.append(old)
        if !hasRoot { keptCount = unsafe given.count }
        hasRoot = hasRoot || openCount > 0
        return true
    }

    /// Frees all of them, after the parser.
    mutating func removeAll() {
        while let last = unsafe given.popLast() { unsafe xmlDictFree(last) }
    }
}
#endif
