"""PUT, JSON Patch, lists in one POST, times, preferences, and requests that come twice."""

import concurrent.futures
import email.utils
import json

from server import MODELS, VARY
from representations import READABLE, leaves, state
from writing import NEW, check_problem


def make(registry, **members):
    return registry.send("POST", MODELS, type="application/json", body=json.dumps({**NEW, **members}))["Location"]


def replacing(group, registry):
    """PUT in every format."""
    for media_type, content_type, _ in READABLE:
        path = make(registry, description="weg", counter=1)
        old = registry.get(path).json
        model = registry.items()[0]
        sent = registry.get(f"{MODELS}/{model['_id']}", media_type).body
        answer = registry.send("PUT", path, type=media_type, body=sent, accept=media_type)
        group.equal(f"PUT as {media_type}", (answer.status, answer["Content-Type"]), (200, content_type))
        new = registry.get(path).json
        group.equal(f"PUT as {media_type}: what was sent is there", leaves(state(new)), leaves(state(model)))
        kept = ("_id", "referenceId", "createdAt", "createdBy")
        group.equal(f"PUT as {media_type}: what the server sets is kept", [new[name] for name in kept],
                    [old[name] for name in kept])
        group.equal(f"PUT as {media_type}: the tag is that of GET", answer["ETag"], registry.get(path, media_type)["ETag"])
        group.equal("PUT with the old tag", registry.send("PUT", path, ("If-Match", '"x"'), type=media_type,
                    body=sent).status, 412)
        group.equal("PUT with the tag", registry.send("PUT", path, ("If-Match", answer["ETag"]), type=media_type,
                    body=sent).status, 200)
        group.equal("PUT where nothing is to be", registry.send("PUT", path, ("If-None-Match", "*"), type=media_type,
                    body=sent).status, 412)
        registry.send("DELETE", path)
    body = json.dumps(NEW)
    fresh = f"{MODELS}/{'ab12' * 6}"
    group.equal("PUT of nothing with If-Match: *", registry.send("PUT", fresh, ("If-Match", "*"),
                type="application/json", body=body).status, 412)
    made = registry.send("PUT", fresh, ("If-None-Match", "*"), type="application/json", body=body)
    group.equal("PUT of nothing", (made.status, made["Location"], made.json["_id"]), (201, fresh, "ab12" * 6))
    group.equal("PUT of the same", registry.send("PUT", fresh, ("If-None-Match", "*"), type="application/json",
                body=body).status, 412)
    for status, path, type, body in (
            (404, f"{MODELS}/x", "application/json", body), (422, fresh, "application/json", '{"name":"a"}'),
            (400, fresh, "application/json", "{"), (415, fresh, "image/png", "x"), (405, MODELS, "application/json", "{}")):
        check_problem(group, f"PUT {path} of {body}", registry.send("PUT", path, type=type, body=body), status)
    registry.send("DELETE", fresh)


def patch(registry, path, operations, *fields):
    body = operations if isinstance(operations, str) else json.dumps(operations)
    return registry.send("PATCH", path, *fields, type="application/json-patch+json", body=body)


