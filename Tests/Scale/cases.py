"""What can be many in an input, each as a generator of documents of a given size."""

import json


def text(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def members(count, value="1", prefix="n"):
    return ",".join(f'"{prefix}{index}":{value}' for index in range(count))


def names_in_one_object(size):
    return "{" + members(size // 12) + "}"


def distinct_columns(size):
    """Every record has members of its own."""
    return "\n".join("{" + members(10, prefix=f"r{record}_") + "}" for record in range(size // 160)) + "\n"


def rows_of_many_columns(size):
    """Many columns, each used by one row: the table itself grows with the square, so there are few rows."""
    width = size // 8
    return "[" + ",".join("{" + members(width // 4, prefix=f"r{record}_") + "}" for record in range(4)) + "]"


def wrong_elements(size):
    """An array of a known type with elements of another kind."""
    return '{"assignedToProjects":[' + ",".join(["1"] * (size // 2)) + "]}"


def wrong_records(size):
    return "[" + ",".join(['{"name":1,"modelType":2}'] * (size // 25)) + "]"


def long_key_over_many_members(size):
    """The names of columns repeat the key, so a table of them would grow with the square."""
    return '{"' + "k" * (size // 3) + '":{' + members(size * 2 // 3 // 10) + "}}"


def escapes(size):
    return '{"name":"' + "\\n\\u00e9\\\"" * (size // 10) + '"}'


def unicode_text(size):
    return text({"name": "é😀模" * (size // 9)})


def long_text(size):
    return '{"name":"' + "x" * size + '"}'


def colliding_names(size):
    """Names that a simple sum of bytes does not tell apart."""
    count = size // 14
    return "{" + ",".join(f'"{chr(97 + index % 7)}{index:08d}":1' for index in range(count)) + "}"


def deep_and_wide(size):
    """120 levels with many members each."""
    width = max(1, size // 120 // 12)
    return ("{" + members(width) + ',"d":') * 119 + "{}" + "}" * 119


def array_elements(size):
    return '{"x":[' + ",".join(["[1]"] * (size // 4)) + "]}"


def small_records(size):
    return '{"name":"a"}\n' * (size // 13)


def empty_records(size):
    return "{}\n" * (size // 3)


def blank_lines(size):
    return "\n" * size + '{"name":"a"}\n'


def refused_records(size):
    return '{"name":tru}\n' * (size // 13)


def page_members(size):
    return '{"items":[],' + members(size // 12) + "}"


def foreign_links(size):
    links = ",".join(f'"x{index}":{{"href":"/y"}}' for index in range(size // 24))
    return '{"_links":{' + links + '},"name":"a"}'


def curies(size):
    entries = ",".join(f'{{"name":"c{index}","href":"/r/{{rel}}","templated":true}}' for index in range(size // 52))
    return '{"_links":{"curies":[' + entries + ']},"name":"a"}'


def xml_names(size):
    elements = "".join(f"<n{index}/>" for index in range(min(size // 10, 450_000)))
    return f"<largeLanguageModel><!---->{elements}</largeLanguageModel>"


def xml_comments(size):
    return "<largeLanguageModel><name>a</name>" + "<!-- x -->" * (size // 10) + "</largeLanguageModel>"


def xml_references(size):
    return "<largeLanguageModel><name>" + "&lt;&#233;" * (size // 10) + "</name></largeLanguageModel>"


def csv_columns(size):
    count = size // 12
    return ",".join(f"n{index}" for index in range(count)) + "\n" + ",".join(["1"] * count) + "\n"


def csv_headers_that_are_no_paths(size):
    count = size // 14
    return ",".join(f"a..{index}" for index in range(count)) + "\n" + ",".join(["1"] * count) + "\n"


def csv_quotes(size):
    return 'name\n"' + '""' * (size // 2) + '"\n'


def csv_ragged(size):
    return "name,x\n" + "a\n" * (size // 2)


# Name, generator, largest size in bytes, arguments, exit code.
CASES = [
    ("names in one object, JSON", names_in_one_object, 8_000_000, ["--from", "json", "--to", "json"], 0),
    ("names in one object, XML", names_in_one_object, 4_000_000, ["--from", "json", "--to", "xml"], 0),
    ("names in one object, CSV", names_in_one_object, 8_000_000, ["--from", "json", "--to", "csv"], 0),
    ("names in one object, inspect", names_in_one_object, 8_000_000, ["inspect", "--from", "json"], 0),
    ("distinct columns, CSV", distinct_columns, 480_000, ["--from", "jsonl", "--to", "csv"], 0),
    ("rows of many columns, CSV", rows_of_many_columns, 8_000_000, ["--from", "json", "--to", "csv"], 0),
    ("wrong elements, validate", wrong_elements, 400_000, ["validate", "--from", "json"], 65),
    ("wrong records, validate", wrong_records, 4_000_000, ["validate", "--from", "json"], 65),
    ("long key over many members, CSV", long_key_over_many_members, 200_000, ["--from", "json", "--to", "csv"], None),
    ("escapes, JSON", escapes, 16_000_000, ["--from", "json", "--to", "json"], 0),
    ("escapes, CSV", escapes, 16_000_000, ["--from", "json", "--to", "csv"], 0),
    ("Unicode text, spreadsheet", unicode_text, 16_000_000, ["--from", "json", "--to", "csv", "--spreadsheet"], 0),
    ("long text, XML", long_text, 32_000_000, ["--from", "json", "--to", "xml"], 0),
    ("colliding names, JSON", colliding_names, 8_000_000, ["--from", "json", "--to", "json"], 0),
    ("deep and wide, JSON", deep_and_wide, 8_000_000, ["--from", "json", "--to", "json"], 0),
    ("deep and wide, XML", deep_and_wide, 4_000_000, ["--from", "json", "--to", "xml"], 0),
    ("deep and wide, check", deep_and_wide, 1_000_000, ["check", "--from", "json"], None),
    ("array elements, JSON", array_elements, 8_000_000, ["--from", "json", "--to", "json"], 0),
    ("array elements, CSV", array_elements, 2_000_000, ["--from", "json", "--to", "csv"], 0),
    ("small records, CSV", small_records, 32_000_000, ["--from", "jsonl", "--to", "csv"], 0),
    ("empty records, JSON", empty_records, 16_000_000, ["--from", "jsonl", "--to", "json"], 0),
    ("blank lines", blank_lines, 32_000_000, ["--from", "jsonl", "--to", "json"], 0),
    ("refused records", refused_records, 2_000_000, ["--from", "jsonl", "--to", "json", "--on-error", "skip"], 65),
    ("members of a page, HAL", page_members, 4_000_000, ["--from", "json", "--to", "hal"], 0),
    ("foreign links, HAL", foreign_links, 4_000_000, ["--from", "hal", "--to", "hal"], 0),
    ("curies, HAL", curies, 4_000_000, ["--from", "hal", "--to", "hal"], 0),
    ("names in XML", xml_names, 4_000_000, ["--from", "xml", "--to", "json"], 0),
    ("comments in XML", xml_comments, 16_000_000, ["--from", "xml", "--to", "json"], 0),
    ("references in XML", xml_references, 8_000_000, ["--from", "xml", "--to", "json"], 0),
    ("columns in CSV", csv_columns, 4_000_000, ["--from", "csv", "--to", "json"], 0),
    ("headers that are no paths", csv_headers_that_are_no_paths, 4_000_000, ["--from", "csv", "--to", "json"], 0),
    ("quotes in CSV", csv_quotes, 32_000_000, ["--from", "csv", "--to", "json"], 0),
    ("ragged rows", csv_ragged, 400_000, ["--from", "csv", "--to", "json", "--on-error", "skip"], 65),
]
