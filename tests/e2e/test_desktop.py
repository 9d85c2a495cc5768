"""The desktop draws every sample, light and dark, and thousands of objects, without a word on stderr."""
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DESKTOP = os.environ.get("GATEHOUSE_DESKTOP_BIN")
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.is_dir())


def size_of(png):
    """Width and height, from the picture's header."""
    header = png.read_bytes()[:24]
    if header[:8] != b"\x89PNG\r\n\x1a\n":
        raise AssertionError(f"{png} is no PNG")
    return struct.unpack(">II", header[16:24])


class Desktop(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def draw(self, *arguments, size="1200x800"):
        picture = self.folder / "picture.png"
        picture.unlink(missing_ok=True)
        env = dict(os.environ, QT_QPA_PLATFORM="offscreen", HOME=str(self.folder))
        done = subprocess.run([DESKTOP, "--screenshot", str(picture), "--size", size, *map(str, arguments)], env=env,
                              capture_output=True, text=True, timeout=120)
        return done, picture

    def must_draw(self, *arguments, size="1200x800"):
        done, picture = self.draw(*arguments, size=size)
        self.assertEqual((done.returncode, done.stderr), (0, ""), arguments)
        self.assertEqual(size_of(picture), tuple(map(int, size.split("x"))))
        return picture

    def test_draws_every_sample_light_and_dark(self):
        self.assertTrue(SAMPLES)
        for sample in SAMPLES:
            pictures = {}
            for theme in ("light", "dark"):
                with self.subTest(sample=sample.name, theme=theme):
                    pictures[theme] = self.must_draw("--theme", theme, sample).read_bytes()
            self.assertNotEqual(pictures["light"], pictures["dark"], sample.name)

    def test_draws_what_a_request_would_do(self):
        sample = ROOT / "samples" / "shared-and-dedicated"
        plain = self.must_draw("--theme", "light", sample).read_bytes()
        lit = self.must_draw("--theme", "light", "--explain", "GET http://a.example.com:8080/", sample).read_bytes()
        self.assertNotEqual(plain, lit)

    def test_draws_what_a_base_makes_different(self):
        base = ROOT / "samples" / "shared-and-dedicated"
        changed = self.folder / "changed"
        shutil.copytree(base, changed)
        (changed / "team-c.yaml").unlink()
        plain = self.must_draw("--theme", "light", changed).read_bytes()
        compared = self.must_draw("--theme", "light", "--compare", base, changed).read_bytes()
        self.assertNotEqual(plain, compared)

    def test_draws_thousands_of_objects(self):
        big = self.folder / "big"
        subprocess.run([sys.executable, str(ROOT / "tests" / "bench" / "generate_routes.py"), "--routes", "4579",
                        "--namespaces", "100", "--gateways", "20", "--out", str(big)], check=True)
        self.must_draw(big)

    def test_does_not_wait_for_what_never_begins(self):
        broken = self.folder / "broken.yaml"
        broken.write_text("nonsense: [\n")
        done, _ = self.draw("--config", broken, ROOT / "samples" / "one-to-one")
        self.assertEqual(done.returncode, 2)
        self.assertIn("configuration has errors", done.stderr)
        wrong = self.folder / "wrong.yaml"
        wrong.write_text("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: a}\n"
                         "spec: {gatewayClassName: gatehouse, listeners: nonsense}\n")
        done, _ = self.draw("--run", wrong)
        self.assertEqual(done.returncode, 2)
        self.assertIn("manifests have errors", done.stderr)

    def test_says_what_is_wrong(self):
        for arguments, word in ((["--explain", "a b c", "."], "--explain"), (["--size", "big", "."], "--size"),
                                (["--compare", "base"], "--compare"),
                                (["--compare", self.folder / "nothing", ROOT / "samples" / "one-to-one"], "compared"),
                                ([self.folder / "nothing"], "cannot be read")):
            with self.subTest(arguments=arguments):
                done, _ = self.draw(*arguments) if "--size" not in arguments else (subprocess.run(
                    [DESKTOP, *map(str, arguments)], capture_output=True, text=True, timeout=60), None)
                self.assertEqual(done.returncode, 2)
                self.assertIn(word, done.stderr)


if __name__ == "__main__":
    if not DESKTOP:
        print("GATEHOUSE_DESKTOP_BIN names no program: skipped", file=sys.stderr)
        sys.exit(77)
    unittest.main()
