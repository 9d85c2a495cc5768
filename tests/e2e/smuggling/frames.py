"""A client of HTTP/2 that sends what it is told to, however wrong, and reads frames (RFC 9113, RFC 7541). Only answers' fields are read
by a library, since servers may compress them."""
import re
import socket
import struct

import hpack

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)
END_STREAM, ACK, END_HEADERS, PADDED, PRIORITY_FLAG = 0x1, 0x1, 0x4, 0x8, 0x20
INITIAL_WINDOW_SIZE = 4
CODES = (
    "NO_ERROR",
    "PROTOCOL_ERROR",
    "INTERNAL_ERROR",
    "FLOW_CONTROL_ERROR",
    "SETTINGS_TIMEOUT",
    "STREAM_CLOSED",
    "FRAME_SIZE_ERROR",
    "REFUSED_STREAM",
    "CANCEL",
    "COMPRESSION_ERROR",
    "CONNECT_ERROR",
    "ENHANCE_YOUR_CALM",
    "INADEQUATE_SECURITY",
    "HTTP_1_1_REQUIRED",
)


def frame(kind, flags=0, stream=0, payload=b""):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def number(value, prefix_bits, first=0):
    """RFC 7541 5.1."""
    limit = (1 << prefix_bits) - 1
    if value < limit:
        return bytes([first | value])
    octets, value = bytes([first | limit]), value - limit
    while value >= 128:
        octets, value = octets + bytes([value % 128 + 128]), value // 128
    return octets + bytes([value])


def block(fields):
    """Fields as literals without indexing, octet by octet as given."""
    return b"".join(b"\x00" + number(len(n), 7) + n + number(len(v), 7) + v for n, v in fields)


def settings(**values):
    return frame(SETTINGS, payload=b"".join(struct.pack(">HI", int(k[1:]), v) for k, v in values.items()))


class Answer:
    def __init__(self):
        self.status, self.fields, self.trailers, self.body, self.interim = None, {}, None, b"", []
        self.complete = False
        self.reset = None  # name of the code


class Connection:
    """One connection with prior knowledge. `window`: how much of a body the server may send before it is told more."""

    def __init__(self, address, window=None, wrap=None):
        self.socket = socket.create_connection(address, 20)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if wrap:
            self.socket = wrap(self.socket)
        self.octets, self.answers, self.goaway, self.ended = b"", {}, None, False
        self.decoder = hpack.Decoder()
        self.partial = b""
        self.acks = self.pings = 0
        self.reads_bodies = window is None
        self.send(PREFACE + (settings() if window is None else settings(_4=window)))

    def send(self, octets):
        """False when the server does not take it any more."""
        try:
            self.socket.sendall(octets)
            return True
        except OSError:
            return False

    def request(self, stream, fields, end=True):
        """With pseudo-fields of a plain GET for those that are not given: use `raw` to leave one out."""
        given = {name for name, _ in fields}
        whole = [
            (n, v)
            for n, v in ((b":method", b"GET"), (b":scheme", b"http"), (b":path", b"/"), (b":authority", b"app.test"))
            if n not in given
        ]
        self.raw(stream, whole + list(fields), end)

    def raw(self, stream, fields, end=True):
        self.send(frame(HEADERS, END_HEADERS | (END_STREAM if end else 0), stream, block(fields)))

    def answer(self, stream):
        return self.answers.setdefault(stream, Answer())

    def read(self):
        """Takes one frame; False when the connection ended."""
        while len(self.octets) < 9 or len(self.octets) < 9 + int.from_bytes(self.octets[:3], "big"):
            try:
                octets = self.socket.recv(1 << 20)
            except ConnectionError:
                octets = b""
            if not octets:
                self.ended = True
                return False
            self.octets += octets
        length, (kind, flags, stream) = int.from_bytes(self.octets[:3], "big"), struct.unpack(">BBI", self.octets[3:9])
        payload, self.octets = self.octets[9 : 9 + length], self.octets[9 + length :]
        self._take(kind, flags, stream, payload)
        return True

    def until(self, condition):
        """Reads until the condition holds; False when the connection ended before."""
        while not condition():
            if not self.read():
                return condition()
        return True

    def settle(self, stream):
        """Reads until the stream is over: answered, reset, or the connection ended."""
        own = self.answer(stream)
        self.until(lambda: own.complete or own.reset)
        return own

    def ping(self):
        """What was sent before this has been dealt with when it returns True."""
        wanted = self.pings + 1
        return self.send(frame(PING, payload=b"are you?")) and self.until(lambda: self.pings >= wanted)

    def _take(self, kind, flags, stream, payload):
        if kind == SETTINGS:
            if flags & ACK:
                self.acks += 1
            else:
                self.send(frame(SETTINGS, ACK))
        elif kind == PING:
            if flags & ACK:
                self.pings += 1
            else:
                self.send(frame(PING, ACK, payload=payload))
        elif kind == GOAWAY:
            code = struct.unpack(">I", payload[4:8])[0]
            self.goaway = CODES[code]
        elif kind == RST_STREAM:
            self.answer(stream).reset = CODES[struct.unpack(">I", payload)[0]]
        elif kind == DATA:
            self._take_data(flags, stream, payload)
        elif kind in (HEADERS, CONTINUATION):
            self.partial += payload
            if kind == HEADERS:
                self.ends = flags & END_STREAM
            if flags & END_HEADERS:
                fields, self.partial = self.decoder.decode(self.partial, raw=True), b""
                self._take_fields(stream, fields, self.ends)

    def _take_data(self, flags, stream, payload):
        own = self.answer(stream)
        if flags & PADDED:
            payload = payload[1 : len(payload) - payload[0]]
        own.body += payload
        own.complete = bool(flags & END_STREAM)
        if self.reads_bodies and payload:
            more = struct.pack(">I", len(payload))
            self.send(
                frame(WINDOW_UPDATE, payload=more) + (b"" if own.complete else frame(WINDOW_UPDATE, 0, stream, more))
            )

    def _take_fields(self, stream, fields, ends):
        """As strictly as the other reader: lower case, one :status in front, nothing of one connection, no line end in a value."""
        own, named = self.answer(stream), {}
        for name, value in fields:
            assert name == name.lower() and not re.search(rb"[\0\r\n]", name + value), (name, value)
            assert name not in (
                b"connection",
                b"transfer-encoding",
                b"keep-alive",
                b"upgrade",
                b"proxy-connection",
            ), name
            named.setdefault(name.decode(), []).append(value)
        if own.status is not None:
            assert ":status" not in named and ends, named
            own.trailers = named
        else:
            (status,) = named.pop(":status")
            assert not [name for name in named if name.startswith(":")], named
            if int(status) < 200:
                own.interim.append(int(status))
                return
            own.status, own.fields = int(status), named
        own.complete = bool(ends)

    def close(self):
        self.socket.close()
