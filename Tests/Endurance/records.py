"""Many models as JSON Lines, quickly: those of Benchmarks/generate.py again and again, each with its own `_id`."""

import os
import subprocess
import sys

GENERATE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Benchmarks", "generate.py")
DIFFERENT = 5000
MARK = b'"_id":"'


def write_models(out, count):
    """Writes `count` lines; equal arguments, equal bytes."""
    made = subprocess.run(
        [sys.executable, GENERATE, str(min(count, DIFFERENT)), "jsonl"], stdout=subprocess.PIPE, check=True).stdout
    halves = []
    for line in made.splitlines(keepends=True):
        start = line.index(MARK) + len(MARK)
        halves.append((line[:start], line[start + 24:]))
    for first in range(0, count, DIFFERENT):
        out.write(b"".join(
            b"%b%024x%b" % (before, first + number + 1, after)
            for number, (before, after) in enumerate(halves[:count - first])))