def json_patch(group, registry):
    """RFC 6902, with located errors."""
    path = make(registry, list=[1, 2, 3], **{"a/b": {"m~n": 1.0, "": 2}}, number=1e2)
    for what, operations, expected in (
            ("add", [{"op": "add", "path": "/description", "value": "neu"}], {"description": "neu"}),
            ("replace", [{"op": "replace", "path": "/description", "value": "Größe"}], {"description": "Größe"}),
            ("insert", [{"op": "add", "path": "/list/1", "value": {"x": None}}], {"list": [1, {"x": None}, 2, 3]}),
            ("append", [{"op": "add", "path": "/list/-", "value": 4}], {"list": [1, {"x": None}, 2, 3, 4]}),
            ("remove", [{"op": "remove", "path": "/list/1"}], {"list": [1, 2, 3, 4]}),
            ("move", [{"op": "move", "from": "/list/0", "path": "/list/-"}], {"list": [2, 3, 4, 1]}),
            ("copy", [{"op": "copy", "from": "/list", "path": "/again"}], {"again": [2, 3, 4, 1]}),
            ("escapes", [{"op": "replace", "path": "/a~1b/m~0n", "value": 7}, {"op": "remove", "path": "/a~1b/"}],
             {"a/b": {"m~n": 7}}),
            ("test and change", [{"op": "test", "path": "/number", "value": 100},
                                 {"op": "test", "path": "/a~1b", "value": {"m~n": 7.0}},
                                 {"op": "replace", "path": "/number", "value": None}], {"number": None}),
            ("nothing", [], {}),
            ("others' members do not matter", [{"op": "test", "path": "/name", "value": "Neu", "note": 1}], {})):
        answer = patch(registry, path, operations)
        group.equal(f"{what}: status", answer.status, 200)
        record = registry.get(path).json
        group.equal(what, {name: record.get(name) for name in expected}, expected)
    whole = dict(NEW, name="Ganz")
    answer = patch(registry, path, [{"op": "replace", "path": "", "value": whole}])
    group.equal("replace all", (answer.status, state(registry.get(path).json)), (200, whole))
    id = registry.get(path).json["_id"]
    group.equal("what the server sets can be tested", patch(registry, path, [
        {"op": "test", "path": "/_id", "value": id}, {"op": "replace", "path": "/_id", "value": "x"}]).json["_id"], id)
    before = registry.get(path)["ETag"]
    good = {"op": "replace", "path": "/name", "value": "nie"}
    for what, operations, status, details in (
            ("a test that fails", [good, {"op": "test", "path": "/name", "value": "x"}], 409,
             {"operation": 1, "path": "/name", "line": 1}),
            ("a value that is not there", [good, {"op": "remove", "path": "/x/y"}], 409, {"operation": 1, "path": "/x/y"}),
            ("a parent that is not there", [{"op": "add", "path": "/x/y", "value": 1}], 409, {"operation": 0}),
            ("an index too far", [{"op": "add", "path": "/list", "value": []}, {"op": "add", "path": "/list/1", "value": 1}],
             409, {"operation": 1}),
            ("an index with a zero", [{"op": "add", "path": "/list", "value": [1, 2]},
                                      {"op": "remove", "path": "/list/01"}], 409, {"operation": 1}),
            ("into itself", [{"op": "add", "path": "/o", "value": {}}, {"op": "move", "from": "/o", "path": "/o/p"}], 409,
             {"operation": 1}),
            ("no operation", [good, {"op": "frob", "path": "/a"}], 422, {"path": "$[1]"}),
            ("no path", [{"op": "remove"}], 422, {"path": "$[0]"}),
            ("a bad pointer", [{"op": "remove", "path": "a"}], 422, {"path": "$[0]"}),
            ("a bad escape", [{"op": "remove", "path": "/~2"}], 422, {"path": "$[0]"}),
            ("no value", [{"op": "add", "path": "/a"}], 422, {"path": "$[0]"}),
            ("no array", {"op": "remove", "path": "/a"}, 422, {"path": "$"}),
            ("a page", {"items": [good]}, 422, {"path": "$"}),
            ("no objects", [1], 400, {}),
            ("not JSON", '[{"op":\n}]', 400, {"line": 2, "column": 1}),
            ("no record", [{"op": "replace", "path": "", "value": 7}], 422, {"path": "$"}),
            ("nothing at all", [{"op": "remove", "path": ""}], 422, {"path": "$"}),
            ("a record that is not valid", [{"op": "remove", "path": "/provider"}], 422, {}),
            ("a kind that does not fit", [{"op": "replace", "path": "/name", "value": 7}], 422, {}),
            ("copies of copies", [{"op": "add", "path": "/l", "value": [0] * 100}] +
             [{"op": "copy", "from": "/l", "path": "/l/-"}] * 40, 413, {"operation": 10})):
        answer = patch(registry, path, operations)
        check_problem(group, f"JSON Patch: {what}", answer, status)
        found = answer.json["details"]
        group.equal(f"JSON Patch: {what}: place", {name: found.get(name) for name in details}, details)
    group.equal("none of these has changed anything", registry.get(path)["ETag"], before)
    group.equal("with another tag", patch(registry, path, [good], ("If-Match", '"x"')).status, 412)
    group.equal("with the tag", patch(registry, path, [good], ("If-Match", before)).status, 200)
    check_problem(group, "JSON Patch of nothing", patch(registry, f"{MODELS}/{'0' * 24}", [good]), 404)
    refused = registry.send("PATCH", path, type="image/png", body="x")
    for answer in (registry.get(path), refused):
        for name in ("application/json-patch+json", "application/merge-patch+json", "text/csv"):
            group.that(f"Accept-Patch of a {answer.status} has {name}", name in (answer["Accept-Patch"] or ""))
    group.that("Accept-Post", "application/hal+json" in (registry.get()["Accept-Post"] or ""))
    registry.send("DELETE", path)


