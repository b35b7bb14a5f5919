"""What POST, PATCH, DELETE and clone do with bodies of every media type, and what they refuse."""

import concurrent.futures
import http.client
import itertools
import json
import xml.etree.ElementTree as ElementTree

from server import MODELS, VARY
from representations import (
    READABLE, REPRESENTATIONS, SET_BY_SERVER, filled, leaves, patch_body, read_by_tool, records, state)

NEW = {
    "name": "Neu", "modelType": "gpt-4o", "provider": "openAI",
    "connectionId": "3c90c3cc-0d44-4b50-8888-8dd25736052a", "projectId": "5ce7c2d833ea1e04d7e6c433",
}
PROBLEM_NAMESPACE = "{urn:ietf:rfc:7807}"
PROBLEM_MEMBERS = ["type", "title", "status", "instance", "code", "traceId", "details"]


def bodies(group, registry, tool):
    """Every sample record goes through every media type and comes back as it went in."""
    originals = registry.items()
    for original in originals:
        path = f"{MODELS}/{original['_id']}"
        for media_type, content_type, name in READABLE:
            what = f"{original['name']!r} as {media_type}"
            sent = registry.get(path, media_type).body
            made = registry.send("POST", MODELS, type=media_type, body=sent, accept=media_type)
            group.equal(f"{what}: POST", (made.status, made["Content-Type"], made["Vary"]),
                        (201, content_type, VARY))
            location = made["Location"] or ""
            record = registry.get(location, "application/json").json
            group.equal(f"{what}: Location is that of the record", location, f"{MODELS}/{record['_id']}")
            group.that(f"{what}: the identifiers are new", record["_id"] != original["_id"]
                       and record["referenceId"] != original["referenceId"])
            group.equal(f"{what}: POST keeps what it was given", leaves(state(record)), leaves(state(original)))
            group.that(f"{what}: the server has set its own", all(record.get(name) for name in SET_BY_SERVER))
            again = registry.get(location, media_type)
            group.equal(f"{what}: GET gives what POST gave", (again.body, again["ETag"]), (made.body, made["ETag"]))
            if tool:
                group.equal(f"{what}: as the tool reads it", read_by_tool(tool, name, again.body),
                            read_by_tool(tool, "json", registry.get(location, "application/json").body))
            # The whole record is a patch that changes nothing, if arrays of other records are not in the way.
            patched = registry.send("PATCH", location, type=media_type, body=again.body, accept=media_type)
            group.equal(f"{what}: PATCH with itself", (patched.status, patched["Content-Type"]), (200, content_type))
            group.equal(f"{what}: PATCH with itself changes nothing",
                        leaves(state(registry.get(location, "application/json").json)), leaves(state(original)))
            copy = registry.send("POST", f"{location}/clone", accept=media_type)
            group.equal(f"{what}: clone", (copy.status, copy["Content-Type"]), (201, content_type))
            group.equal(f"{what}: the clone is the same", leaves(state(registry.get(copy["Location"]).json)),
                        leaves(state(original)))
            for one in (location, copy["Location"]):
                gone = registry.send("DELETE", one, accept=media_type)
                group.equal(f"{what}: DELETE",
                            (gone.status, gone.body, gone["Vary"], gone["Content-Length"], gone["Content-Type"]),
                            (204, b"", VARY, None, None))
                group.equal(f"{what}: GET after DELETE", registry.get(one, media_type).status, 404)
                group.equal(f"{what}: DELETE after DELETE", registry.send("DELETE", one).status, 404)
    group.equal("all that was made is gone again", [one["_id"] for one in registry.items()],
                [one["_id"] for one in originals])


