"""What the tests of the tables share: the gateway with its routes, the recorder behind it, and the request that follows each row."""
import os
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gatehouse_program import RunCase  # noqa: E402

from . import reading  # noqa: E402
from .case import FIELDS, HEAD_BYTES, TIMEOUT_SECONDS, Forwarded  # noqa: E402
from .recorder import Recorder  # noqa: E402

CONFIG = f"""limits:
  requestHeadBytes: {HEAD_BYTES}
  responseHeadBytes: {HEAD_BYTES}
  headerFields: {FIELDS}
  headTimeout: {TIMEOUT_SECONDS}s
  bodyTimeout: {TIMEOUT_SECONDS}s
  streamIdleTimeout: {TIMEOUT_SECONDS}s
"""

ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: NAME, namespace: test}
spec:
  parentRefs: [{name: gw}]
  HOSTS
  rules:
"""

RULE = """  - matches: [{path: {type: TYPE, value: PATH}}]
    filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Rule, value: NAME}]}}]
    backendRefs: [{name: old, port: 80}]
"""


def rule(name, path, kind="PathPrefix"):
    return RULE.replace("TYPE", kind).replace("PATH", path).replace("NAME", name)


ROUTES = (
    ROUTE.replace("NAME", "any").replace("HOSTS\n", "\n")
    + rule("root", "/")
    + rule("public", "/public")
    + rule("admin", "/admin")
    + rule("exact", "/exact", "Exact")
    + "  - matches: [{path: {value: /moved}}]\n    filters: [{type: RequestRedirect, requestRedirect: {hostname: elsewhere.test}}]\n"
    + "  - matches: [{path: {value: /poured}}]\n    backendRefs: [{name: new, port: 80}]\n"
    + "---\n"
    + ROUTE.replace("NAME", "inner").replace("HOSTS", "hostnames: [inner.test]")
    + rule("inner", "/")
)


class Client:
    """A connection to the gateway, read strictly."""

    def __init__(self, address):
        self.socket = socket.create_connection(address, 20)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.octets = b""
        self.ended = False  # in order
        self.reset = False

    def send(self, octets):
        try:
            self.socket.sendall(octets)
        except OSError:
            self.reset = True  # refused before all of it was sent; the answer may be there still

    def read(self):
        """More octets; False at the end."""
        try:
            octets = self.socket.recv(1 << 20)
        except ConnectionError:
            self.reset = True
            return False
        self.octets += octets
        self.ended = not octets
        return bool(octets)

    def answer(self, method="GET"):
        """The next final answer; None when the connection ends without a complete one."""
        while True:
            try:
                message, self.octets = reading.read_answer(self.octets, method, self.ended)
                return message
            except reading.Incomplete:
                if self.ended or not self.read():
                    if self.ended and self.octets:
                        try:
                            message, self.octets = reading.read_answer(self.octets, method, True)
                            return message
                        except reading.Incomplete:
                            pass
                    return None

    def ends(self):
        """Whether the connection ends without another octet; at least waits for that."""
        return not self.octets and not self.read()

    def silent(self):
        """Whether it is there still, and nothing has come."""
        self.socket.setblocking(False)
        try:
            return not self.octets and self.socket.recv(1) is None
        except BlockingIOError:
            return True
        except OSError:
            return False
        finally:
            self.socket.settimeout(20)

    def close(self):
        self.socket.close()


class RecordedCase(RunCase):
    def setUp(self):
        super().setUp()
        (self.input / "route.yaml").write_text(ROUTES)
        (self.input / "gatehouse.yaml").write_text(CONFIG)
        self.recorder = Recorder()
        self.addCleanup(self.recorder.stop)
        self.server = self.start(
            "--workers", "1", "--backend", f"test/old:80=127.0.0.1:{self.recorder.port}", *self.prepare()
        )
        self.canaries = 0

    def prepare(self):
        """More arguments of the program; called before it starts."""
        return []

    def rows(self, table, check, at_least):
        rows = list(table)
        names = [(row.section, row.name) for row in rows]
        self.assertEqual(sorted(set(names)), sorted(names), "a claim is made twice")
        self.assertGreaterEqual(len(rows), at_least)
        print(f"{self.id()}: {len(rows)} cases", file=sys.stderr)
        for row in rows:
            with self.subTest(f"RFC {row.section}: {row.name}"):
                check(row)
                self.assertIsNone(self.server.process.poll(), "the gateway ended")

    def connect(self):
        client = Client((self.address, self.port))
        self.addCleanup(client.close)
        return client

    def check_received(self, expected, recorded, canary_connection):
        requests, broken = [], {}
        for number in sorted(recorded):
            complete, rest = reading.read_requests(recorded[number])
            requests += complete
            if rest:
                broken[number] = rest
        complete = [each for each in expected if each.complete]
        self.assertEqual(len(requests), len(complete), f"recorded {recorded}")
        for request, wanted in zip(requests, complete):
            self.check_forwarded(request, wanted)
        beginnings = [each for each in expected if not each.complete]
        self.assertLessEqual(len(broken), len(beginnings), f"recorded {recorded}")
        self.assertNotIn(canary_connection, broken, "a connection with half a request carries another")
        for rest, wanted in zip(broken.values(), beginnings):
            self.assertTrue(rest.startswith(wanted.method + b" " + wanted.target + b" HTTP/1.1\r\n"), rest)

    def check_forwarded(self, request, wanted):
        fields = dict(request.fields)
        self.assertEqual(request.start, [wanted.method, wanted.target, b"HTTP/1.1"])
        host = wanted.host or f"{self.address}:{self.port}".encode()
        self.assertEqual(fields["host"], [host])
        self.assertEqual(fields.get("x-rule"), [wanted.rule])
        self.assertEqual((request.framing, request.body), (wanted.framing, wanted.body))
        self.assertEqual(request.trailers, wanted.trailers)
        for name, values in wanted.fields.items():
            self.assertEqual(fields.get(name, []), values, name)
        if request.framing != "none" and "connection" not in wanted.fields:
            self.assertNotIn("connection", fields)

    def canary(self, client=None):
        """A request that must be alone on its way, and get its own answer. Returns what was recorded before it, and the number of
        the backend's connection that carried it."""
        self.canaries += 1
        name = b"canary-%d" % self.canaries
        # By name: a row's own request may still be on its way.
        self.recorder.expect(
            [(name, b"\r\n\r\n")], [(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(name), name), False)]
        )
        own = client or self.connect()
        own.send(b"GET /%s HTTP/1.1\r\nHost: app.test\r\n\r\n" % name)
        answer = own.answer()
        self.assertIsNotNone(answer, f"no answer to the next request; recorded {self.recorder.recorded()}")
        self.assertEqual((answer.start, answer.body), (200, name), "the next request got another answer")
        self.assertTrue(own.silent(), own.octets)
        before = self.recorder.recorded()
        line = b"GET /" + name + b" HTTP/1.1\r\n"
        carriers = [number for number, octets in before.items() if line in octets]
        self.assertEqual(len(carriers), 1, before)
        before[carriers[0]], _, rest = before[carriers[0]].partition(line)
        requests, rest = reading.read_requests(line + rest)
        self.assertEqual((len(requests), rest), (1, b""), before)
        self.check_forwarded(requests[0], Forwarded(target=b"/" + name))
        own.close()
        return {number: octets for number, octets in before.items() if octets}, carriers[0]
