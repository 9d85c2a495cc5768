"""Request lines, versions, methods and field lines (RFC 9112 sections 2 to 5), and how large a head may be."""
from .case import FIELDS, HEAD_BYTES, HOST, SMUGGLED, Case, Forwarded, get, passed, post, refused, request, shown


def request_lines():
    section = "9112 3"
    for line in (
        b"GET / HTTP/1.1 ",
        b"GET /  HTTP/1.1",
        b"GET  / HTTP/1.1",
        b" GET / HTTP/1.1",
        b"GET\t/ HTTP/1.1",
        b"GET /\tHTTP/1.1",
        b"GET / x HTTP/1.1",
        b"GET /",
        b"GET",
        b"GET ",
        b"GET / ",
        b"GET HTTP/1.1",
        b"/ HTTP/1.1",
        b"GET/ HTTP/1.1",
        b"GET / HTTP/1.1 HTTP/1.1",
        b"GET / HTTP/1.1\x00",
        b"GET / HTTP/1.1\x0b",
        b"GET\x0b/ HTTP/1.1",
        b"GET / HTTP/1.1 garbage",
        b"GET /\rHTTP/1.1",
        b"\x00GET / HTTP/1.1",
        b"\xef\xbb\xbfGET / HTTP/1.1",
    ):
        yield refused(f"the line {shown(line)}", section, line + b"\r\n" + HOST + b"\r\n")
    yield refused("a line that ends in a bare LF", "9112 2.2", b"GET / HTTP/1.1\n" + HOST + b"\r\n")
    yield refused("a line that ends in a bare CR", "9112 2.2", b"GET / HTTP/1.1\r" + HOST + b"\r\n")
    yield refused(
        "a head of bare LFs",
        "9112 2.2",
        b"GET / HTTP/1.1\nHost: app.test\n\n",
        note="RFC 9112 allows it; nginx does, Envoy refuses: two readers, so refused",
    )
    yield refused("the handshake of TLS on a plain port", section, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
    yield refused("an answer instead of a request", section, b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


def versions():
    section = "9112 2.3"
    for version in (
        b"HTTP/1",
        b"HTTP/1.",
        b"HTTP/1.10",
        b"HTTP/01.1",
        b"HTTP/11.1",
        b"HTTP/1,1",
        b"HTTP/1.x",
        b"http/1.1",
        b"HTTP /1.1",
        b"HTTP/ 1.1",
        b"HTTP1.1",
        b"HTTPS/1.1",
        b"HTTP/1.1.1",
        b"HTTP/-1.1",
        b"ICY/1.1",
        b"HTTP/+1.1",
    ):
        yield refused(f"the version {shown(version)}", section, get(version=version))
    for version in (b"HTTP/0.9", b"HTTP/2.0", b"HTTP/3.0", b"HTTP/9.9", b"HTTP/0.0"):
        yield refused(f"the version {shown(version)}", "9110 15.6.6", get(version=version), 505)
    yield passed("HTTP/1.2 is spoken to as 1.1, and goes on as 1.1", "9110 2.5", get(version=b"HTTP/1.2"))
    yield passed("HTTP/1.0 goes on as 1.1", "9110 2.5", get(version=b"HTTP/1.0"), closes=True)
    yield passed(
        "HTTP/1.0 without Host goes on with one",
        "9112 3.2",
        request(version=b"HTTP/1.0", host=b""),
        Forwarded(host=None),
        closes=True,
    )
    yield passed(
        "HTTP/1.0 with keep-alive",
        "9112 9.3",
        get(b"Connection: keep-alive\r\n", version=b"HTTP/1.0"),
        Forwarded(fields={"connection": []}),
    )
    yield passed(
        "HTTP/1.0 with a length",
        "9112 6.3",
        post(b"Content-Length: 5\r\n", b"hello", version=b"HTTP/1.0"),
        Forwarded(b"POST", body=b"hello", framing="length"),
        closes=True,
    )
    yield passed(
        "HTTP/1.0 without a length has no body",
        "9112 6.3",
        post(body=SMUGGLED, version=b"HTTP/1.0"),
        Forwarded(b"POST"),
        closes=True,
    )


def methods():
    section = "9110 9.1"
    for method in (
        b"G ET",
        b"G(T",
        b"GET:",
        b"G/T",
        b"G\x00T",
        b"G\xc3T",
        b'"GET"',
        b"GET,POST",
        b"{GET}",
        b"G\x7fT",
        b"@GET",
    ):
        yield refused(f"the method {shown(method)}", section, request(method))
    for method in (b"get", b"Get", b"BREW", b"M-SEARCH", b"!#$%&'*+-.^_`|~", b"X" * 200):
        yield passed(f"the method {shown(method)} is passed on as it is", section, request(method), Forwarded(method))
    yield refused("a method without an end", "9112 3", b"X" * (HEAD_BYTES + 1), 414)
    yield passed("HEAD", "9110 9.3.2", request(b"HEAD"), Forwarded(b"HEAD"), methods=("HEAD",))
    yield passed(
        "TRACE is passed on",
        "9110 9.3.8",
        request(b"TRACE"),
        Forwarded(b"TRACE"),
        note="as Envoy does; nginx answers 405",
    )


def empty_lines():
    section = "9112 2.2"
    for count in (1, 2, 4):
        yield passed(f"{count} empty lines before a request", section, b"\r\n" * count + get())
    yield refused(
        "five empty lines before a request",
        section,
        b"\r\n" * 5 + get(),
        note="the RFC asks to skip at least one; a few are skipped",
    )
    yield refused("an empty line of a bare LF", section, b"\n" + get(), note="nginx skips it, Envoy does not")
    yield refused("an empty line of a bare CR", section, b"\r" + get())
    yield refused("a line of one blank", section, b" \r\n" + get())
    yield passed(
        "an empty line behind a body",
        section,
        post(b"Content-Length: 5\r\n", b"hello") + b"\r\n" + get(),
        Forwarded(b"POST", body=b"hello", framing="length"),
        Forwarded(),
    )


def field_lines():
    name, value = "9110 5.1", "9110 5.5"
    for text in (
        b"X : 1",
        b"X\t: 1",
        b": 1",
        b"X",
        b"X 1",
        b"(X): 1",
        b"X(: 1",
        b"X@Y: 1",
        b"X\x00: 1",
        b"\x00X: 1",
        b"X\xc3: 1",
        b"X\x7f: 1",
        b"X\x0b: 1",
        b'"X": 1',
        b"X/Y: 1",
        b"X[0]: 1",
        b"X=1",
        b"X;Y: 1",
        b"{X}: 1",
        b"X\\Y: 1",
        b"X Y: 1",
        b"GET / HTTP/1.1",
    ):
        yield refused(f"the field line {shown(text)}", name, get(text + b"\r\n"))
    for octet in [*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F]:
        yield refused(f"octet {octet:#04x} in a value", value, get(b"X: a%cb\r\n" % octet))
    yield passed(
        "octets above 127 in a value pass",
        value,
        get(b"X: \xc3\xa9\x80\xff\r\n"),
        Forwarded(fields={"x": [b"\xc3\xa9\x80\xff"]}),
    )
    yield passed("a tab inside a value passes", value, get(b"X: a\tb\r\n"), Forwarded(fields={"x": [b"a\tb"]}))
    yield passed("an empty value passes", value, get(b"X:\r\nY: \t \r\n"), Forwarded(fields={"x": [b""], "y": [b""]}))
    yield passed(
        "repeated fields keep their order",
        "9110 5.3",
        get(b"X: 1\r\nx: 2\r\nX: 3\r\n"),
        Forwarded(fields={"x": [b"1", b"2", b"3"]}),
    )
    yield passed(
        "every token character in a name",
        name,
        get(b"!#$%&'*+-.^_`|~09: 1\r\n"),
        Forwarded(fields={"!#$%&'*+-.^_`|~09": [b"1"]}),
    )
    fold = "9112 5.2"
    for text in (
        b"X: 1\r\n 2\r\n",
        b"X: 1\r\n\t2\r\n",
        b"X:\r\n 1\r\n",
        b"X: 1\r\n \r\n",
        b"X: 1\r\n Host: evil.test\r\n",
    ):
        yield refused(
            f"a folded line {shown(text)}", fold, get(text), note="the RFC allows 400 or blanks; 400 is Envoy's way"
        )
    yield refused("a folded first line", fold, b"GET / HTTP/1.1\r\n X: 1\r\n" + HOST + b"\r\n")
    ends = "9112 2.2"
    for text in (
        b"X: 1\nY: 2\r\n",
        b"X: 1\n\r\n",
        b"X: 1\r\r\n",
        b"X: 1\r\r\n\n",
        b"X: 1\rY: 2\r\n",
        b"X\n: 1\r\n",
        b"X: 1\n\n" + SMUGGLED,
        b"X: \nHost: evil.test\r\n",
        b"X: 1\r\n\n",
        b"X: 1\r\n\rY: 2\r\n",
        b"X: 1\n\r\n" + SMUGGLED,
    ):
        yield refused(f"line ends in {shown(text)}", ends, get(text))


def sizes():
    line = len(b"GET / HTTP/1.1\r\n" + HOST + b"X: \r\n\r\n")
    fits = b"X: " + b"a" * (HEAD_BYTES - line) + b"\r\n"
    yield passed("a head as large as the limit", "9110 5.4", get(fits), Forwarded(fields={"x": [fits[3:-2]]}))
    yield refused("a head of one octet more", "9110 5.4", get(b"X: a" + fits[3:]), 431)
    yield refused("a field line without an end", "9110 5.4", b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 20_000, 431)
    yield refused("a field name without an end", "9110 5.4", b"GET / HTTP/1.1\r\n" + HOST + b"X" * 20_000, 431)
    yield refused("a target without an end", "9112 3", b"GET /" + b"a" * 20_000, 414)
    yield refused("a target longer than the limit", "9112 3", get(target=b"/" + b"a" * HEAD_BYTES), 414)
    yield passed(
        "as many fields as the limit",
        "9110 5.4",
        get(b"X: a\r\n" * (FIELDS - 1)),
        Forwarded(fields={"x": [b"a"] * (FIELDS - 1)}),
    )
    yield refused("one field more", "9110 5.4", get(b"X: a\r\n" * FIELDS), 431)
    yield Case(
        "a head that never ends, and the client leaves",
        "9112 8",
        b"GET / HTTP/1.1\r\n" + HOST,
        (),
        half_closes=True,
        cut=True,
    )
    yield refused("a head that stops coming", "9110 15.5.9", b"GET / HTTP/1.1\r\n" + HOST, 408)
    yield refused("a request line that stops coming", "9110 15.5.9", b"GET / HT", 408)


def cases():
    yield from request_lines()
    yield from versions()
    yield from methods()
    yield from empty_lines()
    yield from field_lines()
    yield from sizes()
