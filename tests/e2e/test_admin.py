"""The admin endpoint over real sockets."""
import json
import os
import socket
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import RunCase, curl, gatehouse  # noqa: E402


class Admin(RunCase):
    def setUp(self):
        super().setUp()
        self.server = self.start("--admin", f"{self.address}:0")
        self.admin = self.server.until_out(r"admin endpoint: (http://\S+)\n").group(1)

    def test_answers(self):
        self.assertEqual(curl(self.admin + "/livez"), (200, "ok\n"))
        self.assertEqual(curl(self.admin + "/readyz"), (200, "ok\n"))
        self.assertEqual(curl(self.admin + "/nothing")[0], 404)
        self.assertEqual(curl(self.admin + "/config", "-X", "POST")[0], 405)

    def test_metrics_count_requests(self):
        for _ in range(3):
            self.get()
        curl(self.url, "-H", "Host: other.test")
        self.server.until("the counters", lambda: all(
            line in curl(self.admin + "/metrics")[1]
            for line in ('gatehouse_requests_total{class="2xx"} 3\n', 'gatehouse_requests_total{class="4xx"} 1\n')))
        self.assertIn('gatehouse_listeners{programmed="true"} 1\n', curl(self.admin + "/metrics")[1])

    def test_config_shows_what_is_in_force(self):
        config = json.loads(curl(self.admin + "/config")[1])
        self.assertEqual(config["version"], 1)
        port, = config["tables"]["ports"]
        self.assertEqual((port["address"], port["port"]), (self.address, self.port))
        self.assertEqual({node["kind"] for node in config["topology"]["nodes"]}, {"Gateway", "HTTPRoute", "Service"})

    def test_explain_agrees_with_the_command(self):
        request = {"url": self.url + "/x", "headers": {"Host": "app.test"}}
        status, body = curl(self.admin + "/explain", "-d", json.dumps(request))
        self.assertEqual(status, 200, body)
        command = gatehouse("explain", self.input, "--address", f"test/gw={self.address}", "-o", "json", "--",
                            self.url + "/x", "-H", "Host: app.test")
        self.assertEqual(json.loads(body), json.loads(command.stdout))

    def test_no_web_page_can_drive_it(self):
        for name, arguments in (("foreign origin", ["-H", "Origin: http://evil.example"]),
                                ("a rebound name", ["-H", "Host: evil.example"]),
                                ("opaque origin", ["-H", "Origin: null"])):
            with self.subTest(name):
                self.assertEqual(curl(self.admin + "/config", *arguments)[0], 403)


class AdminStart(RunCase):
    def test_off_unless_asked_for(self):
        server = self.start()
        self.assertNotIn("admin", server.out.read_text() + server.err.read_text())

    def test_only_loopback(self):
        for address in ("0.0.0.0:9901", "example.com:80", "nonsense"):
            with self.subTest(address):
                done = gatehouse("run", "--admin", address, self.input)
                self.assertEqual(done.returncode, 2)
                self.assertIn("--admin: ", done.stderr)

    def test_port_in_use(self):
        with socket.create_server((self.address, 0)) as other:
            done = gatehouse("run", "--address", f"test/gw={self.address}", "--admin",
                             f"{self.address}:{other.getsockname()[1]}", self.input)
        self.assertEqual(done.returncode, 3)
        self.assertIn("cannot start the admin endpoint: ", done.stderr)


if __name__ == "__main__":
    unittest.main()
