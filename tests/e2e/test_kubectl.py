"""Drives the Kubernetes API endpoint with the real kubectl, as its users do, and the Gateways made so with curl."""
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
from gatehouse_program import SAMPLE, Server, curl, service_of  # noqa: E402
from test_samples import commands  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
KUBECTL = shutil.which("kubectl")
SECONDS = 60

GATEWAY = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: web}
spec:
  gatewayClassName: gatehouse
  listeners:
  - {name: http, protocol: HTTP, port: 80}
"""

ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop}
spec:
  parentRefs: [{name: web}]
  hostnames: [shop.example]
  rules:
  - backendRefs: [{name: blue, port: 80}]
"""

BACKENDS = """apiVersion: v1
kind: Service
metadata: {name: blue}
spec: {selector: {app: blue}, ports: [{port: 80, targetPort: 3000}]}
---
apiVersion: v1
kind: Service
metadata: {name: green}
spec: {selector: {app: green}, ports: [{port: 80, targetPort: 3000}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: blue}
spec:
  replicas: 2
  selector: {matchLabels: {app: blue}}
  template:
    metadata: {labels: {app: blue}}
    spec:
      containers:
      - {name: blue, image: "images.test/gateway-api/echo-basic:v1.5.1", ports: [{containerPort: 3000}]}
"""


