"""`gatehouse config` and `gatehouse hosts`."""
import json
import os
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import GATEWAY, ROUTE, SAMPLE, SERVICES, RunCase, curl, gatehouse, needs_addresses, service_of  # noqa: E402


class Config(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.directory)
        (self.directory / "gateway.yaml").write_text(GATEWAY.replace("PORT", "80"))

    def settings(self, *arguments, **options):
        done = gatehouse("config", "-o", "json", *arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return {s["key"]: (s["value"], s["origin"]) for s in json.loads(done.stdout)["settings"]}

    def test_flags_win_over_the_file_and_the_file_over_defaults(self):
        file = self.directory / "gatehouse.yaml"
        file.write_text("unmapped: error\nlimits: {headTimeout: 5s}\nbackends: {a/b:80: '127.0.0.1:1'}\n")
        settings = self.settings(self.directory, "--backend", "a/b:80=127.0.0.1:2", "--unmapped", "echo")
        self.assertEqual(settings["unmapped"], ("echo", "--unmapped"))
        self.assertEqual(settings["limits.headTimeout"], ("5s", f"{file}:2:10"))
        self.assertEqual(settings["backends.a/b:80"], ("127.0.0.1:2", "--backend"))
        self.assertEqual(settings["drainTimeout"], ("10s", "default"))

    def test_found_in_the_working_directory(self):
        (self.directory / "gatehouse.yaml").write_text("workers: 3\n")
        elsewhere = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, elsewhere)
        settings = self.settings(pathlib.Path(elsewhere) / "x.yaml", cwd=self.directory)
        self.assertEqual(settings["workers"], (3, "gatehouse.yaml:1:1"))

    def test_named(self):
        file = self.directory / "other.yaml"
        file.write_text("workers: 4\n")
        self.assertEqual(self.settings("--config", file)["workers"], (4, f"{file}:1:1"))

    def test_every_problem_is_told_with_its_place(self):
        file = self.directory / "gatehouse.yaml"
        file.write_text("wrkers: 1\nlog: {format: xml}\n")
        done = gatehouse("config", self.directory)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stderr.splitlines()[0].split("; expected")[0],
                         f"{file}:1:1: error GH3002 wrkers: unknown setting")
        self.assertEqual(done.stderr.splitlines()[1],
                         f"{file}:2:15: error GH3004 log.format: 'xml' is no choice; expected one of text, json, none")

    def test_it_is_no_manifest(self):
        (self.directory / "gatehouse.yaml").write_text("workers: 1\n")
        self.assertEqual(gatehouse("check", self.directory).stdout.splitlines()[-1][:20], "1 object in 1 file: ")

    def test_bad_flags(self):
        for flag, value in (("--backend", "x"), ("--backend", "a/b:80=127.0.0.1"), ("--address", "a/b=name"),
                            ("--address", "a/b"), ("--port", "gw=80"), ("--port", "a/b/c=0")):
            with self.subTest(flag=flag, value=value):
                done = gatehouse("config", flag, value, self.directory)
                self.assertEqual(done.returncode, 2)
                self.assertIn(f"gatehouse: {flag}: '", done.stderr)

    def test_a_bad_port_is_told_as_it_was_written(self):
        for port in ("abc", "70000", "-1", "", "80x", "0"):
            with self.subTest(port):
                done = gatehouse("config", "--port", f"a/b/c={port}", self.directory)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stderr, f"gatehouse: --port: '{port}' is no port; expected 1 to 65535\n")

    def test_a_port_that_had_to_move_is_shown(self):
        done = gatehouse("status", self.directory, "--port", "test/gw/http=9321")
        self.assertIn("80 -> 9321", done.stdout)


class Hosts(RunCase):
    @needs_addresses
    def test_block(self):
        self.assertEqual(gatehouse("hosts", SAMPLE).stdout,
                         "# BEGIN gatehouse\n"
                         "# Gateway c/dedicated-gw: http on port 8080\n"
                         "127.0.0.2 c.example.com\n"
                         "# Gateway infra/shared-gw: http on port 8080\n"
                         "127.0.0.1 a.example.com b.example.com\n"
                         "# END gatehouse\n")

    def test_wildcards_are_noted(self):
        text = GATEWAY.replace("PORT", "8080") + SERVICES + "---\n" + ROUTE.replace("app.test", '"*.app.test"').replace(
            "SERVICE", "old")
        block = gatehouse("hosts", "-", stdin=text).stdout
        self.assertIn("# *.app.test: a hosts file has no wildcards", block)
        self.assertNotIn("\n127.0.0.1 ", block)
        lines = gatehouse("hosts", "--resolve", "-", stdin=text).stdout
        self.assertIn("curl --resolve www.app.test:8080:127.0.0.1 http://www.app.test:8080/\n", lines)

    def test_resolve_lines_work(self):
        self.start()
        done = gatehouse("hosts", "--resolve", self.input, "--address", f"test/gw={self.address}")
        command = done.stdout.split()
        self.assertEqual(command[:2], ["curl", "--resolve"])
        status, body = curl(command[3], *command[1:3])
        self.assertEqual((status, service_of(body)), (200, "old"))


if __name__ == "__main__":
    unittest.main()
