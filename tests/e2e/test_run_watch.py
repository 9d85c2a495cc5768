"""Edits while it runs: they take effect, broken ones do not, and both are said."""
import os
import signal
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import GATEWAY, ROUTE, SERVICES, RunCase, free_port, service_of, curl  # noqa: E402


class Watching(RunCase):
    def serves(self, service):
        return lambda: service_of(self.get()[1]) == service

    def test_an_edit_takes_effect_and_is_described(self):
        server = self.start()
        self.assertTrue(self.serves("old")())
        self.replace("route.yaml", ROUTE.replace("SERVICE", "new"))
        server.until("the edit", self.serves("new"))
        server.until_err(r"re-applied in \d+\.\d ms: 1 route changed \(HTTPRoute test/route\)\n")

    def test_a_broken_edit_keeps_serving_and_names_the_place(self):
        server = self.start()
        self.replace("route.yaml", ROUTE.replace("SERVICE", "new").replace("rules:", "rulez:\n  rules: ["))
        server.until_err(r"route\.yaml:\d+:\d+: error GH\d+.*\n(.*\n)*gatehouse: .*; still serving the last good "
                         r"configuration\n")
        self.assertTrue(self.serves("old")())
        self.replace("route.yaml", ROUTE.replace("SERVICE", "new"))
        server.until("the mended edit", self.serves("new"))

    def test_a_file_is_not_read_before_it_is_written(self):
        """As of `generate > route.yaml`: the shell empties the file before the program says anything."""
        server = self.start("--events", "none")
        with open(self.input / "route.yaml", "w") as file:
            emptied = time.monotonic()
            while time.monotonic() - emptied < 0.6:
                self.assertTrue(self.serves("old")())
            file.write(ROUTE.replace("SERVICE", "new"))
        server.until("the edit", self.serves("new"))
        self.assertNotIn("removed", server.err.read_text())
        # One that stays empty has no objects, after all.
        (self.input / "route.yaml").write_text("")
        server.until_err(r"1 route removed \(HTTPRoute test/route\)")
        self.assertEqual(self.get()[0], 404)

    def test_routes_and_listeners_come_and_go(self):
        server = self.start()
        port = free_port(self.address)
        self.replace("gateway.yaml", GATEWAY.replace("PORT", str(self.port)) +
                     f"  - {{name: second, protocol: HTTP, port: {port}}}\n" + SERVICES)
        server.until_err(r"1 listener added \(test/gw/second\)")
        second = f"http://{self.address}:{port}/"
        self.assertEqual(curl(second, "-H", "Host: app.test")[0], 200)
        server.until("the new URL", lambda: "GATEHOUSE_URL_GW_SECOND" in self.ready.read_text())
        (self.input / "route.yaml").unlink()
        server.until_err(r"1 route removed \(HTTPRoute test/route\)")
        server.until("no route", lambda: self.get()[0] == 404)
        self.replace("more.yaml", ROUTE.replace("SERVICE", "new"))
        server.until_err(r"1 route added \(HTTPRoute test/route\)")
        server.until("the route in another file", self.serves("new"))

    def test_sighup_applies_without_watching(self):
        server = self.start("--no-watch")
        self.replace("route.yaml", ROUTE.replace("SERVICE", "new"))
        self.assertTrue(self.serves("old")())
        server.process.send_signal(signal.SIGHUP)
        server.until("the edit", self.serves("new"))
        server.process.send_signal(signal.SIGHUP)
        server.until_err(r"re-applied in \d+\.\d ms: nothing changed\n")
        self.assertEqual(server.terminate(), 0)

    def test_no_watch_does_not_follow(self):
        server = self.start("--no-watch")
        self.replace("route.yaml", ROUTE.replace("SERVICE", "new"))
        for _ in range(50):
            self.assertTrue(self.serves("old")())
        self.assertNotIn("re-applied", server.err.read_text())


if __name__ == "__main__":
    unittest.main()
