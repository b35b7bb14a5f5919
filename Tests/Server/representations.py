"""What each media type is called, and readers that have nothing in common with the server's."""

import csv
import io
import json
import subprocess
import xml.etree.ElementTree as ElementTree

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

# What a client asks for, the Content-Type that answers it, and the format's name in the tool and in `?format=`.
REPRESENTATIONS = [
    ("application/json", "application/json", "json"),
    ("application/hal+json", "application/hal+json", "hal"),
    ("application/xml", "application/xml", "xml"),
    ("text/xml", "text/xml; charset=utf-8", "xml"),
    ("text/csv", "text/csv; charset=utf-8; header=present", "csv"),
    ("text/csv;header=absent", "text/csv; charset=utf-8; header=absent", "csv"),
]
# Those that requests can have bodies in.
READABLE = REPRESENTATIONS[:5]

SET_BY_SERVER = ["_id", "referenceId", "createdAt", "lastChanged", "createdBy", "lastChangedBy"]


def state(record):
    """What a client may set of a record."""
    return {name: value for name, value in record.items() if name not in SET_BY_SERVER + ["_links"]}


def leaves(value, path=""):
    """A record laid flat: the text of each value by its path, as CSV calls its columns."""
    if isinstance(value, dict) and value:
        parts = [leaves(member, f"{path}.{name}" if path else name) for name, member in value.items()]
    elif isinstance(value, list) and value:
        parts = [leaves(element, f"{path}[{index}]") for index, element in enumerate(value)]
    else:
        return {path: value if isinstance(value, str) else json.dumps(value)}
    return {name: text for part in parts for name, text in part.items()}


def filled(flat):
    """Without what only a schema tells from nothing: empty strings, arrays and objects."""
    return {path: text for path, text in flat.items() if text not in ("", "[]", "{}")}


def parsed_json(body):
    """JSON with its numbers as they are written, so that 1.0 is not 1."""
    def refuse(name):
        raise ValueError(f"{name} is no JSON")

    return json.loads(body, parse_constant=refuse)


def element_value(element):
    if element.get(f"{XSI}nil") == "true":
        return None
    children = list(element)
    if not children:
        return element.text or ""
    if all(child.tag == "item" for child in children):
        return [element_value(child) for child in children]
    return {child.tag: element_value(child) for child in children}


def with_cells_of_json(row):
    """A row with the arrays and the other members that a list has in cells of their own, as JSON, laid flat."""
    flat = {}
    for path, text in row.items():
        if path == "otherMembers":
            flat |= leaves(json.loads(text)) if text else {}
        else:
            flat |= leaves(json.loads(text), path) if text.startswith("[{") or text.startswith('["') else {path: text}
    return flat


def records(content_type, body):
    """The records of a document, each laid flat."""
    kind = content_type.partition(";")[0]
    if kind == "text/csv":
        assert "header=present" in content_type, "without a header row nobody knows what the columns are"
        assert body == b"" or body.endswith(b"\r\n"), "the last row has no CRLF"
        rows = list(csv.reader(io.StringIO(body.decode(), newline=""), strict=True))
        assert all(len(row) == len(rows[0]) for row in rows), "a ragged row"
        flat = [dict(zip(rows[0], row)) for row in rows[1:]]
        return [filled(with_cells_of_json(row)) for row in flat]
    assert body.endswith(b"\n"), "no line feed ends the document"
    if kind in ("application/xml", "text/xml"):
        root = ElementTree.fromstring(body)
        if root.tag == "largeLanguageModel":
            return [filled(leaves(element_value(root)))]
        assert root.tag == "largeLanguageModels", f"the root is {root.tag}"
        return [filled(leaves(element_value(child))) for child in root if child.tag == "largeLanguageModel"]
    document = parsed_json(body)
    if kind == "application/hal+json":
        models = document.get("_embedded", {}).get("largeLanguageModels", [document])
        models = [{name: value for name, value in model.items() if name != "_links"} for model in models]
    else:
        models = document.get("items", [document])
    return [filled(leaves(model)) for model in models]


def page_of(content_type, answer):
    """Total, next and previous cursor of a page, wherever the format has them."""
    kind = content_type.partition(";")[0]
    if kind == "text/csv":
        links = answer.links()
        cursors = [links.get(rel, "").partition(f"{name}=")[2] or None for rel, name in
                   (("next", "next"), ("prev", "previous"))]
        return (int(answer["X-Total-Count"]), *cursors)
    if kind in ("application/xml", "text/xml"):
        page = ElementTree.fromstring(answer.body)[-1]
        assert page.tag == "page", "the last child is no page"
        return (int(page.get("total")), page.get("nextCursor"), page.get("previousCursor"))
    document = answer.json
    return (document["total"], document["nextCursor"], document["previousCursor"])


def read_by_tool(tool, name, body):
    """The records as the toolkit's own tool reads them: JSON Lines, to be compared by bytes."""
    done = subprocess.run(
        [tool, "--from", name, "--to", "jsonl", "--quiet"], input=body, capture_output=True, timeout=60, check=True)
    return done.stdout


# A patch that changes a name and takes a description away, in each of the formats.
def patch_body(name, text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    quoted = '"' + text.replace('"', '""') + '"'
    return {
        "json": json.dumps({"name": text, "description": None}),
        "hal": json.dumps({"_links": {}, "name": text, "description": None}),
        "xml": f'<largeLanguageModel xmlns:xsi="{XSI[1:-1]}"><name>{escaped}</name>'
               '<description xsi:nil="true"/></largeLanguageModel>',
        "csv": f"name,description\r\n{quoted},null\r\n",
    }[name].encode()
