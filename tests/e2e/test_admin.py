"""The admin endpoint over real sockets."""
import json
import os
import re
import socket
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import ROUTE, RunCase, curl, gatehouse  # noqa: E402


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

    def test_metrics_by_route_survive_reloads(self):
        def counted(number):
            line = f'gatehouse_route_requests_total{{route="HTTPRoute/test/route",rule="0",class="2xx"}} {number}\n'
            self.server.until(line, lambda: line in curl(self.admin + "/metrics")[1])

        for _ in range(3):
            self.get()
        counted(3)
        self.replace("route.yaml", ROUTE.replace("SERVICE", "new"))
        self.server.until("the other backend", lambda: '"service": "new"' in self.get()[1])
        done = re.search(r'route="HTTPRoute/test/route",rule="0",class="2xx"} (\d+)', curl(self.admin + "/metrics")[1])
        self.get()
        counted(int(done.group(1)) + 1)
        text = curl(self.admin + "/metrics")[1]
        self.assertRegex(text, r'duration_seconds_bucket{route="HTTPRoute/test/route",rule="0",le="\+Inf"} \d+\n')
        self.assertRegex(text, r'duration_seconds_sum{route="HTTPRoute/test/route",rule="0"} 0\.\d+\n')

    def events(self):
        """`curl` reading /events into a file."""
        target = self.input / ".events"
        with open(target, "wb") as out:
            reader = subprocess.Popen(["curl", "-sSN", "--noproxy", "*", self.admin + "/events"], stdout=out)
        self.addCleanup(reader.wait)
        self.addCleanup(reader.kill)
        self.server.until("the first event", lambda: "event: apply" in target.read_text())
        return reader, target

    def test_events(self):
        reader, target = self.events()

        def until(name, member, value):
            def found():
                blocks = re.findall(r"id: \d+\nevent: (\w+)\ndata: (.*)\n\n", target.read_text())
                return any(kind == name and json.loads(data).get(member) == value for kind, data in blocks)
            self.server.until(f"{name} {member} {value}", found)

        until("apply", "version", 1)
        curl(self.url + "/seen", "-H", "Host: app.test")
        until("access", "path", "/seen")
        self.replace("route.yaml", ROUTE.replace("SERVICE", "new"))
        until("apply", "version", 2)
        self.replace("route.yaml", "kind: [")
        until("rejected", "errors", 1)
        # A stream that is open keeps nobody from stopping, and ends as a whole.
        self.assertEqual(self.server.terminate(), 0)
        self.assertEqual(reader.wait(30), 0)

    def test_events_of_a_reader_that_left(self):
        reader, _ = self.events()
        reader.kill()
        reader.wait()
        self.assertEqual(self.get()[0], 200)
        _, target = self.events()
        self.get()
        self.server.until("an event", lambda: "event: access" in target.read_text())

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
                self.assertEqual(curl(self.admin + "/events", *arguments)[0], 403)


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
