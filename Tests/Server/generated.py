"""Clients that two generators make of `/openapi.json`: each calls every operation."""

import contextlib
import importlib
import pathlib
import subprocess
import sys
import tempfile

from server import MODELS

NEW = {
    "name": "Generated", "modelType": "gpt-4o", "provider": "openAI",
    "connectionId": "5a1c2b3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", "projectId": "0123456789abcdef01234567", "isDefault": False,
    "fallbacks": [{"isFallbackEnabled": True, "fallbackLLMReferenceId": "6a1c2b3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"}],
}


@contextlib.contextmanager
def client_package(registry, name, *command):
    """Generates a client of the registry's description and makes its package importable."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        document = folder / "openapi.json"
        document.write_bytes(registry.get("/openapi.json").body)
        done = subprocess.run(
            [pathlib.Path(sys.executable).parent / command[0], *command[1:]], cwd=folder, capture_output=True, text=True,
            timeout=240)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        sys.path.insert(0, str(folder / "client"))
        try:
            yield importlib.import_module(name), done.stdout + done.stderr
        finally:
            sys.path.pop(0)
            # The next one has the same name.
            for module in [one for one in sys.modules if one.partition(".")[0] == name]:
                del sys.modules[module]


def operations(registry):
    """The identifiers of all operations."""
    return [method["operationId"] for path in registry.get("/openapi.json").json["paths"].values()
            for name, method in path.items() if name != "parameters"]


def with_python_client(group, registry, key=None):
    """openapi-python-client: a function for each operation, values of attrs."""
    command = ["openapi-python-client", "generate", "--path", "openapi.json", "--output-path", "client/attrs_client",
               "--meta", "none"]
    with client_package(registry, "attrs_client", *command) as (package, log):
        group.that("every operation is generated", "will not be generated" not in log, log[:2000])
        modules = {path.stem: ".".join(path.parts[-4:-1]) for path in pathlib.Path(sys.path[0]).glob("*/api/*/*.py")
                   if path.stem != "__init__"}
        group.equal("the number of operations", len(modules), len(operations(registry)))
        models = importlib.import_module("attrs_client.models")
        client = package.Client(base_url=registry.base, headers={"X-API-Key": key} if key else {})

        def call(name, *path, **arguments):
            module = importlib.import_module(f"{modules.pop(name)}.{name}")
            return module.sync_detailed(*path, client=client, **arguments)

        page = call("list_large_language_models", limit=3)
        group.equal("a page", ([one.field_id for one in page.parsed.items], page.parsed.total),
                    ([one["_id"] for one in registry.items()[:3]], len(registry.items())))
        group.equal("its header fields", call("head_large_language_models").status_code, 200)
        made = call("create_large_language_model", body=models.NewLargeLanguageModel.from_dict(NEW))
        group.equal("a new model", (made.status_code, made.parsed.name), (201, NEW["name"]))
        identifier = made.parsed.field_id
        found = call("get_large_language_model", identifier)
        group.equal("it is found", (found.status_code, found.parsed), (200, made.parsed))
        group.equal("its header fields", call("head_large_language_model", identifier).headers["ETag"],
                    found.headers["ETag"])
        changed = call("update_large_language_model", identifier, if_match=found.headers["ETag"],
                       body=models.LargeLanguageModelPatch.from_dict({"description": "Changed"}))
        group.equal("a change", (changed.status_code, changed.parsed.description), (200, "Changed"))
        put = call("replace_large_language_model", identifier, body=models.NewLargeLanguageModel.from_dict(NEW))
        group.equal("a replacement", (put.status_code, put.parsed.name), (200, NEW["name"]))
        many = call("create_large_language_models", body=models.NewLargeLanguageModelList(
            items=[models.NewLargeLanguageModel.from_dict(NEW)] * 2))
        group.equal("many new models", (many.status_code, [one.name for one in many.parsed]), (201, [NEW["name"]] * 2))
        for one in many.parsed:
            registry.send("DELETE", f"{MODELS}/{one.field_id}")
        copy = call("clone_large_language_model", identifier,
                    body=models.LargeLanguageModelPatch.from_dict({"name": "Copy"}))
        group.equal("a copy", (copy.status_code, copy.parsed.name), (201, "Copy"))
        tested = call("test_large_language_model", identifier)
        group.equal("a test", (tested.status_code, tested.parsed.code), (501, "1009"))
        group.equal("deletion", call("delete_large_language_model", identifier).status_code, 204)
        group.equal("deletion of the copy", registry.send("DELETE", f"{MODELS}/{copy.parsed.field_id}").status, 204)
        group.equal("health", call("get_health").parsed.status, "ok")
        group.equal("the description", call("get_open_api").parsed.to_dict()["openapi"], "3.1.0")
        group.that("a relation", "clone" in call("get_relation", "clone").parsed)
        group.equal("operations that were not called", sorted(modules), [])


def with_generator(group, registry, key=None):
    """openapi-generator: a class for each tag, values of pydantic."""
    command = ["openapi-generator-cli", "generate", "-i", "openapi.json", "-g", "python", "-o", "client",
               "--package-name", "pydantic_client"]
    with client_package(registry, "pydantic_client", *command) as (package, _):
        client = package.ApiClient(package.Configuration(host=registry.base, api_key={"APIKeyHeader": key} if key else {}))
        models = package.LargeLanguageModelsApi(client)
        site = package.RegistryApi(client)
        left = {name for api in (models, site) for name in dir(api)
                if not name.startswith("_") and name + "_with_http_info" in dir(api)}
        group.equal("the number of operations", len(left), len(operations(registry)))

        def call(name, *arguments, **others):
            left.discard(name)
            return getattr(models if hasattr(models, name) else site, name + "_with_http_info")(*arguments, **others)

        page = call("list_large_language_models", limit=3)
        group.equal("a page", ([one.id for one in page.data.items], page.data.total),
                    ([one["_id"] for one in registry.items()[:3]], len(registry.items())))
        group.equal("its header fields", call("head_large_language_models").status_code, 200)
        made = call("create_large_language_model", package.NewLargeLanguageModel.from_dict(NEW))
        group.equal("a new model", (made.status_code, made.data.name), (201, NEW["name"]))
        identifier = made.data.id
        found = call("get_large_language_model", identifier)
        group.equal("it is found", (found.status_code, found.data), (200, made.data))
        group.equal("its header fields", call("head_large_language_model", identifier).headers["ETag"],
                    found.headers["ETag"])
        changed = call("update_large_language_model", identifier, {"description": "Changed"},
                       if_match=found.headers["ETag"])
        group.equal("a change", (changed.status_code, changed.data.description), (200, "Changed"))
        put = call("replace_large_language_model", identifier, package.NewLargeLanguageModel.from_dict(NEW))
        group.equal("a replacement", (put.status_code, put.data.name), (200, NEW["name"]))
        many = call("create_large_language_models", {"items": [NEW, NEW]})
        group.equal("many new models", (many.status_code, [one.name for one in many.data]), (201, [NEW["name"]] * 2))
        for one in many.data:
            registry.send("DELETE", f"{MODELS}/{one.id}")
        copy = call("clone_large_language_model", identifier, body={"name": "Copy"})
        group.equal("a copy", (copy.status_code, copy.data.name), (201, "Copy"))
        try:
            group.equal("a test", call("test_large_language_model", identifier).status_code, 501)
        except package.ApiException as problem:
            group.equal("a test", (problem.status, problem.data.code), (501, "1009"))
        group.equal("deletion", call("delete_large_language_model", identifier).status_code, 204)
        group.equal("deletion of the copy", call("delete_large_language_model", copy.data.id).status_code, 204)
        group.equal("health", call("get_health").data.status, "ok")
        group.equal("the description", call("get_open_api").data["openapi"], "3.1.0")
        group.that("a relation", "clone" in call("get_relation", "clone").data)
        group.equal("operations that were not called", sorted(left), [])
