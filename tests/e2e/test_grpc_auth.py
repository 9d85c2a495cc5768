"""ExternalAuth with protocol GRPC: a grpc-go server of Envoy's authorization service decides about HTTP requests."""
import json
import os
import queue
import subprocess
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import grpc_programs  # noqa: E402
from gatehouse_program import RunCase, curl, free_port, gatehouse  # noqa: E402

ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route, namespace: test}
spec:
  parentRefs: [{name: gw}]
  hostnames: [app.test]
  rules:
  - filters:
    - type: ExternalAuth
      externalAuth: {protocol: GRPC, backendRef: {name: auth, port: 9000}, grpc: {GRPC}, forwardBody: {maxSize: 100}}
    backendRefs: [{name: old, port: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: auth, namespace: test}
spec: {ports: [{port: 9000}]}
"""


class AuthServer:
    """The server, and what it was asked."""

    def __init__(self, test, *identity):
        process = subprocess.Popen([grpc_programs.DIRECTORY / "authserver", *identity], stdout=subprocess.PIPE, text=True)
        self.port = int(process.stdout.readline())
        self.questions = queue.Queue()
        reader = threading.Thread(target=self.read, args=(process.stdout,))
        reader.start()
        test.addCleanup(process.stdout.close)
        test.addCleanup(reader.join)
        test.addCleanup(process.wait)
        test.addCleanup(process.kill)

    def read(self, lines):
        for line in lines:
            self.questions.put(json.loads(line))

    def asked(self):
        return self.questions.get(timeout=20)


class GrpcAuth(RunCase):
    def begin(self, *identity, settings="{}", more="", port=None):
        self.auth = AuthServer(self, *identity)
        (self.input / "route.yaml").write_text(ROUTE.replace("{GRPC}", settings) + more)
        return self.start("--backend", f"test/auth:9000=127.0.0.1:{port or self.auth.port}")

    def ask(self, *arguments, path="/p?q=1"):
        return curl(self.url + path, "-H", "Host: app.test", *arguments)

    def test_allows(self):
        self.begin()
        for version in ("--http1.1", "--http2-prior-knowledge"):
            with self.subTest(version):
                status, text = self.ask(version, "-i", "-H", "x-want: allow", "-H", "x-one: own", "-H", "x-secret: s",
                                        "-d", "body")
                self.assertEqual(status, 200, text)
                self.assertIn("x-checked: yes", text.lower())
                asked = self.auth.asked()
                expected = {"method": "POST", "path": "/p?q=1", "host": "app.test", "scheme": "http", "size": 4,
                            "body": "body", "source": "127.0.0.1", "port": self.port}
                self.assertEqual({name: asked[name] for name in expected}, expected)
                self.assertEqual(asked["protocol"], "HTTP/1.1" if version == "--http1.1" else "HTTP/2")
                self.assertEqual(asked["headers"]["x-one"], "own")
                self.assertEqual(asked["headers"][":path"], "/p?q=1")
                headers = {name.lower(): values for name, values in json.loads(text[text.index("{"):])["headers"].items()}
                self.assertEqual(headers["x-user"], ["me"])
                self.assertEqual(headers["x-one"], ["own", "added"])
                self.assertNotIn("x-secret", headers)

    def test_denies(self):
        server = self.begin()
        status, text = self.ask("-i", "-H", "x-want: deny")
        self.assertEqual(status, 401)
        self.assertTrue(text.endswith("log in first"), text)
        self.assertIn("www-authenticate: Basic", text)
        self.assertEqual(text.count("set-cookie: "), 2, text)
        self.assertEqual(self.ask("-H", "x-want: nothing"), (403, ""))
        self.assertEqual(self.ask("-I", "-H", "x-want: deny")[0], 401)
        server.until_out(r'"GET /p\?q=1 HTTP/1\.1" 403 UAEX 0 0 ')

    def test_fails_closed(self):
        server = self.begin()
        for want, words in (("fail", "grpc-status 14 no mind of its own"), ("path", 'a header ":path"')):
            with self.subTest(want):
                status, text = self.ask("-H", f"x-want: {want}")
                self.assertEqual(status, 403)
                self.assertIn("the authorization server test/auth:9000 cannot be asked: ", text)
                self.assertIn(words, text)
        self.assertEqual(self.ask("-H", "x-want: allow", "-d", "b" * 101)[0], 413)
        server.until_out(" 413 UAEX ")

    def test_nobody_listens(self):
        self.begin(port=free_port("127.0.0.1"))
        status, text = self.ask("-H", "x-want: allow")
        self.assertEqual(status, 403)
        self.assertIn("cannot connect to", text)

    def test_the_echo_is_no_authorization_server(self):
        (self.input / "route.yaml").write_text(ROUTE.replace("{GRPC}", "{}"))
        self.start()
        status, text = self.ask()
        self.assertEqual(status, 403)
        self.assertIn("grpc-status 12", text)

    def test_allowed_headers_alone_are_shown(self):
        self.begin(settings="{allowedHeaders: [X-Want]}")
        self.assertEqual(self.ask("-H", "x-want: allow", "-H", "x-one: own")[0], 200)
        self.assertEqual(self.auth.asked()["headers"], {"x-want": "allow"})

    def test_over_tls(self):
        cert, key = grpc_programs.certificate(self, "auth.test")
        self.begin(cert, key, more=grpc_programs.backend_tls_policy("auth", "auth.test", cert))
        status, text = self.ask("-H", "x-want: allow")
        self.assertEqual(status, 200, text)

    def test_status_and_explanation(self):
        (self.input / "route.yaml").write_text(ROUTE.replace("{GRPC}", "{}"))
        done = gatehouse("check", self.input)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("warning", done.stdout + done.stderr)
        done = gatehouse("explain", self.input, "--address", f"test/gw={self.address}", "--", "GET",
                         f"http://app.test:{self.port}/")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("ask test/auth:9000 by gRPC first", done.stdout)


if __name__ == "__main__":
    grpc_programs.main()
