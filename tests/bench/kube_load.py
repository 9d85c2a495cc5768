"""What the Kubernetes API costs: objects applied through client-go, and the time from a route's PUT to serving traffic.

Starts the built program with an API of its own, applies HTTPRoutes from several clients at once, then changes single ones.
Prints creations a second, memory before and after, and the times' medians and 99th percentiles. Needs Go 1.26.
"""
import argparse
import json
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
READY_SECONDS = 30


def memory_mib(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.M).group(1)) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of gatehouse")
    parser.add_argument("--routes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--changes", type=int, default=100)
    args = parser.parse_args()
    if not shutil.which("go"):
        sys.exit("kube_load: it needs Go 1.26 or later, and there is no go command")
    print(f"{'routes':>8} {'created/s':>10} {'MiB before':>11} {'MiB after':>10} {'PUT to traffic p50, p99 ms':>28} {'to answer p50, p99 ms':>24}")
    with tempfile.TemporaryDirectory() as scratch:
        program = pathlib.Path(scratch, "load")
        subprocess.run(["go", "build", "-o", program, "./load"], cwd=HERE.parent / "conformance", check=True)
        for routes in args.routes:
            kubeconfig, ready = pathlib.Path(scratch, "kubeconfig"), pathlib.Path(scratch, "ready")
            gatehouse = subprocess.Popen([args.bin / "gatehouse", "run", "--kube-api", "--kubeconfig", kubeconfig, "--ready-file",
                                          ready, "--events", "none", "-q"], stderr=subprocess.DEVNULL)
            try:
                deadline = time.monotonic() + READY_SECONDS
                while not ready.exists():
                    if gatehouse.poll() is not None or time.monotonic() > deadline:
                        sys.exit("kube_load: gatehouse did not start")
                    time.sleep(0.01)
                before = memory_mib(gatehouse.pid)
                done = subprocess.run([program, "-kubeconfig", kubeconfig, "-routes", str(routes), "-clients", str(args.clients),
                                       "-changes", str(args.changes)], check=True, capture_output=True, text=True)
                after = memory_mib(gatehouse.pid)
            finally:
                gatehouse.send_signal(signal.SIGTERM)
                gatehouse.wait()
            found = json.loads(done.stdout)
            serving = f"{found['serving_ms_p50']:.1f}, {found['serving_ms_p99']:.1f}"
            answered = f"{found['answered_ms_p50']:.1f}, {found['answered_ms_p99']:.1f}"
            print(f"{routes:>8} {found['created_per_second']:>10.0f} {before:>11.1f} {after:>10.1f} {serving:>28} {answered:>24}")


if __name__ == "__main__":
    main()
