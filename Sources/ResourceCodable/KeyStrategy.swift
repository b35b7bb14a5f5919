/// How the names of members follow from coding keys.
///
/// The keys of dictionaries are data and stay as they are.
public struct KeyStrategy: Sendable {
    /// The member of a key; nil if it has the key's own name.
    let toMember: (@Sendable (String) -> String)?
    /// The key of a member.
    let toKey: (@Sendable (String) -> String)?

    /// The names of the keys.
    public static let asDeclared = KeyStrategy(toMember: nil, toKey: nil)

    /// `postalCode` is the member `postal_code`.
    ///
    /// Words are told apart as `JSONEncoder` and `JSONDecoder` do. A key finds the member that it would be written as;
    /// so `imageURL` comes back from `image_url`.
    public static let snakeCase = KeyStrategy(toMember: SnakeCase.from(camelCase:), toKey: SnakeCase.camelCase(from:))

    /// Names of the program's own making.
    ///
    /// - Parameters:
    ///   - toMember: The name of the member for the key with a name.
    ///   - toKey: The name of the key for the member with a name, for types that ask which keys there are.
    public static func custom(
        toMember: @escaping @Sendable (String) -> String, toKey: @escaping @Sendable (String) -> String
    ) -> KeyStrategy {
        KeyStrategy(toMember: toMember, toKey: toKey)
    }
}

/// Snake case and camel case, as Foundation has them.
enum SnakeCase {
    /// `myURLProperty` becomes `my_url_property`.
    static func from(camelCase key: String) -> String {
        let letters = Array(key)
        guard letters.count > 1 else { return key.isEmpty ? key : key.lowercased() }
        var words: [ArraySlice<Character>] = []
        var wordStart = 0
        var index = 1
        while let upper = letters[index...].firstIndex(where: \.isUppercase) {
            words.append(letters[wordStart..<upper])
            guard let lower = letters[upper...].firstIndex(where: \.isLowercase) else {
                wordStart = upper
                break
            }
            if lower == upper + 1 {
                wordStart = upper
            } else {
                // The last capital of several begins the next word.
                words.append(letters[upper..<lower - 1])
                wordStart = lower - 1
            }
            index = lower + 1
        }
        words.append(letters[wordStart...])
        return words.map { String($0).lowercased() }.joined(separator: "_")
    }

    /// `my_url_property` becomes `myUrlProperty`; underscores at both ends stay.
    static func camelCase(from member: String) -> String {
        guard let first = member.firstIndex(where: { $0 != "_" }), let last = member.lastIndex(where: { $0 != "_" })
        else { return member }
        let words = member[first...last].split(separator: "_")
        var key = String(member[..<first])
        if words.count == 1 {
            key += words[0]
        } else {
            for (index, word) in words.enumerated() {
                key += index == 0 ? word.lowercased() : word.prefix(1).uppercased() + word.dropFirst().lowercased()
            }
        }
        return key + member[member.index(after: last)...]
    }
}

/// A dictionary whose keys are the names of members.
protocol StringKeyedDictionary {}

extension Dictionary: StringKeyedDictionary {}
