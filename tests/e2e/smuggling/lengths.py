"""Where a request's body ends: Content-Length and Transfer-Encoding (RFC 9112 section 6, RFC 9110 section 8.6)."""
from .case import Forwarded, SMUGGLED, chunked, get, passed, post, refused, shown

LENGTH, CODING = b"Content-Length: %d\r\n", b"Transfer-Encoding: chunked\r\n"
CHUNKED_POST = Forwarded(b"POST", body=b"hello", framing="chunked", fields={"content-length": []})
LENGTH_POST = Forwarded(b"POST", body=b"hello", framing="length", fields={"transfer-encoding": []})
EMPTY_POST = Forwarded(b"POST", framing="length")
NONE_POST = Forwarded(b"POST", fields={"content-length": [], "transfer-encoding": []})
HELLO = chunked(b"hello")


def conflicts():
    """CL.TE, TE.CL and TE.TE. RFC 9112 6.1 allows to let Transfer-Encoding win; nginx and Envoy in strict mode refuse."""
    both = "9112 6.1"
    smuggling = b"0\r\n\r\n" + SMUGGLED
    yield refused("Content-Length, then chunked", both, post(LENGTH % len(smuggling) + CODING, smuggling))
    yield refused("chunked, then Content-Length", both, post(CODING + LENGTH % 4, chunked(SMUGGLED)))
    yield refused("both, with a field between", both, post(LENGTH % 5 + b"X: y\r\n" + CODING, HELLO))
    yield refused("both, in odd case", both, post(b"cOnTeNt-LeNgTh: 5\r\ntRANSFER-eNCODING: cHUNKED\r\n", HELLO))
    yield refused("Content-Length: 0 beside chunked", both, post(b"Content-Length: 0\r\n" + CODING, HELLO))
    yield refused("a length that agrees with the chunks' bytes", both, post(LENGTH % len(HELLO) + CODING, HELLO))
    yield refused("both, on GET", both, get(LENGTH % 5 + CODING, body=HELLO))
    yield refused(
        "Content-Length beside identity", both, post(LENGTH % 5 + b"Transfer-Encoding: identity\r\n", b"hello")
    )
    yield refused(
        "Content-Length beside an unknown coding", both, post(LENGTH % 5 + b"Transfer-Encoding: x\r\n", b"hello")
    )
    yield refused(
        "Content-Length beside an empty Transfer-Encoding", both, post(LENGTH % 5 + b"Transfer-Encoding:\r\n", b"hello")
    )
    yield refused("a bad length beside chunked", both, post(b"Content-Length: x\r\n" + CODING, HELLO))
    yield refused(
        "a length behind a fold beside chunked", "9112 5.2", post(CODING + b"X: y\r\n Content-Length: 5\r\n", HELLO)
    )
    yield refused(
        "both, with a space before a colon", "9112 5.1", post(LENGTH % 5 + b"Transfer-Encoding : chunked\r\n", HELLO)
    )
    yield refused("both, in HTTP/1.0", "9112 6.1", post(LENGTH % 5 + CODING, HELLO, version=b"HTTP/1.0"))
    yield refused(
        "both, with chunked hidden behind a bare CR",
        "9112 2.2",
        post(LENGTH % 5 + b"X: y\rTransfer-Encoding: chunked\r\n", HELLO),
    )
    yield refused(
        "both, with chunked hidden behind a bare LF",
        "9112 2.2",
        post(LENGTH % 5 + b"X: y\nTransfer-Encoding: chunked\r\n", HELLO),
    )
    yield refused(
        "both, and chunked named by Connection",
        both,
        post(LENGTH % 5 + CODING + b"Connection: Transfer-Encoding\r\n", HELLO),
    )


