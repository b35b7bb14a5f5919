"""Runs llmfmt on byte ranges; the bytes go from the file to its standard input inside the kernel."""

import os
import subprocess
import tempfile
import uuid
from dataclasses import dataclass

from splits import Split, read

DONE, REFUSED = 0, 65


@dataclass(frozen=True)
class Result:
    """How the tool ended: with 0, or with 65 if it refused records."""

    code: int
    messages: str


class ToolFailure(Exception):
    """The tool ended in another way, so the task may be tried again."""


def run(command: list[str], output: str, split: Split | None = None, text: bytes = b"") -> Result:
    """Runs the tool on a split, or on a text; the output appears as a whole or not at all.

    Each attempt of a task has a temporary file of its own, so two of them at a time do no harm.
    """
    temporary = f"{output}.{uuid.uuid4().hex}"
    try:
        with open(temporary, "wb") as target, tempfile.TemporaryFile() as messages:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=target, stderr=messages)
            try:
                feed(process.stdin, split, text)
            finally:
                process.stdin.close()
                code = process.wait()
            messages.seek(0)
            result = Result(code, messages.read().decode(errors="replace"))
            os.fsync(target.fileno())
        if code not in (DONE, REFUSED):
            raise ToolFailure(f"{command[0]} ended with {code}: {result.messages}")
        os.replace(temporary, output)
        return result
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


def feed(pipe, split: Split | None, text: bytes) -> None:
    try:
        if split is None:
            pipe.write(text)
            pipe.flush()
            return
        if split.start > 0 and split.header_end:
            # The rows of a part have the header of the whole table before them.
            pipe.write(read(split.file, 0, split.header_end))
            pipe.flush()
        with open(split.file, "rb") as source:
            end = os.fstat(source.fileno()).st_size if split.end is None else split.end
            offset = split.start
            while offset < end:
                count = os.sendfile(pipe.fileno(), source.fileno(), offset, end - offset)
                if count == 0:
                    raise ToolFailure(f"{split.file} became shorter while it was read")
                offset += count
    except BrokenPipeError:
        pass  # The tool has stopped at an error, which it reports.


def place(split: Split) -> list[str]:
    """The options by which errors have their places in the whole file."""
    if split.start == 0:
        return ["--input-name", split.file]
    line = split.first_line
    if split.header_end:
        line -= read(split.file, 0, split.header_end).count(b"\n")
    return ["--input-name", split.file, "--first-line", str(line), "--first-record", str(split.first_record)]
