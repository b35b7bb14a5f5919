"""Loads servers with wrk in turns; what `run` runs."""

import argparse
import collections
import contextlib
import datetime
import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
TICKS = os.sysconf("SC_CLK_TCK")
# Name, `Accept`, and the name under /precomputed/.
FORMATS = {
    "JSON": ("application/json", "application-json"),
    "HAL": ("application/hal+json", "application-hal+json"),
    "XML": ("application/xml", "application-xml"),
    "CSV": ("text/csv", "text-csv;header=present"),
}
ROUTES = ["precomputed", "cached", "versioned", "toolkit", "typed"]
# wrk has to wait for the server, not the server for wrk.
BUSIEST_WRK = 0.9

Sample = collections.namedtuple("Sample", "rate microseconds server_load wrk_load")
Case = collections.namedtuple("Case", "server path accept")


class Server:
    def __init__(self, name, command):
        self.name = name
        self.port = command.index("PORT")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command[self.port] = str(port)
        self.address = f"http://127.0.0.1:{port}"
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT)
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.stop()
        self.log.seek(0)
        sys.exit(f"Benchmarks/Server/run: {name} does not start: {self.log.read()[-1000:].decode(errors='replace')}")

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def pin(self, cores):
        """Moves all threads that it has; new ones inherit from the one that makes them."""
        subprocess.run(["taskset", "-a", "-c", "-p", cores, str(self.process.pid)], check=True, stdout=subprocess.DEVNULL)

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def get(self, path, accept):
        request = urllib.request.Request(self.address + path, headers={"Accept": accept})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()


def load(case, connections, seconds, prefix):
    """One run of wrk."""
    server = case.server
    own = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu, began = server.cpu(), time.monotonic()
    done = subprocess.run(
        prefix + ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-H", f"Accept: {case.accept}",
                  server.address + case.path], capture_output=True, text=True)
    cpu, lasted = server.cpu() - cpu, time.monotonic() - began
    then = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = re.search(r"(\d+) requests in ([\d.]+)(ms|s|m),", done.stdout)
    if done.returncode or not found or "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        sys.exit(f"Benchmarks/Server/run: wrk at {case.path}: {done.stdout}{done.stderr}")
    requests = int(found[1])
    if requests == 0:
        sys.exit(f"Benchmarks/Server/run: no answer from {case.path} within {seconds} s")
    own_cpu = then.ru_utime + then.ru_stime - own.ru_utime - own.ru_stime
    rate = requests / (float(found[2]) * {"ms": 0.001, "s": 1, "m": 60}[found[3]])
    return Sample(rate, 1e6 * cpu / requests, cpu / lasted, own_cpu / lasted)


def measure(cases, options, pin):
    """Samples of each case, one a round; the cases of a format come one behind the other, in another order each time."""
    cores = sorted(os.sched_getaffinity(0))
    prefix = []
    if pin == "apart":
        prefix = ["taskset", "-c", str(cores[1])]
    for server in {case.server for case in cases.values()}:
        server.pin(str(cores[0]) if pin == "apart" else ",".join(map(str, cores)))
    samples = collections.defaultdict(list)
    for case in cases.values():
        load(case, options.connections, 1, prefix)  # warms what there is to warm
    names = list(cases)
    for turn in range(options.rounds):
        for form in options.formats:
            mine = [name for name in names if name[0] == form]
            shift = turn % len(mine)
            for name in mine[shift:] + mine[:shift]:
                samples[name].append(load(cases[name], options.connections, options.seconds, prefix))
    return samples


def spread(values):
    """Half the distance between the quartiles, in per cent of the median."""
    low, middle, high = statistics.quantiles(values, n=4)
    return 50 * (high - low) / middle


