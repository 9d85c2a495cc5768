"""The Kubernetes API endpoint over real sockets: who may ask, what limits hold, how applied objects join files and traffic."""
import json
import os
import resource
import socket
import stat
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import ROUTE, RunCase, Server, curl, gatehouse, service_of  # noqa: E402
from kube_api import Access, service  # noqa: E402

ROUTES = "/apis/gateway.networking.k8s.io/v1/namespaces/test/httproutes"
SERVICES_PATH = "/api/v1/namespaces/default/services"


def route_object(backend, host="app.test", name="applied"):
    return {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": name, "namespace": "test"},
            "spec": {"parentRefs": [{"name": "gw"}], "hostnames": [host],
                     "rules": [{"backendRefs": [{"name": backend, "port": 80}]}]}}


def condition(document, kind):
    parent, = document["status"]["parents"]
    return next(c for c in parent["conditions"] if c["type"] == kind)


class KubeApiCase(RunCase):
    def setUp(self):
        super().setUp()
        self.kubeconfig = self.input.parent / (self.input.name + ".kubeconfig")

    def serve(self, *arguments, **options):
        self.server = self.start("--kube-api", "--kubeconfig", self.kubeconfig, *arguments, **options)
        self.api = Access(self.kubeconfig)
        return self.server


class WhoMayAsk(KubeApiCase):
    def setUp(self):
        super().setUp()
        self.serve()

    def test_kubeconfig_is_private_and_goes_at_exit(self):
        self.assertEqual(stat.S_IMODE(self.kubeconfig.stat().st_mode), 0o600)
        self.assertTrue(self.api.server.startswith("https://127.0.0.1:"))
        self.assertEqual(self.server.terminate(), 0)
        self.assertFalse(self.kubeconfig.exists())

    def test_a_token_is_needed(self):
        for name, headers in (("none", {}), ("wrong", {"Authorization": "Bearer " + "0" * 64}),
                              ("basic", {"Authorization": "Basic " + self.api.token})):
            with self.subTest(name):
                status, document = self.api.request("GET", "/api/v1/secrets", headers=headers, token=False)
                self.assertEqual(status, 401)
                self.assertEqual((document["kind"], document["reason"]), ("Status", "Unauthorized"))
        self.assertEqual(self.api.request("GET", "/readyz", token=False), (200, "ok"))

    def test_no_web_page_can_drive_it(self):
        for name, headers in (("foreign origin", {"Origin": "https://evil.example"}), ("opaque origin", {"Origin": "null"}),
                              ("a rebound name", {"Host": "evil.example"})):
            with self.subTest(name):
                self.assertEqual(self.api.request("GET", "/api/v1/namespaces", headers=headers)[0], 403)

    def test_paths_cannot_climb(self):
        for path in ("/api/v1/namespaces/../secrets", "/api/v1/namespaces/%2e%2e/secrets", "/api/v1/namespaces/a%2fb",
                     "/api/v1/namespaces/%zz", "/api/v1/namespaces/a%00b"):
            with self.subTest(path):
                status, document = self.api.request("GET", path)
                self.assertIn(status, (400, 404), document)

    def test_bodies_have_a_limit(self):
        status, _ = self.api.request("POST", SERVICES_PATH, body=b"x" * (8 << 20), headers={"Content-Type": "application/json"})
        self.assertEqual(status, 413)
        nested = "[" * 100_000
        status, document = self.api.request("POST", SERVICES_PATH, body=nested, headers={"Content-Type": "application/json"})
        self.assertEqual((status, document["kind"]), (400, "Status"))

    def test_plain_http_on_the_tls_port_is_refused(self):
        with socket.create_connection((self.api.host, self.api.port), 10) as connection:
            connection.sendall(b"GET /version HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            self.assertNotIn(b"200 OK", connection.recv(1000))

    def test_slow_clients_harm_nobody(self):
        """Half a handshake, then silence: others are answered meanwhile."""
        idle = [socket.create_connection((self.api.host, self.api.port), 10) for _ in range(200)]
        for connection in idle:
            self.addCleanup(connection.close)
            connection.sendall(b"\x16\x03\x01\x02\x00\x01")
        self.assertEqual(self.api.request("GET", "/api/v1/namespaces")[0], 200)


class PlainHttp(KubeApiCase):
    def test_only_by_hand_and_not_for_web_pages(self):
        self.serve("--kube-api-plain-http")
        self.assertTrue(self.api.server.startswith("http://127.0.0.1:"))
        self.assertEqual(self.api.request("GET", "/api/v1/namespaces")[0], 200)
        self.assertEqual(self.api.request("GET", "/api/v1/namespaces", headers={"Origin": "https://evil.example"})[0], 403)
        self.assertEqual(self.api.request("GET", "/api/v1/namespaces", headers={"Host": "evil.example"})[0], 403)

    def test_ten_thousand_watches(self):
        """All stay open, each sees the one change that concerns it, and the program's memory stays in proportion."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 10_000 if hard >= 11_000 else hard // 2
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, wanted + 1_000), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        self.serve("--kube-api-plain-http")
        watches = []
        for number in range(wanted):
            watch = socket.create_connection((self.api.host, self.api.port), 20)
            self.addCleanup(watch.close)
            watch.sendall((f"GET {SERVICES_PATH}?watch=1&fieldSelector=metadata.name%3Ds{number} HTTP/1.1\r\n"
                           f"Host: 127.0.0.1\r\nAuthorization: Bearer {self.api.token}\r\n\r\n").encode())
            watches.append(watch)
        for watch in watches:
            self.assertTrue(watch.recv(1000).startswith(b"HTTP/1.1 200 "))
        self.assertEqual(self.api.request("POST", SERVICES_PATH, service("s7"))[0], 201)
        seen = watches[7].recv(10_000)
        while b"ADDED" not in seen:
            seen += watches[7].recv(10_000)
        watches[8].setblocking(False)
        with self.assertRaises(BlockingIOError):
            watches[8].recv(1)
        with open(f"/proc/{self.server.process.pid}/status") as status:
            kib = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
        # A sanitizer's program takes more for everything.
        self.assertLess(kib / wanted, 120 if os.environ.get("GATEHOUSE_SANITIZE") else 60, "KiB a watch")


class Objects(KubeApiCase):
    def test_applied_objects_join_those_of_the_files(self):
        self.serve()
        self.assertEqual(service_of(self.get()[1]), "old")
        status, created = self.api.request("POST", ROUTES, route_object("new", "other.test"))
        self.assertEqual(status, 201, created)
        # Traffic and status are right before the answer comes.
        self.assertEqual(condition(created, "Accepted")["status"], "True")
        self.assertEqual(service_of(curl(self.url, "-H", "Host: other.test")[1]), "new")
        self.assertEqual({r["metadata"]["name"] for r in self.api.request("GET", ROUTES)[1]["items"]}, {"route", "applied"})
        # A reload of the files keeps it.
        self.replace("route.yaml", ROUTE.replace("SERVICE", "new"))
        self.server.until("the edit", lambda: service_of(self.get()[1]) == "new")
        self.assertEqual(service_of(curl(self.url, "-H", "Host: other.test")[1]), "new")
        self.assertEqual(self.api.request("DELETE", ROUTES + "/applied")[0], 200)
        self.assertEqual(curl(self.url, "-H", "Host: other.test")[0], 404)

    def test_files_win(self):
        self.serve()
        status, document = self.api.request("GET", ROUTES + "/route")
        self.assertEqual(status, 200)
        document["spec"]["rules"][0]["backendRefs"][0]["name"] = "new"
        status, _ = self.api.request("PUT", ROUTES + "/route", document)
        self.assertEqual(status, 200)
        self.assertIn("route.yaml", self.api.headers["Warning"])
        self.assertEqual(service_of(self.get()[1]), "old")

    def test_status_is_what_the_command_prints(self):
        self.serve()
        served = self.api.request("GET", ROUTES + "/route")[1]["status"]
        printed = json.loads(gatehouse("get", "httproute/route", "-n", "test", self.input, "-o", "json", "--address",
                                       f"test/gw={self.address}").stdout)
        printed = printed.get("items", [printed])[0]["status"]
        for status in (served, printed):
            for parent in status["parents"]:
                for each in parent["conditions"]:
                    each.pop("lastTransitionTime", None)
        self.assertEqual(served, printed)

    def test_saved_objects_come_back(self):
        kept = self.input.parent / (self.input.name + ".kept")
        self.serve("--save", kept)
        self.api.request("POST", ROUTES, route_object("new", "other.test"))
        self.assertTrue((kept / "test" / "httproute.applied.yaml").exists())
        self.assertEqual(self.server.terminate(), 0)
        self.ready.unlink(missing_ok=True)
        self.serve("--save", kept)
        self.assertEqual(service_of(curl(self.url, "-H", "Host: other.test")[1]), "new")

    def test_secrets_stay_where_they_belong(self):
        self.serve("--events", "json", "-v")
        secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s", "namespace": "test"},
                  "stringData": {"password": "hunter2-in-the-open"}}
        self.assertEqual(self.api.request("POST", "/api/v1/namespaces/test/secrets", secret)[0], 201)
        # Refused for another reason: the message must not repeat the content.
        secret["metadata"]["name"] = "Not A Name"
        status, refused = self.api.request("POST", "/api/v1/namespaces/test/secrets", secret)
        self.assertEqual(status, 422)
        events = self.api.request("GET", "/api/v1/events")[1]
        self.get()
        self.assertEqual(self.server.terminate(), 0)
        for text in (json.dumps(refused), json.dumps(events), self.server.out.read_text(), self.server.err.read_text()):
            self.assertNotIn("hunter2", text)
            self.assertNotIn("aHVudGVyMi", text)


class WithoutFiles(unittest.TestCase):
    def test_everything_may_be_applied(self):
        import pathlib
        import shutil
        import tempfile
        directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, directory)
        server = Server(self, "--kube-api", "--kubeconfig", directory / "config", "--ready-file", directory / "ready")
        server.until("ready", lambda: (directory / "ready").exists() or server.process.poll() is not None)
        self.assertTrue((directory / "ready").exists(), server.err.read_text())
        api = Access(directory / "config")
        self.assertEqual(api.request("GET", "/apis/gateway.networking.k8s.io/v1/gateways")[1]["items"], [])
        self.assertEqual(server.terminate(), 0)


class Usage(unittest.TestCase):
    def test_flags_that_need_it(self):
        for flag in ("--kube-api-plain-http", "--kubeconfig=x", "--save=x"):
            done = gatehouse("run", flag, os.devnull)
            self.assertEqual(done.returncode, 2)
            self.assertIn("needs --kube-api", done.stderr)

    def test_only_loopback(self):
        done = gatehouse("run", "--kube-api=0.0.0.0:0")
        self.assertEqual(done.returncode, 2)
        self.assertIn("loopback", done.stderr)


if __name__ == "__main__":
    unittest.main()
