"""`gatehouse check` and its codes: the list, what explains them, every example, and how users silence them."""
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import gatehouse  # noqa: E402

# What the examples refer to; one that defines such an object itself replaces it.
AROUND = """apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: example}
spec: {controllerName: example.com/gateway}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec:
  gatewayClassName: example
  listeners: [{name: http, protocol: HTTP, port: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Secret
metadata: {name: unused}
type: Opaque
"""
ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, annotations: {gatehouse.dev/lint-ignore: "IGNORED"}}
spec:
  parentRefs: [{name: gw}]
  rules: [{matches: [{path: {value: /cart}}]}]
"""
RANK = {"error": 0, "warning": 1, "info": 2}


def identity(document):
    """Kind and name of a document, as far as a search can tell."""
    kind = re.search(r"(?m)^kind: (\w+)", document)
    name = re.search(r"metadata: \{name: ([\w.-]+)(, namespace: [\w-]+)?", document)
    return (kind and kind.group(1), name and name.group(1), name and name.group(2))


def surrounded(example):
    own = {identity(document) for document in example.split("---\n")}
    around = [document for document in AROUND.split("---\n") if identity(document) not in own]
    return "---\n".join([*around, example])


def problems(text, *arguments, cwd=None):
    done = gatehouse("check", "-", "-o", "json", *arguments, stdin=text, cwd=cwd)
    return json.loads(done.stdout)


def codes_at_least(found, severity):
    return {p["code"] for p in found if RANK[p["severity"]] <= RANK[severity]}


class Codes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.codes = json.loads(gatehouse("check", "--list", "-o", "json").stdout)

    def test_wrong_examples_give_exactly_their_code(self):
        shown = [info for info in self.codes if info["example"] == "manifests"]
        self.assertGreater(len(shown), 90)
        for info in shown:
            with self.subTest(info["code"]):
                found = problems(surrounded(info["wrong"]))
                own = [p for p in found if p["code"] == info["code"]]
                self.assertTrue(own, found)
                # Infos stand beside it, as that no route uses the Gateway; nothing louder may.
                extra = codes_at_least(found, "warning") - {info["code"]}
                self.assertEqual(extra, set(), found)
                self.assertEqual({p["severity"] for p in own}, {info["severity"]}, own)
                self.assertTrue(all("line" in p for p in own), own)

    def test_right_examples_do_not(self):
        for info in self.codes:
            if info["example"] != "manifests":
                continue
            with self.subTest(info["code"]):
                found = problems(surrounded(info["right"]))
                self.assertNotIn(info["code"], {p["code"] for p in found}, found)

    def test_examples_of_settings(self):
        shown = [info for info in self.codes if info["example"] == "settings"]
        self.assertGreater(len(shown), 2)
        directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, directory)
        for info in shown:
            with self.subTest(info["code"]):
                (directory / "gatehouse.yaml").write_text(info["wrong"])
                done = gatehouse("check", "-", stdin=AROUND, cwd=directory)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(set(re.findall(r"GH\d{4}", done.stderr)), {info["code"]}, done.stderr)
                (directory / "gatehouse.yaml").write_text(info["right"])
                self.assertEqual(gatehouse("check", "-", stdin=AROUND, cwd=directory).returncode, 0)

    def test_list_is_a_table(self):
        done = gatehouse("check", "--list")
        lines = done.stdout.splitlines()
        self.assertEqual((done.returncode, len(lines)), (0, len(self.codes) + 1))
        self.assertRegex(lines[0], r"^CODE +SEVERITY +WHAT$")
        self.assertTrue(any(re.match(r"GH2117 +warning +a redirect that leads back to itself$", line) for line in lines))

    def test_explain_tells_meaning_example_and_silence(self):
        done = gatehouse("check", "--explain", "GH2117")
        self.assertEqual(done.returncode, 0)
        for part in ("GH2117 warning: ", "\nWrong\n", "\nRight\n", "\nTo silence it\n", "  kind: HTTPRoute",
                     'gatehouse.dev/lint-ignore: "GH2117"', "--severity GH2117=off"):
            self.assertIn(part, done.stdout)
        self.assertIn("nothing suppresses it", gatehouse("check", "--explain", "GH1203").stdout)
        info = json.loads(gatehouse("check", "--explain", "GH1203", "-o", "json").stdout)
        self.assertEqual((info["code"], info["severity"], info["suppressible"]), ("GH1203", "error", False))

    def test_explain_knows_the_nearest_code(self):
        done = gatehouse("check", "--explain", "GHH2101")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("'GHH2101' is no code of a problem; did you mean 'GH2101'?", done.stderr)
        self.assertEqual(gatehouse("check", "--list", "-o", "sarif").returncode, 2)

    def test_codes_are_explained_in_sarif(self):
        log = json.loads(gatehouse("check", "-", "-o", "sarif", stdin=surrounded(ROUTE)).stdout)
        rule = next(r for r in log["runs"][0]["tool"]["driver"]["rules"] if r["id"] == "GH2113")
        self.assertEqual(rule["shortDescription"]["text"], "a rule without backends")
        self.assertEqual(rule["defaultConfiguration"]["level"], "warning")


class Silence(unittest.TestCase):
    def check(self, *arguments, ignored="", settings=None):
        directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, directory)
        if settings is not None:
            (directory / "gatehouse.yaml").write_text(settings)
        text = surrounded(ROUTE.replace("IGNORED", ignored))
        return gatehouse("check", "-", *arguments, stdin=text, cwd=directory)

    def test_told_by_default(self):
        done = self.check("--strict")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"(?m)^<stdin>:\d+:\d+: warning GH2113 HTTPRoute default/shop ")
        self.assertNotIn("suppressed", done.stdout)

    def test_by_annotation(self):
        done = self.check("--strict", ignored="GH2113")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertNotIn("GH2113", done.stdout)
        self.assertIn("(1 suppressed)", done.stdout)

    def test_by_flag_and_by_settings(self):
        for how in (dict(arguments=["--severity", "GH2113=off"]),
                    dict(settings="lint: {severity: {GH2113: off}}\n"),
                    dict(settings='lint: {severity: {GH2113: "off"}}\n')):
            with self.subTest(how):
                done = self.check("--strict", *how.get("arguments", []), settings=how.get("settings"))
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertIn("(1 suppressed)", done.stdout)

    def test_severities_change(self):
        done = self.check("--severity", "GH2113=error")
        self.assertEqual(done.returncode, 1)
        self.assertIn(": error GH2113 ", done.stdout)
        done = self.check("--strict", settings="lint: {severity: {GH2113: info}}\n")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertNotIn("GH2113", done.stdout)

    def test_a_flag_goes_over_settings(self):
        done = self.check("--severity", "GH2113=error", settings="lint: {severity: {GH2113: off}}\n")
        self.assertEqual(done.returncode, 1)

    def test_wrong_codes_and_severities(self):
        done = self.check("--severity", "GH1203=off")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("GH1203 is an error of the input itself", done.stderr)
        done = self.check(settings="lint: {severity: {GHH2113: off}}\n")
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"gatehouse\.yaml:1:\d+: error GH3004 lint\.severity\.GHH2113: "
                                      r"'GHH2113' is no code of a problem; did you mean 'GH2113'\?")
        done = self.check(settings="lint: {sevrity: {}}\n")
        self.assertIn("did you mean 'severity'?", done.stderr)

    def test_settings_are_shown(self):
        directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, directory)
        (directory / "gatehouse.yaml").write_text("lint: {severity: {GH2113: error}}\n")
        shown = json.loads(gatehouse("config", "-o", "json", cwd=directory).stdout)["settings"]
        row = next(r for r in shown if r["key"] == "lint.severity.GH2113")
        self.assertEqual(row["value"], "error")
        self.assertRegex(row["origin"], r"gatehouse\.yaml:1:\d+$")


PLACED = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec:
  gatewayClassName: example
  listeners:
  - name: http
    protocol: HTTP
    port: 80
    hostname: "*.example.com"
  - name: unused  # GH2103
    protocol: HTTP
    port: 8080
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop}
spec:
  parentRefs:
  - name: gw
    sectionName: http
  hostnames:
  - shop.example.com
  - example.com  # GH2102
  rules:
  - matches: [{path: {value: /cart}}]  # GH2112
    retry:
      attempts: 3  # GH2115
      backoff: 2s
    timeouts: {request: 1s}
    filters:
    - type: RequestMirror
      requestMirror:
        backendRef: {name: web, port: 80}
    backendRefs:
    - {name: web, port: 80, weight: 0}
  - matches: [{path: {value: /home}}]
    filters:
    - type: RequestRedirect  # GH2117
      requestRedirect: {}
  - matches: [{path: {value: /copy}}]
    filters:
    - type: RequestMirror
      requestMirror:
        backendRef: {name: web, port: 80}  # GH2114
    backendRefs:
    - {name: web, port: 80}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
"""


class Places(unittest.TestCase):
    def test_each_finding_stands_on_its_line(self):
        expected = {(code, number) for number, line in enumerate(PLACED.splitlines(), 1)
                    for code in re.findall(r"# (GH\d{4})", line)}
        found = {(p["code"], p["line"]) for p in problems(PLACED) if p["severity"] == "warning"}
        self.assertEqual(found, expected)


class Serving(unittest.TestCase):
    def test_lint_is_not_part_of_other_commands(self):
        """What only lint() finds is told by `check` alone: serving does not pay for it."""
        for command in ("status", "get"):
            with self.subTest(command):
                kind = ["httproutes"] if command == "get" else []
                done = gatehouse(command, *kind, "-", stdin=surrounded(ROUTE))
                self.assertNotIn("GH2113", done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
