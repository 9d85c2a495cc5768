"""A storm of edits under load: every 100 ms another file is rewritten, so that certificates, listeners and routes change,
while 64 connections ask over HTTP/1.1, HTTPS and HTTP/2. What stays in force all the time has to be served all the time.

GATEHOUSE_STORM_SECONDS says how long it lasts, 10 if it is not set."""
import asyncio
import collections
import contextlib
import json
import os
import pathlib
import re
import resource
import ssl
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import h2.config  # noqa: E402
import h2.connection  # noqa: E402
import h2.events  # noqa: E402

from stream_case import Certificates, StreamCase, free_port  # noqa: E402

SECONDS = float(os.environ.get("GATEHOUSE_STORM_SECONDS", "10"))
PAUSE = 0.1
PATIENCE = 20  # of a single request; long, because two cores carry the clients as well
REQUESTS = 25  # of a connection, before its client makes another: so handshakes meet reloads, too
STREAMS = 4  # at once on a connection of HTTP/2
HEAD_END = b"\r\n\r\n"


class Failure(Exception):
    """What a correct gateway would not have done."""


class Gone(Exception):
    """The connection was closed where that is allowed: before a request was taken."""


class HttpOne:
    """One connection of HTTP/1.1, with TLS or without."""

    def __init__(self, port, tls):
        self.port, self.tls, self.fresh = port, tls, True

    async def open(self, address):
        name = {"ssl": self.tls, "server_hostname": "app.test"} if self.tls else {}
        self.reader, self.writer = await asyncio.open_connection(address, self.port, **name)
        self.certificate = self.writer.get_extra_info("peercert")

    async def ask(self, path, body):
        head = f"POST {path} HTTP/1.1\r\nHost: app.test\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        self.writer.write(head + body)
        try:
            text = await self.reader.readuntil(HEAD_END)
        except (asyncio.IncompleteReadError, ConnectionResetError) as error:
            if getattr(error, "partial", b""):
                raise Failure(f"a head that was cut: {error.partial!r}") from error
            raise Gone() from error
        fields = {name.lower(): value for name, value in re.findall(r"(?m)^([\w-]+): *(.*?)\r?$", text.decode())}
        if "content-length" in fields:
            answer = await self.reader.readexactly(int(fields["content-length"]))
        else:
            answer = b""
            while size := int(await self.reader.readuntil(b"\r\n"), 16):
                answer += (await self.reader.readexactly(size + 2))[:-2]
            await self.reader.readexactly(2)
        if fields.get("connection", "").lower() == "close":
            self.fresh = False
        return int(text.split()[1]), fields, answer

    def close(self):
        self.writer.close()


