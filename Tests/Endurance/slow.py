"""Clients that are slow, or gone in the middle: the server lets go of them, keeps nothing, and serves others meanwhile."""

import collections
import http.client
import multiprocessing
import os
import random
import socket
import sqlite3
import statistics
import struct
import tempfile
import time

from records import write_models
from registry import MODELS, Failure, Registry, body

PATIENCE = 3
# A slow client has to be let go of within this; the patience, once more for what was begun when it ran out, and room
# for a busy machine.
LET_GO_SECONDS = 2 * PATIENCE + 6
# Until the descriptors are back when everybody has left.
RECOVERY_SECONDS = 20
# Connections of the database's pool may be opened during a round; a WAL is a descriptor for each.
DESCRIPTOR_SLACK = 8
# glibc keeps what was freed, in an arena for each thread: hundreds of MB after such rounds, and more each time. Told to
# give it back, the resident size is what the server holds.
EXACT_MEMORY = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "65536", "MALLOC_MMAP_THRESHOLD_": "32768"}
# The first rounds fill what is filled once: threads, the page caches of the database's connections, kept pages.
# A leak of one answer in progress (a piece of 128 KiB for each stalled client) would be 30 MB in a round of 1,000.
GROWTH_MB = 10
POLITE_SECONDS = 2
# How many long lists the server sends at once; the others are told 503.
LISTS = 32
# More than the sockets of both sides can take between them, which is up to 10 MB on Linux, so that the server has to
# wait for its client.
LIST_RECORDS = 40_000

LIST = f"GET {MODELS}?limit=1000000 HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n".encode()
PAGE = f"GET {MODELS}?limit=1000 HTTP/1.1\r\nHost: x\r\nAccept: application/xml\r\n\r\n".encode()
# Cut anywhere within the last cell it is still a table with one model: whoever takes what came for everything stores it.
HALF = ("name,modelType,modelGroup,provider,connectionId,resourceLevel,isDefault,isCustomModel,projectId,description\n"
        "never-stored,gpt-4o,chat,openAI,d0374423-a957-48b1-bfd0-1defb19b8647,project,false,false,"
        "ee7ce4d40158c89a572d8b90,half").encode()


def post(length, path=MODELS, content_type="text/csv"):
    return f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n".encode()


class Client:
    """One connection. What it does is in the classes below."""

    first = b""  # what it sends at once
    each_second = b""  # what it sends every second from then on
    reads = None  # how many bytes it reads each second; None for all
    small_window = False
    status = None  # what it is to be told; under load it may be gone before it is

    def __init__(self, port):
        self.socket = socket.socket()
        if self.small_window:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.settimeout(10)
        self.socket.connect(("127.0.0.1", port))
        self.port = self.socket.getsockname()[1]
        self.socket.sendall(self.first)
        self.socket.setblocking(False)
        self.began = time.monotonic()
        self.let_go = None  # after how many seconds the server had closed its side
        self.answer = b""

    def tick(self):
        if self.socket.fileno() < 0:
            return
        try:
            if self.each_second:
                self.socket.send(self.each_second)
        except OSError:
            pass  # What the server does not take any more.
        try:
            while self.reads != 0:
                piece = self.socket.recv(self.reads or 1 << 16)
                self.answer = (self.answer + piece)[:4096]
                if not piece or self.reads is not None:
                    break
        except OSError:
            pass  # Nothing came, or nothing will.

    def reset(self):
        """Closes with RST instead of FIN."""
        if self.socket.fileno() < 0:
            return
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def told(self):
        """The status of the answer, if the client read that far."""
        return int(self.answer[9:12]) if len(self.answer) > 12 else None


class Silent(Client):
    """opens and says nothing"""


class HalfHead(Client):
    """sends half a head"""
    first = LIST[:40]


class TrickledHead(Client):
    """sends a head, a line of it each second"""
    first = LIST[:-2]
    each_second = b"X-Line: 1\r\n"


class HalfBody(Client):
    """sends half a body"""
    status = 408
    first = post(2 * len(HALF)) + HALF


class TrickledBody(Client):
    """sends a body, a byte each second"""
    status = 408
    first = post(100_000) + HALF
    each_second = b"x"


