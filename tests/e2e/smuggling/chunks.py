"""Chunked request bodies (RFC 9112 section 7.1). What is wrong inside a body is found when the head has gone out: the answer is
400, and the backend has a beginning of a request on a connection that ends."""
from .case import Case, Forwarded, SMUGGLED, chunked, passed, post, shown

CODING = b"Transfer-Encoding: chunked\r\n"
STARTED = Forwarded(b"POST", framing="chunked", complete=False)
HELLO = Forwarded(b"POST", body=b"hello", framing="chunked")


def broken(name, section, body, **options):
    """The backend may have received a beginning, or nothing; never a whole request."""
    return Case(name, section, post(CODING, body), (400,), (STARTED,), **options)


def sizes():
    section = "9112 7.1"
    for size in (
        b"",
        b" ",
        b"x",
        b"0x5",
        b"-5",
        b"+5",
        b"5,",
        b"5.",
        b"5_0",
        b"5h",
        b" 5",
        b"\t5",
        b'"5"',
        b"5 5",
        b"5\x00",
        b"\x005",
        b"5\x0b",
        b"g",
        b"\xef\xbc\x95",
        b"5\xa0",
        b"00000000000000005",
        b"10000000000000000",
        b"10000000000000005",
        b"f" * 17,
        b"5 ",
        b"5\t",
    ):
        yield broken(
            f"a size {shown(size)}",
            section,
            size + b"\r\nhello\r\n0\r\n\r\n",
            note="a blank behind the size is tolerated by some; Envoy's parser refuses it when strict",
        )
    yield broken("a negative zero", section, b"5\r\nhello\r\n-0\r\n\r\n")
    yield broken("a size that ends in a bare LF", "9112 2.2", b"5\nhello\r\n0\r\n\r\n")
    yield broken("a size that ends in a bare CR", "9112 2.2", b"5\rhello\r\n0\r\n\r\n")
    yield broken("a size that ends in CR CR LF", "9112 2.2", b"5\r\r\nhello\r\n0\r\n\r\n")
    yield broken("a chunk that is shorter than its size", section, b"7\r\nhello\r\n0\r\n\r\n")
    yield broken("a chunk that is longer than its size", section, b"4\r\nhello\r\n0\r\n\r\n")
    yield broken("a chunk without CRLF behind it", section, b"5\r\nhello0\r\n\r\n")
    yield broken("a chunk with a bare LF behind it", "9112 2.2", b"5\r\nhello\n0\r\n\r\n")
    yield broken("a chunk with LF CR behind it", "9112 2.2", b"5\r\nhello\n\r0\r\n\r\n")
    yield broken(
        "a chunk with other octets where CRLF must be",
        section,
        b"5\r\nhelloXX0\r\n\r\n",
        note="parsers that skip two octets unseen have been deceived so",
    )
    yield broken("an empty line between chunks", section, b"5\r\nhello\r\n\r\n0\r\n\r\n")
    yield broken("a last chunk that ends in a bare LF", "9112 2.2", b"5\r\nhello\r\n0\n\n" + SMUGGLED)
    yield broken("a last line that ends in a bare LF", "9112 2.2", b"5\r\nhello\r\n0\r\n\n" + SMUGGLED)
    yield broken("no last chunk, but a request", section, b"5\r\nhello\r\n" + SMUGGLED)
    yield passed("a size with leading zeros", section, post(CODING, b"000000005\r\nhello\r\n0000\r\n\r\n"), HELLO)
    yield passed(
        "sizes in capitals and small letters",
        section,
        post(CODING, b"A\r\n0123456789\r\nb\r\n0123456789a\r\n0\r\n\r\n"),
        Forwarded(b"POST", body=b"0123456789" b"0123456789a", framing="chunked"),
    )
    yield passed("no chunk but the last", section, post(CODING, b"0\r\n\r\n"), Forwarded(b"POST", framing="chunked"))
    yield Case(
        "the largest size, and the client leaves",
        section,
        post(CODING, b"ffffffffffffffff\r\nhello"),
        (),
        (STARTED,),
        half_closes=True,
        cut=True,
    )
    yield Case(
        "the client leaves inside a chunk",
        "9112 8",
        post(CODING, b"5\r\nhel"),
        (),
        (STARTED,),
        half_closes=True,
        cut=True,
    )
    yield Case(
        "the client leaves before the last chunk",
        "9112 8",
        post(CODING, b"5\r\nhello\r\n"),
        (),
        (STARTED,),
        half_closes=True,
        cut=True,
    )
    yield Case(
        "the client leaves before the last line",
        "9112 8",
        post(CODING, b"5\r\nhello\r\n0\r\n"),
        (),
        (STARTED,),
        half_closes=True,
        cut=True,
    )


