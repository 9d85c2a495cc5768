"""Rows of the tables, spoilt by chance: nobody wrote down what must come of them, but what reaches the backend must have one meaning."""

PIECES = [
    b"\r",
    b"\n",
    b"\r\n",
    b"\0",
    b" ",
    b"\t",
    b":",
    b",",
    b";",
    b"0",
    b"5",
    b"\x0b",
    b"\xff",
    b"/",
    b"?",
    b"#",
    b"%00",
    b"chunked",
    b"Content-Length: 5\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Connection: close\r\n",
    b"Connection: Content-Length\r\n",
    b"Host: a\r\n",
    b"Expect: 100-continue\r\n",
    b"0\r\n\r\n",
    b"5\r\nhello\r\n",
    b"\r\n\r\n",
    b"HTTP/1.0",
    b"GET",
    b"HEAD",
    b"CONNECT",
    b"GET /smuggled HTTP/1.1\r\nHost: app.test\r\n\r\n",
]
OCTETS = b"\r\n\0 \t:,;05aZ\xff\x7f"


def insert(random, text, at, _):
    return text[:at] + random.choice(PIECES) + text[at:]


def delete(random, text, at, _):
    return text[:at] + text[at + random.choice((1, 1, 2, 5)) :]


def replace(random, text, at, _):
    return text[:at] + bytes([random.choice(OCTETS)]) + text[at + 1 :]


def flip_case(_, text, at, __):
    return text[:at] + bytes(octet ^ 0x20 for octet in text[at : at + 1]) + text[at + 1 :]


def repeat_line(random, text, _, __):
    lines = text.split(b"\r\n")
    lines.insert(random.randrange(len(lines) + 1), random.choice(lines))
    return b"\r\n".join(lines)


def swap_lines(random, text, _, __):
    lines = text.split(b"\r\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\r\n".join(lines)


def splice(random, text, at, rows):
    other = random.choice(rows)
    return text[:at] + other[random.randrange(len(other) + 1) :]


def mutations(random, rows, count):
    """`count` texts, the same for the same state of `random`."""
    kinds = (insert, delete, replace, flip_case, repeat_line, swap_lines, splice)
    for _ in range(count):
        text = random.choice(rows)
        for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
            text = random.choice(kinds)(random, text, random.randrange(len(text) + 1), rows)
        yield text