def lists(group, registry):
    """Many records in one POST: all or none."""
    bulk = f"{MODELS}/bulk"
    before = registry.get(f"{MODELS}?limit=1").json["total"]
    originals = registry.items()
    for media_type, content_type, _ in READABLE:
        sent = registry.get(f"{MODELS}?limit=1000", media_type).body
        made = registry.send("POST", bulk, type=media_type, body=sent, accept=media_type)
        group.equal(f"{media_type}: POST", (made.status, made["Content-Type"], made["Location"], made["ETag"]),
                    (201, content_type, None, None))
        items = registry.items()[before:]
        group.equal(f"{media_type}: the records", [leaves(state(one)) for one in items],
                    [leaves(state(one)) for one in originals])
        group.equal(f"{media_type}: none of them has the identifier of another",
                    len({one["_id"] for one in items + originals}), 2 * before)
        for one in items:
            registry.send("DELETE", f"{MODELS}/{one['_id']}")
    answer = registry.send("POST", bulk, type="application/json", accept="application/json", body=json.dumps([NEW, NEW]))
    group.equal("the answer has them", [one["name"] for one in answer.json["items"]] if isinstance(answer.json, dict)
                else [one["name"] for one in answer.json], ["Neu", "Neu"])
    one = registry.send("POST", bulk, type="application/json", body=json.dumps(NEW))
    group.equal("a list of one", one.status, 201)
    for record in registry.items()[before:]:
        registry.send("DELETE", f"{MODELS}/{record['_id']}")
    tag = registry.get(f"{MODELS}?limit=1")["ETag"]
    bad = "[" + json.dumps(NEW) + ',\n{"name":"a","modelType":"gpt-4o","provider":"openAI"},\n{"name":7}]'
    answer = registry.send("POST", bulk, type="application/json", body=bad)
    check_problem(group, "records that are not valid", answer, 422)
    bad = bad.replace('"name":7', '"name":"b"')
    answer = registry.send("POST", bulk, type="application/json", body=bad)
    check_problem(group, "records that are not valid", answer, 422)
    places = [(one["path"], one["line"]) for one in answer.json["details"]["violations"]]
    group.that("violations of each record", {("$[1].connectionId", 2), ("$[2].provider", 3)} <= set(places), repr(places))
    for status, type, body in ((422, "application/json", "[]"), (400, "application/json", "[{}"), (415, None, "[]"),
                               (422, "text/csv", "name\r\na\r\nb\r\n"), (400, "application/json", "[1]"),
                               (413, "application/json", "[" + "{}," * 10_000 + "{}]")):
        check_problem(group, f"{body[:20]} as {type}", registry.send("POST", bulk, type=type, body=body), status)
    group.equal("none of these has added anything", registry.get(f"{MODELS}?limit=1")["ETag"], tag)


