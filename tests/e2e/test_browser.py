"""A real browser through a Gateway: Chromium over HTTPS and HTTP/2 with a development certificate, a WebSocket of a page, and
TLS passthrough in both versions. Skipped where Chromium or certutil is not installed."""
import asyncio
import http.server
import itertools
import json
import os
import pathlib
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import websockets  # noqa: E402

from stream_case import Certificates, StreamCase, free_port  # noqa: E402
from web_socket_echo import WebSocketEcho  # noqa: E402

SKIPPED = 77
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 60


class Browser:
    """A headless Chromium that trusts one more CA and finds every .test name at one address; driven by its own protocol."""

    def __init__(self, test, ca, address):
        self.home = pathlib.Path(tempfile.mkdtemp())
        test.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        store = self.home / ".pki" / "nssdb"
        store.mkdir(parents=True)
        for words in (["-N", "--empty-password"], ["-A", "-t", "C,,", "-n", "test", "-i", str(ca)]):
            subprocess.run(["certutil", "-d", f"sql:{store}", *words], check=True, capture_output=True)
        self.process = subprocess.Popen(
            [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--no-proxy-server",
             f"--user-data-dir={self.home}/profile", "--remote-debugging-port=0",
             f"--host-resolver-rules=MAP *.test {address}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "about:blank"],
            env={**os.environ, "HOME": str(self.home)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        test.addCleanup(self.end)
        for line in self.process.stderr:
            if found := re.search(r"DevTools listening on ws://127\.0\.0\.1:(\d+)/", line):
                self.port = int(found.group(1))
                break
        else:
            test.fail("Chromium did not start")
        # Its log goes on, and has to be read.
        self.log = []
        self.reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr))
        self.reader.start()

    def end(self):
        self.process.terminate()
        self.process.wait()
        self.reader.join()
        self.process.stderr.close()

    def visit(self, url, *expressions):
        """Loads a page: its response as the browser saw it, then the values of expressions (promises are awaited)."""
        return asyncio.run(asyncio.wait_for(self._visit(url, expressions), PATIENCE))

    async def _visit(self, url, expressions):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/json/new?about:blank", method="PUT")
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            target = json.load(answer)["webSocketDebuggerUrl"]
        async with websockets.connect(target, max_size=None) as tab:
            ids, events = itertools.count(1), []

            async def call(method, **parameters):
                number = next(ids)
                await tab.send(json.dumps({"id": number, "method": method, "params": parameters}))
                while True:
                    message = json.loads(await tab.recv())
                    if message.get("id") == number:
                        return message.get("result") or message
                    events.append(message)

            await call("Network.enable")
            await call("Page.enable")
            if error := (await call("Page.navigate", url=url)).get("errorText"):
                return error, []
            while not any(event["method"] == "Page.loadEventFired" for event in events):
                events.append(json.loads(await tab.recv()))
            response = next(event["params"]["response"] for event in events
                            if event["method"] == "Network.responseReceived" and event["params"]["type"] == "Document")
            values = []
            for expression in expressions:
                result = await call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
                values.append(result["result"].get("value", result))
            await call("Page.close")
            return response, values


# Opens a WebSocket, sends what it is told in turn, and resolves to what came back and how it ended.
TALK = """(url, messages) => new Promise(done => {
  const socket = new WebSocket(url, ["chat"]), heard = [];
  socket.binaryType = "arraybuffer";
  socket.onopen = () => messages.forEach(message => socket.send(message));
  socket.onmessage = event => {
    heard.push(typeof event.data === "string" ? event.data : event.data.byteLength);
    if (heard.length === messages.length) socket.close(3001, "over");
  };
  socket.onclose = event => done({heard, code: event.code, reason: event.reason, clean: event.wasClean,
                                  protocol: socket.protocol});
})"""


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = b"<!doctype html><title>page</title><p>through</p>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Chromium(StreamCase):
    def pages(self, context=None):
        """The port of a server of one page, over TLS if there is a context."""
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server.server_address[1]

    def test_https_http2_and_a_websocket_with_a_development_certificate(self):
        home = self.work / "data"
        os.environ["XDG_DATA_HOME"] = str(home)
        self.addCleanup(os.environ.pop, "XDG_DATA_HOME")
        echo = WebSocketEcho(self)
        self.write(self.gateway(f"{{name: web, protocol: HTTPS, port: {self.port}, hostname: app.test, "
                                "tls: {certificateRefs: [{name: missing}]}}") +
                   "".join(self.service(name) for name in ("pages", "json")) + self.service("chat") +
                   "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: test}\n"
                   "spec:\n  parentRefs: [{name: gw}]\n  rules:\n  - backendRefs: [{name: pages, port: 80}]\n"
                   "  - matches: [{path: {value: /json}}]\n    backendRefs: [{name: json, port: 80}]\n"
                   "  - matches: [{path: {value: /chat}}]\n    backendRefs: [{name: chat, port: 80}]\n")
        server = self.start({"pages": self.pages(), "chat": echo.port}, "--dev-certs")
        browser = Browser(self, home / "gatehouse" / "ca.crt", self.address)
        at = f"app.test:{self.port}"
        text = "h\u00e4 \U0001f600 " * 1000
        response, (fetched, used, talked) = browser.visit(
            f"https://{at}/page", "fetch('/json/x', {method: 'POST', body: 'b'.repeat(200000)}).then(r => r.json())",
            "performance.getEntriesByType('resource').map(entry => entry.nextHopProtocol)",
            f"({TALK})('wss://{at}/chat', ['', {json.dumps(text)}, new Uint8Array(3000000)])")
        self.assertEqual((response["status"], response["protocol"]), (200, "h2"), response)
        self.assertEqual(response["securityState"], "secure")
        self.assertEqual(response["securityDetails"]["protocol"], "TLS 1.3")
        self.assertEqual(response["securityDetails"]["sanList"], ["app.test"])
        self.assertEqual((fetched["service"], fetched["method"], fetched["path"]), ("json", "POST", "/json/x"))
        self.assertEqual(used[0], "h2")
        self.assertEqual(talked, {"heard": ["", text, 3000000], "code": 3001, "reason": "over", "clean": True,
                                  "protocol": "chat"})
        # On the connection that the page has already (RFC 8441).
        server.until_out(r'"CONNECT /chat HTTP/2" 200 - .* test/chat:80 ')
        self.assertEqual(server.terminate(), 0)

    def test_passthrough_in_both_versions(self):
        certificates = Certificates(self.work)
        services, names = {}, {"TLS 1.2": "old.test", "TLS 1.3": "new.test"}
        for version, most in (("TLS 1.2", ssl.TLSVersion.TLSv1_2), ("TLS 1.3", ssl.TLSVersion.TLSv1_3)):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificates.issue(names[version]))
            context.minimum_version = context.maximum_version = most
            context.set_alpn_protocols(["http/1.1"])
            services[names[version].split(".")[0]] = self.pages(context)
        # And what its own listener terminates, with HTTP/2: passthrough leaves ALPN as it is.
        inner = free_port(self.address)
        text = self.gateway(f"{{name: tls, protocol: TLS, port: {self.port}, tls: {{mode: Passthrough}}}}",
                            f"{{name: inner, protocol: HTTPS, port: {inner}, tls: {{certificateRefs: [{{name: cert}}]}}}}")
        for service in ("old", "new", "two"):
            text += self.service(service) + self.route("TLSRoute", service, service, "tls", [f"{service}.test"])
        self.write(text + self.service("pages") + self.route("HTTPRoute", "inner", "pages", "inner") +
                   certificates.secret("cert", "two.test"))
        mapping = ["--backend", f"test/two:80={self.address}:{inner}"]
        server = self.start({**services, "pages": self.pages()}, *mapping)
        browser = Browser(self, certificates.ca, self.address)
        for name, version, protocol in (("old.test", "TLS 1.2", "http/1.1"), ("new.test", "TLS 1.3", "http/1.1"),
                                        ("two.test", "TLS 1.3", "h2")):
            with self.subTest(name):
                response, (title,) = browser.visit(f"https://{name}:{self.port}/", "document.title")
                self.assertEqual((response["status"], response["protocol"], title), (200, protocol, "page"), response)
                self.assertEqual(response["securityDetails"]["protocol"], version)
                self.assertEqual(response["securityDetails"]["sanList"], [name])
        error, _ = browser.visit(f"https://nobody.test:{self.port}/")
        self.assertRegex(error, "ERR_CONNECTION_(CLOSED|RESET)")
        self.assertEqual(server.terminate(), 0)


if __name__ == "__main__":
    if not (CHROMIUM and shutil.which("certutil")):
        print("skipped: Chromium or certutil is not installed")
        sys.exit(SKIPPED)
    unittest.main()
