"""HTTP/2 in, HTTP/1.1 out, and the other way round: the tables in smuggling/h2_requests.py and h2_answers.py, octet by octet. Needs
python3-hpack (see .ci/packages)."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from smuggling import frames, h2_answers, h2_requests  # noqa: E402
from smuggling.frame_backend import FrameBackend  # noqa: E402
from smuggling.harness import RecordedCase  # noqa: E402

TWO = """apiVersion: v1
kind: Service
metadata: {name: two, namespace: test}
spec: {ports: [{port: 80, appProtocol: kubernetes.io/h2c}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: two, namespace: test}
spec:
  parentRefs: [{name: gw}]
  rules:
  - matches: [{path: {value: /two}}]
    backendRefs: [{name: two, port: 80}]
"""


class SmugglingH2(RecordedCase):
    def h2(self, **options):
        connection = frames.Connection((self.address, self.port), **options)
        self.addCleanup(connection.close)
        return connection

    def check_h2(self, case):
        self.recorder.begin()
        endings = [each.ending() for each in case.received] or [None if case.beginning else b"\r\n\r\n"]
        self.recorder.expect(endings, [(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", False)])
        client = self.h2()
        client.send(case.sent)
        answer = client.settle(1)
        if case.outcome == h2_requests.REFUSED:
            self.assertIsNone(client.goaway, "the other streams have done nothing")
            self.assertTrue(
                answer.reset == "PROTOCOL_ERROR" or answer.status == 400,
                f"{answer.reset} {answer.status} {answer.body}; recorded {self.recorder.recorded()}",
            )
        else:
            self.assertEqual(
                (answer.status, answer.reset), (case.outcome, None), f"{answer.body} {self.recorder.recorded()}"
            )
            if case.outcome == 200:
                self.assertEqual(answer.body, b"ok")
        recorded, used = self.canary_h2(client)
        if case.beginning:
            recorded = {
                number: octets for number, octets in recorded.items() if number == used or octets.count(b"\r\n\r\n") > 1
            }
        self.check_received(case.received, recorded, used)
        client.close()

    def canary_h2(self, client):
        """A next stream of the same connection, then a request of HTTP/1.1."""
        self.recorder.expect(
            [(b"/next-stream ", b"\r\n\r\n")], [(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext", False)]
        )
        before = self.recorder.recorded()
        client.request(3, [(b":path", b"/next-stream")])
        answer = client.settle(3)
        self.assertEqual((answer.status, answer.body), (200, b"next"), answer.reset or client.goaway)
        recorded, used = self.canary()
        for number, octets in recorded.items():
            head, found, _ = octets.partition(b"GET /next-stream HTTP/1.1\r\n")
            if found:
                recorded[number] = head
        self.assertTrue(all(recorded.get(number, b"").startswith(octets) for number, octets in before.items()))
        return {number: octets for number, octets in recorded.items() if octets}, used

    def test_requests(self):
        self.rows(h2_requests.cases(), self.check_h2, 150)


class AnswersOfH2(RecordedCase):
    """A backend of HTTP/2, a client of HTTP/1.1."""

    def prepare(self):
        self.backend = FrameBackend()
        self.addCleanup(self.backend.stop)
        (self.input / "two.yaml").write_text(TWO)
        return ["--backend", f"test/two:80=127.0.0.1:{self.backend.port}"]

    def check_answer(self, case):
        self.backend.script = case.frames
        client = self.connect()
        client.send(b"GET /two HTTP/1.1\r\nHost: app.test\r\n\r\n")
        answer = client.answer()
        if case.cut:
            self.assertIsNone(answer, f"a complete answer: {answer and answer.body}")
            self.assertTrue(client.reset, "an answer that was cut ended like one that is complete")
        else:
            self.assertIsNotNone(answer, client.octets)
            self.assertEqual((answer.start, tuple(answer.interim)), (case.status, case.interim), answer.body)
            if case.body is not None:
                self.assertEqual(answer.body, case.body)
            for name, values in case.fields.items():
                self.assertEqual(answer.fields.get(name, []), values, name)
            self.assertNotIn(b"evil", repr((answer.fields, answer.trailers)).encode() + answer.body)
            self.assertTrue(client.silent(), client.octets)
        client.close()
        self.backend.script = h2_answers.fine
        again = self.connect()
        again.send(b"GET /two HTTP/1.1\r\nHost: app.test\r\n\r\n")
        answer = again.answer()
        self.assertEqual((answer.start, answer.body), (200, b"fine"), "the next request")
        again.close()

    def test_answers(self):
        self.recorder.begin()
        self.rows(h2_answers.cases(), self.check_answer, 25)


if __name__ == "__main__":
    unittest.main(verbosity=2)
