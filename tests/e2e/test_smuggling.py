"""The tables in smuggling/: raw octets to the built program, and what its backend received of them, octet by octet.

Every row is followed by a request of its own on the same worker. It must reach the backend alone and bring its own answer back: so
nothing was left on a connection, and all that the gateway sent for the row before has been recorded."""
import os
import random
import socket
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from smuggling import answers, chunks, connections, heads, lengths, mutations, reading, targets  # noqa: E402
from smuggling.harness import Client, RecordedCase  # noqa: E402


class Smuggling(RecordedCase):
    # The table's checks.

    def check_request(self, case):
        count = max(len(case.received), len(case.statuses), 1)
        own = [b"answer %d" % number for number in range(count)]
        endings = [each.ending() for each in case.received] + [b"\r\n\r\n"] * (count - len(case.received))
        self.recorder.begin()
        self.recorder.expect(
            endings,
            [(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(a), a), False) for a in own],
            case.answer_early,
        )
        client = self.connect()
        client.send(case.sent)
        if case.half_closes:
            client.socket.shutdown(socket.SHUT_WR)
        interim = []
        forwarded = 0
        for number, status in enumerate(case.statuses):
            method = case.methods[number] if number < len(case.methods) else "GET"
            answer = client.answer(method)
            self.assertIsNotNone(answer, f"no answer {number}; recorded {self.recorder.recorded()}")
            self.assertEqual(
                answer.start, status, f"answer {number}: {answer.body}; recorded {self.recorder.recorded()}"
            )
            interim += answer.interim
            if status == 200:
                self.assertEqual(answer.body, b"" if method == "HEAD" else own[forwarded], "another request's answer")
                forwarded += 1
            last = number == len(case.statuses) - 1
            self.assertEqual(
                answer.fields.get("connection"),
                [b"close"]
                if last and case.closes and not case.answer_early
                else [b"keep-alive"]
                if b"HTTP/1.0\r\n" in case.sent
                else None,
            )
        self.assertEqual(tuple(interim), case.interim)
        if case.cut or case.closes:
            self.assertTrue(client.ends(), f"more octets: {client.octets!r}")
        else:
            self.assertTrue(client.silent(), f"more octets: {client.octets!r}")
        recorded, used = self.canary(None if case.closes or case.cut else client)
        self.check_received(case.received, recorded, used)
        client.close()

    def check_answer(self, case):
        self.recorder.begin()
        # Twice: a connection that ends without an answer is one that had ended before, perhaps, and is tried again.
        self.recorder.expect([b"\r\n\r\n"] * 2, [(case.answer, case.then_closes)] * 2)
        client = self.connect()
        client.send(case.sent)
        answer = client.answer(case.method)
        if case.cut:
            self.assertIsNone(answer, f"a complete answer: {answer and answer.body}")
            self.assertTrue(client.reset, "an answer that was cut ended like one that is complete")
            self.assertTrue(client.octets == b"" or client.octets.startswith(b"HTTP/1.1 200 "), client.octets)
        else:
            self.assertIsNotNone(answer, client.octets)
            self.assertEqual(answer.start, case.status, answer.body)
            self.assertEqual(tuple(answer.interim), case.interim)
            if case.body is not None:
                self.assertEqual(answer.body, case.body)
            for name, values in case.fields.items():
                self.assertEqual(answer.fields.get(name, []), values, name)
            for octets in (b"evil", b"Evil"):
                self.assertTrue(
                    case.body and octets in case.body or octets not in answer.body + repr(answer.fields).encode()
                )
            if case.late:
                self.recorder.send_late(case.late)
            if not client.ended:
                self.assertTrue(client.silent() or b"close" in answer.fields.get("connection", []), client.octets)
        used, number = self.canary()
        self.assertEqual(number in used, case.reused, f"connection {number} after {list(used)}")
        client.close()

    def check_mutation(self, text):
        """Whatever the backend received is complete requests, or a beginning of one on a connection that carries no other."""
        self.recorder.begin()
        ok = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        self.recorder.expect([None] * 50, [(ok, False)] * 50, early=True)
        client = Client((self.address, self.port))
        client.socket.settimeout(0.02)  # silence means that the gateway waits for more
        client.send(text)
        try:
            while client.read():
                pass
        except TimeoutError:
            pass
        client.close()
        recorded, used = self.canary()
        for number, octets in recorded.items():
            _, rest = reading.read_requests(octets)
            self.assertFalse(rest and number == used, f"half a request, and then another: {octets}")
        return bool(recorded)

    # The tables.

    def test_lengths_and_codings(self):
        self.rows(lengths.cases(), self.check_request, 120)

    def test_chunks(self):
        self.rows(chunks.cases(), self.check_request, 80)

    def test_heads(self):
        self.rows(heads.cases(), self.check_request, 130)

    def test_targets_and_hosts(self):
        self.rows(targets.cases(), self.check_request, 150)

    def test_connections(self):
        self.rows(connections.cases(), self.check_request, 45)

    def test_answers(self):
        self.rows(answers.cases(), self.check_answer, 100)

    def test_mutations(self):
        tables = (lengths, chunks, heads, targets, connections)
        rows = [case.sent for table in tables for case in table.cases() if len(case.sent) < 2000]
        seed = int(os.environ.get("GATEHOUSE_SEED", "20260101"))
        forwarded = 0
        for text in mutations.mutations(random.Random(seed), rows, 3000):
            with self.subTest(seed=seed, text=text):
                forwarded += self.check_mutation(text)
        self.assertGreater(forwarded, 200, "mutations that reached the backend")


if __name__ == "__main__":
    unittest.main(verbosity=2)
