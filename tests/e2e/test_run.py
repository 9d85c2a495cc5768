"""`gatehouse run`: serving, logs, readiness, signals, and what it says when it cannot start."""
import json
import os
import signal
import socket
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import (GATEWAY, ROUTE, SERVICES, RunCase, Server, curl, free_port, gatehouse,  # noqa: E402
                               service_of)


class Serving(RunCase):
    def test_table_and_text_log(self):
        server = self.start()
        out = server.out.read_text()
        self.assertRegex(out, r"GATEWAY +CLASS +ADDRESS +LISTENER +PROTOCOL +PORT +HOSTNAME +URL +ROUTES\n")
        self.assertRegex(out, rf"test/gw +gatehouse +{self.address} +http +HTTP +{self.port} +\* +{self.url} +1\n")
        self.assertRegex(out, r"HTTPRoute test/route +app\.test +test/gw +http +one-to-one\n")
        status, body = self.get("/cart?x=1")
        self.assertEqual((status, service_of(body)), (200, "old"))
        line = server.until_out(r"\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\] .*\n").group(0)
        self.assertRegex(line, r'\] "GET /cart\?x=1 HTTP/1\.1" 200 - 0 \d+ \d+\.\d{3} "app\.test" test/gw/http '
                               r'HTTPRoute/test/route#0 test/old:80 127\.\S+:\d+ ')
        self.assertEqual(server.terminate(), 0)

    def test_unknown_host_is_404_and_logged_as_no_route(self):
        server = self.start()
        self.assertEqual(curl(self.url, "-H", "Host: other.test")[0], 404)
        server.until_out(r'" 404 NR ')

    def test_json_log_holds_nothing_but_json_lines(self):
        server = self.start("--events", "json")
        self.get("/a")
        self.get('/"quoted"')
        server.until_out(r'quoted')
        self.assertEqual(server.terminate(), 0)
        lines = [json.loads(line) for line in server.out.read_text().splitlines()]
        self.assertEqual([line["path"] for line in lines], ["/a", '/"quoted"'])
        self.assertEqual({line["route"] for line in lines}, {"HTTPRoute/test/route"})
        self.assertEqual({line["status"] for line in lines}, {200})
        self.assertIn("GATEWAY", server.err.read_text(), "the table goes to standard error then")

    def test_no_log(self):
        server = self.start("--events", "none", "-q")
        self.assertEqual(self.get()[0], 200)
        self.assertEqual(server.terminate(), 0)
        self.assertEqual(server.out.read_text(), "")

    def test_backend_mapping_and_unmapped_error(self):
        with socket.create_server((self.address, 0)) as backend:
            port = backend.getsockname()[1]
            self.start("--unmapped", "error", "--backend", f"test/new:80={self.address}:{port}")
            self.assertEqual(self.get()[0], 503, "a Service without any local endpoint")
            self.replace("route.yaml", ROUTE.replace("SERVICE", "new"))
            backend.settimeout(20)
            import threading
            result = []

            def ask():
                while not result or result[-1][0] == 503:
                    result.append(self.get("/mapped"))

            client = threading.Thread(target=ask)
            client.start()
            connection, _ = backend.accept()
            with connection:
                head = connection.recv(65536).decode()
                self.assertTrue(head.startswith("GET /mapped HTTP/1.1\r\n"), head)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nlocal")
            client.join()
            self.assertEqual(result[-1], (200, "local"))

    def test_standard_input(self):
        text = GATEWAY.replace("PORT", str(self.port)) + SERVICES + "---\n" + ROUTE.replace("SERVICE", "new")
        server = Server(self, "-", "--address", f"test/gw={self.address}", "--ready-file", self.ready, stdin=text)
        server.until("ready", self.ready.exists)
        self.assertEqual(service_of(self.get()[1]), "new")
        # Standard input is gone by now; its text is not.
        server.process.send_signal(signal.SIGHUP)
        server.until_err(r"re-applied in .*: nothing changed")
        self.assertEqual(service_of(self.get()[1]), "new")

    def test_workers(self):
        for n in ("0", "-1", "5000", "many"):
            with self.subTest(n):
                self.assertEqual(gatehouse("run", "--workers", n, self.input).returncode, 2)
        self.start("--workers", "3")
        self.assertEqual(self.get()[0], 200)


