"""Drives the Kubernetes API endpoint with the Gateway API's own gwctl: get, describe, graph and analyze.

The program is the one in PATH, or is built by Go where its module can be had; else the test is skipped (exit code 77).
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import private_network  # noqa: E402
from gatehouse_program import ROOT, SAMPLE, Server  # noqa: E402
from test_kubectl import ClassCleanup  # noqa: E402

MODULE = "sigs.k8s.io/gwctl@v0.2.0"
SKIPPED = 77
SECONDS = 60
TOOLS = pathlib.Path(os.environ.get("GATEHOUSE_TOOLS") or ROOT / "build" / "tools")

DANGLING = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: dangling, namespace: a}
spec:
  parentRefs: [{name: shared-gw, namespace: infra}]
  rules:
  - backendRefs: [{name: nobody, port: 80}]
"""


def gwctl():
    """The program, and why there is none where there is none."""
    if found := shutil.which("gwctl"):
        return found, ""
    if (TOOLS / "gwctl").exists():
        return TOOLS / "gwctl", ""
    TOOLS.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(["go", "install", MODULE], env={**os.environ, "GOBIN": str(TOOLS), "GOFLAGS": "-mod=mod"},
                              capture_output=True, text=True, timeout=600)
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, str(error)
    return (TOOLS / "gwctl", "") if done.returncode == 0 else (None, done.stderr)


class Gwctl(unittest.TestCase):
    """The sample as its README has it: a shared Gateway, a dedicated one, and a route that is refused."""

    @classmethod
    def setUpClass(cls):
        cls.home = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.home)
        cls.kubeconfig, ready = cls.home / "kubeconfig", cls.home / "ready"
        server = Server(ClassCleanup(cls), SAMPLE, "--kube-api", "--kubeconfig", cls.kubeconfig, "--ready-file", ready)
        server.until("ready", lambda: ready.exists() or server.process.poll() is not None)
        if not ready.exists():
            raise AssertionError(server.err.read_text())

    def run_gwctl(self, *arguments):
        return subprocess.run([PROGRAM, "--kubeconfig", self.kubeconfig, "--cache-dir", self.home / "cache", *arguments],
                              capture_output=True, text=True, timeout=SECONDS, env={**os.environ, "HOME": str(self.home)})

    def gwctl(self, *arguments):
        done = self.run_gwctl(*arguments)
        self.assertEqual(done.returncode, 0, f"gwctl {' '.join(map(str, arguments))}\n{done.stdout}{done.stderr}")
        return done.stdout

    def test_get(self):
        self.assertRegex(self.gwctl("get", "gatewayclasses"), r"gatehouse +gatehouse\.dev/gateway-controller +True")
        gateways = self.gwctl("get", "gateways", "-A")
        self.assertRegex(gateways, r"infra +shared-gw +gatehouse +127\.0\.0\.1 +8080 +True")
        self.assertRegex(gateways, r"c +dedicated-gw +gatehouse +127\.0\.0\.2 +8080 +True")
        routes = self.gwctl("get", "httproutes", "-A")
        self.assertRegex(routes, r"\na +team-a +a\.example\.com +1 ")
        self.assertRegex(routes, r"\nb +team-b +b\.example\.com +1 ")
        self.assertEqual(json.loads(self.gwctl("get", "gateway", "shared-gw", "-n", "infra", "-o", "json"))["kind"], "Gateway")
        self.assertIn("gatewayClassName: gatehouse", self.gwctl("get", "gateway", "shared-gw", "-n", "infra", "-o", "yaml"))
        self.assertIn("backendtlspolicies.gateway.networking.k8s.io", self.gwctl("get", "policycrds"))
        done = self.run_gwctl("get", "httproute", "nobody", "-n", "a")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("not found", done.stderr)

    def test_describe(self):
        gateway = self.gwctl("describe", "gateway", "shared-gw", "-n", "infra")
        self.assertRegex(gateway, r"type: Programmed\n")
        attached = gateway.partition("AttachedRoutes:")[2].partition("Backends:")[0]
        self.assertEqual(re.findall(r"HTTPRoute +(\S+)", attached), ["a/team-a", "b/team-b"])
        self.assertEqual(set(re.findall(r"Service +(\S+)", gateway.partition("\nBackends:")[2])),
                         {"a/team-a-api", "a/team-a-web", "b/team-b-web"})
        route = self.gwctl("describe", "httproute", "team-a-wants-dedicated", "-n", "a")
        self.assertIn("reason: NotAllowedByListeners", route)
        self.assertRegex(route, r"allowedRoutes\.namespaces\.from")
        self.assertIn("name: HTTPRoute\n", self.gwctl("describe", "gatewayclass", "gatehouse"))

    def test_graph(self):
        graph = self.gwctl("get", "gateway", "shared-gw", "-n", "infra", "-o", "graph")
        nodes = {label: node for node, label in re.findall(r'(n\d+)\[[^\]]*label="([^"]+)"', graph)}
        self.assertRegex(graph, rf'{nodes["HTTPRoute" + chr(92) + "nteam-a"]}->{nodes["Gateway" + chr(92) + "nshared-gw"]}\[')

    def test_analyze(self):
        fine = self.gwctl("analyze", "-f", str(SAMPLE / "team-a.yaml"))
        self.assertRegex(fine, r"httproutes/team-a in namespace a")
        self.assertRegex(fine, r"(?s)Potential Issues Introduced.*?\n\n\s+None")
        dangling = self.home / "dangling.yaml"
        dangling.write_text(DANGLING)
        self.assertRegex(self.gwctl("analyze", "-f", str(dangling)), r"(?s)Potential Issues Introduced.*nobody")


if __name__ == "__main__":
    PROGRAM, why = gwctl()
    if not PROGRAM:
        print(f"gwctl is not in PATH and cannot be built by `go install {MODULE}`: skipped\n{why}", file=sys.stderr)
        sys.exit(SKIPPED)
    private_network.enter()
    unittest.main()
