"""What the command tests share: running the built program, waiting for it, and addresses of their own."""
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

import private_network

BIN = os.environ["GATEHOUSE_BIN"]
PORTABLE = os.environ.get("GATEHOUSE_PORTABLE") == "1"  # built as for systems with one loopback address
if PORTABLE:
    private_network.enter()  # which is then nobody else's
ROOT = pathlib.Path(__file__).resolve().parents[2]
# Where two Gateways want a port each of their own address, or clients are told apart by theirs.
needs_addresses = unittest.skipIf(PORTABLE, "there is one loopback address only")
SAMPLE = ROOT / "samples" / "shared-and-dedicated"
DEADLINE_SECONDS = 30

GATEWAY = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: test}
spec:
  gatewayClassName: gatehouse
  listeners:
  - {name: http, protocol: HTTP, port: PORT}
"""

SERVICES = """---
apiVersion: v1
kind: Service
metadata: {name: old, namespace: test}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: new, namespace: test}
spec: {ports: [{port: 80}]}
"""

ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route, namespace: test}
spec:
  parentRefs: [{name: gw}]
  hostnames: [app.test]
  rules:
  - backendRefs: [{name: SERVICE, port: 80}]
"""


def gatehouse(*arguments, stdin=None, env=None, cwd=None):
    """Runs a command to its end; output as text."""
    return subprocess.run([BIN, *map(str, arguments)], input=stdin, capture_output=True, text=True, cwd=cwd,
                          timeout=DEADLINE_SECONDS, env={**os.environ, **(env or {})})


def own_address():
    """A loopback address that no other test is likely to use, so that tests can run beside each other."""
    if PORTABLE:
        return "127.0.0.1"
    return f"127.{random.randint(16, 250)}.{random.randint(0, 255)}.{random.randint(1, 254)}"


def free_port(address):
    with socket.socket() as s:
        s.bind((address, 0))
        return s.getsockname()[1]


class Server:
    """`gatehouse run` in the background, with standard output and error in files."""

    def __init__(self, test, *arguments, stdin=None, stdout=None, pass_fds=()):
        self.test = test
        self.directory = pathlib.Path(tempfile.mkdtemp())
        test.addCleanup(shutil.rmtree, self.directory)
        self.out, self.err = self.directory / "out", self.directory / "err"
        with open(self.out, "wb") as out, open(self.err, "wb") as err:
            self.process = subprocess.Popen([BIN, "run", *map(str, arguments)], stdout=out if stdout is None else stdout,
                                            stderr=err, pass_fds=pass_fds,
                                            stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL)
        test.addCleanup(self.end)
        if stdin is not None:
            self.process.stdin.write(stdin.encode())
            self.process.stdin.close()

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def until(self, what, condition):
        """Waits for a condition; fails with everything the program said when it does not come true in time."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while True:
            result = condition()
            if result:
                return result
            if time.monotonic() > deadline:
                self.test.fail(f"{what}: not in time\nout: {self.out.read_text()}\nerr: {self.err.read_text()}")
            time.sleep(0.005)

    def until_err(self, pattern):
        return self.until(pattern, lambda: re.search(pattern, self.err.read_text()))

    def until_out(self, pattern):
        return self.until(pattern, lambda: re.search(pattern, self.out.read_text()))

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(DEADLINE_SECONDS)


def curl(url, *arguments):
    """Status and body of a request by the real curl."""
    done = subprocess.run(["curl", "-sS", "--noproxy", "*", "-m", "20", "-w", "\n%{http_code}", *arguments, url],
                          capture_output=True, text=True)
    if done.returncode != 0:
        return 0, done.stderr
    body, _, status = done.stdout.rpartition("\n")
    return int(status), body


def service_of(body):
    found = re.search(r'"service": ?"(\w+)"', body)
    return found.group(1) if found else body


class RunCase(unittest.TestCase):
    """A Gateway of one listener with one route, in files of its own, on an address of its own."""

    def setUp(self):
        self.address = own_address()
        self.port = free_port(self.address)
        self.input = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.input)
        (self.input / "gateway.yaml").write_text(GATEWAY.replace("PORT", str(self.port)) + SERVICES)
        (self.input / "route.yaml").write_text(ROUTE.replace("SERVICE", "old"))
        self.ready = pathlib.Path(str(self.input) + ".ready")
        self.url = f"http://{self.address}:{self.port}"

    def start(self, *arguments, wait=True, **options):
        server = Server(self, self.input, "--address", f"test/gw={self.address}", "--ready-file", self.ready, *arguments,
                        **options)
        if wait:
            server.until("ready", lambda: self.ready.exists() or server.process.poll() is not None)
            self.assertTrue(self.ready.exists(), server.err.read_text())
        return server

    def slow_request(self, *arguments):
        """A server with one request in flight, and the client's and the backend's ends of it."""
        backend = socket.create_server((self.address, 0))
        self.addCleanup(backend.close)
        server = self.start("--backend", f"test/old:80={self.address}:{backend.getsockname()[1]}", *arguments)
        client = socket.create_connection((self.address, self.port))
        self.addCleanup(client.close)
        client.sendall(b"GET /slow HTTP/1.1\r\nHost: app.test\r\n\r\n")
        backend.settimeout(20)
        connection, _ = backend.accept()
        self.addCleanup(connection.close)
        connection.settimeout(20)
        connection.recv(65536)
        return server, client, connection

    def get(self, path="/"):
        return curl(self.url + path, "-H", "Host: app.test")

    def replace(self, name, text):
        """Writes a file as editors do: a new one, renamed over the old."""
        temporary = self.input / (name + "~")
        temporary.write_text(text)
        temporary.replace(self.input / name)
