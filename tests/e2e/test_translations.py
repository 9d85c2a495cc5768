"""Every text of the desktop is translated, and the files of texts are what the sources say."""
import pathlib
import subprocess
import sys
import unittest

UPDATE = pathlib.Path(__file__).resolve().parents[2] / "resources" / "translations" / "update.py"


class Translations(unittest.TestCase):
    def test_nothing_is_missing(self):
        done = subprocess.run([sys.executable, str(UPDATE), "--check"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
