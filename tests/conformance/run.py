#!/usr/bin/env python3
"""Runs the Gateway API's official conformance suite against the built gatehouse program and judges the outcome.

Exit codes: 0 all that has to pass passed, 1 it did not, 2 bad usage, 77 it could not be run here (the reason is printed).
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import go_results
import leftovers

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
import private_network  # noqa: E402

SKIPPED = 77
GO_AT_LEAST = (1, 26)
READY_SECONDS, END_SECONDS = 60, 20


class CannotRun(Exception):
    """The suite cannot be run on this machine; the text says why."""


class NotReady(Exception):
    """Gatehouse did not start; the text is what it said."""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gatehouse", default=os.environ.get("GATEHOUSE_BIN", ROOT / "build/release/bin/gatehouse"),
                        type=pathlib.Path, help="the program to judge")
    parser.add_argument("--profile", action="append", default=[], help="GATEWAY-HTTP, ...; all that are claimed if none is given")
    parser.add_argument("--test", action="append", default=[], help="only the test of this name")
    parser.add_argument("--usable-address", default="127.77.0.10")
    parser.add_argument("--unusable-address", default="203.0.113.1")
    parser.add_argument("--kubeconfig", help="judge the API of this kubeconfig instead of starting gatehouse")
    parser.add_argument("--out", default=ROOT / "build/conformance", type=pathlib.Path, help="directory of report.yaml and the logs")
    parser.add_argument("--update", action="store_true", help="add newly passed tests to expectations.txt")
    return parser.parse_args()


def go_version():
    """(1, 26) of "go version go1.26.8 linux/amd64"; None without Go."""
    if not shutil.which("go"):
        return None
    text = subprocess.run(["go", "version"], capture_output=True, text=True).stdout
    found = re.search(r"go(\d+)\.(\d+)", text)
    return tuple(map(int, found.groups())) if found else None


def build_suite(out):
    """Compiles the suite, for which its modules have to be in the cache or reachable."""
    wanted = ".".join(map(str, GO_AT_LEAST))
    version = go_version()
    if version is None:
        raise CannotRun(f"it needs Go {wanted} or later, and there is no go command")
    if version < GO_AT_LEAST:
        raise CannotRun(f"it needs Go {wanted} or later, and this is Go {'.'.join(map(str, version))}")
    modules = subprocess.run(["go", "mod", "download"], cwd=HERE, capture_output=True, text=True)
    if modules.returncode != 0:
        raise CannotRun("the suite's Go modules are neither in the cache nor reachable: " + modules.stderr.strip().splitlines()[-1])
    program = out / "conformance.test"
    sources = [*HERE.glob("*.go"), HERE / "go.mod", HERE / "go.sum"]
    # Go links 75 MB anew each time, although nothing changed.
    if not program.exists() or program.stat().st_mtime <= max(source.stat().st_mtime for source in sources):
        subprocess.run(["go", "test", "-c", "-o", program, "."], cwd=HERE, check=True)
    # Go builds this tool when it is first used, which a network without ways out might not let it do.
    subprocess.run(["go", "tool", "test2json", "true"], cwd=HERE, check=True, stdout=subprocess.DEVNULL)
    return program


class Gatehouse:
    """The program under judgement, with a Kubernetes API of its own."""

    def __init__(self, program, out):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="gatehouse-conformance-"))
        self.kubeconfig, self.ready = self.directory / "kubeconfig", self.directory / "ready"
        self.log = out / "gatehouse.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([program, "run", "--kube-api", "--kubeconfig", self.kubeconfig, "--ready-file",
                                             self.ready, "--events", "none"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def wait_until_ready(self):
        deadline = time.monotonic() + READY_SECONDS
        while not self.ready.exists() or not self.kubeconfig.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise NotReady("gatehouse did not get ready:\n" + self.log.read_text())
            time.sleep(0.02)

    def stop(self):
        """Ends the program as a user does; returns what it left behind, as sentences."""
        if self.process.poll() is not None:
            return [f"gatehouse ended by itself with exit code {self.process.returncode}: see {self.log}"]
        sockets = leftovers.sockets_of(self.process.pid)
        children = leftovers.children_of(self.process.pid)
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return [f"gatehouse did not end within {END_SECONDS} s of SIGTERM"]
        left = [] if code == 0 else [f"gatehouse ended with exit code {code}: see {self.log}"]
        left += [f"{path.name} is still there" for path in (self.kubeconfig, self.ready) if path.exists()]
        left += leftovers.open_sockets(sockets) + leftovers.living(children)
        shutil.rmtree(self.directory)
        return left


def version_of(program):
    """ "0.1.0" of "gatehouse 0.1.0 (...)"."""
    text = subprocess.run([program, "version"], capture_output=True, text=True).stdout
    found = re.match(r"gatehouse (\S+)", text)
    return found.group(1) if found else "unknown"


def run_suite(program, kubeconfig, options, version):
    """Runs the compiled suite; its output goes to a log. Returns go_results.Results."""
    report = options.out / "report.yaml"
    for old in (report, report.with_suffix(".json")):
        old.unlink(missing_ok=True)
    command = ["go", "tool", "test2json", program, "-test.v=test2json", "-test.timeout=90m", f"-api={kubeconfig}",
               f"-only-profiles={','.join(options.profile)}", f"-only-tests={','.join(options.test)}",
               f"-usable={options.usable_address}", f"-unusable={options.unusable_address}",
               f"-of-version={version}", f"-out={report}"]
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    results = go_results.Results()
    with open(options.out / "suite.log", "w") as log:
        process = subprocess.Popen(command, cwd=HERE, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in process.stdout:
            event = results.take(line)
            log.write(event)
            log.flush()
        process.wait()
    summary = report.with_suffix(".json")
    results.summary = json.loads(summary.read_text()) if summary.exists() else None
    return results


def print_table(results):
    rows = []
    for profile in sorted(results.summary["report"]["profiles"], key=lambda each: each["name"]):
        cells = [profile["name"]]
        for level in ("core", "extended"):
            counts = profile.get(level, {}).get("statistics", {})
            cells.append(f"{counts.get('Passed', 0)} passed, {counts.get('Failed', 0)} failed")
        rows.append(cells)
    for name in results.summary["unclaimed"] or []:
        rows.append([name, "not claimed", ""])
    print(f"{'profile':<14} {'core':<22} extended")
    for name, core, extended in rows:
        print(f"{name:<14} {core:<22} {extended}".rstrip())
    for name in results.failed():
        levels = ", ".join(results.summary["levels"].get(name, ["in no profile"]))
        print(f"FAILED {name} ({levels}): {results.first_message(name)}")


def judge(results, options):
    """Compares with expectations.txt; returns the number of tests that must pass and did not."""
    path = HERE / "expectations.txt"
    lines = path.read_text().splitlines()
    comments, expected = [x for x in lines if x.startswith("#")], {x for x in lines if x and not x.startswith("#")}
    narrowed = bool(options.profile or options.test)
    missing = sorted(name for name in expected if name not in results.passed() and (not narrowed or name in results.ran()))
    for name in missing:
        print(f"REGRESSION {name}: passed before, now {results.state(name)}")
    fresh = sorted(set(results.passed()) - expected)
    if fresh and options.update:
        path.write_text("\n".join(comments + sorted(expected | set(fresh))) + "\n")
        print(f"added to {path.name}: {', '.join(fresh)}")
    elif fresh:
        print(f"newly passed (--update adds them to {path.name}): {', '.join(fresh)}")
    return len(missing)


def main():
    options = arguments()
    options.out = options.out.resolve()
    options.out.mkdir(parents=True, exist_ok=True)
    if not options.kubeconfig and not options.gatehouse.is_file():
        raise CannotRun(f"{options.gatehouse} is not built")
    start = time.monotonic()
    program = build_suite(options.out)
    version, gatehouse = "unknown", None
    if options.kubeconfig:
        kubeconfig = pathlib.Path(options.kubeconfig).resolve()
    else:
        # A network of its own: ports 80 and 443 of every 127.x address are free there, and ours.
        if not private_network.enter() and os.geteuid() != 0:
            raise CannotRun("ports 80 and 443 need root, or a kernel that lets users make network namespaces")
        version = version_of(options.gatehouse)
        gatehouse = Gatehouse(options.gatehouse, options.out)
        kubeconfig = gatehouse.kubeconfig
    left = []
    try:
        if gatehouse:
            gatehouse.wait_until_ready()
        begin = time.monotonic()
        results = run_suite(program, kubeconfig, options, version)
        seconds = time.monotonic() - begin
    finally:
        if gatehouse:
            left += gatehouse.stop()
    problems = len(left)
    if results.summary:
        print_table(results)
        problems += judge(results, options)
    else:
        print(f"the suite did not come to its end: {results.first_message('')}")
        problems += 1
    for sentence in left:
        print(f"LEFT BEHIND {sentence}")
    print(f"{len(results.passed())} passed, {len(results.failed())} failed, {len(results.skipped())} skipped")
    print(f"suite {seconds:.0f} s, with building {time.monotonic() - start:.0f} s; report and logs in {options.out}")
    return 1 if problems else 0


if __name__ == "__main__":
    # Whoever ends this ends gatehouse too: main() stops it on its way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        sys.exit(main())
    except CannotRun as why:
        print(f"conformance: skipped: {why}")
        sys.exit(SKIPPED)
    except NotReady as why:
        print(f"conformance: {why}")
        sys.exit(1)
