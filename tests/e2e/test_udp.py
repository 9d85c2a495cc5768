"""UDPRoutes seen by the real dig, dnsmasq and plain sockets: weights, sizes, two clients, a backend that is down, reload, drain."""
import collections
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import PORTABLE, RunCase, gatehouse  # noqa: E402

PATIENCE = 20

GATEWAY = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: test}
spec:
  gatewayClassName: gatehouse
  listeners:
  - {name: dns, protocol: UDP, port: PORT}
"""

SERVICE = """---
apiVersion: v1
kind: Service
metadata: {name: NAME, namespace: test}
spec: {ports: [{port: 53, protocol: UDP}]}
"""

DNS_POD = """---
apiVersion: v1
kind: Service
metadata: {name: coredns, namespace: test}
spec: {selector: {app: dns}, ports: [{port: 53, protocol: UDP}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: coredns, namespace: test}
spec:
  template:
    metadata: {labels: {app: dns}}
    spec: {containers: [{name: coredns, image: "registry.test/coredns/coredns:v1", ports: [{containerPort: 53, protocol: UDP}]}]}
"""


def route(**weights):
    refs = "".join(f"    - {{name: {name}, port: 53, weight: {weight}}}\n" for name, weight in weights.items())
    return ("apiVersion: gateway.networking.k8s.io/v1\nkind: UDPRoute\nmetadata: {name: route, namespace: test}\n"
            "spec:\n  parentRefs: [{name: gw}]\n  rules:\n  - backendRefs:\n" + refs)


def bound(address="127.0.0.1", port=0):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(PATIENCE)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    s.bind((address, port))
    return s


class Echo:
    """A UDP server that answers every datagram with its name and the datagram."""

    def __init__(self, test, name, port=0):
        self.name = name.encode()
        self.socket = bound(port=port)
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        test.addCleanup(self.end)

    def run(self):
        while True:
            try:
                datagram, client = self.socket.recvfrom(65536)
            except TimeoutError:
                continue
            if datagram == b"end" and client[0] == "127.0.0.9":
                return
            self.socket.sendto((self.name + b":" if self.name else b"") + datagram, client)

    def end(self):
        if self.thread.is_alive():
            with bound("127.0.0.9") as s:
                s.sendto(b"end", ("127.0.0.1", self.port))
            self.thread.join()
        self.socket.close()


class Udp(RunCase):
    def setUp(self):
        super().setUp()
        with bound(self.address) as free:
            self.port = free.getsockname()[1]
        self.write("gateway.yaml", GATEWAY.replace("PORT", str(self.port)) +
                   "".join(SERVICE.replace("NAME", name) for name in ("a", "b", "c")) + DNS_POD)
        self.write("route.yaml", route(a=1))

    def write(self, name, text):
        (self.input / name).write_text(text)

    def backend(self, **ports):
        return [word for name, port in ports.items() for word in ("--backend", f"test/{name}:53=127.0.0.1:{port}")]

    def client(self):
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.settimeout(PATIENCE)
        s.connect((self.address, self.port))
        self.addCleanup(s.close)
        return s

    def ask(self, client, datagram):
        client.send(datagram)
        return client.recv(65536)

    def dig(self, *arguments):
        done = subprocess.run(["dig", f"@{self.address}", "-p", str(self.port), "+tries=1", f"+time={PATIENCE}", "+norec",
                               *arguments], capture_output=True, text=True, timeout=2 * PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def start_dnsmasq(self, *records):
        """A real DNS server; returns its port, which has to be free in UDP and in TCP."""
        for _ in range(10):
            with bound() as free:
                port = free.getsockname()[1]
            dnsmasq = subprocess.Popen(["dnsmasq", "--no-daemon", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--user=",
                                        "--pid-file=", "--bind-interfaces", "--listen-address=127.0.0.1", f"--port={port}",
                                        "--edns-packet-max=4096", *records], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            self.addCleanup(dnsmasq.stderr.close)
            self.addCleanup(dnsmasq.wait)
            self.addCleanup(dnsmasq.terminate)
            said = b""
            while line := dnsmasq.stderr.readline():
                said += line
                if b"started" in line:
                    return port
            if b"in use" not in said:
                break
        self.fail(f"dnsmasq did not start: {said.decode()}")

    def test_dig_reaches_a_real_dns_server(self):
        if not shutil.which("dnsmasq"):
            self.skipTest("dnsmasq is not installed")
        records = [f"--address=/name{i}.test/10.9.8.{i}" for i in range(1, 4)]
        port = self.start_dnsmasq(*records, "--txt-record=long.test," + ",".join(["x" * 250] * 8))
        server = self.start(*self.backend(a=port))
        for i in range(1, 4):
            self.assertEqual(self.dig("+short", f"name{i}.test", "A").strip(), f"10.9.8.{i}")
        self.assertEqual(self.dig("+short", "+bufsize=4096", "+ignore", "long.test", "TXT").count("x" * 250), 8)
        self.assertIn("status: REFUSED", self.dig("other.test", "A"))
        server.terminate()
        # One line a session, and each dig is one.
        lines = re.findall(r'^.*UDPRoute/test/route#0.*$', server.out.read_text(), re.M)
        self.assertEqual(len(lines), 5, server.out.read_text())
        self.assertIn(f"127.0.0.1:{port}", lines[0])

    def test_dig_goes_on_over_tcp_when_an_answer_was_cut(self):
        """A UDPRoute and a TCPRoute on one port number, as DNS wants it."""
        if not shutil.which("dnsmasq"):
            self.skipTest("dnsmasq is not installed")
        port = self.start_dnsmasq("--address=/name.test/10.9.8.7", "--txt-record=long.test," + ",".join(["x" * 250] * 8))
        gateway = GATEWAY.replace("PORT", str(self.port)) + f"  - {{name: dns-tcp, protocol: TCP, port: {self.port}}}\n"
        service = SERVICE.replace("NAME", "a").replace("}]}", "}, {name: tcp, port: 5353}]}").replace("port: 53,", "name: udp, port: 53,")
        self.write("gateway.yaml", gateway + service)
        self.write("tcp.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: TCPRoute\nmetadata: {name: route, namespace: test}\n"
                   "spec:\n  parentRefs: [{name: gw}]\n  rules: [{backendRefs: [{name: a, port: 5353}]}]\n")
        server = self.start(*self.backend(a=port), "--backend", f"test/a:5353=127.0.0.1:{port}")
        self.assertEqual(self.dig("+short", "+tcp", "name.test", "A").strip(), "10.9.8.7")
        self.assertIn("flags: qr aa tc", self.dig("+ignore", "+bufsize=1232", "long.test", "TXT"))
        answer = self.dig("+bufsize=1232", "long.test", "TXT")
        self.assertIn("Truncated, retrying in TCP mode", answer)
        self.assertEqual(answer.count("x" * 250), 8)
        # Several questions on one connection.
        many = self.dig("+tcp", "+keepopen", *[word for _ in range(20) for word in ("name.test", "A")])
        self.assertEqual(many.count("10.9.8.7"), 20)
        server.terminate()
        self.assertEqual(len(re.findall("TCPRoute/test/route#0", server.out.read_text())), 3)
        self.assertEqual(len(re.findall("UDPRoute/test/route#0", server.out.read_text())), 2)

    def test_dig_reaches_the_builtin_dns_echo(self):
        self.write("route.yaml", route(coredns=1))
        self.start()
        answer = self.dig("foo.bar.com", "A")
        self.assertIn("status: NOERROR", answer)
        self.assertRegex(answer, r"foo\.bar\.com\.\s+0\s+IN\s+A\s+127\.0\.0\.1")
        self.assertEqual(self.dig("+short", "foo.bar.com", "AAAA").strip(), "::1")
        self.assertRegex(self.dig("+short", "foo.bar.com", "TXT"), r'"pod=coredns-[a-z0-9]+-[a-z0-9]+" "namespace=test"')
        self.assertIn("ANSWER: 0", self.dig("foo.bar.com", "MX"))

    def test_a_service_without_endpoints_is_a_udp_echo(self):
        self.start()
        answer = json.loads(self.ask(self.client(), "h\u00e4 \"x\"\n".encode()))
        self.assertEqual(answer, {"request": "h\u00e4 \"x\"\n", "namespace": "test", "ingress": "", "service": "a", "pod": "a-echo"})

    def test_weights_hold_over_sessions(self):
        self.write("route.yaml", route(a=7, b=3, c=0))
        ports = {name: Echo(self, name).port for name in "abc"}
        self.start("--workers", "2", *self.backend(**ports))
        answers = collections.Counter(self.ask(self.client(), b"x").split(b":")[0] for _ in range(100))
        self.assertAlmostEqual(answers[b"a"], 70, delta=2)
        self.assertAlmostEqual(answers[b"b"], 30, delta=2)

    def test_datagrams_of_every_size_and_two_clients(self):
        self.start(*self.backend(a=Echo(self, "").port))
        one, two = self.client(), self.client()
        for size in (0, 1, 1472, 1473, 9000, 65507):
            one.send(b"1" * size)
            two.send(b"2" * size)
            self.assertEqual(one.recv(65536), b"1" * size)
            self.assertEqual(two.recv(65536), b"2" * size)

    def test_a_backend_that_comes_back_is_found(self):
        with bound() as free:
            port = free.getsockname()[1]
        server = self.start(*self.backend(a=port))
        client = self.client()
        client.send(b"lost")
        server.until_out(rf" UF .*UDPRoute/test/route#0 test/a:53 127\.0\.0\.1:{port}")
        echo = Echo(self, "back", port)
        self.assertEqual(self.ask(client, b"x"), b"back:x")
        self.assertEqual(echo.port, port)

    def test_an_edit_keeps_sessions_and_moves_new_ones(self):
        server = self.start(*self.backend(a=Echo(self, "a").port, b=Echo(self, "b").port))
        before = self.client()
        self.assertEqual(self.ask(before, b"1"), b"a:1")
        self.replace("route.yaml", route(b=1))
        server.until("the new route", lambda: self.ask(self.client(), b"x") == b"b:x")
        self.assertEqual(self.ask(before, b"2"), b"a:2")

    def test_no_route_is_silence_until_there_is_one(self):
        (self.input / "route.yaml").unlink()
        server = self.start(*self.backend(a=Echo(self, "a").port))
        client = self.client()
        for _ in range(3):
            client.send(b"x")
        server.until_out(r" NR .*test/gw/dns")
        client.settimeout(0.05)
        self.assertRaises(TimeoutError, client.recv, 10)
        client.settimeout(PATIENCE)
        self.replace("route.yaml", route(a=1))

        def heard():
            client.settimeout(0.05)
            try:
                return self.ask(client, b"y") == b"a:y"
            except TimeoutError:
                return False
        server.until("the route", heard)
        self.assertEqual(len(re.findall(r" NR ", server.out.read_text())), 1)

    def test_a_drain_lets_the_last_answer_through(self):
        backend = bound()
        self.addCleanup(backend.close)
        server = self.start(*self.backend(a=backend.getsockname()[1]))
        client, finished = self.client(), self.client()
        finished.send(b"x")
        _, address = backend.recvfrom(100)
        backend.sendto(b"y", address)
        self.assertEqual(finished.recv(100), b"y")
        client.send(b"question")
        _, address = backend.recvfrom(100)
        server.process.send_signal(signal.SIGTERM)
        server.until_out("UDPRoute/test/route#0")  # the finished one ended: the drain is under way
        backend.sendto(b"answer", address)
        self.assertEqual(client.recv(100), b"answer")
        self.assertEqual(server.process.wait(PATIENCE), 0)
        self.assertEqual(len(re.findall("UDPRoute/test/route#0", server.out.read_text())), 2)

    @unittest.skipIf(PORTABLE, "who holds a port is read in /proc")
    def test_a_port_in_use_is_reported_with_its_holder(self):
        with bound(self.address, self.port):
            server = self.start(wait=False)
            server.until_err(rf"{re.escape(self.address)}:{self.port} is in use by .*\(pid {os.getpid()}\)")

    def test_status_accepts_and_programs(self):
        text = gatehouse("get", "gateways", self.input, "-A", "-o", "json", "--address", f"test/gw={self.address}").stdout
        listener = json.loads(text)["items"][0]["status"]["listeners"][0]
        self.assertEqual({c["type"]: c["status"] for c in listener["conditions"]}["Programmed"], "True", text)
        self.assertEqual(listener["attachedRoutes"], 1)


if __name__ == "__main__":
    unittest.main()
