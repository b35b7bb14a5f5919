import CLibXML2
import LLMResources
import ResourceFormats
import ResourceFormatsTesting

/// An element as the contract wants it for a JSON value, told in the obvious way.
struct TwinElement: Equatable, CustomStringConvertible {
    struct Attribute: Equatable {
        var name: String
        var value: String

        init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    var name: ExactText
    var attributes: [Attribute] = []
    var children: [TwinElement] = []
    var text: ExactText = ""

    var description: String { "<\(name) \(attributes)>\(text)\(children)" }

    init(name: ExactText, attributes: [Attribute] = [], children: [TwinElement] = [], text: ExactText = "") {
        self.name = name
        self.attributes = attributes
        self.children = children
        self.text = text
    }

    /// A list's root.
    init(records: [SlowJSON], schema: Schema) {
        name = "largeLanguageModels"
        attributes = [Self.declaration]
        children = records.map { TwinElement(record: $0, schema: schema, isRoot: false) }
    }

    /// A record.
    init(record: SlowJSON, schema: Schema, isRoot: Bool) {
        name = "largeLanguageModel"
        if isRoot { attributes = [Self.declaration] }
        children = Self.children(of: record, at: .record, schema)
    }

    private static let declaration = Attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")

    private static func children(of value: SlowJSON, at place: FieldID, _ schema: Schema) -> [TwinElement] {
        switch value {
        case .array(let elements):
            let inside = schema.kind(of: place) == .array ? schema.elements(of: place) : .unknown
            return elements.map { TwinElement("item", $0, at: inside, schema) }
        case .object(let members):
            let isPlace = place == .record || schema.kind(of: place) == .object
            return members.map { member in
                let field = schema.members(of: place).first {
                    isPlace && schema.name(of: $0).map { ExactText($0) } == member.name
                }
                return TwinElement(escapedName(member.name), member.value, at: field ?? .unknown, schema)
            }
        case .null, .bool, .number, .string: return []
        }
    }

    private init(_ name: ExactText, _ value: SlowJSON, at place: FieldID, _ schema: Schema) {
        self.name = name
        let expected = place == .unknown ? nil : schema.kind(of: place)
        let kind: ValueKind
        switch value {
        case .null:
            attributes = [Attribute("xsi:nil", "true")]
            return
        case .bool(let isTrue):
            kind = .boolean
            text = isTrue ? "true" : "false"
        case .number(let digits):
            kind = .number
            text = ExactText(digits)
        case .string(let string):
            kind = .string
            text = string
        case .array: kind = .array
        case .object: kind = .object
        }
        children = Self.children(of: value, at: place, schema)
        if let expected {
            if expected != kind { attributes.append(Attribute("type", "\(kind)")) }
        } else if kind == .array || kind == .object && children.isEmpty || kind == .string && Self.readsAsMore(text) {
            attributes.append(Attribute("type", "\(kind)"))
        }
        if kind == .string, text.scalars.contains(where: Self.isForbidden) {
            attributes.append(Attribute("escaped", "true"))
            text = ExactText(scalars: text.scalars.flatMap(Self.escape))
        }
    }

    /// Whether a string is a number or boolean of JSON to the letter.
    private static func readsAsMore(_ text: ExactText) -> Bool {
        switch try? SlowJSON(parsing: Array(text.string.utf8)) {
        case .number(let digits): ExactText(digits) == text
        case .bool(let isTrue): text == (isTrue ? "true" : "false")
        default: false
        }
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar < " " && !["\t", "\n", "\r"].contains(scalar) || scalar == "\u{FFFE}" || scalar == "\u{FFFF}"
    }

    private static func escape(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        if scalar == "\\" { return ["\\", "\\"] }
        guard isForbidden(scalar) else { return [scalar] }
        let digits = String(scalar.value, radix: 16)
        return Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
    }