class TrickledChunks(Client):
    """sends a body in chunks without end, one each second"""
    status = 408
    first = post(0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked") + b"%x\r\n%s\r\n" % (len(HALF), HALF)
    each_second = b"1\r\nx\r\n"


class TrickledRefusedBody(Client):
    """goes on with a body that was refused, a byte each second"""
    status = 413
    first = post(1 << 30) + HALF
    each_second = b"x"


class TrickledUnreadBody(Client):
    """goes on with a body that nobody reads, a byte each second"""
    status = 405
    first = post(1 << 19, "/health") + HALF
    each_second = b"x"


class HalfClosedBody(Client):
    """shuts its side down after half a body"""
    status = 400
    first = post(2 * len(HALF)) + HALF

    def __init__(self, port):
        super().__init__(port)
        self.socket.shutdown(socket.SHUT_WR)


class DroppedBody(Client):
    """resets the connection after half a body"""
    first = post(2 * len(HALF)) + HALF

    def tick(self):
        if time.monotonic() - self.began > 0.5:
            self.reset()


class DroppedAnswer(Client):
    """resets the connection in the middle of a long list"""
    first = LIST
    reads = 65536

    def tick(self):
        super().tick()
        if time.monotonic() - self.began > 0.5:
            self.reset()


class UnreadList(Client):
    """asks for a long list and reads nothing"""
    first = LIST
    reads = 0


class UnreadListSmallWindow(UnreadList):
    """the same, with a small window"""
    small_window = True


class TrickledList(Client):
    """reads a long list, a byte each second"""
    first = LIST
    reads = 1
    small_window = True


class UnreadPages(Client):
    """asks for 20 pages at once and reads nothing"""
    first = PAGE * 20
    reads = 0
    small_window = True


class HalfClosedList(UnreadListSmallWindow):
    """asks for a long list, shuts its side down and reads nothing"""

    def __init__(self, port):
        super().__init__(port)
        self.socket.shutdown(socket.SHUT_WR)


class Lingering(Client):
    """has its answer, said "close" and stays"""
    status = 200
    first = LIST.replace(b"1000000", b"1").replace(b"Host: x", b"Host: x\r\nConnection: close")


class Idle(Client):
    """has its answer and stays"""
    status = 200
    first = LIST.replace(b"1000000", b"1")


class Nonsense(Client):
    """sends what is no request and stays"""
    status = 400
    first = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 8 + b"\r\n\r\n"


KINDS = [
    Silent, HalfHead, TrickledHead, HalfBody, TrickledBody, TrickledChunks, TrickledRefusedBody, TrickledUnreadBody,
    HalfClosedBody, DroppedBody, DroppedAnswer, UnreadList, UnreadListSmallWindow, TrickledList, UnreadPages,
    HalfClosedList, Lingering, Idle, Nonsense,
]


def be_polite(port, stop, queue):
    """A client as it should be: how long its answers took, until it is told to stop."""
    seconds, problems = [], []
    content = body("polite")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    turn = 0
    while not stop.is_set():
        turn += 1
        try:
            began = time.monotonic()
            if turn % 10 == 0:
                connection.request("POST", MODELS, content, {"Content-Type": "application/json"})
            else:
                connection.request("GET", f"{MODELS}?limit={2000 if turn % 5 == 0 else 25}")
            answer = connection.getresponse()
            answer.read()
            seconds.append(time.monotonic() - began)
            # All places for long lists may be taken by those who do not read theirs.
            if answer.status not in (200, 201) and (answer.status, turn % 10) != (503, 5):
                problems.append(f"status {answer.status}")
        except (OSError, http.client.HTTPException) as error:
            problems.append(repr(error))
            connection.close()
        time.sleep(0.03)
    connection.close()
    queue.put((seconds, problems))


class Round:
    def __init__(self, server, connections, chance, seconds):
        self.server = server
        self.seconds = seconds
        kinds = [KINDS[number % len(KINDS)] for number in range(connections)]
        chance.shuffle(kinds)
        self.clients = []
        self.peak_descriptors = 0
        self.last_tick = time.monotonic()
        for number, kind in enumerate(kinds):
            self.clients.append(kind(server.port))
            if number % 50 == 49:
                self.look()

    def look(self):
        """Lets a second pass for the clients if it is over, and sees who is still connected."""
        if time.monotonic() - self.last_tick >= 1:
            self.last_tick = time.monotonic()
            for client in self.clients:
                if client.let_go is None:
                    client.tick()
        peers = self.server.peers()
        now = time.monotonic()
        for client in self.clients:
            if client.let_go is None and client.port not in peers:
                client.let_go = now - client.began
        self.peak_descriptors = max(self.peak_descriptors, self.server.descriptors())

    def wait(self):
        while any(client.let_go is None for client in self.clients):
            now = time.monotonic()
            if all(now - client.began > self.seconds for client in self.clients if client.let_go is None):
                break
            time.sleep(0.1)
            self.look()

    def close(self):
        for client in self.clients:
            if client.socket.fileno() >= 0:
                if client.reads is None:
                    client.tick()
                client.socket.close()

    def table(self):
        """A line for each kind, and what was not as it has to be."""
        lines, problems = [], []
        for kind in KINDS:
            clients = [client for client in self.clients if type(client) is kind]
            if not clients:
                continue
            seconds = [client.let_go for client in clients if client.let_go is not None]
            statuses = collections.Counter(client.told() for client in clients)
            answers = ", ".join(f"{status or 'none'} × {count}" for status, count in statuses.most_common())
            if len(seconds) < len(clients):
                problems.append(f"never let go of {len(clients) - len(seconds)} of {len(clients)}: {kind.__doc__}")
            if kind.status and (statuses.keys() - {kind.status, None} or kind.status not in statuses):
                problems.append(f"expected {kind.status}, found {answers}: {kind.__doc__}")
            times = f"{min(seconds):5.1f} {statistics.median(seconds):5.1f} {max(seconds):5.1f}" if seconds else "never"
            lines.append(f"  {kind.__doc__:66} {times:>17}  {answers}")
        return lines, problems


def run(binary, connections, rounds, seed, slack):
    problems = []
    context = multiprocessing.get_context("fork")
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="registry-slow-") as folder:
        models = os.path.join(folder, "models.jsonl")
        with open(models, "wb") as out:
            write_models(out, LIST_RECORDS)
        database = os.path.join(folder, "models.sqlite")
        with Registry(binary, database, "--patience", str(PATIENCE), "--max-lists", str(LISTS), "--import", models,
                      start_seconds=300, environment=EXACT_MEMORY) as server:
            for limit in (25, 2000):  # what is opened once, and is no leak
                server.get(f"{MODELS}?limit={limit}")
            time.sleep(0.5)
            at_start = server.descriptors()
            print(f"slow: {connections} clients of {len(KINDS)} kinds at once, patience {PATIENCE} s; at the start "
                  f"{server.status('VmRSS'):.0f} MB, {at_start} descriptors", flush=True)
            sizes = []
            for turn in range(rounds):
                stop, queue = context.Event(), context.SimpleQueue()
                polite = context.Process(target=be_polite, args=(server.port, stop, queue))
                polite.start()
                server.forget_peak()
                cpu = sum(server.cpu())
                began = time.monotonic()
                slow = Round(server, connections, chance, LET_GO_SECONDS * slack)
                opened = time.monotonic() - began
                slow.wait()
                lasted = time.monotonic() - began
                slow.close()
                stop.set()
                seconds, refused = queue.get()
                polite.join()
                lines, found = slow.table()
                if turn == 0:
                    print(f"  {'':66} {'s until let go':>17}  answers")
                    print(f"  {'':66} {'min   med   max':>17}")
                if turn == 0 or found:
                    print("\n".join(lines))
                problems += [f"round {turn + 1}: {text}" for text in found]
                problems += [f"round {turn + 1}: the polite client: {text}" for text in refused[:5]]
                if max(seconds) > POLITE_SECONDS * slack:
                    problems.append(f"round {turn + 1}: the polite client waited {max(seconds):.2f} s")
                recovered = recovery(server, at_start)
                if recovered is None:
                    problems.append(f"round {turn + 1}: {server.descriptors()} descriptors are open "
                                    f"{RECOVERY_SECONDS} s after everybody left, at the start {at_start}")
                # Each long list that is being sent has a connection to the database.
                if server.database_descriptors() > LISTS + 16:
                    problems.append(f"round {turn + 1}: {server.database_descriptors()} descriptors of the database "
                                    f"are open, for {LISTS} lists at once")
                time.sleep(1)
                sizes.append(server.status("VmRSS"))
                print(f"  round {turn + 1}: all open after {opened:.1f} s, all gone after {lasted:.1f} s; polite client: "
                      f"{len(seconds)} answers, median {1000 * statistics.median(seconds):.0f} ms, longest "
                      f"{1000 * max(seconds):.0f} ms; {sum(server.cpu()) - cpu:.1f} s of CPU; "
                      f"descriptors up to {slow.peak_descriptors}, now {server.descriptors()} "
                      f"and {server.database_descriptors()} of the database; "
                      f"threads {server.threads()}; peak {server.status('VmHWM'):.0f} MB, now {sizes[-1]:.0f} MB",
                      flush=True)
                server.get(f"{MODELS}?limit=25")
            if len(sizes) > 2 and sizes[-1] - sizes[-2] > GROWTH_MB:
                problems.append(f"the server grew from {sizes[-2]:.0f} to {sizes[-1]:.0f} MB in the last round")
            connection = sqlite3.connect(database)
            stored = connection.execute(
                "SELECT count(*) FROM models WHERE CAST(record AS TEXT) LIKE '%never-stored%'").fetchone()[0]
            connection.close()
            if stored:
                problems.append(f"{stored} bodies were stored although only half of them came")
    if problems:
        raise Failure("\n".join(problems))


def recovery(server, at_start):
    """Seconds until the descriptors are back; None if they are not."""
    began = time.monotonic()
    while server.descriptors() > at_start + DESCRIPTOR_SLACK:
        if time.monotonic() - began > RECOVERY_SECONDS:
            return None
        time.sleep(0.1)
    return time.monotonic() - began
