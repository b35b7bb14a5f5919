"""Texts and numbers that spreadsheet programs rewrite, and the records that hold them."""

import itertools
import random

# Each group is a way in which a program takes a text for something else.
TEXTS = {
    "numbers": [
        "0", "7", "007", "00123", "+1", "-1", "1.0", "1.10", "1,5", "1.5", "1,000", "1.000", "1,000.50", "1.000,50",
        "1 000", "1\u00a0000", "1\u202f000", "1'000", "1’000", ".5", ",5", "5.", "1e5", "1E5", "1e-5", "1E+10", "2e400",
        "12345678901234567890", "0.1234567890123456789", "67000000000000000000e123", "1_000", "١٢٣", "１２３", "½", "1½",
        "²", "1²", "Infinity", "NaN", "-0", "--1", "0x1F", "0b101", "0o17", "1L", "#1", "№1",
    ],
    "amounts": [
        "$5", "5$", "-$5", "($5)", "$ 5.00", "€5", "5 €", "5,00 €", "1.234,56 €", "£5", "¥5", "₹5", "5 zł", "CHF 5", "5 CHF",
        "50%", "50 %", "5‰", "(5)", "(1,000)", "5-", "1:1",
    ],
    "dates": [
        "2024-01-02", "24-01-02", "2024/1/2", "2024.01.02", "1/2/2024", "1.2.2024", "1.2.", "1.2", "1-2", "1/2", "3/4",
        "12/31/99", "31.12.99", "31-12-1999", "1. 2. 2024", "1 2 2024", "2024-01-02T03:04:05Z", "2024-01-02 03:04:05",
        "2024-01-02T03:04:05.678+01:00", "20240102", "2024-W01-1", "2024-001", "2024-13-45",
    ],
    "named dates": [
        "1 Jan", "Jan 1", "Jan-24", "1-Jan-2024", "January 1, 2024", "1. Januar 2024", "1. Jan. 2024", "Mai 5", "5. Mai",
        "MÄRZ 5", "5 märz 2024", "1er janvier 2024", "14 juillet", "1 févr. 2024", "août 15", "5 de enero de 2024",
        "12 dic 2024", "1 gennaio 2024", "15 ago", "5 de março de 2024", "1 out 2024", "1 maart 2024", "5 mei", "okt 5",
        "1 stycznia 2024", "3 maj", "1 września", "paź 5", "Mon 1", "Montag, 1. Januar 2024", "lundi 1 janvier", "Sept 3",
        "Sept 2026", "Mar 5", "MAY 5", "2nd", "1st", "3rd", "4th", "May", "Januar", "Monday", "So 5", "Sa. 6",
    ],
    "times": [
        "12:30", "1:2", "12:30:45", "12:30 PM", "3pm", "3 am", "24:00", "25:61", "00:00", "1:30.5", "12h30", "12.30 Uhr",
        "-1:00", "PM 3", "1 p", "10:30 AM",
    ],
    "truth": [
        "true", "TRUE", "True", "false", "FALSE", "wahr", "WAHR", "Falsch", "vrai", "FAUX", "verdadero", "falso", "vero",
        "waar", "onwaar", "verdadeiro", "prawda", "fałsz", " true", "true ", "\u00a0wahr", "yes", "no", "ja", "on", "TRUE()",
    ],
    "formulas": [
        "=1+1", "=SUM(A1:A9)", "+1+1", "-1+1", "@SUM(A1)", "=cmd|'/C calc'!A0", "\t=1", "\r=1", "\n=1", " =1", "=", "+", "-",
        "@", "－1", "＝1", "＋1", "＠1", "'1", "'=1", "''", "'", "{=1}", "=HYPERLINK(\"https://example.com/\",\"open\")",
        "-x", "+x", "@x", "=\"a\"", "%1", "^1",
    ],
    "errors": ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "Err:502", "#NV", "#BEZUG!", "#"],
    "identifiers": [
        "192.168.0.1", "10.0.0.0/8", "1.2.3", "1.10", "v1.10", "2.0.0-beta", "+41 44 000 00 00", "(044) 000 00 00", "044/000",
        "978-3-16-148410-0", "66826b17a08862531097d9d4", "675512390714826093158274", "1e10a", "12e5", "00e5", "5E",
        "fe80::1", "00:1B:44:11:3A:B7", "MARCH1", "SEPT2", "DEC1", "1-1", "A1", "R1C1", "1D", "1F", "1a",
    ],
    "white space": [
        "", " ", "  ", "\t", "\n", "\r", "\r\n", " a", "a ", "a\tb", "a\nb", "a\rb", "a\r\nb", "\u00a0", "\u00a01",
        "1\u00a0", "\u2007 1", "\u30001", "1\u2003", "1\n", "\n1", "1\n2", "\u20281", "a\n", "\na", " 1 ", "1\u200b",
        "\ufeff1", "\ufeff", "\u202e1", "\u0085", "1\u0085",
    ],
    "quotes": ["\"", "\"\"", "\"1\"", "\"a\"", "a\"b", "„1“", "«1»", "a,b", "a;b", "1;2", "1,2", ",", ";", "|", "\"1", "1\""],
    "our own marks": [
        "\\s:", "\\s:1", "\\j:1", "\\j:\"x\"", "\\a:", "\\", "\\x", "\\1", "null", "[]", "{}", "NULL", "[1]", "{\"a\":1}",
        "sep=;", "sep=1",
    ],
    "characters": [
        "é", "e\u0301", "ﬁ", "ß", "İ", "模型", "1年", "😀", "😀1", "👨‍👩‍👧", "\u0000", "\u0001", "\u0007", "\u000b", "\u000c", "\u001b[31m",
        "\u007f", "\u0080", "\u009f", "\ufffd", "\ue000", "\U0010ffff", "(c)", "(C) 5", "--", "...", "1--2", "a -- b",
        "i", "teh", "1/2 cup", "->", ":-)",
    ],
    "long": ["x" * 30000, "1" * 300, "1 " * 5000, "a\n" * 500],
}