class Readiness(RunCase):
    def test_file_holds_urls_and_goes_away(self):
        server = self.start()
        self.assertEqual(self.ready.read_text(), f"GATEHOUSE_URL_GW_HTTP={self.url}\n")
        self.assertEqual(server.terminate(), 0)
        self.assertFalse(self.ready.exists())

    def test_descriptor(self):
        reader, writer = os.pipe()
        server = self.start("--ready-fd", str(writer), pass_fds=[writer], wait=False)
        os.close(writer)
        with open(reader) as ready:
            self.assertEqual(ready.read(), f"GATEHOUSE_URL_GW_HTTP={self.url}\n")
        self.assertEqual(self.get()[0], 200, "ready means that it answers")
        self.assertEqual(server.terminate(), 0)

    def test_descriptor_that_is_not_open(self):
        done = gatehouse("run", "--ready-fd", "77", self.input)
        self.assertEqual(done.returncode, 2)
        self.assertIn("file descriptor 77 is not open for writing", done.stderr)

    def test_file_that_cannot_be_written(self):
        done = gatehouse("run", "--ready-file", "/nonexistent/ready", "--address", f"test/gw={self.address}", self.input)
        self.assertEqual(done.returncode, 3)
        self.assertIn("cannot write /nonexistent/ready: No such file or directory", done.stderr)


class Signals(RunCase):
    def test_both_drain(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number):
                server = self.start()
                with socket.create_connection((self.address, self.port)) as idle:
                    idle.sendall(b"GET / HTTP/1.1\r\nHost: app.test\r\n\r\n")
                    self.assertTrue(idle.recv(65536).startswith(b"HTTP/1.1 200 "))
                    server.process.send_signal(number)
                    self.assertEqual(server.process.wait(30), 0, server.err.read_text())

    def test_a_request_in_flight_ends(self):
        server, client, backend = self.slow_request()
        server.process.send_signal(signal.SIGTERM)
        # The listener goes away while the request is still open.
        server.until("closed listener", lambda: self.refused())
        backend.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        client.settimeout(20)
        answer = b""
        while b"ok" not in answer:
            piece = client.recv(65536)
            self.assertTrue(piece, "closed before the answer")
            answer += piece
        self.assertEqual(server.process.wait(30), 0)
        self.assertIn('"GET /slow HTTP/1.1" 200', server.out.read_text(), "its log line comes out too")

    def refused(self):
        try:
            socket.create_connection((self.address, self.port)).close()
            return False
        except OSError:
            return True

    def test_a_second_signal_exits_at_once(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                server, _, _ = self.slow_request()
                server.process.send_signal(signal.SIGTERM)
                server.until("closed listener", lambda: self.refused())
                server.process.send_signal(number)
                self.assertEqual(server.process.wait(30), 128 + number)


class CannotStart(RunCase):
    def test_port_in_use(self):
        with socket.create_server((self.address, self.port)):
            done = gatehouse("run", "--address", f"test/gw={self.address}", self.input)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("no listener could start", done.stderr)
        self.assertIn(f"{self.address}:{self.port}", done.stderr)
        self.assertRegex(done.stderr, r"gateway\.yaml:\d+:\d+: error GH4101 Gateway test/gw")

    def test_one_of_two_ports_in_use(self):
        other = free_port(self.address)
        gateway = GATEWAY.replace("PORT", str(self.port)) + f"  - {{name: second, protocol: HTTP, port: {other}}}\n"
        self.replace("gateway.yaml", gateway + SERVICES)
        with socket.create_server((self.address, other)):
            reader, writer = os.pipe()
            server = self.start("--ready-fd", str(writer), wait=False, pass_fds=[writer])
            os.close(writer)
            server.until_err(r"warning: 1 listener of 2 could not start; not ready, the others serve")
            with open(reader) as ready:
                self.assertEqual(ready.read(), "", "whoever waits sees the end, not a line")
            self.assertEqual(self.get()[0], 200)
            self.assertFalse(self.ready.exists())
        # The port is free again: the next re-apply makes it ready.
        server.process.send_signal(signal.SIGHUP)
        server.until("ready", self.ready.exists)

    def test_bad_input(self):
        self.replace("route.yaml", ROUTE.replace("[app.test]", "5"))
        done = gatehouse("run", self.input)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"route\.yaml:\d+:\d+: error GH\d+ HTTPRoute test/route spec\.hostnames: ")
        self.assertIn("nothing was started", done.stderr)

    def test_no_gateway(self):
        (self.input / "gateway.yaml").unlink()
        done = gatehouse("run", self.input)
        self.assertEqual(done.returncode, 1)
        self.assertIn("the input holds no Gateway to play", done.stderr)

    def test_unknown_setting(self):
        (self.input / "gatehouse.yaml").write_text("wrkers: 2\n")
        done = gatehouse("run", self.input)
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"gatehouse\.yaml:1:1: error GH3002 wrkers: unknown setting; .*did you mean 'workers'")


if __name__ == "__main__":
    unittest.main()
