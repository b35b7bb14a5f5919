"""Opens tables of the spreadsheet dialect with LibreOffice Calc, saves them, and compares what the tool reads back.

    spreadsheet.py [--sample] LLMFMT
"""

import argparse
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import corpus

SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "Samples" / "Data"
LOCALES = ["en-US", "de-DE"]
# How the import dialogue names a language: Windows' number; 0 is the program's own.
LANGUAGES = {"unset": 0, "en-US": 1033, "de-DE": 1031}
# What a program shows for booleans it read in another language. In a known column the tool reads these words; in an
# unknown one nothing tells them from texts, which is a limit that docs/formats.md names.
SHOWN_BOOLEANS = {"de-DE": {True: "WAHR", False: "FALSCH"}}
UTF8 = 76
QUOTE = 34
CONFIGURATION = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{}</value></prop></item>
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="DefaultLocale" oor:op="fuse"><value>{}</value></prop></item>
</oor:items>
"""


def tables(is_sample):
    """The JSON of each table, by name."""
    found = {path.stem: path.read_text() for path in sorted(SAMPLES.glob("*.json"))}
    found["scalars"] = corpus.scalar_records()
    fixed = corpus.fixed_texts()
    found["texts"] = json.dumps(corpus.text_records(fixed))
    found["mixed"] = json.dumps(corpus.text_records(corpus.mixed_texts(1500 if is_sample else 40000, seed=9)))
    keys = fixed + corpus.mixed_texts(200 if is_sample else 4000, seed=10)
    for number, table in enumerate(corpus.key_tables(keys)):
        found[f"keys{number}"] = json.dumps(table)
    return found


class Program:
    """LibreOffice Calc in one locale, with a profile of its own."""

    def __init__(self, locale, folder):
        self.profile = folder / f"profile-{locale}"
        user = self.profile / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(CONFIGURATION.format(locale, locale))

    def save(self, sheets, target, delimiter, language, is_detecting):
        """Opens and saves sheets into a folder; returns what the program said."""
        target.mkdir(parents=True)
        detecting = "true" if is_detecting else "false"
        opening = f"CSV:{ord(delimiter)},{QUOTE},{UTF8},1,,{language},false,{detecting}"
        saving = f"csv:Text - txt - csv (StarCalc):{ord(delimiter)},{QUOTE},{UTF8},1,,0,false,true,false"
        command = [
            "soffice", f"-env:UserInstallation={self.profile.as_uri()}", "--headless", "--norestore", "--nologo",
            f"--infilter={opening}", "--convert-to", saving, "--outdir", str(target), *map(str, sheets),
        ]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=900)
        return done.stdout + done.stderr


def run_tool(tool, *arguments, data=None):
    done = subprocess.run([tool, *map(str, arguments)], input=data, capture_output=True)
    return done.stdout, done.stderr.decode(errors="replace"), done.returncode


def differences(tool, sheet, saved, shown_booleans):
    """What changed between two tables, a sentence each."""
    before, _, _ = run_tool(tool, sheet, "--to", "jsonl")
    after, errors, code = run_tool(tool, saved, "--to", "jsonl", "--on-error", "skip")
    if before == after and code == 0:
        return
    if code != 0:
        for line in errors.splitlines()[:20]:
            yield f"not read back: {line}"
    before, after = before.decode().splitlines(), after.decode().splitlines()
    if len(before) != len(after):
        yield f"{len(before)} records became {len(after)}"
        return
    for number, (one, other) in enumerate(zip(before, after)):
        if one != other:
            one, other = json.loads(one), json.loads(other)
            if shown_booleans and restored(one, other, shown_booleans) == one:
                continue
            yield f"record {number}: {changed(one, other)}"


def restored(one, other, shown_booleans):
    """The second value with booleans where it has a program's words for those of the first."""
    if isinstance(one, bool) and other == shown_booleans[one]:
        return one
    if isinstance(one, dict) and isinstance(other, dict):
        return {name: restored(one.get(name), value, shown_booleans) for name, value in other.items()}
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [restored(*pair, shown_booleans) for pair in zip(one, other)]
    return other


def changed(one, other):
    """The members that differ."""
    names = [name for name in {**one, **other} if one.get(name, ...) != other.get(name, ...)]
    return "; ".join(f"{name!r}: {one.get(name, ...)!r:.200} became {other.get(name, ...)!r:.200}" for name in names) or (
        "the order or the text of a number")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("tool")
    options = parser.parse_args()
    faults = comparisons = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        sheets = {}
        for delimiter in ",;":
            place = folder / f"sheets-{ord(delimiter)}"
            place.mkdir()
            for title, text in tables(options.sample).items():
                sheet = place / f"{title}.csv"
                written, errors, code = run_tool(
                    options.tool, "--to", "csv", "--spreadsheet", "--delimiter", delimiter, "--from", "json",
                    data=text.encode())
                if code != 0:
                    sys.exit(f"the table {title} is not written: {errors}")
                sheet.write_bytes(written)
                sheets.setdefault(delimiter, []).append(sheet)
        programs = {locale: Program(locale, folder) for locale in LOCALES}
        for locale, language, is_detecting, delimiter in itertools.product(LOCALES, LANGUAGES, [False, True], ",;"):
            started = time.monotonic()
            setting = f"{locale}, language {language}, detection {'on' if is_detecting else 'off'}, delimiter {delimiter}"
            target = folder / f"{locale}-{language}-{is_detecting}-{ord(delimiter)}"
            said = programs[locale].save(sheets[delimiter], target, delimiter, LANGUAGES[language], is_detecting)
            shown = SHOWN_BOOLEANS.get(locale, {}) if language == "en-US" and is_detecting else {}
            found = []
            for sheet in sheets[delimiter]:
                saved = target / sheet.name
                comparisons += 1
                if not saved.exists():
                    sys.exit(f"{setting}: LibreOffice did not save {sheet.name}: {said}")
                found += [f"{sheet.stem}: {difference}" for difference in differences(options.tool, sheet, saved, shown)]
            print(f"{'ok' if not found else 'CHANGED':8}{setting} ({time.monotonic() - started:.0f} s)", flush=True)
            for difference in found[:40]:
                print(f"        {difference}")
            faults += len(found)
    print(f"{comparisons} tables opened and saved, {faults} differences")
    sys.exit(1 if faults else 0)


main()
