/// Names, texts and numbers that are difficult for formats.
enum HostileTexts {
    /// Texts as a server sends them.
    static let ordinary = [
        "gpt-4o", "Claude for support", "https://example.com/v1?x=1&y=2", "5f3c9a7e2b1d4c0011223344", "swedencentral",
        "Über-Modell", "2024-02-15-preview", "line one\nline two", "模型", "a, b and \"c\"", "",
    ]

    /// Numbers whose text has to be kept.
    static let numbers = [
        "0", "-0", "1", "-1", "1.0", "1.10", "0.5", "1e5", "1E5", "1e+5", "1e-5", "1e400", "-1e-400", "1e3", "12345",
        "10000000000000000999", "123456789012345", "1234567890123456", "0.1234567890123456789", "1700000000000",
        "-9223372036854775808", "9223372036854775808", "1.000000000000000005", "3.14", "100", "1.50", "0.0", "-0.0",
    ]

    /// Member names.
    static let names = [
        "", ".", "..", "a.b", "a.", ".a", "[", "]", "[]", "[0]", "a[0]", "a[00]", "a[-1]", "[0].x", "\\", "\\\\", "\\e",
        "\\n", "\\u0041", "\\.", "\\[", "\"", "\"a\"", "a\"b", "'", "\u{0}", "\u{1}", "\u{7}", "\u{8}", "\t", "\n",
        "\r",
        "\r\n", "a\nb", "\u{1B}", "\u{1F}", "\u{7F}", "\u{80}", "\u{85}", "\u{FEFF}", "\u{FEFF}a", "a\u{FEFF}", "=k",
        "+k", "-k", "@k", "=", "\\=k", "\u{FF1D}k", "\u{FF0B}", "\u{FF0D}k", "\u{FF20}k", " ", "  ", " a", "a ", "a b",
        "sep=;", "sep=,", "sep=", "items", "total", "_links", "_embedded", "\u{E9}", "e\u{301}", "\u{212B}", "\u{C5}",
        ",", ";", "|", "a,b", "a;b", "a|b", "a\tb", "\\s:", "\\j:1", "\\a:", "null", "true", "0", "__proto__",
        "constructor", "\u{1F600}", "\u{2028}", "\u{10FFFF}", "\u{FFFF}", "\u{E000}", "xml", "_x0041_", "a:b",
        "xsi:nil",
        "name\u{0}", "Name", "NAME", "\u{200B}", "\u{202E}abc",
    ]

    /// Strings.
    static let texts = [
        "", " ", "  ", " a", "a ", "\t", "\ta", "a\t", "\n", "\r", "\r\n", "a\r\nb", "a\rb", "a\nb", "null", "NULL",
        "Null", "[]", "{}", "[ ]", "{ }", "[1]", "{\"a\":1}", "true", "TRUE", "True", "false", "FALSE", "tRuE", "1",
        "1e5",
        "-0", "-", "01", "1.", ".5", "+1", "0x10", "NaN", "Infinity", "\\s:", "\\s:x", "\\j:", "\\j:1", "\\j:\"x\"",
        "\\a:", "\\a:x", "\\", "\\x", "\\n", "\\s", "\\S:x", ",", ";", "|", "a,b", "a;b", "\"", "\"\"", "\"a\"", "a\"b",
        "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|'/C calc'!A0", "\t=1", "\r=1", "\n=1", " =1", "\u{FF1D}1",
        "\u{FF0B}1",
        "\u{FF0D}1", "\u{FF20}1", "2024-01-02", "1/2", "1-2", "3.4.2020", "Sept 3", "3 Sep", "12:30", "1:2 PM", "MAY 5",
        "March", "1E3", "1 000", "1,000.50", "50%", "(5)", "$5", "\u{20AC}5", "\u{A3}5", "00123", "5 apples", "\u{0}",
        "a\u{0}b", "\u{1}", "\u{1B}[31m", "\u{7F}", "a\u{7F}b", "\u{80}", "\u{9F}", "\u{FEFF}", "\u{FEFF}x",
        "x\u{FEFF}",
        "\u{FFFE}", "\u{FFFF}", "\u{2028}", "\u{2029}", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{E9}",
        "e\u{301}", "sep=;", "</script>", "<a>&amp;</a>", "]]>", "a/b", "\u{D7FF}", "\u{10000}", "\u{10FFFF}",
        "abcdefghijklmno", "abcdefghijklmnop", "abcdefghijklmnopq", "abcdefghijklmno\"", "abcdefghijklmnop\n",
        "\u{E9}bcdefghijklmnop", "abcdefghijklmn\u{1F600}",
    ]

    /// The pieces of mixed texts.
    static let pieces = [
        "a", "B", "7", "0", ".", ",", ";", "|", "[", "]", "{", "}", "\\", "\"", "\"\"", "'", "/", ":", "=", "+", "-",
        "@",
        " ", "\t", "\n", "\r", "\r\n", "\u{0}", "\u{8}", "\u{C}", "\u{1F}", "\u{7F}", "\u{E9}", "\u{301}", "\u{FEFF}",
        "\u{20AC}", "\u{1F600}", "\u{FF1D}", "\\s:", "\\j:", "\\a:", "\\u", "null", "true", "1e5", "May", "E", "AM",
        "abcdefgh", "0123456789abcdef",
    ]
}
