"""gRPC through a Gateway with real clients: grpcurl over h2c and TLS, against the built-in echo and against grpc-go."""
import json
import os
import re
import socket
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import grpc_programs  # noqa: E402
from gatehouse_program import SERVICES, RunCase, free_port, gatehouse  # noqa: E402
from grpc_programs import DEADLINE_EXCEEDED, NOT_FOUND, UNAVAILABLE, UNIMPLEMENTED  # noqa: E402

ECHO = "gateway_api_conformance.echo_basic.grpcecho.GrpcEcho"

GATEWAY = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: test}
spec:
  gatewayClassName: gatehouse
  listeners:
  - {name: http, protocol: HTTP, port: PORT}
  - name: https
    protocol: HTTPS
    port: SECURE
    tls: {certificateRefs: [{name: cert}]}
"""

ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: route, namespace: test}
spec:
  parentRefs: [{name: gw}]
  hostnames: [rpc.test]
  rules:
  - name: admin
    matches:
    - method: {service: shop.Admin}
    backendRefs: []
  - name: two
    matches:
    - method: {service: ECHO, method: EchoTwo}
      headers: [{name: team, value: red}]
    filters:
    - type: RequestHeaderModifier
      requestHeaderModifier: {set: [{name: x-seen, value: gate}]}
    - type: ResponseHeaderModifier
      responseHeaderModifier: {add: [{name: x-added, value: by-gate}]}
    backendRefs: [{name: new, port: 80}]
  - name: rest
    matches:
    - method: {service: ECHO}
    - method: {type: RegularExpression, service: "grpc\\\\..*"}
    backendRefs: [{name: old, port: 80}]
""".replace("ECHO", ECHO)


HTTP_ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route, namespace: test}
spec:
  parentRefs: [{name: gw}]
  rules: [{backendRefs: [{name: h2, port: 80}]}]