def crossings(group, registry):
    """Any media type in, any other out; patches, unknown members, numbers."""
    base = registry.items()[1]
    path = f"{MODELS}/{base['_id']}"
    for media_type, _, name in READABLE:
        sent = registry.get(path, media_type).body
        for accept, content_type, _ in REPRESENTATIONS:
            what = f"{media_type} in, {accept} out"
            made = registry.send("POST", MODELS, type=media_type, body=sent, accept=accept)
            group.equal(what, (made.status, made["Content-Type"]), (201, content_type))
            patched = registry.send("PATCH", made["Location"], type=media_type, accept=accept,
                                    body=patch_body(name, 'Neu, "ä" & <b>'))
            group.equal(f"{what}: PATCH", (patched.status, patched["Content-Type"], patched["Vary"]),
                        (200, content_type, VARY))
            record = registry.get(made["Location"]).json
            expected = {name: value for name, value in state(base).items() if name != "description"}
            group.equal(f"{what}: PATCH changes one member and takes one away", leaves(state(record)),
                        leaves({**expected, "name": 'Neu, "ä" & <b>'}))
            if "absent" not in accept:
                group.equal(f"{what}: the answer to PATCH", records(content_type, patched.body),
                            [filled(leaves(record))])
            copy = registry.send("POST", made["Location"] + "/clone", type=media_type, accept=accept,
                                 body=patch_body(name, "Kopie"))
            group.equal(f"{what}: clone", (copy.status, copy["Content-Type"]), (201, content_type))
            group.equal(f"{what}: the clone has the patch",
                        leaves(state(registry.get(copy["Location"]).json)), leaves({**expected, "name": "Kopie"}))
            for one in (made["Location"], copy["Location"]):
                registry.send("DELETE", one)
    odd = (',"region":{"eu":1e2,"n":1.0,"big":10000000000000000999,"minus":-0},"":[],"a.b":[[1]],'
           '"\\u000b":"\\u0001","null":null')
    made = registry.send("POST", MODELS, type="application/json", body=json.dumps(NEW)[:-1] + odd + "}")
    group.equal("members that nobody knows: POST", made.status, 201)
    group.that("members that nobody knows are kept as they are written", odd.encode() in made.body, repr(made.body))
    for media_type, _, name in READABLE:
        sent = registry.get(made["Location"], media_type).body
        again = registry.send("POST", MODELS, type=media_type, body=sent)
        group.that(f"members that nobody knows, through {media_type}", again.status == 201
                   and all(part in again.body for part in (b'"eu":1e2', b'"n":1.0', b"10000000000000000999", b"-0")),
                   repr(again.body))
        if again["Location"]:
            registry.send("DELETE", again["Location"])
    registry.send("DELETE", made["Location"])
    merge = registry.send("PATCH", path, type="application/merge-patch+json", body='{"isCustomModel":null}')
    group.equal("PATCH as application/merge-patch+json", merge.status, 200)
    registry.send("PATCH", path, type="application/json", body=json.dumps({"isCustomModel": base["isCustomModel"]}))
    for content_type in ("Application/JSON", "application/json; charset=utf-8", 'application/json;charset="UTF-8"',
                         "application/json;version=1", "text/csv; charset=utf-8; header=present", "TEXT/XML"):
        body = registry.get(path, content_type.partition(";")[0].lower()).body
        made = registry.send("POST", MODELS, type=content_type, body=body)
        group.equal(f"POST with Content-Type: {content_type}", made.status, 201)
        registry.send("DELETE", made["Location"] or "/")
    latin = ('<?xml version="1.0" encoding="ISO-8859-1"?>' + registry.get(path, "text/xml").body.decode()
             .partition("?>")[2]).encode("iso-8859-1", "xmlcharrefreplace")
    made = registry.send("POST", MODELS, type="application/xml", body=latin)
    group.equal("POST of XML in another encoding", made.status, 201)
    group.equal("XML in another encoding says the same", leaves(state(registry.get(made["Location"]).json))["name"],
                base["name"])
    registry.send("DELETE", made["Location"] or "/")


