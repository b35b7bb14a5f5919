"""What GET and HEAD answer: who gets which representation, whether all say the same, and what caches rely on."""

import json
import urllib.parse

import requests

from server import MODELS, SAMPLES, VARY
from representations import REPRESENTATIONS, leaves, page_of, parsed_json, read_by_tool, records

# What clients send that nobody configured, and what they get.
DEFAULT_ACCEPTS = {
    "curl, requests, Java 18 and later by itself": ("*/*", "application/json"),
    "Java's HttpURLConnection until 17": (
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "application/json"),
    "axios": ("application/json, text/plain, */*", "application/json"),
    "jQuery for JSON": ("application/json, text/javascript, */*; q=0.01", "application/json"),
    "jQuery for XML": ("application/xml, text/xml, */*; q=0.01", "application/xml"),
    "Spring's RestTemplate": ("application/json, application/*+json", "application/json"),
    "Spring with XML": ("application/xml, text/xml, application/json, application/*+xml, application/*+json",
                        "application/xml"),
    "Firefox": ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
    "halchemy": ("application/hal+json, application/json;q=0.9, */*;q=0.8", "application/hal+json"),
    "restnavigator": ("application/hal+json,application/json", "application/hal+json"),
    "HAL beside anything": ("*/*, application/hal+json", "application/hal+json"),
    "Excel's web query": ("*/*", "application/json"),
    ".NET, several types": ("text/csv, application/json;q=0.5", "text/csv; charset=utf-8; header=present"),
}

PRESENT = "text/csv; charset=utf-8; header=present"
ABSENT = "text/csv; charset=utf-8; header=absent"

# Values of Accept and the Content-Type that answers; None is a 406.
NEGOTIATION = [
    ("", "application/json"), (" , ,", "application/json"), ("nonsense", "application/json"),
    ("*", "application/json"), ("*/*;q=0.1", "application/json"), ("*/xml", "application/json"),
    ("application/*", "application/json"), ("text/*", "text/xml; charset=utf-8"),
    ("text/*, text/xml;q=0", PRESENT), ("text/*;q=0.3, text/csv;q=0.4", PRESENT),
    ("application/xml;q=0.5, text/csv;q=0.6", PRESENT), ("application/xml;q=0.6, text/csv;q=0.6", "application/xml"),
    ("text/csv, application/json", PRESENT), ("application/json, text/csv", "application/json"),
    ("*/*, text/csv", PRESENT), ("text/*, application/json", "application/json"), ("text/csv;q=1.0, application/json;q=0.999", PRESENT),
    ("text/csv;header=absent", ABSENT), ("text/csv;header=present", PRESENT), ('text/csv; header="absent"', ABSENT),
    ("TEXT/CSV;HEADER=ABSENT", ABSENT), ("text/csv;header=maybe", None), ("text/csv;q=0.5;header=absent", ABSENT),
    ("text/csv;header=present;q=0, text/csv", ABSENT), ("text/csv;q=0.4, text/csv;header=absent;q=0.5", ABSENT),
    ("text/csv;charset=utf-8", PRESENT), ("text/csv;charset=UTF-8;header=absent", ABSENT),
    ("text/csv;charset=iso-8859-1", None), ("application/json;charset=utf-8", "application/json"),
    ("application/json;version=1", None), ("application/json;q=0", None), ("*/*;q=0", None),
    ("*/*, application/json;q=0", "application/hal+json"), ("application/*, application/json;q=0.1",
                                                           "application/hal+json"),
    ("application/json;q=2, text/csv;q=0.1", PRESENT), ("application/json;q=x, text/csv;q=0.1", PRESENT),
    ("application/json;q=0.5;q=0.6, text/csv;q=0.1", PRESENT), ("application/json;q=.5, text/csv;q=.4",
                                                              "application/json"),
    ("application/json;q=0.1234, text/csv;q=0.1235", PRESENT),
    ('text/csv;note="a, application/xml;q=1", application/hal+json;q=0.5', "application/hal+json"),
    ('text/csv;note="never closed, application/xml', "application/json"),
    ("application/hal+json", "application/hal+json"), ("application/*+json", None),
    ("application/vnd.api+json", None), ("text/html", None), ("image/*", None), ("application/x-ndjson", None),
    ("text/html, text/csv;q=0.1", PRESENT), ("text/xml", "text/xml; charset=utf-8"),
    ("application/xml, text/xml", "application/xml"), ("text/xml, application/xml;q=0.9", "text/xml; charset=utf-8"),
]