---
apiVersion: v1
kind: Service
metadata: {name: h2, namespace: test}
spec: {ports: [{port: 80, appProtocol: kubernetes.io/h2c}]}
"""


class GrpcCase(RunCase):
    """A Gateway with a plain and a secure listener, and a GRPCRoute."""

    def setUp(self):
        super().setUp()
        self.secure = free_port(self.address)
        self.cert, key = grpc_programs.certificate(self, "rpc.test", "other.test")
        manifest = GATEWAY.replace("PORT", str(self.port)).replace("SECURE", str(self.secure))
        (self.input / "gateway.yaml").write_text(manifest + SERVICES + grpc_programs.secret("cert", self.cert, key))
        (self.input / "route.yaml").write_text(ROUTE)

    def grpcurl(self, *arguments, tls=False, options=(), stdin=None):
        how = ["-cacert", self.cert] if tls else ["-plaintext"]
        at = f"{self.address}:{self.secure if tls else self.port}"
        return grpc_programs.run("grpcurl", *how, "-authority", "rpc.test", "-max-time", "20", *options, at, *arguments,
                                 stdin=stdin)

    def called(self, *arguments, **options):
        done = self.grpcurl(*arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)


class Echo(GrpcCase):
    def test_unary(self):
        self.start()
        for tls in (False, True):
            with self.subTest(tls=tls):
                said = self.called(f"{ECHO}/Echo", tls=tls, options=["-H", "x-mine: 1"])["assertions"]
                self.assertEqual(said["fullyQualifiedMethod"], f"/{ECHO}/Echo")
                self.assertEqual(said["authority"], "rpc.test")
                self.assertEqual(said["context"], {"namespace": "test", "serviceName": "old", "pod": "old-echo"})
                self.assertIn({"key": "x-mine", "value": "1"}, said["headers"])

    def test_matches_and_filters(self):
        self.start()
        done = self.grpcurl(f"{ECHO}/EchoTwo", options=["-v", "-H", "team: red"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("x-added: by-gate", done.stdout)
        self.assertIn('"pod": "new-echo"', done.stdout)
        self.assertRegex(done.stdout, r'"key": "x-seen",\s+"value": "gate"')
        self.assertEqual(self.called(f"{ECHO}/EchoTwo")["assertions"]["context"]["pod"], "old-echo")

    def test_reflection(self):
        self.start()
        for tls in (False, True):
            with self.subTest(tls=tls):
                listed = self.grpcurl("list", tls=tls)
                self.assertEqual(listed.stdout.split(), [ECHO, "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection",
                                                         "grpc.reflection.v1alpha.ServerReflection"], listed.stderr)
        described = self.grpcurl("describe", ECHO).stdout
        self.assertIn("rpc EchoThree ( .gateway_api_conformance.echo_basic.grpcecho.EchoRequest )", described)
        watch = self.grpcurl("describe", "grpc.health.v1.Health.Watch").stdout
        self.assertIn("returns ( stream .grpc.health.v1.HealthCheckResponse )", watch)

    def test_health(self):
        self.start()
        self.assertEqual(self.called("grpc.health.v1.Health/Check"), {"status": "SERVING"})
        unknown = self.grpcurl("grpc.health.v1.Health/Check", options=["-d", '{"service": "no.Such"}'])
        self.assertEqual(unknown.returncode, NOT_FOUND, unknown.stderr)
        watched = self.grpcurl("grpc.health.v1.Health/Watch", options=["-max-time", "1"])
        self.assertEqual(watched.returncode, DEADLINE_EXCEEDED, watched.stderr)
        self.assertEqual(json.loads(watched.stdout), {"status": "SERVING"})

    def test_errors(self):
        server = self.start()
        proto = ["-import-path", str(self.input), "-proto", "shop.proto"]
        (self.input / "shop.proto").write_text('syntax = "proto3"; package shop; message Nothing {}\n'
                                               "service Admin { rpc Do(Nothing) returns (Nothing); }\n"
                                               "service Cart { rpc Do(Nothing) returns (Nothing); }\n")
        for call, code, words in (("shop.Cart/Do", UNIMPLEMENTED, "no rule attached to listener test/gw/http"),
                                  ("shop.Admin/Do", UNAVAILABLE, "the rule has no backendRefs")):
            with self.subTest(call):
                done = self.grpcurl(call, options=proto)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn(words, done.stderr)
        other = self.grpcurl("shop.Admin/Do", options=["-authority", "other.test", *proto])
        self.assertEqual(other.returncode, UNIMPLEMENTED, other.stderr)
        self.assertEqual(self.grpcurl(f"{ECHO}/EchoThree").returncode, UNIMPLEMENTED)
        server.until_out(r'"POST /shop\.Cart/Do HTTP/2" 200 NR .* grpc-status=12')
        server.until_out(rf'"POST /{ECHO}/EchoThree HTTP/2" 200 - .*#2 test/old:80 .* grpc-status=12')

    def test_sessions(self):
        """A rule's session keeps a client at one backend, whatever the weights say; by metadata, as gRPC clients like it."""
        session = "    sessionPersistence: {type: Header, sessionName: X-Session}\n"
        weights = ("    backendRefs: [{name: old, port: 80, weight: OLD}, {name: new, port: 80, weight: NEW}]\n"
                   "  - backendRefs: [{name: old, port: 80}]\n")  # for reflection
        route = ROUTE[:ROUTE.index("  - name: admin")] + "  - matches: [{method: {service: %s}}]\n" % ECHO + session + weights
        (self.input / "route.yaml").write_text(route.replace("OLD", "1").replace("NEW", "1"))
        server = self.start("--workers", "1")
        tokens = {}
        while len(tokens) < 2:
            done = self.grpcurl(f"{ECHO}/Echo", options=["-v"])
            token = re.search(r"(?m)^x-session: (\S+)$", done.stdout)
            self.assertTrue(token, done.stdout + done.stderr)
            tokens[re.search(r'"pod": "(\w+)-echo"', done.stdout).group(1)] = token.group(1)
        for reload in (False, True):
            if reload:
                self.replace("route.yaml", route.replace("OLD", "0").replace("NEW", "1"))
                server.until_err("re-applied")
            for name, token in tokens.items():
                for tls in (False, True):
                    done = self.grpcurl(f"{ECHO}/Echo", tls=tls, options=["-v", "-H", f"x-session: {token}"])
                    self.assertIn(f'"pod": "{name}-echo"', done.stdout, done.stderr)
                    self.assertEqual(done.stdout.count("\nx-session: "), 1, "beside the one sent none: it has one already")
        # A token of nobody gets a new one.
        done = self.grpcurl(f"{ECHO}/Echo", options=["-v", "-H", "x-session: 1.1"])
        self.assertEqual(done.stdout.count("\nx-session: "), 2)

    def test_mirror(self):
        """A copy of every call goes to the Service that is named, in HTTP/2 as well, and its answer plays no part."""
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen()
            listening.settimeout(20)
            mirror = "    filters: [{type: RequestMirror, requestMirror: {backendRef: {name: new, port: 80}}}]\n"
            (self.input / "route.yaml").write_text(ROUTE + mirror)
            self.start("--backend", f"test/new:80=127.0.0.1:{listening.getsockname()[1]}")
            self.assertEqual(self.called(f"{ECHO}/Echo")["assertions"]["context"]["pod"], "old-echo")
            connection, _ = listening.accept()
            with connection:
                connection.settimeout(20)
                self.assertEqual(connection.recv(14, socket.MSG_WAITALL), b"PRI * HTTP/2.0")

    def test_reload_keeps_calls(self):
        """A stream goes on with the backend that it began with, although no route leads there any more."""
        server = self.start()
        watch = subprocess.Popen([grpc_programs.DIRECTORY / "grpcurl", "-plaintext", "-authority", "rpc.test", "-max-time", "4",
                                  f"{self.address}:{self.port}", "grpc.health.v1.Health/Watch"], text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(watch.kill)
        first = "".join(watch.stdout.readline() for _ in range(3))
        self.assertEqual(json.loads(first), {"status": "SERVING"})
        self.replace("route.yaml", ROUTE.replace("name: old", "name: new"))
        server.until_err("re-applied")
        self.assertEqual(self.called(f"{ECHO}/Echo")["assertions"]["context"]["pod"], "new-echo")
        rest, errors = watch.communicate(timeout=20)
        self.assertEqual((rest, watch.returncode), ("", DEADLINE_EXCEEDED), errors)

    def test_explanation_agrees(self):
        self.start()
        done = gatehouse("explain", self.input, "--address", f"test/gw={self.address}", "--grpc", f"rpc.test:{self.port}",
                         f"{ECHO}/EchoTwo", "-H", "team: red")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("GRPCRoute/test/route rules[1] (two) takes it to test/new:80 (built-in echo)", done.stdout)
        self.assertIn("rules[0].matches[0]: gRPC service is", done.stdout)
        refused = gatehouse("explain", self.input, "-o", "json", "--grpc", f"rpc.test:{self.port}", "shop.Cart/Do")
        self.assertEqual(refused.returncode, 1, refused.stderr)
        self.assertEqual(json.loads(refused.stdout)["grpcStatus"], "UNIMPLEMENTED")


class Streams(GrpcCase):
    """The four shapes of calls, to grpc-go's test service."""

    def setUp(self):
        super().setUp()
        (self.input / "route.yaml").write_text(ROUTE.replace(r'service: "grpc\\..*"', 'service: ".*"'))
        self.backend = grpc_programs.start_testserver(self)

    def start(self, *arguments):
        return super().start("--backend", f"test/old:80=127.0.0.1:{self.backend}", *arguments)

    def test_shapes(self):
        self.start()
        messages = '{"payload": {"body": "YWJj"}} {"payload": {"body": "ZGVmZw=="}}'
        sizes = '{"responseParameters": [{"size": 3}, {"size": 5}]}'
        for tls in (False, True):
            with self.subTest("unary", tls=tls):
                said = self.called("grpc.testing.TestService/UnaryCall", tls=tls, options=["-d", '{"responseSize": 4}'])
                self.assertEqual(said, {"payload": {"body": "AAAAAA=="}})
            with self.subTest("client streams", tls=tls):
                said = self.called("grpc.testing.TestService/StreamingInputCall", tls=tls, options=["-d", messages])
                self.assertEqual(said, {"aggregatedPayloadSize": 7})
            with self.subTest("server streams", tls=tls):
                done = self.grpcurl("grpc.testing.TestService/StreamingOutputCall", tls=tls, options=["-d", sizes])
                self.assertEqual(done.stdout.count('"body"'), 2, done.stderr)
            with self.subTest("both stream", tls=tls):
                done = self.grpcurl("grpc.testing.TestService/FullDuplexCall", tls=tls, options=["-d", sizes + sizes])
                self.assertEqual(done.stdout.count('"body"'), 4, done.stderr)

    def test_http_routes_carry_calls(self):
        (self.input / "route.yaml").write_text(HTTP_ROUTE)
        RunCase.start(self, "--backend", f"test/h2:80=127.0.0.1:{self.backend}")
        sizes = '{"responseParameters": [{"size": 3}, {"size": 5}]}'
        done = self.grpcurl("grpc.testing.TestService/FullDuplexCall", options=["-d", sizes])
        self.assertEqual((done.returncode, done.stdout.count('"body"')), (0, 2), done.stderr)

    def test_status_and_trailers(self):
        self.start()
        done = self.grpcurl("grpc.testing.TestService/UnaryCall",
                            options=["-v", "-H", "x-grpc-test-echo-initial: first", "-H",
                                     "x-grpc-test-echo-trailing-bin: q6ur", "-d", "{}"])
        self.assertIn("x-grpc-test-echo-initial: first", done.stdout, done.stderr)
        self.assertIn("x-grpc-test-echo-trailing-bin: q6ur", done.stdout)
        done = self.grpcurl("grpc.testing.TestService/UnaryCall",
                            options=["-d", '{"responseStatus": {"code": 5, "message": "50 % \\u00e4"}}'])
        self.assertEqual(done.returncode, NOT_FOUND, done.stderr)
        self.assertIn("50 % \u00e4", done.stderr)

    def test_backend_over_tls(self):
        cert, key = grpc_programs.certificate(self, "backend.test")
        self.backend = grpc_programs.start_testserver(self, cert, key)
        (self.input / "policy.yaml").write_text(grpc_programs.backend_tls_policy("old", "backend.test", cert))
        self.start()
        said = self.called("grpc.testing.TestService/UnaryCall", options=["-d", '{"responseSize": 4}'])
        self.assertEqual(said, {"payload": {"body": "AAAAAA=="}})

    def test_deadline(self):
        server = self.start()
        slow = '{"responseParameters": [{"size": 1, "intervalUs": 8000000}]}'
        done = self.grpcurl("grpc.testing.TestService/StreamingOutputCall", options=["-max-time", "0.4", "-d", slow])
        self.assertEqual(done.returncode, DEADLINE_EXCEEDED, done.stderr)
        server.until_out(r'"POST /grpc\.testing\.TestService/StreamingOutputCall HTTP/2" \d+ (UT|DC) ')

    def test_backend_that_is_gone(self):
        server = RunCase.start(self, "--backend", f"test/old:80=127.0.0.1:{free_port('127.0.0.1')}")
        done = self.grpcurl("grpc.health.v1.Health/Check",
                            options=["-import-path", str(self.input), "-proto", "health.proto"])
        self.assertNotEqual(done.returncode, 0)
        (self.input / "health.proto").write_text('syntax = "proto3"; package grpc.health.v1; message Nothing {}\n'
                                                 "service Health { rpc Check(Nothing) returns (Nothing); }\n")
        done = self.grpcurl("grpc.health.v1.Health/Check",
                            options=["-import-path", str(self.input), "-proto", "health.proto"])
        self.assertEqual(done.returncode, UNAVAILABLE, done.stderr)
        self.assertIn("cannot connect to 127.0.0.1:", done.stderr)
        server.until_out(r"200 UF .* grpc-status=14")


if __name__ == "__main__":
    grpc_programs.main()
