"""Lists of a million models in every representation: the server's memory stays flat, and what arrives is all of it."""

import collections
import csv
import http.client
import io
import json
import multiprocessing
import os
import socket
import subprocess
import tempfile
import threading
import time
import zlib
from xml.parsers import expat

from records import write_models
from registry import MODELS, Failure, Registry

# Between a list and one of twenty times its length. What the server has in hand is a piece of some hundred KiB in each
# stage and SQLite's cache of 2 MB; the rest is how the allocator happens to keep memory.
FLAT_MB = 16
# On a busy machine there are moments with 10 to 50 MB more, and less than a second later they are over: a write waits
# for the client only once the event loop's thread has seen that it has to, and while that thread is kept off its core
# the next pieces are made. A list that is gathered anywhere has its peak every time, so an answer with a high one is asked
# for again.
ATTEMPTS = 4
# No answer may take longer, not even from a debug build.
SECONDS = 1200
PIECE = 1 << 20


def run(binary, tool, count):
    problems = []
    with tempfile.TemporaryDirectory(prefix="registry-stream-") as folder:
        database = os.path.join(folder, "models.sqlite")
        import_models(binary, database, count, folder)
        small = min(50_000, count // 10)
        print(f"  {'':25} {'MB':>7} {'MB/s':>6} {'user s':>7} {'sys s':>6} {'1st byte':>9} {'peak MB':>17}  at the client")
        print(f"  {'':25} {'':7} {'':6} {'':7} {'':6} {'':9} {f'{small:,}':>8} {f'{count:,}':>8}", flush=True)
        lines = {}
        for accept, (read, form) in REPRESENTATIONS.items():
            with Registry(binary, database) as server:
                server.get(f"{MODELS}?limit=25", accept)
                short = Answer(server, accept, small)
                long = Answer(server, accept, count)
                peaks = [long.peak]
                while min(peaks) - short.peak > FLAT_MB and len(peaks) < ATTEMPTS:
                    peaks.append(Answer(server, accept, count).peak)
                if min(peaks) - short.peak > FLAT_MB:
                    problems.append(f"{accept}: the peak grew from {short.peak:.0f} to {min(peaks):.0f} MB")
                notes = [f"again {' '.join(f'{peak:.1f}' for peak in peaks[1:])} MB"] if peaks[1:] else []
                try:
                    notes.append(read(server, accept, count))
                    if tool and form:
                        lines[accept] = tool_lines(tool, server, accept, form)
                        notes.append(f"llmfmt: {lines[accept][0]:,} records")
                except (Failure, OSError, ValueError, expat.ExpatError, csv.Error, http.client.HTTPException) as error:
                    problems.append(f"{accept}: {error}")
                print(f"  {accept:25} {long.size / 1e6:7.1f} {long.size / 1e6 / long.seconds:6.0f} {long.user:7.2f} "
                      f"{long.system:6.2f} {1000 * long.first:6.0f} ms {short.peak:8.1f} {long.peak:8.1f}  "
                      f"{'; '.join(notes)}", flush=True)
        for accept, (found, checksum) in lines.items():
            if (found, checksum) != (count, next(iter(lines.values()))[1]):
                problems.append(f"{accept}: the tool makes other JSON Lines of it than of the first one")
    if problems:
        raise Failure("\n".join(problems))


def import_models(binary, database, count, folder):
    """Through a named pipe, so that the file needs no room on the disk."""
    pipe = os.path.join(folder, "models.jsonl")
    os.mkfifo(pipe)
    source = multiprocessing.get_context("fork").Process(target=feed, args=(pipe, count), daemon=True)
    source.start()
    try:
        with Registry(binary, database, "--import", pipe, start_seconds=SECONDS) as server:
            health = json.loads(server.get("/health")[1])
            print(f"stream: {count:,} models imported and served after {server.start_seconds:.1f} s, "
                  f"{sum(server.cpu()):.1f} s of CPU, peak {server.status('VmHWM'):.0f} MB; "
                  f"database {os.path.getsize(database) / 1e6:.0f} MB", flush=True)
    finally:
        source.terminate()
        source.join()
    if health["largeLanguageModels"] != count:
        raise Failure(f"{health['largeLanguageModels']} of {count} models were imported")


def feed(pipe, count):
    with open(pipe, "wb") as out:
        write_models(out, count)


class Answer:
    """One list, read as fast as it comes and thrown away; what it took."""

    def __init__(self, server, accept, limit):
        server.forget_peak()
        user, system = server.cpu()
        began = time.monotonic()
        self.size = 0
        self.peak = 0
        self.first = None
        end = b""
        piece = memoryview(bytearray(PIECE))
        with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
            connection.sendall(
                f"GET {MODELS}?limit={limit} HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\nConnection: close\r\n\r\n".encode())
            while count := connection.recv_into(piece):
                if self.first is None:
                    self.first = time.monotonic() - began
                    if not bytes(piece[:13]) == b"HTTP/1.1 200 ":
                        raise Failure(f"{accept}: {bytes(piece[:count])[:300]!r}")
                self.size += count
                end = (end + bytes(piece[max(0, count - 5):count]))[-5:]
        self.seconds = time.monotonic() - began
        if end != b"0\r\n\r\n":
            raise Failure(f"{accept}: the answer ends with {end!r} after {self.size:,} bytes")
        self.user, self.system = (now - before for now, before in zip(server.cpu(), (user, system)))
        self.peak = server.status("VmHWM")


def opened(server, accept, limit):
    """The answer's body, to read from without its chunks."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", f"{MODELS}?limit={limit}", headers={"Accept": accept})
    answer = connection.getresponse()
    if answer.status != 200:
        raise Failure(f"{accept}: {answer.status}")
    return answer


# MARK: Reading without the toolkit

def read_json(server, accept, count):
    """Each record alone, and around them what is left of the document when they are gone."""
    decode = json.JSONDecoder().raw_decode
    text, position, number = "", 0, 0
    start = '"items":[' if accept == "application/json" else '"largeLanguageModels":['
    with io.TextIOWrapper(io.BufferedReader(opened(server, accept, count), PIECE), "utf-8", newline="") as source:
        text = source.read(1 << 16)
        head = text[:text.index(start) + len(start)]
        position = len(head)
        while True:
            if len(text) - position < 1 << 16:
                text = text[position:] + source.read(PIECE)
                position = 0
            if text[position] == "]":
                break
            if number > 0:
                if text[position] != ",":
                    raise Failure(f"found {text[position:position + 20]!r} behind record {number}")
                position += 1
            record, position = decode(text, position)
            number += 1
            if record["_id"] != f"{number:024x}":
                raise Failure(f"record {number} is {record['_id']}")
        rest = json.loads(head + text[position:] + source.read())
    if number != count:
        raise Failure(f"{number} records")
    if rest.get("total", rest.get("totalItems", count)) != count:
        raise Failure(f"what stands around the records is {rest}")
    return f"{number:,} records, {', '.join(rest)}"


def read_xml(server, accept, count):
    depth = number = 0
    names = collections.Counter()

    def start(name, _):
        nonlocal depth, number
        depth += 1
        if depth == 2:
            number += 1
            names[name] += 1

    def end(_):
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    answer = opened(server, accept, count)
    while piece := answer.read(PIECE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    if names["largeLanguageModel"] != count:
        raise Failure(f"the root has {dict(names)}")
    return f"{count:,} of {number:,} elements, well-formed"


def read_csv(server, accept, count):
    has_header = "absent" not in accept
    with io.TextIOWrapper(io.BufferedReader(opened(server, accept, count), PIECE), "utf-8", newline="") as source:
        rows = csv.reader(source, strict=True)
        header = next(rows) if has_header else None
        identifier = header.index("_id") if header else None
        width, number = len(header) if header else None, 0
        for row in rows:
            number += 1
            if width is None:
                width, identifier = len(row), row.index(f"{number:024x}")
            if len(row) != width or row[identifier] != f"{number:024x}":
                raise Failure(f"row {number} has {len(row)} cells of {width}, identifier {row[identifier:][:1]}")
    if number != count:
        raise Failure(f"{number} rows")
    return f"{number:,} rows of {width} cells"


# What the toolkit's own reader is to be told, for the representations that it can read without more.
REPRESENTATIONS = {
    "application/json": (read_json, "json"),
    "application/hal+json": (read_json, "hal"),
    "application/xml": (read_xml, "xml"),
    "text/xml": (read_xml, "xml"),
    "text/csv": (read_csv, "csv"),
    "text/csv;header=absent": (read_csv, None),
}


# MARK: Reading with it

def tool_lines(tool, server, accept, form):
    """How many JSON Lines the tool makes of the answer, and their checksum."""
    process = subprocess.Popen(
        [tool, "convert", "-", "--from", form, "--to", "jsonl", "--quiet"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    failures = []

    def pump():
        try:
            answer = opened(server, accept, 1_000_000)
            while piece := answer.read(PIECE):
                process.stdin.write(piece)
        except (OSError, Failure, http.client.HTTPException) as failure:
            failures.append(failure)
        process.stdin.close()

    pumping = threading.Thread(target=pump)
    pumping.start()
    count = checksum = 0
    while piece := process.stdout.read(PIECE):
        count += piece.count(b"\n")
        checksum = zlib.crc32(piece, checksum)
    pumping.join()
    if process.wait() != 0 or failures:
        raise Failure(f"llmfmt ended with {process.returncode}; {failures}")
    return count, checksum