# `?format=`, and what it gives whatever Accept says.
OVERRIDES = [
    ("json", "application/json"), ("hal", "application/hal+json"), ("xml", "application/xml"), ("csv", PRESENT),
    ("CSV", PRESENT), ("text/csv", PRESENT), ("text/csv;header=absent", ABSENT),
    ("text%2Fcsv%3Bheader%3Dabsent", ABSENT), ("application/hal+json", "application/hal+json"),
    ("application%2Fhal%2Bjson", "application/hal+json"), ("text/xml", "text/xml; charset=utf-8"),
    ("text/html,text/csv;q=0.1", PRESENT), ("yaml", None), ("text/html", None), ("%00", None), ("csv%20", None),
]

VOLATILE = ("date", "connection", "keep-alive", "transfer-encoding")


def representations(group, registry, tool):
    """Every route that reads, in every media type, through Python's requests."""
    item = registry.items()[0]["_id"]
    paths = [MODELS, f"{MODELS}?limit=3", f"{MODELS}?limit=1001", f"{MODELS}?projectId=none", f"{MODELS}/{item}"]
    with requests.Session() as session:
        for path in paths:
            answers = {}
            for accept, content_type, name in REPRESENTATIONS:
                what = f"GET {path} as {accept}"
                answer = session.get(registry.base + path, headers={"Accept": accept}, timeout=60)
                answers[accept] = answer
                group.equal(f"{what}: status", answer.status_code, 200)
                group.equal(f"{what}: Content-Type", answer.headers["Content-Type"], content_type)
                group.equal(f"{what}: Vary", answer.headers.get("Vary"), VARY)
                group.that(f"{what}: strong ETag", answer.headers.get("ETag", "").startswith('"'))
                group.that(f"{what}: is UTF-8 without BOM",
                           answer.content.decode() is not None and not answer.content.startswith(b"\xef\xbb\xbf"))
                if "1001" in path:
                    group.equal(f"{what}: is streamed", answer.headers.get("Transfer-Encoding"), "chunked")
                elif "Content-Encoding" not in answer.headers:
                    group.equal(f"{what}: Content-Length", answer.headers.get("Content-Length"),
                                str(len(answer.content)))
                by_name = session.get(
                    registry.base + path, params={"format": accept}, headers={"Accept": "image/png"}, timeout=60)
                group.equal(f"{what}: the same by format=",
                            (by_name.status_code, without_format(by_name.content, accept)), (200, answer.content))
                check_head(group, what, registry, path, accept)
                check_revalidation(group, what, session, registry.base + path, accept, answer)
            tags = [answer.headers["ETag"] for answer in answers.values()]
            group.equal(f"GET {path}: ETags are all different", len(set(tags)), len(REPRESENTATIONS))
            check_same_records(group, path, answers, tool)
            if "?" in path or path == MODELS:
                check_same_pages(group, path, registry)
    whole = [registry.get(f"{MODELS}?limit={limit}", accept).body for limit in (1000, 1001)
             for accept, _, _ in REPRESENTATIONS]
    # The links of each have its own query.
    streamed = [body.replace(b"limit=1001", b"limit=1000") for body in whole[6:]]
    group.equal("the streamed page is the buffered one, but for the limit in no cursor", whole[:6], streamed)
    group.equal("the records are those of the imported file", [leaves(one) for one in registry.items()],
                [leaves(one) for one in json.loads(SAMPLES.read_bytes())])


