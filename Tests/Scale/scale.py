"""Time against size, and memory against gigabytes.

    scale.py LLMFMT growth [CASE…]
    scale.py LLMFMT streams [GIGABYTES]
"""

import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import threading
import time

import cases

# Four times the size may take so many times the user time: less than the 16 of a square, with room for noise.
GROWTH_LIMIT = 9.0
# Below this a time is start-up and noise.
SHORTEST = 0.02
# What a stream's memory may be, in megabytes.
STREAM_LIMIT = 64
SAMPLE = pathlib.Path(__file__).resolve().parents[2] / "Samples" / "Data" / "models.jsonl"


# Processor seconds after which a case counts as one that does not end.
PATIENCE = 60


def limit_time():
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))


def measure(command, source, limit=None):
    """User seconds, peak megabytes and exit code of a process that reads an open file."""
    process = subprocess.Popen(
        command, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limit)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime, usage.ru_maxrss / 1024, process.returncode


def growth(tool, chosen):
    """Each case at a quarter of its largest size and at all of it; the better of two runs."""
    failures = 0
    print(f"{'CASE':34}{'BYTES':>12}{'1/4 [s]':>10}{'ALL [s]':>10}{'RATIO':>8}{'MB':>8}")
    for name, generate, largest, arguments, expected in cases.CASES:
        if chosen and not any(word in name for word in chosen):
            continue
        seconds, peak, sizes, codes = [], 0, [], []
        for size in (largest // 4, largest):
            document = generate(size).encode()
            with tempfile.TemporaryFile() as source:
                source.write(document)
                runs = []
                for _ in range(2):
                    source.seek(0)
                    runs.append(measure([tool, *arguments, "-"], source, limit_time))
                    if runs[0][0] > 10:
                        break
                seconds.append(min(run[0] for run in runs))
                peak = max(run[1] for run in runs)
                codes.append(runs[0][2])
            sizes.append(len(document))
        ratio = seconds[1] / max(seconds[0], SHORTEST)
        # The sizes need not be exactly four times each other.
        is_straight = ratio <= GROWTH_LIMIT * sizes[1] / sizes[0] / 4
        is_expected = expected is None or codes == [expected, expected]
        mark = "" if is_straight and is_expected else "  FAILED" + ("" if is_expected else f": exit codes {codes}")
        failures += bool(mark)
        print(f"{name:34}{sizes[1]:12,}{seconds[0]:10.3f}{seconds[1]:10.3f}{ratio:8.1f}{peak:8.0f}{mark}", flush=True)
    return failures


def feed(pipe, total, is_array):
    """Writes about `total` bytes of records: lines, or one array."""
    lines = SAMPLE.read_bytes()
    if is_array:
        block = lines.rstrip(b"\n").replace(b"\n", b",\n")
        block = b",\n".join([block] * 20)
        first, separator, last = b"[", b",\n", b"]\n"
    else:
        block, first, separator, last = lines * 20, b"", b"", b""
    written = 0
    try:
        pipe.write(first)
        while written < total:
            pipe.write(separator + block if written else block)
            written += len(block)
        pipe.write(last)
        pipe.close()
    except BrokenPipeError:
        pass


def streams(tool, gigabytes):
    """Both shapes of JSON through every target; a tenth of the size first, to compare the memory."""
    failures = 0
    print(f"{'INPUT':8}{'TARGET':14}{'GB':>6}{'USER [s]':>10}{'MB/s':>8}{'PEAK MB':>10}")
    targets = [["json"], ["jsonl"], ["hal"], ["xml"], ["csv"], ["csv", "--spreadsheet"]]
    for form in ("jsonl", "array"):
        for target in targets:
            peaks = []
            for size in (gigabytes / 10, gigabytes):
                reading, writing = os.pipe()
                pipe = os.fdopen(writing, "wb", buffering=0)
                total = int(size * 1e9)
                feeder = threading.Thread(target=feed, args=(pipe, total, form == "array"))
                feeder.start()
                command = [tool, "--from", "jsonl" if form == "jsonl" else "json", "--to", *target]
                started = time.monotonic()
                with os.fdopen(reading, "rb", buffering=0) as source:
                    user, peak, code = measure(command, source)
                feeder.join()
                peaks.append(peak)
                elapsed = time.monotonic() - started
            is_flat = peaks[1] <= min(STREAM_LIMIT, peaks[0] * 1.2 + 2)
            mark = "" if is_flat and code == 0 else f"  FAILED: {peaks[0]:.0f} MB for a tenth, exit code {code}"
            failures += bool(mark)
            print(
                f"{form:8}{' '.join(target):14}{gigabytes:6.1f}{user:10.1f}{total / elapsed / 1e6:8.0f}{peaks[1]:10.0f}{mark}",
                flush=True)
    return failures


def main():
    tool, mode, *rest = sys.argv[1:]
    if mode == "growth":
        failures = growth(tool, rest)
    elif mode == "streams":
        failures = streams(tool, float(rest[0]) if rest else 5.0)
    else:
        sys.exit(f"there is no '{mode}'; there are growth and streams")
    sys.exit(1 if failures else 0)


main()