@unittest.skipUnless(KUBECTL, "kubectl is not installed")
class Kubectl(unittest.TestCase):
    """One `gatehouse run --kube-api` for all tests; each has a namespace of its own."""

    @classmethod
    def setUpClass(cls):
        cls.home = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.home)
        cls.kubeconfig = cls.home / "kubeconfig"
        ready = cls.home / "ready"
        cls.server = Server(ClassCleanup(cls), "--kube-api", "--kubeconfig", cls.kubeconfig, "--ready-file", ready)
        cls.server.until("ready", lambda: ready.exists() or cls.server.process.poll() is not None)
        if not ready.exists():
            raise AssertionError(cls.server.err.read_text())

    def setUp(self):
        self.namespace = re.sub(r"[^a-z]+", "-", self.id().rpartition(".")[2])[:50].strip("-")
        self.kubectl("create", "namespace", self.namespace)
        self.directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.directory)

    def run_kubectl(self, *arguments, stdin=None, env=None):
        return subprocess.run([KUBECTL, "--kubeconfig", self.kubeconfig, "--cache-dir", self.home / "cache",
                               *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=SECONDS,
                              env={**os.environ, "HOME": str(self.home), **(env or {})})

    def kubectl(self, *arguments, **options):
        """Standard output of a command that must succeed."""
        done = self.run_kubectl(*arguments, **options)
        self.assertEqual(done.returncode, 0, f"kubectl {' '.join(map(str, arguments))}\n{done.stdout}{done.stderr}"
                         f"\n{self.server.err.read_text()[-2000:]}")
        return done.stdout

    def here(self, *arguments, **options):
        return self.kubectl("-n", self.namespace, *arguments, **options)

    def refused(self, *arguments, **options):
        """What a command that must fail says."""
        done = self.run_kubectl("-n", self.namespace, *arguments, **options)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        return done.stdout + done.stderr

    def apply(self, *manifests, options=()):
        return self.here("apply", *options, "-f", "-", stdin="---\n".join(manifests))

    def address(self, name="web"):
        self.here("wait", "--for=condition=Programmed", f"gateway/{name}", "--timeout=30s")
        return self.here("get", "gateway", name, "-o", "jsonpath={.status.addresses[0].value}")

    def fetch(self, host="shop.example"):
        status, body = curl(f"http://{self.address()}/", "-H", f"Host: {host}")
        return status, service_of(body) if status == 200 else body


class ClassCleanup:
    """Lets a Server live as long as a class of tests."""

    def __init__(self, cls):
        self.addCleanup = cls.addClassCleanup

    @staticmethod
    def fail(message):
        raise AssertionError(message)


class Discovery(Kubectl):
    def test_version_and_health(self):
        self.assertRegex(self.kubectl("version"), r"Server Version: v1\.\d+\.\d+\+gatehouse")
        self.assertEqual(self.kubectl("get", "--raw", "/readyz"), "ok")

    def test_api_resources_have_names_and_verbs(self):
        lines = self.kubectl("api-resources", "--api-group=gateway.networking.k8s.io", "-o", "wide").splitlines()
        table = {line.split()[0]: line for line in lines[1:]}
        self.assertEqual(set(table), {"backendtlspolicies", "gatewayclasses", "gateways", "grpcroutes", "httproutes",
                                      "listenersets", "referencegrants", "tcproutes", "tlsroutes", "udproutes"})
        self.assertRegex(table["gateways"], r"gtw\s+gateway\.networking\.k8s\.io/v1\s+true\s+Gateway\s+\S*list\S*")
        self.assertRegex(table["gatewayclasses"], r"gc\s+gateway\.networking\.k8s\.io/v1\s+false\s+GatewayClass")
        names = self.kubectl("api-resources", "-o", "name").split()
        for name in ("pods", "services", "deployments.apps", "endpointslices.discovery.k8s.io",
                     "customresourcedefinitions.apiextensions.k8s.io", "leases.coordination.k8s.io"):
            self.assertIn(name, names)

    def test_api_versions(self):
        versions = self.kubectl("api-versions").split()
        for version in ("v1", "apps/v1", "gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1"):
            self.assertIn(version, versions)

    def test_explain_speaks_of_every_field(self):
        top = self.kubectl("explain", "httproute")
        self.assertRegex(top, r"KIND:\s+HTTPRoute\nVERSION:\s+v1")
        self.assertIn("Sends HTTP requests to backends", top)
        rules = self.kubectl("explain", "httproute.spec.rules", "--recursive")
        for field in ("backendRefs", "requestRedirect", "replacePrefixMatch", "queryParams", "weight"):
            self.assertRegex(rules, rf"\n\s+{field}\t<")
        self.assertRegex(self.kubectl("explain", "gateway.spec.listeners.tls.mode"), r"(?s)Terminate.*Passthrough")
        self.assertIn("attachedRoutes", self.kubectl("explain", "gateway.status.listeners"))
        self.assertIn("port", self.kubectl("explain", "service.spec.ports"))
        self.assertIn("labels", self.kubectl("explain", "tlsroute.metadata"))
        self.assertIn("rules", self.kubectl("explain", "tcproute.spec", "--api-version=gateway.networking.k8s.io/v1alpha2"))

    def test_definitions_of_the_gateway_api_are_there(self):
        names = self.kubectl("get", "crd", "-o", "name").split()
        self.assertEqual(len(names), 10)
        self.assertIn("customresourcedefinition.apiextensions.k8s.io/httproutes.gateway.networking.k8s.io", names)
        self.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=10s")
        # Manifests of a release begin with its definitions; ours stay, and the user is told.
        definition = json.loads(self.kubectl("get", "crd", "gateways.gateway.networking.k8s.io", "-o", "json"))
        definition["metadata"] = {"name": definition["metadata"]["name"], "labels": {"a": "b"}}
        done = self.run_kubectl("apply", "-f", "-", stdin=json.dumps(definition))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("built in", done.stderr)
        self.assertEqual(self.kubectl("get", "crd", "-l", "a=b", "-o", "name"), "")

    def test_asking_for_oneself(self):
        self.assertEqual(self.kubectl("auth", "can-i", "create", "httproutes").strip(), "yes")
        self.assertIn("Username", self.kubectl("auth", "whoami"))


class Writing(Kubectl):
    def test_apply_serves_what_was_applied(self):
        said = self.apply(GATEWAY, ROUTE, BACKENDS)
        self.assertIn("gateway.gateway.networking.k8s.io/web created", said)
        self.assertEqual(self.fetch(), (200, "blue"))
        # kubectl patches lists of custom resources whole, and so calls what defaults were filled into "configured".
        self.assertIn("deployment.apps/blue unchanged", self.apply(GATEWAY, ROUTE, BACKENDS))
        generation = self.here("get", "httproute", "shop", "-o", "jsonpath={.metadata.generation}")
        self.assertEqual(generation, "1", "applying the same again changes nothing")
        self.assertIn("httproute.gateway.networking.k8s.io/shop configured", self.apply(ROUTE.replace("blue", "green")))
        self.assertEqual(self.fetch(), (200, "green"))

    def test_apply_of_a_kustomization(self):
        (self.directory / "all.yaml").write_text("---\n".join((GATEWAY, ROUTE, BACKENDS)))
        (self.directory / "kustomization.yaml").write_text("resources: [all.yaml]\nnameSuffix: -k\n"
                                                           f"namespace: {self.namespace}\n")
        said = self.here("apply", "-k", self.directory)
        self.assertIn("gateway.gateway.networking.k8s.io/web-k created", said)
        self.here("wait", "--for=condition=Programmed", "gateway/web-k", "--timeout=30s")

    def test_server_side_apply_knows_who_owns_a_field(self):
        self.apply(GATEWAY, options=("--server-side", "--field-manager=first"))
        self.assertIn("serverside-applied", self.apply(GATEWAY, options=("--server-side", "--field-manager=first")))
        changed = GATEWAY.replace("port: 80", "port: 81")
        told = self.refused("apply", "--server-side", "--field-manager=second", "-f", "-", stdin=changed)
        self.assertIn("conflict", told)
        self.assertIn("first", told)
        self.apply(changed, options=("--server-side", "--field-manager=second", "--force-conflicts"))
        self.assertEqual(self.here("get", "gateway", "web", "-o", "jsonpath={.spec.listeners[0].port}"), "81")

    def test_dry_run_stores_nothing(self):
        self.apply(GATEWAY, options=("--dry-run=server",))
        self.assertIn("NotFound", self.refused("get", "gateway", "web"))

    def test_diff_shows_what_would_change(self):
        self.apply(GATEWAY, ROUTE)
        self.assertEqual(self.run_kubectl("-n", self.namespace, "diff", "-f", "-", stdin=ROUTE).returncode, 0)
        done = self.run_kubectl("-n", self.namespace, "diff", "-f", "-", stdin=ROUTE.replace("blue", "green"))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stdout, r"-\s+name: blue\n\+\s+name: green")

    def test_edit(self):
        self.apply(GATEWAY, ROUTE, BACKENDS)
        editor = self.directory / "editor"
        editor.write_text("#!/bin/sh\nsed -i 's/shop.example/edited.example/' \"$1\"\n")
        editor.chmod(0o755)
        said = self.here("edit", "httproute", "shop", env={"KUBE_EDITOR": str(editor)})
        self.assertIn("httproute.gateway.networking.k8s.io/shop edited", said)
        self.assertEqual(self.fetch("edited.example"), (200, "blue"))

    def test_patch_in_three_forms(self):
        self.apply(GATEWAY, ROUTE, BACKENDS)
        self.here("patch", "httproute", "shop", "--type=merge", "-p", '{"spec": {"hostnames": ["merged.example"]}}')
        self.assertEqual(self.fetch("merged.example"), (200, "blue"))
        self.here("patch", "httproute", "shop", "--type=json", "-p",
                  '[{"op": "replace", "path": "/spec/rules/0/backendRefs/0/name", "value": "green"}]')
        self.assertEqual(self.fetch("merged.example"), (200, "green"))
        # A strategic merge patch merges the list of ports by their number.
        self.here("patch", "service", "green", "-p", '{"spec": {"ports": [{"port": 81, "name": "more"}]}}')
        ports = self.here("get", "service", "green", "-o", "jsonpath={.spec.ports[*].port}").split()
        self.assertEqual(sorted(ports), ["80", "81"])
        told = self.refused("patch", "httproute", "shop", "--type=strategic", "-p", '{"spec": {}}')
        self.assertRegex(told, "strategic-merge-patch.* is not supported")

    def test_labels_and_annotations(self):
        self.apply(GATEWAY, ROUTE)
        self.here("label", "gateway", "web", "tier=front")
        self.here("annotate", "gateway", "web", "note=hello")
        self.assertEqual(self.here("get", "gateways", "-l", "tier=front", "-o", "name").strip(),
                         "gateway.gateway.networking.k8s.io/web")
        self.assertEqual(self.here("get", "gateways", "-l", "tier!=front", "-o", "name").strip(), "")
        self.assertEqual(self.here("get", "gateway", "web", "-o", "jsonpath={.metadata.annotations.note}"), "hello")
        self.here("label", "gateway", "web", "tier-")
        self.assertEqual(self.here("get", "gateways", "-l", "tier", "-o", "name").strip(), "")

    def test_delete_ends_the_serving(self):
        self.apply(GATEWAY, ROUTE, BACKENDS)
        address = self.address()
        self.here("delete", "httproute", "shop")
        self.assertEqual(curl(f"http://{address}/", "-H", "Host: shop.example")[0], 404)
        self.here("delete", "gateway", "web", "--wait")
        self.assertEqual(curl(f"http://{address}/")[0], 0)
        self.assertIn("NotFound", self.refused("get", "gateway", "web"))

    def test_dependents_go_with_their_owner(self):
        for cascade, stays in (("background", False), ("foreground", False), ("orphan", True)):
            with self.subTest(cascade):
                self.here("create", "configmap", "owner")
                uid = self.here("get", "configmap", "owner", "-o", "jsonpath={.metadata.uid}")
                owner = {"apiVersion": "v1", "kind": "ConfigMap", "name": "owner", "uid": uid, "blockOwnerDeletion": True}
                self.here("create", "-f", "-", stdin=json.dumps({"apiVersion": "v1", "kind": "Secret", "metadata": {
                    "name": f"dependent-{cascade}", "ownerReferences": [owner]}}))
                self.here("delete", "configmap", "owner", f"--cascade={cascade}", "--timeout=30s")
                self.assertIn("NotFound", self.refused("get", "configmap", "owner"))
                self.assertEqual(f"secret/dependent-{cascade}" in self.here("get", "secrets", "-o", "name").split(), stays)
        self.assertEqual(self.here("get", "secret", "dependent-orphan", "-o", "jsonpath={.metadata.ownerReferences}"), "")

    def test_a_namespace_takes_its_objects_along(self):
        self.apply(GATEWAY)
        self.kubectl("delete", "namespace", self.namespace)
        self.assertIn("NotFound", self.refused("get", "gateway", "web"))

    def test_invalid_objects_are_refused_with_reasons(self):
        told = self.refused("apply", "-f", "-", stdin=GATEWAY.replace("port: 80", "port: 80000"))
        self.assertIn("spec.listeners[0].port", told)
        self.assertIn("65535", told)
        told = self.refused("apply", "-f", "-", stdin=GATEWAY.replace("protocol", "protocoll"))
        self.assertIn("protocoll", told)
        self.assertIn("NotFound", self.refused("apply", "-n", "no-such", "-f", "-", stdin=GATEWAY))
        self.assertIn("no matches for kind", self.refused("apply", "-f", "-", stdin=GATEWAY.replace("Gateway\n", "Gatehose\n")))

    def test_create_without_a_manifest(self):
        """These send protobuf."""
        self.here("create", "secret", "generic", "token", "--from-literal=value=hidden")
        self.assertEqual(self.here("get", "secret", "token", "-o", "jsonpath={.data.value}"), "aGlkZGVu")
        self.here("create", "configmap", "settings", "--from-literal=a=b")
        self.assertEqual(self.here("get", "configmap", "settings", "-o", "jsonpath={.data.a}"), "b")
        self.here("create", "service", "clusterip", "shop", "--tcp=80:8080")
        self.assertEqual(self.here("get", "service", "shop", "-o", "jsonpath={.spec.ports[0].targetPort}"), "8080")
        self.here("create", "deployment", "shop", "--image=shop", "--replicas=2", "--port=8080")
        self.here("wait", "--for=condition=Available", "deployment/shop", "--timeout=30s")
        self.here("create", "serviceaccount", "robot")
        self.here("run", "lone", "--image=lone")
        self.here("expose", "pod", "lone", "--port=80", "--name=lone")

    def test_create_of_what_exists_is_refused(self):
        self.here("create", "-f", "-", stdin=GATEWAY)
        self.assertIn("AlreadyExists", self.refused("create", "-f", "-", stdin=GATEWAY))
        self.here("replace", "-f", "-", stdin=GATEWAY.replace("port: 80", "port: 82"))

    def test_old_versions_are_the_same_objects(self):
        self.apply(GATEWAY.replace("/v1", "/v1beta1"))
        self.assertEqual(self.here("get", "gateway.v1.gateway.networking.k8s.io", "web", "-o", "jsonpath={.apiVersion}"),
                         "gateway.networking.k8s.io/v1")
        self.assertEqual(
            self.here("get", "gateways.v1beta1.gateway.networking.k8s.io", "web", "-o", "jsonpath={.apiVersion}"),
            "gateway.networking.k8s.io/v1beta1")


