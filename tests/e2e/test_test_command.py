"""`gatehouse test`: by the tables, over real sockets, and against a gateway elsewhere; its reports and its files."""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import BIN, DEADLINE_SECONDS, ROOT, SAMPLE, Server, gatehouse, needs_addresses, own_address  # noqa: E402
from stream_case import Acceptor, Certificates  # noqa: E402

DATA = pathlib.Path(__file__).resolve().parent / "test_command"
MANIFESTS, TESTS = DATA / "gateway.yaml", DATA / "tests"
HEADER = "apiVersion: gatehouse.dev/v1\nkind: GatewayTest\n"


class Case(unittest.TestCase):
    def setUp(self):
        self.work = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.work)
        self.address = own_address()

    def write(self, name, text):
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(path.name + "~")
        temporary.write_text(text)
        temporary.replace(path)
        return path

    def file(self, text, name="tests.yaml"):
        return self.write(name, HEADER + text)

    def run_tests(self, *arguments, manifests=MANIFESTS, expect=0, **options):
        done = gatehouse("test", "--address", f"shop/gw={self.address}", *arguments, "-f", manifests, **options)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done

    def results(self, *arguments, **options):
        """Verdicts by name, and the whole report."""
        report = json.loads(self.run_tests("-o", "json", *arguments, **options).stdout)
        return {test["name"]: test["verdict"] for test in report["tests"]}, report


