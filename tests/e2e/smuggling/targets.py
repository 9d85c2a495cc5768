"""Request targets, Host, and which rule the path is served by (RFC 9112 section 3.2, RFC 9110 sections 4.2 and 7.2)."""
from .case import Case, Forwarded, HOST, get, passed, refused, request, shown


def forms():
    absolute, section = "9112 3.2.2", "9112 3.2"
    yield passed(
        "absolute-form goes on as origin-form", absolute, get(target=b"http://app.test/a?b"), Forwarded(target=b"/a?b")
    )
    yield passed(
        "absolute-form wins over Host, for the route and for the backend",
        absolute,
        get(target=b"http://inner.test/"),
        Forwarded(host=b"inner.test", rule=b"inner"),
    )
    yield passed("Host wins over nothing", absolute, get(target=b"http://app.test/", host=b"Host: inner.test\r\n"))
    yield passed(
        "absolute-form with an empty Host",
        absolute,
        get(target=b"http://inner.test/", host=b"Host:\r\n"),
        Forwarded(host=b"inner.test", rule=b"inner"),
    )
    yield passed("a scheme in capitals", "3986 3.1", get(target=b"HTTP://app.test/"))
    yield passed(
        "https over a plain connection goes by its host",
        absolute,
        get(target=b"https://app.test/"),
        Forwarded(fields={"x-forwarded-proto": [b"http"]}),
        note="RFC 9110 7.4 would allow 421; nginx and Envoy look at the host alone",
    )
    yield passed(
        "absolute-form with a port", absolute, get(target=b"http://app.test:81/"), Forwarded(host=b"app.test:81")
    )
    yield passed("absolute-form without a path", "9112 3.2.1", get(target=b"http://app.test"))
    yield passed(
        "absolute-form with a query only", "9112 3.2.1", get(target=b"http://app.test?a=b"), Forwarded(target=b"/?a=b")
    )
    yield passed(
        "absolute-form in HTTP/1.0",
        absolute,
        get(target=b"http://inner.test/", version=b"HTTP/1.0"),
        Forwarded(host=b"inner.test", rule=b"inner"),
        closes=True,
    )
    yield refused("absolute-form without Host", section, get(target=b"http://app.test/", host=b""))
    yield refused("absolute-form with an invalid Host", section, get(target=b"http://app.test/", host=b"Host: a b\r\n"))
    yield refused("absolute-form with two Hosts", section, get(target=b"http://app.test/", host=HOST + HOST))
    for target in (
        b"ftp://app.test/",
        b"http:/app.test/",
        b"http:app.test/",
        b"http:///a",
        b"http://",
        b"http://?a",
        b"http://user@app.test/",
        b"http://user:secret@app.test/",
        b"http://app.test@inner.test/",
        b"http://app.test:x/",
        b"http://app.test:65536/",
        b"http://app.test:-1/",
        b"http://[::1/",
        b"http://app.test\\@inner.test/",
        b"http://app.test\\inner.test/",
        b"http://app test/",
        b"http://app.test:80:80/",
        b"http://%zz/",
        b"javascript:1",
        b"http%3a//app.test/",
        b"ws://app.test/",
    ):
        yield refused(f"the target {shown(target)}", absolute, get(target=target))
    for target in (
        b"a/b",
        b"app.test",
        b"app.test:80",
        b"*",
        b"*a",
        b"/*#",
        b"/a#b",
        b"#",
        b"http://app.test/#b",
        b"?a=b",
        b"../a",
        b"\\a",
        b"%2fa",
        b"",
    ):
        yield refused(f"GET {shown(target)}", section, get(target=target))
    for octet in [*range(0x00, 0x21), 0x7F, 0x80, 0xC3, 0xFF]:
        if octet != 0x0A:
            yield refused(f"octet {octet:#04x} in the target", section, get(target=b"/a%cb" % octet))
    yield refused("a bare LF in the target", "9112 2.2", get(target=b"/a\nb"))
    yield refused("CRLF in the target", section, get(target=b"/ HTTP/1.1\r\nX: y\r\nGET /"))
    yield passed(
        "the first question mark starts the query",
        "3986 3.4",
        get(target=b"/a?b?c=/../d"),
        Forwarded(target=b"/a?b?c=/../d"),
    )
    yield passed("an empty query stays", "3986 3.4", get(target=b"/a?"), Forwarded(target=b"/a?"))
    yield passed(
        "CRLF that is percent-encoded stays so",
        section,
        get(target=b"/a%0d%0aX:%20y?b=%0d%0a"),
        Forwarded(target=b"/a%0d%0aX:%20y?b=%0d%0a"),
    )
    yield Case(
        "asterisk-form is for the whole server, which no rule takes",
        "9112 3.2.4",
        request(b"OPTIONS", b"*"),
        (404,),
        closes=False,
    )
    yield Case(
        "absolute-form of OPTIONS without a path is asterisk-form",
        "9112 3.2.4",
        request(b"OPTIONS", b"http://app.test"),
        (404,),
        closes=False,
    )
    yield passed("OPTIONS of a path", "9110 9.3.7", request(b"OPTIONS", b"/"), Forwarded(b"OPTIONS"))
    yield refused("OPTIONS of more than an asterisk", "9112 3.2.4", request(b"OPTIONS", b"*/"))


