"""The manual pages of a tool: whether they are well-formed, and whether each has every option of the verb's help.

    pages.py TOOL SCRIPTS
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile


def run(*command):
    # Help is set for a line of this width.
    environment = os.environ | {"COLUMNS": "500"}
    return subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout


def main():
    tool, scripts = sys.argv[1:]
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        run(f"{scripts}/man", tool, folder)
        pages = sorted(pathlib.Path(folder).iterdir())
        verbs = {page.stem.removeprefix("llmfmt-") for page in pages} - {"llmfmt"}
        listed = set(re.findall(r"^  (\w+) .*", run(tool, "--help").split("SUBCOMMANDS:")[1].split("\n\n")[0], re.M))
        if verbs != listed - {"help"}:
            wrong.append(f"there are pages for {sorted(verbs)}, and verbs {sorted(listed)}")
        for page in pages:
            verb = page.stem.removeprefix("llmfmt-")
            lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True)
            if lint.returncode != 0:
                wrong.append(lint.stdout)
            # Bold is a letter, a backspace and the letter again.
            text = re.sub(".\x08", "", run("mandoc", "-T", "ascii", "-O", "width=500", page))
            help_text = run(tool, *([] if verb == "llmfmt" else [verb]), "--help")
            wanted = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", help_text.split("OPTIONS:")[-1]))
            wanted |= set(re.findall(r"^  (llmfmt .*)", help_text, re.M))
            missing = sorted(word for word in wanted if word not in text)
            if missing:
                wrong.append(f"{page.name} lacks {', '.join(missing)}")
    print("\n".join(wrong) or f"{len(pages)} manual pages")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