def lengths():
    section = "9110 8.6"
    for value in (
        b"",
        b" ",
        b"5, 5",
        b"5,5",
        b"5, 6",
        b"5,",
        b",5",
        b"+5",
        b"-5",
        b"-0",
        b"0x5",
        b"5h",
        b"5 5",
        b"5_0",
        b"5e0",
        b"5.0",
        b"5;",
        b'"5"',
        b"5 ;q=1",
        b"\xd9\xa5",
        b"\xef\xbc\x95",
        b"18446744073709551616",
        b"18446744073709551621",
        b"9" * 40,
        b"4294967301x",
        b"NaN",
    ):
        yield refused(f"Content-Length: {shown(value)}", section, post(b"Content-Length: %s\r\n" % value, b"hello"))
    for value in (b"5\x0b", b"\x0c5", b"5\x00", b"\x005", b"5\x7f", b"5\r", b"5\x1f"):
        yield refused(
            f"Content-Length with a control character: {shown(value)}",
            "9110 5.5",
            post(b"Content-Length: %s\r\n" % value, b"hello"),
        )
    for first, second in ((5, 5), (5, 6), (0, 43), (43, 0), (0, 0)):
        yield refused(
            f"two fields: {first} and {second}",
            "9112 6.3",
            post(LENGTH % first + LENGTH % second, SMUGGLED),
            note="RFC 9110 8.6 allows to merge equal ones; Envoy refuses by default, so do we",
        )
    yield refused(
        "two fields that differ in case", "9112 6.3", post(b"content-length: 5\r\nCONTENT-LENGTH: 5\r\n", b"hello")
    )
    yield refused("two fields, one far behind", "9112 6.3", post(LENGTH % 5 + b"A: b\r\n" * 20 + LENGTH % 6, b"hello!"))
    yield refused("a list of lengths on GET", section, get(b"Content-Length: 0, 43\r\n", body=SMUGGLED))
    yield refused("a space before the colon", "9112 5.1", post(b"Content-Length : 5\r\n", b"hello"))
    yield refused("a tab before the colon", "9112 5.1", post(b"Content-Length\t: 5\r\n", b"hello"))
    yield refused("a value on a folded line", "9112 5.2", post(b"Content-Length:\r\n 5\r\n", b"hello"))
    yield refused("a vertical tab before the colon", "9110 5.1", post(b"Content-Length\x0b: 5\r\n", b"hello"))
    yield passed(
        "leading zeros mean nothing",
        section,
        post(b"Content-Length: 0005\r\n", b"hello"),
        LENGTH_POST,
        note="Envoy and nginx take them; the number that goes on has none",
    )
    yield passed("whitespace around it", "9110 5.5", post(b"Content-Length: \t 5 \t\r\n", b"hello"), LENGTH_POST)
    yield passed("no whitespace", "9110 5.5", post(b"Content-Length:5\r\n", b"hello"), LENGTH_POST)
    yield passed("zero", section, post(b"Content-Length: 0\r\n"), EMPTY_POST)
    yield passed(
        "a body on GET",
        "9110 9.3.1",
        get(b"Content-Length: 5\r\n", body=b"hello"),
        Forwarded(b"GET", body=b"hello", framing="length"),
    )
    yield passed(
        "a body that looks like a request stays a body",
        section,
        post(LENGTH % len(SMUGGLED), SMUGGLED),
        Forwarded(b"POST", body=SMUGGLED, framing="length"),
    )
    yield passed("no length and no coding: no body", "9112 6.3", post(), NONE_POST)
    yield passed(
        "an underscore makes another field",
        "9110 5.1",
        post(b"Content_Length: 5\r\n"),
        Forwarded(b"POST", fields={"content_length": [b"5"], "content-length": []}),
        note="a token like any other; nginx drops such fields, Envoy passes them on by default",
    )


