"""Requests of HTTP/2 that must not become something else on an HTTP/1.1 connection (RFC 9113 sections 8.1 to 8.3). A malformed one is
a stream error (8.1.1), or 400 where the server says so before; the backend sees nothing, and the connection serves on."""
import dataclasses

from .case import SMUGGLED, Forwarded, shown
from .frames import END_HEADERS, END_STREAM, HEADERS, DATA, block, frame

GET = [(b":method", b"GET"), (b":scheme", b"http"), (b":path", b"/"), (b":authority", b"app.test")]
POST = [(b":method", b"POST"), *GET[1:]]
REFUSED, OK = "refused", 200


@dataclasses.dataclass
class H2Case:
    name: str
    section: str
    sent: bytes  # frames of stream 1
    outcome: object = REFUSED  # or a status
    received: tuple = ()
    beginning: bool = False  # the backend may have a beginning of the request, since the fault came behind the head
    note: str = ""


def head(fields, end=True):
    return frame(HEADERS, END_HEADERS | (END_STREAM if end else 0), 1, block(fields))


def data(octets, end=True):
    return frame(DATA, END_STREAM if end else 0, 1, octets)


def with_(fields, *changes):
    """The fields with other values for some pseudo-fields, and more fields behind."""
    named = {name for name, _ in fields}
    changed = dict(change for change in changes if change[0] in named)
    return [(n, changed.get(n, v)) for n, v in fields] + [c for c in changes if c[0] not in named]


def refused(name, section, *frames, **options):
    return H2Case(name, section, b"".join(frames), **options)


def passed(name, section, received, *frames, **options):
    return H2Case(name, section, b"".join(frames), OK, (received,), **options)


def injected_fields():
    section = "9113 8.2.1"
    for octet in (b"\r", b"\n", b"\0"):
        for place, value in (
            ("begins", octet + b"a"),
            ("ends", b"a" + octet),
            ("is inside", b"a" + octet + b"b"),
            ("is all", octet),
        ):
            yield refused(f"{shown(octet)} {place} in a value", section, head(with_(GET, (b"x", value))))
        yield refused(f"{shown(octet)} in a name", section, head(with_(GET, (b"x" + octet + b"y", b"1"))))
    yield refused("a request in a value", section, head(with_(GET, (b"x", b"1\r\n\r\n" + SMUGGLED))))
    yield refused(
        "a field in a value", section, head(with_(POST, (b"x", b"1\r\nTransfer-Encoding: chunked"))), note="H2.TE"
    )
    yield refused("a request in a name", section, head(with_(GET, (b"x: 1\r\n\r\n" + SMUGGLED, b"1"))))
    for name in (
        b"x:y",
        b":",
        b"x ",
        b" x",
        b"x y",
        b"",
        b"X",
        b"x-Y",
        b"Transfer-encoding",
        b"x\x7f",
        b"x\xc3",
        b"x(",
        b"x\ty",
        b"x,y",
        b'x"',
        b"x/y",
        b"x\x01",
        b"host:",
        b"content-length ",
    ):
        yield refused(f"the name {shown(name)}", section, head(with_(GET, (name, b"1"))))
    for value in (b" a", b"a ", b"\ta", b"a\t", b" "):
        yield refused(f"the value {shown(value)}", section, head(with_(GET, (b"x", value))))
    for octet in (b"\x01", b"\x0b", b"\x1b", b"\x7f"):
        yield refused(f"{shown(octet)} in a value", "9110 5.5", head(with_(GET, (b"x", b"a" + octet + b"b"))))
    yield passed(
        "octets above 127 in a value",
        section,
        Forwarded(fields={"x": [b"\xc3\xa9"]}),
        head(with_(GET, (b"x", b"\xc3\xa9"))),
    )
    yield passed("an empty value", section, Forwarded(fields={"x": [b""]}), head(with_(GET, (b"x", b""))))
    yield passed(
        "crumbs of a cookie are put together",
        "9113 8.2.3",
        Forwarded(fields={"cookie": [b"a=1; b=2"]}),
        head(with_(GET, (b"cookie", b"a=1"), (b"x", b"y"), (b"cookie", b"b=2"))),
    )


def connection_fields():
    section = "9113 8.2.2"
    for name, value in (
        (b"connection", b"close"),
        (b"connection", b"keep-alive"),
        (b"connection", b"x"),
        (b"keep-alive", b"timeout=5"),
        (b"proxy-connection", b"keep-alive"),
        (b"transfer-encoding", b"chunked"),
        (b"transfer-encoding", b"identity"),
        (b"transfer-encoding", b""),
        (b"upgrade", b"h2c"),
        (b"upgrade", b"websocket"),
        (b"te", b"gzip"),
        (b"te", b"chunked"),
        (b"te", b"trailers, gzip"),
        (b"te", b""),
    ):
        yield refused(f"{name.decode()}: {value.decode()}", section, head(with_(GET, (name, value))))
    yield refused(
        "transfer-encoding on a request with a body",
        section,
        head(with_(POST, (b"transfer-encoding", b"chunked")), False),
        data(b"0\r\n\r\n" + SMUGGLED),
    )
    yield passed(
        "te: trailers", section, Forwarded(fields={"te": [b"trailers"]}), head(with_(GET, (b"te", b"trailers")))
    )


