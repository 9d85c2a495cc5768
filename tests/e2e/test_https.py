"""HTTPS listeners seen by the real curl and openssl: names, versions, rotation, resumption, and clients that misbehave."""
import os
import re
import socket
import ssl
import subprocess
import sys
import textwrap
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import RunCase, SERVICES, curl, gatehouse  # noqa: E402

GATEWAY = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: test}
spec:
  gatewayClassName: gatehouse
  listeners:
  - {name: exact, protocol: HTTPS, port: PORT, hostname: app.test, tls: {certificateRefs: [{name: exact}]}}
  - {name: wild, protocol: HTTPS, port: PORT, hostname: "*.wild.test", tls: {certificateRefs: [{name: wild}]}}
"""

ROUTES = """---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route, namespace: test}
spec:
  parentRefs: [{name: gw}]
  rules:
  - backendRefs: [{name: old, port: 80}]
  - matches: [{path: {value: /moved}}]
    filters: [{type: RequestRedirect, requestRedirect: {hostname: elsewhere.test}}]
"""


def openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Https(RunCase):
    def setUp(self):
        super().setUp()
        self.ca = self.input / "ca.pem"
        self.ca_key = self.input / "ca.key"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                "/CN=test CA", "-keyout", self.ca_key, "-out", self.ca)
        (self.input / "gateway.yaml").write_text(GATEWAY.replace("PORT", str(self.port)) + SERVICES)
        (self.input / "route.yaml").write_text(ROUTES)
        self.write_secret("exact", "app.test")
        self.write_secret("wild", "*.wild.test")

    def certificate(self, name, common_name):
        """PEM texts of a certificate and its key."""
        base = self.input / ".work"
        base.mkdir(exist_ok=True)
        key, csr, crt, extensions = (base / f"{name}.{end}" for end in ("key", "csr", "crt", "ext"))
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={common_name}",
                "-keyout", key, "-out", csr)
        extensions.write_text(f"subjectAltName=DNS:{name}\n")
        openssl("x509", "-req", "-in", csr, "-CA", self.ca, "-CAkey", self.ca_key, "-CAcreateserial", "-days", "1",
                "-extfile", extensions, "-out", crt)
        return crt.read_text(), key.read_text()

    def write_secret(self, secret, name, common_name=None):
        crt, key = self.certificate(name, common_name or secret)
        text = (f"apiVersion: v1\nkind: Secret\nmetadata: {{name: {secret}, namespace: test}}\n"
                "type: kubernetes.io/tls\nstringData:\n"
                f"  tls.crt: |\n{textwrap.indent(crt, '    ')}  tls.key: |\n{textwrap.indent(key, '    ')}")
        self.replace(f"secret-{secret}.yaml", text)

    def ask(self, host, *arguments, path="/"):
        return curl(f"https://{host}:{self.port}{path}", "--cacert", str(self.ca), "--resolve",
                    f"{host}:{self.port}:{self.address}", *arguments)

    def s_client(self, *arguments, send=b""):
        """Output of openssl s_client, which ends when the server closes or its input does."""
        done = subprocess.run(["openssl", "s_client", "-connect", f"{self.address}:{self.port}", *arguments], input=send,
                              capture_output=True, timeout=30)
        return (done.stdout + done.stderr).decode(errors="replace")

    def common_name(self, server_name):
        found = re.search(r"subject=CN = (\S+)", self.s_client("-servername", server_name))
        return found.group(1) if found else None

    def test_names_versions_and_redirects(self):
        server = self.start("--workers", "2")
        self.assertIn(f"https://{self.address}:{self.port}", server.out.read_text() + server.err.read_text())
        for version in ("1.2", "1.3"):
            with self.subTest(version=version):
                options = (f"--tlsv{version}", "--tls-max", version)
                status, body = self.ask("app.test", *options)
                self.assertEqual(status, 200, body)
                self.assertIn('"service": "old"', body)
                self.assertRegex(body, r'"X-Forwarded-Proto": \[\s*"https"')
                self.assertEqual(self.ask("any.wild.test", *options)[0], 200)
        self.assertIn("unrecognized name", self.s_client("-servername", "other.test"))
        self.assertEqual(self.ask("other.test")[0], 0)
        self.assertRegex(self.s_client("-servername", "app.test", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"),
                         "alert|unsupported protocol|wrong version")
        self.assertEqual(self.common_name("app.test"), "exact")
        self.assertEqual(self.common_name("b.wild.test"), "wild")
        self.assertIn("ALPN protocol: h2", self.s_client("-servername", "app.test", "-alpn", "h2,http/1.1"))
        self.assertIn("ALPN protocol: http/1.1", self.s_client("-servername", "app.test", "-alpn", "http/1.1"))
        # Another listener's host on the connection.
        self.assertEqual(self.ask("app.test", "-H", "Host: x.wild.test")[0], 421)
        self.assertEqual(self.ask("app.test", "-H", "Host: other.test")[0], 404)
        status, headers = self.ask("app.test", "-D", "-", "-o", "/dev/null", path="/moved?a=1")
        self.assertEqual(status, 302)
        self.assertIn(f"https://elsewhere.test:{self.port}/moved?a=1", headers)
        server.until_out(r'"app\.test:\d+" test/gw/exact')

        explained = gatehouse("explain", self.input, "--address", f"test/gw={self.address}", "--", "GET",
                              f"https://b.wild.test:{self.port}/")
        self.assertEqual(explained.returncode, 0, explained.stderr)
        self.assertIn("wild", explained.stdout)
        self.assertEqual(server.terminate(), 0)
        self.assertNotIn("PRIVATE KEY", server.out.read_text() + server.err.read_text())

    def test_sessions_resume(self):
        self.start("--workers", "2")
        session = self.input / ".session"
        for version in ("-tls1_2", "-tls1_3"):
            with self.subTest(version=version):
                request = b"GET / HTTP/1.1\r\nHost: app.test\r\nConnection: close\r\n\r\n"
                first = self.s_client("-servername", "app.test", version, "-ign_eof", "-sess_out", str(session), send=request)
                self.assertIn("New, TLSv", first)
                again = self.s_client("-servername", "app.test", version, "-ign_eof", "-sess_in", str(session), send=request)
                self.assertIn("Reused, TLSv", again)
                self.assertIn("HTTP/1.1 200 OK", again)

    def test_plain_http_is_told_to_speak_tls(self):
        self.start()
        status, body = curl(f"http://{self.address}:{self.port}/")
        self.assertEqual(status, 400)
        self.assertIn("https://", body)

    def test_bad_key_closes_its_listener_only(self):
        crt, _ = self.certificate("app.test", "exact")
        _, key = self.certificate("app.test", "exact")
        text = (self.input / "secret-exact.yaml").read_text()
        text = text[:text.index("  tls.crt")]
        self.replace("secret-exact.yaml", f"{text}  tls.crt: |\n{textwrap.indent(crt, '    ')}"
                                          f"  tls.key: |\n{textwrap.indent(key, '    ')}")
        server = self.start(wait=False)
        server.until_err(r"listener exact does not serve: Secret test/exact: tls\.key does not belong to tls\.crt")
        server.until("the other listener", lambda: self.ask("x.wild.test")[0] == 200)
        self.assertEqual(self.ask("app.test")[0], 0)
        self.write_secret("exact", "app.test")
        server.until("the mended Secret", lambda: self.ask("app.test")[0] == 200)

    def test_certificates_rotate_under_load(self):
        server = self.start("--workers", "2", "--events", "none")
        context = ssl.create_default_context(cafile=str(self.ca))
        stop, failures, seen = threading.Event(), [], []

        def load():
            while not stop.is_set():
                try:
                    with socket.create_connection((self.address, self.port), 20) as plain, \
                            context.wrap_socket(plain, server_hostname="app.test") as client:
                        for _ in range(5):
                            client.sendall(b"GET / HTTP/1.1\r\nHost: app.test\r\n\r\n")
                            answer = b""
                            while b"\r\n\r\n" not in answer:
                                answer += client.recv(65536)
                            length = int(re.search(rb"(?i)content-length: (\d+)", answer).group(1))
                            while len(answer.split(b"\r\n\r\n", 1)[1]) < length:
                                answer += client.recv(65536)
                            if not answer.startswith(b"HTTP/1.1 200 "):
                                failures.append(answer)
                            seen.append(dict(client.getpeercert()["subject"][0])["commonName"])
                            if b"onnection: close" in answer.split(b"\r\n\r\n", 1)[0]:
                                break
                except (OSError, AttributeError) as error:
                    failures.append(repr(error))

        clients = [threading.Thread(target=load) for _ in range(4)]
        for client in clients:
            client.start()
        try:
            for round_ in range(5):
                name = f"round-{round_}"
                self.write_secret("exact", "app.test", name)
                server.until(name, lambda: failures or (seen and seen[-1] == name))
        finally:
            stop.set()
            for client in clients:
                client.join()
        self.assertEqual(failures, [])

    def test_idle_handshakes_are_closed(self):
        config = self.input / ".limits.yaml"
        config.write_text("limits: {headTimeout: 1s}\n")
        self.start("--config", config)
        with socket.create_connection((self.address, self.port), 20) as client:
            began = time.monotonic()
            client.sendall(b"\x16\x03\x01\x02\x00")
            self.assertIn(client.recv(100)[:1], (b"", b"\x15"))
            self.assertLess(time.monotonic() - began, 10)


if __name__ == "__main__":
    unittest.main()
