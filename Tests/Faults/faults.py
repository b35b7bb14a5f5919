"""Lets one thing go wrong at a time below a built tool, and holds what comes of it against a few laws.

Called by Tests/Faults/run with the tool's path and a folder to work in, in which faults.so lies.
"""

import errno
import os
import random
import resource
import shutil
import signal
import struct
import subprocess
import sys
import time

tool, scratch = sys.argv[1], sys.argv[2]
shim = os.path.join(scratch, "faults.so")
failures = []
runs = 0


def check(what, holds, detail=""):
    global runs
    runs += 1
    if not holds:
        failures.append(what)
        print(f"FAILED {what} {detail}")


class Folder:
    """A fresh folder for each run, so that whatever is left behind shows."""

    def __init__(self, files):
        self.path = os.path.join(scratch, "work")
        shutil.rmtree(self.path, ignore_errors=True)
        os.mkdir(self.path)
        for name, content in files.items():
            with open(self.file(name), "wb") as file:
                file.write(content)

    def file(self, name):
        return os.path.join(self.path, name)

    def content(self, name):
        try:
            with open(self.file(name), "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def names(self):
        return sorted(os.listdir(self.path))


def run(folder, arguments, fault=None, stdin=b"", limits=None, change=None, environment=None):
    """Runs the tool; returns its exit code, output, errors and the lines of the shim's log."""
    log = os.path.join(scratch, "log")
    if os.path.exists(log):
        os.remove(log)
    variables = dict(os.environ, LLMFMT_FAULT_LOG=log, SWIFT_BACKTRACE="enable=no", **(environment or {}))
    if limits is None:
        variables["LD_PRELOAD"] = shim
    if fault:
        variables["LLMFMT_FAULT"] = fault
    if change:
        variables["LLMFMT_FAULT_FILE"], variables["LLMFMT_FAULT_CONTENT"] = change
    result = subprocess.run(
        [tool, *arguments], cwd=folder.path, env=variables, input=stdin, capture_output=True, timeout=120,
        preexec_fn=limits)
    lines = []
    if os.path.exists(log):
        with open(log) as file:
            lines = file.read().split("\n")
    return result.returncode, result.stdout, result.stderr.decode(errors="replace"), lines


def record(number):
    return b'{"name":"model %d","description":"%s","n%d":1.0}' % (number, b"text " * 200, number % 5)


jsonl = b"".join(record(number) + b"\n" for number in range(600))
json_list = b"[ " + b",\n".join(record(number) for number in range(600)) + b"]\n"


class Scenario:
    """A conversion that is to go wrong: its files, where its output goes, and what that is when all is well."""

    def __init__(self, name, arguments, files, target=None, stdin=b""):
        self.name, self.arguments, self.files, self.target, self.stdin = name, arguments, files, target, stdin
        folder = Folder(files)
        code, output, errors, lines = run(folder, arguments, stdin=stdin)
        if code not in (0, 65):
            sys.exit(f"{name} fails before anything goes wrong: {code} {errors}")
        self.code = code
        self.names = folder.names()
        self.good = folder.content(target) if target else output
        self.rejects = folder.content("rejects")
        # How often a pipe is read depends on who is faster.
        self.is_timed = bool(stdin) or name.startswith("compressed")
        # The calls that a fault came to.
        self.fired = set()
        self.counts = {line.split(" ")[0]: int(line.split(" ")[1]) for line in lines if " " in line}

    def go(self, fault):
        """Runs it with a fault, and checks what always holds; returns the exit code, the errors, whether it came."""
        what = f"{self.name}, {fault}"
        folder = Folder(self.files)
        try:
            code, output, errors, lines = run(folder, self.arguments, fault, self.stdin)
        except subprocess.TimeoutExpired:
            check(what + ": ends", False)
            return None, "", True
        is_fired = "fired" in lines
        if is_fired:
            self.fired.add(fault.split(":")[0])
        if not self.is_timed:
            check(what + ": the fault came", is_fired)
        found = folder.content(self.target) if self.target else output
        old = self.files.get(self.target) if self.target else None
        if code == self.code:
            check(what + ": the output is right", found == self.good, errors)
        elif self.target:
            check(what + ": the old file or the new one", found in (old, self.good), errors)
        else:
            check(what + ": the output is the start of the right one", self.good.startswith(found), errors)
        extra = [name for name in folder.names() if name not in self.names]
        check(what + ": nothing temporary is left", extra == [], extra)
        return code, errors, is_fired


def scenarios():
    packed = subprocess.run(["gzip", "-c"], input=jsonl, capture_output=True, check=True).stdout
    bad = jsonl.replace(b'"n4":1.0}\n', b'"n4":1.0.0}\n', 3)
    return [
        Scenario("JSON to CSV, -o", ["in.json", "-o", "out.csv"], {"in.json": json_list, "out.csv": b"old"}, "out.csv"),
        Scenario("JSON Lines, -o a new file", ["in.jsonl", "-o", "out.json"], {"in.jsonl": jsonl}, "out.json"),
        Scenario("in place", ["--in-place", "in.json"], {"in.json": json_list}, "in.json"),
        Scenario("standard streams", ["--to", "jsonl"], {}, stdin=jsonl),
        Scenario("a pipe read twice", ["--to", "csv"], {}, stdin=jsonl * 8),
        Scenario("compressed", ["in.jsonl.gz", "-o", "out.xml"], {"in.jsonl.gz": packed}, "out.xml"),
        Scenario("compressed, from a pipe", ["--to", "jsonl"], {}, stdin=packed),
        Scenario(
            "rejects", ["in.jsonl", "-o", "out.json", "--on-error", "skip", "--rejects", "rejects"],
            {"in.jsonl": bad}, "out.json"),
    ]


def calls_that_fail(all_scenarios):
    errors = {
        "read": [errno.EIO], "write": [errno.ENOSPC, errno.EIO], "open": [errno.EACCES, errno.EMFILE, errno.ENOSPC],
        "close": [errno.EIO], "fsync": [errno.EIO, errno.ENOSPC], "rename": [errno.EACCES, errno.ENOSPC],
        "fchmod": [errno.EPERM], "lseek": [errno.EIO],
    }
    for scenario in all_scenarios:
        for call, numbers in errors.items():
            for nth in range(1, scenario.counts.get(call, 0) + 1):
                for number in numbers:
                    fault = f"{call}:{nth}:{number}"
                    code, complaint, is_fired = scenario.go(fault)
                    # What is only read may fail to close, and a folder to reach the disk: then the code is the good one.
                    check(f"{scenario.name}, {fault}: exit code", code in (scenario.code, 66, 74), f"{code} {complaint}")
                    if code != scenario.code:
                        named = any(name in complaint for name in [*scenario.names, "<stdin>", "<stdout>"])
                        check(f"{scenario.name}, {fault}: a sentence names the file", named, complaint)
                        check(f"{scenario.name}, {fault}: it is a failure", "error:" in complaint, complaint)
                    elif call in ("read", "write", "rename") and is_fired:
                        check(f"{scenario.name}, {fault}: a failure that matters is told", False, complaint)
        # The file's own fsync comes first, its folder's second.
        if scenario.target:
            code, complaint, is_fired = scenario.go(f"fsync:2:{errno.EIO}")
            check(f"{scenario.name}: a note where only the folder fails", "note: the file is in place, but" in complaint,
                  complaint)
            check(f"{scenario.name}: exit code where only the folder fails", code == scenario.code, str(code))
        # How many reads of a pipe there are is another number in each run; of each call some fault has to come.
        for call in errors:
            if scenario.counts.get(call, 0) > 0:
                check(f"{scenario.name}: faults of {call} came", call in scenario.fired, str(sorted(scenario.fired)))


def calls_that_are_interrupted(all_scenarios):
    for scenario in all_scenarios:
        for call in ("read", "write", "open", "close", "fsync", "rename", "fchmod", "poll", "waitpid"):
            actions = [str(errno.EINTR)]
            if call in ("read", "write"):
                actions += [str(errno.EAGAIN), "short"]
            # One in the middle of a long run is as good as its neighbours.
            count = scenario.counts.get(call, 0)
            for nth in sorted({*range(1, min(count, 8) + 1), *range(max(1, count - 3), count + 1)}):
                for action in actions:
                    fault = f"{call}:{nth}:{action}"
                    code, complaint, is_fired = scenario.go(fault)
                    check(f"{scenario.name}, {fault}: goes on", code == scenario.code, f"{code} {complaint}")


def signals_at_each_call(all_scenarios):
    for scenario in all_scenarios:
        for call in ("open", "write", "fchmod", "fsync", "close", "rename"):
            count = scenario.counts.get(call, 0)
            for nth in range(1, min(count, 10) + 1):
                code, complaint, is_fired = scenario.go(f"{call}:{nth}:term")
                check(f"{scenario.name}, SIGTERM after {call} {nth}: exit code", code in (-signal.SIGTERM, scenario.code),
                      f"{code} {complaint}")


def started(folder, arguments, **rest):
    return subprocess.Popen(
        [tool, *arguments], cwd=folder.path, stderr=subprocess.PIPE, **rest)


def signals_at_random_moments():
    generator = random.Random(9)
    old = b"[ " + b",\n".join(record(number) for number in range(3000)) + b"]\n"
    folder = Folder({"in.json": old})
    start = time.monotonic()
    subprocess.run([tool, "--in-place", "in.json"], cwd=folder.path, check=True)
    duration = time.monotonic() - start
    new = folder.content("in.json")
    for number, count in ((signal.SIGKILL, 100), (signal.SIGTERM, 20), (signal.SIGINT, 20), (signal.SIGHUP, 20)):
        hits = 0
        for attempt in range(count):
            folder = Folder({"in.json": old})
            process = started(folder, ["--in-place", "in.json"])
            time.sleep(generator.random() * duration)
            process.send_signal(number)
            complaint = process.communicate(timeout=120)[1]
            what = f"{signal.Signals(number).name}, attempt {attempt}"
            check(what + ": exit code", process.returncode in (0, -number), f"{process.returncode} {complaint}")
            hits += process.returncode == -number
            content = folder.content("in.json")
            check(what + ": the old file or the new one, whole", content in (old, new))
            if process.returncode == 0:
                check(what + ": the new file", content == new)
            left = [name for name in folder.names() if name != "in.json"]
            if number == signal.SIGKILL:
                check(what + ": at most one hidden file is left", len(left) < 2, left)
            else:
                check(what + ": nothing temporary is left", left == [], left)
        check(f"{signal.Signals(number).name} came in time", hits > 0)


def signals_that_are_ignored():
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        folder = Folder({})
        process = started(
            folder, ["--from", "jsonl", "-o", "out.json"], stdin=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(number, signal.SIG_IGN))
        process.stdin.write(b'{"a":1}\n')
        process.stdin.flush()
        for _ in range(500):
            if folder.names():
                break
            time.sleep(0.02)
        check(f"{signal.Signals(number).name}, ignored: the hidden file is there", len(folder.names()) == 1)
        process.send_signal(number)
        time.sleep(0.05)
        process.communicate(b'{"a":2}\n', timeout=60)
        check(f"{signal.Signals(number).name} stays ignored", process.returncode == 0, str(process.returncode))
        check(f"{signal.Signals(number).name}, ignored: the output", folder.content("out.json") == b'[{"a":1},{"a":2}]\n')


def inputs_that_change():
    files = {
        "json": b'[{"name":"a","x":1},{"name":"b","y":[1,2]}]\n',
        "jsonl": b'{"name":"a","x":1}\n{"name":"b","y":[1,2]}\n',
        "hal": b'{"_embedded":{"items":[{"name":"a"}]},"total":1}\n',
        "xml": b"<largeLanguageModels><largeLanguageModel><name>a</name></largeLanguageModel></largeLanguageModels>\n",
    }
    others = {
        "longer": lambda old: old[:-1] + b" " * 300_000 + old,
        "shorter": lambda old: old[: len(old) // 2],
        "empty": lambda old: b"",
        "of another kind": lambda old: b"name,z\r\n1,2\r\n",
        "with other names": lambda old: old.replace(b"name", b"mane"),
        "with more names": lambda old: old.replace(b'"name":"a"', b'"name":"a","new":{"deep":[{}]}'),
        "without the rest": lambda old: b'[{"q":1}]' if old[:1] == b"[" else b'{"q":1}\n',
    }
    for ending, old in files.items():
        for what, change in others.items():
            for target in ("csv", "json") if ending in ("hal", "xml") else ("csv",):
                other = os.path.join(scratch, "other")
                with open(other, "wb") as file:
                    file.write(change(old))
                for options in (["-o", "out"], ["--on-error", "skip", "-o", "out"], []):
                    folder = Folder({f"in.{ending}": old})
                    # A change within one tick of the file system's clock would not show.
                    os.utime(folder.file(f"in.{ending}"), (1, 1))
                    arguments = [f"in.{ending}", "--to", target, *options]
                    counts = run(folder, arguments)[3]
                    seeks = int(next(line for line in counts if line.startswith("lseek ")).split(" ")[1])
                    folder = Folder({f"in.{ending}": old})
                    os.utime(folder.file(f"in.{ending}"), (1, 1))
                    # The last seek is the one back to the start.
                    code, output, errors, lines = run(
                        folder, arguments, f"lseek:{seeks}:change", change=(folder.file(f"in.{ending}"), other))
                    name = f"{ending} to {target} {options}, {what}"
                    check(name + ": the change came", "fired" in lines)
                    check(name + ": exit code", code == 74, f"{code} {errors}")
                    check(name + ": sentence",
                          errors == f"in.{ending}: error: it has to be read twice, and it changed meanwhile\n", errors)
                    check(name + ": nothing is written", folder.names() == [f"in.{ending}"], folder.names())


def little_room():
    deep = {
        "arrays.json": b'{"x":' + b"[" * 120 + b"]" * 120 + b"}",
        "objects.json": b'{"x":' * 120 + b"1" + b"}" * 120,
        "deep.xml": b"<largeLanguageModel>" + b"<a>" * 120 + b"</a>" * 120 + b"</largeLanguageModel>",
        "plain.json": json_list,
    }

    def limit(kind, value):
        return lambda: resource.setrlimit(kind, (value, value))

    for name in deep:
        for arguments in (["--to", "json"], ["--to", "csv"], ["--to", "xml"], ["--to", "hal"]):
            folder = Folder(deep)
            good = run(folder, [name, *arguments], limits=lambda: None)
            for size in (64, 128, 256, 1024):
                small = run(folder, [name, *arguments], limits=limit(resource.RLIMIT_STACK, size << 10))
                check(f"{name} {arguments}, a stack of {size} kB", small == good, str(small[0]) + small[2])
        for verb in ("validate", "check", "inspect"):
            good = run(folder, [verb, name], limits=lambda: None)
            small = run(folder, [verb, name], limits=limit(resource.RLIMIT_STACK, 128 << 10))
            check(f"{verb} {name}, a stack of 128 kB", small == good, str(small[0]) + small[2])
    for count in range(3, 12):
        folder = Folder(deep)
        code, output, errors, _ = run(
            folder, ["plain.json", "--to", "csv", "-o", "out.csv"], limits=limit(resource.RLIMIT_NOFILE, count))
        # With too few the loader finds no libraries, and says so.
        is_loaded = "shared librar" not in errors
        check(f"{count} descriptors: exit code", code in (0, 66, 74) or not is_loaded, f"{code} {errors}")
        check(f"{count} descriptors: a sentence", code == 0 or "open" in errors, errors)
        check(f"{count} descriptors: nothing is left", folder.names() == sorted(deep) + (["out.csv"] if code == 0 else [])
              or code == 0, folder.names())
    large = b'[{"name":"' + b"a" * 20_000_000 + b'"}]'
    refused = 0
    for megabytes in range(60, 400, 20):
        folder = Folder({"large.json": large})
        code, output, errors, _ = run(
            folder, ["large.json", "-o", "out.csv"], limits=limit(resource.RLIMIT_AS, megabytes << 20))
        if "shared librar" in errors or code in (127, -signal.SIGSEGV) and not errors.count("llmfmt: error"):
            # The loader, or the start of the program itself, did not have enough.
            check(f"{megabytes} MB: too little to start", megabytes < 160, f"{code} {errors}")
            continue
        refused += code == 71
        check(f"{megabytes} MB: exit code", code in (0, 71), f"{code} {errors}")
        check(f"{megabytes} MB: nothing is left", len(folder.names()) == (2 if code == 0 else 1), folder.names())
        if code == 71:
            check(f"{megabytes} MB: sentence",
                  "llmfmt: error: the system does not give the memory that is needed\n" in errors, errors)
    check("memory was short at least once", refused > 0)


def files_that_are_replaced():
    folder = Folder({"in.json": b"[ ]"})
    path = folder.file("in.json")
    os.chmod(path, 0o640)
    if os.getuid() == 0:
        os.chown(path, 1234, 4321)
    else:
        print("skipped, the owner is kept: that takes root")
    attributes = {"user.origin": b"somewhere"}
    # Owner rw, user 1000 r, group r, mask r, others nothing.
    entries = [(1, 6, -1), (2, 4, 1000), (4, 4, -1), (16, 4, -1), (32, 0, -1)]
    attributes["system.posix_acl_access"] = struct.pack("<I", 2) + b"".join(
        struct.pack("<HHi", *entry) for entry in entries)
    try:
        for name, value in attributes.items():
            os.setxattr(path, name, value)
    except OSError as error:
        print(f"skipped, attributes and lists are kept: {error}")
        attributes = {}
    before = os.stat(path)
    code, _, errors, _ = run(folder, ["--in-place", "in.json"])
    after = os.stat(path)
    check("in place: goes well", code == 0 and folder.content("in.json") == b"[]\n", errors)
    check("in place: a new file", after.st_ino != before.st_ino)
    check("in place: owner, group and mode", (after.st_uid, after.st_gid, after.st_mode)
          == (before.st_uid, before.st_gid, before.st_mode), oct(after.st_mode))
    for name, value in attributes.items():
        check(f"in place: {name}", name in os.listxattr(path) and os.getxattr(path, name) == value)
    if not attributes:
        return
    # A folder gives new files a list of its own; a file without one does not get it by being replaced.
    folder = Folder({"in.json": b"[ ]"})
    os.chmod(folder.file("in.json"), 0o660)
    os.setxattr(folder.path, "system.posix_acl_default", attributes["system.posix_acl_access"])
    code, _, errors, _ = run(folder, ["--in-place", "in.json"])
    names = os.listxattr(folder.file("in.json"))
    check("in place: no rights from the folder", code == 0 and "system.posix_acl_access" not in names, f"{errors} {names}")
    check("in place: the mode in such a folder", os.stat(folder.file("in.json")).st_mode & 0o777 == 0o660)


def streams_that_do_not_block():
    for source, head in (("plain", jsonl), ("gzip", subprocess.run(
            ["gzip", "-c"], input=jsonl, capture_output=True, check=True).stdout)):
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        process = subprocess.Popen([tool, "--to", "jsonl"], stdin=reading, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        os.close(reading)
        pid = os.fork()
        if pid == 0:
            for start in range(0, len(head), 50_000):
                time.sleep(0.02)
                part = head[start:start + 50_000]
                while part:
                    part = part[os.write(writing, part):]
            os._exit(0)
        os.close(writing)
        output, errors = process.communicate(timeout=60)
        os.waitpid(pid, 0)
        check(f"standard input that does not block, {source}", process.returncode == 0 and output == jsonl, errors)


def temporary_folders():
    for folder_name in ("/no/such", "/proc"):
        folder = Folder({})
        code, output, errors, _ = run(folder, ["--to", "csv"], stdin=jsonl * 8, environment={"TMPDIR": folder_name})
        check(f"TMPDIR={folder_name}: exit code", code == 74, str(code))
        check(f"TMPDIR={folder_name}: sentence", errors.startswith(
            f"<stdin>: error: cannot be kept in a temporary file in {folder_name} for its second reading: "), errors)
    code, output, errors, _ = run(Folder({}), ["--to", "csv"], stdin=jsonl * 8, environment={"TMPDIR": ""})
    check("TMPDIR=: goes well", code == 0, errors)


def timed(what, *arguments):
    start, before = time.monotonic(), runs
    what(*arguments)
    name = what.__name__.replace("_", " ")
    print(f"{name}: {runs - before} checks, {time.monotonic() - start:.1f} s", flush=True)


# A background job of a shell, or one under nohup, ignores some signals, and a program inherits that.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGTERM, signal.SIG_DFL)

parts = [
    calls_that_fail, calls_that_are_interrupted, signals_at_each_call, signals_at_random_moments, signals_that_are_ignored,
    inputs_that_change, little_room, files_that_are_replaced, streams_that_do_not_block, temporary_folders]
wanted = sys.argv[3:] or [part.__name__ for part in parts]
everything = scenarios() if any(name in wanted for name in [part.__name__ for part in parts[:3]]) else None
for part in parts:
    if part.__name__ in wanted:
        timed(part, *([everything] if part in parts[:3] else []))
print(f"Tests/Faults/run: {runs} checks, {len(failures)} failed")
sys.exit(1 if failures or runs == 0 else 0)
