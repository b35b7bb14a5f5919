/// XML documents around the part that a test is about.
enum XMLTexts {
    static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    static let namespace = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""

    /// An item to be read, with `content` on its second line.
    static func item(_ content: String) -> String {
        "<largeLanguageModel\(namespace)>\n\(content)\n</largeLanguageModel>"
    }

    /// What is written for an item with the given members.
    static func written(item content: String) -> String {
        declaration + element("largeLanguageModel", namespace, content) + "\n"
    }

    /// What is written for a list or page with the given children.
    static func written(list content: String) -> String {
        declaration + element("largeLanguageModels", namespace, content) + "\n"
    }

    private static func element(_ name: String, _ attributes: String, _ content: String) -> String {
        content.isEmpty ? "<\(name)\(attributes)/>" : "<\(name)\(attributes)>\(content)</\(name)>"
    }
}
