"""`gatehouse ingress` makes manifests that check, explain and run take as they are."""
import json
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import gatehouse  # noqa: E402

INGRESS = """apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/limit-rps: "5"}
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: fallback, port: {number: 80}}}
  rules:
  - host: shop.test
    http:
      paths:
      - {path: /api, pathType: Prefix, backend: {service: {name: api, port: {name: http}}}}
      - {path: /api, pathType: Exact, backend: {service: {name: index, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: old
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/rewrite-target: /$2}
spec:
  ingressClassName: nginx
  rules:
  - host: old.test
    http:
      paths:
      - {path: "/v1(/|$)(.*)", pathType: ImplementationSpecific, backend: {service: {name: api, port: {number: 8080}}}}
"""
SERVICES = "".join(f"""---
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: shop}}
spec: {{ports: [{{name: http, port: {port}}}]}}
""" for name, port in (("fallback", 80), ("api", 8080), ("index", 80)))


class Ingress(unittest.TestCase):
    def made(self, *options, status=0):
        done = gatehouse("ingress", "-", *options, stdin=INGRESS + SERVICES)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def test_what_it_makes_is_valid(self):
        checked = gatehouse("check", "--strict", "-", stdin=self.made().stdout + SERVICES)
        self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_requests_go_where_the_ingress_says(self):
        manifests = self.made().stdout + SERVICES
        for host, path, backend in (("shop.test", "/api/x", "shop/api:8080"), ("shop.test", "/api", "shop/index:80"),
                                    ("shop.test", "/apix", "shop/fallback:80"), ("other.test", "/api", "shop/fallback:80"),
                                    ("old.test", "/v1/x", "shop/api:8080"), ("old.test", "/v2", None)):
            with self.subTest(host + path):
                done = gatehouse("explain", "-", "-o", "json", "--", f"http://{host}{path}", stdin=manifests)
                answer = json.loads(done.stdout)
                self.assertEqual([each["backend"] for each in answer["backends"]], [backend] if backend else [])

    def test_standard_error_says_what_is_lost(self):
        done = self.made()
        self.assertIn("<stdin>:11:17: warning GH1503 Ingress shop/shop metadata.annotations[nginx.ingress.kubernetes.io/"
                      "limit-rps]: nginx.ingress.kubernetes.io/limit-rps was not carried over", done.stderr)
        self.assertIn("2 Ingresses became 4 objects: 1 warning", done.stderr)
        self.assertNotIn("limit-rps", done.stdout)
        self.made("--strict", status=1)
        self.assertEqual(self.made("-q").stderr, "")

    def test_json_is_a_list(self):
        made = json.loads(self.made("-o", "json").stdout)
        self.assertEqual((made["kind"], [item["kind"] for item in made["items"]]),
                         ("List", ["Gateway", "HTTPRoute", "HTTPRoute", "HTTPRoute"]))

    def test_options(self):
        text = self.made("--gateway-class", "envoy", "--gateway-namespace", "infra").stdout
        self.assertIn("gatewayClassName: envoy", text)
        self.assertIn("namespace: infra", text)
        self.assertIn("holds no Ingress of the class", self.made("--ingress-class", "x", status=1).stderr)
        self.assertIn("holds no Ingress", self.made("-n", "x", status=1).stderr)

    def test_nothing_to_read(self):
        self.assertEqual(gatehouse("ingress").returncode, 2)
        self.assertEqual(gatehouse("ingress", "/nonexistent").returncode, 2)
        with tempfile.TemporaryDirectory() as directory:
            self.assertEqual(gatehouse("ingress", directory).returncode, 1)


if __name__ == "__main__":
    unittest.main()
