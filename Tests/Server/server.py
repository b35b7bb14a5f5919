"""The server as a process, and requests that say exactly what they are told to."""

import http.client
import json
import pathlib
import re
import signal
import socket
import subprocess
import time

MODELS = "/v2.0/largelanguagemodels"
# What every response depends on.
VARY = "Accept, Accept-Encoding"
SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "Samples" / "Data" / "models.json"


class Answer:
    """What came back: the status, the fields in their order, the body."""

    def __init__(self, status, fields, body):
        self.status = status
        self.fields = fields
        self.body = body

    def __getitem__(self, name):
        """A field's value, several lines joined with commas as RFC 9110 section 5.3 has it; None without any."""
        values = [value for field, value in self.fields if field.lower() == name.lower()]
        return ", ".join(values) if values else None

    @property
    def json(self):
        return json.loads(self.body)

    def links(self):
        """The targets in `Link` (RFC 8288), by their relations."""
        return {rel: target for target, rel in re.findall(r'<([^>]*)>; rel="([^"]*)"', self["Link"] or "")}

    def without(self, *names):
        """The fields by their lower-case names, but for some."""
        return {field.lower(): value for field, value in self.fields if field.lower() not in names}


class Server:
    """A server process with a database of its own, listening at a free port. Use it in a `with`."""

    def __init__(self, binary, folder, *options, records=SAMPLES):
        self.command = [binary, "--port", "0", "--database", str(folder / "models.sqlite"), "--log-level", "info"]
        if records:
            self.command += ["--import", str(records)]
        self.command += options
        self.log = folder / "log.txt"
        self.fields = []
        self.connection = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()

    def start(self):
        """Waits until the server says where it listens."""
        with open(self.log, "ab") as log:
            begin = log.tell()
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            text = self.log.read_bytes()[begin:].decode(errors="replace")
            found = re.search(r"listening on [0-9.]+:([0-9]+)", text)
            if found:
                self.port = int(found[1])
                self.base = f"http://127.0.0.1:{self.port}"
                return
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}: {text}")
            time.sleep(0.02)
        raise RuntimeError(f"the server is not there after two minutes: {text}")

    def terminate(self, timeout=60):
        """Asks the server to end, as an init system does, and gives its exit code."""
        self.close()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout)

    def kill(self):
        self.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None

    def send(self, method, path, *fields, body=None, accept=None, type=None):
        """Sends a request with these fields and no others but `Host` and the body's length.

        Fields are pairs; one name may be there several times.
        """
        fields = list(self.fields) + list(fields)
        if accept is not None:
            fields.append(("Accept", accept))
        if type is not None:
            fields.append(("Content-Type", type))
        if isinstance(body, str):
            body = body.encode()
        for attempt in (1, 2):
            isNew = self.connection is None
            if isNew:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                self.connection.putrequest(method, path, skip_accept_encoding=True)
                for name, value in fields:
                    self.connection.putheader(name, value)
                if body is not None:
                    self.connection.putheader("Content-Length", str(len(body)))
                self.connection.endheaders(body)
                response = self.connection.getresponse()
                answer = Answer(response.status, response.getheaders(), response.read())
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                # The server may close an idle connection at any time; on a new one it has no business doing so.
                self.close()
                if isNew or attempt == 2:
                    raise
                continue
            if (answer["Connection"] or "").lower() == "close":
                self.close()
            return answer

    def get(self, path=MODELS, accept=None, *fields):
        return self.send("GET", path, *fields, accept=accept)

    def exchange(self, request, timeout=10):
        """Sends bytes as they are, and gives everything that comes until the server closes; and whether it did."""
        received = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            try:
                connection.sendall(request)
                while True:
                    piece = connection.recv(1 << 16)
                    if not piece:
                        return received, True
                    received += piece
            except (ConnectionResetError, BrokenPipeError):
                return received, True
            except TimeoutError:
                return received, False

    def items(self):
        """All records, as JSON has them."""
        return self.get(MODELS + "?limit=1000", "application/json").json["items"]

    def is_well(self):
        return self.process.poll() is None and self.get("/health").status == 200
