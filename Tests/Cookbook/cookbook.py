"""Runs the console blocks of docs/cookbook.md, one after another in a folder that has the files of Samples/Data.

    cookbook.py TOOL [--update]

A line with "$ " is a command, one with "> " continues it, and what follows is its output, of both streams, with LF for
CRLF. `<!-- needs: jq -->` before a block names programs without which it is passed over; `python3:NAME` is a module. With
--update the outputs that were found are written to the page.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/cookbook.md"
BLOCK = re.compile(r"(?:<!-- needs: (?P<needs>.*?) -->\n)?```console\n(?P<body>.*?)```\n", re.S)
END = "\x01end\x01"


def commands(body):
    """The commands of a block, each with its output."""
    found = []
    for line in body.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append([line[2:], ""])
        elif line.startswith("> ") and not found[-1][1]:
            found[-1][0] += line[2:]
        else:
            found[-1][1] += line
    return found


def run(body, folder, environment):
    """What the commands of a block print, run in one shell."""
    script = "exec 2>&1\nlast() { return $1; }\n"
    for command, _ in commands(body):
        # The exit code is there for the next command.
        script += f"{command}status=$?; printf '\\001end\\001'; last $status\n"
    result = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=120)
    outputs = result.stdout.decode().replace("\r\n", "\n").split(END)
    return outputs[:-1]


def is_there(need):
    program, _, module = need.partition(":")
    if not shutil.which(program):
        return False
    return not module or subprocess.run([program, "-c", f"import {module}"], capture_output=True).returncode == 0


def main():
    tool, *rest = sys.argv[1:]
    page = PAGE.read_text(encoding="utf-8")
    wrong, ran, passed_over = 0, 0, {}
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        folder = scratch / "work"
        shutil.copytree(ROOT / "Samples/Data", folder)
        (scratch / "bin").mkdir()
        (scratch / "bin/llmfmt").symlink_to(pathlib.Path(tool).resolve())
        environment = os.environ | {
            "PATH": f"{scratch / 'bin'}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "HOME": str(scratch), "TZ": "UTC"}

        def check(match):
            nonlocal wrong, ran
            missing = [need for need in (match["needs"] or "").split() if not is_there(need)]
            if missing:
                passed_over[" ".join(missing)] = passed_over.get(" ".join(missing), 0) + 1
                return match.group()
            outputs = run(match["body"], folder, environment)
            body = ""
            for (command, expected), output in zip(commands(match["body"]), outputs, strict=True):
                ran += 1
                if output and not output.endswith("\n"):
                    output += "\n"
                if output != expected:
                    wrong += 1
                    print(f"$ {command}expected:\n{expected}found:\n{output}")
                body += "$ " + command.rstrip("\n").replace("\n", "\n> ") + "\n" + output
            return match.group().replace(match["body"], body)

        updated = BLOCK.sub(check, page)
    if rest == ["--update"]:
        PAGE.write_text(updated, encoding="utf-8")
    skipped = "".join(f"; {count} blocks passed over: there is no {name}" for name, count in passed_over.items())
    print(f"{ran} commands of docs/cookbook.md, {wrong} with another output{skipped}")
    return 1 if wrong and not rest or not ran else 0


if __name__ == "__main__":
    sys.exit(main())
