#!/usr/bin/env python3
"""Converts JSON Lines or CSV with llmfmt on Apache Spark: convert.py --to FORMAT -o OUTPUT INPUT...

The inputs, the output and its folder of parts lie where every machine of the cluster sees them by the same path, and so
does llmfmt. The output is what one process of llmfmt writes, byte for byte.
"""

import argparse
import os
import shutil
import sys
import uuid
from dataclasses import replace
from functools import partial

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from pyspark import SparkConf, SparkContext

from splits import Split, chunks_of, quote_count, scan, splits_of
from tool import DONE, Result, ToolFailure, place, run

MODULES = ("convert.py", "splits.py", "tool.py")
FORMATS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv"}
ENVELOPED = ("json", "hal", "xml")


def arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Convert JSON Lines or CSV with llmfmt on Apache Spark.")
    parser.add_argument("inputs", nargs="+", metavar="INPUT")
    parser.add_argument("--from", dest="source", choices=["jsonl", "csv"], help="else the names of the inputs tell it")
    parser.add_argument("--to", required=True, choices=["json", "jsonl", "hal", "xml", "csv"])
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--on-error", choices=["stop", "skip"], default="stop")
    parser.add_argument("--rejects", help="a file for the refused records, as JSON Lines")
    parser.add_argument("--resource", help="the records' resource, as the tool knows it")
    parser.add_argument("--csv-arrays", choices=["index", "json"], default="index")
    parser.add_argument("--split-size", type=int, default=128 << 20, help="the bytes of a split (default: 128 MiB)")
    parser.add_argument("--llmfmt", default="llmfmt", help="the tool's path on every machine")
    parser.add_argument("--keep-parts", action="store_true", help="leave the folder OUTPUT.parts")
    given = parser.parse_args(words)
    if given.rejects and given.on_error == "stop":
        parser.error("--rejects takes --on-error skip")
    for file in given.inputs:
        if not os.path.isfile(file):
            parser.error(f"{file} is not a file")
        if given.source is None and format_of(file) is None:
            parser.error(f"{file}: expected a name that ends in {', '.join(FORMATS)}, also with .gz or .zst; or --from")
    return given


def format_of(file: str) -> str | None:
    for ending in (".gz", ".zst"):
        file = file.removesuffix(ending)
    return FORMATS.get(os.path.splitext(file)[1])


class Job:
    """A conversion: its splits, their parts, and the document that they make."""

    def __init__(self, context: SparkContext, given: argparse.Namespace) -> None:
        self.context = context
        self.given = given
        self.folder = f"{given.output}.parts"
        self.resource = ["--resource", given.resource] if given.resource else []

    def each(self, function, items: list) -> list:
        """The function's results for all items, each from a task of its own."""
        return self.context.parallelize(items, len(items)).map(function).collect() if items else []

    def splits(self) -> list[Split]:
        chunks = {}
        for file in self.given.inputs:
            is_csv = (self.given.source or format_of(file)) == "csv"
            chunks[file] = chunks_of(file, is_csv, self.given.split_size)
        counts = iter(self.each(quote_count, [chunk for file in chunks for chunk in chunks[file]]))
        placed = {}
        for file in chunks:
            placed[file], count = [], 0
            for chunk in chunks[file]:
                placed[file].append(replace(chunk, is_quoted=count % 2 == 1))
                count += next(counts)
        scans = iter(self.each(scan, [chunk for file in placed for chunk in placed[file]]))
        found = []
        for file in self.given.inputs:
            found += splits_of(file, placed[file], [next(scans) for _ in placed[file]])
        return found

    def run(self) -> int:
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        try:
            return self.convert(list(enumerate(self.splits())))
        finally:
            if not self.given.keep_parts:
                shutil.rmtree(self.folder)

    def convert(self, splits: list[tuple[int, Split]]) -> int:
        stops = self.given.on_error == "stop"
        common = ["--color", "never", *self.resource, "--on-error", self.given.on_error]
        if self.given.to == "csv":
            lists = self.each(partial(list_columns, self.given, self.folder, common), splits)
            if stops and max(result.code for result in lists) != DONE:
                return self.report(lists)
            names = [f"{self.folder}/{number:05}.columns" for number, _ in splits]
            run([self.given.llmfmt, "columns", "--merge", *self.resource, *names], f"{self.folder}/columns")
        results = self.each(partial(convert, self.given, self.folder, common), splits)
        code = self.report(results)
        if code == DONE or not stops:
            self.join(len(splits))
        return code

    def report(self, results: list[Result]) -> int:
        """Prints the messages in the order of the parts, up to the first refused one if the job stops there."""
        for result in results:
            sys.stderr.writelines(line for line in result.messages.splitlines(True) if ": note: " not in line)
            if result.code != DONE and self.given.on_error == "stop":
                break
        return max(result.code for result in results)

    def join(self, count: int) -> None:
        enveloped = self.given.to in ENVELOPED
        parts = [f"{self.folder}/{number:05}.part" for number in range(count)]
        # Without the line feed that ends the records of --no-envelope.
        sizes = [max(0, os.path.getsize(part) - enveloped) for part in parts]
        filled = [(part, size) for part, size in zip(parts, sizes) if size > 0]
        head, between, tail = self.envelope() if enveloped else (b"", b"", b"")
        with open(f"{self.folder}/whole", "wb") as output:
            if enveloped and not filled:
                output.write(self.example("csv", b"name\n"))
            else:
                output.write(head)
                for index, (part, size) in enumerate(filled):
                    output.write(between if index > 0 else b"")
                    append(part, size, output)
                output.write(tail)
            output.flush()
            os.fsync(output.fileno())
        if self.given.rejects:
            self.join_rejects(count)
        os.replace(f"{self.folder}/whole", self.given.output)

    def join_rejects(self, count: int) -> None:
        with open(f"{self.folder}/rejects", "wb") as output:
            for number in range(count):
                part = f"{self.folder}/{number:05}.rejects"
                append(part, os.path.getsize(part), output)
        os.replace(f"{self.folder}/rejects", self.given.rejects)

    def envelope(self) -> tuple[bytes, bytes, bytes]:
        """What stands before, between and after the records of a list: taken from a list of two."""
        record = b'{"name":"x"}\n'
        alone = self.example("jsonl", record, "--no-envelope")[:-1]
        head, between, tail = self.example("jsonl", record * 2).split(alone)
        return head, between, tail

    def example(self, source: str, text: bytes, *options: str) -> bytes:
        """What the tool makes of a text."""
        command = [self.given.llmfmt, "--from", source, "--to", self.given.to, *self.resource, *options]
        run(command, f"{self.folder}/example", text=text)
        with open(f"{self.folder}/example", "rb") as output:
            return output.read()


