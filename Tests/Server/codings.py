"""Content codings, of responses and of request bodies."""

import gzip
import json
import zlib

from server import MODELS
from writing import NEW, check_problem

CODED = "Accept, Accept-Encoding"


def decoded(coding, body):
    return {"gzip": gzip.decompress, "deflate": zlib.decompress, None: bytes}[coding](body)


def responses(group, registry):
    """By `Accept-Encoding`, with a tag for each coding."""
    big = f"{MODELS}?limit=100"
    for accept in ("application/json", "application/hal+json", "text/xml", "text/csv"):
        plain = registry.get(big, accept)
        group.equal(f"{accept} without the field", (plain["Content-Encoding"], plain["Vary"]), (None, CODED))
        tags = {None: plain["ETag"]}
        for field, coding in CHOICES:
            what = f"{accept} with Accept-Encoding: {field}"
            answer = registry.get(big, accept, ("Accept-Encoding", field))
            group.equal(what, (answer.status, answer["Content-Encoding"], answer["Vary"], answer["Content-Type"]),
                        (200, coding, CODED, plain["Content-Type"]))
            group.that(f"{what}: the body", decoded(coding, answer.body) == plain.body)
            group.equal(f"{what}: the length", answer["Content-Length"], str(len(answer.body)))
            tags.setdefault(coding, answer["ETag"])
            group.equal(f"{what}: the tag", answer["ETag"], tags[coding])
            head = registry.send("HEAD", big, ("Accept-Encoding", field), accept=accept)
            group.equal(f"{what}: HEAD", (head.status, head.body, head["ETag"], head["Content-Encoding"]),
                        (200, b"", answer["ETag"], coding))
            again = registry.get(big, accept, ("Accept-Encoding", field), ("If-None-Match", answer["ETag"]))
            group.equal(f"{what}: If-None-Match with its own tag", (again.status, again.body, again["ETag"],
                        again["Vary"]), (304, b"", answer["ETag"], CODED))
        group.equal(f"{accept}: a tag for each coding", len(set(tags.values())), 3)
        for field, tag, status in (("gzip", tags["deflate"], 200), ("gzip", tags[None], 304),
                                   ("gzip, identity;q=0", tags[None], 200), ("identity", tags["gzip"], 200),
                                   ("gzip", f'"x", {tags["gzip"]}', 304), ("gzip", "W/" + tags["gzip"], 304)):
            answer = registry.get(big, accept, ("Accept-Encoding", field), ("If-None-Match", tag))
            group.equal(f"{accept} with Accept-Encoding: {field} and If-None-Match: {tag}", answer.status, status)
            if status == 304:
                group.that("the tag of the 304 is one that the client named", answer["ETag"] in tag, answer["ETag"])
    group.note(f"a page of 100: {len(registry.get(big).body)} bytes, with gzip "
               f"{len(registry.get(big, None, ('Accept-Encoding', 'gzip')).body)}")
    small = registry.send("POST", MODELS, type="application/json", body=json.dumps(NEW))["Location"]
    answer = registry.get(small, None, ("Accept-Encoding", "gzip"))
    group.equal("a small body stays as it is", (answer["Content-Encoding"], answer["ETag"]),
                (None, registry.get(small)["ETag"]))
    answer = registry.get(small, None, ("Accept-Encoding", "gzip, identity;q=0"))
    group.equal("but not for those who take nothing else", answer["Content-Encoding"], "gzip")
    for path, coding in ((small, None), (big, "gzip")):
        current = registry.get(path, None, ("Accept-Encoding", "gzip"))
        answer = registry.get(path, None, ("Accept-Encoding", "gzip"), ("If-None-Match", "*"))
        group.equal(f"{path} with If-None-Match: *", (answer.status, answer["ETag"], answer["Content-Encoding"],
                    current["Content-Encoding"]), (304, current["ETag"], None, coding))
    registry.send("DELETE", small)
    for field in ("identity;q=0", "*;q=0", "br, identity;q=0"):
        for method, path in (("GET", big), ("POST", MODELS)):
            before = registry.get(f"{MODELS}?limit=1")["ETag"]
            answer = registry.send(method, path, ("Accept-Encoding", field), type="application/json",
                                   body=json.dumps(NEW) if method == "POST" else None)
            check_problem(group, f"{method} with Accept-Encoding: {field}", answer, 406)
            group.equal("the 406 has changed nothing", registry.get(f"{MODELS}?limit=1")["ETag"], before)
    for path in ("/", "/openapi.json"):
        answer = registry.get(path, None, ("Accept-Encoding", "gzip"))
        group.equal(f"{path}", (answer["Content-Encoding"], gzip.decompress(answer.body)),
                    ("gzip", registry.get(path).body))
    # A response to HEAD is its head, with and without a length: nothing that a client would take for the next one.
    for path, field in ((big, ""), (big, "Accept-Encoding: gzip\r\n"), (f"{MODELS}?limit=1001", ""), ("/unknown", ""),
                        (f"{MODELS}?limit=1001", "Accept-Encoding: gzip\r\n"), ("/", "Accept-Encoding: gzip\r\n")):
        answer, is_closed = registry.exchange(
            f"HEAD {path} HTTP/1.1\r\nHost: a\r\n{field}\r\n"
            f"GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        parts = answer.split(b"\r\n\r\n")
        group.equal(f"HEAD {path} with {field!r} and GET after it",
                    ([part[:9] for part in parts[:2]], is_closed), ([b"HTTP/1.1 "] * 2, True))
    # More records than one piece has: a stream.
    stream = f"{MODELS}?limit=1001"
    answer = registry.get(stream, None, ("Accept-Encoding", "gzip"))
    group.equal("a stream", (answer.status, answer["Content-Encoding"], answer["Content-Length"]), (200, "gzip", None))
    group.that("a stream: the body", gzip.decompress(answer.body) == registry.get(stream).body)
    again = registry.get(stream, None, ("Accept-Encoding", "gzip"), ("If-None-Match", answer["ETag"] or ""))
    group.equal("a stream: its tag", again.status, 304)


CHOICES = [
    ("gzip", "gzip"), ("deflate", "deflate"), ("x-gzip", "gzip"), ("GZIP", "gzip"), ("gzip, deflate, br, zstd", "gzip"),
    ("deflate;q=1, gzip;q=0.5", "deflate"), ("gzip;q=0.5, identity;q=0.8", None), ("*", "gzip"),
    ("gzip;q=0, *", "deflate"), ("br", None), ("", None), (",", None), ("identity", None), ("gzip;q=0", None),
    ("*;q=0, deflate", "deflate"), ("gzip/x", None), ("gzip;q=2", None), ("identity;q=0, *;q=0.1", "gzip"),
]


def bodies(group, registry, limit):
    """`Content-Encoding` of requests, with a bound for what comes out."""
    text = json.dumps(NEW).encode()

    def post(coding, body):
        return registry.send("POST", MODELS, ("Content-Encoding", coding), type="application/json", body=body)

    for coding, body in (("gzip", gzip.compress(text)), ("deflate", zlib.compress(text)), ("x-gzip", gzip.compress(text)),
                         ("identity", text), ("GZip", gzip.compress(text)), ("gzip, identity", gzip.compress(text))):
        made = post(coding, body)
        group.equal(f"POST with Content-Encoding: {coding}", (made.status, made.json.get("name")), (201, NEW["name"]))
        item = made["Location"] or "/"
        changed = registry.send("PATCH", item, ("Content-Encoding", "gzip"), type="application/json",
                                body=gzip.compress(b'{"name":"Neuer"}'))
        group.equal(f"PATCH after {coding}", (changed.status, changed.json.get("name")), (200, "Neuer"))
        coded = registry.get(item, None, ("Accept-Encoding", "gzip, identity;q=0"))["ETag"]
        gone = registry.send("DELETE", item, ("If-Match", coded))
        group.equal("If-Match with the tag of a coding", (coded.endswith('-gzip"'), gone.status), (True, 204))
    before = registry.get(f"{MODELS}?limit=1")["ETag"]
    for what, coding, body, status in (
            ("cut short", "gzip", gzip.compress(text)[:-9], 400), ("no gzip", "gzip", text, 400),
            ("with more behind it", "gzip", gzip.compress(text) + b"x", 400), ("empty", "gzip", b"", 400),
            ("a bomb", "gzip", gzip.compress(b" " * (64 << 20)), 413),
            ("just too large", "gzip", gzip.compress(b" " * (limit + 1)), 413),
            ("of another coding", "br", text, 415), ("coded twice", "gzip, gzip", gzip.compress(text), 415)):
        answer = post(coding, body)
        check_problem(group, f"a body that is {what}", answer, status)
        if status == 415:
            group.equal(f"a body that is {what}: Accept-Encoding", answer["Accept-Encoding"], "gzip, deflate")
    fitting = text[:-1] + b' ' * (limit - len(text)) + b"}"
    made = post("gzip", gzip.compress(fitting))
    group.equal("just as large as may be", made.status, 201)
    registry.send("DELETE", made["Location"] or "/")
    group.that("nothing was changed by those that were refused", before is not None)
    group.that("the server is well", registry.is_well())
