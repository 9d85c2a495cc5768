"""`gatehouse check`: problems as text, JSON and SARIF, and its exit codes."""
import json
import os
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import GATEWAY, ROUTE, SERVICES, SAMPLE, gatehouse  # noqa: E402

CLASS = """apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: gatehouse}
spec: {controllerName: example.com/gateway}
---
"""
GOOD = CLASS + GATEWAY.replace("PORT", "8080") + SERVICES + "---\n" + ROUTE.replace("SERVICE", "old")
REFUSED = GOOD + "---\n" + ROUTE.replace("SERVICE", "old").replace("namespace: test", "namespace: other").replace(
    "{name: gw}", "{name: gw, namespace: test}")
BROKEN = GOOD.replace("[app.test]", "[App_test]")


class Check(unittest.TestCase):
    def check(self, text, *arguments):
        return gatehouse("check", "-", *arguments, stdin=text)

    def test_fine(self):
        done = self.check(GOOD)
        self.assertEqual((done.returncode, done.stdout), (0, "5 objects: no problems\n"), done.stderr)

    def test_every_sample_passes(self):
        for sample in sorted(SAMPLE.parent.iterdir()):
            with self.subTest(sample.name):
                done = gatehouse("check", sample)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_error_names_place_object_and_field(self):
        done = self.check(BROKEN)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"<stdin>:\d+:\d+: error GH1\d+ HTTPRoute test/route spec\.hostnames\[0\]: ")
        self.assertRegex(done.stdout, r"(?m)^\d objects?: 1 error")

    def test_warnings_fail_only_when_strict(self):
        for arguments, code in (([], 0), (["--strict"], 1), (["--strict", "--no-lint"], 0)):
            with self.subTest(arguments):
                done = self.check(REFUSED, *arguments)
                self.assertEqual(done.returncode, code, done.stdout)
                self.assertEqual("NotAllowedByListeners" in done.stdout, "--no-lint" not in arguments)

    def test_quiet_prints_errors_alone(self):
        self.assertEqual(self.check(REFUSED, "-q").stdout, "")
        self.assertEqual(len(self.check(BROKEN, "-q").stdout.splitlines()), 1)

    def test_namespace(self):
        self.assertNotIn("warning", self.check(REFUSED, "-n", "test").stdout.splitlines()[0])

    def test_json(self):
        done = self.check(BROKEN, "-o", "json")
        self.assertEqual(done.returncode, 1)
        problem = next(p for p in json.loads(done.stdout) if p["severity"] == "error")
        self.assertEqual((problem["file"], problem["kind"], problem["namespace"], problem["name"], problem["field"]),
                         ("<stdin>", "HTTPRoute", "test", "route", "spec.hostnames[0]"))
        self.assertGreater(problem["line"], 0)
        self.assertEqual(json.loads(self.check(GOOD, "-o", "json").stdout), [])

    def test_sarif(self):
        done = self.check(BROKEN, "-o", "sarif")
        self.assertEqual(done.returncode, 1)
        log = json.loads(done.stdout)
        self.assertEqual(log["version"], "2.1.0")
        run, = log["runs"]
        self.assertEqual(run["tool"]["driver"]["name"], "gatehouse")
        result = next(r for r in run["results"] if r["level"] == "error")
        self.assertIn(result["ruleId"], [rule["id"] for rule in run["tool"]["driver"]["rules"]])
        self.assertNotIn(result["ruleId"], result["message"]["text"])
        self.assertTrue(result["message"]["text"].startswith("HTTPRoute test/route"), result["message"])
        region = result["locations"][0]["physicalLocation"]["region"]
        self.assertGreater(region["startLine"], 0)
        self.assertGreater(region["startColumn"], 0)

    def test_sarif_uris_are_escaped(self):
        directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, directory)
        file = directory / "a b#c.yaml"
        file.write_text(BROKEN)
        log = json.loads(gatehouse("check", "-o", "sarif", file).stdout)
        uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        self.assertEqual(uri, f"file://{directory}/a%20b%23c.yaml")

    def test_skipped_kinds_are_told_when_verbose(self):
        text = GOOD + "---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: job}\n"
        self.assertEqual(self.check(text).returncode, 0)
        self.assertIn("1 object of kinds that are not read", self.check(text, "-v").stderr)

    def test_one_file_or_several_is_the_same(self):
        directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, directory)
        for i, document in enumerate(reversed(GOOD.split("---\n"))):
            (directory / f"{i}.yaml").write_text(document)
        done = gatehouse("check", directory)
        self.assertEqual((done.returncode, done.stdout), (0, "5 objects in 5 files: no problems\n"))


if __name__ == "__main__":
    unittest.main()