NUMBERS = [
    "0", "-0", "1", "-1", "1.0", "1.50", "0.5", "-1.5", "1e5", "1E5", "1e-7", "1e400", "123456789012345", "-123456789012345",
    "1234567890123456", "12345678901234567890", "0.1234567890123456789", "0.1", "1700000000", "1700000000123", "100", "7.50",
]

PIECES = [
    *"0123456789", *"0123456789", *" .,:;/-+%()'\"#&*<>=^~|`_!?@[]{}$€£¥", "\u00a0", "\u202f", "\u2009", "\t", "\n", " ",
    " ", ".", "-", ":", "T", "Z", "e", "E", "am", "PM", "de", "st", "Jan", "jan.", "März", "févr.", "août", "Mai", "mei",
    "maj", "dic", "gen", "out", "paź", "Montag", "lundi", "true", "wahr", "x", "V", "h", "Uhr", "zł", "kr", "CHF",
]


def mixed_texts(count, seed):
    """Texts of a few pieces that programs know."""
    source = random.Random(seed)
    return ["".join(source.choices(PIECES, k=source.randint(1, 7))) for _ in range(count)]


def fixed_texts():
    return list(itertools.chain.from_iterable(TEXTS.values()))


def text_records(texts):
    """Each text in known columns of strings, in an unknown one and in an array."""
    return [
        {"name": text, "openAI": {"customModel": text}, "region": text, "assignedToProjects": [text, "x"]} for text in texts
    ]


def key_tables(texts, width=100):
    """Each text as the name of a column, at the top and below an object; rows with few cells, and one with none."""
    keys = list(dict.fromkeys(texts))
    for start in range(0, len(keys), width):
        some = keys[start : start + width]
        yield [{key: "v" for key in some}, {"labels": {key: 1 for key in some}}, {}, {"name": "last"}]


def scalar_records():
    """Numbers, booleans, nulls and empty containers, in known and unknown columns; records without a cell among them."""
    literals = [*NUMBERS, "true", "false", "null", "[]", "{}"]
    records = []
    for text in literals:
        records.append('{"name":%s,"createdAt":%s,"isDefault":%s,"region":%s,"fallbacks":%s}' % ((text,) * 5))
        records.append("{}")
    return "[" + ",".join(records) + "]"
