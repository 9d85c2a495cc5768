"""Answers of an HTTP/2 backend that must not become something else for a client of HTTP/1.1 (RFC 9113 section 8). A malformed one is
a 502; one that goes wrong behind its head is broken off."""
import dataclasses

from .case import shown
from .frames import DATA, END_HEADERS, END_STREAM, HEADERS, RST_STREAM, block, frame

OK = [(b":status", b"200")]
EVIL = b"1\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"


@dataclasses.dataclass
class H2AnswerCase:
    name: str
    section: str
    frames: object  # stream -> octets
    status: int = 502
    body: bytes = None
    fields: dict = dataclasses.field(default_factory=dict)
    interim: tuple = ()
    cut: bool = False


def head(fields, end=False):
    return lambda stream: frame(HEADERS, END_HEADERS | (END_STREAM if end else 0), stream, block(fields))


def data(octets, end=True):
    return lambda stream: frame(DATA, END_STREAM if end else 0, stream, octets)


def bad(name, section, *parts, **options):
    return H2AnswerCase(name, section, lambda stream: b"".join(part(stream) for part in parts), **options)


def good(name, section, body, *parts, **options):
    return bad(name, section, *parts, status=200, body=body, **options)


def fine(stream):
    return head(OK)(stream) + data(b"fine")(stream)


def fields():
    for value in (EVIL, b"a\rb", b"a\nb", b"a\0b", b"\r\n", b"a\x01", b"a\x7f"):
        yield bad(f"the value {shown(value)}", "9113 8.2.1", head([*OK, (b"x", value)], True))
    for name in (b"x\r\n", b"x y", b"X", b"", b"x:", b"x\0", b":", b"x\xc3"):
        yield bad(f"the name {shown(name)}", "9113 8.2.1", head([*OK, (name, b"evil")], True))
    for name, value in (
        (b"connection", b"close"),
        (b"transfer-encoding", b"chunked"),
        (b"upgrade", b"h2c"),
        (b"keep-alive", b"x"),
    ):
        yield bad(f"{name.decode()}", "9113 8.2.2", head([*OK, (name, value)], True))
    for status in (b"", b"20", b"2000", b"abc", b"200 OK", b"200\r\nX: evil", b"-20", b"099"):
        yield bad(f":status {shown(status)}", "9113 8.3.2", head([(b":status", status)], True))
    yield bad("no :status", "9113 8.3.2", head([(b"x", b"y")], True))
    yield bad(":status twice", "9113 8.3", head(OK * 2, True))
    yield bad(":status behind a field", "9113 8.3", head([(b"x", b"y"), *OK], True))
    yield bad(":path in an answer", "9113 8.3", head([*OK, (b":path", b"/")], True))
    yield bad("101", "9113 8.6", head([(b":status", b"101")], True))


def bodies():
    yield good(
        "a body that came with its head is framed",
        "9113 8.1",
        EVIL.replace(b"evil", b"live"),
        head(OK),
        data(EVIL.replace(b"evil", b"live")),
        fields={"transfer-encoding": [b"chunked"]},
    )
    yield good("no body, no length", "9113 8.1", b"", head(OK, True), fields={"content-length": [b"0"]})
    yield good(
        "a length",
        "9113 8.1.1",
        b"live",
        head([*OK, (b"content-length", b"4")]),
        data(b"live"),
        fields={"content-length": [b"4"]},
    )
    yield good(
        "crumbs of trailers",
        "9113 8.1",
        b"live",
        head(OK),
        data(b"live", False),
        head([(b"x", b"1"), (b"content-type", b"evil")], True),
    )
    for length in (b"4, 4", b"+4", b"", b"0x4", b"18446744073709551616"):
        yield bad(
            f"content-length: {shown(length)}", "9110 8.6", head([*OK, (b"content-length", length)]), data(b"evil")
        )
    yield bad(
        "two lengths", "9110 8.6", head([*OK, (b"content-length", b"4"), (b"content-length", b"5")]), data(b"evil")
    )
    yield bad(
        "more octets than the length",
        "9113 8.1.1",
        head([*OK, (b"content-length", b"4")]),
        data(b"live", False),
        data(b"evil"),
        cut=True,
    )
    yield bad(
        "less octets than the length", "9113 8.1.1", head([*OK, (b"content-length", b"9")]), data(b"live"), cut=True
    )
    yield bad(
        "a trailer with a line end", "9113 8.2.1", head(OK), data(b"live", False), head([(b"x", EVIL)], True), cut=True
    )
    yield bad(
        "a stream that is reset in its body",
        "9113 8.1",
        head(OK),
        data(b"live", False),
        lambda stream: frame(RST_STREAM, 0, stream, b"\0\0\0\2"),
        cut=True,
    )
    yield bad("a body before the head", "9113 8.1", data(b"evil"))
    yield H2AnswerCase(
        "204 with a body",
        "9110 15.3.5",
        lambda s: head([(b":status", b"204")])(s) + data(b"evil")(s),
        204,
        b"",
        {"content-length": []},
    )


def interims():
    yield good(
        "103 goes on",
        "9110 15.2",
        b"live",
        head([(b":status", b"103"), (b"link", b"</a>")]),
        head(OK),
        data(b"live"),
        interim=(103,),
    )
    yield bad("an interim answer that ends the stream", "9113 8.1", head([(b":status", b"103")], True))
    yield bad("a flood of 100", "9110 15.2", *[head([(b":status", b"100")])] * 100, head(OK), data(b"evil"))


def cases():
    yield from fields()
    yield from bodies()
    yield from interims()
