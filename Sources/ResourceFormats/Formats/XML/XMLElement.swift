/// An element that is open.
///
/// Not private: a private element of a generic from another file crashes the debug build of Swift 6.3.1.
struct XMLElement: BitwiseCopyable {
    /// What may stand inside.
    enum Content: UInt8, BitwiseCopyable {
        /// Records, and a page's members at the end: the root of a list.
        case records
        /// Nothing: the members of a page are attributes.
        case page
        /// Members, or elements called `item`.
        case object, array
        /// Text of a known kind.
        case string, number, boolean
        /// Text or members: an element that the schema does not know.
        case anything
        /// Nothing: `xsi:nil`.
        case nothing

        init(_ kind: ValueKind?) {
            self =
                switch kind {
                case .string: .string
                case .number: .number
                case .boolean: .boolean
                case .object: .object
                case .array: .array
                case nil: .anything
                }
        }
    }

    /// Where the start tag begins, in bytes of text from the start of the document.
    let start: Int
    /// Where the text begins in the tape's arena; -1 while there is none.
    var text = -1
    /// The known members of an object that have come, by ordinal.
    var seen = SeenFields()
    /// How many bytes the start tag has; 0 if it is the end tag too.
    private let tagCount: UInt32
    /// Where the names of an object's unknown members begin.
    private var firstName: UInt32 = 0
    var content: Content
    /// The place that the value has in the schema.
    var field: FieldID
    /// Whether the text says `escaped="true"`.
    var isEscaped = false
    /// Whether the text so far needs no escaping in JSON.
    var isPlain = true

    @inline(__always)
    init(content: Content, field: FieldID, start: Int, contentStart: Int) {
        self.content = content
        self.field = field
        self.start = start
        // A tag is in the parser's buffer as a whole.
        tagCount = UInt32(truncatingIfNeeded: contentStart &- start)
    }

    /// Where the content begins, in bytes of text from the start of the document.
    var contentStart: Int {
        @inline(__always) get { start &+ Int(tagCount) }
    }

    /// Where the names of an object's unknown members begin.
    var namesMark: Int {
        @inline(__always) get { Int(firstName) }
        set { firstName = UInt32(truncatingIfNeeded: newValue) }
    }
}

/// What an element's attributes say.
struct XMLAttributes {
    var kind: ValueKind?
    var isNil = false
    var isEscaped = false
}

/// Which namespace an element or attribute is in.
enum XMLNamespace {
    case none
    /// The one that the options give.
    case given
    /// `http://www.w3.org/XML/1998/namespace`, always bound to `xml`.
    case xml
    /// `http://www.w3.org/2001/XMLSchema-instance`.
    case schemaInstance
    case other
    /// A prefix that nothing declares.
    case undeclared
}
