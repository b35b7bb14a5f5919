"""Hostile XML documents, each generated as it is read: see run."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time

ITEM = b"largeLanguageModel"
LIST = b"largeLanguageModels"
DOCTYPE = "found a document type declaration, expected none"
# What a case may take; a debug build is given ten times the seconds.
SECONDS = 20
MEGABYTES = 300


def item(content):
    yield b"<" + ITEM + b">"
    yield from content
    yield b"</" + ITEM + b">\n"


def repeat(piece, total):
    """About `total` bytes of `piece`."""
    block = piece * max(1, (1 << 16) // len(piece))
    for _ in range(max(1, total // len(block))):
        yield block


def doctype(subset, body=b"&a;", kind=b"", prolog=b"<?xml version=\"1.0\"?>\n"):
    yield prolog + b"<!DOCTYPE " + ITEM + kind
    if subset:
        yield b" [\n" + subset + b"\n]"
    yield b">\n"
    yield from item([b"<name>" + body + b"</name>"])


def laughs(levels, width, parameter=False):
    mark = b"%" if parameter else b"&"
    sign = b"% " if parameter else b""
    lines = [b"<!ENTITY " + sign + b"a0 \"ha\">"]
    for level in range(1, levels):
        reference = mark + b"a%d;" % (level - 1)
        lines.append(b"<!ENTITY " + sign + b"a%d \"" % level + reference * width + b"\">")
    return b"\n".join(lines)


def attributes(count, template):
    yield b"<" + ITEM + b"><x"
    for index in range(count):
        yield template % index
    yield b"/></" + ITEM + b">\n"


def names(count):
    for index in range(count):
        yield b"<n%d/>" % index


def records(count, members):
    """Records with a comment each, and names that come once."""
    yield b"<" + LIST + b">"
    for record in range(count):
        yield b"<" + ITEM + b"><!---->" + b"".join(b"<n%d/>" % (members * record + index) for index in range(members))
        yield b"</" + ITEM + b">"


def cases(secret):
    """Name, what the error says, and the document's pieces."""
    file = b"file://" + secret
    http = b"http://127.0.0.1:9/x"
    yield "xxe file", DOCTYPE, doctype(b"<!ENTITY a SYSTEM \"" + file + b"\">")
    yield "xxe http", DOCTYPE, doctype(b"<!ENTITY a SYSTEM \"" + http + b"\">")
    yield "xxe ftp", DOCTYPE, doctype(b"<!ENTITY a SYSTEM \"ftp://127.0.0.1:9/x\">")
    yield "xxe public", DOCTYPE, doctype(b"<!ENTITY a PUBLIC \"-//x\" \"" + file + b"\">")
    yield "xxe attribute", DOCTYPE, doctype(
        b"<!ENTITY a SYSTEM \"" + file + b"\">\n<!ATTLIST name x CDATA \"&a;\">", b"<x y=\"&a;\"/>")
    yield "xxe parameter file", DOCTYPE, doctype(b"<!ENTITY % p SYSTEM \"" + file + b"\">\n%p;")
    yield "xxe parameter http", DOCTYPE, doctype(b"<!ENTITY % p SYSTEM \"" + http + b"\">\n%p;")
    yield "xxe out of band", DOCTYPE, doctype(
        b"<!ENTITY % f SYSTEM \"" + file + b"\">\n<!ENTITY % d SYSTEM \"" + http + b"\">\n%d;\n%send;")
    yield "xxe unparsed", DOCTYPE, doctype(
        b"<!NOTATION n SYSTEM \"" + file + b"\">\n<!ENTITY a SYSTEM \"" + file + b"\" NDATA n>", b"x")
    yield "external dtd file", DOCTYPE, doctype(b"", b"x", b" SYSTEM \"" + file + b"\"")
    yield "external dtd http", DOCTYPE, doctype(b"", b"x", b" PUBLIC \"-//x\" \"" + http + b"\"")
    yield "external dtd, entity", DOCTYPE, doctype(b"", b"&a;", b" SYSTEM \"" + file + b"\"")
    yield "standalone", DOCTYPE, doctype(
        b"<!ENTITY a \"b\">", prolog=b"<?xml version=\"1.0\" standalone=\"yes\"?>\n")
    yield "utf-16", DOCTYPE, [b"\xff\xfe" + b"".join(doctype(laughs(10, 10), b"&a9;")).decode().encode("utf-16-le")]
    yield "utf-7", DOCTYPE, [
        b"<?xml version=\"1.0\" encoding=\"UTF-7\"?>\n+ADwAIQ-DOCTYPE x +AFsAPAAh-ENTITY a SYSTEM +ACI-"
        + file + b"+ACIAPgBdAD4-\n<" + ITEM + b">&a;</" + ITEM + b">\n"]
    yield "xinclude", "in a namespace", item([
        b"<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"" + file + b"\" parse=\"text\"/>"])
    yield "billion laughs", DOCTYPE, doctype(laughs(10, 10), b"&a9;")
    yield "billion laughs, thirty levels", DOCTYPE, doctype(laughs(30, 10), b"&a29;")
    yield "billion laughs in an attribute", DOCTYPE, doctype(laughs(10, 10), b"<x y=\"&a9;\"/>")
    yield "billion laughs by default", DOCTYPE, doctype(
        laughs(10, 10) + b"\n<!ATTLIST name x CDATA \"&a9;\">", b"x")
    yield "billion laughs by parameters", DOCTYPE, doctype(laughs(10, 10, True) + b"\n%a9;", b"x")
    yield "quadratic blowup", DOCTYPE, doctype(
        b"<!ENTITY a \"" + b"x" * 100_000 + b"\">", b"&a;" * 100_000)
    yield "endless recursion", DOCTYPE, doctype(b"<!ENTITY a \"&b;\">\n<!ENTITY b \"&a;\">")
    long = b"l" * 40_000
    yield "long entity names", DOCTYPE, doctype(
        b"\n".join(b"<!ENTITY " + long + b"%d \"x\">" % n for n in range(100)), b"&" + long + b"0;")
    yield "doctype behind 10 MB of comments", DOCTYPE, (
        piece for part in (repeat(b"<!-- " + b"c" * 1000 + b" -->\n", 10 << 20), doctype(laughs(9, 10), prolog=b""))
        for piece in part)
    yield "doctype that never ends", DOCTYPE, (
        piece for part in ([b"<!DOCTYPE " + ITEM + b" [\n<!-- "], repeat(b"c", 50 << 20)) for piece in part)
    yield "doctype of entities without end", DOCTYPE, (
        piece for part in ([b"<!DOCTYPE " + ITEM + b" [\n"], repeat(b"<!ENTITY a \"b\">\n", 50 << 20))
        for piece in part)
    yield "100,000 attributes", "found a tag of more than 1000 attributes", attributes(100_000, b" a%d=\"\"")
    yield "100,000 namespaces", "found a tag of more than 1000 attributes", attributes(100_000, b" xmlns:n%d=\"u\"")
    yield "100,000 undeclared prefixes", "a prefix that nothing declares", item(
        b"<p%d:x/>" % index for index in range(100_000))
    yield "undeclared prefix", "a prefix that nothing declares", item([b"<p:name>a</p:name>"])
    yield "2 million names", "found a record of more than 500000 unknown members", item(names(2_000_000))
    yield "2 million names in 20,000 records and no end", "found the end of the input", records(20_000, 100)
    yield "100 MB of text", "found a record larger than 67108864 bytes", item(
        piece for part in ([b"<name>"], repeat(b"text ", 100 << 20), [b"</name>"]) for piece in part)
    yield "100 MB of CDATA", "found markup of more than", item(
        piece for part in ([b"<name><![CDATA["], repeat(b"text ", 100 << 20), [b"]]></name>"]) for piece in part)
    yield "100 MB in an attribute", "found markup of more than", item(
        piece for part in ([b"<x a=\""], repeat(b"text ", 100 << 20), [b"\"/>"]) for piece in part)
    yield "100 MB of a name", "found", item(repeat(b"<n" + b"n" * 65_000, 100 << 20))
    yield "100 MB of a comment", "found markup of more than", (
        piece for part in ([b"<!-- "], repeat(b"c", 100 << 20), [b"-->"], item([])) for piece in part)
    yield "100 MB of a comment in a record", "found", item(
        piece for part in ([b"<!-- "], repeat(b"c", 100 << 20), [b"-->"]) for piece in part)
    yield "100 MB of an instruction", "found markup of more than", (
        piece for part in ([b"<?p "], repeat(b"c", 100 << 20), [b"?>"], item([])) for piece in part)
    yield "100 MB of white space in a tag", "found", item(
        piece for part in ([b"<x"], repeat(b" ", 100 << 20), [b"/>"]) for piece in part)
    yield "depth 100,000", "found nesting deeper than 128", (
        piece for part in ([b"<" + ITEM + b">"], repeat(b"<x>", 300_000)) for piece in part)
    yield "depth 100,000, all closed", "found nesting deeper than 128", item(
        piece for part in (repeat(b"<x>", 300_000), repeat(b"</x>", 400_000)) for piece in part)
    yield "depth 100,000 of roots", "found", repeat(b"<" + ITEM + b">", 2 << 20)
    yield "a lone & and 50 MB of text", "&", item(
        piece for part in ([b"<name>R&D "], repeat(b"text ", 50 << 20), [b"</name>"]) for piece in part)
    yield "50 MB of lone &", "&", item(repeat(b"&", 50 << 20))
    yield "a reference of 50 MB", "&", item(
        piece for part in ([b"<name>&#"], repeat(b"0", 50 << 20), [b"65;</name>"]) for piece in part)
    yield "50 MB of <", "found", repeat(b"<", 50 << 20)
    yield "50 MB of ]", "found", item([b"<name><![CDATA[", *repeat(b"]", 50 << 20)])
    yield "NUL", "found the control character U+0000", item([b"<name>\x00</name>"])
    yield "bytes that are not text", "found", repeat(bytes(range(256)), 50 << 20)
    yield "unknown encoding", "found the encoding", [b"<?xml version=\"1.0\" encoding=\"x-none\"?>"]
    yield "US-ASCII that is none, 50 MB", "found bytes that are not US-ASCII", (
        piece for part in ([b"<?xml version=\"1.0\" encoding=\"US-ASCII\"?><" + ITEM + b"><name>"],
                           repeat(b"\xe9", 50 << 20)) for piece in part)


