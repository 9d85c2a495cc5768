"""TLS listeners seen by the real openssl and curl: passthrough, termination, both beside HTTPS on one port, and clients
that say little or nothing."""
import json
import os
import re
import resource
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import curl, gatehouse  # noqa: E402
from stream_case import Acceptor, Certificates, StreamCase, free_port, read_all  # noqa: E402


class Tls(StreamCase):
    def setUp(self):
        super().setUp()
        self.certificates = Certificates(self.work)

    def listener(self, name, hostname, tls, protocol="TLS"):
        return f"{{name: {name}, protocol: {protocol}, port: {self.port}, hostname: '{hostname}', tls: {tls}}}"

    def tls_server(self, name, alpn=()):
        """An HTTPS server that says which name it was asked for, and what was agreed on."""
        crt, key = self.certificates.issue(name)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(crt, key)
        context.set_alpn_protocols(list(alpn))
        asked = {}
        context.sni_callback = lambda sock, server_name, _: asked.__setitem__(sock, server_name)

        def serve(connection):
            with context.wrap_socket(connection, server_side=True) as secure:
                request = b""
                while b"\r\n\r\n" not in request:
                    piece = secure.recv(65536)
                    if not piece:
                        return
                    request += piece
                body = json.dumps({"name": name, "sni": asked.get(secure), "version": secure.version(),
                                   "alpn": secure.selected_alpn_protocol()}).encode()
                secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body))

        return Acceptor(self, serve)

    def ask(self, host, *arguments):
        status, body = curl(f"https://{host}:{self.port}/", "--cacert", str(self.certificates.ca), "--resolve",
                            f"{host}:{self.port}:{self.address}", *arguments)
        return json.loads(body) if status == 200 else body

    def passthrough(self, **services):
        """A route for "<service>.test" to each service's port, on one listener for every name."""
        text = self.gateway(f"{{name: tls, protocol: TLS, port: {self.port}, tls: {{mode: Passthrough}}}}")
        for service in services:
            text += self.service(service) + self.route("TLSRoute", service, service, hostnames=[f"{service}.test"])
        self.write(text)
        return self.start(services)

    def test_passthrough_by_name_with_curl(self):
        one, two = self.tls_server("one.test", ["http/1.1"]), self.tls_server("two.test")
        server = self.passthrough(one=one.port, two=two.port)
        for version in ("1.2", "1.3"):
            answer = self.ask("one.test", "--tlsv" + version, "--tls-max", version, "--http1.1")
            self.assertEqual(answer, {"name": "one.test", "sni": "one.test", "version": "TLSv" + version,
                                      "alpn": "http/1.1"})
        self.assertEqual(self.ask("two.test")["sni"], "two.test")
        server.until_out(r'"TLS" - - \d+ \d+ \d+\.\d+ "two\.test" test/gw/tls TLSRoute/test/two#0 test/two:80 ')

    def test_s_client_sees_the_backends_handshake(self):
        backend = self.tls_server("one.test", ["custom/1"])
        self.passthrough(one=backend.port)
        done = subprocess.run(["openssl", "s_client", "-connect", f"{self.address}:{self.port}", "-servername", "one.test",
                               "-alpn", "other,custom/1", "-CAfile", self.certificates.ca, "-verify_return_error"],
                              input=b"", capture_output=True, timeout=30)
        out = done.stdout.decode()
        self.assertIn("ALPN protocol: custom/1", out)
        self.assertIn("Verify return code: 0 (ok)", out)
        self.assertIn("subject=CN = one.test", out)

    def test_an_unknown_name_is_closed_without_an_alert(self):
        backend = self.tls_server("one.test")
        server = self.passthrough(one=backend.port)
        done = subprocess.run(["openssl", "s_client", "-connect", f"{self.address}:{self.port}", "-servername", "x.test",
                               "-msg"], input=b"", capture_output=True, timeout=30)
        self.assertNotEqual(done.returncode, 0)
        self.assertNotIn(b"<<< TLS", done.stdout)  # nothing came, an alert no more than a ServerHello
        server.until_out(r'"TLS" - NR 0 0 \d+\.\d+ "x\.test" test/gw/tls - - - "-"')
        explained = gatehouse("explain", self.input, "--tls", f"x.test:{self.port}")
        self.assertEqual(explained.returncode, 1)
        self.assertIn("closed without a TLS alert", explained.stdout)
        self.assertIn("TLSRoute/test/one rules[0]: server name x.test is not covered by hostname one.test", explained.stdout)
        explained = gatehouse("explain", self.input, "-o", "json", "--tls", f"one.test:{self.port}")
        self.assertEqual(explained.returncode, 0)
        self.assertEqual(json.loads(explained.stdout)["route"], "TLSRoute/test/one")

    def test_postgresql_starts_tls_in_its_own_way_and_is_told_so(self):
        backend = self.tls_server("db.test")
        server = self.passthrough(db=backend.port)
        with self.connect() as client:
            client.sendall(bytes([0, 0, 0, 8, 4, 210, 22, 47]))
            answer = read_all(client)
        self.assertEqual(answer[:1], b"E")
        self.assertEqual(int.from_bytes(answer[1:5], "big"), len(answer) - 1)
        fields = {field[:1]: field[1:] for field in answer[5:].split(b"\0") if field}
        self.assertEqual((fields[b"S"], fields[b"C"]), (b"FATAL", b"08P01"))
        self.assertIn(b"sslnegotiation=direct", fields[b"M"])
        self.assertTrue(answer.endswith(b"\0\0"))
        server.until_out(r'"TLS" - DPE 0 0 ')
        if shutil.which("psql"):
            done = subprocess.run(["psql", "-X", "-c", "select 1", f"host=db.test hostaddr={self.address} port={self.port} "
                                   "user=x dbname=x sslmode=require"], capture_output=True, text=True, timeout=30)
            self.assertEqual(done.returncode, 2)
            self.assertRegex(done.stderr, "sent an error response during SSL exchange|sslnegotiation=direct")

    def test_three_kinds_of_listeners_on_one_port(self):
        inner = self.tls_server("pass.test")
        plain = Acceptor(self, lambda c: (c.sendall(b"plain\n"), c.sendall(c.recv(100))))
        terminate = "{mode: Terminate, certificateRefs: [{name: cert}]}"
        self.write(self.gateway(self.listener("pass", "pass.test", "{mode: Passthrough}"),
                                self.listener("term", "*.term.test", terminate),
                                self.listener("web", "web.test", "{certificateRefs: [{name: web}]}", "HTTPS")) +
                   "".join(self.service(name) for name in ("inner", "plain", "web")) +
                   self.route("TLSRoute", "p", "inner", "pass", ["pass.test"]) +
                   self.route("TLSRoute", "t", "plain", "term", ["x.term.test"]) +
                   self.route("HTTPRoute", "w", "web", "web") +
                   self.certificates.secret("cert", "*.term.test") + self.certificates.secret("web", "web.test"))
        self.start({"inner": inner.port, "plain": plain.port})
        self.assertEqual(self.ask("pass.test")["name"], "pass.test")
        done = subprocess.run(["openssl", "s_client", "-quiet", "-connect", f"{self.address}:{self.port}", "-servername",
                               "x.term.test", "-CAfile", self.certificates.ca, "-verify_return_error", "-ign_eof"],
                              input=b"back\n", capture_output=True, timeout=30)
        self.assertEqual(done.stdout, b"plain\nback\n")
        self.assertEqual(self.ask("web.test")["service"], "web")
        # A listener has it, and no route: closed like a name of nobody.
        with self.assertRaises((ConnectionResetError, ssl.SSLEOFError, ssl.SSLZeroReturnError)):
            context = ssl.create_default_context(cafile=self.certificates.ca)
            context.wrap_socket(self.connect(), server_hostname="free.term.test")

    def test_clients_that_say_little_harm_nobody(self):
        count = 10_000
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < count + 2000:
            self.skipTest(f"{count} connections need more descriptors than {hard}")
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, count + 2000), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        backend = self.tls_server("one.test")
        server = self.passthrough(one=backend.port)
        hello = self.hello("one.test")

        def memory():
            with open(f"/proc/{server.process.pid}/status") as status:
                return int(re.search(r"VmRSS:\s+(\d+) kB", status.read()).group(1))

        self.assertEqual(self.ask("one.test")["sni"], "one.test")
        before = memory()
        crowd = []
        try:
            for i in range(count):
                connection = socket.create_connection((self.address, self.port), timeout=30)
                crowd.append(connection)
                if i % 3 == 1:
                    connection.sendall(hello[:len(hello) // 2])
                elif i % 3 == 2:
                    connection.sendall(hello[:1])
                if i % 1000 == 999:
                    self.assertEqual(self.ask("one.test")["sni"], "one.test")
            grown = memory() - before
            # Less than 4 KiB for each: no buffer waits for those who say nothing.
            # A sanitizer's program takes more for everything.
            most = 12 if os.environ.get("GATEHOUSE_SANITIZE") else 4
            self.assertLess(grown, most * count, f"{grown} KiB")
            # A byte a second is progress, and no more time.
            dribbling = crowd[2::1000]
            deadline = time.monotonic() + 25
            sent, open_ = 1, list(dribbling)
            while open_ and time.monotonic() < deadline:
                sent += 1
                for connection in list(open_):
                    try:
                        connection.sendall(hello[sent:sent + 1])
                    except OSError:
                        open_.remove(connection)
                self.assertEqual(self.ask("one.test")["sni"], "one.test")
                time.sleep(1)
            self.assertEqual(open_, [], "a hello of a byte a second has no end")
        finally:
            for connection in crowd:
                connection.close()
        self.assertEqual(self.ask("one.test")["sni"], "one.test")

    @staticmethod
    def hello(name):
        context = ssl.create_default_context()
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        try:
            context.wrap_bio(incoming, outgoing, server_hostname=name).do_handshake()
        except ssl.SSLWantReadError:
            pass
        return outgoing.read()


if __name__ == "__main__":
    unittest.main()