def codings():
    section = "9112 6.1"
    for value in (
        b"",
        b" ",
        b"\xa0chunked",
        b"chunked\xa0",
        b"chunke",
        b"chunkedd",
        b"xchunked",
        b"chunked-",
        b'"chunked"',
        b"'chunked'",
        b"chunked;q=1",
        b"chunked;",
        b"chunked ; x",
        b"chunked chunked",
        b"chu nked",
        b",chunked",
        b"chunked,",
        b"chunked, ,",
        b"chunked, chunked",
        b"chunked,chunked",
        b"chunked, gzip",
        b"chunked, identity",
        b"identity",
        b"gzip",
        b"\xef\xbd\x83hunked",
        b"chunked, trailers",
        b"deflate, chunked, x",
        b"=chunked",
        b"chunked/1",
        b"c\\hunked",
    ):
        yield refused(f"Transfer-Encoding: {shown(value)}", section, post(b"Transfer-Encoding: %s\r\n" % value, HELLO))
    for value in (
        b"\x0bchunked",
        b"\x0cchunked",
        b"chunked\x00",
        b"\x00chunked",
        b"chunked\x0b",
        b"chunked\r",
        b"chun\x08ked",
    ):
        yield refused(
            f"a control character: {shown(value)}", "9110 5.5", post(b"Transfer-Encoding: %s\r\n" % value, HELLO)
        )
    for value in (b"gzip, chunked", b"identity, chunked", b"x;q=1, chunked", b"compress,chunked"):
        yield refused(
            f"Transfer-Encoding: {shown(value)}", section, post(b"Transfer-Encoding: %s\r\n" % value, HELLO), 501
        )
    twice = b"Transfer-Encoding: %s\r\nTransfer-Encoding: %s\r\n"
    yield refused("chunked in two fields", section, post(twice % (b"chunked", b"chunked"), HELLO))
    yield refused(
        "chunked, then identity in a second field", "9112 6.3", post(twice % (b"chunked", b"identity"), HELLO)
    )
    yield refused("chunked, then an empty second field", section, post(twice % (b"chunked", b""), HELLO))
    yield refused(
        "identity, then chunked in a second field", section, post(twice % (b"identity", b"chunked"), HELLO), 501
    )
    yield refused("gzip, then chunked in a second field", section, post(twice % (b"gzip", b"chunked"), HELLO), 501)
    yield refused("chunked, a space before the colon", "9112 5.1", post(b"Transfer-Encoding : chunked\r\n", HELLO))
    yield refused("chunked, a tab before the colon", "9112 5.1", post(b"Transfer-Encoding\t: chunked\r\n", HELLO))
    yield refused("chunked, a value on a folded line", "9112 5.2", post(b"Transfer-Encoding:\r\n chunked\r\n", HELLO))
    yield refused("a name on a folded line", "9112 5.2", post(b"X: y\r\n Transfer-Encoding: chunked\r\n", HELLO))
    yield refused(
        "a field that begins with a space",
        "9112 2.2",
        b"POST / HTTP/1.1\r\n Transfer-Encoding: chunked\r\nHost: app.test\r\n\r\n" + HELLO,
    )
    yield refused("a NUL in the name", "9110 5.1", post(b"Transfer-Encoding\x00: chunked\r\n", HELLO))
    yield refused("an octet above 127 in the name", "9110 5.1", post(b"Transfer-Encod\xc4\xb1ng: chunked\r\n", HELLO))
    yield refused(
        "chunked in HTTP/1.0",
        section,
        post(CODING, HELLO, version=b"HTTP/1.0"),
        note="RFC 9112 6.1: such a message's framing is faulty; Envoy refuses it",
    )
    yield passed("chunked", section, post(CODING, HELLO), CHUNKED_POST)
    yield passed("chunked in capitals", "9112 7", post(b"TRANSFER-ENCODING: CHUNKED\r\n", HELLO), CHUNKED_POST)
    yield passed(
        "chunked, whitespace around it", "9110 5.5", post(b"Transfer-Encoding:\t chunked \t\r\n", HELLO), CHUNKED_POST
    )
    yield passed("chunked, no whitespace", "9110 5.5", post(b"Transfer-Encoding:chunked\r\n", HELLO), CHUNKED_POST)
    yield passed("chunked on GET", "9110 9.3.1", get(CODING, body=HELLO), Forwarded(body=b"hello", framing="chunked"))
    yield passed(
        "chunked, a body that looks like a request stays a body",
        "9112 7.1",
        post(CODING, chunked(SMUGGLED)),
        Forwarded(b"POST", body=SMUGGLED, framing="chunked"),
    )
    yield passed(
        "another field with chunked in it",
        "9112 6.1",
        post(b"X-Transfer-Encoding: chunked\r\n"),
        Forwarded(b"POST", fields={"transfer-encoding": []}),
    )


def cases():
    yield from conflicts()
    yield from lengths()
    yield from codings()