class Reading(Kubectl):
    def test_get_in_every_form(self):
        self.apply(GATEWAY, ROUTE, BACKENDS)
        address = self.address()
        table = self.here("get", "gateway,httproute")
        self.assertRegex(table, r"NAME +CLASS +ADDRESS +PROGRAMMED +AGE\n"
                         rf"gateway.gateway.networking.k8s.io/web +gatehouse +{re.escape(address)} +True +\d+s")
        self.assertRegex(table, r'NAME +HOSTNAMES +AGE\nhttproute.gateway.networking.k8s.io/shop +\["shop.example"\] +\d+s')
        self.assertRegex(self.here("get", "svc", "-o", "wide"), r"blue +ClusterIP +\S+ +<none> +80/TCP +\d+s +app=blue")
        self.assertRegex(self.here("get", "deploy"), r"blue +2/2 +2 +2 +\d+s")
        pods = self.here("get", "pods", "-o", "wide")
        self.assertEqual(len(re.findall(r"\nblue-\w+-\w+ +1/1 +Running +0 +\d+s +\d+\.\d+\.\d+\.\d+ +\S+", pods)), 2, pods)
        self.assertRegex(self.here("get", "endpointslices"), r"blue\S* +IPv4 +3000 +\S+,\S+ +\d+s")
        self.assertEqual(self.here("get", "gateway", "web", "-o", "name").strip(), "gateway.gateway.networking.k8s.io/web")
        self.assertEqual(json.loads(self.here("get", "gateways", "-o", "json"))["items"][0]["kind"], "Gateway")
        self.assertIn("gatewayClassName: gatehouse", self.here("get", "gateway", "web", "-o", "yaml"))
        self.assertEqual(self.here("get", "gateway", "web", "-o", "custom-columns=N:.metadata.name", "--no-headers").strip(),
                         "web")
        self.assertIn("web", self.kubectl("get", "gateways", "-A"))
        self.assertIn("deployment.apps/blue", self.here("get", "all"))
        self.assertEqual(self.here("get", "gateways", "--field-selector=metadata.name=none", "-o", "name").strip(), "")
        self.assertIn("No resources found", self.run_kubectl("-n", self.namespace, "get", "tcproutes").stderr)
        self.assertRegex(self.kubectl("get", "nodes"), r"NAME +STATUS +ROLES +AGE +VERSION\n\S+ +Ready")
        self.assertRegex(self.kubectl("get", "namespaces"), rf"{self.namespace} +Active")

    def test_describe(self):
        self.apply(GATEWAY, ROUTE, BACKENDS)
        self.address()
        for what in ("gateway/web", "httproute/shop", "service/blue", "deployment/blue"):
            self.assertRegex(self.here("describe", what), rf"Name: +{what.partition('/')[2]}\n")
        self.assertRegex(self.here("describe", "gateway", "web"), r"Type: +Programmed")
        self.assertRegex(self.here("describe", "service", "blue"), r"Endpoints: +\d+\.\d+\.\d+\.\d+:3000")
        self.assertRegex(self.here("describe", "pods"), r"Status: +Running")
        self.assertIn(self.namespace, self.kubectl("describe", "namespace", self.namespace))
        self.assertIn("Kubelet Version", self.kubectl("describe", "nodes"))

    def test_logs_of_a_pod_tell_its_requests(self):
        self.apply(GATEWAY, ROUTE, BACKENDS)
        self.here("rollout", "status", "deployment/blue", "--timeout=30s")
        url = f"http://{self.address()}/told-in-the-log"
        for _ in range(8):
            self.assertEqual(curl(url, "-H", "Host: shop.example")[0], 200)
        pods = self.here("get", "pods", "-l", "app=blue", "-o", "jsonpath={.items[*].metadata.name}").split()
        self.assertIn("/told-in-the-log", "".join(self.here("logs", pod, "-c", "blue") for pod in pods))
        self.here("logs", "deployment/blue", "--tail=1")

    def test_scale(self):
        self.apply(BACKENDS)
        self.here("scale", "deployment/blue", "--replicas=3")
        self.here("wait", "--for=jsonpath={.status.readyReplicas}=3", "deployment/blue", "--timeout=30s")
        self.assertEqual(len(self.here("get", "pods", "-o", "name").split()), 3)

    def test_watch_tells_changes(self):
        self.apply(GATEWAY)
        watching = subprocess.Popen([KUBECTL, "--kubeconfig", self.kubeconfig, "--cache-dir", self.home / "cache", "-n",
                                     self.namespace, "get", "httproutes", "--watch", "--output-watch-events",
                                     "--no-headers"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(watching.stdout.close)
        self.addCleanup(watching.wait)
        self.addCleanup(watching.kill)
        self.apply(ROUTE)
        self.assertRegex(watching.stdout.readline(), r"^ADDED +shop +")
        self.here("delete", "httproute", "shop")
        line = watching.stdout.readline()
        while line.startswith("MODIFIED"):  # statuses are written in between
            line = watching.stdout.readline()
        self.assertRegex(line, r"^DELETED +shop +")

    def test_wait_for_deletion(self):
        self.apply(GATEWAY)
        waiting = subprocess.Popen([KUBECTL, "--kubeconfig", self.kubeconfig, "--cache-dir", self.home / "cache", "-n",
                                    self.namespace, "wait", "--for=delete", "gateway/web", "--timeout=30s"],
                                   stdout=subprocess.PIPE, text=True)
        self.here("delete", "gateway", "web")
        self.assertEqual(waiting.wait(SECONDS), 0)
        waiting.stdout.close()


class Sample(Kubectl):
    def test_the_sample_can_be_applied_instead_of_read(self):
        said = self.kubectl("apply", "-f", SAMPLE)
        self.assertIn("gateway.gateway.networking.k8s.io/shared-gw created", said)
        self.kubectl("wait", "--for=condition=Programmed", "gateway", "--all", "-n", "infra", "--timeout=30s")
        for command, expected in commands(SAMPLE / "README.md"):
            if not command.startswith("curl"):
                continue
            with self.subTest(command):
                done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=20)
                self.assertEqual(done.stdout, expected, done.stderr)
        refused = self.kubectl("get", "httproutes", "-A", "-o",
                               "jsonpath={.items[*].status.parents[*].conditions[?(@.status=='False')].reason}")
        self.assertIn("NotAllowedByListeners", refused)
        # Namespaces go with what is in them, before kubectl comes to it.
        self.kubectl("delete", "-f", SAMPLE, "--ignore-not-found")
        self.assertEqual(self.kubectl("get", "gateways", "-A", "-o", "name"), "")


if __name__ == "__main__":
    if not KUBECTL:
        print("kubectl is not installed: nothing of the Kubernetes API endpoint was tried with it", file=sys.stderr)
    private_network.enter()
    unittest.main()
