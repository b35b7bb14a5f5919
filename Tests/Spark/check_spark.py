"""Converts records with Samples/Spark in four parts and more, and with one process: check_spark.py LLMFMT RECORDS"""

import contextlib
import gzip
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "Samples/Spark"
sys.path.insert(0, str(SAMPLE))

import convert
from pyspark import SparkConf, SparkContext

MASTER = "local[2,3]"  # two threads, three attempts of a task
BAD_RECORD = b'{"name":"bad \xc3\xa9","isDefault":maybe}\n'
BAD_ROW = b'"no\nrow"\n'

# Fails the first time that it gets the second part: after half of its output, as a machine that is switched off would.
FAILS_ONCE = """#!/bin/sh
case "$*" in
    *--columns-file*--no-header* | *--no-envelope*--first-line* | *--first-line*--no-envelope*)
        if mkdir {folder}/failed 2> {folder}/null; then
            head -c 1000000 | {tool} --from jsonl --to jsonl
            kill -9 $$
        fi ;;
esac
exec {tool} "$@"
"""


class Check:
    def __init__(self, tool: str, folder: pathlib.Path) -> None:
        self.tool, self.folder = tool, folder
        self.failures = self.count = 0
        configuration = SparkConf().setMaster(MASTER).setAppName("check").set("spark.ui.enabled", "false")
        configuration.set("spark.ui.showConsoleProgress", "false")
        self.context = SparkContext.getOrCreate(configuration)

    def spark(self, name: str, arguments: list[str], tool: str) -> tuple[int, str]:
        """The exit code and the messages of a job: of the first as a program of its own, of others in one context."""
        words = ["--llmfmt", tool, "-o", str(self.folder / f"{name}.spark"), *arguments]
        if self.count == 1:
            command = [pathlib.Path(sys.executable).parent / "spark-submit", "--master", MASTER, SAMPLE / "convert.py"]
            job = subprocess.run([*command, *words], capture_output=True, timeout=300, text=True)
            # spark-submit writes both streams of a Python program to its standard output.
            return job.returncode, job.stdout + job.stderr
        messages = io.StringIO()
        with contextlib.redirect_stderr(messages):
            code = convert.main(words, self.context)
        return code, messages.getvalue()

    def same(self, name: str, inputs: list[str], target: str, *options: str, size: int, code: int = 0,
             tool: str | None = None, has_output: bool = True) -> None:
        """The output, the exit code, the messages and the refused records of a job are those of one process."""
        self.count += 1
        began = time.monotonic()
        common = ["--to", target, *options]
        recovers = "skip" in options
        rejects = [self.folder / f"{name}.{side}.rejects" for side in ("one", "spark")]
        command = [self.tool, *inputs, *common, "-o", self.folder / f"{name}.one"]
        command += ["--rejects", rejects[0]] if recovers else []
        one = subprocess.run(command, capture_output=True, timeout=120, text=True)
        common += ["--rejects", str(rejects[1])] if recovers else []
        many_code, messages = self.spark(name, [*inputs, *common, "--split-size", str(size)], tool or self.tool)
        places = [line for line in one.stderr.splitlines() if ": note: " not in line]
        found = [line for line in messages.splitlines() if line.startswith(str(self.folder))]
        problems = []
        if not one.returncode == many_code == code:
            problems.append(f"codes {one.returncode} and {many_code}, expected {code}")
        if places != found:
            problems.append(f"messages {places} and {found}")
        for left, right in ((self.folder / f"{name}.one", self.folder / f"{name}.spark"), rejects):
            if contents(left) != contents(right):
                problems.append(f"{left} and {right} differ")
        if has_output != (self.folder / f"{name}.spark").exists():
            problems.append("an output is missing, or is there")
        if list(self.folder.glob(f"{name}.spark.parts")):
            problems.append("parts are left")
        if problems:
            self.failures += 1
            print(f"{name}: {'; '.join(problems)}\n{messages[-3000:]}")
        else:
            print(f"ok {name}, {time.monotonic() - began:.1f} s")


