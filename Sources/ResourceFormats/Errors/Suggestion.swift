/// Suggests the word that was probably meant by a misspelt one.
package enum Suggestion {
    /// The word that is nearest to `word`; nil if more than a third of the letters differ.
    package static func among(_ words: [String], for word: String) -> String? {
        let given = Array(word.lowercased().unicodeScalars)
        var best: (word: String, distance: Int)?
        for candidate in words {
            let letters = Array(candidate.lowercased().unicodeScalars)
            let distance = distance(given, letters)
            guard distance <= max(1, min(given.count, letters.count) / 3), distance < best?.distance ?? .max else {
                continue
            }
            best = (candidate, distance)
        }
        return best?.word
    }

    /// The number of letters that have to be inserted, removed, replaced or swapped with their neighbour.
    private static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
        // Real words are shorter, and the work grows with the square of the length.
        guard one.count <= 100, other.count <= 100 else { return .max }
        var rows = [Array(0...other.count)]
        for index in one.indices {
            var row = [index + 1]
            for column in other.indices {
                let isSame = one[index] == other[column]
                var least = min(rows[index][column] + (isSame ? 0 : 1), rows[index][column + 1] + 1, row[column] + 1)
                if index > 0, column > 0, one[index] == other[column - 1], one[index - 1] == other[column] {
                    least = min(least, rows[index - 1][column - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[one.count][other.count]
    }
}
