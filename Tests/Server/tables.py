"""Lists as tables: pages with equal columns that can be joined, columns as asked for, the spreadsheet dialect, files."""

import csv
import io
import json

from representations import read_by_tool
from server import MODELS
from writing import NEW

UNKNOWN = [
    {"region": {"eu": 1e2, "a\"b": [None, {}]}, "tier": None},
    {"azureOpenAI": {"deploymentName": "d", "region": "chn", "baseCustomUrl": ["a", "b"]}},
    {"openAI": {}, "anthropic": {"customModel": "m", "": [1.0, "x"]}, "tags": []},
    {"otherMembers": "mine", "=1+1": "-1"},
]


def rows(body):
    table = list(csv.reader(io.StringIO(body.decode(), newline=""), strict=True))
    return table[0], table[1:]


def merged(one, other):
    """A record and the rest of it: objects in one another, and all else stands at one place only."""
    result = dict(one)
    for name, value in other.items():
        both = isinstance(value, dict) and isinstance(result.get(name), dict)
        result[name] = merged(result[name], value) if both else value
    return result


def pages(group, registry, tool):
    made = [registry.send("POST", MODELS, type="application/json", body=json.dumps({**NEW, **more}))
            for more in UNKNOWN]
    group.equal("records with members of all kinds", [answer.status for answer in made], [201] * len(made))
    expected = registry.items()

    header, joined, bodies = None, [], b""
    path = f"{MODELS}?limit=2&format=csv"
    while path:
        answer = registry.get(path)
        names, page = rows(answer.body)
        header = header or names
        group.equal(f"{path}: the columns", names, header)
        joined += page
        bodies += answer.body if not bodies else answer.body.partition(b"\r\n")[2]
        path = answer.links().get("next")
    group.equal("the pages joined", bodies, registry.get(f"{MODELS}?limit=1000&format=csv").body)
    group.equal("the pages joined, as a stream", bodies, registry.get(f"{MODELS}?limit=1001&format=csv").body)
    group.equal("without a header row", bodies.partition(b"\r\n")[2],
                registry.get(f"{MODELS}?limit=1000", "text/csv;header=absent").body)
    none = registry.get(f"{MODELS}?projectId=nobody&format=csv")
    group.equal("a page without records has the columns too", none.body, bodies.partition(b"\r\n")[0] + b"\r\n")
    group.equal("the first and the last column", (header[0], header[-1]), ("name", "otherMembers"))
    group.equal("no column is there twice", len(set(header)), len(header))
    if tool:
        lines = read_by_tool(tool, "csv", bodies).splitlines()
        group.equal("the number of records", len(lines), len(expected))
        for line, record in zip(lines, expected):
            found = json.loads(line)
            rest = json.loads(found.pop("otherMembers", "{}"))
            group.equal(f"{record['_id']}: the record, with its rest", merged(found, rest), record)
    for answer in made:
        registry.send("DELETE", answer["Location"])


def parameters(group, registry):
    listed = registry.get(f"{MODELS}?format=csv&limit=3&columns=_id,name")
    names, page = rows(listed.body)
    items = registry.items()
    group.equal("columns=_id,name", (names, page), (["_id", "name"], [[one["_id"], one["name"]] for one in items[:3]]))
    group.that("the links keep the columns", "columns=_id,name" in listed.links()["next"], listed["Link"])
    names, page = rows(registry.get(f"{MODELS}?format=csv&limit=3&columns=azureOpenAI,fallbacks").body)
    group.equal("an object stands for its fields", names, [
        "azureOpenAI.resourceName", "azureOpenAI.deploymentName", "azureOpenAI.apiVersion", "azureOpenAI.baseCustomUrl",
        "fallbacks"])
    group.equal("an array is one cell", [json.loads(row[-1] or "[]") for row in page],
                [one.get("fallbacks", []) for one in items[:3]])
    item = f"{MODELS}/{items[0]['_id']}"
    group.equal("an item's columns", registry.get(f"{item}?format=csv&columns=name").body,
                f"name\r\n{items[0]['name']}\r\n".encode())
    by_document = registry.get(f"{MODELS}?format=csv&limit=1&columns=document").body
    group.equal("columns=document", by_document, registry.get(item, "text/csv").body)
    group.equal("columns do not matter to others", registry.get(f"{MODELS}?limit=1&columns=name", "application/xml").body,
                registry.get(f"{MODELS}?limit=1", "application/xml").body)
    for path in (f"{MODELS}?format=csv&limit=3", f"{MODELS}?format=csv&limit=1001", f"{item}?format=csv"):
        guarded = registry.get(f"{path}&dialect=spreadsheet")
        group.that(f"{path}: the spreadsheet dialect", guarded.body.startswith(b"\xef\xbb\xbf"), guarded.body[:20])
    wrong = registry.get(f"{MODELS}?format=csv&dialect=excel")
    group.equal("an unknown dialect", (wrong.status, wrong["Content-Type"]), (400, "application/problem+json"))
    for accept, ending in (("application/json", "json"), ("text/csv", "csv"), ("application/xml", "xml"),
                           ("application/hal+json", "hal")):
        for path, name in ((f"{MODELS}?limit=2&download", "largelanguagemodels"),
                           (f"{MODELS}?download=&limit=1001", "largelanguagemodels"),
                           (f"{item}?download", items[0]["_id"])):
            for _ in (1, 2):  # The second one may come from the cache.
                answer = registry.get(path, accept)
                group.equal(f"{path} as {accept}", answer["Content-Disposition"],
                            f'attachment; filename="{name}.{ending}"')
    group.equal("no file without being asked", registry.get(MODELS)["Content-Disposition"], None)