def contents(file: pathlib.Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None


def with_bad(data: bytes, bad: bytes) -> bytes:
    """The lines with a bad one after the half of them."""
    middle = data.index(b"\n", len(data) // 2) + 1
    return data[:middle] + bad + data[middle:]


def main() -> int:
    tool, records = sys.argv[1], sys.argv[2]
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        check = Check(tool, folder)
        data = subprocess.run(
            [sys.executable, ROOT / "Benchmarks/generate.py", records, "jsonl"], check=True, capture_output=True).stdout
        size = len(data) // 4
        lines, table = str(folder / "records.jsonl"), str(folder / "table.csv")
        good = str(folder / "good.jsonl")
        pathlib.Path(good).write_bytes(data)
        pathlib.Path(lines).write_bytes(with_bad(data, BAD_RECORD))
        rows = subprocess.run([tool, good, "--to", "csv"], check=True, capture_output=True).stdout
        # Between two rows: the first line after the middle at which the tool begins a record.
        middle = rows.index(b"\r\n", rows.index(b'"Pilot in', len(rows) // 2)) + 2
        pathlib.Path(table).write_bytes(rows[:middle] + BAD_ROW + rows[middle:])
        failing = folder / "fails-once"
        failing.write_text(FAILS_ONCE.format(folder=folder, tool=tool))
        failing.chmod(0o755)
        skip = ("--on-error", "skip")
        small = {
            "empty.jsonl": b"",
            "blank.jsonl": b"\n\n",
            "header.csv": b"name,provider\r\n",
            "open.jsonl": b'\xef\xbb\xbf{"name":"a"}\r\n\r\n{"name":"b"}\r\n{"name":"c"}',
            "quotes.csv": b'\xef\xbb\xbfname,description\r\na,"x\r\ny"\r\nb,5" pipe\r\nc,"\r\n"\r\nd,e',
            "open.csv": b'name,description\na,b\nc,"d\ne,f\n',
            "all.jsonl": b'{"name":A}\n{"name":B}\n{"name":C}\n',
        }
        for name, content in small.items():
            (folder / name).write_bytes(content)
        (folder / "packed.jsonl.gz").write_bytes(gzip.compress(data[: data.index(b"\n", 100_000) + 1]))
        path = {name: str(folder / name) for name in [*small, "packed.jsonl.gz"]}
        jobs = [
            ("json", [lines], "json", *skip),
            ("jsonl", [lines], "jsonl", *skip),
            ("hal", [lines], "hal", *skip),
            ("table-to-xml", [table], "xml", *skip),
            ("table-to-csv", [table], "csv", *skip),
        ]
        for name, inputs, target, *options in jobs:
            check.same(name, inputs, target, *options, size=size, code=65)
        for name, target in (("csv", "csv"), ("xml", "xml")):
            check.same(name, [lines], target, *skip, size=size, code=65, tool=str(failing))
            if not (folder / "failed").is_dir():
                check.failures += 1
                print(f"{name}: no part was made to fail")
            else:
                (folder / "failed").rmdir()
        check.same("stop", [lines], "csv", size=size, code=65, has_output=False)
        tiny = [
            ("empty", ["empty.jsonl"], "json", 0), ("blank", ["blank.jsonl"], "csv", 0),
            ("header", ["header.csv"], "xml", 0), ("open", ["open.jsonl"], "xml", 0),
            ("quotes", ["quotes.csv"], "json", 0), ("unclosed", ["open.csv"], "json", 65),
            ("all", ["all.jsonl"], "xml", 65),
            ("several", ["open.jsonl", "packed.jsonl.gz", "header.csv", "quotes.csv"], "csv", 0),
        ]
        for name, files, target, code in tiny:
            inputs = [path[file] for file in files]
            check.same(name, inputs, target, *(skip if code else ()), size=10, code=code)
        check.context.stop()
    print(f"{check.count} jobs, {check.failures} with a difference")
    return 1 if check.failures else 0


if __name__ == "__main__":
    sys.exit(main())
