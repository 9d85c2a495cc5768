"""Runs every command of every sample's README against the built program and compares the answers exactly."""
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
from gatehouse_program import needs_addresses  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = sorted(p for p in (ROOT / "samples").iterdir() if p.is_dir())
BIN = os.environ["GATEHOUSE_BIN"]


def commands(readme):
    """The `$ command` lines of the console blocks, each with the answer written below it."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", readme.read_text(), re.S | re.M):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif found:
                found[-1][1].append(line)
    return [(command, "".join(x + "\n" for x in answer)) for command, answer in found]


class Samples(unittest.TestCase):
    def serve(self, sample):
        directory = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, directory)
        fifo = os.path.join(directory, "ready")
        os.mkfifo(fifo)
        # --ready-fd is written when every listener is up: opening the pipe for reading waits for exactly that.
        server = subprocess.Popen(["bash", "-c", 'exec 9>"$1"; exec "$2" run --no-watch --ready-fd 9 "$3"', "-", fifo, BIN,
                                   str(sample)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)
        with open(fifo) as ready:
            if not ready.readline():
                server.terminate()
                self.fail(f"{sample.name} did not start:\n{server.stdout.read()}")
        return server

    def test_every_sample_has_a_readme_with_commands(self):
        names = {s.name for s in SAMPLES}
        self.assertLessEqual({"shared-and-dedicated", "one-to-one", "one-to-many", "many-to-one"}, names)
        for sample in SAMPLES:
            with self.subTest(sample.name):
                self.assertTrue(any("curl" in c for c, _ in commands(sample / "README.md")))

    @needs_addresses
    def test_commands_answer_as_written(self):
        for sample in SAMPLES:
            server = self.serve(sample)
            for command, expected in commands(sample / "README.md"):
                with self.subTest(sample=sample.name, command=command):
                    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=20,
                                          env={**os.environ, "PATH": os.path.dirname(BIN) + ":" + os.environ["PATH"]})
                    self.assertEqual(done.stdout, expected, done.stderr)
            server.terminate()
            self.assertEqual(server.wait(20), 0, "SIGTERM drains and exits 0")


if __name__ == "__main__":
    private_network.enter()
    unittest.main()
