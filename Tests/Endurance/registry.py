"""The server as a process: starts it, asks it, and reads from /proc what it takes."""

import http.client
import json
import os
import signal
import socket
import subprocess
import tempfile
import time

MODELS = "/v2.0/largelanguagemodels"
TICKS = os.sysconf("SC_CLK_TCK")
# States of /proc/net/tcp.
LISTEN = "0A"
OPEN_STATES = {"01", "03", "08"}  # ESTABLISHED, SYN_RECV, CLOSE_WAIT


class Failure(Exception):
    """Something is not as it has to be."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Registry:
    """A running server; `with` kills it at the end."""

    def __init__(self, binary, database, *arguments, start_seconds=30, environment=()):
        self.database = database
        self.log = tempfile.TemporaryFile()
        began = time.monotonic()
        # Somebody may take the port between finding it and listening at it; the server ends then, and another is tried.
        for _ in range(3):
            self.port = free_port()
            self.process = subprocess.Popen(
                [binary, "--port", str(self.port), "--database", database, "--log-level", "error", *arguments],
                stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT,
                env={**os.environ, **dict(environment)})
            if self._answers(began + start_seconds):
                break
        else:
            raise Failure(f"the server does not start: {self.logged()}")
        self.start_seconds = time.monotonic() - began
        self.pid = self.process.pid

    def _answers(self, deadline):
        while self.process.poll() is None:
            try:
                self.get("/health", timeout=5)
                return True
            except OSError:
                if time.monotonic() > deadline:
                    self.process.kill()
                    self.process.wait()
                    raise Failure(f"the server does not answer {MODELS}: {self.logged()}") from None
                time.sleep(0.02)
        return False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    def kill(self):
        """SIGKILL: the process has no time to do anything more."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def logged(self):
        self.log.seek(0)
        return self.log.read()[-2000:].decode(errors="replace")

    # MARK: Asking

    def get(self, path, accept="application/json", timeout=60):
        """The head and the whole body of an answer with status 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path, headers={"Accept": accept})
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise Failure(f"GET {path}: {answer.status} {body[:300]!r}")
        return answer, body

    def models(self):
        """All models, by their identifier."""
        _, body = self.get(f"{MODELS}?limit=1000000", timeout=120)
        return {model["_id"]: model for model in json.loads(body)["items"]}

    # MARK: What it takes

    def status(self, name):
        """A line of /proc/PID/status, such as VmRSS or VmHWM, in MB."""
        with open(f"/proc/{self.pid}/status") as lines:
            for line in lines:
                if line.startswith(name + ":"):
                    return int(line.split()[1]) / 1024
        raise Failure(f"the server is gone: {self.logged()}")

    def forget_peak(self):
        """Makes VmHWM begin anew at what the process has now."""
        with open(f"/proc/{self.pid}/clear_refs", "w") as file:
            file.write("5")

    def cpu(self):
        """User and system seconds until now."""
        with open(f"/proc/{self.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return int(fields[11]) / TICKS, int(fields[12]) / TICKS

    def descriptors(self):
        """How many file descriptors are open, without those of the database file."""
        return self._descriptors()[0]

    def database_descriptors(self):
        """How many are open of the database file itself.

        SQLite cannot close one while another connection of the process has a lock on the file, for POSIX takes all locks
        of a process away with the first descriptor that it closes. It keeps them for the next connections instead. So
        there are as many as there ever were connections at once, and that is no leak.
        """
        return self._descriptors()[1]

    def _descriptors(self):
        folder = f"/proc/{self.pid}/fd"
        others = database = 0
        for name in os.listdir(folder):
            try:
                if os.readlink(f"{folder}/{name}") == os.path.realpath(self.database):
                    database += 1
                else:
                    others += 1
            except FileNotFoundError:
                pass  # It was closed meanwhile.
        return others, database

    def threads(self):
        """How many threads run."""
        return len(os.listdir(f"/proc/{self.pid}/task"))

    def peers(self):
        """The ports of the clients whose connections the server holds or has not accepted yet.

        Not all that the kernel still has: what a server closed without everything being read lives on there, without an
        owner, until it gives up. What waits to be accepted has no owner either, but the server's side of it is open.
        """
        ports = set()
        with open("/proc/net/tcp") as lines:
            next(lines)
            for line in lines:
                fields = line.split()
                is_open = fields[9] != "0" or fields[3] in OPEN_STATES
                if int(fields[1].rsplit(":", 1)[1], 16) == self.port and fields[3] != LISTEN and is_open:
                    ports.add(int(fields[2].rsplit(":", 1)[1], 16))
        return ports


def body(name, description="made by Tests/Endurance"):
    """The JSON of a model that can be created."""
    return json.dumps({
        "name": name, "description": description, "modelType": "gpt-4o", "modelGroup": "chat", "provider": "openAI",
        "connectionId": "d0374423-a957-48b1-bfd0-1defb19b8647", "resourceLevel": "project", "isDefault": False,
        "isCustomModel": False, "projectId": "ee7ce4d40158c89a572d8b90",
    }, separators=(",", ":")).encode()
