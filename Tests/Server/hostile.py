"""Requests that no good client sends: the server answers or closes, and goes on serving."""

import json
import random
import socket

from server import MODELS
from writing import NEW

HOST = b"Host: registry\r\nConnection: close\r\n"
POST = f"POST {MODELS} HTTP/1.1\r\n".encode() + HOST + b"Content-Type: application/json\r\n"

# Bytes, and the statuses that may answer them; 0 is a connection that is closed without a word.
REQUESTS = {
    "a path of 200,000 bytes": (b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", (0, 400, 404, 414, 431)),
    "a path of 8,000 parts": (b"GET " + b"/a" * 8000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", (0, 400, 404, 414, 431)),
    "a query of 60,000 bytes": (f"GET {MODELS}?limit=1&x=".encode() + b"%ff&" * 15_000 + b" HTTP/1.1\r\n" + HOST
                                + b"\r\n", (0, 200, 400, 414, 431)),
    "a field of 200,000 bytes": (b"GET /health HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 200_000 + b"\r\n\r\n",
                                 (0, 400, 431)),
    "20,000 fields": (b"GET /health HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 20_000 + b"\r\n", (0, 400, 431)),
    "a long Accept": (f"GET {MODELS}?limit=1 HTTP/1.1\r\n".encode() + HOST + b"Accept: " + b"text/csv;q=0.1," * 4000
                      + b"\r\n\r\n", (200, 400, 431)),
    "Accept that is no UTF-8": (f"GET {MODELS}?limit=1 HTTP/1.1\r\n".encode() + HOST
                                + b"Accept: \xff\xfe\x80, text/csv\r\n\r\n", (200,)),
    "a NUL in a field": (b"GET /health HTTP/1.1\r\n" + HOST + b"X: a\0b\r\n\r\n", (0, 400)),
    "a folded field": (b"GET /health HTTP/1.1\r\n" + HOST + b"Accept: text/csv,\r\n text/xml\r\n\r\n", (0, 200, 400)),
    "a field without a name": (b"GET /health HTTP/1.1\r\n" + HOST + b": x\r\n\r\n", (0, 400)),
    "a space before the colon": (b"GET /health HTTP/1.1\r\n" + HOST + b"Accept : text/csv\r\n\r\n", (0, 400)),
    "line feeds alone": (b"GET /health HTTP/1.1\nHost: a\nConnection: close\n\n", (0, 200, 400)),
    "HTTP/0.9": (b"GET /health\r\n\r\n", (0, 200, 400)),
    "HTTP/1.0": (b"GET /health HTTP/1.0\r\nConnection: close\r\n\r\n", (200,)),
    "HTTP/3.7": (b"GET /health HTTP/3.7\r\n" + HOST + b"\r\n", (0, 400, 505)),
    "the preface of HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (0, 400, 505)),
    "the start of TLS": (bytes.fromhex("16030102000100") + b"\x01\xfc\x03\x03" * 40, (0, 400)),
    "a small method": (b"get /health HTTP/1.1\r\n" + HOST + b"\r\n", (0, 400, 405, 501)),
    "a method nobody has": (b"BREW /health HTTP/1.1\r\n" + HOST + b"\r\n", (0, 400, 404, 405, 501)),
    "PROPFIND": (f"PROPFIND {MODELS} HTTP/1.1\r\n".encode() + HOST + b"\r\n", (400, 404, 405, 501)),
    "CONNECT": (b"CONNECT example.com:443 HTTP/1.1\r\n" + HOST + b"\r\n", (0, 400, 404, 405, 501)),
    "OPTIONS *": (b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", (200, 204, 400, 404, 405)),
    "a target that is a whole address": (f"GET http://other.example{MODELS}?limit=1 HTTP/1.1\r\n".encode() + HOST
                                         + b"\r\n", (200, 400, 404, 421)),
    "a target without a slash": (b"GET health HTTP/1.1\r\n" + HOST + b"\r\n", (0, 400, 404)),
    "no target": (b"GET  HTTP/1.1\r\n" + HOST + b"\r\n", (0, 400)),
    "control characters in the target": (b"GET /\x01\x7f HTTP/1.1\r\n" + HOST + b"\r\n", (0, 400, 404)),
    "bytes above 127 in the target": (f"GET {MODELS}/Zürich?projectId=ü HTTP/1.1\r\n".encode() + HOST + b"\r\n",
                                      (0, 400, 404)),
    "both lengths": (POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", (0, 400)),
    "two lengths": (POST + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde", (0, 400)),
    "a negative length": (POST + b"Content-Length: -4\r\n\r\n", (0, 400)),
    "a length that is no number": (POST + b"Content-Length: 1e3\r\n\r\n{}", (0, 400)),
    "a length of 30 digits": (POST + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n{}", (0, 400, 413)),
    "the largest length": (POST + b"Content-Length: 9223372036854775807\r\n\r\n{}", (0, 400, 413)),
    "a chunk that is none": (POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", (0, 400)),
    "a chunk of more than there is": (POST + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
                                      (0, 400, 413)),
    "an encoding nobody has": (POST + b"Transfer-Encoding: brotli\r\n\r\n", (0, 400, 501)),
    "a request within another": (POST + b"Content-Length: 2\r\n\r\n{}GET /health HTTP/1.1\r\nHost: a\r\n\r\n",
                                 (422,)),
    "a body with GET": (f"GET {MODELS}?limit=1 HTTP/1.1\r\n".encode() + HOST + b"Content-Length: 2\r\n\r\n{}",
                        (200, 400)),
    "nothing but line feeds": (b"\r\n" * 1000, (0, 400)),
    "noise": (random.Random(1).randbytes(5000) + b"\r\n\r\n", (0, 400)),
}


def requests(group, registry):
    for name, (request, statuses) in REQUESTS.items():
        answer, is_closed = registry.exchange(request + (b"" if b"\r\n\r\n" in request else b"\r\n\r\n"), timeout=5)
        status = int(answer[9:12]) if answer.startswith(b"HTTP/1.") else 0
        if name == "nothing but line feeds" and not answer:
            is_closed = True  # Empty lines before a request are skipped; the server waits for one.
        group.that(name, status in statuses and is_closed,
                   f"got {status} ({answer[:60]!r}), closed: {is_closed}; expected one of {statuses} and an end")
        group.that(f"{name}: the server is well", registry.is_well())
    registry.close()
    piped = b"".join(f"{method} {MODELS}?limit=1 HTTP/1.1\r\nHost: a\r\n\r\n".encode()
                     for method in ("GET", "HEAD") * 10)
    answer, _ = registry.exchange(piped + b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n")
    group.equal("twenty-one requests in one piece", answer.count(b"HTTP/1.1 200 OK"), 21)
    for text in (POST + b"Content-Length: 100\r\n\r\n{", b"GET / HTTP/1.1\r\nHo",
                 f"GET {MODELS}?limit=1000000 HTTP/1.1\r\n".encode() + HOST + b"\r\n"):
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", registry.port), timeout=5) as connection:
                connection.sendall(text)
    group.that("the server is well after clients that left", registry.is_well())


PIECES = {
    "application/json": [
        "{", "}", "[", "]", ",", ":", '"name"', '"a"', '"\\ud800"', "1e9999", "null", '"', "\\", "0", "-", '"_links"',
        '"items"', "\0", "\ufeff", "é", "{}", "[[[[[[", json.dumps(NEW)],
    "application/hal+json": [
        "{", "}", "[", "]", ",", ":", '"_embedded"', '"_links"', '{"_links":{"self":{"href":"x"}},', '"curies"', "null",
        '"name":"a"', '"templated":true', json.dumps(NEW)],
    "application/xml": [
        "<largeLanguageModel>", "</largeLanguageModel>", "<name>", "</name>", "<name/>", "&amp;", "&x;", "<![CDATA[",
        "]]>", '<!DOCTYPE a [<!ENTITY x "y">]>', '<?xml version="1.0" encoding="UTF-16"?>', "<!--", "-->",
        ' xsi:nil="true"',
        "<largeLanguageModels>", "x", "\0", "<page/>", '<a xmlns="b"/>', "<a type='number'>1</a>", "<?a b?>"],
    "text/csv": [
        "name", ",", '"', "\r\n", "\n", "\r", "a.b", "a[0]", "a[1]", "a[99999999]", "\\j:", "\\s:", "{", "[1]",
        "sep=;", ";", "\0", "\ufeff", "fallbacks", "null", "\t"],
}
PIECES["text/xml"] = PIECES["application/xml"]
ACCEPT_PIECES = [
    "application", "/", "*", ";", "q=", "0.5", ",", " ", '"', "\\", "text/csv", "header=absent", "é", "=", "\t",
    "q=1e9", "application/xml", "charset=", "99999999999999999999"]


def bodies(group, registry):
    """Bodies and fields by chance, made of what formats are made of: no answer may be the server's fault."""
    chance = random.Random(20)
    path = f"{MODELS}/{registry.items()[0]['_id']}"
    valid = {content_type: registry.get(path, content_type).body for content_type in PIECES}
    seen = {}
    for number in range(900):
        content_type = chance.choice(list(PIECES))
        if number % 3:
            # A good body with a few pieces put in, or some bytes left out.
            body = valid[content_type]
            for _ in range(chance.randrange(1, 4)):
                start = chance.randrange(len(body))
                end = min(len(body), start + chance.choice((0, 0, 1, 1, 5, 200)))
                put = chance.choice(PIECES[content_type] + [""] * 10 + [chr(chance.randrange(32, 0x300))])
                body = body[:start] + put.encode() + body[end:]
        else:
            body = "".join(chance.choice(PIECES[content_type]) for _ in range(chance.randrange(1, 12))).encode()
        accept = "".join(chance.choice(ACCEPT_PIECES) for _ in range(chance.randrange(0, 12)))
        method, where = chance.choice((("POST", MODELS), ("PATCH", path), ("POST", f"{path}/clone")))
        answer = registry.send(method, where, accept=accept.encode().decode("latin-1"), type=content_type, body=body)
        seen[answer.status] = seen.get(answer.status, 0) + 1
        group.one_of(f"{method} {body!r} as {content_type} for {accept!r}", answer.status,
                     (200, 201, 400, 406, 413, 415, 422))
        if answer.status == 200:
            back = registry.send("PATCH", path, type="application/json", body=valid["application/json"])
            group.equal("PATCH with the record as it was", back.status, 200)
        if answer.status == 201:
            for one in ("application/json", "application/hal+json", "text/xml", "text/csv"):
                group.equal(f"{body!r}, as {one}", registry.get(answer["Location"], one).status, 200)
            registry.send("DELETE", answer["Location"])
    group.note(", ".join(f"{count} times {status}" for status, count in sorted(seen.items())))
    # What one client stores, all others have to be able to read in every format.
    rest = json.dumps(NEW)[:-1]
    for member in ('"_links":{"self":{"href":"x"}}', '"_embedded":{"a":[{"b":1}]}', '"items":[],"total":1',
                   '"d":' + "[" * 127 + "]" * 127, '"d":"\\u0000\\uffff\\u000b"',
                   '"azureOpenAI":{"x":1},"azureOpenAI.x":2',
                   '"page":{"total":1},"item":[1]', '"\\ufeff":1,"xml":2,"_x_":3,"":4,"=a":5,"a]b[0]":6,"\\\\":7',
                   '"a":1e999999,"b":-0.0,"c":' + "9" * 5000, '"e\\u0301":1,"\\u00e9":2',
                   ",".join(f'"k{index}":[{index}]' for index in range(3000))):
        made = registry.send("POST", MODELS, type="application/json", body=f"{rest},{member}}}")
        if made.status == 422:
            group.that(f"{member[:40]} is refused with its place", b'"path":"$' in made.body, made.body)
            continue
        group.equal(f"{member[:40]}: POST", made.status, 201)
        kept = registry.get(made["Location"], "application/json").body
        for accept in ("application/hal+json", "application/xml", "text/csv"):
            one = registry.get(made["Location"], accept)
            group.equal(f"{member[:40]} as {accept}", one.status, 200)
            page = registry.get(f"{MODELS}?limit=1000", accept)
            group.equal(f"a page with {member[:40]} as {accept}", page.status, 200)
            back = registry.send("POST", MODELS, type=accept, body=one.body, accept="application/json")
            group.equal(f"{member[:40]} back from {accept}", back.status, 201)
            if back.status == 201:
                group.equal(f"{member[:40]} back from {accept}: the same text", parts(back.body), parts(kept))
                registry.send("DELETE", back["Location"])
        registry.send("DELETE", made["Location"])
    group.that("the server is well", registry.is_well())


def parts(body):
    """The members that clients set, each as it is written, in any order: CSV has them in that of its columns."""
    text = body.decode().partition(',"referenceId"')[0]
    return sorted(text.strip("{}").split(","))
