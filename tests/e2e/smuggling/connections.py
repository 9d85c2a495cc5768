"""What belongs to one connection and must not go on: Connection and what it names, Upgrade, TE, Expect; and requests that follow each
other on a connection (RFC 9110 sections 7.6, 7.8, 10.1, RFC 9112 section 9)."""
from .case import Case, Forwarded, SMUGGLED, chunked, get, passed, post, refused, request, shown

CODING = b"Transfer-Encoding: chunked\r\n"


def hop_by_hop():
    section = "9110 7.6.1"
    for fields, absent in (
        (b"Connection: X\r\nX: 1\r\n", "x"),
        (b"X: 1\r\nConnection: X\r\n", "x"),
        (b"Connection: close, x\r\nX: 1\r\nx: 2\r\n", "x"),
        (b"Connection: a\r\nConnection: x\r\nX: 1\r\n", "x"),
        (b"Connection: ,, X ,\r\nX: 1\r\n", "x"),
        (b"Connection: Cookie\r\nCookie: a=b\r\n", "cookie"),
        (b"Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n", "keep-alive"),
        (b"Keep-Alive: timeout=5\r\n", "keep-alive"),
        (b"Proxy-Connection: keep-alive\r\n", "proxy-connection"),
    ):
        closes = b"close" in fields
        yield passed(
            f"{shown(fields)} ends here",
            section,
            get(fields),
            Forwarded(fields={absent: [], "connection": []}),
            closes=closes,
        )
    yield passed(
        "Host cannot be named away", section, get(b"Connection: Host\r\n"), Forwarded(fields={"connection": []})
    )
    yield passed(
        "Content-Length cannot be named away",
        section,
        post(b"Connection: content-length\r\nContent-Length: 5\r\n", b"hello"),
        Forwarded(b"POST", body=b"hello", framing="length"),
    )
    yield passed(
        "Host and Content-Length together neither",
        section,
        post(b"Connection: host, content-length\r\nContent-Length: %d\r\n" % len(SMUGGLED), SMUGGLED),
        Forwarded(b"POST", body=SMUGGLED, framing="length"),
    )
    yield passed(
        "Transfer-Encoding cannot be named away",
        section,
        post(b"Connection: transfer-encoding\r\n" + CODING, chunked(SMUGGLED)),
        Forwarded(b"POST", body=SMUGGLED, framing="chunked"),
    )
    yield passed(
        "X-Forwarded-For cannot be named away",
        section,
        get(b"Connection: X-Forwarded-For, X-Forwarded-Proto\r\nX-Forwarded-For: 10.0.0.1\r\n"),
        Forwarded(fields={"x-forwarded-proto": [b"http"], "connection": []}),
    )
    yield passed(
        "what a rule sets cannot be named away", section, get(b"Connection: X-Rule\r\nX-Rule: forged\r\n"), Forwarded()
    )
    yield passed(
        "TE but trailers ends here",
        "9110 10.1.4",
        get(b"TE: gzip, chunked\r\n"),
        Forwarded(fields={"te": [], "connection": []}),
    )
    yield passed(
        "TE: trailers goes on, named by Connection",
        "9110 10.1.4",
        get(b"TE: trailers, gzip\r\nConnection: TE\r\n"),
        Forwarded(fields={"te": [b"trailers"], "connection": [b"TE"]}),
    )


