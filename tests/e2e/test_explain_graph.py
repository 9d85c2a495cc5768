"""`gatehouse explain` and `gatehouse graph`, without traffic."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import BIN, GATEWAY, ROUTE, SAMPLE, SERVICES, gatehouse, needs_addresses  # noqa: E402


CALLED_WITH_GET = GATEWAY + SERVICES + "---\n" + ROUTE.replace("  hostnames: [app.test]\n", "").replace(
    "- backendRefs: [{name: SERVICE", "- matches: [{method: GET}]\n    backendRefs: [{name: old")

# Its ListenerSet belongs to a Gateway, and its listener to a route, of other namespaces.
LISTENER_SET = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: infra}
spec:
  gatewayClassName: gatehouse
  allowedListeners: {namespaces: {from: All}}
  listeners: [{name: http, protocol: HTTP, port: 8080}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: {name: more, namespace: sets}
spec:
  parentRef: {name: gw, namespace: infra}
  listeners: [{name: extra, protocol: HTTP, port: 8081, allowedRoutes: {namespaces: {from: All}}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route, namespace: apps}
spec: {parentRefs: [{kind: ListenerSet, name: more, namespace: sets}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: aside, namespace: infra}
spec: {parentRefs: [{name: gw}]}
"""


def explain(*request, options=()):
    return gatehouse("explain", SAMPLE, *options, "--", *request)


class Explain(unittest.TestCase):
    def test_served(self):
        done = explain("GET", "http://a.example.com:8080/api/items")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("HTTPRoute/a/team-a rules[0]", done.stdout)
        self.assertIn("a/team-a-api:80", done.stdout)
        self.assertRegex(done.stdout, r"rules\[1\]\.matches\[0\]: lost to the longer prefix /api .*team-a\.yaml:\d+:\d+")

    def test_method_is_optional_and_the_port_may_be_left_to_the_gateway(self):
        self.assertEqual(explain("http://c.example.com:8080/", options=["--gateway", "c/dedicated-gw"]).returncode, 0)

    @needs_addresses
    def test_not_served(self):
        done = explain("http://127.0.0.2:8080/", "-H", "Host: a-private.example.com")
        self.assertEqual(done.returncode, 1)
        self.assertIn("404", done.stdout)
        self.assertIn("NotAllowedByListeners", done.stdout, "the refused route is named")

    def test_json(self):
        done = explain("http://b.example.com:8080/x?y=1", options=["-o", "json"])
        answer = json.loads(done.stdout)
        self.assertEqual((answer["served"], answer["gateway"], answer["route"]),
                         (True, "infra/shared-gw", "HTTPRoute/b/team-b"))

    def test_any_token_is_a_method(self):
        for method in ("M-SEARCH", "get", "VERSION-CONTROL", "x!#$%&'*+.^_`|~9"):
            with self.subTest(method):
                done = explain(method, "http://a.example.com:8080/api/items")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("HTTPRoute/a/team-a rules[0]", done.stdout)

    def test_methods_are_case_sensitive(self):
        matched = CALLED_WITH_GET.replace("PORT", "8080")
        for method, code in (("GET", 0), ("get", 1)):
            done = gatehouse("explain", "-", "--", method, "http://a.test:8080/", stdin=matched)
            self.assertEqual(done.returncode, code, done.stdout + done.stderr)

    def test_usage(self):
        for request, words in (([], "expected [METHOD] URL"), (["G(T", "http://a/"], "expected [METHOD] URL"),
                               (["GET"], "b"), (["GET", "POST", "http://a/"], "expected [METHOD] URL"),
                               (["ftp://a/"], "scheme ftp"), (["http://a/", "-H", "x"], "no header"),
                               (["http://a:99999/"], "port")):
            with self.subTest(request):
                done = explain(*request)
                self.assertIn(done.returncode, (1, 2) if request == ["GET"] else (2,), done.stdout)
                if request != ["GET"]:
                    self.assertIn(words, done.stderr)

    def test_unknown_gateway(self):
        done = explain("http://a/", options=["--gateway", "x/y"])
        self.assertEqual(done.returncode, 2)
        self.assertIn("no Gateway x/y in the input", done.stderr)