def pseudo_fields():
    section = "9113 8.3"
    for name, value in GET:
        yield refused(f"{name.decode()} twice", section, head(GET + [(name, value)]))
        yield refused(f"{name.decode()} twice, unlike", section, head([(name, b"/other")] + GET))
        yield refused(
            f"{name.decode()} behind a field",
            section,
            head([each for each in GET if each[0] != name] + [(b"x", b"y"), (name, value)]),
        )
        if name != b":authority":
            yield refused(f"no {name.decode()}", "9113 8.3.1", head([each for each in GET if each[0] != name]))
            yield refused(f"an empty {name.decode()}", "9113 8.3.1", head(with_(GET, (name, b""))))
    yield refused("an unknown pseudo-field", section, head([*GET, (b":other", b"x")]))
    yield refused(":status in a request", section, head([*GET, (b":status", b"200")]))
    yield refused(
        ":protocol in a GET",
        "8441 4",
        head([(b":protocol", b"websocket"), *GET]),
    )
    yield refused("a pseudo-field in capitals", section, head([(b":Method", b"GET"), *GET]))
    yield refused("no pseudo-field at all", "9113 8.3.1", head([(b"host", b"app.test")]))
    for octet in (b"\r", b"\n", b"\0", b" ", b"\t", b"\r\nX: y\r\n"):
        for name, value in GET:
            yield refused(f"{shown(octet)} in {name.decode()}", section, head(with_(GET, (name, value + octet + b"a"))))
    for method in (b"G(T", b"G\xc3T", b"GET / HTTP/1.1\r\nHost: app.test\r\n\r\nGET"):
        yield refused(f"the method {shown(method)}", "9110 9.1", head(with_(GET, (b":method", method))))
    yield passed(
        "a method in small letters is passed on", "9110 9.1", Forwarded(b"get"), head(with_(GET, (b":method", b"get")))
    )
    for scheme in (b"http\r\n", b"ht tp", b"1http", b"http://app.test/a?"):
        yield refused(f"the scheme {shown(scheme)}", "3986 3.1", head(with_(GET, (b":scheme", scheme))))
    yield passed(
        ":scheme https over plain text goes by its host",
        "9113 8.3.1",
        Forwarded(fields={"x-forwarded-proto": [b"http"]}),
        head(with_(GET, (b":scheme", b"https"))),
    )


def paths():
    section = "9113 8.3.1"
    for path in (
        b"a",
        b"*",
        b"app.test/",
        b"http://app.test/",
        b"/a#b",
        b"#",
        b"/\x7f",
        b"/\xc3\xa9",
        b"?a",
        b"/ HTTP/1.1\r\nX: y",
        b"/a b",
        b"//\r\n",
        b"/%00",
    ):
        yield refused(f"the path {shown(path)}", section, head(with_(GET, (b":path", path))))
    for path, rule in (
        (b"/public/../admin", b"public"),
        (b"//public", b"root"),
        (b"/a?b?c=%0d%0a", b"root"),
        (b"/public%2fa", b"root"),
        (b"/exact?a=b", b"exact"),
    ):
        yield passed(
            f"the path {shown(path)} as received",
            section,
            Forwarded(target=path, rule=rule),
            head(with_(GET, (b":path", path))),
        )
    yield H2Case("asterisk-form of OPTIONS", section, head(with_(GET, (b":method", b"OPTIONS"), (b":path", b"*"))), 404)
    yield refused("CONNECT with a path", "9113 8.5", head(with_(GET, (b":method", b"CONNECT"))))
    yield H2Case(
        "CONNECT is not for a gateway",
        "9113 8.5",
        head([(b":method", b"CONNECT"), (b":authority", b"app.test:80")]),
        501,
    )


