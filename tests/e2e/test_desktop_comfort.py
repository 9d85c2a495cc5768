"""The desktop in high contrast, and with a cluster that a program named kubectl plays."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DESKTOP = os.environ.get("GATEHOUSE_DESKTOP_BIN")
SAMPLE = ROOT / "samples" / "one-to-one"

GATEWAY = {
    "apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway",
    "metadata": {"name": "from-afar", "namespace": "infra"},
    "spec": {"gatewayClassName": "gatehouse", "listeners": [{"name": "http", "protocol": "HTTP", "port": 8080}]},
}
KUBECTL = """#!/bin/sh
echo "$@" >> {log}
case "$*" in
*api-resources*) echo gateways.gateway.networking.k8s.io;;
*" get "*|"get "*) cat {objects};;
esac
"""


class Desktop(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def draw(self, *arguments, path=None):
        picture = self.folder / "picture.png"
        picture.unlink(missing_ok=True)
        env = dict(os.environ, QT_QPA_PLATFORM="offscreen", HOME=str(self.folder))
        if path:
            env["PATH"] = f"{path}:{env['PATH']}"
        done = subprocess.run([DESKTOP, "--screenshot", str(picture), "--size", "1200x800", *map(str, arguments)],
                              env=env, capture_output=True, text=True, timeout=120)
        return done, picture

    def must_draw(self, *arguments, path=None):
        done, picture = self.draw(*arguments, path=path)
        self.assertEqual((done.returncode, done.stderr), (0, ""), arguments)
        return picture.read_bytes()

    def test_high_contrast_is_a_theme_of_its_own(self):
        pictures = {theme: self.must_draw("--theme", theme, SAMPLE) for theme in ("light", "dark", "high-contrast")}
        self.assertEqual(len(set(pictures.values())), 3)

    def fake_kubectl(self):
        objects = self.folder / "objects.json"
        objects.write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": [GATEWAY]}))
        program = self.folder / "kubectl"
        program.write_text(KUBECTL.format(log=self.folder / "log", objects=objects))
        program.chmod(0o700)

    def test_draws_a_cluster(self):
        self.fake_kubectl()
        self.must_draw("--from-cluster", "--context=staging", "--select", "infra/Gateway/from-afar", path=self.folder)
        self.assertIn("--context=staging", (self.folder / "log").read_text())

    def test_draws_a_cluster_and_files(self):
        self.fake_kubectl()
        self.must_draw("--from-cluster", "--select", "default/HTTPRoute/hello", SAMPLE, path=self.folder)

    def test_says_when_the_cluster_cannot_be_read(self):
        program = self.folder / "kubectl"
        program.write_text("#!/bin/sh\necho 'no such host' >&2\nexit 1\n")
        program.chmod(0o700)
        done, _ = self.draw("--from-cluster", path=self.folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn("cannot be read", done.stderr)

    def test_context_needs_a_cluster(self):
        done, _ = self.draw("--context", "staging", SAMPLE)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--from-cluster", done.stderr)


if __name__ == "__main__":
    if not DESKTOP:
        print("GATEHOUSE_DESKTOP_BIN names no program: skipped", file=sys.stderr)
        sys.exit(77)
    unittest.main()
