"""grpc-go's interoperability client against its server through a Gateway, over h2c and TLS: every case that needs no account
with a cloud."""
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import grpc_programs  # noqa: E402
import private_network  # noqa: E402
from gatehouse_program import SERVICES, RunCase, free_port  # noqa: E402
from test_grpc import GATEWAY  # noqa: E402

CASES = ("empty_unary", "large_unary", "client_streaming", "server_streaming", "ping_pong", "empty_stream",
         "timeout_on_sleeping_server", "cancel_after_begin", "cancel_after_first_response", "status_code_and_message",
         "special_status_message", "custom_metadata", "unimplemented_method", "unimplemented_service", "rpc_soak",
         "channel_soak", "orca_per_rpc", "orca_oob")
# The cases of load reports need the client's own balancer for tests.
BALANCER = '{"loadBalancingConfig": [{"test_backend_metrics_load_balancer": {}}]}'

ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: route, namespace: test}
spec:
  parentRefs: [{name: gw}]
  rules:
  - backendRefs: [{name: old, port: 80}]
"""


class Interop(RunCase):
    def setUp(self):
        super().setUp()
        self.secure = free_port(self.address)
        self.cert, key = grpc_programs.certificate(self, "interop.test")
        manifest = GATEWAY.replace("PORT", str(self.port)).replace("SECURE", str(self.secure))
        (self.input / "gateway.yaml").write_text(manifest + SERVICES + grpc_programs.secret("cert", self.cert, key))
        (self.input / "route.yaml").write_text(ROUTE)
        backend = free_port("127.0.0.1")
        server = subprocess.Popen([grpc_programs.DIRECTORY / "server", f"-port={backend}"])
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        self.server = self.start("--backend", f"test/old:80=127.0.0.1:{backend}")

    def cases(self, *options):
        for case in CASES:
            with self.subTest(case):
                balancer = [f"-service_config_json={BALANCER}"] if case.startswith("orca") else []
                done = grpc_programs.run("client", f"-test_case={case}", f"-server_host={self.address}", *balancer, *options)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_over_h2c(self):
        self.cases(f"-server_port={self.port}")

    def test_over_tls(self):
        self.cases(f"-server_port={self.secure}", "-use_tls", "-use_test_ca", f"-ca_file={self.cert}",
                   "-server_host_override=interop.test")


if __name__ == "__main__":
    if reason := grpc_programs.build():  # from the module proxy, which a namespace of our own does not reach
        grpc_programs.skip(reason)
    if not private_network.enter():
        grpc_programs.skip("the kernel gives no network namespace, and the interop server listens on every address")
    unittest.main()
