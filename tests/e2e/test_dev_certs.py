"""run --dev-certs and `gatehouse ca`, seen by the real curl and openssl."""
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import BIN, RunCase, SERVICES, curl, gatehouse  # noqa: E402

GATEWAY = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: test}
spec:
  gatewayClassName: gatehouse
  listeners:
  - {name: any, protocol: HTTPS, port: PORT, tls: {certificateRefs: [{name: missing}]}}
  - {name: wild, protocol: HTTPS, port: PORT, hostname: "*.wild.test", tls: {certificateRefs: [{name: broken}]}}
---
apiVersion: v1
kind: Secret
metadata: {name: broken, namespace: test}
type: kubernetes.io/tls
stringData: {tls.crt: none, tls.key: none}
"""

ROUTE = """---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route, namespace: test}
spec:
  parentRefs: [{name: gw}]
  rules:
  - backendRefs: [{name: SERVICE, port: 80}]
"""


class Case(RunCase):
    def setUp(self):
        super().setUp()
        self.home = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home)
        before = os.environ.get("XDG_DATA_HOME")
        os.environ["XDG_DATA_HOME"] = str(self.home)
        self.addCleanup(lambda: os.environ.pop("XDG_DATA_HOME") if before is None
                        else os.environ.update(XDG_DATA_HOME=before))
        (self.input / "gateway.yaml").write_text(GATEWAY.replace("PORT", str(self.port)) + SERVICES)
        (self.input / "route.yaml").write_text(ROUTE.replace("SERVICE", "old"))

    def ask(self, host, *arguments):
        return curl(f"https://{host}:{self.port}/", "--cacert", str(self.home / "gatehouse" / "ca.crt"), "--resolve",
                    f"{host}:{self.port}:{self.address}", *arguments)

    def shown(self, name):
        """The certificate that a client of that name is shown, in words."""
        shaken = subprocess.run(["openssl", "s_client", "-connect", f"{self.address}:{self.port}", "-servername", name],
                                input=b"", capture_output=True, timeout=30).stdout
        text = subprocess.run(["openssl", "x509", "-noout", "-text"], input=shaken, capture_output=True, timeout=30)
        return text.stdout.decode()

    def condition(self, listener, kind, *arguments):
        done = gatehouse("status", self.input, "-o", "json", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        gateway, = (item for item in json.loads(done.stdout)["items"] if item["kind"] == "Gateway")
        found, = (each for each in gateway["status"]["listeners"] if each["name"] == listener)
        return next(each for each in found["conditions"] if each["type"] == kind)

class DevCerts(Case):
    def test_serves_and_says_so(self):
        server = self.start("--dev-certs")
        out = server.out.read_text()
        self.assertEqual(out.count(f"https://{self.address}:{self.port} (development certificate)"), 2, out)
        self.assertIn(str(self.home / "gatehouse" / "ca.crt"), out)
        for host in ("localhost", "a.wild.test"):
            with self.subTest(host):
                status, body = self.ask(host)
                self.assertEqual(status, 200, body)
        self.assertEqual(curl(f"https://{self.address}:{self.port}/", "--cacert",
                              str(self.home / "gatehouse" / "ca.crt"))[0], 200)
        self.assertRegex(self.shown("localhost"), r"DNS:localhost, IP Address:" + re.escape(self.address))
        self.assertIn("DNS:*.wild.test", self.shown("a.wild.test"))
        self.assertEqual(self.ask("elsewhere.test")[0], 0)  # no name of the certificate
        self.assertEqual(server.terminate(), 0)
        self.assertNotIn("PRIVATE KEY", server.out.read_text() + server.err.read_text())

    def test_files_are_ours_alone(self):
        self.start("--dev-certs")
        directory = self.home / "gatehouse"
        self.assertEqual(stat.S_IMODE(directory.stat().st_mode), 0o700)
        names = sorted(each.name for each in directory.iterdir())
        self.assertEqual(names, ["ca.crt", "ca.pem"])
        for name in names:
            self.assertEqual(stat.S_IMODE((directory / name).stat().st_mode), 0o600)

    def test_a_reload_makes_none_anew(self):
        server = self.start("--dev-certs")
        before = self.shown("a.wild.test")
        self.replace("route.yaml", ROUTE.replace("SERVICE", "new"))
        server.until("the other backend", lambda: '"service": "new"' in self.ask("localhost")[1])
        self.assertEqual(self.shown("a.wild.test"), before)

    def test_a_renewed_ca_is_taken_with_the_next_apply(self):
        server = self.start("--dev-certs")
        old = gatehouse("ca", "export").stdout
        self.assertEqual(gatehouse("ca", "renew").returncode, 0)
        self.assertNotEqual(gatehouse("ca", "export").stdout, old)
        self.assertEqual(self.ask("localhost")[0], 0)
        os.kill(server.process.pid, 1)
        server.until("the new CA's certificate", lambda: self.ask("localhost")[0] == 200)

    def test_status_and_check(self):
        self.assertEqual(self.condition("any", "Programmed")["status"], "False")
        programmed = self.condition("any", "Programmed", "--dev-certs")
        self.assertEqual(programmed["status"], "True")
        self.assertIn("development certificate", programmed["message"])
        for flags in ([], ["--dev-certs"]):
            resolved = self.condition("wild", "ResolvedRefs", *flags)
            self.assertEqual((resolved["status"], resolved["reason"]), ("False", "InvalidCertificateRef"))
        self.assertIn("development certificate", gatehouse("status", "--dev-certs", self.input).stdout)
        self.assertIn("GH2024", gatehouse("check", "-v", "--dev-certs", self.input).stdout)
        self.assertNotIn("GH2024", gatehouse("check", "-v", self.input).stdout)
        self.assertFalse((self.home / "gatehouse").exists())  # nothing of it needs a CA

    def test_gatehouse_yaml(self):
        (self.input / "gatehouse.yaml").write_text("devCerts: true\n")
        self.assertRegex(gatehouse("config", self.input).stdout, r"devCerts +true +\S*gatehouse\.yaml:1:1")
        self.start()
        self.assertEqual(self.ask("localhost")[0], 200)
        (self.input / "gatehouse.yaml").write_text("devCerts: perhaps\n")
        refused = gatehouse("config", self.input)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("true or false", refused.stderr)

    def test_no_place_for_the_ca(self):
        (self.home / "gatehouse").write_text("a file is in the way")
        server = self.start("--dev-certs", wait=False)
        self.assertEqual(server.process.wait(30), 3)
        self.assertIn(str(self.home / "gatehouse"), server.err.read_text())


class Ca(Case):
    def test_print(self):
        none = gatehouse("ca")
        self.assertEqual(none.returncode, 1)
        self.assertIn("no local CA yet", none.stderr)
        pem = gatehouse("ca", "export").stdout
        facts = json.loads(gatehouse("ca", "print", "-o", "json").stdout)
        self.assertEqual(facts["certificate"], str(self.home / "gatehouse" / "ca.crt"))
        self.assertEqual(pathlib.Path(facts["certificate"]).read_text(), pem)
        digest = subprocess.run(["openssl", "x509", "-noout", "-fingerprint", "-sha256"], input=pem, text=True,
                                capture_output=True).stdout
        self.assertIn("=" + facts["sha256"], digest)
        text = gatehouse("ca").stdout
        self.assertIn("CN=Gatehouse local CA", text)
        self.assertNotIn("PRIVATE", text + pem)

    def test_export_to_a_file(self):
        target = self.input / "trusted.pem"
        self.assertEqual(gatehouse("ca", "export", target).returncode, 0)
        self.assertEqual(target.read_text(), gatehouse("ca", "export").stdout)
        self.assertEqual(gatehouse("ca", "export", self.input / "no" / "such").returncode, 1)

    def test_help_works_as_written(self):
        server = self.start("--dev-certs")
        text = gatehouse("ca", "--help").stdout
        lines = [line.strip() for line in text.splitlines() if line.strip().startswith("curl ")]
        self.assertEqual(len(lines), 2, text)
        self.replace("route.yaml", ROUTE.replace("parentRefs", "hostnames: [localhost, app.test]\n  parentRefs").replace("SERVICE", "old"))
        server.until("the host's name in the certificate", lambda: "DNS:app.test" in self.shown("app.test"))
        for line in lines:
            with self.subTest(line):
                host = re.search(r"https://([\w.]+):8443", line).group(1)
                line = line.replace("8443", str(self.port)).replace("127.0.0.1", self.address)
                line += f" -sS -m 20 --noproxy '*' --resolve {host}:{self.port}:{self.address}"
                path = f"{pathlib.Path(BIN).parent}:{os.environ['PATH']}"
                done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, env={**os.environ, "PATH": path})
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn('"service": "old"', done.stdout)

    def test_misuse(self):
        for arguments in (["show"], ["print", "file"], ["print", "--path"], ["export", "--path", "file"],
                          ["renew", "file"], ["export", "a", "b"]):
            with self.subTest(arguments):
                self.assertEqual(gatehouse("ca", *arguments).returncode, 2)

    def test_a_key_that_others_could_read_is_not_used(self):
        gatehouse("ca", "export")
        (self.home / "gatehouse" / "ca.pem").chmod(0o644)
        refused = gatehouse("ca", "export")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("gatehouse ca renew", refused.stderr)
        self.assertEqual(gatehouse("ca", "renew").returncode, 0)
        self.assertEqual(gatehouse("ca", "export").returncode, 0)


if __name__ == "__main__":
    unittest.main()
