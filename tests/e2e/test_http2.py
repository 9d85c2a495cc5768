"""HTTP/2 on both sides: real curl, nghttp and h2load, and peers that speak frame by frame."""
import json
import os
import socket
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import h2.errors  # noqa: E402
import h2.events  # noqa: E402

from gatehouse_program import RunCase, curl  # noqa: E402
from h2_peer import ROUTE, Backend, Client  # noqa: E402


def memory_of(pid):
    """Resident bytes of a process."""
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Http2(RunCase):
    def setUp(self):
        super().setUp()
        (self.input / "route.yaml").write_text(ROUTE)

    def client(self, **options):
        client = Client(self.address, self.port, **options)
        self.addCleanup(client.close)
        return client

    def curl2(self, path, *arguments):
        return curl(self.url + path, "--http2-prior-knowledge", "-H", "Host: app.test", *arguments)

    def start_with(self, serve):
        """Gatehouse with an HTTP/2 backend of the test's own behind /h2."""
        backend = Backend(self, serve)
        return backend, self.start("--backend", f"test/two:80=127.0.0.1:{backend.port}")

    def test_every_pair_of_versions(self):
        self.start()
        for path, seen in [("/", "HTTP/1.1"), ("/h2", "HTTP/2.0")]:
            for ask in (self.get, self.curl2):
                status, body = ask(path + "?q=1")
                self.assertEqual(status, 200, body)
                echo = json.loads(body)
                self.assertEqual((echo["proto"], echo["path"], echo["host"], echo["method"]),
                                 (seen, path + "?q=1", "app.test", "GET"))

    def test_answers_of_the_gateway_itself(self):
        self.start()
        status, headers = curl(self.url + "/moved/x", "--http2-prior-knowledge", "-H", "Host: app.test", "-o", "/dev/null", "-D", "-")
        self.assertEqual(status, 302)
        self.assertIn("location: http://elsewhere.test", headers)
        self.assertEqual(curl(self.url, "--http2-prior-knowledge", "-H", "Host: other.test")[0], 404)

    def test_a_head_request_has_the_length_and_no_body(self):
        self.start()
        for path in ("/", "/h2"):
            status, headers = curl(self.url + path, "--http2-prior-knowledge", "-I", "-H", "Host: app.test")
            self.assertEqual(status, 200)
            self.assertRegex(headers, r"content-length: \d+")

    def test_upload_and_download_of_megabytes(self):
        blob = os.urandom(5_000_000)
        source = self.input / "blob"
        source.write_bytes(blob)

        def serve(peer):
            while request := peer.wait_for(h2.events.RequestReceived):
                body = peer.body(request.stream_id)
                peer.h2.send_headers(request.stream_id, [(":status", "200"), ("content-length", str(len(body)))])
                send_all(peer, request.stream_id, body)

        self.start_with(serve)
        for version in ("--http1.1", "--http2-prior-knowledge"):
            target = self.input / f"back{version}"
            done = subprocess.run(["curl", "-sS", "--noproxy", "*", version, "-m", "60", "-H", "Host: app.test", "-H", "Expect:", "--data-binary",
                                   f"@{source}", "-o", target, self.url + "/h2"], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertEqual(target.read_bytes(), blob)

    def test_trailers_go_both_ways_and_forbidden_ones_do_not(self):
        seen = []

        def serve(peer):
            stream = peer.wait_for(h2.events.RequestReceived).stream_id
            peer.body(stream)
            seen.extend(peer.wait_for(h2.events.TrailersReceived, stream).headers)
            peer.h2.send_headers(stream, [(":status", "200")])
            peer.h2.send_data(stream, b"part")
            peer.h2.send_headers(stream, [("grpc-status", "0"), ("host", "evil.test")], end_stream=True)
            peer.flush()
            peer.receive()

        self.start_with(serve)
        client = self.client()
        stream = client.request("/h2", "POST", fields=[("te", "trailers")], end=False)
        client.h2.send_data(stream, b"abc")
        client.h2.send_headers(stream, [("x-checksum", "7"), ("x-forwarded-for", "9.9.9.9")], end_stream=True)
        client.flush()
        status, _, body = client.response(stream)
        self.assertEqual((status, body), (200, b"part"))
        trailers = client.wait_for(h2.events.TrailersReceived, stream).headers
        self.assertEqual([tuple(field) for field in trailers], [("grpc-status", "0")])
        self.assertEqual([tuple(field) for field in seen], [("x-checksum", "7")])

    def test_a_request_that_arrives_all_at_once_keeps_its_body_and_trailers(self):
        seen = []

        def serve(peer):
            stream = peer.wait_for(h2.events.RequestReceived).stream_id
            seen.append(peer.body(stream))
            seen.extend(tuple(field) for field in peer.wait_for(h2.events.TrailersReceived, stream).headers)
            peer.h2.send_headers(stream, [(":status", "204")], end_stream=True)
            peer.flush()
            peer.receive()

        self.start_with(serve)
        client = self.client()
        stream = client.h2.get_next_available_stream_id()
        client.h2.send_headers(stream, [(":method", "POST"), (":scheme", "http"), (":authority", "app.test"), (":path", "/h2")])
        client.h2.send_data(stream, b"abc")
        client.h2.send_headers(stream, [("x-checksum", "7")], end_stream=True)
        client.flush()
        self.assertEqual(client.response(stream)[0], 204)
        self.assertEqual(seen, [b"abc", ("x-checksum", "7")])

    def test_trailers_only_answers_stay_so(self):
        def serve(peer):
            stream = peer.wait_for(h2.events.RequestReceived).stream_id
            peer.h2.send_headers(stream, [(":status", "200"), ("grpc-status", "12")], end_stream=True)
            peer.flush()
            peer.receive()

        self.start_with(serve)
        client = self.client()
        stream = client.request("/h2")
        head = client.wait_for(h2.events.ResponseReceived, stream)
        self.assertIsNotNone(head.stream_ended)
        self.assertNotIn("content-length", dict(head.headers))
        status, _ = self.get("/h2")  # and an HTTP/1.1 client sees where it ends
        self.assertEqual(status, 200)

    def test_many_streams_share_a_connection_to_the_backend(self):
        self.start()
        client = self.client()
        streams = [client.request("/h2" if i % 2 else "/") for i in range(100)]
        for stream in streams:
            status, _, body = client.response(stream)
            self.assertEqual(status, 200)
            self.assertTrue(json.loads(body))

    def test_a_reader_that_stops_stops_its_backend_and_nobody_else(self):
        sent = [0]
        stopped = threading.Event()

        def serve(peer):
            stream = peer.wait_for(h2.events.RequestReceived).stream_id
            peer.h2.send_headers(stream, [(":status", "200")])
            peer.flush()
            peer.socket.settimeout(1)
            try:
                for _ in range(6400):
                    while peer.h2.local_flow_control_window(stream) < 16384:
                        if not peer.receive():
                            return
                    peer.h2.send_data(stream, bytes(16384))
                    peer.flush()
                    sent[0] += 16384
            except TimeoutError:
                pass
            stopped.set()

        _, server = self.start_with(serve)
        before = memory_of(server.process.pid)
        client = self.client(window=0)
        stream = client.request("/h2")
        client.wait_for(h2.events.ResponseReceived, stream)
        self.assertTrue(stopped.wait(20), "the backend was never slowed down")
        self.assertLess(sent[0], 1_000_000)
        self.assertLess(memory_of(server.process.pid) - before, 8_000_000)
        other = client.request("/")
        client.h2.increment_flow_control_window(100_000, other)
        client.flush()
        self.assertEqual(client.response(other)[0], 200)

    def test_a_stream_that_the_client_resets_ends_at_the_backend(self):
        arrived, ended = threading.Event(), threading.Event()

        def serve(peer):
            stream = peer.wait_for(h2.events.RequestReceived).stream_id
            arrived.set()
            peer.wait_for(h2.events.StreamReset, stream)
            ended.set()

        _, server = self.start_with(serve)
        client = self.client()
        stream = client.request("/h2")
        self.assertTrue(arrived.wait(10))
        client.h2.reset_stream(stream, h2.errors.ErrorCodes.CANCEL)
        client.flush()
        self.assertTrue(ended.wait(10))
        server.until_out(r"GET .*DC")
        self.assertEqual(client.response(client.request("/"))[0], 200)

    def test_a_refused_stream_is_sent_again(self):
        refused = []

        def serve(peer):
            for _ in range(2):
                event = peer.wait_for(h2.events.RequestReceived)
                if event is None:
                    return
                if not refused:
                    refused.append(event.stream_id)
                    peer.h2.reset_stream(event.stream_id, h2.errors.ErrorCodes.REFUSED_STREAM)
                else:
                    peer.h2.send_headers(event.stream_id, [(":status", "204")], end_stream=True)
                peer.flush()

        self.start_with(serve)
        self.assertEqual(self.curl2("/h2", "-X", "POST")[0], 204)
        self.assertEqual(len(refused), 1)

    def test_a_backend_that_breaks_off_is_no_answer(self):
        def serve(peer):
            stream = peer.wait_for(h2.events.RequestReceived).stream_id
            peer.h2.send_headers(stream, [(":status", "200"), ("content-length", "100")])
            peer.h2.send_data(stream, b"half")
            peer.flush()
            peer.socket.shutdown(socket.SHUT_WR)
            while peer.receive():
                pass

        self.start_with(serve)
        client = self.client()
        stream = client.request("/h2")
        self.assertEqual(client.response(stream)[2], None)
        self.assertEqual(self.get("/h2")[0], 0)

    def test_a_removed_listener_says_goaway_after_what_is_under_way(self):
        arrived, release = threading.Event(), threading.Event()

        def serve(peer):
            stream = peer.wait_for(h2.events.RequestReceived).stream_id
            arrived.set()
            release.wait(20)
            peer.h2.send_headers(stream, [(":status", "200")], end_stream=True)
            peer.flush()
            peer.receive()

        _, server = self.start_with(serve)
        asked = subprocess.Popen(["nghttp", "-v", "-H:authority: app.test", self.url + "/h2"], stdout=subprocess.PIPE, text=True)
        self.assertTrue(arrived.wait(20))
        server.process.terminate()
        lines = []
        for line in asked.stdout:
            lines.append(line)
            if "recv GOAWAY" in line:
                release.set()
        asked.stdout.close()
        said = "".join(lines)
        self.assertLess(said.index("recv GOAWAY"), said.index(":status: 200"))
        self.assertEqual((asked.wait(20), server.process.wait(20)), (0, 0))

    def test_expectation_and_interim_answers(self):
        def serve(peer):
            stream = peer.wait_for(h2.events.RequestReceived).stream_id
            peer.h2.send_headers(stream, [(":status", "103"), ("link", "</a>")])
            peer.flush()
            body = peer.body(stream)
            peer.h2.send_headers(stream, [(":status", "200")])
            peer.h2.send_data(stream, body, end_stream=True)
            peer.flush()
            peer.receive()

        self.start_with(serve)
        client = self.client()
        stream = client.request("/h2", "POST", fields=[("expect", "100-continue")], end=False)
        statuses = {dict(client.wait_for(h2.events.InformationalResponseReceived, stream).headers)[":status"] for _ in range(2)}
        self.assertEqual(statuses, {"100", "103"})
        client.h2.send_data(stream, b"now", end_stream=True)
        client.flush()
        status, _, body = client.response(stream)
        self.assertEqual((status, body), (200, b"now"))

    def test_real_clients(self):
        self.start()
        done = subprocess.run(["nghttp", "-v", "--no-dep", "-H:authority: app.test", self.url + "/"], capture_output=True, text=True, timeout=30)
        self.assertIn(":status: 200", done.stdout)
        done = subprocess.run(["h2load", "-n", "500", "-c", "4", "-m", "20", "-H", ":authority: app.test", self.url + "/h2"],
                              capture_output=True, text=True, timeout=60)
        self.assertRegex(done.stdout, r"500 succeeded, 0 failed, 0 errored")

    def test_the_log_names_the_protocol(self):
        server = self.start()
        self.curl2("/seen")
        server.until_out(r'"?GET /seen HTTP/2"?|/seen.*HTTP/2')


def send_all(peer, stream, body):
    """Sends as the client's windows allow."""
    while body:
        window = min(peer.h2.local_flow_control_window(stream), 16384, len(body))
        if window == 0:
            if not peer.receive():
                return
            continue
        peer.h2.send_data(stream, body[:window], end_stream=window == len(body))
        body = body[window:]
        peer.flush()


if __name__ == "__main__":
    unittest.main()
