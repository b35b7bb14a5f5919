"""A full disk: what is to blame is told, and what is there can still be read."""

import json
import pathlib
import subprocess

from server import MODELS, Server
from writing import NEW, check_problem


class Disk:
    """A small file system of its own, in memory; `is_there` is false where mounting is not allowed."""

    def __init__(self, folder, size):
        self.folder = folder
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        self.is_there = subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.is_there:
            subprocess.run(["umount", "-l", str(self.folder)], check=False)


def faults(group, binary, folder):
    with Disk(folder, "2m") as disk:
        if not disk.is_there:
            group.note("nothing was tried, for file systems cannot be mounted here")
            group.that("nothing", True)
            return
        with Server(binary, folder) as registry:
            full(group, registry, folder)


def full(group, registry, folder):
    item = f"{MODELS}/{registry.items()[0]['_id']}"
    group.equal("health before", registry.get("/health").status, 200)
    filler = pathlib.Path(folder) / "filler"
    with open(filler, "wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
    large = json.dumps({**NEW, "description": "x" * 20_000})
    before = registry.get(item)["ETag"]
    for method, path, body in (("POST", MODELS, large), ("PATCH", item, json.dumps({"description": "y" * 20_000})),
                               ("POST", f"{item}/clone", json.dumps({"description": "y" * 20_000}))):
        answer = registry.send(method, path, type="application/json", body=body)
        check_problem(group, f"{method} {path} on a full disk", answer, 507)
        group.equal(f"{method} {path}: Retry-After", answer["Retry-After"], "60")
    check_problem(group, "health on a full disk", registry.get("/health"), 507)
    group.equal("reading from a full disk", (registry.get(item).status, registry.get(item)["ETag"]), (200, before))
    filler.unlink()
    group.equal("health when there is room again", registry.get("/health").status, 200)
    made = registry.send("POST", MODELS, type="application/json", body=large)
    group.equal("a write when there is room again", made.status, 201)
    registry.send("DELETE", made["Location"])

