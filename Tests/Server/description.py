"""Requests that schemathesis makes of `/openapi.json`: whatever comes back has to be what is described there."""

import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).parent
# All that it has, but for two. positive_data_acceptance: the description of a body in XML or CSV is no grammar of it,
# and a precondition or two cursors at once are refused rightly. negative_data_rejection: XML has no types, so the text
# of an element is never of a wrong one.
CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "missing_required_header", "unsupported_method", "allow_header_conformance",
    "use_after_free", "ensure_resource_availability", "ignored_auth",
]


def as_described(group, registry, key, accept, examples):
    operations = sum(len([name for name in path if name in ("get", "head", "post", "patch", "put", "delete")])
                     for path in registry.get("/openapi.json").json.get("paths", {}).values())
    group.that("the description has operations", operations >= 8, f"{operations} operations")
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(
            [pathlib.Path(sys.executable).parent / "schemathesis", "--config-file", FOLDER / "schemathesis.toml", "run",
             f"{registry.base}/openapi.json", "--header", f"X-API-Key: {key}", "--header", f"Accept: {accept}",
             "--checks", ",".join(CHECKS), "--seed", "7", "--max-examples", str(examples), "--no-color"],
            cwd=scratch, capture_output=True, text=True, timeout=300)
    generated = re.search(r"([0-9]+) generated", done.stdout)
    tested = re.search(r"Tested: ([0-9]+)", done.stdout)
    # The description itself is an operation that it counts as read.
    group.equal("every operation is tested", int(tested[1]) if tested else None, operations - 1)
    group.count += int(generated[1]) if generated else 0
    failures = done.stdout.partition("FAILURES ===")[2] or done.stdout + done.stderr
    group.that("everything is as described", done.returncode == 0, failures[:3000])
    group.that("the server is well", registry.is_well())
