"""What those who run the registry need: links behind a proxy, and metrics."""

import json
import re

from server import MODELS
from writing import NEW, check_problem

OPTIONS = ["--trust-proxy", "--metrics", "--api-key", "s3cret"]
KEY = ("X-API-Key", "s3cret")


def proxy(group, registry):
    """Links begin with what the proxy says, if it says something that can be."""
    host = f"127.0.0.1:{registry.port}"
    for fields, base in (
            ([], ""), ([("Forwarded", 'for=1.2.3.4;proto=https;host=models.example.com')], "https://models.example.com"),
            ([("Forwarded", 'proto=https;host="a.example:8443", for=x;host=b')], "https://a.example:8443"),
            ([("Forwarded", 'host="[::1]:80"')], "http://[::1]:80"), ([("Forwarded", "proto=HTTPS")], f"https://{host}"),
            ([("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "a.example, b")], "https://a.example"),
            ([("X-Forwarded-Proto", "https")], f"https://{host}"),
            ([("X-Forwarded-Prefix", "/registry/")], "/registry"),
            ([("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "a"), ("X-Forwarded-Prefix", "/x/y")], "https://a/x/y"),
            ([("X-Forwarded-Host", "a/b")], ""), ([("X-Forwarded-Host", '"><script>')], ""),
            ([("X-Forwarded-Proto", "javascript")], ""), ([("X-Forwarded-Prefix", "//evil.example")], ""),
            ([("X-Forwarded-Prefix", "x")], ""), ([("X-Forwarded-Prefix", "/a?b")], ""), ([("Forwarded", "nonsense")], ""),
            ([("Forwarded", "host=a"), ("X-Forwarded-Host", "b")], "http://a")):
        what = f"with {fields}"
        hal = registry.get(f"{MODELS}?limit=1", "application/hal+json", KEY, *fields)
        links = [hal.json["_links"]["self"]["href"], hal.json["_links"]["next"]["href"],
                 hal.json["_embedded"]["largeLanguageModels"][0]["_links"]["self"]["href"]]
        links += registry.get(f"{MODELS}?limit=1", "text/csv", KEY, *fields).links().values()
        made = registry.send("POST", MODELS, KEY, *fields, type="application/json", body=json.dumps(NEW))
        links.append(made["Location"])
        for link in links:
            group.that(f"{what}: {link}", link.startswith(base + "/v2.0/"), f"expected {base}")
        path = made["Location"].removeprefix(base)
        tag = registry.get(path, None, KEY)["ETag"]
        group.equal(f"{what}: the tag is another, for the links are others", made["ETag"] == tag, base == "")
        group.equal(f"{what}: If-Match with the tag that was sent", registry.send(
            "DELETE", path, KEY, *fields, ("If-Match", made["ETag"])).status, 204)


def metrics(group, registry):
    """The text format of Prometheus: valid, right, and without a secret."""
    def read():
        answer = registry.get("/metrics")
        group.equal("metrics", (answer.status, answer["Content-Type"]),
                    (200, "text/plain; version=0.0.4; charset=utf-8"))
        values, types = {}, {}
        for line in answer.body.decode().splitlines():
            declared = re.fullmatch(r"# TYPE ([a-zA-Z_][a-zA-Z0-9_]*) (counter|gauge|histogram)", line)
            if declared:
                group.that(f"{declared[1]} is declared once", declared[1] not in types)
                types[declared[1]] = declared[2]
                continue
            sample = re.fullmatch(r'([a-zA-Z_][a-zA-Z0-9_]*)(?:\{((?:[a-z_]+="(?:[^"\\]|\\.)*",?)*)\})? (\S+)', line)
            group.that(f"a line of the format: {line}", sample)
            if sample:
                values[sample[1], sample[2] or ""] = float(sample[3])
                group.that(f"{sample[1]} is declared", re.sub("_(bucket|sum|count)$", "", sample[1]) in types
                           or sample[1] in types)
        return values

    labels = 'http_route="/v2.0/largelanguagemodels/{id}",http_request_method="GET",http_response_status_code='
    registry.get(f"{MODELS}/x", None, KEY)
    before = read()
    for _ in range(3):
        check_problem(group, "a model that is not there", registry.get(f"{MODELS}/x", None, KEY), 404)
    registry.get(f"{MODELS}?api_key=s3cret")
    after = read()
    name = next((label for metric, label in after if metric == "hb_requests_total" and '="404"' in label
                 and "{id}" in label.replace(":id", "{id}")), labels)
    for metric in ("hb_requests_total", "http_server_request_duration_seconds_count"):
        group.equal(f"{metric} of {name}", after.get((metric, name), 0) - before.get((metric, name), 0), 3)
    buckets = [(label, value) for (metric, label), value in after.items()
               if metric == "http_server_request_duration_seconds_bucket" and name in label]
    group.that("buckets grow", [value for _, value in buckets] == sorted(value for _, value in buckets) and buckets)
    group.equal("the last bucket has all", buckets[-1][1] if buckets else None,
                after.get(("http_server_request_duration_seconds_count", name)))
    group.that("no secret in the metrics", "s3cret" not in registry.get("/metrics").body.decode())
    group.that("no secret in the log", "s3cret" not in registry.log.read_text())