def preconditions(group, registry):
    """`If-Match`, and that of two who write at once only one gets through."""
    path = registry.send("POST", MODELS, type="application/json", body=json.dumps(NEW))["Location"]

    number = itertools.count()

    def patch(tag, method="PATCH"):
        # Another name each time: a patch that changes nothing keeps the tag.
        body = json.dumps({"name": f"Neuer {next(number)}"})
        return registry.send(method, path, ("If-Match", tag), type="application/json", body=body)

    for accept, _, _ in REPRESENTATIONS:
        tag = registry.get(path, accept)["ETag"]
        group.equal(f"If-Match with the tag of {accept}", patch(tag).status, 200)
        for field in (tag, f'"x", {tag}', "W/" + registry.get(path, accept)["ETag"], '"x"', "x", ""):
            for method in ("PATCH", "DELETE"):
                answer = patch(field, method)
                group.equal(f"{method} with If-Match: {field}", (answer.status, answer["Vary"]), (412, VARY))
        current = registry.get(path, accept)["ETag"]
        group.equal(f"If-Match with a list that has the tag of {accept}", patch(f'"x", {current}').status, 200)
    group.equal("If-Match: *", patch("*").status, 200)
    for target in (path, f"{MODELS}?limit=2"):
        for accept, _, _ in REPRESENTATIONS:
            tag = registry.get(target, accept)["ETag"]
            for method in ("GET", "HEAD"):
                for field, status in ((tag, 200), ("*", 200), ('"x"', 412), ("W/" + tag, 412)):
                    answer = registry.send(method, target, ("If-Match", field), ("Accept", accept))
                    group.equal(f"{method} {target} as {accept} with If-Match: {field}", answer.status, status)
                answer = registry.send(method, target, ("If-Match", '"x"'), ("If-None-Match", tag), ("Accept", accept))
                group.equal(f"{method} {target} as {accept}: If-Match comes before If-None-Match", answer.status, 412)
    for accept, _, _ in REPRESENTATIONS:
        for field in ("*", registry.get(path, accept)["ETag"], "W/" + registry.get(path, accept)["ETag"]):
            for method in ("PATCH", "DELETE"):
                answer = registry.send(
                    method, path, ("If-None-Match", field), type="application/json", body='{"name":"Neuer"}')
                group.equal(f"{method} with If-None-Match: {field}", answer.status, 412)
    answer = registry.send("PATCH", path, ("If-None-Match", '"x"'), type="application/json", body='{"name":"Neuer"}')
    group.equal("PATCH with the If-None-Match of another state", answer.status, 200)

    kept = registry.get(path)
    for body in ("{}", json.dumps({"name": kept.json["name"]}), '{"nothing":null}', '{"lastChanged":1}'):
        answer = registry.send("PATCH", path, ("If-Match", kept["ETag"]), type="application/json", body=body)
        group.equal(f"PATCH that changes nothing: {body}", (answer.status, answer["ETag"], answer.body),
                    (200, kept["ETag"], kept.body))

    registry.send("PATCH", path, type="application/json", body='{"counter":0}')
    conflicts = 0

    def count(times):
        """Adds one as often, with a connection of its own, as a client without a lock does."""
        nonlocal conflicts
        connection = http.client.HTTPConnection("127.0.0.1", registry.port, timeout=60)
        for _ in range(times):
            while True:
                connection.request("GET", path)
                response = connection.getresponse()
                record = json.loads(response.read())
                connection.request("PATCH", path, json.dumps({"counter": record["counter"] + 1}), {
                    "Content-Type": "application/json", "If-Match": response.headers["ETag"]})
                response = connection.getresponse()
                response.read()
                if response.status == 200:
                    break
                assert response.status == 412, response.status
                conflicts += 1
        connection.close()

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        list(pool.map(count, [15] * 6))
    group.equal("nothing that six clients count is lost", registry.get(path).json["counter"], 90)
    group.note(f"{conflicts} conflicts of six clients")
    group.equal("DELETE with If-Match", patch(registry.get(path)["ETag"], "DELETE").status, 204)


# Bodies that are not what their type is: line, column and path of what is wrong.
MALFORMED = [
    ("application/json", '{"name":"a",\n "x": [1,]}', 2, 10, "$.x[1]"),
    ("application/json", '{"name":"ä😀",}', 1, 14, "$"),
    ("application/json", b'{"name":"\xff"}', 1, 10, "$.name"),
    ("application/json", '{"name":', 1, 9, "$.name"),
    ("application/json", "", 1, 1, "$"),
    ("application/hal+json", '{"_links":{},\n"name":tru}', 2, 11, "$.name"),
    ("application/xml", "<largeLanguageModel>\n<name>ü</nam></largeLanguageModel>", 2, None, "$.name"),
    ("text/xml", "<!DOCTYPE a><largeLanguageModel/>", 1, 1, "$"),
    ("text/csv", "name,description\r\na\r\n", 2, 2, "$[0]"),
    ("text/csv", 'name\r\n"a', 2, 1, "$[0]"),
]

