"""Clients that are programs of their own: curl, and Java with its HttpURLConnection."""

import base64
import json
import pathlib
import re
import subprocess
import tempfile

from reading import DEFAULT_ACCEPTS
from server import MODELS, VARY
from representations import READABLE, REPRESENTATIONS, patch_body, records, state


def curl(*arguments):
    """Status, fields of the last answer by their lower-case names, body."""
    with tempfile.NamedTemporaryFile() as body:
        done = subprocess.run(
            ["curl", "--silent", "--show-error", "--max-time", "60", "--dump-header", "-", "--output", body.name,
             *arguments], capture_output=True, timeout=90)
        if done.returncode:
            raise RuntimeError(f"curl {arguments} ended with {done.returncode}: {done.stderr.decode()}")
        head = [block for block in done.stdout.decode().split("\r\n\r\n") if block][-1].split("\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        received = pathlib.Path(body.name).read_bytes()
        if "--head" in arguments:
            # There curl shows the head where the body would be.
            received = received.removeprefix(done.stdout)
        return int(head[0].split()[1]), fields, received


def with_curl(group, registry):
    """curl as README has it, each route in each media type."""
    first = registry.items()[0]
    item = f"{registry.base}{MODELS}/{first['_id']}"
    page = f"{registry.base}{MODELS}?limit=2"
    status, fields, body = curl(page)
    group.equal("curl without anything", (status, fields["content-type"]), (200, "application/json"))
    status, fields, body = curl("-H", "Accept:", page)
    group.equal("curl without Accept", (status, fields["content-type"]), (200, "application/json"))
    for accept, content_type, name in REPRESENTATIONS:
        for url in (page, item):
            status, fields, body = curl("-H", f"Accept: {accept}", url)
            group.equal(f"curl {url} {accept}", (status, fields["content-type"], fields.get("vary")),
                        (200, content_type, VARY))
            status, head, nothing = curl("--head", "-H", f"Accept: {accept}", url)
            group.equal(f"curl --head {url} {accept}", (status, head["etag"], head["content-length"], nothing),
                        (200, fields["etag"], str(len(body)), b""))
            status, same, nothing = curl("-H", f"Accept: {accept}", "-H", f"If-None-Match: {fields['etag']}", url)
            group.equal(f"curl {url} {accept}, again", (status, same["etag"], same.get("vary"), nothing),
                        (304, fields["etag"], VARY, b""))
        for path, expected in ((f"{MODELS}/000000000000000000000000", 404), ("/nowhere", 404)):
            status, fields, body = curl("-H", f"Accept: {accept}", registry.base + path)
            problem = "application/problem+xml" if "xml" in accept else "application/problem+json"
            group.equal(f"curl {path} {accept}", (status, fields["content-type"], fields.get("vary")),
                        (expected, problem, VARY))
    for accept, content_type, name in READABLE:
        sent = curl("-H", f"Accept: {accept}", item)[2]
        with tempfile.NamedTemporaryFile() as file:
            file.write(sent)
            file.flush()
            status, fields, body = curl(
                "-H", f"Accept: {accept}", "-H", f"Content-Type: {accept}", "--data-binary", f"@{file.name}",
                f"{registry.base}{MODELS}")
            group.equal(f"curl POST {accept}", (status, fields["content-type"]), (201, content_type))
        location = registry.base + fields["location"]
        group.equal(f"curl GET of what POST made, {accept}", curl("-H", f"Accept: {accept}", location)[2], body)
        group.equal(f"curl POST {accept}: the record", state(registry.get(fields["location"]).json), state(first))
        status, fields, body = curl("-X", "PATCH", "-H", f"Content-Type: {accept}", "--data-binary",
                                    patch_body(name, "Umbenannt, \"neu\" & <gut>").decode(), location)
        group.equal(f"curl PATCH {accept}", (status, json.loads(body)["name"], "description" in json.loads(body)),
                    (200, 'Umbenannt, "neu" & <gut>', False))
        status, fields, body = curl("-X", "POST", "-H", f"Accept: {accept}", f"{location}/clone")
        group.equal(f"curl POST clone {accept}", (status, fields["content-type"]), (201, content_type))
        for made in (registry.base + fields["location"], location):
            status, fields, body = curl("-X", "DELETE", "-H", f"Accept: {accept}", made)
            group.equal(f"curl DELETE {accept}", (status, fields.get("vary"), fields.get("content-length"), body),
                        (204, VARY, None, b""))
        status, fields, body = curl("-X", "POST", "-H", f"Accept: {accept}", f"{item}/test")
        group.equal(f"curl POST test {accept}", status, 501)
    status, fields, body = curl("--compressed", "--http1.1", "-H", "Expect: 100-continue", "--expect100-timeout", "0.2",
                                "-H", "Content-Type: application/json", "-d", '{"name":', f"{registry.base}{MODELS}")
    group.equal("curl that waits for 100 Continue", status, 400)
    status, fields, body = curl("--http2", page)
    group.equal("curl that would rather speak HTTP/2", status, 200)
    status, fields, body = curl("--http1.0", page)
    group.equal("curl with HTTP/1.0", status, 200)


def with_java(group, registry):
    """Java's HttpURLConnection, which has a default Accept that is half malformed."""
    first = registry.items()[0]
    item = f"{registry.base}{MODELS}/{first['_id']}"
    collection = f"{registry.base}{MODELS}"
    old_default = DEFAULT_ACCEPTS["Java's HttpURLConnection until 17"][0]
    plan = [("GET", f"{registry.base}/negotiation", "", "", "", b""), ("GET", collection, "", "", "", b""),
            ("GET", item, "", "", "", b""), ("GET", collection, old_default, "", "", b"")]
    for accept, _, name in REPRESENTATIONS:
        tag = registry.get(f"{MODELS}/{first['_id']}", accept)["ETag"]
        plan += [("GET", item, accept, "", "", b""), ("HEAD", item, accept, "", "", b""),
                 ("GET", item, accept, "", tag, b""), ("GET", f"{collection}?limit=1001", accept, "", "", b""),
                 ("GET", f"{item}x", accept, "", "", b"")]
    plan += [("GET", collection, "image/png", "", "", b"")]
    for accept, _, name in READABLE:
        sent = registry.get(f"{MODELS}/{first['_id']}", accept).body
        plan += [("POST", collection, accept, accept, "", sent), ("POST", f"{item}/clone", accept, accept, "",
                                                                  patch_body(name, "Kopie"))]
    plan += [("POST", collection, "", "", "", b'{"name":"form"}')]

    lines = "".join("\t".join([*one[:5], base64.b64encode(one[5]).decode()]) + "\n" for one in plan)
    source = pathlib.Path(__file__).parent / "Exchange.java"
    done = subprocess.run(["java", "-XX:TieredStopAtLevel=1", str(source)], input=lines.encode(), capture_output=True,
                          timeout=120)
    group.equal("java ends well", (done.returncode, done.stderr.decode()), (0, ""))
    answers = [line.split("\t") for line in done.stdout.decode().splitlines()]
    group.equal("java has all answers", len(answers), len(plan))
    version = subprocess.run(["java", "-version"], capture_output=True, timeout=60).stderr.decode()
    explained = json.loads(base64.b64decode(answers[0][5]))
    ranges = sorted({offer["range"] for offer in explained["ranking"] if "range" in offer})
    group.note(f"Java {re.search('[0-9]+', version)[0]}, whose own Accept gets JSON by {', '.join(ranges)}")
    expected = {accept: content_type for accept, content_type, _ in REPRESENTATIONS}
    for (method, url, accept, content_type, if_none_match, sent), answer in zip(plan, answers):
        what = f"java {method} {url} {accept}"
        status, got_type, vary, tag, location, body = *answer[:5], base64.b64decode(answer[5])
        wanted = expected.get(accept, "application/json")
        problem = "application/problem+xml" if "xml" in accept else "application/problem+json"
        if "/v2.0" in url:
            group.equal(f"{what}: Vary", vary, VARY)
        if accept == "image/png":
            group.equal(what, (status, got_type), ("406", problem))
        elif url.endswith("x"):
            group.equal(what, (status, got_type), ("404", problem))
        elif if_none_match:
            group.equal(what, (status, tag, body), ("304", if_none_match, b""))
        elif method == "POST" and not content_type:
            # Java calls every body a form; what is in it does not matter then.
            group.equal(what, (status, got_type), ("415", problem))
        elif method == "POST":
            group.equal(what, (status, got_type), ("201", wanted))
            made = registry.get(location)
            group.equal(f"{what}: what it made", (state(made.json)["provider"], registry.get(location, accept).body),
                        (first["provider"], body))
            registry.send("DELETE", location)
        else:
            group.equal(what, (status, got_type), ("200", wanted))
            if method == "HEAD":
                group.equal(f"{what}: no body", body, b"")
            elif "absent" not in accept and "/negotiation" not in url:
                group.that(f"{what}: records", len(records(got_type, body)) >= 1)
