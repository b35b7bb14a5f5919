"""What stands around a request in HTTP/1: heads that are refused, `Expect`, HTTP/1.0, other origins."""

import http.client
import io
import json
import socket
import time

from server import MODELS
from writing import NEW

HOST = b"Host: registry\r\n"
POST = f"POST {MODELS} HTTP/1.1\r\n".encode() + HOST + b"Content-Type: application/json\r\n"

# Heads that no route is looked for, and the status of the problem that answers each and ends the connection.
REFUSED = {
    "no Host": (b"GET /health HTTP/1.1\r\n\r\n", 400),
    "two Hosts": (b"GET /health HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
    "two Hosts in HTTP/1.0": (b"GET /health HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n", 400),
    "a head of 200,000 bytes": (b"GET /health HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 200_000 + b"\r\n\r\n", 431),
    "20,000 fields": (b"GET /health HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 20_000 + b"\r\n", 431),
    "a target of 20,000 bytes": (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
    "a target of 200,000 bytes": (b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
    "a method nobody has": (b"BREW /health HTTP/1.1\r\n" + HOST + b"\r\n", 501),
    "a method in small letters": (b"get /health HTTP/1.1\r\n" + HOST + b"\r\n", 501),
    "a method of others": (f"PROPFIND {MODELS} HTTP/1.1\r\n".encode() + HOST + b"\r\n", 501),
    "CONNECT": (b"CONNECT example.com:443 HTTP/1.1\r\n" + HOST + b"\r\n", 501),
    "another version": (b"GET /health HTTP/3.7\r\n" + HOST + b"\r\n", 505),
    "an expectation nobody has": (POST + b"Expect: tea\r\nContent-Length: 2\r\n\r\n{}", 417),
    "a field without a name": (b"GET /health HTTP/1.1\r\n" + HOST + b": x\r\n\r\n", 400),
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", 400),
}


class Bytes(io.BytesIO):
    """A response from bytes, for http.client to read."""

    def makefile(self, *_):
        return self


def parsed(received):
    response = http.client.HTTPResponse(Bytes(received))
    response.begin()
    return response, response.read()


def heads(group, registry):
    for name, (request, status) in REFUSED.items():
        for what, before in ((name, b""), (f"{name} after a good one", b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n")):
            received, is_closed = registry.exchange(before + request, timeout=5)
            group.that(f"{what}: the connection is closed", is_closed)
            if before:
                good, _, received = received.partition(b"}\n")
                group.that(f"{what}: the good one is answered first", good.startswith(b"HTTP/1.1 200 "), good[:80])
            if before and status in (414, 431, 501, 505):
                # Where both came in one piece, the parser's error does not say how the second one began.
                got = int(received[9:12] or b"0")
                group.one_of(what, got, (414, 431) if status in (414, 431) else (400, status))
                status = got
            if not received:
                group.that(f"{what}: an answer", False)
                continue
            response, body = parsed(received)
            group.equal(what, (response.status, response.getheader("Content-Type"), response.getheader("Connection"),
                               response.getheader("Access-Control-Allow-Origin")),
                        (status, "application/problem+json", "close", "*"))
            problem = json.loads(body)
            group.equal(f"{what}: the problem", (problem["status"], "traceId" in problem), (status, True))
    in_xml, _ = registry.exchange(f"PROPFIND {MODELS} HTTP/1.1\r\n".encode() + HOST + b"Accept: text/xml\r\n\r\n")
    group.equal("a refused head in XML", parsed(in_xml)[0].getheader("Content-Type"), "application/problem+xml")
    group.that("the server is well", registry.is_well())


class Talk:
    """A connection, byte by byte."""

    def __init__(self, registry):
        self.connection = socket.create_connection(("127.0.0.1", registry.port), timeout=5)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def send(self, data):
        self.connection.sendall(data)

    def read(self, until=b"\r\n\r\n"):
        received = b""
        while not received.endswith(until):
            piece = self.connection.recv(1)
            if not piece:
                break
            received += piece
        return received

    def is_silent(self):
        self.connection.settimeout(0.3)
        try:
            return self.connection.recv(1) == b"-"
        except TimeoutError:
            return True
        finally:
            self.connection.settimeout(5)


def expectations(group, registry):
    """A 100 when the route reads the body, and none for a request that is refused before."""
    body = json.dumps(NEW).encode()
    for expectation in (b"Expect: 100-continue\r\n", b"expect: 100-Continue\r\n"):
        with Talk(registry) as talk:
            talk.send(POST + expectation + f"Content-Length: {len(body)}\r\n\r\n".encode())
            group.equal("Expect: the 100", talk.read(), b"HTTP/1.1 100 Continue\r\n\r\n")
            group.that("Expect: nothing more before the body", talk.is_silent())
            talk.send(body)
            answer = talk.read()
            group.that("Expect: the answer", answer.startswith(b"HTTP/1.1 201 "), answer[:80])
            length = int(answer.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
            talk.connection.recv(length, socket.MSG_WAITALL)
            talk.send(b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n")
            again = talk.read()
            group.that("Expect: the connection goes on", again.startswith(b"HTTP/1.1 200 "), again[:80])
        location = answer.partition(b"Location: ")[2].split(b"\r\n")[0].decode()
        registry.send("DELETE", location)
    for name, request, status in (
            ("a body that is too long", POST + b"Content-Length: 20000000\r\n", 413),
            ("a type that is not read", POST.replace(b"/json", b"/yaml") + b"Content-Length: 5\r\n", 415),
            ("no such route", POST.replace(b"models ", b"modelz ") + b"Content-Length: 5\r\n", 404),
            ("another method", POST.replace(b"POST", b"PUT") + b"Content-Length: 5\r\n", 405)):
        received, is_closed = registry.exchange(request + b"Expect: 100-continue\r\n\r\n", timeout=8)
        group.that(f"Expect: {name}: no 100, and the end", received.startswith(f"HTTP/1.1 {status} ".encode())
                   and is_closed, repr(received[:80]))
    old, is_closed = registry.exchange(
        POST.replace(b"1.1", b"1.0") + f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n".encode() + body)
    group.that("HTTP/1.0 is told no 100", old.startswith(b"HTTP/1.0 201 ") and is_closed, repr(old[:80]))
    registry.send("DELETE", parsed(old)[0].getheader("Location"))


def old_clients(group, registry):
    """HTTP/1.0: no chunks, and the end of the connection is that of the body."""
    for limit in (1, 1000, 1001):
        expected = registry.get(f"{MODELS}?limit={limit}", "text/csv").body
        for field in (b"", b"Connection: keep-alive\r\n"):
            request = f"GET {MODELS}?limit={limit} HTTP/1.0\r\nAccept: text/csv\r\n".encode() + field + b"\r\n"
            start = time.monotonic()
            received, is_closed = registry.exchange(request)
            head, _, body = received.partition(b"\r\n\r\n")
            what = f"HTTP/1.0, limit={limit}, {field!r}"
            group.that(f"{what}: an answer", head.startswith(b"HTTP/1.0 200 "), head[:80])
            group.that(f"{what}: no chunks", b"transfer-encoding" not in head.lower(), head)
            group.that(f"{what}: close", b"connection: close" in head.lower(), head)
            group.equal(f"{what}: the body", body, expected)
            group.that(f"{what}: closed at once", is_closed and time.monotonic() - start < 5)
    received, is_closed = registry.exchange(b"HEAD /health HTTP/1.0\r\n\r\n")
    group.that("HEAD in HTTP/1.0", received.startswith(b"HTTP/1.0 200 ") and received.endswith(b"\r\n\r\n")
               and is_closed, received[:80])


EXPOSED = {"ETag", "Link", "Location", "X-Total-Count", "Allow", "Retry-After", "WWW-Authenticate", "Content-Disposition"}
SENDABLE = {"authorization", "x-cxone-authorization", "x-api-key", "if-match", "if-none-match", "content-type", "accept"}


def origins(group, registry):
    """Pages of every origin: whatever the answer is, and whether the request names an origin or not."""
    item = f"{MODELS}/{registry.items()[0]['_id']}"
    tag = registry.get(item)["ETag"]
    answers = [
        ("a page", "GET", MODELS, (), 200), ("HEAD", "HEAD", item, (), 200), ("a site's page", "GET", "/", (), 200),
        ("304", "GET", item, (("If-None-Match", tag),), 304), ("404", "GET", "/nowhere", (), 404),
        ("405", "POST", item, (), 405), ("406", "GET", item, (("Accept", "image/png"),), 406),
        ("412", "PATCH", item, (("If-Match", '"x"'), ("Content-Type", "application/json")), 412),
        ("415", "POST", MODELS, (), 415), ("400", "GET", f"{MODELS}?limit=x", (), 400),
        ("501", "POST", f"{item}/test", (), 501),
    ]
    for name, method, path, fields, status in answers:
        for origin in ((), (("Origin", "http://a.example"),), (("Origin", "null"),)):
            body = b"{}" if method == "PATCH" else None
            answer = registry.send(method, path, *fields, *origin, body=body)
            what = f"{name} for {origin}"
            group.equal(what, (answer.status, answer["Access-Control-Allow-Origin"],
                               answer["Access-Control-Allow-Credentials"]), (status, "*", None))
            exposed = set((answer["Access-Control-Expose-Headers"] or "").split(", "))
            group.that(f"{what}: exposed", EXPOSED <= exposed, str(exposed))
    for path, methods in ((MODELS, {"GET", "HEAD", "POST"}), (item, {"GET", "HEAD", "PATCH", "DELETE"}),
                          (f"{item}/clone", {"POST"}), ("/health", {"GET", "HEAD"})):
        answer = registry.send("OPTIONS", path, ("Origin", "http://a.example"),
                               ("Access-Control-Request-Method", "PATCH"),
                               ("Access-Control-Request-Headers", "if-match, x-cxone-authorization"))
        group.equal(f"the preflight of {path}", (answer.status, answer.body, answer["Access-Control-Allow-Origin"]),
                    (204, b"", "*"))
        allowed = set((answer["Access-Control-Allow-Methods"] or "").split(", "))
        group.that(f"the preflight of {path}: methods", methods <= allowed and "TRACE" not in allowed, str(allowed))
        sendable = {name.lower() for name in (answer["Access-Control-Allow-Headers"] or "").split(", ")}
        group.that(f"the preflight of {path}: fields", SENDABLE <= sendable, str(sendable))
    nowhere = registry.send("OPTIONS", "/nowhere", ("Origin", "http://a.example"),
                            ("Access-Control-Request-Method", "GET"))
    group.equal("the preflight of nothing", (nowhere.status, nowhere["Access-Control-Allow-Methods"]), (204, "GET"))
