"""`--from-cluster`: one gatehouse is the cluster (run --kube-api), the others read it through the real kubectl; and what
they say when kubectl fails, hangs or is missing, by programs of that name."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import unittest.mock

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import private_network  # noqa: E402
from gatehouse_program import BIN, DEADLINE_SECONDS, SAMPLE, Server, curl, gatehouse, needs_addresses  # noqa: E402

KUBECTL = shutil.which("kubectl")

SECRETS = """---
apiVersion: v1
kind: Secret
metadata: {{name: {name}, namespace: infra}}
type: kubernetes.io/tls
data: {{tls.crt: {certificate}, tls.key: {key}}}
"""
TLS_GATEWAY = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: tls-gw, namespace: infra}
spec:
  gatewayClassName: gatehouse
  listeners:
  - name: https
    protocol: HTTPS
    port: 443
    hostname: shop.test
    tls: {certificateRefs: [{name: wanted}]}
"""


MORE = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: late, namespace: a}
spec:
  parentRefs: [{name: shared-gw, namespace: infra}]
  hostnames: [late.example.com]
  rules: [{backendRefs: [{name: team-a-api, port: 80}]}]
"""


def secret(name):
    """A Secret of a certificate made now, as kubectl would upload it."""
    import base64
    with tempfile.TemporaryDirectory() as directory:
        key, certificate = pathlib.Path(directory, "key"), pathlib.Path(directory, "crt")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-subj", "/CN=shop.test", "-addext", "subjectAltName=DNS:shop.test", "-keyout", key,
                        "-out", certificate], check=True, capture_output=True)
        return SECRETS.format(name=name, certificate=base64.b64encode(certificate.read_bytes()).decode(),
                              key=base64.b64encode(key.read_bytes()).decode())


class Cleanup:
    """What Server wants of a test, for a whole class."""

    def __init__(self, cls):
        self.addCleanup = cls.addClassCleanup

    def fail(self, message):
        raise AssertionError(message)


@unittest.skipUnless(KUBECTL, "kubectl is not installed")
class FromCluster(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.home)
        cls.manifests = cls.home / "manifests"
        shutil.copytree(SAMPLE, cls.manifests)
        (cls.manifests / "tls.yaml").write_text(TLS_GATEWAY + secret("wanted") + secret("unrelated"))
        cls.kubeconfig, ready = cls.home / "kubeconfig", cls.home / "ready"
        server = Server(Cleanup(cls), cls.manifests, "--kube-api", "--kubeconfig", cls.kubeconfig, "--ready-file", ready)
        server.until("ready", lambda: ready.exists() or server.process.poll() is not None)
        if not ready.exists():
            raise AssertionError(server.err.read_text())

    def run_command(self, *arguments, status=0):
        done = gatehouse(*arguments, "--from-cluster", env={"KUBECONFIG": str(self.kubeconfig), "HOME": str(self.home)})
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def test_it_reads_what_the_files_say(self):
        there = json.loads(self.run_command("get", "gateways,httproutes,grpcroutes,services,referencegrants", "-o", "json").stdout)
        here = json.loads(gatehouse("get", "gateways,httproutes,grpcroutes,services,referencegrants", self.manifests, "-o",
                                    "json").stdout)

        def specs(found):
            return [(item["kind"], item["metadata"].get("namespace"), item["metadata"]["name"], item.get("spec"))
                    for item in found["items"]]
        wanted = [spec for spec in specs(here) if spec[0] != "Service"]
        self.assertTrue(wanted)
        self.assertEqual([spec for spec in specs(there) if spec[0] != "Service"], wanted)
        self.assertEqual([spec[:3] for spec in specs(there)], [spec[:3] for spec in specs(here)])

    def test_every_command_reads_it(self):
        self.assertIn("shared-gw", self.run_command("status").stdout)
        self.assertIn("shared-gw", self.run_command("graph").stdout)
        self.assertRegex(self.run_command("check").stdout, r"\d+ objects: ")
        self.assertIn("a.example.com", self.run_command("hosts").stdout)

    def test_explains_as_the_cluster_routes(self):
        done = gatehouse("explain", "--from-cluster", "-o", "json", "--", "GET", "http://a.example.com:8080/api/items",
                         env={"KUBECONFIG": str(self.kubeconfig), "HOME": str(self.home)})
        self.assertEqual(json.loads(done.stdout)["route"], "HTTPRoute/a/team-a", done.stderr)

    def test_only_wanted_secrets_are_fetched(self):
        found = json.loads(self.run_command("get", "secrets", "-o", "json").stdout)
        self.assertEqual([item["metadata"]["name"] for item in found["items"]], ["wanted"])
        status = self.run_command("status", "-o", "wide").stdout
        self.assertNotIn("InvalidCertificateRef", status)

    def test_files_and_a_cluster_together(self):
        with tempfile.TemporaryDirectory() as directory:
            pathlib.Path(directory, "more.yaml").write_text(
                "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: more}\nspec: {}\n")
            done = self.run_command("get", "httproutes", directory)
        self.assertIn("more", done.stdout)
        self.assertIn("team-a", done.stdout)

    def test_files_take_the_place_of_the_clusters_own(self):
        """A set that is checked against the cluster that it is meant for says each object anew."""
        with tempfile.TemporaryDirectory() as directory:
            pathlib.Path(directory, "team-a.yaml").write_text(
                (self.manifests / "team-a.yaml").read_text().replace("a.example.com", "moved.example.com"))
            done = self.run_command("get", "httproutes", directory, "-o", "json")
            hosts = {item["metadata"]["name"]: item["spec"].get("hostnames") for item in json.loads(done.stdout)["items"]}
            self.assertEqual(hosts["team-a"], ["moved.example.com"])
            self.assertIn("team-b", hosts)
            self.assertNotIn("defined twice", done.stderr)

    def test_diff_tells_what_applying_would_change(self):
        with tempfile.TemporaryDirectory() as directory:
            shutil.copy(self.manifests / "team-a.yaml", directory)
            self.assertEqual(self.run_command("diff", directory).stdout, "no differences\n")
            moved = pathlib.Path(directory, "team-a.yaml")
            moved.write_text(moved.read_text().replace("a.example.com", "moved.example.com"))
            done = json.loads(self.run_command("diff", directory, "-o", "json", status=1).stdout)
            self.assertEqual([(change["change"], change["kind"], change["name"]) for change in done["resources"]],
                             [("changed", "HTTPRoute", "team-a")])
            self.assertIn("moved.example.com", self.run_command("diff", directory, status=1).stdout)
            done = self.run_command("diff", directory, directory, status=2)
        self.assertIn("takes one set", done.stderr)
        self.assertIn("takes one set", self.run_command("diff", status=2).stderr)

    def test_fields_of_the_cluster_stay_unless_they_were_applied(self):
        service = ("apiVersion: v1\nkind: Service\nmetadata: {name: kept, namespace: a%s}\n"
                   "spec: {ports: [{port: 80}]%s}\n")
        applied = service % ("", ", sessionAffinity: ClientIP")
        subprocess.run([KUBECTL, "--kubeconfig", self.kubeconfig, "apply", "-f", "-"], check=True, capture_output=True,
                       input=applied, text=True, timeout=DEADLINE_SECONDS)
        self.addCleanup(subprocess.run, [KUBECTL, "--kubeconfig", self.kubeconfig, "delete", "service", "-n", "a", "kept"],
                        check=True, capture_output=True, timeout=DEADLINE_SECONDS)
        subprocess.run([KUBECTL, "--kubeconfig", self.kubeconfig, "patch", "service", "-n", "a", "kept", "--type=merge", "-p",
                        '{"metadata": {"annotations": {"a.controller/was": "here"}}, "spec": {"clusterIP": "10.0.0.9"}}'],
                       check=True, capture_output=True, timeout=DEADLINE_SECONDS)
        with tempfile.TemporaryDirectory() as directory:
            file = pathlib.Path(directory, "service.yaml")
            file.write_text(applied)
            self.assertEqual(self.run_command("diff", directory).stdout, "no differences\n")
            file.write_text(service % (", labels: {new: label}", ""))
            changed = json.loads(self.run_command("diff", directory, "-o", "json", status=1).stdout)["resources"]
        self.assertEqual([field["path"] for field in changed[0]["fields"]], ["metadata.labels", "spec.sessionAffinity"])

    def test_kinds_that_the_cluster_has_not(self):
        done = self.run_command("ingress", status=1)
        self.assertIn("the input holds no Ingress", done.stderr)

    def test_a_context_that_is_not_there(self):
        done = gatehouse("status", "--from-cluster", "--context", "nowhere",
                         env={"KUBECONFIG": str(self.kubeconfig), "HOME": str(self.home)})
        self.assertEqual(done.returncode, 2)
        self.assertIn("kubectl api-resources failed: ", done.stderr)
        self.assertIn('context "nowhere" does not exist', done.stderr, "kubectl's own words")

    @needs_addresses
    def test_run_serves_what_it_read(self):
        ready = self.home / "ready-too"
        with unittest.mock.patch.dict(os.environ, {"KUBECONFIG": str(self.kubeconfig), "HOME": str(self.home)}):
            server = Server(self, "--from-cluster", "--ready-file", ready, "--port", "infra/shared-gw/http=18080",
                            "--port", "c/dedicated-gw/http=18080", "--port", "infra/tls-gw/https=18443")
        server.until("ready", lambda: ready.exists() or server.process.poll() is not None)
        self.assertTrue(ready.exists(), server.err.read_text())
        status, body = curl("http://127.0.0.1:18080/api/items", "-H", "Host: a.example.com")
        self.assertEqual(status, 200, body)
        self.assertIn('"service": "team-a-api"', body)
        # Asked to apply again it reads the cluster again.
        subprocess.run([KUBECTL, "--kubeconfig", self.kubeconfig, "apply", "-f", "-"], check=True, capture_output=True,
                       input=MORE, text=True, timeout=DEADLINE_SECONDS)
        server.process.send_signal(signal.SIGHUP)
        server.until_err("re-applied in")
        status, body = curl("http://127.0.0.1:18080/", "-H", "Host: late.example.com")
        self.assertEqual(status, 200, body)
        self.assertEqual(server.terminate(), 0)


class WithoutACluster(unittest.TestCase):
    """Programs named kubectl that do as they are told."""

    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.directory)

    def kubectl(self, script):
        program = self.directory / "kubectl"
        program.write_text("#!/bin/sh\n" + script)
        program.chmod(0o755)

    def status(self, *arguments):
        return gatehouse("status", "--from-cluster", *arguments, env={"PATH": f"{self.directory}:/usr/bin:/bin"}
                         if (self.directory / "kubectl").exists() else {"PATH": str(self.directory)})

    def test_missing(self):
        done = self.status()
        self.assertEqual(done.returncode, 2)
        self.assertIn("--from-cluster needs kubectl, which is not in PATH; install it", done.stderr)

    def test_its_own_words(self):
        self.kubectl('echo "The connection to the server was refused" >&2; exit 1\n')
        done = self.status()
        self.assertEqual(done.returncode, 2)
        self.assertIn("kubectl api-resources failed: The connection to the server was refused", done.stderr)

    def test_words_reach_it_as_they_are(self):
        self.kubectl(f'for word; do echo "$word" >> {self.directory}/words; done; exit 1\n')
        self.status("--context", "a b; $(touch /nonexistent)")
        self.assertIn("--context=a b; $(touch /nonexistent)\n", (self.directory / "words").read_text())

    def test_part_of_the_discovery_failed(self):
        self.kubectl('case $1 in api-resources) echo gateways.gateway.networking.k8s.io; echo "metrics is down" >&2; exit 1;;\n'
                     '*) echo \'{"apiVersion":"v1","kind":"List","items":[]}\';; esac\n')
        done = self.status()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("warning GH3202: kubectl api-resources failed: metrics is down", done.stderr)

    def test_secrets_that_may_not_be_read(self):
        gateway = json.dumps({"apiVersion": "v1", "kind": "List", "items": [
            {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"name": "gw", "namespace": "a"},
             "spec": {"gatewayClassName": "x", "listeners": [
                 {"name": "https", "protocol": "HTTPS", "port": 443, "tls": {"certificateRefs": [{"name": "cert"}]}}]}}]})
        (self.directory / "gateways.json").write_text(gateway)
        self.kubectl('case "$*" in api-resources*) echo gateways.gateway.networking.k8s.io;;\n'
                     f'*secrets*cert*--namespace=a*) echo "Error from server (Forbidden): no" >&2; exit 1;;\n'
                     f'*) cat {self.directory}/gateways.json;; esac\n')
        done = self.status()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("warning GH3202: kubectl get secrets failed: Error from server (Forbidden): no", done.stderr)
        self.assertIn("gw", done.stdout)

    def test_no_gateway_api(self):
        self.kubectl("echo jobs.batch\n")
        done = self.status()
        self.assertEqual(done.returncode, 2)
        self.assertIn("install the Gateway API's CRDs", done.stderr)

    def test_interrupt_ends_both(self):
        self.kubectl(f"echo $$ > {self.directory}/pid; exec sleep 120\n")
        process = subprocess.Popen([BIN, "status", "--from-cluster"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   start_new_session=True, env={**os.environ, "PATH": f"{self.directory}:/usr/bin:/bin"})
        self.addCleanup(process.communicate)
        deadline = time.monotonic() + DEADLINE_SECONDS
        pid = self.directory / "pid"
        while not (pid.exists() and pid.read_text().strip()):
            self.assertLess(time.monotonic(), deadline, "kubectl was not started")
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        self.assertEqual(process.wait(DEADLINE_SECONDS), -signal.SIGINT)
        child = int(pid.read_text())
        while pathlib.Path(f"/proc/{child}/stat").exists() and \
                pathlib.Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
            self.assertLess(time.monotonic(), deadline, "kubectl goes on")
            time.sleep(0.01)

    def test_usage(self):
        done = gatehouse("status", SAMPLE, "--context", "x")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--context needs --from-cluster", done.stderr)


if __name__ == "__main__":
    private_network.enter()
    unittest.main()