def without_format(body, accept):
    """A body whose links have no parameter `format`."""
    parameter = b"format=" + urllib.parse.quote(accept, safe="").encode()
    return body.replace(b"?" + parameter + b"&", b"?").replace(b"?" + parameter, b"").replace(b"&" + parameter, b"")


def check_head(group, what, registry, path, accept):
    get, head = (registry.send(method, path, accept=accept) for method in ("GET", "HEAD"))
    group.equal(f"{what}: HEAD has no body", head.body, b"")
    group.equal(f"{what}: HEAD has GET's fields", (head.status, head.without(*VOLATILE)),
                (get.status, get.without(*VOLATILE)))


def check_revalidation(group, what, session, url, accept, answer):
    tag = answer.headers["ETag"]
    for field in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        for method in ("GET", "HEAD"):
            again = session.request(
                method, url, headers={"Accept": accept, "If-None-Match": field}, timeout=60)
            group.equal(
                f"{what}: {method} with If-None-Match: {field}",
                (again.status_code, again.content, again.headers.get("ETag"), again.headers.get("Vary"),
                 again.headers.get("Content-Length")), (304, b"", tag, VARY, None))
            group.equal(f"{what}: the 304 says what GET says of caching", again.headers.get("Cache-Control"),
                        answer.headers.get("Cache-Control"))
    for field in ('"other"', tag.strip('"')):
        again = session.get(url, headers={"Accept": accept, "If-None-Match": field}, timeout=60)
        group.equal(f"{what}: If-None-Match: {field} is not it", again.status_code, 200)


def check_same_records(group, path, answers, tool):
    """All formats say the same: by readers of our own, and by the tool if there is one."""
    json_answer = answers["application/json"]
    expected = records("application/json", json_answer.content)
    for accept, content_type, name in REPRESENTATIONS:
        body = answers[accept].content
        if "absent" in accept:
            header, _, rows = answers["text/csv"].content.partition(b"\r\n")
            group.equal(f"{path} as {accept}: text/csv without its first row", body, rows)
            continue
        group.equal(f"{path} as {accept}: the records by field", records(content_type, body), expected)
        if tool:
            group.equal(f"{path} as {accept}: the records as the tool reads them",
                        read_by_tool(tool, name, body), read_by_tool(tool, "json", json_answer.content))


def check_same_pages(group, path, registry):
    expected = page_of("application/json", registry.get(path, "application/json"))
    for accept, content_type, _ in REPRESENTATIONS:
        answer = registry.get(path, accept)
        group.equal(f"{path} as {accept}: total and cursors", page_of(content_type, answer), expected)
        has_links = "hal" in accept
        group.equal(f"{path} as {accept}: Link if the body has no links", answer["Link"] is None, has_links)


def negotiation(group, registry):
    """Values of Accept, one by one, as several lines, absent; and `?format=`."""
    item = f"{MODELS}/{registry.items()[0]['_id']}"
    for path in (f"{MODELS}?limit=1", item):
        absent = registry.get(path)
        group.equal(f"{path} without Accept", (absent.status, absent["Content-Type"]), (200, "application/json"))
        for accept, expected in NEGOTIATION + list(DEFAULT_ACCEPTS.values()):
            check_choice(group, f"{path} with Accept: {accept}", registry.get(path, accept), expected)
        for value, expected in OVERRIDES:
            answer = registry.get(f"{path}{'&' if '?' in path else '?'}format={value}", "application/xml;q=0.1")
            check_choice(group, f"{path} with format={value}", answer, expected)
        group.equal(f"{path} with an empty format", registry.get(
            f"{path}{'&' if '?' in path else '?'}format=", "text/csv")["Content-Type"], PRESENT)
    lines = [
        (["text/html", "text/csv;q=0.5", "application/xml;q=0.4"], PRESENT),
        (["application/json;q=0", "*/*"], "application/hal+json"), (["", "text/csv"], PRESENT),
        (["image/png", "text/html"], None), (["text/csv;q=0.2", "text/xml;q=0.1", "image/*"], PRESENT),
        (['text/csv;note="a', 'b"', "text/xml;q=0.5"], "text/xml; charset=utf-8"),
    ]
    for values, expected in lines:
        answer = registry.send("GET", MODELS + "?limit=1", *[("Accept", value) for value in values])
        check_choice(group, f"Accept in several lines: {values}", answer, expected)
    for name, (accept, expected) in DEFAULT_ACCEPTS.items():
        explained = registry.get("/negotiation", accept)
        group.equal(f"/negotiation for {name}", explained["Content-Type"], "application/json")
        choice = explained.json["choice"]
        group.equal(f"/negotiation for {name}: its choice", choice, expected.replace("; charset=utf-8", "")
                    .replace("; ", ";"))


