"""Clients of HTTP/2 that want to wear the gateway out: it must end their connection or bear them within bounds, and serve others the
while. Needs python3-hpack (see .ci/packages)."""
import os
import re
import socket
import struct
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from smuggling import frames, reading  # noqa: E402
from smuggling.case import FIELDS, HEAD_BYTES  # noqa: E402
from smuggling.frames import (  # noqa: E402
    ACK,
    CONTINUATION,
    DATA,
    END_HEADERS,
    END_STREAM,
    HEADERS,
    PING,
    PRIORITY,
    RST_STREAM,
    SETTINGS,
    WINDOW_UPDATE,
    block,
    frame,
    number,
)
from smuggling.h2_requests import GET, POST  # noqa: E402
from smuggling.harness import RecordedCase  # noqa: E402

#: More than anybody could mean.
MANY = 20_000
#: What the process may grow by for one such client, whatever it does: a worker keeps 256 buffers of 128 KiB for its next burst, and a
#: connection has a hundred streams. The kernel's buffers do not count to it.
GROWTH_MIB = 64


class Firehose:
    """A backend that answers every request with as much as is taken."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.connections = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections.append(connection)
            threading.Thread(target=self._pour, args=(connection,), daemon=True).start()

    def _pour(self, connection):
        try:
            while connection.recv(65536):
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (64 << 20))
                for _ in range(64):
                    connection.sendall(bytes(1 << 20))
        except OSError:
            pass

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.connections:
            connection.close()


class H2Floods(RecordedCase):
    def setUp(self):
        super().setUp()
        self.recorder.begin()
        self.canary()
        self.before = self.resident()

    def h2(self, **options):
        connection = frames.Connection((self.address, self.port), **options)
        self.addCleanup(connection.close)
        return connection

    def resident(self):
        with open(f"/proc/{self.server.process.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmRSS:\s+(\d+) kB", status.read())[1])

    def bounded(self):
        """Others are served, and the process has not grown by more than one client may cost."""
        self.canary()
        grown = (self.resident() - self.before) / 1024
        self.assertLess(grown, GROWTH_MIB, "MiB more than before")

    def ended(self, client, *codes):
        """Sends until the gateway ends the connection, which it must do; with one of the codes, where it could say one."""
        self.assertTrue(client.until(lambda: client.ended or client.goaway), "the connection goes on")
        if client.goaway:
            self.assertIn(client.goaway, codes)

    def test_rapid_reset(self):
        """CVE-2023-44487: streams that are opened and reset at once."""
        client = self.h2()
        self.recorder.begin()
        self.recorder.expect([], [])
        cancel = struct.pack(">I", 8)
        for first in range(1, MANY * 2, 200):
            streams = range(first, first + 200, 2)
            if not client.send(
                b"".join(
                    frame(HEADERS, END_HEADERS | END_STREAM, s, block(GET)) + frame(RST_STREAM, 0, s, cancel)
                    for s in streams
                )
            ):
                break
        self.ended(client, "ENHANCE_YOUR_CALM", "INTERNAL_ERROR")
        self.bounded()
        reached = sum(octets.count(b"GET / HTTP/1.1\r\n") for octets in self.recorder.recorded().values())
        self.assertLess(reached, MANY // 4, "requests that reached the backend")

    def test_made_to_reset(self):
        """CVE-2025-8671: streams that the client makes the server reset."""
        client = self.h2()
        for first in range(1, MANY * 2, 200):
            streams = range(first, first + 200, 2)
            if not client.send(
                b"".join(
                    frame(HEADERS, END_HEADERS | END_STREAM, s, block(GET)) + frame(WINDOW_UPDATE, 0, s, bytes(4))
                    for s in streams
                )
            ):
                break
        self.ended(client, "ENHANCE_YOUR_CALM", "INTERNAL_ERROR", "PROTOCOL_ERROR")
        self.bounded()

    def test_malformed_requests(self):
        """Each is a stream error; many are no accident."""
        client = self.h2()
        for first in range(1, MANY * 2, 200):
            if not client.send(
                b"".join(
                    frame(HEADERS, END_HEADERS | END_STREAM, s, block(GET + [(b"X", b"y")]))
                    for s in range(first, first + 200, 2)
                )
            ):
                break
        self.ended(client, "ENHANCE_YOUR_CALM", "INTERNAL_ERROR", "PROTOCOL_ERROR")
        self.bounded()

    def test_continuations(self):
        """CVE-2024-27316: a header section that never ends, of frames full and empty."""
        filler = block([(b"x", b"a" * 16_000)])
        for name, payload in (("full", filler), ("empty", b"")):
            with self.subTest(name):
                client = self.h2()
                client.send(frame(HEADERS, END_STREAM, 1, block(GET)))
                for _ in range(MANY if not payload else 2000):
                    if not client.send(frame(CONTINUATION, 0, 1, payload)):
                        break
                self.ended(client, "ENHANCE_YOUR_CALM", "INTERNAL_ERROR", "PROTOCOL_ERROR", "COMPRESSION_ERROR")
                self.bounded()

    def test_compression_bomb(self):
        """CVE-2016-6581: a large field, stored once and named a thousand times."""
        client = self.h2()
        stored = b"\x40" + number(1, 7) + b"x" + number(3000, 7) + b"a" * 3000
        client.send(frame(HEADERS, END_HEADERS | END_STREAM, 1, block(GET) + stored + b"\xbe" * 3000))
        answer = client.settle(1)
        self.assertTrue(answer.status == 431 or answer.reset or client.goaway or client.ended, answer.status)
        self.bounded()

    def test_large_heads(self):
        for name, extra in (
            ("a long value", [(b"x", b"a" * HEAD_BYTES)]),
            ("many fields", [(b"x", b"a")] * (FIELDS + 1)),
            ("a long path", []),
        ):
            with self.subTest(name):
                client = self.h2()
                fields = GET + extra if extra else [*GET[:2], (b":path", b"/" + b"a" * HEAD_BYTES), GET[3]]
                client.send(frame(HEADERS, END_HEADERS | END_STREAM, 1, block(fields)))
                answer = client.settle(1)
                self.assertTrue(answer.status in (414, 431) or answer.reset, answer.status)
                self.assertIsNone(client.goaway)

    def test_acknowledgements(self):
        """CVE-2019-9512 and 9515: what has to be answered, from a client that does not read."""
        for name, asked in (("settings", frame(SETTINGS)), ("pings", frame(PING, payload=b"flooding"))):
            with self.subTest(name):
                client = self.h2()
                for _ in range(MANY // 100):
                    if not client.send(asked * 100):
                        break
                self.bounded()
                # Either it had enough, or all of them are answered now.
                wanted = b"flooding"
                client.until(lambda: client.ended or client.goaway or client.pings + client.acks > MANY // 2)
                self.assertIn(client.goaway, (None, "ENHANCE_YOUR_CALM", "INTERNAL_ERROR"), wanted)

    def test_frames_that_do_nothing(self):
        """CVE-2019-9518 and its kin: they cost work, so they must not cost memory, nor others their turn."""
        floods = (
            ("empty data", frame(DATA, 0, 1)),
            ("priorities", frame(PRIORITY, 0, 3, struct.pack(">IB", 0, 1))),
            ("window updates", frame(WINDOW_UPDATE, 0, 0, struct.pack(">I", 1))),
            ("unknown frames", frame(0x77, 0, 0, b"x")),
            ("acknowledgements of pings", frame(PING, ACK, payload=b"flooding")),
        )
        for name, idle in floods:
            with self.subTest(name):
                client = self.h2()
                client.send(frame(HEADERS, END_HEADERS, 1, block(POST)))
                for _ in range(MANY // 100):
                    if not client.send(idle * 100):
                        break
                self.bounded()
                client.close()

    def test_empty_header_sections(self):
        """CVE-2019-9516: fields without name and value."""
        client = self.h2()
        client.send(frame(HEADERS, END_HEADERS | END_STREAM, 1, block(GET) + b"\x00\x00\x00" * 5000))
        answer = client.settle(1)
        self.assertTrue(answer.status in (400, 431) or answer.reset or client.goaway, answer.status)
        self.bounded()

    def test_body_before_the_windows_are_known(self):
        """A client may use the windows of the specification until it has read ours (RFC 9113 6.9.2): nothing of it is lost."""
        octets = bytes(range(256)) * 255  # 65,280
        self.recorder.begin()
        self.recorder.expect([b"0\r\n\r\n"], [(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", False)])
        client = self.h2()
        pieces = [octets[at : at + 16_320] for at in range(0, len(octets), 16_320)]
        client.send(
            frame(HEADERS, END_HEADERS, 1, block(POST))
            + b"".join(frame(DATA, 0, 1, piece) for piece in pieces[:-1])
            + frame(DATA, END_STREAM, 1, pieces[-1])
        )
        self.assertEqual(client.settle(1).status, 200, client.goaway)
        ((_, recorded),) = self.recorder.recorded().items()
        requests, rest = reading.read_requests(recorded)
        self.assertEqual((len(requests), rest), (1, b""))
        self.assertEqual(requests[0].body, octets)

    def test_windows_that_overflow(self):
        client = self.h2()
        client.send(frame(WINDOW_UPDATE, 0, 0, struct.pack(">I", 0x7FFFFFFF)) * 2)
        self.ended(client, "FLOW_CONTROL_ERROR")
        self.bounded()

    def test_readers_that_open_no_window(self):
        """CVE-2019-9511 and 9517: answers that wait for a window wait at the backend, not in memory."""
        firehose = Firehose()
        self.addCleanup(firehose.stop)
        self.server.terminate()
        self.ready.unlink(missing_ok=True)
        self.server = self.start(
            "--workers",
            "1",
            "--backend",
            f"test/old:80=127.0.0.1:{self.recorder.port}",
            "--backend",
            f"test/new:80=127.0.0.1:{firehose.port}",
        )
        self.recorder.begin()
        self.canary()
        self.before = self.resident()
        client = self.h2(window=0)
        for stream in range(1, 100, 2):
            client.request(stream, [(b":path", b"/poured")])
        self.assertTrue(
            client.until(lambda: all(client.answer(s).status == 200 for s in range(1, 100, 2))), client.goaway
        )
        self.bounded()
        # One of them reads now, and gets on.
        more = struct.pack(">I", 1 << 20)
        client.send(frame(WINDOW_UPDATE, 0, 0, more) + frame(WINDOW_UPDATE, 0, 1, more))
        self.assertTrue(client.until(lambda: len(client.answer(1).body) >= 1 << 20), client.goaway)
        self.bounded()

    def test_idle_connections_with_a_window_of_nothing_end(self):
        """A client that asks, opens no window and goes silent is given up after the time for bodies."""
        client = self.h2(window=0)
        self.recorder.begin()
        self.recorder.expect([b"\r\n\r\n"], [(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", False)])
        client.request(1, [])
        self.assertTrue(client.until(lambda: client.answer(1).status == 200))
        client.until(lambda: client.answer(1).reset or client.goaway)
        self.assertTrue(client.ended or client.goaway or client.answer(1).reset)
        self.canary()


if __name__ == "__main__":
    unittest.main(verbosity=2)
