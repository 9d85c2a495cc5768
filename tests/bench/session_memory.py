"""What the measurements of sessions share: descriptors, and the memory of the program and of the kernel."""
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import manifests

SPARE_DESCRIPTORS = 200


def resident_kib(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise RuntimeError("no VmRSS")


def slab_kib():
    lines = pathlib.Path("/proc/meminfo").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Slab:"))


def affordable(sessions, descriptors_each):
    """As many sessions as this process, and so the program that it starts, may have descriptors for."""
    wanted = sessions * descriptors_each + SPARE_DESCRIPTORS
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, max(wanted, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
    except (ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        sessions = (hard - SPARE_DESCRIPTORS) // descriptors_each
        print(f"no more than {sessions:,} sessions: a process may have no more descriptors here (ulimit -Hn)")
    return sessions


def run(program, objects, limits, measure):
    """Serves `objects` with one worker and calls measure(pid)."""
    with tempfile.TemporaryDirectory() as scratch:
        manifests.write(f"{scratch}/all.yaml", objects)
        pathlib.Path(scratch, "gatehouse.yaml").write_text(f"limits: {{{limits}}}\n")
        ready = pathlib.Path(scratch, "ready")
        server = subprocess.Popen([program, "run", "--no-watch", "-q", "--events", "none", "--workers", "1", "--ready-file", ready,
                                   "--config", f"{scratch}/gatehouse.yaml", f"{scratch}/all.yaml"])
        try:
            while not ready.exists():
                if server.poll() is not None:
                    sys.exit(f"gatehouse ended with {server.returncode}")
                time.sleep(0.005)
            measure(server.pid)
        finally:
            server.terminate()
            server.wait()


def report(made, wanted, seconds, grown_kib, kernel_kib, worst_seconds):
    print(f"{made:,} of {wanted:,} sessions in {seconds:.1f} s")
    print(f"program: {grown_kib / 1024:.1f} MiB, {grown_kib * 1024 / max(made, 1):.0f} bytes a session")
    print(f"kernel:  {kernel_kib / 1024:.1f} MiB, {kernel_kib * 1024 / max(made, 1):.0f} bytes a session (Slab of the whole machine)")
    print(f"another client's slowest answer meanwhile: {worst_seconds * 1000:.1f} ms")
    if made != wanted:
        sys.exit(1)
