"""What a row of the tables says, and the bytes that rows are made of."""
import dataclasses

HOST = b"Host: app.test\r\n"
#: What an attacker would like the backend to read as a request of its own.
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: app.test\r\n\r\n"
#: The limits that the gateway runs with in these tests; the cases about sizes are made from them.
HEAD_BYTES = 8192
FIELDS = 64
TIMEOUT_SECONDS = 1


@dataclasses.dataclass
class Forwarded:
    """One request as the backend must have received it."""

    method: bytes = b"GET"
    target: bytes = b"/"
    host: bytes = b"app.test"
    body: bytes = b""
    framing: str = "none"  # none, length, chunked
    rule: bytes = b"root"  # of the test's routes; which one matched
    fields: dict = dataclasses.field(default_factory=dict)  # lower-case name -> values in order; [] for absent
    trailers: dict = dataclasses.field(default_factory=dict)
    complete: bool = True  # False: a beginning of it, on a connection that is not used again

    def ending(self):
        """What its last bytes are, so that the recorder knows when to answer without reading it; None for never."""
        if not self.complete:
            return None
        if self.trailers:
            return list(self.trailers.values())[-1][-1] + b"\r\n\r\n"
        if self.framing == "chunked":
            return b"0\r\n\r\n"
        return self.body or b"\r\n\r\n"


@dataclasses.dataclass
class Case:
    """Bytes of a client and what must come of them."""

    name: str  # the claim
    section: str  # RFC and section
    sent: bytes
    statuses: tuple = (400,)  # final answers, in order
    received: tuple = ()  # of Forwarded
    closes: bool = True  # the gateway ends the connection after the last answer
    half_closes: bool = False  # the client ends its sending after the bytes
    methods: tuple = ()  # of the requests, where one is HEAD
    interim: tuple = ()  # 1xx statuses before the first final answer
    note: str = ""  # what nginx and Envoy do, where the RFC leaves a choice
    cut: bool = False  # the connection is broken off without a (complete) last answer
    answer_early: bool = False  # the backend answers the first bytes that it sees


def refused(name, section, sent, status=400, **options):
    """Answered by the gateway; the backend sees nothing, and the connection ends."""
    return Case(name, section, sent, (status,), **options)


def passed(name, section, sent, *received, closes=False, **options):
    """Forwarded; the backend's answers come back."""
    received = received or (Forwarded(),)
    return Case(name, section, sent, (200,) * len(received), received, closes, **options)


def request(method=b"GET", target=b"/", fields=b"", body=b"", version=b"HTTP/1.1", host=HOST):
    return method + b" " + target + b" " + version + b"\r\n" + host + fields + b"\r\n" + body


def get(fields=b"", **options):
    return request(fields=fields, **options)


def post(fields=b"", body=b"", **options):
    return request(b"POST", fields=fields, body=body, **options)


def chunked(*chunks, trailers=b""):
    """A well-formed chunked body."""
    return b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in chunks) + b"0\r\n" + trailers + b"\r\n"


def shown(value):
    """Bytes as a part of a claim."""
    text = repr(value)[2:-1]
    return text if len(text) <= 40 else text[:37] + "..."