def check_choice(group, what, answer, expected):
    group.equal(f"{what}: Vary", answer["Vary"], VARY)
    if expected:
        group.equal(what, (answer.status, answer["Content-Type"]), (200, expected))
        return
    group.equal(what, answer.status, 406)
    group.one_of(f"{what}: the problem's type", answer["Content-Type"],
                 ["application/problem+json", "application/problem+xml"])
    if answer["Content-Type"] == "application/problem+json":
        group.equal(f"{what}: what is on offer", answer.json["details"].get("available"), [
            "application/json", "application/hal+json", "application/xml", "text/xml", "text/csv;header=present",
            "text/csv;header=absent"])


def site(group, registry):
    """What is there for people and programs beside the records."""
    page = registry.get("/")
    group.equal("the page", (page.status, page["Content-Type"]), (200, "text/html; charset=utf-8"))
    group.that("the page's policy", (page["Content-Security-Policy"] or "").startswith("default-src 'none'"))
    description = registry.get("/openapi.json", "text/html")
    group.equal("the description", (description.status, description["Content-Type"]), (200, "application/json"))
    group.that("the description is OpenAPI 3.1", description.json.get("openapi", "").startswith("3.1"))
    health = registry.get("/health")
    group.equal("health", (health.status, health.json),
                (200, {"status": "ok", "largeLanguageModels": len(registry.items())}))
    group.that("the sample records are there", len(registry.items()) >= len(parsed_json(SAMPLES.read_bytes())))
    for path in ("/", "/openapi.json", "/health", "/rels/clone"):
        get, head = registry.get(path), registry.send("HEAD", path)
        group.equal(f"HEAD {path}", (head.status, head.body, head.without(*VOLATILE)),
                    (200, b"", get.without(*VOLATILE)))
    relations = set()
    for item in registry.get(f"{MODELS}?limit=1000", "application/hal+json").json["_embedded"]["largeLanguageModels"]:
        relations |= {name.partition(":")[2] for name in item["_links"] if name.startswith("llm:")}
    group.that("the records have relations", len(relations) > 5, str(relations))
    for relation in sorted(relations):
        answer = registry.get(f"/rels/{relation}")
        group.equal(f"/rels/{relation}", (answer.status, answer["Content-Type"]), (200, "text/html; charset=utf-8"))
    group.equal("an unknown relation", registry.get("/rels/unknown").status, 404)
    preflight = registry.send("OPTIONS", MODELS, ("Origin", "http://example.com"),
                              ("Access-Control-Request-Method", "POST"))
    group.equal("a preflight", preflight.status // 100, 2)
    group.that("a preflight lets POST in", "POST" in (preflight["Access-Control-Allow-Methods"] or ""))
    for path in (MODELS, f"{MODELS}/unknown"):
        crossing = registry.get(path, None, ("Origin", "http://example.com"))
        group.equal(f"{path} for another origin", (crossing["Access-Control-Allow-Origin"], crossing["Vary"]),
                    ("*", VARY))
