"""Serves HAL that the tool wrote and has two foreign clients follow its links.

Usage: follow_links.py LLMFMT
"""

import http.server
import json
import subprocess
import sys
import threading
import urllib.parse
import urllib.request

import halchemy
import restnavigator
import uritemplate

MODELS = "/v2.0/largelanguagemodels"

FIRST = {
    "name": "Help desk", "modelType": "gpt-4o", "provider": "openAI", "connectionId": "c1", "projectId": "p1",
    "assignedToProjects": ["p1", "p 2"], "fallbacks": [{"fallbackLLMReferenceId": "ref/2"}], "_id": "a b/\u00fc?",
    "createdBy": "u1", "lastChangedBy": "u2",
}
SECOND = {"name": "Fallback", "referenceId": "ref/2", "_id": "m2", "assignedToProjects": ["p1"]}
THIRD = {"name": "Other page", "_id": "m3"}


def quote(text):
    return urllib.parse.quote(text, safe="")


def resource(path, **state):
    """A resource of another kind, which is not the tool's to write."""
    return json.dumps({"_links": {"self": {"href": path}}, **state}).encode()


class Fixture:
    """What the server has: by path and query, as they come over the wire."""

    def __init__(self, tool, base):
        def hal(value):
            command = [tool, "--from", "json", "--to", "hal"] + (["--base-url", base] if base else [])
            done = subprocess.run(command, input=json.dumps(value).encode(), capture_output=True, timeout=30, check=True)
            return done.stdout

        self.pages = {
            MODELS: hal({"items": [FIRST, SECOND], "total": 3, "nextCursor": "page 2/\u00e9"}),
            f"{MODELS}?next={quote('page 2/é')}": hal({"items": [THIRD], "total": 3, "previousCursor": "page&1"}),
            f"{MODELS}?previous={quote('page&1')}": hal({"items": [FIRST, SECOND], "nextCursor": "page 2/\u00e9"}),
            f"{MODELS}?projectId=p1": hal([FIRST]),
            f"{MODELS}?referenceId={quote('ref/2')}": hal([SECOND]),
            "/v2.0/connections/c1": resource("/v2.0/connections/c1", name="Connection"),
            "/v2.0/users/u1": resource("/v2.0/users/u1", name="Ann"),
            "/v2.0/users/u2": resource("/v2.0/users/u2", name="Ben"),
            "/v2.0/projects/p1": resource("/v2.0/projects/p1", name="One"),
            "/v2.0/projects/p%202": resource("/v2.0/projects/p%202", name="Two"),
            "/rels/connection": b"What llm:connection means.",
        }
        for model in (FIRST, SECOND, THIRD):
            self.pages[f"{MODELS}/{quote(model['_id'])}"] = hal(model)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.server.fixture.pages.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", "application/hal+json")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *arguments):
        pass


def state(model):
    """The record as a client shows it: without what is representation."""
    return {name: value for name, value in model.items() if name not in ("_links", "_embedded")}


passed = []


def check(what, actual, expected):
    if actual != expected:
        sys.exit(f"{what}: got {actual!r}, expected {expected!r}")
    passed.append(what)


