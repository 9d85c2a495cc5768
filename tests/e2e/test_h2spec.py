"""h2spec, strict, against a plain and a TLS listener. Needs Go and the module; skipped (exit code 77) where they cannot be had."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import ROOT, RunCase, SERVICES  # noqa: E402

MODULE = "github.com/summerwind/h2spec/cmd/h2spec@v2.2.1+incompatible"
SKIPPED = 77
TOOLS = pathlib.Path(os.environ.get("GATEHOUSE_TOOLS") or ROOT / "build" / "tools")
#: What h2spec asks of a plain port and is not so: name -> why.
NO_PREFACE = {
    "http2/3.5 Sends invalid connection preface": "the port speaks HTTP/1.1 too, and refuses in it what is no preface",
}

GATEWAY = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: test}
spec:
  gatewayClassName: gatehouse
  listeners:
  - {name: plain, protocol: HTTP, port: PORT}
  - {name: tls, protocol: HTTPS, port: SECURE, tls: {certificateRefs: [{name: tls}]}}
"""

ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route, namespace: test}
spec:
  parentRefs: [{name: gw}]
  rules:
  - backendRefs: [{name: old, port: 80}]
"""


def h2spec():
    """The program, built once; None with a reason where that is not possible."""
    program = TOOLS / "h2spec"
    if program.exists():
        return program, ""
    TOOLS.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            ["go", "install", MODULE],
            env={**os.environ, "GOBIN": str(TOOLS), "GOFLAGS": "-mod=mod"},
            capture_output=True,
            text=True,
            timeout=300,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, str(error)
    return (program, "") if done.returncode == 0 else (None, done.stderr)


class H2Spec(RunCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.secure = self.port + 1 if self.port < 65535 else self.port - 1
        (self.input / "gateway.yaml").write_text(
            GATEWAY.replace("PORT", str(self.port)).replace("SECURE", str(self.secure)) + SERVICES
        )
        (self.input / "route.yaml").write_text(ROUTE)
        crt, key = self.input / "tls.crt", self.input / "tls.key"
        subprocess.run(
            [
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "1",
                "-subj",
                "/CN=h2spec",
                "-keyout",
                key,
                "-out",
                crt,
            ],
            check=True,
            capture_output=True,
        )

        def indented(path):
            return "".join(f"    {line}\n" for line in path.read_text().splitlines())

        (self.input / "secret.yaml").write_text(
            "apiVersion: v1\nkind: Secret\nmetadata: {name: tls, namespace: test}\ntype: kubernetes.io/tls\nstringData:\n"
            f"  tls.crt: |\n{indented(crt)}  tls.key: |\n{indented(key)}"
        )
        self.server = self.start("--workers", "1", "--events", "none")

    def judge(self, expected, *options):
        with tempfile.TemporaryDirectory() as directory:
            report = pathlib.Path(directory) / "report.xml"
            done = subprocess.run(
                [
                    PROGRAM,
                    "--strict",
                    "--host",
                    self.address,
                    "--timeout",
                    "5",
                    "--junit-report",
                    str(report),
                    *options,
                ],
                capture_output=True,
                text=True,
                timeout=600,
            )
            self.assertTrue(report.exists(), done.stdout + done.stderr)
            # h2spec puts the bytes that it got into its report, whether XML has a way to write them or not.
            text = re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd]", "?", report.read_text(errors="replace"))
            tests = xml.etree.ElementTree.fromstring(text).iter("testcase")
            failed, passed = {}, 0
            for test in tests:
                name = f"{test.get('package')} {test.get('classname')}"
                faults = [*test.iter("failure"), *test.iter("error")]
                if faults:
                    failed[name] = faults[0].text
                elif test.find("skipped") is None:
                    passed += 1
        print(f"{self.id()}: {passed} passed, {len(failed)} failed", file=sys.stderr)
        self.assertGreater(passed, 100, done.stdout)
        self.assertEqual({k: v for k, v in failed.items() if k not in expected}, {})
        self.assertEqual(sorted(k for k in expected if k not in failed), [], "pass now")
        self.assertIsNone(self.server.process.poll())

    def test_plain(self):
        self.judge(NO_PREFACE, "--port", str(self.port))

    def test_tls(self):
        self.judge({}, "--port", str(self.secure), "--tls", "--insecure")


if __name__ == "__main__":
    PROGRAM, reason = h2spec()
    if not PROGRAM:
        print(f"skipped: h2spec cannot be built: {reason}")
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
