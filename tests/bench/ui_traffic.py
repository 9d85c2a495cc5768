"""What the open window costs the engine: the same load through the same set, with the window and without it.

h2load sends a fixed number of requests a second over HTTP/1.1 to one route of DIR (as generate_routes.py writes it); the
built-in echo answers. Rounds take turns, so that other work on the machine falls on all alike; medians count:
  silent    the engine tells nobody of its requests, as `gatehouse run --events none`
  headless  it tells of them, and nobody looks: the least that an access log costs
  window    the desktop shows them, and its table is in front
Engine time is CPU time of the engine's workers, so that the load generator does not count. Writes JSON, and exits 1 when a
goal is missed: of the window against headless.
"""
import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys

GATEWAY, HOST = "infra/gw-0", "r0.example.com"
CLIENTS = 20
MOST_COST, MOST_STALL_MS = 1.05, 100.0


class Served:
    """bench_ui_traffic in one of its modes, asked line by line."""

    def __init__(self, program, mode, directory):
        self.process = subprocess.Popen([program, f"--{mode}", directory, GATEWAY], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, bufsize=1)
        self.address = self.answer()["address"]

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"bench_ui_traffic ended: {self.process.wait()}")
        return json.loads(line)

    def counts(self):
        self.process.stdin.write("counts\n")
        self.process.stdin.flush()
        return self.answer()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def load(address, rate, seconds):
    """Requests that succeeded. `rate` is of all clients together."""
    done = subprocess.run(["h2load", "--h1", "-c", str(CLIENTS), "-t", "1", "-D", str(seconds), "--rps", str(rate / CLIENTS),
                           f"--connect-to={address}", f"http://{HOST}/"], capture_output=True, text=True, timeout=seconds + 60)
    found = re.search(r"(\d+) succeeded, (\d+) failed", done.stdout)
    if done.returncode != 0 or not found or int(found.group(2)) != 0:
        sys.exit(f"h2load: {done.stdout}{done.stderr}")
    return int(found.group(1))


def measure(served, rate, seconds):
    """One round: figures of the time in which the load ran."""
    before = served.counts()
    requests = load(served.address, rate, seconds)
    after = served.counts()
    spent = {key: after[key] - before[key] for key in ("workerMs", "processMs", "uiMs")}
    return {"requestsPerSecond": requests / seconds, "engineMicros": spent["workerMs"] * 1000 / requests,
            "uiThreadShare": spent["uiMs"] / (seconds * 1000), "stallMs": after["stallMs"], "megabytes": after["megabytes"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of bench_ui_traffic")
    parser.add_argument("--dir", required=True, help="manifests of generate_routes.py")
    parser.add_argument("--rate", type=int, default=20_000, help="requests a second")
    parser.add_argument("--seconds", type=int, default=5, help="of each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=pathlib.Path, help="write the figures there")
    args = parser.parse_args()
    rounds = {mode: [] for mode in ("silent", "headless", "window")}
    for _ in range(args.rounds):
        for mode, found in rounds.items():  # one after the other: all want the same ports
            served = Served(args.bin / "bench_ui_traffic", mode, args.dir)
            load(served.address, args.rate, 1)
            found.append(measure(served, args.rate, args.seconds))
            served.close()
    median = {mode: {key: statistics.median(one[key] for one in found) for key in found[0]} for mode, found in rounds.items()}
    cost = median["window"]["engineMicros"] / median["headless"]["engineMicros"]
    stall = max(one["stallMs"] for one in rounds["window"])

    print(f"{args.rate} requests/s asked for, {os.cpu_count()} cores, {args.rounds} rounds of {args.seconds} s each")
    for mode, found in median.items():
        ends = sorted(one["engineMicros"] for one in rounds[mode])
        print(f"  {mode:>8}: {found['requestsPerSecond']:8.0f} requests/s, the engine {found['engineMicros']:5.2f} us of CPU a request "
              f"({ends[0]:.2f} to {ends[-1]:.2f}), {found['megabytes']:.0f} MB resident")
    print(f"  the window's thread was busy for {median['window']['uiThreadShare']:.0%} of the time")
    missed = False
    for what, value, most, shown in (("cost of the engine with the window open", cost, MOST_COST, "{:.3f} of that without"),
                                     ("the longest that the window stood still", stall, MOST_STALL_MS, "{:.0f} ms")):
        missed = missed or value > most
        print(f"  {what:44} {shown.format(value)}   goal {shown.format(most)}: {'met' if value <= most else 'MISSED'}")
    if args.json:
        args.json.write_text(json.dumps({"rounds": rounds, "median": median, "cost": cost, "longestStallMs": stall}, indent=2) + "\n")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
