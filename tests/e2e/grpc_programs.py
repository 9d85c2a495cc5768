"""gRPC's own programs for the tests: grpcurl, grpc-go's interoperability client and server, and a server with reflection.
Built once from grpc_tools/ with the Go module proxy's sources; where Go is missing the tests are skipped."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from gatehouse_program import BIN, DEADLINE_SECONDS

SOURCES = pathlib.Path(__file__).resolve().parent / "grpc_tools"
DIRECTORY = pathlib.Path(BIN).resolve().parents[1] / "tests" / "grpc_tools"
PACKAGES = {"grpcurl": "github.com/fullstorydev/grpcurl/cmd/grpcurl", "client": "google.golang.org/grpc/interop/client",
            "server": "google.golang.org/grpc/interop/server", "testserver": "./testserver", "authserver": "./authserver"}
SKIPPED = 77  # what CTest takes for skipped

# Exit codes of grpcurl: 64 and the call's status.
CANCELLED, DEADLINE_EXCEEDED, NOT_FOUND, UNIMPLEMENTED, UNAVAILABLE = 65, 68, 69, 76, 78


def build():
    """Why the programs cannot be had; "" when they are there."""
    go = shutil.which("go") or ("/usr/local/go/bin/go" if os.path.exists("/usr/local/go/bin/go") else None)
    if not go:
        return "Go is not installed"
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([go, "build", "-mod=readonly", "-o", f"{DIRECTORY}/", *PACKAGES.values()], cwd=SOURCES,
                          capture_output=True, text=True)
    if done.returncode == 0:
        return ""
    # Without the module proxy there is nothing to test with; anything else is a fault of ours.
    offline = ("no such host", "dial tcp", "connection refused", "i/o timeout", "requires go >=", "module lookup disabled")
    if any(words in done.stderr for words in offline):
        return f"Go cannot build them here: {done.stderr.strip().splitlines()[-1]}"
    raise RuntimeError(done.stderr)


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def main():
    """Runs the tests of the calling module; exits with SKIPPED when they cannot be run."""
    if reason := build():
        skip(reason)
    unittest.main(module="__main__")


def run(program, *arguments, stdin=None, seconds=DEADLINE_SECONDS):
    return subprocess.run([DIRECTORY / program, *map(str, arguments)], input=stdin, capture_output=True, text=True,
                          timeout=seconds)


def backend_tls_policy(service, hostname, authorities):
    """Has a Service of namespace test spoken to over TLS, verified by the authorities of a file."""
    return f"""---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {{name: policy, namespace: test}}
spec:
  targetRefs: [{{group: "", kind: Service, name: {service}}}]
  validation:
    hostname: {hostname}
    caCertificateRefs: [{{group: "", kind: ConfigMap, name: ca}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: ca, namespace: test}}
data:
  ca.crt: |
    """ + authorities.read_text().replace("\n", "\n    ")


def start_testserver(test, *identity):
    """The port of a fresh testserver; with a certificate and its key it speaks TLS."""
    server = subprocess.Popen([DIRECTORY / "testserver", *identity], stdout=subprocess.PIPE, text=True)
    test.addCleanup(server.wait)
    test.addCleanup(server.kill)
    test.addCleanup(server.stdout.close)
    return int(server.stdout.readline())


def certificate(test, *names):
    """A self-signed certificate for the names: its files, certificate and key."""
    directory = pathlib.Path(tempfile.mkdtemp())
    test.addCleanup(shutil.rmtree, directory)
    cert, key = directory / "tls.crt", directory / "tls.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", f"/CN={names[0]}", "-addext",
                    "subjectAltName=" + ",".join(f"DNS:{name}" for name in names), "-keyout", key, "-out", cert],
                   check=True, capture_output=True)
    return cert, key


def secret(name, cert, key):
    """The manifest of a Secret of type kubernetes.io/tls in namespace test."""
    block = lambda text: text.replace("\n", "\n    ")  # noqa: E731
    return (f"---\napiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: test}}\ntype: kubernetes.io/tls\n"
            f"stringData:\n  tls.crt: |\n    {block(cert.read_text())}\n  tls.key: |\n    {block(key.read_text())}\n")
