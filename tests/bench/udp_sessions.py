#!/usr/bin/env python3
"""What a UDP session costs while it is silent: memory of the program and of the kernel, and whether others notice.

  udp_sessions.py PROGRAM [--sessions 50000]

Works in a network namespace of its own, since the kernel's usual range of ports ends at 28,232 sessions. Each client has an
address of its own and leaves after one datagram; a further client asks all the while and has to be answered each time.
"""
import argparse
import pathlib
import socket
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "e2e"))
import manifests  # noqa: E402
import private_network  # noqa: E402
import session_memory  # noqa: E402
from session_memory import resident_kib, slab_kib  # noqa: E402

ADDRESS, PORT, NAMESPACE = "127.0.0.1", 700, "bench"


def objects(backend_port):
    return [manifests.gateway("bench", NAMESPACE, ADDRESS, PORT, "Same", protocol="UDP"),
            manifests.service("echo", NAMESPACE, protocol="UDP"),
            manifests.endpoint_slice("echo", NAMESPACE, "127.0.0.1", backend_port, "UDP"),
            manifests.stream_route("UDPRoute", "all", NAMESPACE, {"name": "bench"}, "echo")]


class Backend:
    """Answers; counts who was heard."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.heard = set()
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            datagram, client = self.socket.recvfrom(2048)
            self.heard.add(client[1])
            if datagram == b"ask":
                self.socket.sendto(b"answer", client)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--sessions", type=int, default=50_000)
    args = parser.parse_args()
    program = args.program.resolve()
    if not private_network.enter():
        sys.exit("udp_sessions.py: the kernel gives no network namespace")
    pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").write_text("1024 65535")
    sessions = session_memory.affordable(args.sessions, 1)
    backend = Backend()
    session_memory.run(program, objects(backend.port), f"udpSessions: {sessions + 10}, udpIdleTimeout: 10m",
                       lambda pid: measure(pid, backend, sessions))


def measure(pid, backend, sessions):
    asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    asking.settimeout(5)
    asking.connect((ADDRESS, PORT))

    def ask():
        start = time.perf_counter()
        asking.send(b"ask")
        assert asking.recv(100) == b"answer"
        return time.perf_counter() - start

    for _ in range(100):
        ask()
    resident, slab, worst = resident_kib(pid), slab_kib(), 0.0
    started = time.perf_counter()
    for i in range(sessions):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.bind((f"127.{1 + (i >> 16)}.{i >> 8 & 255}.{i & 255}", 5000))
            client.sendto(b"x", (ADDRESS, PORT))
        if i % 50 == 0:
            worst = max(worst, ask())
    ask()
    seconds = time.perf_counter() - started
    deadline = time.monotonic() + 20
    while len(backend.heard) < sessions + 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    made = len(backend.heard) - 1
    session_memory.report(made, sessions, seconds, resident_kib(pid) - resident, slab_kib() - slab, worst)


if __name__ == "__main__":
    main()
