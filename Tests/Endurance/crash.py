"""kill -9 while clients write: what was acknowledged has to be there when the server is back.

SIGKILL takes the process, not the machine: what the kernel was given is kept. So this shows that an answer is not sent
before its transaction is committed, and that the database opens again; it does not show what a power failure does.
"""

import http.client
import json
import multiprocessing
import os
import random
import shutil
import sqlite3
import tempfile
import time

from registry import MODELS, Failure, Registry, body

CLIENTS = 4
JSON = {"Content-Type": "application/json", "Accept": "application/json"}
# What a client sends; the rest of a model the server sets.
SENT = sorted(json.loads(body("")))


class Writer:
    """A client that writes until the server is gone, over one connection, and remembers what was acknowledged.

    Nobody else touches its models, but for the one that all writers count up in.
    """

    def __init__(self, port, name, counter, seed):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.name = name
        self.counter = counter
        self.random = random.Random(seed)
        self.known = {}  # identifier: (members that were sent, entity tag), as last acknowledged
        self.deleted = set()
        self.counted = 0
        self.conflicts = 0
        self.acknowledged = 0
        self.problems = []
        # What was sent last and has no answer yet: (kind, identifier, members).
        self.pending = None

    def run(self):
        try:
            while True:
                self.step()
        except (OSError, http.client.HTTPException):
            pass  # The server was killed.
        except Failure as failure:
            self.problems.append(f"{self.name}: {failure}")
        self.connection.close()
        # Without what cannot go to another process.
        return {name: value for name, value in vars(self).items() if name not in ("connection", "random")}

    def step(self):
        choice = self.random.random()
        if not self.known or choice < 0.45:
            self.create()
        elif choice < 0.8:
            self.patch(self.random.choice(list(self.known)))
        elif choice < 0.88:
            self.delete(self.random.choice(list(self.known)))
        else:
            self.count()

    def ask(self, method, path, content=None, headers=()):
        self.connection.request(method, path, body=content, headers={**JSON, **dict(headers)})
        answer = self.connection.getresponse()
        return answer, answer.read()

    def done(self, answer, content, expected):
        if answer.status != expected:
            raise Failure(f"expected {expected}, found {answer.status}: {content[:300]!r}")
        self.pending = None
        self.acknowledged += 1

    def create(self):
        content = body(f"{self.name}-{self.acknowledged}", self.text())
        self.pending = ("create", None, json.loads(content))
        answer, made = self.ask("POST", MODELS, content)
        self.done(answer, made, 201)
        made = json.loads(made)
        self.known[made["_id"]] = ({name: made.get(name) for name in SENT}, answer.headers["ETag"])
        if any(made.get(name) != value for name, value in json.loads(content).items()):
            raise Failure(f"{made['_id']} is not what was sent")

    def patch(self, id):
        members, tag = self.known[id]
        members = {**members, "description": self.text()}
        self.pending = ("patch", id, members)
        patch = json.dumps({"description": members["description"]}).encode()
        fields = [("If-Match", tag)] if self.random.random() < 0.5 else []
        answer, content = self.ask("PATCH", f"{MODELS}/{id}", patch, fields)
        self.done(answer, content, 200)
        self.known[id] = (members, answer.headers["ETag"])

    def delete(self, id):
        self.pending = ("delete", id, None)
        answer, content = self.ask("DELETE", f"{MODELS}/{id}")
        self.done(answer, content, 204)
        del self.known[id]
        self.deleted.add(id)

    def count(self):
        """Adds one to the number that all writers share; with `If-Match` no count may get lost."""
        answer, content = self.ask("GET", f"{MODELS}/{self.counter}")
        if answer.status != 200:
            raise Failure(f"GET of the counter: {answer.status}")
        number = int(json.loads(content)["description"])
        patch = json.dumps({"description": str(number + 1)}).encode()
        self.pending = ("count", self.counter, None)
        answer, content = self.ask("PATCH", f"{MODELS}/{self.counter}", patch, [("If-Match", answer.headers["ETag"])])
        if answer.status == 412:
            self.pending = None
            self.conflicts += 1
            return
        self.done(answer, content, 200)
        self.counted += 1

    def text(self):
        # From a few bytes to some pages of the database, with characters of one to four bytes.
        letters = "".join(self.random.choices('ab"\\\n é日😀', k=self.random.choice([3, 30, 300, 3000, 12000])))
        return f"{self.name} {self.acknowledged} {letters}"


def write(queue, *arguments):
    queue.put(Writer(*arguments).run())


def check(model, members):
    return model is not None and all(model.get(name) == value for name, value in members.items())