# Well-formed bodies that are no such record.
INVALID = [
    ("application/json", '[{"name":"a"},{"name":"b"}]', "$[1]"), ("application/json", "[]", "$"),
    ("application/hal+json", '{"_links":3,"name":"a"}', "$._links"),
    ("text/xml", "<largeLanguageModel>\n<name>a</name><isDefault>x</isDefault></largeLanguageModel>", "$.isDefault"),
    ("text/csv", "name,isDefault\r\na,vielleicht\r\n", "$[0].isDefault"),
    ("application/json", '{"name":"a","name":"b"}', "$.name"),
]


def refusals(group, registry):
    """Problems: the status, the fields it asks for, the place, and the format by Accept."""
    item = f"{MODELS}/{registry.items()[0]['_id']}"
    before = registry.get(f"{MODELS}?limit=1")["ETag"]
    for path, method in ((MODELS, "POST"), (item, "PATCH"), (f"{item}/clone", "POST")):
        for content_type, body, line, column, place in MALFORMED:
            what = f"{method} {path} with {body!r} as {content_type}"
            answer = registry.send(method, path, type=content_type, body=body)
            check_problem(group, what, answer, 400)
            details = answer.json["details"]
            group.equal(f"{what}: line and path", (details.get("line"), details.get("path")), (line, place))
            if column:
                group.equal(f"{what}: column", details.get("column"), column)
            group.that(f"{what}: the sentence has the place too",
                       f"{line}:{details.get('column')}: found " in answer.json["detail"], answer.json["detail"])
        for content_type, body, place in INVALID:
            what = f"{method} {path} with {body!r} as {content_type}"
            answer = registry.send(method, path, type=content_type, body=body)
            check_problem(group, what, answer, 422)
            group.equal(f"{what}: path", answer.json["details"].get("path"), place)
        for content_type in (None, "", "nonsense", "application/yaml", "text/csv;header=absent", "text/plain",
                             "application/json;charset=iso-8859-1", "application/hal+json;charset=utf-16",
                             "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"):
            what = f"{method} {path} as {content_type}"
            answer = registry.send(method, path, type=content_type, body="{}")
            check_problem(group, what, answer, 415)
            for media_type, _, _ in READABLE:
                group.that(f"{what}: Accept has {media_type}", media_type in (answer["Accept"] or ""), answer["Accept"])
        deep = '{"a":' * 200 + "1" + "}" * 200
        check_problem(group, f"{method} {path} with 200 levels", registry.send(
            method, path, type="application/json", body=deep), 413)

    violations = registry.send("POST", MODELS, type="application/json",
                               body='{"name":"a",\n"isDefault":"x","provider":"openAI"}')
    check_problem(group, "a record that is not valid", violations, 422)
    listed = violations.json["details"].get("violations", [])
    group.equal("all violations are told", sorted(one["path"] for one in listed),
                ["$.connectionId", "$.isDefault", "$.modelType", "$.projectId"])
    group.equal("a violation has its place", [(one["line"], one["column"]) for one in listed
                                             if one["path"] == "$.isDefault"], [(2, 13)])
    patch = registry.send("PATCH", item, type="application/json", body='{"provider":null,"name":7}')
    check_problem(group, "a patch that makes a record invalid", patch, 422)
    group.equal("its violations", sorted(one["path"] for one in patch.json["details"].get("violations", [])),
                ["$.name", "$.provider"])

    check_methods(group, registry, item)
    for path in (f"{MODELS}/000000000000000000000000", f"{MODELS}/x", f"{MODELS}/{'a' * 25}", f"{item}/unknown",
                 "/v2.0", "/v2.0/unknown", "/unknown", f"{MODELS}/%00", f"{MODELS}/%ff", f"{MODELS}/..",
                 f"{item}%2Fclone"):
        check_problem(group, f"GET {path}", registry.get(path), 404)
    for end in ("", "/clone", "/test"):
        for method in ("PATCH", "DELETE") if not end else ("POST",):
            check_problem(group, f"{method} of nothing{end}", registry.send(
                method, f"{MODELS}/000000000000000000000000{end}", type="application/json", body="{}"), 404)
    test = registry.send("POST", f"{item}/test")
    check_problem(group, "test", test, 501)
    group.equal("test: the API's code", test.json["code"], "1009")
    for accept, xml in (("application/xml", True), ("text/xml", True), ("application/problem+xml", True),
                        ("application/json, text/xml;q=0.5", False), ("text/csv", False), ("text/html", False),
                        ("text/csv, text/xml;q=0.1", True), ("image/png, */*;q=0.1", False), (None, False)):
        for path, status in ((f"{MODELS}/x", 404), (f"{MODELS}?limit=0", 400), ("/unknown", 404)):
            check_problem(group, f"{path} with Accept: {accept}", registry.get(path, accept), status, xml)
        for end in ("?format=xml", "?format=text/xml"):
            check_problem(group, f"a 404 with {end} and Accept: {accept}",
                          registry.get(f"{MODELS}/x{end}", accept), 404, True)
        head = registry.send("HEAD", f"{MODELS}/x", accept=accept)
        group.equal(f"HEAD of nothing with Accept: {accept}", (head.status, head.body, head["Vary"]),
                    (404, b"", VARY))
    for method, path in (("POST", MODELS), ("PATCH", item), ("POST", f"{item}/clone")):
        unfit = registry.send(method, path, type="application/json", body=json.dumps(NEW), accept="image/png")
        check_problem(group, f"{method} {path} for a client that takes nothing on offer", unfit, 406)
    group.equal("nothing was changed by any of these", registry.get(f"{MODELS}?limit=1")["ETag"], before)


