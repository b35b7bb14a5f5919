"""What the shells offer after a line, for what the tool's completion scripts say.

    completions.py TOOL SHELL...
"""

import os
import pathlib
import pty
import select
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SECONDS = 20

FORMATS = {"json", "jsonl", "hal", "xml", "csv", "tsv"}
VERBS = {"convert", "validate", "check", "inspect", "diff", "columns", "schema", "negotiate", "formats", "help"}

# Line -> what has to be offered, and what must not be. The folder has the files models.json and models.csv.
CASES = [
    # The options and files of convert, without the verb and with it.
    ("llmfmt ", VERBS | {"models.json", "models.csv"}, FORMATS),
    ("llmfmt c", {"convert", "check", "columns"}, {"validate", "models.json"}),
    ("llmfmt mod", {"models.json", "models.csv"}, {"convert"}),
    ("llmfmt --", {"--to", "--from", "--pretty", "--version", "--help"}, {"--profile", "--explain"}),
    ("llmfmt --to ", FORMATS, VERBS | {"models.json"}),
    ("llmfmt --from js", {"json", "jsonl"}, {"csv", "models.json"}),
    ("llmfmt models.json --", {"--to", "--rejects", "--spreadsheet"}, {"--profile"}),
    ("llmfmt models.json --pr", {"--pretty", "--progress"}, {"--to"}),
    ("llmfmt models.json ", {"models.csv"}, VERBS - {"help"}),
    ("llmfmt models.json --on-error ", {"stop", "skip"}, {"models.csv", "auto"}),
    ("llmfmt --pretty models.json --progress a", {"auto", "always"}, {"never", "stop"}),
    ("llmfmt --to csv --color ", {"auto", "always", "never"}, {"models.csv"}),
    ("llmfmt --to csv --csv-arrays ", {"index", "json"}, {"models.csv"}),
    ("llmfmt --to csv -o mod", {"models.csv", "models.json"}, {"--to"}),
    ("llmfmt --columns-file mod", {"models.csv", "models.json"}, {"--to"}),
    ("llmfmt --resource ", {"largeLanguageModel", "record"}, {"models.csv"}),
    ("llmfmt convert --to ", FORMATS, VERBS | {"models.json"}),
    ("llmfmt convert models.json --on-error s", {"stop", "skip"}, {"models.csv"}),
    ("llmfmt convert mod", {"models.json", "models.csv"}, VERBS),
    # Every other verb has its own.
    ("llmfmt validate mod", {"models.json", "models.csv"}, VERBS),
    ("llmfmt validate --", {"--profile", "--from", "--strict"}, {"--to", "--pretty"}),
    ("llmfmt validate --profile ", {"resource", "create"}, {"models.json"}),
    ("llmfmt check --from ", FORMATS, {"models.json"}),
    ("llmfmt inspect --format ", {"text", "json"}, {"models.json", "csv", "tsv"}),
    ("llmfmt schema ", {"xsd", "json-schema", "table-schema", "openapi", "csv-header", "fields"}, {"models.json", "validate"}),
    ("llmfmt negotiate --", {"--offers", "--explain"}, {"--to", "--profile"}),
    ("llmfmt formats --", {"--format"}, {"--to", "--profile"}),
]


def bash(script, line, folder):
    return output(["bash", "--norc", HERE / "capture.bash", script, line], folder)


def fish(script, line, folder):
    # Fish keeps its settings in the home folder.
    offered = output(
        ["fish", "--no-config", "-c", 'source $argv[1]; complete -C "$argv[2]"', script, line], folder,
        HOME=str(folder))
    return {candidate.split("\t")[0] for candidate in offered}


class Zsh:
    """An interactive zsh in a pseudo-terminal: completion works in its line editor alone."""

    def __init__(self, script, folder):
        place = script.parent / "functions"
        place.mkdir()
        (place / "_llmfmt").write_bytes(script.read_bytes())
        self.found = script.parent / "found"
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.environ.update(completions=str(place), found=str(self.found), TERM="dumb")
            os.execvp("zsh", ["zsh", "-f", "-i"])
        os.write(self.terminal, f"source '{HERE}/capture.zsh'\n".encode())

    def __call__(self, script, line, folder):
        self.found.write_bytes(b"")
        # Control-U takes away the line before.
        os.write(self.terminal, f"\x15{line}\x18".encode())
        end = time.monotonic() + SECONDS
        while not self.found.read_text().endswith("shown\n"):
            if time.monotonic() > end:
                raise SystemExit(f"zsh gave no answer in {SECONDS} s to {line!r}")
            if select.select([self.terminal], [], [], 0.01)[0]:
                os.read(self.terminal, 65536)
        return set(self.found.read_text().split("\n")[:-2])

    def end(self):
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)


def output(command, folder, **environment):
    run = subprocess.run(
        command, cwd=folder, env=os.environ | environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS)
    if run.returncode != 0 or run.stderr:
        raise SystemExit(f"{command[0]} ended with {run.returncode}: {run.stderr.decode()}")
    return set(run.stdout.decode().splitlines())


def main():
    tool, *shells = sys.argv[1:]
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        folder = scratch / "work"
        folder.mkdir()
        for name in ("models.json", "models.csv"):
            (folder / name).touch()
        for shell in shells:
            script = scratch / shell
            script.write_bytes(subprocess.check_output([tool, "--generate-completion-script", shell]))
            ask = {"bash": bash, "fish": fish}.get(shell) or Zsh(script, folder)
            for line, expected, forbidden in CASES:
                offered = ask(script, line, folder)
                for names, text in ((expected - offered, "does not offer"), (forbidden & offered, "offers")):
                    if names:
                        wrong += 1
                        print(f"{shell}: {line!r} {text} {' '.join(sorted(names))}; offered: {' '.join(sorted(offered))}")
            if isinstance(ask, Zsh):
                ask.end()
        print(f"{len(shells)} shells, {len(CASES)} lines each: {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
