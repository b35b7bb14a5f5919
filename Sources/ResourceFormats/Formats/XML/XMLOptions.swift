/// How XML is laid out, what its elements are called, and in which encodings it is.
public struct XMLOptions: Hashable, Sendable {
    /// Whether an element says what its value is where the text alone would come back as something else.
    public enum Tags: Hashable, Sendable {
        /// The attributes `type`, `escaped` and `xsi:nil` where they are needed: everything comes back.
        case written
        /// Only elements and texts, for consumers that know no tags; a note says how many values do not come back.
        ///
        /// A member that is null is left out, a null in an array is an empty element, and U+FFFD stands for characters that
        /// XML 1.0 does not have.
        case none
    }

    /// Indented by two spaces instead of on one line.
    public var isPretty: Bool

    /// Whether elements have tags.
    ///
    /// A reader takes them in any case. With `none` an unknown element is an array if the first element inside it has
    /// `itemName`.
    public var tags: Tags
    /// The name of the root of a list or page; nil for the schema's name for several records.
    public var rootName: String?
    /// The name of a record's element, which is the root of an item; nil for the schema's name for a record.
    public var recordName: String?
    /// The name of the elements of arrays.
    public var itemName: String

    /// The names of members that are attributes of their object's element, in all objects of a record.
    ///
    /// A value that an attribute cannot say is an element all the same: null, an object, an array, and what needs a tag. So
    /// are members called `type` or `escaped` of inner objects, because those attributes are tags. Attributes come before
    /// all other members when they are read.
    public var attributes: [String]

    /// The namespace of all elements, which the root declares as the default one; nil for none.
    ///
    /// Documents that are read need to have it too, with any prefix.
    public var namespace: String?

    /// The encoding that documents are written in: a name that `supports(encoding:)` accepts.
    ///
    /// A character that the encoding does not have is written as a character reference, in the name of an element as an
    /// escape (`_x20AC_`).
    public var encoding: String

    /// The encoding of documents that are read, as a protocol such as HTTP gives it; nil to read it from the document.
    ///
    /// It goes before the declaration, and a byte order mark goes before both (RFC 7303 section 3).
    public var inputEncoding: String?

    /// The given layout, names and encodings; without any, all on one line, with the schema's names, in UTF-8.
    public init(
        isPretty: Bool = false, tags: Tags = .written, rootName: String? = nil, recordName: String? = nil,
        itemName: String = "item", attributes: [String] = [], namespace: String? = nil, encoding: String = "UTF-8",
        inputEncoding: String? = nil
    ) {
        self.isPretty = isPretty
        self.tags = tags
        self.rootName = rootName
        self.recordName = recordName
        self.itemName = itemName
        self.attributes = attributes
        self.namespace = namespace
        self.encoding = encoding
        self.inputEncoding = inputEncoding
    }
}
