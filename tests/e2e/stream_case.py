"""What the tests of TCP and TLS listeners share: an address of their own, manifests, small servers."""
import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import Server, free_port, own_address  # noqa: E402


def openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Certificates:
    """A CA of the test's own and what it signed, as files."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.ca, self._key = self.directory / "ca.pem", self.directory / "ca.key"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                "/CN=test CA", "-keyout", self._key, "-out", self.ca)

    def issue(self, name):
        """Paths of a certificate for `name` and its key."""
        base = self.directory / name.replace("*", "star")
        key, csr, crt, extensions = (base.with_name(base.name + end) for end in (".key", ".csr", ".crt", ".ext"))
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
                "-keyout", key, "-out", csr)
        extensions.write_text(f"subjectAltName=DNS:{name}\n")
        openssl("x509", "-req", "-in", csr, "-CA", self.ca, "-CAkey", self._key, "-CAcreateserial", "-days", "1",
                "-extfile", extensions, "-out", crt)
        return crt, key

    def secret(self, secret, name):
        crt, key = self.issue(name)
        return (f"---\napiVersion: v1\nkind: Secret\nmetadata: {{name: {secret}, namespace: test}}\n"
                "type: kubernetes.io/tls\nstringData:\n"
                f"  tls.crt: |\n{textwrap.indent(crt.read_text(), '    ')}"
                f"  tls.key: |\n{textwrap.indent(key.read_text(), '    ')}")


class Acceptor:
    """A server of 127.0.0.1 that runs `serve(connection)` in a thread for every connection."""

    def __init__(self, test, serve):
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self.socket.getsockname()[1]
        self._serve = serve
        threading.Thread(target=self._accept, daemon=True).start()
        test.addCleanup(self.close)

    def close(self):
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection):
        with connection, contextlib.suppress(OSError):
            connection.settimeout(30)
            self._serve(connection)


def read_all(connection):
    data = b""
    while piece := connection.recv(65536):
        data += piece
    return data


class StreamCase(unittest.TestCase):
    def setUp(self):
        self.address = own_address()
        self.work = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.work, ignore_errors=True)
        self.input = self.work / "input"
        self.input.mkdir()
        self.port = free_port(self.address)

    def gateway(self, *listeners):
        text = "".join(f"  - {listener}\n" for listener in listeners)
        return ("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw, namespace: test}\n"
                f"spec:\n  gatewayClassName: gatehouse\n  listeners:\n{text}---\n")

    @staticmethod
    def service(name):
        return f"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: test}}\nspec: {{ports: [{{port: 80}}]}}\n---\n"

    @staticmethod
    def route(kind, name, service, section=None, hostnames=()):
        parent = "{name: gw" + (f", sectionName: {section}" if section else "") + "}"
        names = f"  hostnames: [{', '.join(repr(h) for h in hostnames)}]\n" if hostnames else ""
        return (f"apiVersion: gateway.networking.k8s.io/v1\nkind: {kind}\nmetadata: {{name: {name}, namespace: test}}\n"
                f"spec:\n  parentRefs: [{parent}]\n{names}  rules: [{{backendRefs: [{{name: {service}, port: 80}}]}}]\n---\n")

    def write(self, text, name="all.yaml"):
        temporary = self.work / name
        temporary.write_text(text)
        temporary.replace(self.input / name)

    def start(self, backends, *arguments):
        """`backends`: Service names to ports of 127.0.0.1."""
        ready = self.work / "ready"
        mapping = [word for service, port in backends.items()
                   for word in ("--backend", f"test/{service}:80=127.0.0.1:{port}")]
        server = Server(self, self.input, "--address", f"test/gw={self.address}", "--ready-file", ready, *mapping, *arguments)
        server.until("ready", lambda: ready.exists() or server.process.poll() is not None)
        self.assertTrue(ready.exists(), server.err.read_text())
        return server

    def connect(self, port=None):
        connection = socket.create_connection((self.address, port or self.port), timeout=30)
        self.addCleanup(connection.close)
        return connection