def times(group, registry):
    """`Last-Modified` and what is asked by it, in the order of RFC 9110 section 13.2.2."""
    path = make(registry)
    answer = registry.get(path)
    changed = answer.json["lastChanged"]
    group.equal("Last-Modified", answer["Last-Modified"], email.utils.formatdate(changed, usegmt=True))
    tag = answer["ETag"]

    def date(seconds):
        return email.utils.formatdate(changed + seconds, usegmt=True)

    asctime = f"{date(0)[:3]} {date(0)[8:11]} {int(date(0)[5:7]):2} {date(0)[17:25]} {date(0)[12:16]}"
    for what, fields, status in (
            ("the same time", [("If-Modified-Since", date(0))], 304), ("a later time", [("If-Modified-Since", date(9))], 304),
            ("an earlier time", [("If-Modified-Since", date(-1))], 200), ("asctime", [("If-Modified-Since", asctime)], 304),
            ("no time", [("If-Modified-Since", "yesterday")], 200), ("an old year", [("If-Modified-Since", date(-86400 * 9999))], 200),
            ("another tag", [("If-None-Match", '"x"'), ("If-Modified-Since", date(9))], 200),
            ("the tag", [("If-None-Match", tag), ("If-Modified-Since", date(-9))], 304),
            ("not since", [("If-Unmodified-Since", date(0))], 200), ("since", [("If-Unmodified-Since", date(-1))], 412),
            ("the tag, and since", [("If-Match", tag), ("If-Unmodified-Since", date(-1))], 200),
            ("since, and the tag", [("If-Unmodified-Since", date(-1)), ("If-None-Match", tag)], 412),
            ("not a time", [("If-Unmodified-Since", "x")], 200)):
        for method in ("GET", "HEAD"):
            answer = registry.send(method, path, *fields)
            group.equal(f"{method} with {what}", answer.status, status)
            if status == 304:
                group.equal(f"{method} with {what}: fields", (answer["ETag"], answer["Last-Modified"]), (tag, date(0)))
    for method, body in (("PATCH", "{}"), ("PUT", json.dumps(NEW))):
        for fields, status in (([("If-Unmodified-Since", date(-1))], 412), ([("If-Unmodified-Since", date(9))], 200),
                               ([("If-Modified-Since", date(9))], 200)):
            answer = registry.send(method, path, *fields, type="application/json", body=body)
            group.equal(f"{method} with {fields}", answer.status, status)
    group.equal("DELETE", registry.send("DELETE", path, ("If-Unmodified-Since", date(-1))).status, 412)
    group.equal("DELETE", registry.send("DELETE", path, ("If-Unmodified-Since", date(9))).status, 204)


def preferences(group, registry):
    """`Prefer: return=minimal`."""
    for field in ("return=minimal", 'respond-async, RETURN="minimal";x', "return=minimal, return=representation"):
        minimal = ("Prefer", field)
        made = registry.send("POST", MODELS, minimal, type="application/json", body=json.dumps(NEW))
        group.equal(f"POST with {field}", (made.status, made.body, made["Preference-Applied"], made["Content-Length"],
                    made["Content-Type"]), (201, b"", "return=minimal", "0", None))
        path = made["Location"]
        group.equal("the tag is there", made["ETag"], registry.get(path)["ETag"])
        for method, body in (("PATCH", '{"name":"b"}'), ("PUT", json.dumps(NEW))):
            answer = registry.send(method, path, minimal, type="application/json", body=body)
            group.equal(f"{method} with {field}", (answer.status, answer.body, answer["Preference-Applied"],
                        answer["Content-Length"], answer["Vary"]), (204, b"", "return=minimal", None, VARY))
            group.equal("the tag is there", answer["ETag"], registry.get(path)["ETag"])
        answer = registry.send("PATCH", path, ("Prefer", "return=representation"), type="application/json", body="{}")
        group.equal("return=representation", (answer.status, answer["Preference-Applied"], len(answer.body) > 9),
                    (200, "return=representation", True))
        answer = registry.send("PATCH", path, ("Prefer", "minimal, returns=minimal"), type="application/json", body="{}")
        group.equal("no such preference", (answer.status, answer["Preference-Applied"]), (200, None))
        answer = registry.get(path, None, minimal)
        group.equal("GET", (answer.status, answer["Preference-Applied"]), (200, None))
        check_problem(group, "a problem is told", registry.send("PATCH", path, minimal, type="application/json",
                      body="{"), 400)
        registry.send("DELETE", path)