class Everything(Case):
    """The same file holds for the tables and for sockets."""

    def test_by_the_tables(self):
        done = self.run_tests(TESTS)
        self.assertRegex(done.stdout, r"\n18 tests: 18 passed\n$")
        self.assertIn("ok    bodies and the backend's headers  (2 expectations not judged)\n", done.stdout)

    @needs_addresses
    def test_over_sockets(self):
        done = self.run_tests(TESTS, "--live")
        self.assertRegex(done.stdout, r"\n18 tests: 18 passed\n$")
        self.assertNotIn("not judged", done.stdout)

    @needs_addresses
    def test_output_does_not_depend_on_the_number_of_jobs(self):
        self.assertEqual(len({self.run_tests(TESTS, "-j", jobs, "-o", "json").stdout for jobs in (1, 2, 16)}), 1)
        live = [list(self.results(TESTS, "--live", "-j", jobs)[0].items()) for jobs in (1, 2, 16)]
        self.assertEqual(live[0], live[1])
        self.assertEqual(live[1], live[2])

    def test_live_sees_what_the_tables_do_not(self):
        verdicts, report = self.results(TESTS, "--filter", "bodies")
        self.assertEqual(verdicts, {"bodies and the backend's headers": "passed"})
        checks = {check["what"]: check for check in report["tests"][0]["checks"]}
        self.assertEqual(checks["response.body"]["verdict"], "not judged")
        self.assertIn("--live", checks["response.body"]["reason"])
        self.run_tests(TESTS, "--filter", "bodies", "--strict", expect=1)
        self.run_tests(TESTS, "--filter", "bodies", "--strict", "--live")

    def test_shares_are_counted(self):
        file = self.file("tests:\n- name: half\n  request: GET http://www.shop.test:18080/canary\n"
                          "  expect: {backends: {shop/api:80: 50%, shop/next:80: 50%}}\n")
        for mode, got in (((), r"got shop/api:80 \(90 %\), shop/next:80 \(10 %\)"), (("--live",), r"got shop/api:80 \((8[5-9]|9[0-5]) %\)")):
            with self.subTest(mode):
                self.assertRegex(self.run_tests(file, *mode, expect=1).stdout, got)

    def test_a_backend_of_ones_own(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        mapping = ("--backend", f"shop/web:80=127.0.0.1:{listener.getsockname()[1]}")
        file = self.file("tests:\n- name: pages\n  request: GET http://www.shop.test:18080/\n  expect: {status: 200}\n"
                          "- name: where\n  request: GET http://www.shop.test:18080/\n  expect: {backend: shop/web:80}\n"
                          "- name: error\n  request: GET http://www.shop.test:18080/\n  expect: {status: 503}\n")
        verdicts, report = self.results(file, *mapping, expect=1)
        self.assertEqual(verdicts, {"pages": "not judged", "where": "passed", "error": "failed"})
        self.assertIn("shop/web:80 is asked", report["tests"][2]["checks"][0]["got"])


class Failures(Case):
    WRONG = """tests:
- name: wrong route
  request: GET http://www.shop.test:18080/old
  expect:
    route: shop/other
    rule: api
    backend: shop/api:80
    redirect: https://www.shop.test/
    status: 302
- name: wrong request
  request: {url: "http://www.shop.test:18080/api/x", headers: {X-Secret: s}}
  expect:
    backendRequest:
      path: /api/x
      headers: {x-secret: s, x-team: {matches: "^b"}, x-none: {present: true}}
    response: {headers: {x-answer: {absent: true}}}
- name: wrong refusal
  tcp: ":15433"
  expect: {refused: false}
- name: right
  request: GET http://www.shop.test:18080/
  expect: {rule: 4}
"""

    @needs_addresses
    def test_text_says_what_was_expected_and_who_lost(self):
        file = self.file(self.WRONG)
        for mode in ((), ("--live",)):
            with self.subTest(mode):
                text = self.run_tests(file, *mode, expect=1).stdout
                for line in (
                        f"FAIL  wrong route  ({file}:4:3)\n",
                        f"route: expected shop/other, got HTTPRoute/shop/web  ({file}:7:12)\n",
                        "rule: expected api, got moved",
                        "backend: expected shop/api:80, got none",
                        "redirect.url: expected 'https://www.shop.test/', got 'https://new.shop.test/old'",
                        "status: expected 302, got 301",
                        "backendRequest.path: expected '/api/x', got '/v1/x'",
                        "backendRequest.headers.x-secret: expected 's', got absent",
                        "backendRequest.headers.x-team: expected a text that matches /^b/, got 'red'",
                        "backendRequest.headers.x-none: expected present, got absent",
                        "response.headers.x-answer: expected absent, got '42'",
                        "refused: expected no refusal, got refused: ",
                        "  ok    right\n",
                        "4 tests: 1 passed, 3 failed\n"):
                    self.assertIn(line, text)
                self.assertRegex(text, r"HTTPRoute/shop/web rules\[4\]\.matches\[0\]: lost to .*gateway\.yaml:\d+:\d+\)")

    def test_quiet_prints_failures_alone(self):
        text = self.run_tests(self.file(self.WRONG), "-q", expect=1).stdout
        self.assertNotIn("ok    right", text)
        self.assertIn("FAIL  wrong route", text)

    def test_json_explains(self):
        _, report = self.results(self.file(self.WRONG), expect=1)
        self.assertEqual(report["summary"], {"tests": 4, "passed": 1, "failed": 3, "notJudged": 0})
        wrong = report["tests"][0]
        self.assertEqual(wrong["explanation"]["route"], "HTTPRoute/shop/web")
        self.assertTrue(any(loser["location"] for loser in wrong["explanation"]["losers"]))
        self.assertNotIn("explanation", report["tests"][3])

    def test_junit(self):
        file, out = self.file(self.WRONG), self.work / "junit.xml"
        done = self.run_tests(file, TESTS, "-o", "junit", "-O", out, expect=1)
        self.assertEqual(done.stdout, "")
        root = xml.etree.ElementTree.parse(out).getroot()
        self.assertEqual((root.tag, root.get("tests"), root.get("failures")), ("testsuites", "22", "3"))
        suites = {suite.get("name"): suite for suite in root}
        self.assertEqual(set(suites), {str(file), str(TESTS / "shop.yaml")})
        case = suites[str(file)][0]
        self.assertEqual((case.get("name"), case.get("line")), ("wrong route", "4"))
        self.assertIn("status: expected 302, got 301", case.find("failure").text)
        self.assertIn("lost to", case.find("failure").text)
        self.assertTrue(all(float(each.get("time")) >= 0 for each in root.iter("testcase")))

    def test_tap(self):
        text = self.run_tests(self.file(self.WRONG), "-o", "tap", expect=1).stdout
        lines = text.splitlines()
        self.assertEqual(lines[:3], ["TAP version 14", "1..4", "not ok 1 - wrong route"])
        self.assertIn("ok 4 - right", lines)
        self.assertRegex(text, r"(?m)^  ---\n  message: .*\n(  .*\n)*  \.\.\.$")
        skipped = self.file("tests:\n- name: body\n  request: http://www.shop.test:18080/\n"
                             "  expect: {response: {body: x}}\n", "skipped.yaml")
        self.assertRegex(self.run_tests(skipped, "-o", "tap").stdout, r"(?m)^ok 1 - body # SKIP response\.body: not judged")


class Selecting(Case):
    def names(self, *arguments):
        return list(self.results(TESTS, *arguments)[0])

    def test_by_name(self):
        self.assertEqual(self.names("--filter", "a tenth"), ["a tenth goes to the canary", "a tenth by weight"])
        self.assertEqual(self.names("--filter", "^a (call|tenth)$"), ["a call"])

    def test_by_tag(self):
        self.assertEqual(self.names("--tag", "grpc"), ["a call", "a call without backend"])
        self.assertEqual(len(self.names("--tag", "grpc", "--tag", "canary")), 4)
        self.assertEqual(len(self.names("--tag", "shop")), 18, "tags of defaults count")
        self.assertEqual(self.names("--tag", "grpc", "--filter", "without"), ["a call without backend"])

    def test_none_left(self):
        self.assertIn("none of 18 tests", self.run_tests(TESTS, "--filter", "zzz", expect=2).stderr)

    def test_manifests_of_the_file(self):
        done = gatehouse("test", SAMPLE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("6 tests: 6 passed", done.stdout)

    def test_tests_beside_manifests(self):
        self.write("gateway.yaml", MANIFESTS.read_text())
        self.file((TESTS / "shop.yaml").read_text().split("kind: GatewayTest\n")[1].replace("[..]", "[.]"), "a.test.yaml")
        done = gatehouse("test", "--address", f"shop/gw={self.address}", self.work)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("18 tests: 18 passed", done.stdout)
        checked = gatehouse("check", self.work, "-v")
        self.assertIn("a.test.yaml:1:1: info GH1401: these are tests, which `gatehouse test` reads", checked.stderr + checked.stdout)
        self.assertEqual(gatehouse("status", self.work).stderr, "")

    @needs_addresses
    def test_standard_input(self):
        text = HEADER + "tests: [{name: a, tcp: ':15433', expect: {refused: true}}]\n"
        self.assertIn("1 test: 1 passed", self.run_tests("-", stdin=text).stdout)
        self.assertIn("either the tests or the manifests", self.run_tests("-", manifests="-", stdin=text, expect=2).stderr)
        done = self.run_tests(TESTS, manifests="-", stdin=MANIFESTS.read_text())
        self.assertIn("18 tests: 18 passed", done.stdout)
        self.run_tests(TESTS, "--live", manifests="-", stdin=MANIFESTS.read_text())

    @needs_addresses
    def test_several_sets_of_manifests(self):
        for name in ("one", "two"):
            self.write(f"{name}/gateway.yaml", MANIFESTS.read_text().replace("name: web, namespace", f"name: {name}, namespace"))
            self.file(f"manifests: [gateway.yaml]\ntests:\n- name: {name}\n  request: http://www.shop.test:18080/old\n"
                       f"  expect: {{route: HTTPRoute/shop/{name}}}\n", f"{name}/tests.yaml")
        for mode in ((), ("--live",)):
            done = gatehouse("test", "--address", f"shop/gw={self.address}", self.work, *mode)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn("2 tests: 2 passed", done.stdout)


class Mistakes(Case):
    def test_problems_have_a_place_and_a_remedy(self):
        for text, said in (
                ("tests:\n- name: a\n  request: http://a/\n  expect: {rout: x}\n",
                 "tests.yaml:6:12: error GH3101 tests[0].expect.rout: unknown key; expected one of status, grpcStatus, gateway, "
                 "listener, route, rule, backend, backends, refused, redirect, backendRequest, response; did you mean 'route'?"),
                ("tests:\n- name: a\n  requst: http://a/\n  expect: {status: 200}\n", "did you mean 'request'?"),
                ("tests:\n- name: a\n  request: http://a/\n  tcp: ':1'\n  expect: {status: 200}\n",
                 "tests.yaml:6:3: error GH3103 tests[0].tcp: a test asks once, and this one has request already"),
                ("tests:\n- name: a\n  expect: {status: 200}\n", "asks for nothing; expected one of request, grpc, tls, tcp and udp"),
                ("tests:\n- name: a\n  request: http://a/\n", "expects nothing"),
                ("tests:\n- request: http://a/\n  expect: {status: 200}\n", "tests[0].name: is missing"),
                ("tests:\n- {name: a, request: http://a/, expect: {status: 200}}\n- {name: a, request: http://a/, expect: {status: 1}}\n",
                 "'a' is the name of the test in line 4, too"),
                ("tests:\n- {name: a, request: /x, expect: {status: 200}}\n", "'/x' is no URL"),
                ("tests:\n- {name: a, request: http://a/, expect: {status: 9xx}}\n", "'9xx' is no status"),
                ("tests:\n- {name: a, request: http://a/, expect: {grpcStatus: FINE}}\n", "'FINE' is no gRPC status"),
                ("tests:\n- {name: a, request: http://a/, expect: {backend: b}}\n", "names no Service port"),
                ("tests:\n- {name: a, request: http://a/, expect: {backends: {a/b:80: 90%, a/c:80: 1}}}\n", "mixes weights and percentages"),
                ("tests:\n- {name: a, request: http://a/, expect: {backends: {a/b:80: 90%, a/c:80: 1%}}}\n", "91% together"),
                ("tests:\n- {name: a, request: http://a/, expect: {response: {body: {matches: '('}}}}\n", "is no regular expression"),
                ("tests:\n- {name: a, request: http://a/, expect: {response: {headers: {x: {absent: true, contains: y}}}}}\n",
                 "wants the header to be there and not to be there"),
                ("tests: 1\n", "tests: is an integer; expected a list"),
                ("defaults: {timeout: fast}\ntests: []\n", "is no duration; expected one above zero"),
        ):
            with self.subTest(said):
                done = self.run_tests(self.file(text), expect=2)
                self.assertIn(said, done.stderr)
                self.assertEqual(done.stdout, "")

    def test_files(self):
        self.assertIn("no test FILE given", gatehouse("test").stderr)
        self.assertIn("names no manifests", gatehouse("test", self.file("tests: [{name: a, tcp: ':1', expect: {refused: true}}]")).stderr)
        headless = self.write("headless.yaml", "tests: []\n")
        done = self.run_tests(headless, expect=2)
        self.assertIn("GH3105: the tests have no header; write apiVersion: gatehouse.dev/v1 and kind: GatewayTest", done.stderr)
        self.assertIn("cannot read", self.run_tests(self.work / "none.yaml", expect=2).stderr)
        self.assertIn("holds no GatewayTest", self.run_tests(MANIFESTS, expect=2).stderr)
        self.assertIn("cannot read", self.run_tests(TESTS, manifests=self.work / "none", expect=2).stderr)

    def test_usage(self):
        for arguments, said in ((("--live", "--target", "http://a"), "exclude each other"), (("--insecure",), "for --target"),
                                (("--target", "ftp://a"), "no address of a gateway"), (("-j", "0"), "expected 1 to 1024"),
                                (("--min-coverage", "101"), "no percentage"), (("--init",), "runs nothing"),
                                (("-o", "xml"), "expected text, json, junit, tap")):
            with self.subTest(arguments):
                self.assertIn(said, self.run_tests(TESTS, *arguments, expect=2).stderr)

    def test_manifests_that_cannot_be_read_hinder_their_own_tests_alone(self):
        text = "manifests: [%s]\ntests: [{name: %s, request: 'http://a:18080/', expect: {status: 404}}]\n"
        files = [self.file(text % (manifest, name), f"{name}.yaml")
                 for name, manifest in (("first", MANIFESTS), ("second", "gone.yaml"), ("third", MANIFESTS))]
        for order in (files, files[::-1]):
            for mode in ((), ("--live",)):
                done = gatehouse("test", "--address", f"shop/gw={self.address}", *mode, "-o", "junit", *order)
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                self.assertIn("gone.yaml: error GH1001", done.stderr)
                self.assertIn("1 test of 3 was not run", done.stderr)
                cases = xml.etree.ElementTree.fromstring(done.stdout).iter("testcase")
                self.assertEqual(sorted(case.get("name") for case in cases), ["first", "third"])
        alone = gatehouse("test", files[1])
        self.assertEqual((alone.returncode, alone.stdout), (2, ""))

    def test_manifests_with_errors(self):
        broken = self.write("gw/broken.yaml", MANIFESTS.read_text().replace("port: 18080", "port: 0"))
        self.assertIn("nothing was started", self.run_tests(TESTS, "--live", manifests=broken, expect=1).stderr)

    @needs_addresses
    def test_a_port_in_use(self):
        """Beside an engine that serves the same, the tests' own moves aside; where a port is wished for, it is told."""
        with socket.create_server((self.address, 15432)):
            self.assertRegex(self.run_tests(TESTS, "--live").stdout, r"\n18 tests: 18 passed\n$")
            done = self.run_tests(TESTS, "--live", "--port", "shop/gw/tcp=15432", expect=3)
        self.assertRegex(done.stderr, r"cannot start: listener tcp .*15432 is in use")


class CoverageAndInit(Case):
    @needs_addresses
    def test_coverage(self):
        done = self.run_tests(TESTS, "--filter", "canary", "--coverage")
        self.assertRegex(done.stdout, r"Not reached by any test:\n(  .*\n)+coverage: 1 of 10 matches reached, 10\.0 %\n")
        self.assertRegex(done.stdout, r"  HTTPRoute/shop/web rules\[0\] \(rewrite\)  \(.*gateway\.yaml:\d+:\d+\)\n")
        self.assertRegex(done.stdout, r"  TCPRoute/shop/db rules\[0\]  \(.*gateway\.yaml:\d+:\d+\)\n")
        for mode in ((), ("--live",)):
            _, report = self.results(TESTS, "--coverage", *mode)
            self.assertEqual((report["coverage"]["matches"], report["coverage"]["reached"], report["coverage"]["notReached"]),
                             (10, 10, []))

    def test_minimum(self):
        self.run_tests(TESTS, "--min-coverage", "100")
        done = self.run_tests(TESTS, "--filter", "canary", "--min-coverage", "11", expect=1)
        self.assertIn("the coverage is below 11 %", done.stderr)
        self.run_tests(TESTS, "--filter", "canary", "--min-coverage", "10")

    def test_matches_and_what_cannot_be_reached(self):
        done = gatehouse("test", self.file("tests:\n- {name: a, grpc: {host: calls.example.com, call: a.B/c}, expect: {refused: false}}\n"),
                         "-f", ROOT / "samples" / "grpc", "--coverage")
        self.assertRegex(done.stdout, r"rules\[1\] \(everybody\)\.matches\[1\]  \(.*gateway\.yaml:\d+:\d+\)\n")
        done = gatehouse("test", SAMPLE, "--coverage")
        self.assertIn("Not counted, since no request can reach it:\n  HTTPRoute/a/team-a-wants-dedicated: is attached to no listener",
                      done.stdout)
        self.assertIn("100.0 %", done.stdout)

    @needs_addresses
    def test_init_passes_as_written(self):
        sets = [sample for sample in (ROOT / "samples").iterdir() if sample.is_dir()] + [MANIFESTS]
        for number, manifests in enumerate(sets):
            with self.subTest(manifests):
                file = self.work / f"{number}.yaml"
                done = gatehouse("test", "--init", "-f", manifests, "-O", file)
                self.assertEqual(done.returncode, 0, done.stderr)
                done = gatehouse("test", file, "--min-coverage", "60")
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.run_tests(file, "--live", "--strict")
        again = gatehouse("test", "--init", "-f", MANIFESTS, "-O", file)
        self.assertEqual(again.returncode, 2)
        self.assertIn("exists, and is not overwritten", again.stderr)

    @needs_addresses
    def test_init_finds_requests_for_expressions_and_names_what_has_none(self):
        manifests = self.write("gw.yaml", re.sub(
            r"(?ms)^  - name: rewrite.*?^---", r"""  - matches:
    - path: {type: RegularExpression, value: "/(users|groups)/[0-9]+/(?:edit|view)?"}
      method: PUT
      headers: [{name: X-Id, type: RegularExpression, value: "[a-f]{4}-[[:digit:]]+"}, {name: X-Kind, value: a b}]
      queryParams: [{name: q, value: "1&2"}]
    backendRefs: [{name: api, port: 80}]
  - matches: [{path: {type: Exact, value: /}}]
    backendRefs: [{name: web, port: 80}]
  - matches: [{path: {value: /}}]
    backendRefs: [{name: next, port: 80}]
  - matches: [{path: {type: Exact, value: /}}]
    backendRefs: [{name: api, port: 80}]
---""", MANIFESTS.read_text(), count=1))
        file = self.work / "tests.yaml"
        self.assertEqual(gatehouse("test", "--init", "-f", manifests, "-O", file).returncode, 0)
        text = file.read_text()
        self.assertIn("url: http://www.shop.test:18080/users/1/?q=1%262", text)
        self.assertIn("request: GET http://www.shop.test:18080/gatehouse", text, "a prefix that an exact path leaves")
        self.assertRegex(text, r"# HTTPRoute/shop/web rules\[3\] has no test: what it asks for is taken by HTTPRoute/shop/web rules\[1\]")
        self.run_tests(file, manifests=manifests)
        self.run_tests(file, "--live", manifests=manifests)


class Elsewhere(Case):
    """`gatehouse run` plays the other gateway: it gives no events away, only answers."""

    def setUp(self):
        super().setUp()
        self.ready = self.work / "ready"
        self.server = Server(self, MANIFESTS, "--address", f"shop/gw={self.address}", "--ready-file", self.ready)
        self.server.until("ready", self.ready.exists)

    def test_what_answers_say_is_judged(self):
        done = gatehouse("test", TESTS, "--target", f"http://{self.address}", "-o", "json", "-k")
        report = json.loads(done.stdout)
        verdicts = {test["name"]: test["verdict"] for test in report["tests"]}
        self.assertEqual({name: verdict for name, verdict in verdicts.items() if verdict != "passed"},
                         {"nothing listens": "failed",  # there is no connection to judge
                          "passthrough": "failed",      # the echo has no certificate
                          "idle": "not judged"})        # another gateway's words are its own
        checks = {check["what"]: check["verdict"] for check in report["tests"][0]["checks"]}
        self.assertEqual({what for what, verdict in checks.items() if verdict == "not judged"}, {"gateway", "listener", "route", "rule"})
        self.assertEqual(checks["backendRequest.headers.x-more"], "passed")
        gone = {check["what"]: check for check in report["tests"][6]["checks"]}
        self.assertEqual((gone["status"]["verdict"], gone["refused"]["verdict"]), ("passed", "not judged"))

    def test_the_port_may_be_anothers(self):
        file = self.file("tests:\n- name: pages\n  request: GET http://www.shop.test/\n  expect: {status: 200, backend: shop/web:80}\n"
                          "- name: wrong\n  request: GET http://www.shop.test/\n  expect: {backend: shop/api:80}\n")
        done = gatehouse("test", file, "--target", f"{self.address}:18080", "-o", "json")
        self.assertEqual(done.returncode, 1, done.stderr)
        report = json.loads(done.stdout)
        self.assertEqual([test["verdict"] for test in report["tests"]], ["passed", "failed"])
        self.assertEqual(report["tests"][1]["checks"][0]["got"], "shop/web")

    def test_nobody_there(self):
        done = gatehouse("test", TESTS, "--filter", "HTTP/2", "--target", f"{own_address()}:1")
        self.assertEqual(done.returncode, 1)
        self.assertIn("FAIL  over HTTP/2", done.stdout)
        self.assertIn("onnect", done.stdout)


SECURE = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: test}
spec:
  gatewayClassName: gatehouse
  listeners:
  - {name: app, protocol: HTTPS, port: 18443, hostname: app.test, tls: {certificateRefs: [{name: app}]}}
  - {name: ended, protocol: TLS, port: 18443, hostname: db.test, tls: {mode: Terminate, certificateRefs: [{name: db}]}}
  - {name: through, protocol: TLS, port: 18443, hostname: own.test, tls: {mode: Passthrough}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: app, namespace: test}
spec: {parentRefs: [{name: gw, sectionName: app}], rules: [{backendRefs: [{name: web, port: 80}]}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: db, namespace: test}
spec: {parentRefs: [{name: gw, sectionName: ended}], rules: [{backendRefs: [{name: db, port: 80}]}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {name: own, namespace: test}
spec: {parentRefs: [{name: gw, sectionName: through}], hostnames: [own.test], rules: [{backendRefs: [{name: own, port: 80}]}]}
---
{apiVersion: v1, kind: Service, metadata: {name: own, namespace: test}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: test}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: test}, spec: {ports: [{port: 80}]}}
"""
SECURE_TESTS = """tests:
- name: https
  request: GET https://app.test:18443/x
  expect: {status: 200, backend: test/web:80, backendRequest: {headers: {x-forwarded-proto: https}}}
- name: h2 by ALPN
  request: {url: "https://app.test:18443/", protocol: h2}
  expect: {status: 200, backend: test/web:80}
- name: misdirected
  request: {url: "https://app.test:18443/", headers: {Host: db.test}}
  expect: {refused: true}
- name: nobody has the name
  request: GET https://other.test:18443/
  expect: {refused: true}
- name: TLS ends here
  tls: db.test:18443
  expect: {route: TCPRoute/test/db, backend: test/db:80, listener: ended}
- name: a server's own TLS
  tls: {to: "own.test:18443", send: "hello\n"}
  expect: {listener: through, backend: test/own:80, refused: false, response: {body: "you said hello\n"}}
"""


class Secure(Case):
    def setUp(self):
        super().setUp()
        self.certificates = Certificates(self.work)
        self.manifests = self.write("manifests/all.yaml", SECURE + self.certificates.secret("app", "app.test")
                                    + self.certificates.secret("db", "db.test"))
        self.secure = self.file(SECURE_TESTS)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.certificates.issue("own.test"))

        def answer(connection):
            with contextlib.suppress(OSError), context.wrap_socket(connection, server_side=True) as tls:
                tls.sendall(b"you said " + tls.recv(100))
        self.own = Acceptor(self, answer)

    def gatehouse(self, *arguments):
        return gatehouse("test", self.secure, "-f", self.manifests, "--address", f"test/gw={self.address}",
                         "--backend", f"test/own:80=127.0.0.1:{self.own.port}", *arguments)

    @needs_addresses
    def test_model_and_live(self):
        for mode in ((), ("--live",)):
            done = self.gatehouse(*mode)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn("6 tests: 6 passed", done.stdout)

    def test_certificates_of_a_target_are_checked(self):
        ready = self.work / "ready"
        server = Server(self, self.manifests, "--address", f"test/gw={self.address}", "--ready-file", ready)
        server.until("ready", ready.exists)
        target = ("--target", f"https://{self.address}", "--filter", "https")
        self.assertEqual(self.gatehouse(*target).returncode, 1)
        for trust in (("-k",), ("--cacert", self.certificates.ca)):
            done = self.gatehouse(*target, *trust)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Watching(Case):
    def start(self, *arguments):
        self.out, self.err = self.work / "out", self.work / "err"
        with open(self.out, "wb") as out, open(self.err, "wb") as err:
            process = subprocess.Popen([BIN, "test", "--watch", *map(str, arguments)], stdout=out, stderr=err)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def until(self, condition):
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not condition():
            self.assertLess(time.monotonic(), deadline, self.out.read_text() + self.err.read_text())
            time.sleep(0.005)

    def runs(self):
        return self.err.read_text().count("watching for changes")

    def test_manifests_and_tests_are_followed(self):
        manifests = self.write("input/gw.yaml", MANIFESTS.read_text())
        file = self.file("manifests: [input]\ntests:\n- name: pages\n  request: http://www.shop.test:18080/\n  expect: {backend: shop/web:80}\n")
        process = self.start(file, "--address", f"shop/gw={self.address}")
        self.until(lambda: self.runs() == 1)
        self.assertIn("1 test: 1 passed", self.out.read_text())
        self.write("input/gw.yaml", manifests.read_text().replace("- backendRefs: [{name: web,", "- backendRefs: [{name: next,"))
        self.until(lambda: self.runs() == 2)
        self.assertIn("backend: expected shop/web:80, got shop/next:80", self.out.read_text())
        self.file("manifests: [input]\ntests: [", "tests.yaml")
        self.until(lambda: self.runs() == 3)
        self.assertIn("GH1004", self.err.read_text())
        self.file("manifests: [input]\ntests:\n- name: pages\n  request: http://www.shop.test:18080/\n  expect: {backend: shop/next:80}\n")
        self.until(lambda: self.runs() == 4)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(DEADLINE_SECONDS), 0, "the last run counts")

    def test_live(self):
        manifests = self.write("input/gw.yaml", MANIFESTS.read_text())
        process = self.start(TESTS, "--live", "-f", manifests, "--address", f"shop/gw={self.address}", "--filter", "HTTP/2")
        self.until(lambda: self.runs() == 1)
        self.write("input/gw.yaml", manifests.read_text().replace("[{name: web, port: 80}]", "[{name: next, port: 80}]"))
        self.until(lambda: self.runs() == 2)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(DEADLINE_SECONDS), 1)
        self.assertRegex(self.out.read_text(), r"(?s)1 test: 1 passed\n.*1 test: 0 passed, 1 failed\n")


class Document(unittest.TestCase):
    """Every example of the document passes as it stands, by the tables and live."""

    @needs_addresses
    def test_examples(self):
        text = (ROOT / "app" / "cli" / "TEST_FILES.md").read_text()
        examples = [block for block in re.findall(r"^```yaml\n(.*?)^```", text, re.S | re.M) if "kind: GatewayTest" in block]
        self.assertGreaterEqual(len(examples), 3)
        work = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, work)
        (work / "samples").symlink_to(ROOT / "samples")
        (work / "manifests").symlink_to(MANIFESTS.parent)
        for number, example in enumerate(examples):
            file = work / f"{number}.yaml"
            file.write_text(example)
            for mode in ((), ("--live", "--strict")):
                with self.subTest(example=example, mode=mode):
                    addresses = [f"--address={name}={own_address()}" for name in ("shop/gw", "default/rpc-gw", "infra/edge")]
                    done = gatehouse("test", file, *mode, *addresses)
                    self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_every_key_is_described(self):
        text = (ROOT / "app" / "cli" / "TEST_FILES.md").read_text()
        for key in ("status", "grpcStatus", "gateway", "listener", "route", "rule", "backend", "backends", "refused", "redirect",
                    "backendRequest", "response", "manifests", "defaults", "tags", "timeout", "request", "grpc", "tls", "tcp", "udp"):
            self.assertIn(f"`{key}`", text)


if __name__ == "__main__":
    unittest.main()
