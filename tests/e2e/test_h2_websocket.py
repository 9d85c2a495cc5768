"""WebSocket over a stream of HTTP/2 (RFC 8441), to backends of HTTP/1.1, frame by frame."""
import base64
import contextlib
import hashlib
import os
import re
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import h2.errors  # noqa: E402
import h2.events  # noqa: E402

from gatehouse_program import RunCase  # noqa: E402
from h2_peer import ROUTE, Client  # noqa: E402
from stream_case import Acceptor, read_all  # noqa: E402
from web_socket_echo import WebSocketEcho  # noqa: E402


class WebSockets(RunCase):
    MASK = b"\x01\x02\x03\x04"

    def setUp(self):
        super().setUp()
        (self.input / "route.yaml").write_text(ROUTE)

    def masked(self, payload):
        return bytes(byte ^ self.MASK[i % 4] for i, byte in enumerate(payload))

    def frame(self, opcode, payload):
        head = bytes([0x80 | opcode])
        if len(payload) < 126:
            head += bytes([0x80 | len(payload)])
        else:
            head += b"\xff" + len(payload).to_bytes(8, "big")
        return head + self.MASK + self.masked(payload)

    def connected(self, backend_port, path="/ws", protocol="websocket", fields=()):
        """A client, its stream, and the status and fields of the answer."""
        server = self.start("--backend", f"test/old:80=127.0.0.1:{backend_port}")
        client = Client(self.address, self.port)
        self.addCleanup(client.close)
        while not client.h2.remote_settings.enable_connect_protocol:
            self.assertTrue(client.receive())
        stream = client.request(path, "CONNECT", end=False,
                                fields=[(":protocol", protocol), ("sec-websocket-version", "13"), ("origin", "https://x.test"),
                                        ("sec-websocket-protocol", "chat"), *fields])
        event = client.wait_for(h2.events.ResponseReceived, stream)
        headers = dict(event.headers)
        return server, client, stream, int(headers[":status"]), headers

    def send(self, client, stream, data):
        while data:
            window = min(client.h2.local_flow_control_window(stream), client.h2.max_outbound_frame_size, len(data))
            if window == 0:
                self.assertTrue(client.receive())
                continue
            client.h2.send_data(stream, data[:window])
            client.flush()
            data = data[window:]

    def heard(self, client, stream, count):
        data = b""
        while len(data) < count:
            event = client.wait_for((h2.events.DataReceived, h2.events.StreamEnded, h2.events.StreamReset), stream)
            self.assertIsInstance(event, h2.events.DataReceived)
            data += event.data
            client.h2.acknowledge_received_data(event.flow_controlled_length, stream)
            client.flush()
        return data

    def test_messages_and_the_end(self):
        server, client, stream, status, headers = self.connected(WebSocketEcho(self).port)
        self.assertEqual(status, 200, headers)
        self.assertEqual(headers.get("sec-websocket-protocol"), "chat")
        for name in ("sec-websocket-accept", "connection", "upgrade", "content-length"):
            self.assertNotIn(name, headers)
        self.send(client, stream, self.frame(1, b"hello"))
        self.assertEqual(self.heard(client, stream, 7), b"\x81\x05hello")
        # Another request on the same connection meanwhile.
        self.assertEqual(client.response(client.request("/moved"))[0], 302)
        large = bytes(range(256)) * 4096
        self.send(client, stream, self.frame(2, large))
        self.assertEqual(self.heard(client, stream, len(large) + 10), b"\x82\x7f" + len(large).to_bytes(8, "big") + large)
        self.send(client, stream, self.frame(8, b"\x03\xe8"))
        self.assertEqual(self.heard(client, stream, 4), b"\x88\x02\x03\xe8")
        self.assertIsNotNone(client.wait_for(h2.events.StreamEnded, stream))
        client.h2.end_stream(stream)  # the other direction has an end of its own
        client.flush()
        server.until_out(r'"CONNECT /ws HTTP/2" 200 - \d{7} \d{7} .* HTTPRoute/test/route#0 test/old:80 ')

    def test_a_client_that_resets_ends_its_backend(self):
        ended = threading.Event()

        def serve(connection):
            key = re.search(rb"(?i)sec-websocket-key: (\S+)", connection.recv(10000)).group(1)
            accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
            connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                               b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
            with contextlib.suppress(ConnectionError):
                while connection.recv(100):
                    pass
            ended.set()

        server, client, stream, status, _ = self.connected(Acceptor(self, serve).port)
        self.assertEqual(status, 200)
        client.h2.reset_stream(stream, h2.errors.ErrorCodes.CANCEL)
        client.flush()
        self.assertTrue(ended.wait(20))
        server.until_out(r'"CONNECT /ws HTTP/2" 200 DC ')

    def test_what_is_no_switch(self):
        plain = b"HTTP/1.1 %s\r\nContent-Length: 2\r\n\r\nno"
        switch = b"HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n%s\r\n"
        cases = [(plain % b"200 OK", "/", "websocket", 502), (plain % b"403 No", "/", "websocket", 403),
                 (switch % b"", "/", "websocket", 502),
                 (switch % b"Sec-WebSocket-Accept: bm9uZQ==\r\n", "/", "websocket", 502),
                 (b"", "/", "connect-udp", 501), (b"", "/h2", "websocket", 502), (b"", "/moved", "websocket", 302)]
        for answer, path, protocol, status in cases:
            with self.subTest(answer=answer, path=path, protocol=protocol):
                asked = []

                def serve(connection, answer=answer, asked=asked):
                    asked.append(connection.recv(10000))
                    connection.sendall(answer)
                    read_all(connection)

                server, client, stream, found, _ = self.connected(Acceptor(self, serve).port, path, protocol)
                self.assertEqual(found, status)
                self.assertEqual(len(asked), 1 if answer else 0)
                if asked:
                    self.assertTrue(asked[0].startswith(b"GET / HTTP/1.1\r\n"), asked)
                    self.assertRegex(asked[0].lower(), rb"\r\nupgrade: websocket\r\n")
                server.end()
                self.ready.unlink()


if __name__ == "__main__":
    unittest.main()