def table(samples, options, sizes):
    print("| page | bytes | answer | requests/s | to precomputed | CPU µs/request | to precomputed |")
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: |")
    for (form, route), runs in samples.items():
        base = samples[form, ROUTES[0]]
        rate = statistics.median(run.rate for run in runs)
        cost = statistics.median(run.microseconds for run in runs)
        # Of the two runs of one round, which had the same neighbours.
        rates = statistics.median(run.rate / other.rate for run, other in zip(runs, base))
        costs = statistics.median(run.microseconds / other.microseconds for run, other in zip(runs, base))
        print(f"| {form} | {sizes[form, route]:,} | {route} | {rate:,.0f} | {rates:.2f} | {cost:.0f} | {costs:.2f} |")
    runs = [run for name in samples for run in samples[name]]
    print(f"\nspread (half the distance of the quartiles, median of all rows): requests/s "
          f"{statistics.median(spread([run.rate for run in samples[name]]) for name in samples):.1f}%, CPU/request "
          f"{statistics.median(spread([run.microseconds for run in samples[name]]) for name in samples):.1f}%; "
          f"CPU of the server {statistics.median(run.server_load for run in runs):.2f}, of wrk "
          f"{statistics.median(run.wrk_load for run in runs):.2f} of a core")
    busy = sorted({" ".join(name) for name in samples
                   if statistics.median(run.wrk_load for run in samples[name]) > BUSIEST_WRK})
    if busy:
        print(f"\nHere wrk was as busy as it can be, so that requests/s are those of wrk: {', '.join(busy)}. "
              f"CPU/request is not concerned.")
    print(flush=True)


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/Server/run")
    parser.add_argument("--binary", required=True, help="the built server-benchmark")
    parser.add_argument("--registry", help="the built ModelRegistry, to load it as well")
    parser.add_argument("--seconds", type=int, default=2, help="of each run of wrk (2)")
    parser.add_argument("--rounds", type=int, default=7, help="runs of each page and answer (7)")
    parser.add_argument("--connections", type=int, default=32, help="that wrk holds open (32)")
    parser.add_argument("--formats", default=",".join(FORMATS), help="of the page (JSON,HAL,XML,CSV)")
    parser.add_argument("--pin", choices=["apart", "free", "both"], default="apart",
                        help="server and wrk on a core each, wherever the kernel wants, or one table of each (apart)")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("Benchmarks/Server/run: there is no wrk")
    options.formats = options.formats.split(",")
    if unknown := set(options.formats) - set(FORMATS):
        sys.exit(f"Benchmarks/Server/run: no formats: {', '.join(unknown)}")
    if options.rounds < 2:
        sys.exit("Benchmarks/Server/run: a median and its spread need at least 2 rounds")
    if options.pin != "free" and (len(os.sched_getaffinity(0)) < 2 or not shutil.which("taskset")):
        print("Benchmarks/Server/run: there are no two cores, or no taskset: nothing is pinned", file=sys.stderr)
        options.pin = "free"

    with tempfile.TemporaryDirectory(prefix="llmfmt-load-") as folder, contextlib.ExitStack() as stack:
        page = {}
        for form in ("json", "jsonl"):
            page[form] = os.path.join(folder, f"page.{form}")
            with open(page[form], "wb") as out:
                subprocess.run([sys.executable, os.path.join(HERE, "..", "generate.py"), "100", form],
                               stdout=out, check=True)

        def started(name, *command):
            server = Server(name, list(command))
            stack.callback(server.stop)
            return server

        bench = started("server-benchmark", os.path.abspath(options.binary), page["json"], "PORT")
        registry = options.registry and started(
            "ModelRegistry", os.path.abspath(options.registry), "--port", "PORT", "--log-level", "error",
            "--database", os.path.join(folder, "models.sqlite"), "--import", page["jsonl"])
        cases = {}
        for form in options.formats:
            accept, name = FORMATS[form]
            for route in ROUTES:
                path = f"/precomputed/{name}" if route == "precomputed" else f"/{route}"
                cases[form, route] = Case(bench, path, accept)
            if registry:
                cases[form, "registry"] = Case(registry, "/v2.0/largelanguagemodels?limit=100", accept)
        bodies = {name: case.server.get(case.path, case.accept) for name, case in cases.items()}
        for (form, route), content in bodies.items():
            if route in ("cached", "versioned", "toolkit") and content != bodies[form, "precomputed"]:
                sys.exit(f"Benchmarks/Server/run: {form}, {route}: not the bytes that were made before")
        sizes = {name: len(content) for name, content in bodies.items()}

        print(f"{datetime.date.today().isoformat()}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the "
              f"start; a page of 100 records, {options.connections} connections, medians of {options.rounds} runs of "
              f"{options.seconds} s.\n")
        for pin in ("apart", "free") if options.pin == "both" else (options.pin,):
            print({"apart": "Server and wrk on a core each:", "free": "Not pinned:"}[pin] + "\n", flush=True)
            table(measure(cases, options, pin), options, sizes)


if __name__ == "__main__":
    main()
