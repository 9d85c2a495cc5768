"""`gatehouse run` where something around it is not as usual: pipes, readers that are gone or asleep, names, settings."""
import http.server
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import BIN, DEADLINE_SECONDS, GATEWAY, ROUTE, SERVICES, RunCase, Server, free_port, service_of  # noqa: E402


class Pipes(RunCase):
    def setUp(self):
        super().setUp()
        self.elsewhere = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.elsewhere)
        self.fifo = self.elsewhere / "manifests"
        os.mkfifo(self.fifo)

    def test_a_pipe_is_read_once_and_kept(self):
        extra = self.elsewhere / "route.yaml"
        extra.write_text(ROUTE.replace("SERVICE", "old"))
        text = GATEWAY.replace("PORT", str(self.port)) + SERVICES
        writer = threading.Thread(target=lambda: self.fifo.write_text(text))
        writer.start()
        server = Server(self, self.fifo, extra, "--address", f"test/gw={self.address}", "--ready-file", self.ready)
        server.until("ready", self.ready.exists)
        writer.join()
        self.assertEqual(service_of(self.get()[1]), "old")
        server.process.send_signal(signal.SIGHUP)
        server.until_err(r"re-applied in .*: nothing changed")
        (self.elsewhere / "route.new").write_text(ROUTE.replace("SERVICE", "new"))
        os.replace(self.elsewhere / "route.new", extra)
        server.until("the edit", lambda: service_of(self.get()[1]) == "new")
        self.assertEqual(server.terminate(), 0)

    def test_a_signal_ends_it_while_it_waits_for_input(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            for path in ("-", self.fifo):
                with self.subTest(number=number, path=path):
                    process = subprocess.Popen([BIN, "run", path], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
                    try:
                        # It has blocked its signals once it has the thread that takes them.
                        tasks = f"/proc/{process.pid}/task"
                        while len(os.listdir(tasks)) < 3:
                            self.assertIsNone(process.poll())
                        process.send_signal(number)
                        self.assertEqual(process.wait(DEADLINE_SECONDS), 0)
                    finally:
                        process.kill()
                        process.communicate()


class Streams(RunCase):
    def test_the_reader_of_the_log_is_gone(self):
        reader, writer = os.pipe()
        server = self.start(stdout=writer)
        os.close(writer)
        os.close(reader)
        self.assertEqual(self.get()[0], 200)
        self.assertEqual(server.terminate(), 0)

    def test_the_reader_of_the_log_sleeps(self):
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        settings = self.input / "gatehouse.yaml"
        settings.write_text("drainTimeout: 1s\n")
        server = self.start("--config", settings, stdout=writer)
        os.set_blocking(writer, False)
        try:
            while True:
                os.write(writer, b"." * 4096)
        except BlockingIOError:
            os.set_blocking(writer, True)  # it is the program's as well
            os.close(writer)
        self.assertEqual(self.get()[0], 200)
        self.assertEqual(server.terminate(), 0)
        self.assertFalse(self.ready.exists())

    def test_closed_streams_are_given_to_no_socket(self):
        process = subprocess.Popen(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", BIN, "run", self.input, "--address",
                                    f"test/gw={self.address}", "--ready-file", self.ready])
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        while not self.ready.exists():
            self.assertIsNone(process.poll())
        for descriptor in range(3):
            self.assertEqual(os.readlink(f"/proc/{process.pid}/fd/{descriptor}"), "/dev/null")
        self.assertEqual(self.get()[0], 200)


class Names(RunCase):
    def test_localhost_is_whichever_address_answers(self):
        class V6(http.server.HTTPServer):
            address_family = socket.AF_INET6

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"v6")

            def log_message(self, *_):
                pass

        try:
            backend = V6(("::1", 0), Answer)
        except OSError:
            self.skipTest("there is no IPv6 here")
        self.addCleanup(backend.server_close)
        self.addCleanup(backend.shutdown)
        threading.Thread(target=backend.serve_forever, daemon=True).start()
        addresses = {each[4][0] for each in socket.getaddrinfo("localhost", 80, type=socket.SOCK_STREAM)}
        if addresses != {"::1", "127.0.0.1"}:
            self.skipTest(f"localhost is {addresses} here")
        self.start("--backend", f"test/old:80=localhost:{backend.server_port}")
        for _ in range(3):
            self.assertEqual(self.get(), (200, "v6"))


class Settings(RunCase):
    def test_changed_settings_are_said_to_need_a_new_start(self):
        settings = self.input / "gatehouse.yaml"
        settings.write_text("unmapped: echo\n")
        server = self.start("--config", settings)
        settings.write_text("unmapped: error\n")
        server.process.send_signal(signal.SIGHUP)
        server.until_err(r"gatehouse: .*gatehouse\.yaml changed; run gatehouse again to apply it")
        server.until_err(r"re-applied")
        self.assertEqual(self.get()[0], 200)

    def test_not_ready_any_more(self):
        server = self.start()
        other = free_port(self.address)
        with socket.create_server((self.address, other)):
            self.replace("gateway.yaml", GATEWAY.replace("PORT", str(self.port)) +
                         f"  - {{name: second, protocol: HTTP, port: {other}}}\n" + SERVICES)
            server.until_err(r"could not start; not ready")
            server.until("no ready file", lambda: not self.ready.exists())
        server.process.send_signal(signal.SIGHUP)
        server.until("ready again", self.ready.exists)


class Leftovers(RunCase):
    def test_an_end_at_once_takes_the_kubeconfig_along(self):
        kubeconfig = self.input / "kubeconfig"
        server, _, _ = self.slow_request("--kube-api", "--kubeconfig", kubeconfig)
        self.assertTrue(kubeconfig.exists())
        server.process.send_signal(signal.SIGTERM)
        server.until("no ready file", lambda: not self.ready.exists())
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(server.process.wait(DEADLINE_SECONDS), 128 + signal.SIGTERM)
        self.assertFalse(kubeconfig.exists())


if __name__ == "__main__":
    unittest.main()
