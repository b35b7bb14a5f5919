/// A list of words by which spreadsheet programs recognise booleans, dates and times, in lower case.
///
/// The languages are English, German, French, Spanish, Italian, Portuguese, Dutch and Polish.
struct SpreadsheetWords: Sendable {
    /// The words, each packed into a number, in ascending order.
    private let words: [PackedWord]

    /// - Parameter list: The words, separated by white space.
    private init(_ list: String) {
        words = list.split(whereSeparator: \.isWhitespace).map { PackedWord($0.utf8) }.sorted { $0.bytes < $1.bytes }
    }

    /// The number of words.
    var count: Int { words.count }

    /// Whether a lower-case word is in the list.
    func contains(_ word: PackedWord) -> Bool {
        guard !word.isTooLong else { return false }
        var range = 0..<words.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if words[middle].bytes == word.bytes { return true }
            if words[middle].bytes < word.bytes {
                range = middle + 1..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        return false
    }

    /// The words that programs show for true.
    static let affirmative = SpreadsheetWords("true wahr vrai verdadero vero verdadeiro waar prawda")

    /// The words that programs show for false.
    static let negative = SpreadsheetWords("false falsch faux falso onwaar fałsz")

    /// The names of months and weekdays in CLDR, their short forms, and the words between the parts of a date or after
    /// a time.
    static let date = SpreadsheetWords(
        """
        abr abril ago agosto am août apr april aprile aug august augustus avr avril cze czerwca czerwiec czw czwartek
        de dec december den der dez dezember dezembro di dic dicembre diciembre dienstag dim dimanche dinsdag do dom
        domenica domingo donderdag donnerstag déc décembre e el ene enero er feb febbraio febrero februar februari
        february feira fev fevereiro fr freitag fri friday févr février gen gennaio gio giovedì giu giugno gru grudnia
        grudzień il jan janeiro januar januari january janv janvier jeu jeudi jue jueves juil juillet juin jul julho
        juli julio july jun june junho juni junio kwi kwiecień kwietnia le lip lipca lipiec lis listopad listopada lug
        luglio lun lundi lunedì lunes lut lutego luty ma maandag maart mag maggio mai maio maj maja mar marca march
        mardi mars martedì martes marzec marzo março may mayo mei mer mercoledì mercredi mi mittwoch mié miércoles mo
        mon monday montag mrt mär märz nd niedz niedziela nov november novembre novembro noviembre oct october octobre
        octubre okt oktober ott ottobre out outubro paź październik października piątek pm pon poniedziałek pt qua
        quarta qui quinta rd sa sab sabato sam samedi samstag sat saturday seg segunda sep sept september septembre
        septiembre set setembro settembre sex sexta sie sierpień sierpnia so sob sobota sonntag st sty styczeń
        stycznia sun sunday sáb sábado t ter terça th thu thursday tue tuesday ven vendredi venerdì vie viernes vr
        vrijdag wed wednesday wo woensdag wrz wrzesień września wt wtorek z za zaterdag zo zondag śr środa
        """)
}

/// The UTF-8 of a word of at most sixteen bytes, as one number.
///
/// No word of `SpreadsheetWords` is longer. Letters have no zero byte, so words of different lengths differ.
struct PackedWord: Sendable {
    private(set) var bytes: UInt128 = 0
    private var count = 0

    init() {}

    init(_ word: some Sequence<UInt8>) {
        for byte in word { append(byte) }
    }

    /// Whether the word has more than sixteen bytes.
    var isTooLong: Bool { count > 16 }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        bytes = bytes &<< 8 | UInt128(byte)
        count &+= 1
    }
}
