"""Loads the registry and its peers with wrk in turns; what `peers` runs."""

import argparse
import contextlib
import datetime
import json
import os
import statistics
import subprocess
import sys
import tempfile

from load import FORMATS, HERE, TICKS, Case, Server, load

MODELS = "/v2.0/largelanguagemodels"
PEERS = os.path.join(HERE, "Peers")


class ServerTree(Server):
    """A server whose worker is a child of the process that was started."""

    def cpu(self):
        pids = [str(self.process.pid)]
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as file:
            pids += file.read().split()
        total = 0
        for pid in pids:
            with open(f"/proc/{pid}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / TICKS
        return total


def commands(database, registry):
    python = sys.executable
    return {
        "ModelRegistry": [registry, "--port", "PORT", "--log-level", "error", "--database", database],
        "Starlette, orjson": [python, "-B", os.path.join(PEERS, "starlette_server.py"), database, "PORT"],
        "Django REST": [
            python, "-B", "-c", "import sys; from gunicorn.app.wsgiapp import run; "
            "sys.argv[1:] = ['--chdir', sys.argv[1], '--worker-class', 'gthread', '--threads', '1', '--bind', "
            "'127.0.0.1:' + sys.argv[2], '--log-level', 'error', 'django_server']; run()", PEERS, "PORT"],
    }


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/Server/peers")
    parser.add_argument("--registry", required=True, help="the built ModelRegistry")
    parser.add_argument("--seconds", type=int, default=2, help="of each run of wrk (2)")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each answer (5)")
    parser.add_argument("--connections", type=int, default=16, help="that wrk holds open (16)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="llmfmt-peers-") as folder, contextlib.ExitStack() as stack:
        page = os.path.join(folder, "page.jsonl")
        with open(page, "wb") as out:
            subprocess.run([sys.executable, os.path.join(HERE, "..", "generate.py"), "1000", "jsonl"], stdout=out,
                           check=True)
        database = os.path.join(folder, "models.sqlite")
        os.environ["REGISTRY_DATABASE"] = database
        servers = {}
        for name, command in commands(database, os.path.abspath(options.registry)).items():
            extra = ["--import", page] if name == "ModelRegistry" else []
            servers[name] = ServerTree(name, command + extra)
            stack.callback(servers[name].stop)
        first = json.loads(servers["ModelRegistry"].get(MODELS + "?limit=1", "application/json"))["items"][0]
        paths = {"page of 100": MODELS + "?limit=100", "one record": f"{MODELS}/{first['_id']}"}
        print(f"{datetime.date.today().isoformat()}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; "
              f"1,000 records of 0.9 kB in one SQLite file, {options.connections} connections, medians of "
              f"{options.rounds} runs of {options.seconds} s; each CPU factor is the median of those of the rounds.\n")
        print("| answer | format | server | bytes | requests/s | CPU µs/request | to the registry |")
        print("| --- | --- | --- | ---: | ---: | ---: | ---: |")
        for what, path in paths.items():
            for form, (accept, _) in FORMATS.items():
                samples = {name: [] for name in servers}
                for _ in range(options.rounds):
                    for name, server in servers.items():
                        samples[name].append(load(Case(server, path, accept), options.connections, options.seconds, []))
                for name, server in servers.items():
                    factor = statistics.median(
                        one.microseconds / own.microseconds for one, own in zip(samples[name], samples["ModelRegistry"]))
                    print(f"| {what} | {form} | {name} | {len(server.get(path, accept)):,} "
                          f"| {statistics.median(one.rate for one in samples[name]):,.0f} "
                          f"| {statistics.median(one.microseconds for one in samples[name]):,.0f} | {factor:.1f} |",
                          flush=True)


main()
