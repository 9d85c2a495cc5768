"""Readers that take nothing but the one spelling that nobody can misread. What they accept has one meaning for every recipient."""
import re

LINE = re.compile(rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*", re.DOTALL)
REQUEST_LINE = re.compile(rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ((?:/[\x21-\x22\x24-\x7e]*)|\*) HTTP/1\.1", re.DOTALL)
STATUS_LINE = re.compile(rb"HTTP/1\.1 ([1-9][0-9][0-9]) ([\t\x20-\x7e\x80-\xff]*)", re.DOTALL)
SIZE = re.compile(rb"[0-9a-f]{1,8}")


class Ambiguous(Exception):
    """What was read could mean something else to another reader."""


class Incomplete(Exception):
    """More octets have to come."""


class Message:
    def __init__(self, start, fields):
        self.start, self.fields = start, fields
        self.body, self.trailers, self.framing = b"", {}, "none"


def demand(holds, what):
    if not holds:
        raise Ambiguous(what)


def take_line(octets):
    line, found, rest = octets.partition(b"\r\n")
    if not found:
        raise Incomplete()
    demand(b"\r" not in line and b"\n" not in line and b"\0" not in line, f"a line end or NUL inside {line!r}")
    return line, rest


def take_fields(octets):
    fields = {}
    while True:
        line, octets = take_line(octets)
        if not line:
            return fields, octets
        found = LINE.fullmatch(line)
        demand(found, f"the field line {line!r}")
        fields.setdefault(found[1].decode().lower(), []).append(found[2])


def take_chunks(message, octets):
    while True:
        size, octets = take_line(octets)
        demand(SIZE.fullmatch(size), f"the chunk size {size!r}")
        length = int(size, 16)
        if length == 0:
            message.trailers, octets = take_fields(octets)
            return octets
        if len(octets) < length + 2:
            raise Incomplete()
        demand(octets[length : length + 2] == b"\r\n", "a chunk that does not end in CRLF")
        message.body += octets[:length]
        octets = octets[length + 2 :]


def take_body(message, octets, until_end=None):
    """`until_end`: None where the message cannot end with the connection, else whether it has ended."""
    lengths, codings = message.fields.get("content-length", []), message.fields.get("transfer-encoding", [])
    demand(len(lengths) + len(codings) <= 1, f"framed by {lengths} and {codings}")
    if codings:
        demand(codings == [b"chunked"], f"the transfer coding {codings}")
        message.framing = "chunked"
        return take_chunks(message, octets)
    if lengths:
        demand(re.fullmatch(rb"0|[1-9][0-9]*", lengths[0]), f"the length {lengths[0]!r}")
        message.framing = "length"
        length = int(lengths[0])
        message.body = octets[:length]
        if len(octets) < length:
            raise Incomplete()
        return octets[length:]
    if until_end is None:
        return octets
    message.framing, message.body = "close", octets
    if not until_end:
        raise Incomplete()
    return b""


def read_requests(octets):
    """The requests that a backend was sent, and what is left of one that is not complete."""
    requests = []
    while octets:
        rest = octets
        try:
            line, rest = take_line(rest)
            demand(REQUEST_LINE.fullmatch(line), f"the request line {line!r}")
            fields, rest = take_fields(rest)
            demand(len(fields.get("host", [])) == 1, f"the Host {fields.get('host')}")
            message = Message(line.split(b" "), fields)
            rest = take_body(message, rest)
        except Incomplete:
            return requests, octets
        requests.append(message)
        octets = rest
    return requests, b""


def read_answer(octets, method, ended):
    """One answer, interim ones in front of it included as their statuses, and what is behind it."""
    interim = []
    while True:
        line, octets = take_line(octets)
        found = STATUS_LINE.fullmatch(line)
        demand(found, f"the status line {line!r}")
        fields, octets = take_fields(octets)
        status = int(found[1])
        message = Message(status, fields)
        framed = "content-length" in fields or "transfer-encoding" in fields
        if status >= 200:
            break
        demand(status != 101 and not framed, f"an interim answer {status} with {fields}")
        interim.append(status)
    message.interim = interim
    if method == "HEAD" or status == 304 or status == 204:
        demand(status != 204 or not framed, f"204 with {fields}")
        return message, octets
    return message, take_body(message, octets, until_end=ended)
