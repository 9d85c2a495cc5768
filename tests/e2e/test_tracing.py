"""W3C Trace Context seen by a client and by the built-in echo, which says what it received."""
import json
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import RunCase, curl, gatehouse  # noqa: E402

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
TRACEPARENT = f"00-{TRACE}-{PARENT}-01"


class Tracing(RunCase):
    def received(self, *headers):
        arguments = [word for header in ("Host: app.test", *headers) for word in ("-H", header)]
        status, body = curl(self.url + "/", *arguments)
        self.assertEqual(status, 200, body)
        return {name.lower(): values for name, values in json.loads(body)["headers"].items()}

    def test_off_passes_on_untouched(self):
        server = self.start("--events", "json")
        self.assertNotIn("traceparent", self.received())
        self.assertEqual(self.received(f"traceparent: {TRACEPARENT}")["traceparent"], [TRACEPARENT])
        server.until_out(f'"trace_id":"{TRACE}"')
        self.assertEqual(self.received("traceparent: nonsense", "tracestate: a=1")["tracestate"], ["a=1"])

    def test_on_makes_and_continues(self):
        server = self.start("--tracing", "--events", "json")
        made, = self.received()["traceparent"]
        self.assertRegex(made, r"^00-[0-9a-f]{32}-[0-9a-f]{16}-01$")
        server.until_out(f'"trace_id":"{made[3:35]}"')
        self.assertNotEqual(self.received()["traceparent"], [made])
        headers = self.received(f"traceparent: {TRACEPARENT}", "tracestate: a=1")
        self.assertRegex(headers["traceparent"][0], f"^00-{TRACE}-[0-9a-f]{{16}}-01$")
        self.assertNotIn(PARENT, headers["traceparent"][0])
        self.assertEqual(headers["tracestate"], ["a=1"])
        headers = self.received("traceparent: nonsense", "tracestate: a=1")
        self.assertRegex(headers["traceparent"][0], r"^00-[0-9a-f]{32}-[0-9a-f]{16}-01$")
        self.assertNotIn("tracestate", headers)

    def test_events_with_their_explanation(self):
        server = self.start("--events", "json", "--explain")
        self.received("X-Team: a")
        server.until_out('(?m)"explanation":.*$')
        line = json.loads(server.out.read_text().splitlines()[-1])
        url = f"http://app.test:{self.url.rpartition(':')[2]}/"
        said = json.loads(gatehouse("explain", self.input, "-o", "json", "--", url).stdout)
        for member in ("served", "gateway", "listener", "route", "rule", "match", "backends"):
            self.assertEqual(line["explanation"][member], said[member])
        status, _ = curl(self.url + "/", "-H", "Host: other.test")
        self.assertEqual(status, 404)
        server.until_out('"served":false')
        refused = gatehouse("run", self.input, "--explain")
        self.assertEqual((refused.returncode, refused.stdout), (2, ""))
        self.assertIn("--events json", refused.stderr)

    def test_gatehouse_yaml(self):
        (self.input / "gatehouse.yaml").write_text("tracing: true\n")
        self.assertTrue(re.search(r"tracing +true", gatehouse("config", self.input).stdout))
        self.start()
        self.assertIn("traceparent", self.received())


if __name__ == "__main__":
    unittest.main()
