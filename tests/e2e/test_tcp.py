"""TCP listeners seen by real programs: Redis, PostgreSQL with and without TLS of its own, nc-like halves, reloads."""
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import curl, gatehouse  # noqa: E402
from stream_case import Acceptor, Certificates, StreamCase, free_port, read_all  # noqa: E402


def program(name):
    """Debian keeps PostgreSQL's servers apart from PATH."""
    found = shutil.which(name)
    if found:
        return found
    places = sorted(pathlib.Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(places[-1]) if places else None


class Tcp(StreamCase):
    def tcp(self):
        self.write(self.gateway(f"{{name: tcp, protocol: TCP, port: {self.port}}}") + self.service("app") +
                   self.route("TCPRoute", "r", "app"))

    def test_a_server_that_speaks_first_and_halves_that_close_apart(self):
        def serve(connection):
            connection.sendall(b"220 ready\n")
            asked = read_all(connection)  # until the client's half is closed
            connection.sendall(b"%d bytes\n" % len(asked))

        backend = Acceptor(self, serve)
        self.tcp()
        server = self.start({"app": backend.port})
        client = self.connect()
        self.assertEqual(client.recv(100), b"220 ready\n")
        client.sendall(b"x" * 300_000)
        client.shutdown(socket.SHUT_WR)
        self.assertEqual(read_all(client), b"300000 bytes\n")
        client.close()
        # One line, when it is over, without anything that only requests have.
        server.until_out(r'\] "TCP" - - 300000 23 \d+\.\d+ "-" test/gw/tcp TCPRoute/test/r#0 test/app:80 '
                         rf'127\.0\.0\.1:{backend.port} "-"\n')

    def test_the_log_in_json(self):
        backend = Acceptor(self, lambda connection: connection.sendall(b"hi"))
        self.tcp()
        server = self.start({"app": backend.port}, "--events", "json")
        client = self.connect()
        self.assertEqual(read_all(client), b"hi")
        client.close()
        line = server.until_out(r'\{"time".*\}').group(0)
        for member in ('"protocol":"TCP"', '"status":null', '"method":null', '"bytes_sent":2', '"listener":"tcp"',
                       '"backend":"test/app:80"', '"flags":null'):
            self.assertIn(member, line)

    def test_nobody_to_connect_to(self):
        self.write(self.gateway(f"{{name: tcp, protocol: TCP, port: {self.port}}}") + self.service("app") +
                   self.route("TCPRoute", "r", "gone"))
        server = self.start({})
        client = self.connect()
        self.assertEqual(client.recv(100), b"")
        server.until_out(r'"TCP" - NC 0 0 ')
        done = gatehouse("explain", self.input, "--tcp", f":{self.port}")
        self.assertEqual(done.returncode, 1)
        self.assertIn("TCPRoute/test/r takes it, but the connection is closed: BackendNotFound", done.stdout)

    def test_a_reload_keeps_sessions(self):
        old = Acceptor(self, lambda c: [c.sendall(b"old " + line) for line in iter(lambda: c.recv(100), b"")])
        new = Acceptor(self, lambda c: [c.sendall(b"new " + line) for line in iter(lambda: c.recv(100), b"")])
        gateway = self.gateway(f"{{name: tcp, protocol: TCP, port: {self.port}}}")
        services = self.service("old") + self.service("new")
        self.write(gateway + services + self.route("TCPRoute", "r", "old"))
        self.start({"old": old.port, "new": new.port})
        session = self.connect()
        session.sendall(b"1\n")
        self.assertEqual(session.recv(100), b"old 1\n")
        self.write(gateway + services + self.route("TCPRoute", "r", "new"))
        deadline = time.monotonic() + 30
        answer = b""
        while answer != b"new 2\n" and time.monotonic() < deadline:
            fresh = self.connect()
            fresh.sendall(b"2\n")
            answer = fresh.recv(100)
        self.assertEqual(answer, b"new 2\n")
        session.sendall(b"3\n")
        self.assertEqual(session.recv(100), b"old 3\n")
        # Without its listener it goes on, too.
        self.write(self.gateway(f"{{name: other, protocol: TCP, port: {free_port(self.address)}}}") + services +
                   self.route("TCPRoute", "r", "new"))
        refused = False
        while not refused and time.monotonic() < deadline:
            with socket.socket() as probe:
                refused = probe.connect_ex((self.address, self.port)) != 0
        self.assertTrue(refused)
        session.sendall(b"4\n")
        self.assertEqual(session.recv(100), b"old 4\n")

    def test_a_session_that_does_not_end_is_cut_and_logged(self):
        backend = Acceptor(self, lambda c: (c.sendall(c.recv(100)), read_all(c)))
        self.tcp()
        config = self.work / "settings.yaml"
        config.write_text("drainTimeout: 100ms\n")
        server = self.start({"app": backend.port}, "--config", config)
        client = self.connect()
        client.sendall(b"12345")
        self.assertEqual(client.recv(100), b"12345")
        self.assertEqual(server.terminate(), 0)
        self.assertRegex(server.out.read_text(), r'\] "TCP" - - 5 5 ')
        self.assertEqual(client.recv(100), b"")

    def test_the_proxy_protocol_names_the_client(self):
        def serve(connection):
            first = connection.recv(1000)
            connection.sendall(first.hex().encode())

        backends = {"one": Acceptor(self, serve).port, "two": Acceptor(self, serve).port}
        second = free_port(self.address)
        self.write(self.gateway(f"{{name: one, protocol: TCP, port: {self.port}}}",
                                f"{{name: two, protocol: TCP, port: {second}}}") +
                   "".join(self.service(name) + self.route("TCPRoute", name, name, name) for name in backends))
        config = self.work / "settings.yaml"
        config.write_text("proxyProtocol: {'test/one:80': v1, 'test/two:80': v2, 'test/none:1': v1}\n")
        server = self.start(backends, "--config", config)
        server.until_err("warning GH4008.*proxyProtocol of test/none:1 names no Service port")
        for port, version in ((self.port, "v1"), (second, "v2")):
            explained = gatehouse("explain", self.input, "--config", config, "--tcp", f":{port}")
            self.assertIn(f"behind a header of PROXY protocol {version}", explained.stdout, explained.stderr)
        heard = {}
        for name, port in (("one", self.port), ("two", second)):
            client = self.connect(port)  # the header comes before the client has said a word
            heard[name] = bytes.fromhex(read_all(client).decode())
            heard[name, "port"] = client.getsockname()[1]
        self.assertEqual(heard["one"].decode(), f"PROXY TCP4 {client.getsockname()[0]} {self.address} {heard['one', 'port']} "
                                                f"{self.port}\r\n")
        own = socket.inet_aton(client.getsockname()[0]) + socket.inet_aton(self.address)
        self.assertEqual(heard["two"], b"\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c" + own +
                         heard["two", "port"].to_bytes(2, "big") + second.to_bytes(2, "big"))

    def test_metrics_by_listener_and_route(self):
        backend = Acceptor(self, lambda c: (c.sendall(c.recv(100)), read_all(c)))
        self.write(self.gateway(f"{{name: tcp, protocol: TCP, port: {self.port}}}") + self.service("app") +
                   self.route("TCPRoute", "r", "app"))
        admin = f"127.0.0.1:{free_port('127.0.0.1')}"
        server = self.start({"app": backend.port}, "--admin", admin)
        labels = '{gateway="test/gw",listener="tcp",route="TCPRoute/test/r",rule="0"'

        def metric(name, more=""):
            found = re.search(re.escape(f"{name}{labels}{more}}} ") + r"(\d+)", curl(f"http://{admin}/metrics")[1])
            return int(found.group(1)) if found else None

        clients = [self.connect() for _ in range(3)]
        for client in clients:
            client.sendall(b"12345")
            self.assertEqual(client.recv(100), b"12345")
        self.assertEqual((metric("gatehouse_route_sessions_total"), metric("gatehouse_route_active_sessions")), (3, 3))
        for client in clients[:2]:
            client.close()
        server.until("two ended", lambda: metric("gatehouse_route_active_sessions") == 1)
        for direction in ("received", "sent"):
            self.assertEqual(metric("gatehouse_route_session_bytes_total", f',direction="{direction}"'), 10)

    # redis-tools has the server under another name, and unlike redis-server it starts no service on the machine.
    @unittest.skipUnless(program("redis-check-rdb") and program("redis-cli"), "redis-tools is not installed")
    def test_redis(self):
        port = free_port("127.0.0.1")
        redis = subprocess.Popen(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "",
                                  "--appendonly", "no", "--dir", str(self.work)],
                                 executable=program("redis-check-rdb"), stdout=subprocess.DEVNULL)
        self.addCleanup(redis.wait)
        self.addCleanup(redis.terminate)
        self.tcp()
        server = self.start({"app": port})

        def cli(*words, stdin=None):
            done = subprocess.run([program("redis-cli"), "-h", self.address, "-p", str(self.port), *words], input=stdin,
                                  capture_output=True, text=True, timeout=30)
            return done.stdout

        server.until("redis answers", lambda: cli("PING") == "PONG\n")
        self.assertEqual(cli("SET", "key", "value"), "OK\n")
        self.assertEqual(cli("GET", "key"), "value\n")
        value = "v" * 2_000_000
        self.assertEqual(cli("-x", "SET", "large", stdin=value), "OK\n")
        self.assertEqual(cli("GET", "large"), value + "\n")
        self.assertIn("errors: 0", cli("--pipe", stdin="SET a b\r\n" * 1000))
        # A subscription is a session in which only the server speaks.
        subscriber = subprocess.Popen([program("redis-cli"), "-h", self.address, "-p", str(self.port), "SUBSCRIBE", "news"],
                                      stdout=subprocess.PIPE, text=True)
        self.addCleanup(subscriber.stdout.close)
        self.addCleanup(subscriber.wait)
        self.addCleanup(subscriber.kill)
        server.until("subscribed", lambda: cli("PUBLISH", "news", "extra") == "1\n")
        while (line := subscriber.stdout.readline()) != "extra\n":
            self.assertTrue(line)

    @unittest.skipUnless(program("iperf3"), "iperf3 is not installed")
    def test_iperf3(self):
        """A connection to control and one for each stream: towards the backend, back, and both at once."""
        port = free_port("127.0.0.1")
        self.tcp()
        server = self.start({"app": port})
        for way in ([], ["--reverse"], ["--bidir"]):
            with self.subTest(way=way):
                # It serves one test at a time, and then ends.
                iperf = subprocess.Popen(["iperf3", "-s", "-1", "-B", "127.0.0.1", "-p", str(port), "--forceflush"],
                                         stdout=subprocess.PIPE, text=True)
                try:
                    while "listening" not in (line := iperf.stdout.readline()):
                        self.assertTrue(line)
                    done = subprocess.run(["iperf3", "-c", self.address, "-p", str(self.port), "-P", "4", "-n", "64M", "-J",
                                           *way], capture_output=True, text=True, timeout=60)
                    iperf.communicate(timeout=60)
                finally:
                    iperf.kill()
                    iperf.wait()
                    iperf.stdout.close()
                told = json.loads(done.stdout)
                self.assertEqual((done.returncode, told.get("error")), (0, None))
                # What is on its way when the control connection says "end" is not counted.
                self.assertGreater(told["end"]["sum_received"]["bytes"], 0)
        self.assertEqual(server.terminate(), 0)

    @unittest.skipUnless(program("initdb") and program("postgres") and program("psql"), "PostgreSQL is not installed")
    def test_postgresql(self):
        # Its TLS begins inside the stream, which is no business of a TCP listener.
        certificates = Certificates(self.work)
        crt, key = certificates.issue("db.test")
        data = pathlib.Path(tempfile.mkdtemp(dir="/tmp"))
        self.addCleanup(shutil.rmtree, data, ignore_errors=True)
        # PostgreSQL refuses to run as root.
        user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
        for source, name in ((crt, "server.crt"), (key, "server.key")):
            shutil.copy(source, data / name)
            (data / name).chmod(0o600)
        if user:
            try:
                for path in (data, data / "server.crt", data / "server.key"):
                    shutil.chown(path, "postgres", "postgres")
            except LookupError:
                self.skipTest("root, and there is no user postgres")
        cluster = data / "cluster"
        subprocess.run([program("initdb"), "-D", cluster, "-A", "trust", "-U", "tester", "-N"], check=True,
                       capture_output=True, timeout=120, cwd="/", **user)
        port = free_port("127.0.0.1")
        settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "ssl": "on",
                    "ssl_cert_file": data / "server.crt", "ssl_key_file": data / "server.key"}
        postgres = subprocess.Popen([program("postgres"), "-D", cluster] +
                                    [word for name, value in settings.items() for word in ("-c", f"{name}={value}")],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **user)
        self.addCleanup(postgres.wait)
        self.addCleanup(postgres.terminate)
        self.tcp()
        server = self.start({"app": port})

        def psql(mode, query):
            done = subprocess.run([program("psql"), "-X", "-A", "-t", "-c", query,
                                   f"host=db.test hostaddr={self.address} port={self.port} user=tester dbname=postgres "
                                   f"sslmode={mode} sslrootcert={certificates.ca}"],
                                  capture_output=True, text=True, timeout=30)
            return done.stdout.strip() or done.stderr

        server.until("PostgreSQL answers", lambda: psql("disable", "select 1") == "1")
        encrypted = "select ssl from pg_stat_ssl where pid = pg_backend_pid()"
        self.assertEqual(psql("disable", encrypted), "f")
        self.assertEqual(psql("prefer", encrypted), "t")
        self.assertEqual(psql("verify-full", encrypted), "t")
        self.assertEqual(psql("verify-full", "select length(repeat('x', 3000000))"), "3000000")
        self.assertEqual(len(psql("require", "select repeat('x', 3000000)")), 3_000_000)


if __name__ == "__main__":
    unittest.main()