def once(group, registry):
    """`Idempotency-Key`, also after the server has started again, and with many at once."""
    def post(key, body=json.dumps(NEW), path=MODELS, *fields):
        return registry.send("POST", path, ("Idempotency-Key", key), *fields, type="application/json", body=body)

    total = registry.get().json["total"]
    first = post("a-1")
    group.equal("the first", first.status, 201)
    for again in (post("a-1"), post('"a-1"'), post("a-1", json.dumps(NEW, indent=2))):
        group.equal("again", (again.status, again.body, again["Location"], again["ETag"], again["Content-Type"]),
                    (201, first.body, first["Location"], first["ETag"], first["Content-Type"]))
    for what, answer in (("another body", post("a-1", json.dumps({**NEW, "name": "b"}))),
                         ("another path", post("a-1", path=MODELS + "/bulk"))):
        check_problem(group, what, answer, 422)
    group.equal("the body matters to POST alone", registry.get().json["total"], total + 1)
    for key in ("", "x" * 256, "a b", "a,b", "ä"):
        check_problem(group, f"the key {key!r}", post(key), 400)
    check_problem(group, "two keys", registry.send("POST", MODELS, ("Idempotency-Key", "a"), ("Idempotency-Key", "b"),
                  type="application/json", body=json.dumps(NEW)), 400)
    copy = registry.send("POST", first["Location"] + "/clone", ("Idempotency-Key", "clone"))
    again = registry.send("POST", first["Location"] + "/clone", ("Idempotency-Key", "clone"))
    group.equal("a clone", (copy.status, again.body, again["Location"]), (201, copy.body, copy["Location"]))
    many = [post("list", json.dumps([NEW, NEW]), MODELS + "/bulk") for _ in range(2)]
    group.equal("a list", (many[0].status, many[1].body), (201, many[0].body))
    check_problem(group, "what is refused is not kept", post("bad", "{}"), 422)
    group.equal("and the key is free", post("bad").status, 201)
    group.equal("none came twice", registry.get().json["total"], total + 5)
    minimal = post("minimal", json.dumps(NEW), MODELS, ("Prefer", "return=minimal"))
    again = post("minimal", json.dumps(NEW), MODELS, ("Prefer", "return=minimal"))
    group.equal("with a preference", (again.status, again.body, again["Location"]), (201, b"", minimal["Location"]))

    def exchange(number):
        body = json.dumps(NEW)
        answer, _ = registry.exchange((
            f"POST {MODELS} HTTP/1.1\r\nHost: a\r\nIdempotency-Key: race\r\nContent-Type: application/json\r\n"
            f"Connection: close\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode())
        return answer.partition(b"\r\n\r\n")[2]

    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        answers = set(pool.map(exchange, range(24)))
    group.equal("of many at once one is done", (len(answers), registry.get().json["total"]), (1, total + 7))
    registry.kill()
    registry.start()
    again = post("a-1")
    group.equal("after a crash", (again.status, again.body), (201, first.body))
    for record in registry.items()[total:]:
        registry.send("DELETE", f"{MODELS}/{record['_id']}")
    again = post("a-1")
    group.equal("also when it is deleted", (again.status, again.body), (201, first.body))


def fixed(group, registry):
    """What every response has."""
    for method, path in (("GET", MODELS), ("GET", "/"), ("GET", "/unknown"), ("HEAD", MODELS), ("TRACE", MODELS),
                         ("GET", "/openapi.json"), ("POST", MODELS), ("DELETE", f"{MODELS}/x")):
        group.equal(f"{method} {path}", registry.send(method, path)["X-Content-Type-Options"], "nosniff")
