"""Commands that answer without traffic, on large sets: wall time and memory of check, explain and diff.

Generates 1,000 and 10,000 HTTPRoutes and a copy of each with ten edits, runs each command in turn, the best of a few rounds
counts. Exits 1 when check or diff needs more than five seconds at 10,000 routes, or more than 12 times what it needs at 1,000.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
MOST_SECONDS, MOST_GROWTH = 5.0, 12.0
EDITS = 10


def generate(scratch, routes):
    """The set, and the set with EDITS rules that lead elsewhere."""
    old, new = pathlib.Path(scratch, f"old-{routes}"), pathlib.Path(scratch, f"new-{routes}")
    subprocess.run([sys.executable, HERE / "generate_routes.py", "--routes", str(routes), "--namespaces", str(routes // 100),
                    "--gateways", "20", "--out", old], check=True, stdout=subprocess.DEVNULL)
    shutil.copytree(old, new)
    files = sorted(new.glob("*team*"))
    for i in range(EDITS):
        file = files[i % len(files)]
        text = file.read_text()
        at = text.index("/api", 4000 * (i // len(files) + 1))
        file.write_text(text[:at] + f"/api-{i}" + text[at + 4:])
    return old, new


def measure(command):
    """Seconds, MiB at the most, exit code."""
    begin = time.monotonic()
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - begin, usage.ru_maxrss / 1024, process.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of gatehouse")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    program = args.bin / "gatehouse"
    best = {}
    with tempfile.TemporaryDirectory() as scratch:
        sets = {routes: generate(scratch, routes) for routes in (1_000, 10_000)}
        for _ in range(args.rounds):
            for routes, (old, new) in sets.items():
                for name, expected, command in (
                        ("check", 0, [program, "check", old]),
                        ("explain", 0, [program, "explain", old, "--", "http://r7.example.com:8080/api/x"]),
                        ("diff", 1, [program, "diff", old, new])):
                    seconds, mib, code = measure(command)
                    if code != expected:
                        sys.exit(f"{name} of {routes} routes exited with {code}, not {expected}")
                    known = best.get((name, routes), (seconds, mib))
                    best[name, routes] = (min(known[0], seconds), min(known[1], mib))
    fine = True
    print(f"{'command':>9} {'1,000 routes':>22} {'10,000 routes':>22} {'growth':>8}")
    for name in ("check", "explain", "diff"):
        (small, small_mib), (large, large_mib) = best[name, 1_000], best[name, 10_000]
        ok = name == "explain" or (large <= MOST_SECONDS and large <= MOST_GROWTH * small)
        fine = fine and ok
        print(f"{name:>9} {small:>8.2f} s {small_mib:>7.0f} MiB {large:>8.2f} s {large_mib:>7.0f} MiB "
              f"{large / small:>7.1f}x{'' if ok else '  TOO MUCH'}")
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
