"""What `endurance` runs."""

import argparse
import os
import random
import sys

import crash
import slow
import stream
from registry import Failure


def main():
    parser = argparse.ArgumentParser(prog="Tests/Endurance/run")
    parser.add_argument("binary", metavar="MODELREGISTRY", help="the built server")
    parser.add_argument("tool", metavar="LLMFMT", nargs="?", help="the built tool, to read the long answers as well")
    parser.add_argument("--kills", type=int, default=10, help="how often the server is killed (10)")
    parser.add_argument("--connections", type=int, default=1000, help="how many slow clients there are at once (1000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often they come (3)")
    parser.add_argument("--records", type=int, default=1_000_000, help="how long the long answers are (1000000)")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="for what happens by chance")
    parser.add_argument("--slack", type=float, default=1,
                        help="what to multiply the times by in which slow clients have to be let go of and others get "
                        "their answers; for a debug build or a busy machine (1)")
    parser.add_argument("--only", action="append", choices=["crash", "slow", "stream"], help="only this test")
    options = parser.parse_args()
    for path in (options.binary, options.tool):
        if path and not os.access(path, os.X_OK):
            sys.exit(f"Tests/Endurance/run: there is no program at {path}")
    binary = os.path.abspath(options.binary)
    tests = {
        "crash": lambda: crash.run(binary, options.kills, options.seed),
        "slow": lambda: slow.run(binary, options.connections, options.rounds, options.seed, options.slack),
        "stream": lambda: stream.run(binary, options.tool, options.records),
    }
    failed = False
    for name in options.only or tests:
        try:
            tests[name]()
        except Failure as failure:
            failed = True
            print(f"{name}: FAILED: {failure}", file=sys.stderr)
        sys.stdout.flush()
    sys.exit(failed)


main()
