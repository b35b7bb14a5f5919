"""Starts the registry and has every group of checks at it.

Usage: check_server.py SERVER [LLMFMT]
"""

import os
import pathlib
import sys
import tempfile

import access
import changing
import codings
import description
import generated
import hal_clients
import hostile
import lifetime
import operation
import paging
import programs
import reading
import storage
import tables
import wire
import writing
from group import Group
from server import Server


def main(server, tool=None):
    passed = True
    os.environ["REGISTRY_API_KEY"] = ""  # An empty key is none.

    def run(name, function, *arguments):
        nonlocal passed
        passed = Group(name).run(function, *arguments) and passed

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def place(name):
            (folder / name).mkdir()
            return folder / name

        with Server(server, place("open")) as registry:
            run("representations" + ("" if tool else " (by field alone, without the tool)"),
                reading.representations, registry, tool)
            run("negotiation", reading.negotiation, registry)
            run("page, description, relations", reading.site, registry)
            run("curl", programs.with_curl, registry)
            run("Java", programs.with_java, registry)
            run("bodies in every format", writing.bodies, registry, tool)
            run("one format in, another out", writing.crossings, registry)
            run("preconditions", writing.preconditions, registry)
            run("refusals", writing.refusals, registry)
            run("tables of pages", tables.pages, registry, tool)
            run("tables as asked for", tables.parameters, registry)
            run("PUT", changing.replacing, registry)
            run("JSON Patch", changing.json_patch, registry)
            run("many in one POST", changing.lists, registry)
            run("times", changing.times, registry)
            run("preferences", changing.preferences, registry)
            run("what is done once", changing.once, registry)
            run("what every response has", changing.fixed, registry)
            run("content codings", codings.responses, registry)
            run("content codings of bodies", codings.bodies, registry, 1 << 20)
            run("pages", paging.pages, registry)
            run("cursors", paging.cursors, registry)
            run("HAL client restnavigator", hal_clients.restnavigator_follows, registry)
            run("HAL client halchemy", hal_clients.halchemy_follows, registry)
            run("generated client, openapi-python-client", generated.with_python_client, registry)
            run("generated client, openapi-generator", generated.with_generator, registry)
            run("refused heads", wire.heads, registry)
            run("Expect", wire.expectations, registry)
            run("HTTP/1.0", wire.old_clients, registry)
            run("other origins", wire.origins, registry)
            run("hostile requests", hostile.requests, registry)
            run("hostile bodies", hostile.bodies, registry)
        key = "sesame/1"
        options = ["--api-key", key, "--base-url", "https://models.example.com", "--max-body", "4096",
                   "--patience", "2"]
        with Server(server, place("guarded"), *options) as registry:
            run("key, base URL, limits", writing.limits, registry, key)
        run("a full disk", storage.faults, server, place("disk"))
        with Server(server, place("known"), *access.OPTIONS) as registry:
            run("the ways in", access.ways, registry)
        with Server(server, place("operated"), *operation.OPTIONS) as registry:
            run("links behind a proxy", operation.proxy, registry)
            run("metrics", operation.metrics, registry)
        with Server(server, place("strict"), "--strict", "--api-key", access.KEY) as registry:
            run("the reference's problems", access.strict, registry)
        run("the end of the process", lifetime.graceful, server, place("graceful"))
        run("its next start", lifetime.again, server, place("again"))
        with Server(server, place("described"), "--api-key", key) as registry:
            registry.fields = [("X-API-Key", key)]
            run("generated client with a key, openapi-python-client", generated.with_python_client, registry, key)
            run("generated client with a key, openapi-generator", generated.with_generator, registry, key)
            run("schemathesis", description.as_described, registry, key, "application/json", 50)
            run("schemathesis, as HAL", description.as_described, registry, key, "application/hal+json", 10)
    sys.exit(0 if passed else 1)


main(*sys.argv[1:])