SAMPLE = (
    b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c --><" + LIST
    + b" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n<" + ITEM
    + b"><name>\xc3\xa9&amp;&#13;</name><x type=\"array\"><item xsi:nil=\"true\"/><item><![CDATA[<]]></item></x>"
    + b"<?p d?></" + ITEM + b"><page total=\"1\" nextCursor=\"n\"/></" + LIST + b">")


class Run:
    """One run of the tool: exit code, both streams, seconds, peak memory in MB, what else it opened."""

    def __init__(self, tool, pieces, trace, arguments=("--from", "xml", "--to", "jsonl"), keep=True):
        log = tempfile.NamedTemporaryFile()
        prefix = ["strace", "-f", "-qq", "-e", "trace=%file,%network", "-o", log.name] if trace else []
        errors = tempfile.TemporaryFile()
        output = tempfile.TemporaryFile() if keep else subprocess.DEVNULL
        start = time.monotonic()
        # With a standard input the tool needs no file of ours, so that every path it opens is its own doing.
        process = subprocess.Popen(
            prefix + [tool, *arguments], stdin=subprocess.PIPE, stdout=output, stderr=errors)
        deadline = start + LIMIT * (3 if trace else 1)
        signal.signal(signal.SIGALRM, lambda *_: process.kill())
        signal.alarm(int(deadline - start) + 1)
        try:
            for piece in pieces:
                process.stdin.write(piece)
            process.stdin.close()
        except BrokenPipeError:
            pass
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        signal.alarm(0)
        self.code = process.returncode
        self.seconds = time.monotonic() - start
        self.megabytes = usage.ru_maxrss / 1024
        errors.seek(0)
        self.errors = errors.read(1 << 16).decode("utf-8", "replace")
        self.output = b""
        if keep:
            output.seek(0)
            self.output = output.read(1 << 20)
        self.opened = opened(log.name) if trace else set()