class HttpTwo(HttpOne):
    """One connection of HTTP/2; several requests wait on it at once."""

    async def open(self, address):
        await super().open(address)
        if self.tls and self.writer.get_extra_info("ssl_object").selected_alpn_protocol() != "h2":
            raise Failure("h2 was not agreed on")
        config = h2.config.H2Configuration(client_side=True, header_encoding="utf-8")
        self.h2 = h2.connection.H2Connection(config)
        self.h2.initiate_connection()
        self.waiting = {}  # stream: (future, fields, pieces)
        self.failed = None
        self.flush()
        self.listening = asyncio.create_task(self.listen())

    def flush(self):
        self.writer.write(self.h2.data_to_send())

    async def listen(self):
        try:
            while data := await self.reader.read(65536):
                for event in self.h2.receive_data(data):
                    self.heard(event)
                self.flush()
            self.end(Gone(), Failure("the connection ended within an answer"))
        except (OSError, h2.exceptions.ProtocolError) as error:
            self.end(Gone(), Failure(f"within an answer: {error!r}"))

    def heard(self, event):
        if isinstance(event, h2.events.ConnectionTerminated):
            # RFC 9113 section 6.8: streams above the last one were not and will not be taken.
            self.fresh = False
            self.end(Gone(), Gone(), above=event.last_stream_id)
            return
        future, fields, pieces = self.waiting.get(getattr(event, "stream_id", None), (None, None, None))
        if future is None or future.done():
            return
        if isinstance(event, h2.events.ResponseReceived):
            fields.update(event.headers)
        elif isinstance(event, h2.events.DataReceived):
            pieces.append(event.data)
            self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2.events.StreamEnded):
            future.set_result((int(fields[":status"]), fields, b"".join(pieces)))
        elif isinstance(event, h2.events.StreamReset):
            refused = event.error_code == h2.errors.ErrorCodes.REFUSED_STREAM
            future.set_exception(Gone() if refused else Failure(f"reset with {event.error_code}"))

    def end(self, silent, begun, above=0):
        self.fresh = False
        for stream, (future, fields, _) in self.waiting.items():
            if stream > above and not future.done():
                future.set_exception(begun if fields else silent)

    async def ask(self, path, body):
        stream = self.h2.get_next_available_stream_id()
        future = asyncio.get_running_loop().create_future()
        self.waiting[stream] = (future, {}, [])
        scheme = "https" if self.tls else "http"
        self.h2.send_headers(stream, [(":method", "POST"), (":scheme", scheme), (":authority", "app.test"), (":path", path)])
        self.h2.send_data(stream, body, end_stream=True)
        self.flush()
        try:
            return await future
        finally:
            del self.waiting[stream]

    def close(self):
        self.listening.cancel()
        super().close()


class Slow:
    """A backend whose answers take 350 ms, so that each lives through three reloads."""

    async def start(self):
        self.server = await asyncio.start_server(self.one, "127.0.0.1", 0)
        return self.server.sockets[0].getsockname()[1]

    async def one(self, reader, writer):
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(HEAD_END)
                length = re.search(rb"(?i)content-length: (\d+)", head)
                if length:
                    await reader.readexactly(int(length.group(1)))
                else:  # from HTTP/2 a body has no length
                    while size := int(await reader.readuntil(b"\r\n"), 16):
                        await reader.readexactly(size + 2)
                    await reader.readexactly(2)
                writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                for _ in range(7):
                    await asyncio.sleep(0.05)
                    writer.write(b"4\r\nslow\r\n")
                    await writer.drain()
                writer.write(b"0\r\n\r\n")
        writer.close()


class Load:
    """What the connections have seen."""

    def __init__(self, address):
        self.address = address
        self.stop = False
        self.answers = collections.Counter()
        self.failures = collections.Counter()
        self.generations, self.certificates = set(), set()
        self.connections = 0
        self.closed = collections.Counter()

    async def connection(self, make, name, path, streams=1):
        """Requests without end, over one connection after the other."""
        while not self.stop:
            client = make()
            try:
                await asyncio.wait_for(client.open(self.address), PATIENCE)
            except (OSError, asyncio.TimeoutError, Failure) as error:
                self.failures[f"{name}: connecting: {error!r}"] += 1
                await asyncio.sleep(PAUSE)
                continue
            self.connections += 1
            if client.certificate:
                self.certificates.add(client.certificate["serialNumber"])
            await asyncio.gather(*[self.requests(client, name, path) for _ in range(streams)])
            client.close()

    async def requests(self, client, name, path):
        for number in range(REQUESTS):
            if self.stop or not client.fresh:
                return
            try:
                status, fields, body = await asyncio.wait_for(client.ask(path, b"b" * 100), PATIENCE)
                if status != 200 or not (b"slow" * 7 == body if path == "/slow" else json.loads(body)["service"]):
                    raise Failure(f"{status} {body[:300]!r}")
                self.answers[name] += 1
                self.generations.add(int(fields.get("x-generation", -1)))
            except Gone:
                # Its listener stays, so there is no reason; what had been sent may or may not have been served.
                self.closed[name] += 1
                client.fresh = False
            except (Failure, OSError, asyncio.IncompleteReadError, asyncio.TimeoutError) as error:
                self.failures[f"{name}: request {number} of {path}: {error!r}"] += 1
                client.fresh = False

    async def passing(self, port):
        """Connections to the listener that comes and goes: refused, or served to the end. An idle one may be closed, which a
        client meets when it asks at that moment; one that was just taken has to be served once."""
        while not self.stop:
            client = HttpOne(port, None)
            served = 0
            try:
                await client.open(self.address)
                while client.fresh and not self.stop:
                    status, fields, _ = await asyncio.wait_for(client.ask("/", b"x"), PATIENCE)
                    if status != 200:
                        raise Failure(f"status {status}")
                    served += 1
                client.close()
            except Gone:
                self.closed["passing" if served else "passing, unserved"] += 1
                client.close()
            except OSError:
                await asyncio.sleep(0.01)
            except (Failure, asyncio.IncompleteReadError, asyncio.TimeoutError) as error:
                self.failures[f"passing: {error!r}"] += 1
            self.answers["passing"] += served


