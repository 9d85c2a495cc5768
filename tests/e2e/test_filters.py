"""What HTTPRoute's rules do to requests besides routing them, seen by the real curl and a real WebSocket client: CORS, mirrors,
retries and switched protocols, with the built-in echo behind the gateway."""
import asyncio
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import RunCase, curl, free_port, gatehouse, service_of  # noqa: E402

try:
    import websockets
except ImportError:
    websockets = None

ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route, namespace: test}
spec:
  parentRefs: [{name: gw}]
  hostnames: [app.test]
  rules:
  - matches: [{path: {value: /cors}}]
    filters:
    - type: CORS
      cors: {allowOrigins: ["https://*.app.test"], allowMethods: [GET, PUT], allowHeaders: [x-token], allowCredentials: true}
    backendRefs: [{name: old, port: 80}]
  - matches: [{path: {value: /mirrored}}]
    filters:
    - {type: RequestMirror, requestMirror: {backendRef: {name: new, port: 80}, percent: 50}}
    backendRefs: [{name: old, port: 80}]
  - matches: [{path: {value: /retry}}]
    retry: {codes: [503], attempts: 2, backoff: 1ms}
    backendRefs: [{name: old, port: 80}]
  - backendRefs: [{name: old, port: 80}]
"""


class Filters(RunCase):
    def setUp(self):
        super().setUp()
        (self.input / "route.yaml").write_text(ROUTE)

    def ask(self, path, *arguments):
        """Status, headers in lower case, and body."""
        status, text = curl(self.url + path, "-H", "Host: app.test", "-i", *arguments)
        text = text.replace("\r\n", "\n")
        head, _, body = text.partition("\n\n")
        return status, head.lower().split("\n")[1:], body

    def explain(self, path, *arguments):
        done = gatehouse("explain", self.input, "--address", f"test/gw={self.address}", *arguments, "--", "GET",
                         f"http://app.test:{self.port}{path}")
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_check_has_nothing_to_say(self):
        done = gatehouse("check", self.input)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("GH4", done.stdout + done.stderr)

    def test_cors(self):
        self.start()
        origin = ("-H", "Origin: https://www.app.test")
        status, head, body = self.ask("/cors", "-X", "OPTIONS", *origin, "-H", "Access-Control-Request-Method: PUT")
        self.assertEqual(status, 204)
        self.assertEqual(body, "")
        self.assertIn("access-control-allow-origin: https://www.app.test", head)
        self.assertIn("access-control-allow-methods: get, put", head)
        self.assertIn("access-control-allow-headers: x-token", head)
        self.assertIn("access-control-allow-credentials: true", head)
        self.assertIn("access-control-max-age: 5", head)
        self.assertIn("vary: origin", head)
        # Nothing of an actual request's answer but the grant is changed; the backend's own is replaced.
        status, head, body = self.ask("/cors", *origin, "-H", "X-Echo-Set-Header: Access-Control-Allow-Origin:*")
        self.assertEqual((status, service_of(body)), (200, "old"))
        self.assertEqual([line for line in head if line.startswith("access-control")],
                         ["access-control-allow-origin: https://www.app.test", "access-control-allow-credentials: true"])
        status, head, body = self.ask("/cors", "-H", "Origin: https://evil.test")
        self.assertEqual((status, service_of(body)), (200, "old"))
        self.assertNotIn("access-control", "\n".join(head))
        self.assertIn("204, preflight: origin https://www.app.test is allowed", gatehouse(
            "explain", self.input, "--address", f"test/gw={self.address}", "--", "OPTIONS", f"http://app.test:{self.port}/cors",
            "-H", "Origin: https://www.app.test", "-H", "Access-Control-Request-Method: PUT").stdout)

    def test_preflight_of_a_rule_that_names_a_method(self):
        """It is answered as the request that it announces would be routed."""
        cors = "filters: [{type: CORS, cors: {allowOrigins: ['*'], allowMethods: [POST, PUT]}}]"
        head = ROUTE[:ROUTE.index("  - matches")]
        (self.input / "route.yaml").write_text(head + f"""  - matches: [{{path: {{value: /api}}, method: POST}}]
    {cors}
    backendRefs: [{{name: old, port: 80}}]
  - matches: [{{path: {{value: /api}}}}]
    backendRefs: [{{name: new, port: 80}}]
  - matches: [{{path: {{value: /own}}, method: OPTIONS}}]
    backendRefs: [{{name: new, port: 80}}]
  - matches: [{{path: {{value: /own}}, method: PUT}}]
    {cors}
    backendRefs: [{{name: old, port: 80}}]
  - matches: [{{path: {{value: /only}}, method: PUT}}]
    {cors}
    backendRefs: [{{name: old, port: 80}}]