def follow_with_restnavigator(root):
    client = f"restnavigator {restnavigator.__version__}"
    home = restnavigator.Navigator.hal(root + MODELS)
    page = home()
    check(f"{client}: state of the page", (page["total"], page["nextCursor"]), (3, "page 2/\u00e9"))
    embedded = home.embedded()["largeLanguageModels"]
    check(f"{client}: embedded records", [state(model.state) for model in embedded], [FIRST, SECOND])
    check(f"{client}: first page", home["first"]()["total"], 3)
    following = home["next"]
    check(f"{client}: next page", following()["previousCursor"], "page&1")
    check(f"{client}: previous page", following["prev"]()["nextCursor"], "page 2/\u00e9")
    find = home.links()["find"]
    check(f"{client}: find is a template", find.variables, {"largeLanguageModelId"})
    model = find(largeLanguageModelId=FIRST["_id"])
    check(f"{client}: found record", state(model()), FIRST)
    check(f"{client}: self", model["self"].uri, f"{root}{MODELS}/{quote(FIRST['_id'])}")
    check(f"{client}: self leads back", state(embedded[0].fetch()), FIRST)
    collection = model["collection"]
    check(f"{client}: collection", collection.uri, f"{root}{MODELS}?projectId=p1")
    check(
        f"{client}: collection's records",
        [state(one.state) for one in collection.embedded()["largeLanguageModels"]], [FIRST])
    check(f"{client}: llm:connection", model["llm:connection"]()["name"], "Connection")
    short = restnavigator.Navigator.hal(model.uri, default_curie="llm")
    check(f"{client}: connection, by the default curie", short["connection"]()["name"], "Connection")
    check(f"{client}: llm:project", model["llm:project"]()["name"], "One")
    check(
        f"{client}: llm:assignedProject", [one()["name"] for one in model.links()["llm:assignedProject"]],
        ["One", "Two"])
    fallbacks = model.links()["llm:fallback"]
    check(
        f"{client}: llm:fallback",
        [[state(one.state) for one in fallback.embedded()["largeLanguageModels"]] for fallback in fallbacks],
        [[SECOND]])
    check(f"{client}: llm:createdBy", model["llm:createdBy"]()["name"], "Ann")
    check(f"{client}: llm:lastChangedBy", model["llm:lastChangedBy"]()["name"], "Ben")
    check(
        f"{client}: llm:test and llm:clone", (model["llm:test"].uri, model["llm:clone"].uri),
        tuple(f"{root}{MODELS}/{quote(FIRST['_id'])}/{end}" for end in ("test", "clone")))


def follow_with_halchemy(root):
    client = "halchemy"
    api = halchemy.Api(root)
    home = api.using_endpoint(MODELS).get()
    check(f"{client}: state of the page", (home["total"], home["nextCursor"]), (3, "page 2/\u00e9"))
    check(f"{client}: relations of the page", home.links, ["self", "first", "next", "find", "curies"])
    check(f"{client}: embedded relation", home.embedded_rels, ["largeLanguageModels"])
    models = home.embedded_many("largeLanguageModels")
    check(f"{client}: embedded records", [state(model) for model in models], [FIRST, SECOND])
    check(f"{client}: no curies inside", [model.has_rel("curies") for model in models], [False, False])
    following = api.follow(home).to("next").get()
    check(f"{client}: next page", [state(one) for one in following.embedded_many("largeLanguageModels")], [THIRD])
    check(f"{client}: previous page", api.follow(following).to("prev").get()["nextCursor"], "page 2/\u00e9")
    found = api.follow(home).to("find").with_template_values({"largeLanguageModelId": "m2"}).get()
    check(f"{client}: found record", state(found), SECOND)
    model = api.follow(models[0]).to("self").get()
    check(f"{client}: self", state(model), FIRST)
    collection = api.follow(model).to("collection").get()
    check(f"{client}: collection", [state(one) for one in collection.embedded_many("largeLanguageModels")], [FIRST])
    for relation, name in (("llm:connection", "Connection"), ("llm:project", "One"), ("llm:createdBy", "Ann")):
        check(f"{client}: {relation}", api.follow(model).to(relation).get()["name"], name)
    # It has no way into arrays of links: its own request, by the href that it shows.
    names = [api.using_endpoint(link["href"]).get()["name"] for link in model["_links"]["llm:assignedProject"]]
    check(f"{client}: llm:assignedProject", names, ["One", "Two"])
    curies = {curie["name"]: curie for curie in model["_links"]["curies"]}
    check(f"{client}: curies are templates", curies["llm"]["templated"], True)
    documentation = urllib.parse.urljoin(root, uritemplate.expand(curies["llm"]["href"], rel="connection"))
    check(
        f"{client}: the curie's documentation", urllib.request.urlopen(documentation, timeout=10).read(),
        b"What llm:connection means.")


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_port}"
    for base in ("", root):
        server.fixture = Fixture(sys.argv[1], base)
        print(f"links as {'paths' if not base else 'whole URLs'}:")
        for follow in (follow_with_restnavigator, follow_with_halchemy):
            passed.clear()
            follow(root)
            for what in passed:
                print(f"  passed: {what}")
    server.shutdown()


if __name__ == "__main__":
    main()