CALLS = """apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec:
  gatewayClassName: gatehouse
  listeners: [{name: http, protocol: HTTP, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: shop}
spec:
  parentRefs: [{name: gw}]
  rules:
  - matches: [{method: {service: shop.Cart, method: Add}, headers: [{name: team, value: red}]}]
    backendRefs: [{name: cart, port: 80}]
  - matches: [{method: {service: shop.Cart}}]
    backendRefs: [{name: gone, port: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: cart}
spec: {ports: [{port: 80}]}
"""


class ExplainGrpc(unittest.TestCase):
    def call(self, *words):
        return gatehouse("explain", "-", *words, stdin=CALLS)

    def test_served(self):
        for words in (("--grpc", "rpc.test", "shop.Cart/Add", "-H", "team: red"),
                      ("--", "--grpc", "rpc.test", "/shop.Cart/Add", "-H", "team: red"),
                      ("-H", "team: red", "--", "--grpc", "http://rpc.test:80", "shop.Cart/Add")):
            with self.subTest(words):
                done = self.call(*words)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("GRPCRoute/default/shop rules[0] takes it to default/cart:80", done.stdout)
                self.assertIn("rules[1].matches[0]: lost to more characters of the gRPC method", done.stdout)

    def test_not_served(self):
        done = self.call("--grpc", "rpc.test", "shop.Cart/Add")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("grpc-status 14 (UNAVAILABLE)", done.stdout)
        self.assertRegex(done.stdout, r"rules\[0\]\.matches\[0\]: header team is absent, wanted 'red'  \(.*:\d+:\d+\)")
        done = self.call("-o", "json", "--grpc", "rpc.test", "shop.Orders/Add")
        self.assertEqual(done.returncode, 1, done.stderr)
        answer = json.loads(done.stdout)
        self.assertEqual((answer["served"], answer["status"], answer["grpcStatus"]), (False, 200, "UNIMPLEMENTED"))
        self.assertEqual({loser["reason"] for loser in answer["losers"]},
                         {"gRPC service is shop.Orders, wanted 'shop.Cart'"})
        plain = self.call("--", "POST", "http://rpc.test/shop.Cart/Add")
        self.assertIn("404", plain.stdout)
        self.assertIn("its content-type is absent, wanted application/grpc", plain.stdout)

    def test_usage(self):
        for words, said in ((("--grpc", "rpc.test"), "--grpc"), (("--grpc", "rpc.test", "shop.Cart"), "expected SERVICE/METHOD"),
                            (("--grpc", "a/b", "s/m"), "is no host"),
                            (("--grpc", "rpc.test", "s/m", "--", "http://a/"), "no URL and no method beside it")):
            with self.subTest(words):
                done = self.call(*words)
                self.assertEqual(done.returncode, 2, done.stdout)
                self.assertIn(said, done.stderr)