def extensions():
    section = "9112 7.1.1"
    for extension in (
        b";a",
        b";a=b",
        b';a="b"',
        b";a=b;c=d",
        b' ; a = "b"',
        b'; a="\\""',
        b";",
        b";;",
        b";a=\xc3\xa9",
        b'\t;a="b c"',
    ):
        yield passed(
            f"an extension is dropped: {shown(extension)}",
            section,
            post(CODING, b"5" + extension + b"\r\nhello\r\n0" + extension + b"\r\n\r\n"),
            HELLO,
        )
    yield broken(
        "a bare LF in an extension",
        section,
        b"5;a\nhello\r\n0\r\n\r\n",
        note="one reader ends the line here, the other at the CRLF: CVE-2025-55315 and its kin",
    )
    yield broken("a bare LF in a quoted extension", section, b'5;a="\n"\r\nhello\r\n0\r\n\r\n')
    yield broken("CRLF in a quoted extension ends the line", section, b'5;a="\r\nhello"\r\n0\r\n\r\n')
    yield broken("a bare CR in an extension", section, b"5;a\rb\r\nhello\r\n0\r\n\r\n")
    yield broken("NUL in an extension", section, b"5;a=\x00\r\nhello\r\n0\r\n\r\n")
    yield broken("DEL in an extension", section, b"5;a=\x7f\r\nhello\r\n0\r\n\r\n")
    yield broken("a bare LF in the last chunk's extension", section, b"5\r\nhello\r\n0;a\n\r\n" + SMUGGLED)
    yield broken("an extension of 5,000 octets", section, b"5;" + b"a" * 5000 + b"\r\nhello\r\n0\r\n\r\n")
    yield broken("blanks of 5,000 octets", section, b"5" + b" " * 5000 + b";a\r\nhello\r\n0\r\n\r\n")
    yield broken(
        "extensions that outweigh the body",
        section,
        (b"1;" + b"a" * 3000 + b"\r\nx\r\n") * 40 + b"0\r\n\r\n",
        note="CVE-2023-39326: framing must not cost more than it carries; as Go does, 16 KiB in excess are too many",
    )


def trailers():
    section = "9110 6.5.1"
    for name in (
        b"Content-Length",
        b"Transfer-Encoding",
        b"Host",
        b"Connection",
        b"TE",
        b"Upgrade",
        b"Trailer",
        b"Authorization",
        b"Cookie",
        b"Set-Cookie",
        b"Content-Type",
        b"Content-Encoding",
        b"Content-Range",
        b"Expect",
        b"Range",
        b"If-Match",
        b"X-Forwarded-For",
        b"X-Forwarded-Host",
        b"Cache-Control",
        b"Max-Forwards",
        b"Keep-Alive",
        b"Proxy-Connection",
    ):
        yield passed(
            f"{name.decode()} in a trailer is dropped",
            section,
            post(CODING, chunked(b"hello", trailers=name + b": 5\r\nX-Sum: 1\r\n")),
            Forwarded(b"POST", body=b"hello", framing="chunked", trailers={"x-sum": [b"1"]}),
        )
    yield passed(
        "a trailer of our own",
        section,
        post(CODING + b"Trailer: X-Sum\r\n", chunked(b"hello", trailers=b"X-Sum: 1\r\n")),
        Forwarded(b"POST", body=b"hello", framing="chunked", trailers={"x-sum": [b"1"]}),
    )
    for name, text in (
        ("a space before the colon", b"X : 1\r\n"),
        ("a folded line", b"X: 1\r\n 2\r\n"),
        ("no colon", b"X\r\n"),
        ("no name", b": 1\r\n"),
        ("a bare LF", b"X: 1\nY: 2\r\n"),
        ("a bare CR", b"X: 1\rY: 2\r\n"),
        ("NUL in a value", b"X: \x00\r\n"),
        ("a request line", b"GET /smuggled HTTP/1.1\r\nHost: app.test\r\n"),
    ):
        yield broken(f"a trailer section with {name}", "9112 7.1.2", chunked(b"hello", trailers=text))
    yield broken(
        "a trailer section of 9,000 octets", "9110 5.4", chunked(b"hello", trailers=b"X: " + b"a" * 9000 + b"\r\n")
    )
    yield broken("a trailer section of 100 fields", "9110 5.4", chunked(b"hello", trailers=b"X: a\r\n" * 100))


def cases():
    yield from sizes()
    yield from extensions()
    yield from trailers()