def upgrades():
    section = "9110 7.8"
    yield passed(
        "h2c is not for the backend to accept",
        "9113 3.1",
        get(b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"),
        Forwarded(fields={"upgrade": [], "http2-settings": [], "connection": []}),
        note="a tunnel of h2c through the gateway would pass every rule by; Envoy and nginx drop it, too",
    )
    yield passed(
        "h2c that Connection does not name", section, get(b"Upgrade: h2c\r\n"), Forwarded(fields={"upgrade": []})
    )
    yield passed(
        "Upgrade that Connection does not name",
        section,
        get(b"Upgrade: websocket\r\n"),
        Forwarded(fields={"upgrade": []}),
    )
    yield passed(
        "an upgrade in HTTP/1.0 is ignored",
        section,
        get(b"Connection: Upgrade\r\nUpgrade: websocket\r\n", version=b"HTTP/1.0"),
        Forwarded(fields={"upgrade": []}),
        closes=True,
    )
    yield passed(
        "Connection: upgrade without Upgrade",
        section,
        get(b"Connection: upgrade\r\n"),
        Forwarded(fields={"upgrade": [], "connection": []}),
    )
    yield passed(
        "a WebSocket's handshake goes on, with its own Connection",
        section,
        get(b"Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"),
        Forwarded(fields={"upgrade": [b"websocket"], "connection": [b"Upgrade"]}),
    )
    for value in (
        b"HTTP/2.0",
        b"TLS/1.0",
        b"h2",
        b"H2C",
        b"websocket, h2c",
        b"h2c, websocket",
        b"web socket",
        b"websocket/",
        b"/13",
    ):
        yield passed(
            f"Upgrade: {shown(value)} goes no further",
            section,
            get(b"Connection: Upgrade\r\nUpgrade: %s\r\n" % value),
            Forwarded(fields={"upgrade": [], "connection": []}),
            note="it would carry requests past the rules, or is for the backend to choose from",
        )
    yield passed(
        "two Upgrade fields go no further",
        section,
        get(b"Connection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: h2c\r\n"),
        Forwarded(fields={"upgrade": [], "connection": []}),
    )
    yield passed(
        "an upgrade with a body goes no further",
        section,
        post(b"Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 5\r\n", b"hello"),
        Forwarded(b"POST", body=b"hello", framing="length", fields={"upgrade": [], "connection": []}),
    )
    yield passed(
        "a request behind a handshake that the backend declined",
        section,
        get(b"Connection: Upgrade\r\nUpgrade: websocket\r\n", target=b"/1") + get(target=b"/2"),
        Forwarded(target=b"/1", fields={"upgrade": [b"websocket"]}),
        Forwarded(target=b"/2", fields={"upgrade": []}),
    )
    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    yield refused("a preface of HTTP/2 that goes on otherwise", "9113 3.4", preface.replace(b"SM", b"XX"), 505)
    yield Case("a preface of HTTP/2 behind a request", "9113 3.4", get() + preface, (200, 505), (Forwarded(),))


def expectations():
    section = "9110 10.1.1"
    length = b"Content-Length: 5\r\n"
    hello = Forwarded(b"POST", body=b"hello", framing="length", fields={"expect": []})
    yield passed(
        "100-continue is met here, and not asked of the backend",
        section,
        post(b"Expect: 100-continue\r\n" + length, b"hello"),
        hello,
    )
    yield passed("in capitals", section, post(b"Expect: 100-CONTINUE\r\n" + length, b"hello"), hello)
    yield passed(
        "with chunked",
        section,
        post(b"Expect: 100-continue\r\n" + CODING, chunked(b"hello")),
        Forwarded(b"POST", body=b"hello", framing="chunked", fields={"expect": []}),
    )
    yield passed("without a body", section, get(b"Expect: 100-continue\r\n"), Forwarded())
    yield passed(
        "in HTTP/1.0 it is ignored",
        section,
        post(b"Expect: 100-continue\r\n" + length, b"hello", version=b"HTTP/1.0"),
        hello,
        closes=True,
    )
    for value in (
        b"",
        b"200-ok",
        b"100-continue, x",
        b"100-continue;q=1",
        b"100",
        b"continue",
        b"\xff",
        b"100 continue",
    ):
        yield refused(
            f"Expect: {shown(value)}",
            section,
            post(b"Expect: %s\r\n" % value + length, b"hello"),
            417,
            note="nginx and Envoy ignore what they do not know; RFC 9110 allows 417, which is clearer",
        )
    yield refused(
        "two expectations, one unknown", section, post(b"Expect: 100-continue\r\nExpect: x\r\n" + length, b"hello"), 417
    )
    yield refused(
        "an unknown expectation, then a body that looks like a request", section, get(b"Expect: x\r\n") + SMUGGLED, 417
    )


def pipelining():
    section = "9112 9.3.2"
    one, two = get(target=b"/1"), get(target=b"/2")
    first, second = Forwarded(target=b"/1"), Forwarded(target=b"/2")
    five = Forwarded(b"POST", body=b"hello", framing="length")
    yield passed("two requests at once, answered in order", section, one + two, first, second)
    yield passed("a hundred requests at once", section, one * 100, *[first] * 100)
    yield passed("behind a body of a length", section, post(b"Content-Length: 5\r\n", b"hello") + two, five, second)
    yield passed(
        "behind a chunked body with trailers",
        section,
        post(CODING, chunked(b"hello", trailers=b"X-Sum: 1\r\n")) + two,
        Forwarded(b"POST", body=b"hello", framing="chunked", trailers={"x-sum": [b"1"]}),
        second,
    )
    yield Case("what follows a refused head is not read", "9112 2.2", get(b"X : 1\r\n") + two, (400,))
    yield Case("a refused head behind a fine request", section, one + get(b"X : 1\r\n") + two, (200, 400), (first,))
    yield Case(
        "a body that is longer than its length",
        "9112 6.3",
        post(b"Content-Length: 4\r\n", b"hello") + two,
        (200, 200),
        (Forwarded(b"POST", body=b"hell", framing="length"), Forwarded(b"oGET", b"/2")),
        closes=False,
        note="gateway and backend agree on where it ends: the rest begins the next method",
    )
    yield Case(
        "a body that is shorter than its length takes from what follows",
        "9112 6.3",
        post(b"Content-Length: 8\r\n", b"hello") + two,
        (200, 400),
        (Forwarded(b"POST", body=b"helloGET", framing="length"),),
    )
    yield Case(
        "a body that never comes whole, and the client leaves",
        "9112 8",
        post(b"Content-Length: 50\r\n", b"hello"),
        (),
        (Forwarded(b"POST", framing="length", complete=False),),
        half_closes=True,
        cut=True,
    )
    yield Case(
        "a body that stops coming",
        "9110 15.5.9",
        post(b"Content-Length: 50\r\n", b"hello"),
        (408,),
        (Forwarded(b"POST", framing="length", complete=False),),
    )
    yield Case(
        "behind Connection: close nothing is read",
        "9112 9.6",
        get(b"Connection: close\r\n", target=b"/1") + two,
        (200,),
        (first,),
    )
    yield Case(
        "behind HTTP/1.0 nothing is read", "9112 9.3", get(target=b"/1", version=b"HTTP/1.0") + two, (200,), (first,)
    )
    yield Case(
        "without a length a body is the next request",
        "9112 6.3",
        post(body=b"hello") + two,
        (200, 200),
        (Forwarded(b"POST"), Forwarded(b"helloGET", b"/2")),
        closes=False,
    )
    yield Case(
        "an answer of the gateway keeps the order",
        section,
        get(target=b"/moved") + two,
        (302, 200),
        (second,),
        closes=False,
    )
    yield Case(
        "an answer of the gateway swallows the body",
        "9112 9.3",
        post(b"Content-Length: %d\r\n" % len(SMUGGLED), SMUGGLED, target=b"/moved") + two,
        (302, 200),
        (second,),
        closes=False,
    )
    yield Case(
        "an answer of the gateway to a chunked body",
        "9112 9.3",
        post(CODING, chunked(SMUGGLED), target=b"/moved") + two,
        (302,),
        note="a chunked body is not waited for: the connection ends, and nothing behind it is read",
    )
    yield Case(
        "an answer before the body came: the rest is no request",
        "9112 9.3",
        post(b"Content-Length: 1000\r\n", SMUGGLED),
        (200,),
        (Forwarded(b"POST", framing="length", complete=False),),
        answer_early=True,
    )
    yield passed(
        "HEAD, then GET",
        section,
        request(b"HEAD", b"/1") + two,
        Forwarded(b"HEAD", b"/1"),
        second,
        methods=("HEAD", "GET"),
    )
    yield passed(
        "a GET with a body, then GET",
        "9110 9.3.1",
        get(b"Content-Length: %d\r\n" % len(SMUGGLED), body=SMUGGLED, target=b"/1") + two,
        Forwarded(target=b"/1", body=SMUGGLED, framing="length"),
        second,
    )


def cases():
    yield from hop_by_hop()
    yield from upgrades()
    yield from expectations()
    yield from pipelining()