class ReloadStorm(StreamCase):
    def setUp(self):
        super().setUp()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        self.certificates = Certificates(self.work)
        self.secrets = [self.certificates.secret("cert", "app.test") for _ in range(4)]
        self.secure, self.passing, self.other = (free_port(self.address) for _ in range(3))
        self.generation = 0
        self.edit_gateway(0)
        self.edit_routes(0)
        self.edit_certificate(0)
        self.write("".join(self.service(name) for name in ("old", "new", "slow")), "services.yaml")

    # The edits. Each leaves app.test on the two lasting ports served.

    def edit_certificate(self, number):
        self.write(self.secrets[number % len(self.secrets)], "cert.yaml")

    def edit_gateway(self, number):
        """Listeners come and go: beside the lasting ones on their ports, and on ports of their own."""
        listeners = [f"{{name: http, protocol: HTTP, port: {self.port}}}",
                     f"{{name: https, protocol: HTTPS, port: {self.secure}, hostname: app.test,"
                     " tls: {certificateRefs: [{name: cert}]}}"]
        if number % 2:
            listeners.append(f"{{name: passing, protocol: HTTP, port: {self.passing}}}")
        if number % 3 == 1:
            listeners.append(f"{{name: more, protocol: HTTP, port: {self.port}, hostname: more.test}}")
        if number % 4 == 2:  # a listener of another kind changes how every connection of the port begins
            listeners.append(f"{{name: pass, protocol: TLS, port: {self.secure}, hostname: pass.test,"
                             " tls: {mode: Passthrough}}")
        if number % 5 == 3:
            listeners.append(f"{{name: tcp, protocol: TCP, port: {self.other}}}")
        self.write(self.gateway(*reversed(listeners)) if number % 7 == 6 else self.gateway(*listeners), "gateway.yaml")

    def edit_routes(self, number):
        self.generation += 1
        rules = (f"""  rules:
  - filters:
    - type: ResponseHeaderModifier
      responseHeaderModifier: {{set: [{{name: x-generation, value: "{self.generation}"}}]}}
    backendRefs:
    - {{name: {"old" if number % 2 else "new"}, port: 80, weight: {number % 3 + 1}}}
    - {{name: new, port: 80}}
  - matches: [{{path: {{value: /slow}}}}]
    backendRefs: [{{name: slow, port: 80}}]
""")
        head = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n"
        text = f"{head}metadata: {{name: app, namespace: test}}\nspec:\n  parentRefs: [{{name: gw}}]\n{rules}"
        for extra in range(number % 4):
            text += (f"---\n{head}metadata: {{name: extra-{extra}, namespace: test}}\nspec:\n  parentRefs: [{{name: gw}}]\n"
                     f"  hostnames: [extra-{extra}.test]\n  rules: [{{backendRefs: [{{name: old, port: 80}}]}}]\n")
        if number % 2:
            self.write(text, "routes.yaml")
        else:  # as programs do that write into the file itself: a reader may meet a part of it
            (self.input / "routes.yaml").write_text(text)

    async def storm(self):
        edits = [self.edit_routes, self.edit_gateway, self.edit_certificate]
        count, end = 0, time.monotonic() + SECONDS
        while time.monotonic() < end:
            await asyncio.sleep(PAUSE)
            edits[count % 3](count // 3)
            if count % 10 == 9:  # a mistake, which changes nothing
                self.write("kind: HTTPRoute\nspec: [", "broken.yaml")
            elif count % 10 == 0:
                (self.input / "broken.yaml").unlink(missing_ok=True)
            count += 1
        (self.input / "broken.yaml").unlink(missing_ok=True)
        self.edit_gateway(0)
        self.edit_routes(0)
        return count

    @staticmethod
    def listening(server):
        """How many sockets the program listens on in TCP."""
        own = set()
        for descriptor in pathlib.Path(f"/proc/{server.process.pid}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):
                own.add(os.readlink(descriptor))
        rows = [row.split() for row in pathlib.Path(f"/proc/{server.process.pid}/net/tcp").read_text().splitlines()[1:]]
        return sum(row[3] == "0A" and f"socket:[{row[9]}]" in own for row in rows)

    async def run_storm(self):
        slow = Slow()
        server = await asyncio.to_thread(self.start, {"slow": await slow.start()}, "--workers", "2", "--events", "none")
        before = self.listening(server)
        load = Load(self.address)
        plain = ssl.create_default_context(cafile=self.certificates.ca)
        plain.set_alpn_protocols(["http/1.1"])
        two = ssl.create_default_context(cafile=self.certificates.ca)
        two.set_alpn_protocols(["h2"])
        kinds = [("HTTP/1.1", lambda: HttpOne(self.port, None), 1, 20), ("HTTPS", lambda: HttpOne(self.secure, plain), 1, 16),
                 ("h2c", lambda: HttpTwo(self.port, None), STREAMS, 8), ("h2", lambda: HttpTwo(self.secure, two), STREAMS, 8)]
        tasks = [load.connection(make, name, "/", streams) for name, make, streams, count in kinds for _ in range(count)]
        tasks += [load.connection(make, name + " slow", "/slow", streams) for name, make, streams, _ in kinds
                  for _ in range(2)]
        tasks += [load.passing(self.passing) for _ in range(4)]
        self.assertEqual(len(tasks), 64)
        running = [asyncio.create_task(task) for task in tasks]
        edits = await self.storm()
        deadline = time.monotonic() + PATIENCE
        while self.generation not in load.generations and time.monotonic() < deadline:
            await asyncio.sleep(0.01)
        load.stop = True
        await asyncio.gather(*running)
        slow.server.close()
        return server, load, edits, before

    def test_nothing_is_lost(self):
        server, load, edits, before = asyncio.run(self.run_storm())
        report = (f"{edits} edits, {len(load.generations)} generations of routes and {len(load.certificates)} certificates seen, "
                  f"{load.connections} connections, answers: {dict(load.answers)}, closed: {dict(load.closed)}")
        print(report)
        self.assertEqual(dict(load.failures), {}, report + "\n" + server.err.read_text()[-4000:])
        unasked = {name: count for name, count in load.closed.items() if name != "passing"}
        self.assertEqual(unasked, {}, "connections were closed without a reason: " + report)
        for name in ("HTTP/1.1", "HTTPS", "h2c", "h2", "HTTP/1.1 slow", "HTTPS slow", "h2c slow", "h2 slow", "passing"):
            self.assertGreater(load.answers[name], 0, report)
        self.assertIn(self.generation, load.generations, "the last edit took effect")
        # It was a storm: edits took effect all the time.
        self.assertGreater(len(load.generations), edits / 3 / 2, report)
        self.assertEqual(len(load.certificates), len(self.secrets), report)
        # Listeners that went have taken their sockets with them.
        self.assertEqual(self.listening(server), before)
        self.assertEqual(server.terminate(), 0)


if __name__ == "__main__":
    unittest.main()