def connect():
    section = "9110 9.3.6"
    tunnelled = get(target=b"/smuggled")
    yield refused("CONNECT is not for a gateway", section, request(b"CONNECT", b"app.test:80"), 501)
    yield refused(
        "what comes behind a refused CONNECT is no request",
        section,
        request(b"CONNECT", b"app.test:80") + tunnelled,
        501,
    )
    yield refused(
        "CONNECT with a length", section, request(b"CONNECT", b"app.test:80", b"Content-Length: 5\r\n") + tunnelled, 501
    )
    yield refused(
        "CONNECT with chunked",
        section,
        request(b"CONNECT", b"app.test:80", b"Transfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
        501,
    )
    for target in (
        b"app.test",
        b"app.test:",
        b"/",
        b"http://app.test:80",
        b"http://app.test/",
        b"*",
        b":80",
        b"app.test:x",
        b"u@app.test:80",
    ):
        yield refused(f"CONNECT {shown(target)}", "9112 3.2.3", request(b"CONNECT", target))
    yield refused("connect in small letters is another method", "9112 3.2.3", request(b"connect", b"app.test:80"))


def hosts():
    section = "9112 3.2"
    yield refused("no Host", section, get(host=b""))
    yield refused(
        "an empty Host",
        "9110 4.2.1",
        get(host=b"Host:\r\n"),
        note="the RFC allows it for URIs without authority; http has none",
    )
    yield refused("a Host of blanks", "9110 4.2.1", get(host=b"Host: \t \r\n"))
    for hosts_ in (
        HOST + HOST,
        HOST + b"Host: inner.test\r\n",
        b"Host: inner.test\r\n" + HOST,
        HOST + b"hOST: app.test\r\n",
        HOST + b"X: y\r\nHost: app.test\r\n",
        HOST + b"Host:\r\n",
        b"Host:\r\n" + HOST,
    ):
        yield refused(f"Hosts {shown(hosts_)}", section, get(host=hosts_))
    yield refused("two Hosts in HTTP/1.0", section, get(host=HOST + HOST, version=b"HTTP/1.0"))
    yield refused("a second Host with a space before the colon", "9112 5.1", get(host=HOST + b"Host : inner.test\r\n"))
    yield refused("a folded second Host", "9112 5.2", get(host=b"X: y\r\n Host: inner.test\r\n" + HOST))
    for value in (
        b"app.test, inner.test",
        b"app.test inner.test",
        b"app.test/",
        b"app.test/a",
        b"app.test?a",
        b"app.test#a",
        b"@app.test",
        b"u@app.test",
        b"u:p@app.test",
        b"http://app.test",
        b"app.test:x",
        b"app.test:80x",
        b"app.test:-1",
        b"app.test:+80",
        b"app.test:65536",
        b"app.test:80:80",
        b"app.test: 80",
        b":80",
        b"[::1",
        b"::1",
        b"[]",
        b"[::1]x",
        b"[a_b]",
        b"[::1%25lo]",
        b"app.test\\",
        b"app\x80test",
        b"<app>",
        b'"app.test"',
        b"app.test|",
        b"app.test%",
        b"app.test%0",
        b"app.test%zz",
        b"{app}",
        b"a^b",
    ):
        yield refused(f"Host: {shown(value)}", "9110 7.2", get(host=b"Host: " + value + b"\r\n"))
    for value in (b"app.test\x00", b"\x00app.test", b"app.test\x0b", b"app.test\r", b"app.test\x7f"):
        yield refused(f"a control character: Host: {shown(value)}", "9110 5.5", get(host=b"Host: " + value + b"\r\n"))
    for value in (
        b"app.test:80",
        b"app.test:",
        b"APP.test",
        b"app.test.",
        b"127.0.0.1",
        b"[::1]",
        b"[::1]:80",
        b"a_b.test",
        b"a%20b",
        b"xn--bcher-kva.test",
        b"app.test:0080",
        b"a,b",
    ):
        yield passed(
            f"Host: {shown(value)} goes on as it is",
            "9110 7.2",
            get(host=b"Host: " + value + b"\r\n"),
            Forwarded(host=value),
        )
    for value in (b"inner.test", b"INNER.test:81", b"inner.test."):
        yield passed(
            f"Host: {shown(value)} is inner.test's",
            "9110 4.2.3",
            get(host=b"Host: " + value + b"\r\n"),
            Forwarded(host=value, rule=b"inner"),
        )
    yield passed(
        "X-Forwarded-Host and Forwarded choose no route",
        "9110 7.2",
        get(b"X-Forwarded-Host: inner.test\r\nForwarded: host=inner.test\r\n"),
        Forwarded(fields={"x-forwarded-host": [b"inner.test"]}),
    )


def paths():
    """The choice is written down in the routing's README: paths are compared as received, and go on as received. Envoy and nginx can
    do so, too (normalize_path off; proxy_pass without a URI), and what a rule was asked about is then what its backend sees.
    """
    section = "3986 6.2.2"
    rows = (
        (b"/public", b"public"),
        (b"/public/", b"public"),
        (b"/public/a", b"public"),
        (b"/publicity", b"root"),
        (b"/Public", b"root"),
        (b"/%70ublic", b"root"),
        (b"/public%2fa", b"root"),
        (b"/public%2Fa", b"root"),
        (b"/public/..%2fadmin", b"public"),
        (b"/public/../admin", b"public"),
        (b"/public/%2e%2e/admin", b"public"),
        (b"/public/.%2e/admin", b"public"),
        (b"/public/./a", b"public"),
        (b"/./public", b"root"),
        (b"/../public", b"root"),
        (b"//public", b"root"),
        (b"/public//a", b"public"),
        (b"/public\\..\\admin", b"root"),
        (b"/public;a=b", b"root"),
        (b"/public/;/../admin", b"public"),
        (b"/public/..;/admin", b"public"),
        (b"/exact", b"exact"),
        (b"/exact/", b"root"),
        (b"/exact?a", b"exact"),
        (b"/exact%3fa", b"root"),
        (b"/exact%20", b"root"),
        (b"/exac%74", b"root"),
        (b"/a/exact", b"root"),
        (b"/public/%c3%a9", b"public"),
        (b"/public/%ff", b"public"),
        (b"/public%", b"root"),
        (b"/public/%zz", b"public"),
        (b"/public/%", b"public"),
        (b"/public/%25%32%65", b"public"),
        (b"/...", b"root"),
        (b"//", b"root"),
    )
    for path, rule in rows:
        yield passed(
            f"{shown(path)} is served by rule {rule.decode()}, as received",
            section,
            get(target=path),
            Forwarded(target=path, rule=rule),
        )
    for path in (b"/public/%00", b"/%00/public", b"/public/a%00.png"):
        yield refused(
            f"NUL in the path: {shown(path)}", "3986 7.3", get(target=path), note="nginx and Envoy both answer 400"
        )
    yield passed(
        "NUL in the query is not ours to judge",
        "3986 7.3",
        get(target=b"/public/?a=%00"),
        Forwarded(target=b"/public/?a=%00", rule=b"public"),
    )


def cases():
    yield from forms()
    yield from connect()
    yield from hosts()
    yield from paths()
