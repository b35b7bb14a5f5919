"""The end of the process, and its next start."""

import json
import socket
import threading
import time

from server import MODELS, SAMPLES, Server
from writing import NEW

RECORDS = 2000
LIST = f"{MODELS}?limit=1000000"


def make_records(path):
    """A document so large that it cannot wait in the buffers of sockets."""
    model = json.loads(SAMPLES.read_bytes())[0]
    with open(path, "w") as file:
        for index in range(RECORDS):
            one = {**model, "_id": f"{index:024x}", "description": "Ä" * 3000}
            file.write(json.dumps(one, ensure_ascii=False) + "\n")


class Reader(threading.Thread):
    """A client that takes a long answer slowly, and notes whether all of it came."""

    def __init__(self, registry, accept):
        super().__init__(daemon=True)
        self.body = b""
        self.head = b""
        self.is_complete = False
        self.go_on = threading.Event()
        self.connection = socket.socket()
        # Few bytes on the way, so that the server cannot have sent everything before it is asked to end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        self.connection.settimeout(60)
        self.connection.connect(("127.0.0.1", registry.port))
        self.connection.sendall(f"GET {LIST} HTTP/1.1\r\nHost: a\r\nAccept: {accept}\r\n\r\n".encode())
        while b"\r\n\r\n" not in self.head:
            self.head += self.connection.recv(1 << 12)
        self.head, _, self.rest = self.head.partition(b"\r\n\r\n")

    def run(self):
        self.go_on.wait(30)
        file = self.connection.makefile("rb")

        def read(count):
            piece, self.rest = self.rest[:count], self.rest[count:]
            return piece + file.read(count - len(piece))

        def line():
            if b"\n" in self.rest:
                found, _, self.rest = self.rest.partition(b"\n")
                return found
            found, self.rest = self.rest, b""
            return found + file.readline()

        pieces = []
        while True:
            text = line().strip()
            if not text:
                return  # The connection was closed in the middle.
            size = int(text, 16)
            if size == 0:
                self.body = b"".join(pieces)
                self.is_complete = True
                return
            pieces.append(read(size))
            read(2)


def graceful(group, server, folder):
    """SIGTERM while three clients are in the middle of a long answer: they get all of it, and the exit code is 0."""
    records = folder / "records.jsonl"
    make_records(records)
    with Server(server, folder, records=records) as registry:
        expected = {accept: registry.get(LIST, accept).body
                    for accept in ("application/json", "text/csv", "application/xml")}
        group.equal("the list has all records", len(json.loads(expected["application/json"])["items"]), RECORDS)
        registry.close()
        idle = socket.create_connection(("127.0.0.1", registry.port), timeout=30)
        idle.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        idle.recv(1 << 16)
        readers = {accept: Reader(registry, accept) for accept in expected}
        for reader in readers.values():
            reader.start()
        registry.process.terminate()
        time.sleep(1.0)
        group.that("the server waits for its clients", registry.process.poll() is None)
        try:
            with socket.create_connection(("127.0.0.1", registry.port), timeout=5) as late:
                late.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
                group.equal("nobody new is let in", late.recv(1 << 12), b"")
        except OSError:
            group.that("nobody new is let in", True)
        for reader in readers.values():
            reader.go_on.set()
        for accept, reader in readers.items():
            reader.join(60)
            group.that(f"the answer under way as {accept} is complete", reader.is_complete, repr(reader.head))
            group.that(f"the answer under way as {accept} is the whole list", reader.body == expected[accept],
                       f"{len(reader.body)} bytes instead of {len(expected[accept])}")
        idle.close()
        group.equal("exit code after SIGTERM", registry.terminate(), 0)
        group.that("nothing is left of the write-ahead log", not (folder / "models.sqlite-wal").exists()
                   or (folder / "models.sqlite-wal").stat().st_size == 0)


def again(group, server, folder):
    """The same database after SIGINT and after SIGKILL, with the same import."""
    with Server(server, folder) as registry:
        made = registry.send("POST", MODELS, type="application/json", body=json.dumps(NEW))
        cursor = registry.get(f"{MODELS}?limit=3").json["nextCursor"]
        before = registry.get(LIST, "application/xml")
        for end in ("SIGINT", "SIGKILL"):
            registry.close()
            if end == "SIGINT":
                registry.process.send_signal(2)
                group.equal("exit code after SIGINT", registry.process.wait(30), 0)
            else:
                registry.kill()
            registry.start()
            after = registry.get(LIST, "application/xml")
            group.equal(f"after {end}: the same records under the same tag", (after.body, after["ETag"]),
                        (before.body, before["ETag"]))
            group.equal(f"after {end}: If-None-Match", registry.get(
                LIST, "application/xml", ("If-None-Match", before["ETag"])).status, 304)
            group.equal(f"after {end}: what was made is there", registry.get(made["Location"]).body, made.body)
            group.equal(f"after {end}: a cursor from before", registry.get(f"{MODELS}?next={cursor}").status, 200)
