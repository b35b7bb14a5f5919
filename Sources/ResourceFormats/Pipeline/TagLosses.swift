/// How many values of a document without tags are not read back as what they are, by the reason.
///
/// XML and CSV have texts only. Where the text alone would come back as something else, a tag says what it is; a document
/// for consumers that do not know the tags goes without.
struct TagLosses: Sendable {
    /// Texts that read as a number, a boolean, null or an empty value.
    var texts = 0
    /// Values of another kind than the schema's.
    var otherKinds = 0
    var nulls = 0
    /// Empty objects and arrays.
    var emptyContainers = 0
    /// Arrays that nothing shows to be one.
    var arrays = 0
    /// Texts with characters for which U+FFFD stands.
    var replacedTexts = 0
    /// Records without members that read as one with an empty text.
    var emptyRecords = 0

    /// How many values there are.
    var count: Int { texts + otherKinds + nulls + emptyContainers + arrays + replacedTexts + emptyRecords }

    static func += (losses: inout TagLosses, other: TagLosses) {
        losses.texts += other.texts
        losses.otherKinds += other.otherKinds
        losses.nulls += other.nulls
        losses.emptyContainers += other.emptyContainers
        losses.arrays += other.arrays
        losses.replacedTexts += other.replacedTexts
        losses.emptyRecords += other.emptyRecords
    }

    /// The note about them; nil if there are none.
    var note: Note? {
        guard count > 0 else { return nil }
        let parts: [(Int, one: String, several: String)] = [
            (texts, "text that reads as something else", "texts that read as something else"),
            (otherKinds, "value of another kind than the schema's", "values of another kind than the schema's"),
            (nulls, "null", "nulls"), (emptyContainers, "empty object or array", "empty objects or arrays"),
            (arrays, "array", "arrays"),
            (replacedTexts, "text with characters that XML forbids", "texts with characters that XML forbids"),
            (emptyRecords, "record without members", "records without members"),
        ]
        let list = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.one : $0.several)" }
        let subject =
            count == 1 ? "1 value does not come back as it was" : "\(count) values do not come back as they were"
        return Note("without tags \(subject): " + list.joined(separator: ", "), isLoss: true)
    }
}
