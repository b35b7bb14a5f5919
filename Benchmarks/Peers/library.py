#!/usr/bin/env python3
"""One conversion with one Python library: library.py LIBRARY FROM TO INPUT [SCRATCH]. The output goes to standard output.

FROM and TO are json, jsonl, csv or xml. Each conversion is the short program that a user of the library writes, with
the calls that its documentation recommends for speed and with one thread. pygixml writes JSON to the file SCRATCH,
because it goes back in its output.
"""

import csv
import os
import sys

os.environ["POLARS_MAX_THREADS"] = "1"
library, source, target, path = sys.argv[1:5]
scratch = sys.argv[5] if len(sys.argv) > 5 else None
out = os.fdopen(1, "wb", buffering=1 << 20)
ROOT, ROW = "largeLanguageModels", "largeLanguageModel"


def content():
    with open(path, "rb") as file:
        return file.read()


def flat(value, prefix, cells):
    """Adds the leaves below a value; an empty list or object is a leaf."""
    if isinstance(value, dict) and value:
        for name, member in value.items():
            flat(member, f"{prefix}.{name}" if prefix else name, cells)
    elif isinstance(value, list) and value:
        for index, element in enumerate(value):
            flat(element, f"{prefix}[{index}]", cells)
    elif isinstance(value, bool):
        cells[prefix] = "true" if value else "false"
    else:
        cells[prefix] = value
    return cells


def with_orjson():
    import orjson

    if (source, target) == ("json", "json"):
        out.write(orjson.dumps(orjson.loads(content())))
    elif (source, target) == ("jsonl", "jsonl"):
        with open(path, "rb") as lines:
            for line in lines:
                out.write(orjson.dumps(orjson.loads(line), option=orjson.OPT_APPEND_NEWLINE))
    elif (source, target) == ("json", "csv"):
        rows = [flat(record, "", {}) for record in orjson.loads(content())]
        columns = dict.fromkeys(name for row in rows for name in row)
        text = open(1, "w", encoding="utf-8", newline="", buffering=1 << 20, closefd=False)
        table = csv.writer(text)
        table.writerow(columns)
        table.writerows(map(row.get, columns) for row in rows)
        text.flush()
    elif (source, target) == ("csv", "json"):
        with open(path, encoding="utf-8", newline="") as rows:
            out.write(orjson.dumps(list(csv.DictReader(rows))))
    else:
        return False


def with_duckdb():
    import duckdb

    database = duckdb.connect(config={"threads": 1})
    # Without it one array may have 16 MB.
    read = f"read_json('{path}', maximum_object_size=1073741824)"
    query = {
        ("json", "json"): f"COPY (FROM {read}) TO '/dev/stdout' (FORMAT json, ARRAY true)",
        ("jsonl", "jsonl"): f"COPY (FROM read_ndjson('{path}')) TO '/dev/stdout' (FORMAT json)",
        ("json", "csv"): f"COPY (SELECT unnest(r, recursive := true) FROM {read} r) TO '/dev/stdout' (FORMAT csv)",
        ("csv", "json"): f"COPY (FROM read_csv('{path}')) TO '/dev/stdout' (FORMAT json, ARRAY true)",
    }.get((source, target))
    if query is None:
        return False
    database.execute(query)


def with_chdb():
    import chdb

    names = {"json": "JSONEachRow", "jsonl": "JSONEachRow", "csv": "CSVWithNames"}
    if source not in names or target not in names:
        return False
    array = ", output_format_json_array_of_rows = 1" if target == "json" else ""
    chdb.query(f"SELECT * FROM file('{path}', {names[source]}) INTO OUTFILE '/dev/stdout' TRUNCATE "
               f"FORMAT {names[target]} SETTINGS max_threads = 1{array}")


def with_polars():
    import polars

    if (source, target) == ("json", "json"):
        polars.read_json(path, infer_schema_length=None).write_json(out)
    elif (source, target) == ("jsonl", "jsonl"):
        polars.read_ndjson(path, infer_schema_length=None).write_ndjson(out)
    elif (source, target) == ("csv", "json"):
        polars.read_csv(path, infer_schema_length=None).write_json(out)
    elif (source, target) == ("json", "csv"):
        table = polars.read_json(path, infer_schema_length=None)
        while nested := [name for name, kind in table.schema.items() if kind == polars.Struct]:
            table = table.unnest(nested, separator=".")
        lists = [name for name, kind in table.schema.items() if kind == polars.List]
        as_json = [polars.struct(value=name).struct.json_encode().alias(name) for name in lists]
        table.with_columns(as_json).write_csv(out)
    else:
        return False


def with_pandas():
    import pandas

    if (source, target) == ("json", "csv"):
        import orjson

        pandas.json_normalize(orjson.loads(content())).to_csv(out, index=False)
    elif (source, target) == ("csv", "json"):
        table = pandas.read_csv(path, low_memory=False)
        out.write(table.to_json(orient="records", force_ascii=False).encode())
    else:
        return False


def with_json2xml_rs():
    import json2xml_rs
    import orjson

    if (source, target) != ("json", "xml"):
        return False
    out.write(json2xml_rs.dicttoxml(orjson.loads(content()), attr_type=False, custom_root=ROOT))


def with_pygixml():
    from pygixml import dictify, jsonify

    if (source, target) == ("xml", "json"):
        jsonify.stream_dump(path, scratch)
    elif (source, target) == ("json", "xml"):
        import orjson

        out.write(dictify.unparse({ROOT: {ROW: orjson.loads(content())}}).encode())
    else:
        return False


def with_xmltodict():
    import orjson
    import xmltodict

    if (source, target) == ("xml", "json"):
        with open(path, "rb") as document:
            out.write(orjson.dumps(xmltodict.parse(document)))
    elif (source, target) == ("json", "xml"):
        xmltodict.unparse({ROOT: {ROW: orjson.loads(content())}}, output=out)
    else:
        return False


if globals()[f"with_{library}"]() is False:
    sys.exit(f"library.py: there is no {source} to {target} with {library}")
out.flush()
