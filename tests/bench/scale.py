"""What grows with the number of routes, and what must not: stages from text to snapshot, and matching.

Generates 1,000 and 10,000 HTTPRoutes (100 routes a namespace, 20 Gateways), times import, resolve and compile of each, and
prints how the cost grows; `edit` is what one changed route costs behind the import. Then the time to match one request among
10 to 10,000 routes. Exits 1 when a stage costs more than 12 times as much for 10 times the routes, or a match more than 1.5
times among 10,000 routes than among 10. A stage of less than 20 ms is let off: it only walks over what fits into the caches
for 1,000 routes and does not for 10,000.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
MOST_GROWTH, MOST_MATCH, LET_OFF_MS = 12.0, 1.5, 20.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of bench_stages and bench_routing")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    ok = True

    rows = {}
    with tempfile.TemporaryDirectory() as scratch:
        for routes in (1_000, 10_000):
            subprocess.run([sys.executable, HERE / "generate_routes.py", "--routes", str(routes), "--namespaces",
                            str(routes // 100), "--gateways", "20", "--out", pathlib.Path(scratch, str(routes))], check=True,
                           stdout=subprocess.DEVNULL)
        # In turn, so that other work on the machine falls on both alike; the best of each counts.
        for _ in range(args.rounds):
            for routes in (1_000, 10_000):
                done = subprocess.run([args.bin / "bench_stages", pathlib.Path(scratch, str(routes)), "2"], check=True,
                                      capture_output=True, text=True)
                for stage, ms in json.loads(done.stdout).items():
                    best = rows.setdefault(routes, {})
                    best[stage] = min(best.get(stage, ms), ms)
    print(f"{'stage':>14} {'1,000 routes':>14} {'10,000 routes':>14} {'growth':>8}")
    for stage in ("import", "import_again", "resolve", "compile", "status", "edit", "project", "lint"):
        small, large = rows[1_000][stage], rows[10_000][stage]
        fine = large <= MOST_GROWTH * small or large < LET_OFF_MS
        ok = ok and fine
        print(f"{stage:>14} {small:>11.1f} ms {large:>11.1f} ms {large / small:>7.1f}x{'' if fine else '  TOO MUCH'}")

    done = subprocess.run([args.bin / "bench_routing"], check=True, capture_output=True, text=True)
    print()
    print(done.stdout, end="")
    match = {int(fields[0]): float(fields[1]) for fields in map(str.split, done.stdout.splitlines()[1:])}
    growth = match[10_000] / match[10]
    fine = growth <= MOST_MATCH
    print(f"a match among 10,000 routes costs {growth:.2f} of one among 10{'' if fine else '  TOO MUCH'}")
    sys.exit(0 if ok and fine else 1)


if __name__ == "__main__":
    main()