    /// Names by libxml2's check for names without colon, one character at a time.
    private static func escapedName(_ name: ExactText) -> ExactText {
        if name.scalars.isEmpty { return "_x_" }
        let isReserved = name.string.lowercased().hasPrefix("xml")
        var escaped = ""
        for (index, scalar) in name.scalars.enumerated() {
            let next = index + 1 < name.scalars.count ? name.scalars[index + 1] : " "
            let isAllowed = scalar.value > 0 && isName(index == 0 ? "\(scalar)" : "a\(scalar)")
            if isAllowed, !(scalar == "_" && next == "x"), !(index == 0 && isReserved) {
                escaped.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let count = scalar.value > 0xFFFF ? 6 : 4
                escaped += "_x\(String(repeating: "0", count: count - digits.count))\(digits)_"
            }
        }
        return ExactText(escaped)
    }

    private static func isName(_ text: String) -> Bool {
        unsafe xmlValidateNCName(text, 0) == 0
    }
}

// MARK: - Through libxml2

/// The document that `xmlTextWriter` makes of an element.
func twinBytes(of element: TwinElement, isPretty: Bool) -> [UInt8] {
    guard let buffer = unsafe xmlBufferCreate() else { return [] }
    defer { unsafe xmlBufferFree(buffer) }
    guard let writer = unsafe xmlNewTextWriterMemory(buffer, 0) else { return [] }
    if isPretty {
        unsafe xmlTextWriterSetIndent(writer, 1)
        unsafe xmlTextWriterSetIndentString(writer, "  ")
    }
    unsafe xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil)
    unsafe write(element, to: writer)
    unsafe xmlTextWriterEndDocument(writer)
    unsafe xmlFreeTextWriter(writer)
    guard let content = unsafe xmlBufferContent(buffer) else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
}

@unsafe
private func write(_ element: TwinElement, to writer: xmlTextWriterPtr) {
    unsafe xmlTextWriterStartElement(writer, element.name.string)
    for attribute in element.attributes { unsafe xmlTextWriterWriteAttribute(writer, attribute.name, attribute.value) }
    for child in element.children { unsafe write(child, to: writer) }
    // Texts are cut at quotes, which the contract leaves as they are.
    var rest = element.text.scalars[...]
    while !rest.isEmpty {
        let plain = rest.prefix { $0 != "\"" }
        if !plain.isEmpty { unsafe xmlTextWriterWriteString(writer, ExactText(scalars: Array(plain)).string) }
        rest = rest.dropFirst(plain.count)
        if !rest.isEmpty { unsafe xmlTextWriterWriteRaw(writer, "\"") }
        rest = rest.dropFirst()
    }
    unsafe xmlTextWriterEndElement(writer)
}

/// The root that libxml2's tree parser finds in a document; nil if it finds fault with it.
func twinTree(of document: [UInt8]) -> TwinElement? {
    let options = Int32(XML_PARSE_NONET.rawValue) | Int32(XML_PARSE_NOERROR.rawValue)
    let tree = unsafe document.withUnsafeBytes { bytes in
        unsafe xmlReadMemory(
            bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil, nil, options)
    }
    guard let tree = unsafe tree else { return nil }
    defer { unsafe xmlFreeDoc(tree) }
    guard let root = unsafe xmlDocGetRootElement(tree) else { return nil }
    return unsafe readElement(root)
}

@unsafe
private func readElement(_ node: xmlNodePtr) -> TwinElement {
    var element = TwinElement(name: unsafe ExactText(String(cString: node.pointee.name)))
    var attribute = unsafe node.pointee.properties
    while let current = unsafe attribute {
        let prefix = unsafe current.pointee.ns.map { unsafe String(cString: $0.pointee.prefix) + ":" } ?? ""
        let value = unsafe current.pointee.children?.pointee.content.map { unsafe String(cString: $0) } ?? ""
        let name = unsafe prefix + String(cString: current.pointee.name)
        element.attributes.append(.init(name, value))
        unsafe attribute = current.pointee.next
    }
    var child = unsafe node.pointee.children
    while let current = unsafe child {
        if unsafe current.pointee.type == XML_ELEMENT_NODE {
            element.children.append(unsafe readElement(current))
        } else if let content = unsafe current.pointee.content {
            element.text.scalars += unsafe Array(String(cString: content).unicodeScalars)
        }
        unsafe child = current.pointee.next
    }
    return element
}