""")
        self.start()
        for path, method, status in (("/api", "POST", 204), ("/api", "PUT", 200), ("/own", "PUT", 200), ("/only", "PUT", 204),
                                     ("/only", "POST", 404)):
            with self.subTest(path=path, method=method):
                words = ["-H", "Origin: https://x.test", "-H", f"Access-Control-Request-Method: {method}"]
                found, headers, body = self.ask(path, "-X", "OPTIONS", *words)
                self.assertEqual(found, status, body)
                self.assertEqual("access-control-allow-origin: https://x.test" in headers, status == 204)
                if status == 200:
                    self.assertEqual(service_of(body), "new")
                told = gatehouse("explain", self.input, "--address", f"test/gw={self.address}", "--", "OPTIONS",
                                 f"http://app.test:{self.port}{path}", *words).stdout
                self.assertEqual("204, preflight" in told, status == 204, told)

    def test_mirror(self):
        port = free_port("127.0.0.1")
        server = self.start("--workers", "1", "--admin", f"127.0.0.1:{port}")
        for i in range(4):
            status, _, body = self.ask(f"/mirrored/{i}")
            self.assertEqual((status, service_of(body)), (200, "old"))

        def metric():
            text = curl(f"http://127.0.0.1:{port}/metrics")[1]
            found = re.search(r'gatehouse_mirrors_total\{fate="answered"\} (\d+)', text)
            return found and int(found.group(1)) == 2
        server.until("two copies", metric)
        self.assertIn("copy 50 of 100 requests to test/new:80", self.explain("/mirrored"))

    def test_retry(self):
        self.start("--workers", "1")
        status, _, body = self.ask("/retry/a?uuid=1&succeedAfter=2&responseCode=503")
        self.assertEqual((status, service_of(body)), (200, "old"))
        # The last answer is passed on; one that is not listed is not asked for again.
        self.assertEqual(self.ask("/retry/a?uuid=2&succeedAfter=3&responseCode=503")[0], 503)
        self.assertEqual(self.ask("/retry/a?uuid=2&succeedAfter=3")[0], 200)
        self.assertEqual(self.ask("/retry/a?uuid=3&succeedAfter=1&responseCode=500")[0], 500)
        # A reset is retried as well; a body is sent again.
        status, _, body = self.ask("/retry/a?uuid=4&succeedAfter=2", "--data", "hello")
        self.assertEqual((status, service_of(body)), (200, "old"))
        self.assertIn("retry up to 2 times, 1 ms apart at least, after a failed connection or status 503",
                      self.explain("/retry/a"))

    @unittest.skipUnless(websockets, "python3-websockets is not installed")
    def test_web_socket(self):
        server = self.start()

        async def talk():
            uri = f"ws://app.test:{self.port}/ws"
            async with websockets.connect(uri, host=self.address, port=self.port, max_size=None, open_timeout=20) as client:
                await client.send("hello")
                self.assertEqual(await client.recv(), "hello")
                await client.send(b"\x00\xff" * 40_000)
                self.assertEqual(await client.recv(), b"\x00\xff" * 40_000)
                await client.send(["in ", "three ", "parts"])
                self.assertEqual(await client.recv(), "in three parts")
                await asyncio.wait_for(await client.ping(), 20)
            self.assertEqual(client.close_code, 1000)
        asyncio.run(talk())
        server.until_out(r'"GET /ws" .*101|101 .*"GET /ws|/ws.* 101 ')
        # The same path without an upgrade says what is missing.
        status, _, body = self.ask("/ws")
        self.assertEqual(status, 426)
        self.assertIn("Upgrade: websocket", body)


if __name__ == "__main__":
    unittest.main()