def compare(found, logs, counted_before):
    """What is there beside what was acknowledged; returns the problems."""
    problems = [problem for log in logs for problem in log["problems"]]
    counter = logs[0]["counter"]
    expected = {counter}
    pending_names = set()
    for log in logs:
        kind, pending_id, pending_members = log["pending"] or (None, None, None)
        if kind == "create":
            pending_names.add(pending_members["name"])
        for id, (members, _) in log["known"].items():
            expected.add(id)
            if kind == "delete" and id == pending_id and id not in found:
                continue  # It was done, and the answer did not come through.
            if check(found.get(id), members):
                continue
            if kind == "patch" and id == pending_id and check(found.get(id), pending_members):
                continue
            problems.append(f"{id} ({members['name']}) is {'not as acknowledged' if id in found else 'lost'}")
        problems += [f"{id} is back, although it was deleted" for id in log["deleted"] if id in found]
    for id in found.keys() - expected:
        # A create whose answer did not come through may have been done, once.
        if found[id]["name"] in pending_names:
            pending_names.remove(found[id]["name"])
        else:
            problems.append(f"{id} ({found[id]['name']}) was not acknowledged and not sent")
    counted = counted_before + sum(log["counted"] for log in logs)
    pending = sum((log["pending"] or [None])[0] == "count" for log in logs)
    number = found[counter]["description"] if counter in found else "-1"
    if not counted <= int(number) <= counted + pending:
        problems.append(f"the counter is {number}, acknowledged were {counted}")
    return problems


def examine_copy(database, folder):
    """Opens a copy of the killed server's files with SQLite itself; the originals are for the server to recover."""
    copy = os.path.join(folder, "copy.sqlite")
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(copy + suffix):
            os.remove(copy + suffix)
        if os.path.exists(database + suffix):
            shutil.copyfile(database + suffix, copy + suffix)
    connection = sqlite3.connect(copy)
    try:
        problems = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        rows = connection.execute("SELECT id, record FROM models").fetchall()
    finally:
        connection.close()
    return problems, {id: json.loads(record) for id, record in rows}


def run(binary, kills, seed):
    chance = random.Random(seed)
    totals = {"acknowledged": 0, "unanswered": 0, "conflicts": 0}
    starts, wal_sizes = [], []
    tags = set()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="registry-crash-") as folder:
        database = os.path.join(folder, "models.sqlite")
        with Registry(binary, database) as server:
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
            connection.request("POST", MODELS, body("counter", "0"), JSON)
            counter = json.loads(connection.getresponse().read())["_id"]
            connection.close()
        before, counted = {}, 0
        for turn in range(kills):
            context = multiprocessing.get_context("fork")
            queue = context.SimpleQueue()
            with Registry(binary, database) as server:
                starts.append(server.start_seconds)
                clients = [
                    context.Process(
                        target=write, args=(queue, server.port, f"w{turn}-{number}", counter, chance.random()))
                    for number in range(CLIENTS)
                ]
                for client in clients:
                    client.start()
                time.sleep(chance.uniform(0.3, 3))
                server.kill()
                logs = [queue.get() for _ in clients]
                for client in clients:
                    client.join()
                failed = server.logged()
            if os.path.exists(database + "-wal"):
                wal_sizes.append(os.path.getsize(database + "-wal") / 1e6)
            problems, copied = examine_copy(database, folder)
            # Models of earlier turns have nobody who would change them.
            kept = {"counter": counter, "known": before, "deleted": set(), "counted": 0, "pending": None,
                    "problems": []}
            problems += compare(copied, [*logs, kept], counted)
            with Registry(binary, database) as server:
                found = server.models()
                if found != copied:
                    problems.append("the server and SQLite see different models")
                problems += check_tags(server, logs, tags)
            acknowledged = sum(log["acknowledged"] for log in logs)
            if acknowledged == 0:
                problems.append("no write was acknowledged at all")
            if problems:
                raise Failure("\n".join([f"kill {turn + 1} (--seed {seed}):", *problems[:20], failed]))
            totals["acknowledged"] += acknowledged
            totals["unanswered"] += sum(log["pending"] is not None for log in logs)
            totals["conflicts"] += sum(log["conflicts"] for log in logs)
            counted = int(found[counter]["description"])
            before = {id: ({name: model.get(name) for name in SENT}, None)
                      for id, model in found.items() if id != counter}
    print(f"crash: {kills} kills, {CLIENTS} clients: {totals['acknowledged']} writes acknowledged, "
          f"{totals['unanswered']} without an answer, {totals['conflicts']} conflicts at the counter; nothing lost, "
          f"{len(before)} models at the end; WAL at the kills up to {max(wal_sizes, default=0):.1f} MB; "
          f"start within {max(starts):.2f} s; {time.monotonic() - began:.0f} s in all (--seed {seed})")


def check_tags(server, logs, tags):
    """The entity tags still hold, and a new state gets one that was never there."""
    problems = []
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    for log in logs:
        pending_id = log["pending"][1] if log["pending"] else None
        for id, (_, tag) in list(log["known"].items())[-20:]:
            tags.add(tag)
            if id == pending_id:
                continue
            connection.request("GET", f"{MODELS}/{id}", headers={"Accept": "application/json", "If-None-Match": tag})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 304:
                problems.append(f"{id}: {answer.status} for its own entity tag {tag}")
        if log["known"]:
            id = next(iter(log["known"]))
            connection.request("PATCH", f"{MODELS}/{id}", json.dumps({"isDefault": False}), JSON)
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200 and answer.headers["ETag"] in tags:
                problems.append(f"{id}: the entity tag {answer.headers['ETag']} was given twice")
            elif answer.status not in (200, 404):
                problems.append(f"{id}: PATCH after the restart: {answer.status}")
    connection.close()
    return problems
