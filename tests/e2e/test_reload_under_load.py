"""An edit under load: 64 keep-alive connections, a route file edited, then broken, then ^C. No request may fail."""
import asyncio
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import private_network  # noqa: E402

BIN = os.environ["GATEHOUSE_BIN"]
CONNECTIONS = 64
ADDRESS, PORT = "127.0.0.1", 8080

GATEWAY = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: load}
spec:
  gatewayClassName: gatehouse
  listeners: [{name: http, protocol: HTTP, port: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: old, namespace: load}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: new, namespace: load}
spec: {ports: [{port: 80}]}
"""

ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route, namespace: load}
spec:
  parentRefs: [{name: gw}]
  rules:
  - backendRefs: [{name: %s, port: 80}]
"""


class Load:
    """Keeps requests going on every connection until told to stop; counts answers by the service that gave them."""

    def __init__(self):
        self.stop = asyncio.Event()
        self.answers = []  # (time, service)
        self.failures = []

    async def connection(self):
        reader, writer = await asyncio.open_connection(ADDRESS, PORT)
        try:
            while not self.stop.is_set():
                writer.write(b"GET /x HTTP/1.1\r\nHost: load.test\r\n\r\n")
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = re.search(r"(?i)^content-length: (\d+)", head, re.M)
                body = (await reader.readexactly(int(length.group(1)))).decode()
                service = re.search(r'"service": "(\w+)"', body)
                if not head.startswith("HTTP/1.1 200 ") or not service:
                    self.failures.append(head + body)
                    return
                self.answers.append((time.monotonic(), service.group(1)))
                if re.search(r"(?i)^connection: *close", head, re.M):
                    writer.close()
                    reader, writer = await asyncio.open_connection(ADDRESS, PORT)
        except (OSError, asyncio.IncompleteReadError) as error:
            self.failures.append(repr(error))
        finally:
            writer.close()


class ReloadUnderLoad(unittest.IsolatedAsyncioTestCase):
    async def until(self, what, condition, seconds=20):
        deadline = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), deadline, f"{what}: not within {seconds} s\n{self.log()}")
            await asyncio.sleep(0.01)

    def log(self):
        return pathlib.Path(self.directory.name, "log").read_text()

    async def asyncSetUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        self.input = pathlib.Path(self.directory.name, "manifests")
        self.input.mkdir()
        (self.input / "gateway.yaml").write_text(GATEWAY)
        (self.input / "route.yaml").write_text(ROUTE % "old")
        ready = pathlib.Path(self.directory.name, "ready")
        with open(pathlib.Path(self.directory.name, "log"), "wb") as log:
            self.server = subprocess.Popen([BIN, "run", "--events", "none", "--ready-file", str(ready), str(self.input)],
                                           stdout=log, stderr=log)
        self.addCleanup(self.server.wait)
        self.addCleanup(self.server.kill)
        await self.until("ready", ready.exists)

    def replace(self, text):
        """Writes the route as editors do: a new file renamed over the old one."""
        temporary = self.input / "route.yaml~"
        temporary.write_text(text)
        temporary.replace(self.input / "route.yaml")

    async def test_edits_take_effect_within_a_second_and_lose_nothing(self):
        load = Load()
        clients = [asyncio.create_task(load.connection()) for _ in range(CONNECTIONS)]
        await self.until("load", lambda: len(load.answers) > 10 * CONNECTIONS)
        self.assertEqual({s for _, s in load.answers}, {"old"})

        edited = time.monotonic()
        self.replace(ROUTE % "new")
        await self.until("the edit", lambda: load.answers[-1][1] == "new", 5)
        first = next(t for t, s in load.answers if s == "new")
        self.assertLess(first - edited, 1.0, "an edit takes effect within a second")

        self.replace(ROUTE.replace("rules:", "rulez:\n  rules: [") % "old")
        await self.until("the report of the broken edit", lambda: re.search(r"route\.yaml:\d+:\d+: error GH", self.log()))
        seen = len(load.answers)
        await self.until("traffic after the broken edit", lambda: len(load.answers) > seen + 10 * CONNECTIONS)
        self.assertEqual({s for _, s in load.answers[seen:]}, {"new"}, "a broken edit changes nothing")

        load.stop.set()
        await asyncio.gather(*clients)
        self.assertEqual(load.failures, [])
        self.server.send_signal(signal.SIGINT)
        self.assertEqual(await asyncio.to_thread(self.server.wait, 20), 0, "^C drains and exits 0")


if __name__ == "__main__":
    private_network.enter()
    unittest.main()
