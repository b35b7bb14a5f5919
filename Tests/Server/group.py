"""Checks that go on after a failure, counted and told by groups."""

import sys
import time
import traceback


def shown(value):
    text = repr(value)
    return text if len(text) <= 400 else text[:400] + "…"


class Group:
    """The checks of one subject."""

    def __init__(self, name):
        self.name = name
        self.count = 0
        self.failures = []
        self.notes = []

    def equal(self, what, actual, expected):
        self.that(what, actual == expected, f"got {shown(actual)}, expected {shown(expected)}")

    def one_of(self, what, actual, expected):
        self.that(what, actual in expected, f"got {shown(actual)}, expected one of {shown(expected)}")

    def that(self, what, condition, otherwise="does not hold"):
        self.count += 1
        if not condition:
            self.failures.append(f"{what}: {otherwise}")

    def note(self, text):
        """Something that whoever reads the result should know."""
        self.notes.append(text)

    def run(self, function, *arguments):
        """Runs the checks and prints the group's line; what is thrown is a failure like any other."""
        start = time.monotonic()
        try:
            function(self, *arguments)
        except Exception:
            self.failures.append(f"stopped by {traceback.format_exc()}")
        if self.count == 0 and not self.failures:
            self.failures.append("nothing was checked")
        state = "FAILED" if self.failures else "ok    "
        notes = "".join(f"; {note}" for note in self.notes)
        print(f"{state} {self.name}: {self.count} checks in {time.monotonic() - start:.1f} s{notes}", flush=True)
        for failure in self.failures[:40]:
            print(f"       {failure}", file=sys.stderr, flush=True)
        if len(self.failures) > 40:
            print(f"       and {len(self.failures) - 40} more", file=sys.stderr, flush=True)
        return not self.failures