def check_methods(group, registry, item):
    allowed = {
        MODELS: "GET HEAD POST", item: "DELETE GET HEAD PATCH PUT", f"{MODELS}/bulk": "POST", f"{item}/clone": "POST", f"{item}/test": "POST",
        "/": "GET HEAD", "/openapi.json": "GET HEAD", "/rels/clone": "GET HEAD", "/health": "GET HEAD",
        "/negotiation": "GET HEAD",
    }
    for path, methods in allowed.items():
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"):
            if method in methods.split():
                continue
            answer = registry.send(method, path)
            what = f"{method} {path}"
            if method == "HEAD":
                group.equal(what, (answer.status, answer.body), (405, b""))
            elif method == "OPTIONS":
                group.one_of(what, answer.status, [200, 204, 405])
            else:
                check_problem(group, what, answer, 405)
            group.that(f"{what}: Allow", set(methods.split()) <= set((answer["Allow"] or "").split(", ")),
                       f"got {answer['Allow']}, expected {methods}")


def check_problem(group, what, answer, status, xml=False):
    """A whole problem (RFC 9457) in the format that was asked for."""
    expected = "application/problem+xml" if xml else "application/problem+json"
    group.equal(what, (answer.status, answer["Content-Type"], answer["Vary"]), (status, expected, VARY))
    if answer["Content-Type"] == "application/problem+json":
        problem = answer.json
        names = list(problem)
    elif answer["Content-Type"] == "application/problem+xml":
        root = ElementTree.fromstring(answer.body)
        group.equal(f"{what}: the root", root.tag, PROBLEM_NAMESPACE + "problem")
        problem = {child.tag.removeprefix(PROBLEM_NAMESPACE): child.text for child in root}
        names = list(problem)
    else:
        return
    group.equal(f"{what}: status in the problem", str(problem.get("status")), str(status))
    group.equal(f"{what}: members", [name for name in names if name != "detail"], PROBLEM_MEMBERS)


