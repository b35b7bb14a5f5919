#if XML
internal import CLibXML2

/// What libxml2 found wrong, in words of our own.
struct XMLComplaint {
    let found: String
    let expected: String
    /// Whether it is about a reference to a character or entity.
    let isAboutReference: Bool
    /// Whether the place is wrong whatever follows it.
    let isFinal: Bool

    /// The words for an error code and the names that come with it.
    init(code: xmlParserErrors, _ first: String?, _ second: String?) {
        let name = first.map { " \(excerpt($0))" } ?? ""
        isAboutReference =
            switch code {
            case XML_ERR_INVALID_CHAR, XML_ERR_INVALID_CHARREF, XML_ERR_INVALID_HEX_CHARREF,
                XML_ERR_INVALID_DEC_CHARREF, XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY,
                XML_ERR_ENTITYREF_NO_NAME, XML_ERR_ENTITYREF_SEMICOL_MISSING:
                true
            default: false
            }
        isFinal =
            switch code {
            case XML_ERR_INVALID_CHAR, XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY,
                XML_ERR_ENTITYREF_NO_NAME, XML_ERR_MISPLACED_CDATA_END, XML_ERR_DOCUMENT_EMPTY:
                true
            default: false
            }
        (found, expected) =
            switch code {
            case XML_ERR_TAG_NAME_MISMATCH:
                (
                    "an end tag that does not match\(second.map { ", </\(excerpt($0))>" } ?? "")",
                    "</\(excerpt(first ?? ""))>"
                )
            case XML_ERR_DOCUMENT_EMPTY, XML_ERR_DOCUMENT_START: ("no element", "an XML document")
            case XML_ERR_DOCUMENT_END: ("more behind the root element", "only comments and white space there")
            // Forbidden characters that stand there themselves never get as far as libxml2.
            case XML_ERR_INVALID_CHAR, XML_ERR_INVALID_CHARREF, XML_ERR_INVALID_HEX_CHARREF,
                XML_ERR_INVALID_DEC_CHARREF:
                (
                    "a character reference that is not complete or names no character of XML 1.0",
                    "&#…; or &#x…; with the number of a character"
                )
            case XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY, XML_ERR_ENTITYREF_NO_NAME,
                XML_ERR_ENTITYREF_SEMICOL_MISSING, XML_ERR_ENTITY_IS_EXTERNAL, XML_ERR_ENTITY_LOOP:
                (
                    first.map { "the entity &\(excerpt($0));, which is not declared" }
                        ?? "an & that begins no reference",
                    "&amp; &lt; &gt; &quot; &apos; or a character reference; a lone & is written &amp;"
                )
            case XML_ERR_LT_IN_ATTRIBUTE: ("a < in an attribute's value", "&lt;")
            case XML_ERR_ATTRIBUTE_NOT_STARTED: ("an attribute's value without quotes", "quotes around it")
            case XML_ERR_ATTRIBUTE_NOT_FINISHED: ("an attribute's value without an end", "its closing quote")
            case XML_ERR_ATTRIBUTE_WITHOUT_VALUE: ("the attribute\(name) without a value", "= and a quoted value")
            case XML_ERR_ATTRIBUTE_REDEFINED, XML_NS_ERR_ATTRIBUTE_REDEFINED:
                ("the attribute\(name) a second time", "each attribute once in a tag")
            case XML_ERR_SPACE_REQUIRED: ("no white space between two parts of a tag or declaration", "some")
            case XML_ERR_NAME_REQUIRED: ("a tag that is none, or a lone <", "a tag such as <name>, or &lt;")
            case XML_ERR_INTERNAL_ERROR:
                ("markup that has no place here", "elements, text, comments and processing instructions")
            case XML_ERR_GT_REQUIRED, XML_ERR_LTSLASH_REQUIRED, XML_ERR_TAG_NOT_FINISHED:
                ("a tag that is not closed", "its >")
            case XML_ERR_MISPLACED_CDATA_END: ("]]> in a text", "]]&gt;")
            case XML_ERR_CDATA_NOT_FINISHED: ("a CDATA section without an end", "]]>")
            case XML_ERR_COMMENT_NOT_FINISHED: ("a comment without an end", "-->")
            case XML_ERR_HYPHEN_IN_COMMENT: ("-- inside a comment", "no two hyphens there")
            case XML_ERR_PI_NOT_STARTED, XML_ERR_PI_NOT_FINISHED:
                ("a processing instruction that is not complete", "a name and ?>")
            case XML_ERR_RESERVED_XML_NAME:
                ("an XML declaration that is not at the very start", "it there, or a name other than xml")
            case XML_ERR_UNKNOWN_VERSION: ("XML\(name)", "XML 1.0")
            case XML_ERR_XMLDECL_NOT_STARTED, XML_ERR_XMLDECL_NOT_FINISHED, XML_ERR_VERSION_MISSING,
                XML_ERR_STANDALONE_VALUE, XML_ERR_ENCODING_NAME, XML_ERR_STRING_NOT_CLOSED,
                XML_ERR_STRING_NOT_STARTED, XML_ERR_EQUAL_REQUIRED:
                ("an XML declaration that is not complete", "<?xml version=\"1.0\" encoding=\"…\"?>")
            case XML_ERR_NAME_TOO_LONG: ("a name that is too long", "at most \(XMLNames.longest) bytes")
            case XML_NS_ERR_UNDEFINED_NAMESPACE:
                ("a prefix that nothing declares\(first.map { ", \(excerpt($0))" } ?? "")", "names without prefixes")
            case XML_NS_ERR_XML_NAMESPACE, XML_NS_ERR_QNAME, XML_NS_ERR_COLON, XML_NS_ERR_EMPTY:
                ("a name or declaration that breaks the rules of namespaces", "names without prefixes")
            case XML_ERR_DOCTYPE_NOT_FINISHED, XML_ERR_LITERAL_NOT_STARTED, XML_ERR_LITERAL_NOT_FINISHED,
                XML_ERR_PUBID_REQUIRED, XML_ERR_URI_REQUIRED:
                ("a document type declaration", "none: entities are never read")
            default: ("what is not well-formed XML (libxml2's error \(code.rawValue))", "a well-formed document")
            }
    }
}
#endif