def opened(log):
    """Every path and address in the trace, but for those that failed to be found by the loader."""
    with open(log, encoding="utf-8", errors="replace") as lines:
        calls = [line.split(" ", 1)[1].strip() for line in lines if "(" in line]
    return {re.sub(r"\b0x[0-9a-f]+\b", "P", call.split(" = ")[0]) for call in calls if not call.startswith(("+++", "---"))}


def problems(name, run, sentence, usual):
    if run.code != 65:
        yield f"exit code {run.code}"
    if not re.fullmatch(r"<stdin>:\d+:\d+: error: found [^\n]*, expected [^\n]* \(\$[^\n]*\)\n", run.errors):
        yield f"not one sentence of our own: {run.errors[:300]!r}"
    if sentence not in run.errors:
        yield f"does not say {sentence!r}: {run.errors[:300]!r}"
    if "libxml2's error" in run.errors:
        yield f"libxml2's number: {run.errors[:300]!r}"
    if run.output and "records" not in name:
        yield f"output: {run.output[:100]!r}"
    if run.megabytes > MEGABYTES:
        yield f"{run.megabytes:.0f} MB"
    if run.seconds > LIMIT:
        yield f"{run.seconds:.0f} s"
    for call in run.opened - usual:
        yield f"opened: {call}"