def authorities():
    section = "9113 8.3.1"
    for value in (
        b"u@app.test",
        b"u:p@app.test",
        b"app.test:x",
        b"app.test:65536",
        b"app.test/",
        b"app.test?a",
        b"app.test, inner.test",
        b":80",
        b"[::1",
        b"app.test\\",
        b"app test",
        b"app\x80.test",
    ):
        yield refused(f":authority: {shown(value)}", section, head(with_(GET, (b":authority", value))))
        yield refused(f"host: {shown(value)}", "9110 7.2", head([*GET[:3], (b"host", value)]))
    yield refused(
        "Host differs from :authority",
        section,
        head(with_(GET, (b"host", b"inner.test"))),
        note="RFC 9113: should be treated as malformed; nginx and nghttp2 refuse",
    )
    yield refused("two Hosts", "9110 7.2", head([*GET[:3], (b"host", b"app.test"), (b"host", b"inner.test")]))
    yield refused("neither :authority nor Host", section, head(GET[:3]))
    yield refused("an empty :authority", "9110 4.2.1", head(with_(GET, (b":authority", b""))))
    yield passed(
        "Host alone", section, Forwarded(host=b"inner.test", rule=b"inner"), head([*GET[:3], (b"host", b"inner.test")])
    )
    yield passed("Host that says the same", section, Forwarded(), head(with_(GET, (b"host", b"app.test"))))
    yield passed(
        ":authority with a port",
        section,
        Forwarded(host=b"inner.test:81", rule=b"inner"),
        head(with_(GET, (b":authority", b"inner.test:81"))),
    )


def lengths():
    """H2.CL: the length that the backend reads must be the one that came."""
    section = "9113 8.1.1"
    for length, octets in ((0, SMUGGLED), (5, b"hell"), (5, b"hello!"), (5, b""), (50, b"hello")):
        yield refused(
            f"length {length} and {len(octets)} octets",
            section,
            head(with_(POST, (b"content-length", b"%d" % length)), False),
            data(octets),
            beginning=True,
        )
    yield refused("a length and no body", section, head(with_(POST, (b"content-length", b"5"))))
    for value in (b"", b"5, 5", b"+5", b"-5", b"0x5", b"5 5", b"18446744073709551616", b"5a", b"5;"):
        yield refused(
            f"content-length: {shown(value)}",
            "9110 8.6",
            head(with_(POST, (b"content-length", value)), False),
            data(b"hello"),
        )
    yield refused(
        "two lengths",
        section,
        head(with_(POST, (b"content-length", b"5"), (b"content-length", b"6")), False),
        data(b"hello"),
    )
    yield refused(
        "one length twice",
        section,
        head(with_(POST, (b"content-length", b"5"), (b"content-length", b"5")), False),
        data(b"hello"),
    )
    yield passed(
        "the right length",
        section,
        Forwarded(b"POST", body=b"hello", framing="length"),
        head(with_(POST, (b"content-length", b"5")), False),
        data(b"hello"),
    )
    yield passed(
        "the right length in two frames",
        section,
        Forwarded(b"POST", body=b"hello", framing="length"),
        head(with_(POST, (b"content-length", b"5")), False),
        data(b"he", False),
        data(b"llo"),
    )
    yield passed(
        "no length: chunks",
        section,
        Forwarded(b"POST", body=SMUGGLED, framing="chunked"),
        head(POST, False),
        data(SMUGGLED),
    )
    yield passed(
        "no body: neither", section, Forwarded(fields={"content-length": [], "transfer-encoding": []}), head(GET)
    )
    yield passed(
        "expect: 100-continue is met here",
        "9110 10.1.1",
        Forwarded(b"POST", body=b"hello", framing="length", fields={"expect": []}),
        head(with_(POST, (b"expect", b"100-continue"), (b"content-length", b"5")), False),
        data(b"hello"),
    )


def trailers():
    section = "9113 8.1"
    for name, value in (
        (b":path", b"/"),
        (b":status", b"200"),
        (b"X", b"1"),
        (b"x", b"a\r\nb"),
        (b"transfer-encoding", b"chunked"),
        (b"connection", b"close"),
    ):
        yield refused(
            f"the trailer {name.decode()}: {shown(value)}",
            section,
            head(POST, False),
            data(b"hello", False),
            head([(name, value)]),
            beginning=True,
        )
    yield refused(
        "trailers that do not end the stream",
        section,
        head(POST, False),
        data(b"hello", False),
        head([(b"x", b"1")], False),
        beginning=True,
    )
    yield passed(
        "trailers that frame are dropped",
        "9110 6.5.1",
        Forwarded(b"POST", body=b"hello", framing="chunked", trailers={"x": [b"1"]}),
        head(POST, False),
        data(b"hello", False),
        head([(b"host", b"inner.test"), (b"x", b"1")]),
    )
    yield refused(
        "a trailer that is a length, and a wrong one",
        "9113 8.1.1",
        head(POST, False),
        data(b"hello", False),
        head([(b"content-length", b"7")]),
        beginning=True,
    )


def cases():
    for table in (injected_fields, connection_fields, pseudo_fields, paths, authorities, lengths, trailers):
        yield from table()