def limits(group, registry, key):
    """A server with a key, a base URL, small bodies and little patience."""
    closed = [("GET", MODELS), ("HEAD", MODELS), ("POST", MODELS), ("GET", f"{MODELS}/{'0' * 24}"),
              ("PATCH", f"{MODELS}/{'0' * 24}"), ("DELETE", f"{MODELS}/{'0' * 24}"),
              ("POST", f"{MODELS}/{'0' * 24}/clone"), ("POST", f"{MODELS}/{'0' * 24}/test"), ("PUT", MODELS),
              ("GET", f"/{MODELS}"), ("GET", f"{MODELS}/"), ("GET", MODELS.replace("0/", "0//")),
              ("GET", f"//{MODELS}?limit=1")]
    for method, path in closed:
        for field in ((), (("X-API-Key", "wrong"),), (("X-API-Key", ""),), (("X-API-Key", key + "x"),),
                      (("Authorization", f"ApiKey {key}"),)):
            answer = registry.send(method, path, *field)
            what = f"{method} {path} with {field}"
            group.equal(what, (answer.status, answer["WWW-Authenticate"], answer["Vary"]),
                        (401, 'ApiKey realm="registry"', VARY))
            if method != "HEAD":
                check_problem(group, what, answer, 401)
    group.one_of("a path in other letters", registry.get(MODELS.replace("large", "l%61rge")).status, [401, 404])
    check_problem(group, "401 in XML", registry.get(MODELS, "text/xml"), 401, True)
    for path in ("/", "/openapi.json", "/rels/clone", "/health", "/negotiation"):
        group.equal(f"{path} needs no key", registry.get(path).status, 200)
    preflight = registry.send("OPTIONS", MODELS, ("Origin", "http://a.example"),
                              ("Access-Control-Request-Method", "GET"))
    group.equal("a preflight needs no key", preflight.status // 100, 2)
    group.that("a preflight lets the key in", "x-api-key" in (preflight["Access-Control-Allow-Headers"] or "").lower())

    registry.fields = [("X-API-Key", key)]
    first = registry.items()[0]
    path = f"{MODELS}/{first['_id']}"
    hal = registry.get(f"{MODELS}?limit=1", "application/hal+json").json
    links = [hal["_links"]["next"]["href"], hal["_links"]["self"]["href"],
             hal["_embedded"]["largeLanguageModels"][0]["_links"]["self"]["href"],
             *registry.get(f"{MODELS}?limit=1", "text/csv").links().values(), *registry.get(path).links().values()]
    made = registry.send("POST", MODELS, type="application/json", body=json.dumps(NEW))
    links.append(made["Location"])
    for link in links:
        group.that(f"{link} begins with the base URL", link.startswith("https://models.example.com/v2.0/"))
    group.equal("what was made is at its Location", registry.get(made["Location"].partition(".com")[2]).body, made.body)

    size = 4096
    fitting = json.dumps({**NEW, "padding": ""})
    fitting = fitting[:-2] + "x" * (size - len(fitting)) + '"}'
    group.equal("a body of just the limit", registry.send(
        "POST", MODELS, type="application/json", body=fitting).status, 201)
    for method, where in (("POST", MODELS), ("PATCH", path), ("POST", f"{path}/clone")):
        answer = registry.send(method, where, type="application/json", body=fitting[:-2] + 'x"}')
        check_problem(group, f"{method} {where} with one byte more", answer, 413)
        group.equal(f"{method} {where}: the limit", answer.json["details"].get("limit"), size)
        registry.close()
        head = f"{method} {where} HTTP/1.1\r\nHost: a\r\nX-API-Key: {key}\r\nContent-Type: application/json\r\n" \
            "Connection: close\r\n"
        chunk = b"1000\r\n" + b" " * 4096 + b"\r\n"
        answer, _ = registry.exchange((head + "Transfer-Encoding: chunked\r\n\r\n").encode() + chunk * 2 + b"0\r\n\r\n")
        group.that(f"{method} {where} with two chunks too many", answer.startswith(b"HTTP/1.1 413 "), repr(answer[:80]))
        answer, is_closed = registry.exchange((head + "Content-Length: 20\r\n\r\n{").encode())
        group.that(f"{method} {where} with a body that never comes", answer.startswith(b"HTTP/1.1 408 ") and is_closed,
                   repr(answer[:80]))
    group.that("the server is well", registry.is_well())