def large(tool):
    """One gigabyte through a pipe."""
    record = (
        b"<" + ITEM + b"><name>A model</name><description>" + b"word " * 40 + b"</description><openAI><customModel>m"
        + b"</customModel></openAI><isDefault>true</isDefault><createdAt>1700000000000</createdAt></" + ITEM + b">\n")
    pieces = [[b"<" + LIST + b">"], repeat(record, 1 << 30), [b"</" + LIST + b">\n"]]
    run = Run(tool, (piece for part in pieces for piece in part), False, keep=False)
    print(f"1 GB: exit code {run.code}, {run.seconds:.1f} s, peak {run.megabytes:.1f} MB")
    return 0 if run.code == 0 and run.megabytes < 32 else 1


def main(tool, *options):
    global LIMIT
    tool = os.path.abspath(tool)
    LIMIT = 600 if "--large" in options else SECONDS * (10 if "debug" in os.path.realpath(tool) else 1)
    if "--large" in options:
        return large(tool)
    trace = "--trace" in options
    secret = tempfile.NamedTemporaryFile(suffix=".secret")
    secret.write(b"secret")
    secret.flush()
    usual = set()
    if trace:
        # What a harmless document and one that is merely refused make the tool open is usual.
        for document in (b"".join(item([b"<name>a</name>"])), b"<x/>", b"<?xml version=\"1.0\" encoding=\"UTF-7\"?><x/>",
                         b"<?xml version=\"1.0\" encoding=\"x-none\"?><x/>"):
            usual |= Run(tool, [document], True).opened
    failed = count = 0
    worst = (0, ""), (0, "")
    for name, sentence, pieces in cases(secret.name.encode()):
        count += 1
        run = Run(tool, pieces, False)
        found = list(problems(name, run, sentence, usual))
        worst = max(worst[0], (run.seconds, name)), max(worst[1], (run.megabytes, name))
        print(f"{'FAILED' if found else 'ok':7}{run.seconds:7.2f} s {run.megabytes:7.1f} MB  {name}", flush=True)
        failed += bool(found)
        for problem in found:
            print(f"       {problem}")
    if trace:
        for name, sentence, pieces in cases(secret.name.encode()):
            if not name.startswith(("xxe", "external", "xinclude", "utf-7", "unknown", "billion")):
                continue
            count += 1
            found = list(problems(name, Run(tool, pieces, True), sentence, usual))
            print(f"{'FAILED' if found else 'ok':7}{'traced':>10}{'':12}  {name}", flush=True)
            failed += bool(found)
            for problem in found:
                print(f"       {problem}")
    for length in range(len(SAMPLE)):
        count += 1
        run = Run(tool, [SAMPLE[:length]], False)
        if run.code != 65 or "found the end of the input" not in run.errors and "half a character" not in run.errors \
                and "not valid UTF-8" not in run.errors:
            failed += 1
            print(f"FAILED  truncated at {length}: {run.code} {run.errors!r}")
    whole = Run(tool, [SAMPLE], False)
    if whole.code != 0 or whole.output != b"{\"name\":\"\xc3\xa9&\\r\",\"x\":[null,\"<\"]}\n":
        failed += 1
        print(f"FAILED  the whole sample: {whole.code} {whole.errors!r} {whole.output!r}")
    (seconds, slowest), (megabytes, largest) = worst
    print(f"{count} hostile documents, {failed} failed; slowest {seconds:.2f} s ({slowest}), "
          f"largest {megabytes:.1f} MB ({largest})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
