#!/usr/bin/env python3
"""What a TCP session costs while it is silent: memory of the program and of the kernel, and whether others notice.

  tcp_sessions.py PROGRAM [--sessions 10000]

Each client says five bytes, hears them from the backend, and stays. A further session asks all the while and has to be
answered each time. The program needs two descriptors a session.
"""
import argparse
import multiprocessing
import pathlib
import selectors
import socket
import sys
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
    return [manifests.gateway("bench", NAMESPACE, ADDRESS, PORT, "Same", protocol="TCP"),
            manifests.service("echo", NAMESPACE),
            manifests.endpoint_slice("echo", NAMESPACE, "127.0.0.1", backend_port),
            manifests.stream_route("TCPRoute", "all", NAMESPACE, {"name": "bench"}, "echo")]


def serve(listener):
    """Echoes, in a process of its own: descriptors are counted by process."""
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is listener:
                selector.register(listener.accept()[0], selectors.EVENT_READ)
                continue
            data = key.fileobj.recv(100)
            if data:
                key.fileobj.sendall(data)
            else:
                selector.unregister(key.fileobj)
                key.fileobj.close()


def ask(client):
    start = time.perf_counter()
    client.sendall(b"12345")
    assert client.recv(100) == b"12345"
    return time.perf_counter() - start


def measure(pid, sessions):
    asking = socket.create_connection((ADDRESS, PORT), timeout=20)
    for _ in range(100):
        ask(asking)
    resident, slab, worst = resident_kib(pid), slab_kib(), 0.0
    started = time.perf_counter()
    clients = []
    for i in range(sessions):
        client = socket.create_connection((ADDRESS, PORT), timeout=20)
        ask(client)
        clients.append(client)
        if i % 50 == 0:
            worst = max(worst, ask(asking))
    seconds = time.perf_counter() - started
    session_memory.report(len(clients), sessions, seconds, resident_kib(pid) - resident, slab_kib() - slab, worst)
    for client in clients[::100]:
        ask(client)  # they are still there


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--sessions", type=int, default=10_000)
    args = parser.parse_args()
    program = args.program.resolve()
    if not private_network.enter():
        sys.exit("tcp_sessions.py: the kernel gives no network namespace")
    sessions = session_memory.affordable(args.sessions, 2)
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    backend = multiprocessing.Process(target=serve, args=(listener,), daemon=True)
    backend.start()
    session_memory.run(program, objects(listener.getsockname()[1]), f"connections: {sessions + 10}",
                       lambda pid: measure(pid, sessions))
    backend.terminate()


if __name__ == "__main__":
    main()
