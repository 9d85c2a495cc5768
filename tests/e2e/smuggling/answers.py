"""Answers of a backend that two readers might read differently. The client must see one answer that cannot be mistaken, a 502, or a
connection that is broken off; and no connection that might hold more than was asked for carries another request."""
import dataclasses

from .case import HEAD_BYTES, FIELDS, get, request, shown

OK = b"HTTP/1.1 200 OK\r\n"
EVIL = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Evil: 1\r\n\r\nevil"


@dataclasses.dataclass
class AnswerCase:
    name: str
    section: str
    answer: bytes  # what the backend sends
    status: int = 502  # of the final answer that the client sees; 0: none
    body: bytes = None  # None: not looked at
    fields: dict = dataclasses.field(
        default_factory=dict
    )  # of the final head: lower-case name -> values, [] for absent
    interim: tuple = ()  # 1xx that the client sees before it
    sent: bytes = get()
    method: str = "GET"
    then_closes: bool = False  # the backend ends the connection behind its bytes
    late: bytes = b""  # it sends these when the client has its answer
    cut: bool = False  # the client sees the answer broken off
    reused: bool = False  # the backend's connection carries the next request
    note: str = ""


def bad(name, section, answer, **options):
    return AnswerCase(name, section, answer, **options)


def good(name, section, answer, body, reused=True, **options):
    return AnswerCase(name, section, answer, 200, body, reused=reused, **options)