def append(part: str, size: int, output) -> None:
    """Copies the first bytes of a file inside the kernel."""
    output.flush()
    with open(part, "rb") as source:
        offset = 0
        while offset < size:
            count = os.sendfile(output.fileno(), source.fileno(), offset, size - offset)
            if count == 0:
                raise ToolFailure(f"{part} became shorter while it was read")
            offset += count


def list_columns(given: argparse.Namespace, folder: str, common: list[str], numbered: tuple[int, Split]) -> Result:
    number, split = numbered
    command = [given.llmfmt, "columns", "--from", given.source or format_of(split.file), *common, *place(split)]
    return run([*command, "--csv-arrays", given.csv_arrays], f"{folder}/{number:05}.columns", split)


def convert(given: argparse.Namespace, folder: str, common: list[str], numbered: tuple[int, Split]) -> Result:
    number, split = numbered
    command = [given.llmfmt, "--from", given.source or format_of(split.file), "--to", given.to]
    command += [*common, *place(split), "--progress", "never", "--jobs", "1"]
    if given.to in ENVELOPED:
        command.append("--no-envelope")
    if given.to == "csv":
        command += ["--csv-arrays", given.csv_arrays]
        # Without any record there are no columns.
        command += ["--columns-file", f"{folder}/columns"] if os.path.getsize(f"{folder}/columns") > 0 else []
        command += ["--no-header"] if number > 0 else []
    if not given.rejects:
        return run(command, f"{folder}/{number:05}.part", split)
    rejects = f"{folder}/{number:05}.rejects"
    temporary = f"{rejects}.{uuid.uuid4().hex}"
    try:
        result = run([*command, "--rejects", temporary], f"{folder}/{number:05}.part", split)
        os.replace(temporary, rejects)
        return result
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


def main(words: list[str], context: SparkContext) -> int:
    given = arguments(words)
    context.setLogLevel("ERROR")
    for module in MODULES:
        context.addPyFile(os.path.join(os.path.dirname(os.path.abspath(__file__)), module))
    return Job(context, given).run()


if __name__ == "__main__":
    # Its progress would stand in the lines of messages.
    configuration = SparkConf().set("spark.ui.showConsoleProgress", "false").setIfMissing("spark.app.name", "llmfmt")
    with SparkContext.getOrCreate(configuration) as spark:
        status = main(sys.argv[1:], spark)
    sys.exit(status)