class Graph(unittest.TestCase):
    def graph(self, *arguments):
        done = subprocess.run([BIN, "graph", SAMPLE, *arguments], capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout

    def test_dot_is_the_default_and_stable(self):
        dot = self.graph()
        self.assertTrue(dot.startswith(b"digraph"), dot[:40])
        self.assertEqual(dot, self.graph("-o", "dot"))
        self.assertIn(b"shared-gw", dot)

    def test_pictures(self):
        for output, start in (("svg", b"<?xml"), ("png", b"\x89PNG\r\n"), ("pdf", b"%PDF-")):
            with self.subTest(output):
                self.assertTrue(self.graph("-o", output).startswith(start))

    def test_svg_is_drawn_through_files_too(self):
        directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, directory)
        file = directory / "topology.svg"
        self.assertEqual(self.graph("-o", "svg", "--output-file", file), b"")
        self.assertIn(b"dedicated&#45;gw", file.read_bytes())

    def test_json(self):
        topology = json.loads(self.graph("-o", "json"))
        self.assertEqual(topology["namespaces"], ["a", "b", "c", "infra"])
        self.assertIn("shared-gw", [node["name"] for node in topology["nodes"]])

    def test_mermaid(self):
        text = self.graph("-o", "mermaid").decode()
        self.assertTrue(text.startswith("flowchart LR\n"))
        self.assertIn('-.->|"NotAllowedByListeners"|', text, "a refused attachment is dashed")
        self.assertIn('-->|"http: one-to-many"|', text)

    def names(self, *arguments):
        return [node["name"] for node in json.loads(self.graph("-o", "json", *arguments))["nodes"]]

    def test_focus(self):
        self.assertEqual(self.names("--focus", "HTTPRoute/a/team-a"), ["shared-gw", "team-a", "team-a-api", "team-a-web"])
        self.assertEqual(self.names("--focus", "gtw/c/dedicated-gw", "--hops", "1"),
                         ["dedicated-gw", "team-a-wants-dedicated", "team-c"])
        for output in ("dot", "mermaid", "json", "svg"):
            picture = self.graph("--focus", "Gateway/c/dedicated-gw", "-o", output)
            self.assertNotIn(b"team-b", picture, output)
            self.assertEqual(picture, self.graph("-o", output, "--focus", "Gateway/c/dedicated-gw"), output)

    def test_namespace_draws_what_is_in_it_and_what_is_connected_with_it(self):
        self.assertEqual(self.names("-n", "b"), ["shared-gw", "team-b", "team-b-web"])
        self.assertEqual(self.names("-n", "infra"), ["shared-gw", "team-a", "team-b"])
        self.assertEqual(self.names("-n", "c", "--focus", "HTTPRoute/c/team-c"), ["dedicated-gw", "team-c", "team-c-web"])
        self.assertEqual(self.names("-n", "c", "--only", "refused"), ["dedicated-gw", "team-a-wants-dedicated"])
        self.assertEqual(self.graph("-A", "-n", "b"), self.graph())
        for output in ("dot", "mermaid", "svg"):
            self.assertNotIn(b"team-c", self.graph("-n", "b", "-o", output), output)

    def test_namespace_of_a_listener_set(self):
        done = gatehouse("graph", "-", "-n", "sets", "-o", "json", stdin=LISTENER_SET)
        self.assertEqual([node["name"] for node in json.loads(done.stdout)["nodes"]], ["gw", "more", "route"])

    def test_a_namespace_with_nothing_in_it_is_said(self):
        done = gatehouse("graph", SAMPLE, "-n", "nope", "-o", "mermaid")
        self.assertEqual((done.returncode, done.stdout), (0, "flowchart LR\n"))
        self.assertEqual(done.stderr, "No resources found in namespace nope\n")

    def test_only_refused(self):
        topology = json.loads(self.graph("--only", "refused", "-o", "json"))
        self.assertTrue(topology["edges"])
        self.assertTrue(all(edge["rejected"] for edge in topology["edges"]))
        self.assertNotIn("team-b", [node["name"] for node in topology["nodes"]])
        self.assertEqual(self.names("--only", "refused", "--focus", "HTTPRoute/b/team-b"), ["team-b"])

    def test_group(self):
        self.assertIn(b'subgraph "cluster_c/dedicated-gw"', self.graph("--group", "gateway"))
        self.assertIn(b'["Gateway c/dedicated-gw"]', self.graph("--group", "gateway", "-o", "mermaid"))
        self.assertEqual(self.graph("--group", "namespace"), self.graph())
        groups = json.loads(self.graph("--group", "gateway", "-o", "json"))["groups"]
        self.assertEqual([group["name"] for group in groups], ["c/dedicated-gw", "infra/shared-gw"])

    def test_selection_errors(self):
        for words, said in ((("--focus", "HTTPRoute/a/team-x"), "did you mean 'HTTPRoute/a/team-a'?"),
                            (("--focus", "team-a"), "expected KIND/NAMESPACE/NAME"),
                            (("--hops", "1"), "--hops needs --focus"),
                            (("--focus", "HTTPRoute/a/team-a", "--hops", "-1"), "--hops: expected 0 or more"),
                            (("--only", "refuse"), "did you mean 'refused'?"),
                            (("--group", "kind"), "expected namespace, gateway")):
            with self.subTest(words):
                done = gatehouse("graph", SAMPLE, *words)
                self.assertEqual(done.returncode, 2, done.stdout)
                self.assertIn(said, done.stderr)

    def test_unwritable_file(self):
        done = gatehouse("graph", SAMPLE, "-O", "/nonexistent/x.dot")
        self.assertEqual(done.returncode, 2)
        self.assertIn("cannot write /nonexistent/x.dot", done.stderr)


if __name__ == "__main__":
    unittest.main()