def heads():
    section = "9112 4"
    tail = b"\r\nContent-Length: 0\r\n\r\n"
    for line in (
        b"HTTP/2.0 200 OK",
        b"HTTP/1.1 20 OK",
        b"HTTP/1.1 2000 OK",
        b"HTTP/1.1  200 OK",
        b"http/1.1 200 OK",
        b"HTTP/1.1 abc OK",
        b"HTTP/1.1 -20 OK",
        b"HTTP/1.1 099 OK",
        b"HTTP/1.1",
        b"200 OK",
        b"ICY 200 OK",
        b"\r\nHTTP/1.1 200 OK",
        b" HTTP/1.1 200 OK",
        b"HTTP/1.1 200 O\x00K",
        b"HTTP/1.1 200 O\rK",
        b"HTTP/1.1\t200 OK",
        b"GET / HTTP/1.1",
        b"HTTP/1.1 200 OK\nX: y",
        b"\x00",
    ):
        yield bad(f"the status line {shown(line)}", section, line + tail)
    for text in (
        b"X : 1",
        b" X: 1",
        b": 1",
        b"X",
        b"X\x00: 1",
        b"X: a\x00b",
        b"X: a\x0bb",
        b"X: a\rY: b",
        b"X: a\nY: b",
        b"X: 1\r\n 2",
        b"X(: 1",
        b"X: a\nSet-Cookie: evil=1",
        b"X: a\r\r\nSet-Cookie: evil=1",
        b"X\xc3: 1",
    ):
        yield bad(f"the field line {shown(text)}", "9112 5", OK + b"Content-Length: 0\r\n" + text + b"\r\n\r\n")
    yield bad("a head of bare LFs", "9112 2.2", b"HTTP/1.1 200 OK\nContent-Length: 0\n\n")
    yield bad(
        "a head larger than the limit", "9110 5.4", OK + b"X: " + b"a" * HEAD_BYTES + b"\r\nContent-Length: 0\r\n\r\n"
    )
    yield bad("more fields than the limit", "9110 5.4", OK + b"X: a\r\n" * (FIELDS + 1) + b"Content-Length: 0\r\n\r\n")
    yield bad("a head that ends too early", "9112 8", OK + b"Content-", then_closes=True)
    yield bad("no answer at all", "9112 8", b"", then_closes=True)
    yield good("no reason phrase", section, b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", b"ok")
    yield good(
        "hop-by-hop fields end here",
        "9110 7.6.1",
        OK + b"Connection: X, keep-alive\r\nX: 1\r\nKeep-Alive: timeout=5\r\nProxy-Connection: x\r\n"
        b"Upgrade: h2c\r\nContent-Length: 2\r\n\r\nok",
        b"ok",
        fields={"x": [], "keep-alive": [], "proxy-connection": [], "upgrade": []},
    )
    yield good(
        "Content-Length that Connection names stays",
        "9110 7.6.1",
        OK + b"Connection: content-length\r\nContent-Length: 2\r\n\r\nok",
        b"ok",
        fields={"content-length": [b"2"]},
    )


def framing():
    section = "9112 6.3"
    hello = b"5\r\nhello\r\n0\r\n\r\n"
    for fields in (
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: 5\r\nContent-Length: 5\r\n",
        b"Content-Length: 5, 5\r\n",
        b"Content-Length: 5,6\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 0x5\r\n",
        b"Content-Length: 5 5\r\n",
        b"Content-Length: 18446744073709551616\r\n",
        b"Content-Length:\r\n",
        b"Transfer-Encoding: gzip\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"Transfer-Encoding: chunked, chunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: identity\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: \x0bchunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding:\r\n chunked\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding:\r\n",
    ):
        yield bad(f"framed by {shown(fields[:-2])}", section, OK + fields + b"\r\n" + hello)
    yield bad("chunked in HTTP/1.0", "9112 6.1", b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + hello)
    yield good("chunked", "9112 7.1", OK + b"Transfer-Encoding: chunked\r\n\r\n" + hello, b"hello")
    yield good(
        "chunked, to a client of HTTP/1.0",
        "9112 6.1",
        OK + b"Transfer-Encoding: chunked\r\n\r\n" + hello,
        b"hello",
        sent=get(version=b"HTTP/1.0"),
        fields={"transfer-encoding": [], "connection": [b"close"]},
    )
    yield good(
        "until the connection ends",
        section,
        OK + b"\r\nhello",
        b"hello",
        reused=False,
        then_closes=True,
        fields={"transfer-encoding": [b"chunked"]},
    )
    yield good(
        "a body that looks like an answer stays a body",
        section,
        OK + b"Content-Length: %d\r\n\r\n" % len(EVIL) + EVIL,
        EVIL,
    )
    yield good(
        "chunk extensions are dropped",
        "9112 7.1.1",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0;c\r\n\r\n",
        b"hello",
    )
    for name, body in (
        ("no size", b"\r\nhello\r\n0\r\n\r\n"),
        ("a size of 0x5", b"0x5\r\nhello\r\n0\r\n\r\n"),
        ("a negative size", b"-5\r\nhello\r\n0\r\n\r\n"),
        ("a size that is too large", b"10000000000000005\r\nhello\r\n0\r\n\r\n"),
        ("a bare LF behind a size", b"5\nhello\r\n0\r\n\r\n"),
        ("no CRLF behind a chunk", b"5\r\nhello0\r\n\r\n"),
        ("a chunk that is too long", b"4\r\nhello\r\n0\r\n\r\n"),
        ("a bare LF in an extension", b"5;a\nhello\r\n0\r\n\r\n"),
        ("a bad trailer", b"5\r\nhello\r\n0\r\nX : 1\r\n\r\n"),
        ("an answer where a chunk must be", b"5\r\nhello\r\n" + EVIL),
    ):
        yield bad(
            f"a chunked body with {name}",
            "9112 7.1",
            OK + b"Transfer-Encoding: chunked\r\n\r\n" + body,
            status=200,
            cut=True,
        )
    for name, answer in (
        ("inside its length", b"Content-Length: 50\r\n\r\nhello"),
        ("inside a chunk", b"Transfer-Encoding: chunked\r\n\r\n9\r\nhello"),
        ("before the last chunk", b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        ("before the last line", b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"),
    ):
        yield bad(f"an answer that ends {name} is cut", "9112 8", OK + answer, status=200, cut=True, then_closes=True)
    yield bad(
        "a cut answer looks cut to a client of HTTP/1.0",
        "9112 8",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        status=200,
        cut=True,
        then_closes=True,
        sent=get(version=b"HTTP/1.0"),
    )


def behind():
    """What comes behind the end of an answer is nobody's."""
    section = "9112 9.3"
    two = OK + b"Content-Length: 2\r\n\r\nok"
    for name, answer in (("a length", two), ("chunks", OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")):
        yield good(f"an answer behind {name}", section, answer + EVIL, b"ok", reused=False)
        yield good(f"octets behind {name}", section, answer + b"X", b"ok", reused=False)
        yield good(f"an empty line behind {name}", section, answer + b"\r\n", b"ok", reused=False)
        yield good(f"an answer that comes later, behind {name}", section, answer, b"ok", reused=False, late=EVIL)
    yield good(
        "a body behind the answer to HEAD",
        "9110 9.3.2",
        OK + b"Content-Length: 4\r\n\r\nevil",
        b"",
        reused=False,
        method="HEAD",
        sent=request(b"HEAD"),
        fields={"content-length": [b"4"]},
    )
    yield good(
        "a body that comes later, behind the answer to HEAD",
        "9110 9.3.2",
        OK + b"Content-Length: 4\r\n\r\n",
        b"",
        reused=False,
        method="HEAD",
        sent=request(b"HEAD"),
        late=EVIL,
    )
    yield good(
        "chunks behind the answer to HEAD",
        "9110 9.3.2",
        OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"",
        reused=False,
        method="HEAD",
        sent=request(b"HEAD"),
    )
    yield good(
        "an answer to HEAD", "9110 9.3.2", OK + b"Content-Length: 4\r\n\r\n", b"", method="HEAD", sent=request(b"HEAD")
    )
    empty = {"content-length": [], "transfer-encoding": []}
    for status, phrase in ((204, b"204 No Content"), (304, b"304 Not Modified")):
        line = b"HTTP/1.1 " + phrase + b"\r\n"
        yield AnswerCase(f"{status} with a body", "9112 6.3", line + b"\r\n" + EVIL, status, b"")
        yield AnswerCase(
            f"{status} with a length and a body", "9112 6.3", line + b"Content-Length: 4\r\n\r\nevil", status, b""
        )
        yield AnswerCase(
            f"{status} with chunks",
            "9112 6.3",
            line + b"Transfer-Encoding: chunked\r\n\r\n4\r\nevil\r\n0\r\n\r\n",
            status,
            b"",
        )
        yield AnswerCase(f"{status} without", "9112 6.3", line + b"\r\n", status, b"", reused=True, fields=empty)
    yield AnswerCase(
        "204 does not show a length",
        "9110 8.6",
        b"HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\n",
        204,
        b"",
        empty,
    )
    yield AnswerCase(
        "304 shows the length that a 200 would have",
        "9110 8.6",
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n",
        304,
        b"",
        {"content-length": [b"4"]},
        reused=True,
    )


def interims():
    section = "9110 15.2"
    two = OK + b"Content-Length: 2\r\n\r\nok"
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    yield good("103 goes on", section, hints + two, b"ok", interim=(103,))
    yield good("103 does not go to HTTP/1.0", section, hints + two, b"ok", sent=get(version=b"HTTP/1.0"))
    yield good("100 was met here", section, b"HTTP/1.1 100 Continue\r\n\r\n" + two, b"ok")
    yield good("a few 1xx", section, b"HTTP/1.1 102 Processing\r\n\r\n" * 3 + two, b"ok", interim=(102, 102, 102))
    yield good(
        "an interim answer loses its framing",
        "9110 8.6",
        b"HTTP/1.1 103 Early Hints\r\nContent-Length: 0\r\n\r\n" + two,
        b"ok",
        interim=(103,),
    )
    yield bad(
        "an interim answer with a body",
        "9112 6.3",
        b"HTTP/1.1 103 Early Hints\r\nContent-Length: 4\r\n\r\nevil" + two,
        interim=(103,),
    )
    yield bad(
        "101 that nobody asked for",
        "9110 7.8",
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n" + EVIL,
    )
    yield bad("101 without Upgrade", "9110 7.8", b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + EVIL)
    handshake = get(b"Connection: Upgrade\r\nUpgrade: websocket\r\n")
    switched = b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n"
    for fields in (b"", b"Upgrade: h2c\r\n", b"Upgrade: websocket, h2c\r\n"):
        yield bad(
            f"101 to a WebSocket's handshake, with {shown(fields)}",
            "9110 7.8",
            switched + fields + b"\r\n" + EVIL,
            sent=handshake,
        )
    yield good("a handshake that is declined", "9110 7.8", two, b"ok", sent=handshake)
    flood = "a backend could keep a worker busy, and fill its memory when the client does not read"
    yield bad("a flood of 100", section, b"HTTP/1.1 100 Continue\r\n\r\n" * 1000 + two, note=flood)
    yield bad("a flood of 103", section, hints * 1000 + two, note=flood, interim=(103,) * 16)


def cases():
    yield from heads()
    yield from framing()
    yield from behind()
    yield from interims()
