"""Man pages and completions come from the definitions of --help: nothing is missing in them, and they are well formed."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import gatehouse  # noqa: E402


def commands():
    """The commands that the overview lists."""
    listed = gatehouse("help").stdout.partition("Commands:\n")[2].partition("\n\n")[0]
    return [line.split()[0] for line in listed.splitlines()]


def options(command):
    """Long and short names in the help of a command; "--watch,--no-watch" are two."""
    listed = gatehouse("help", command).stdout.partition("\nOptions:")[2]
    return sorted(set(re.findall(r"(?:^ +|,)(--?[a-zA-Z][-a-z]*)", listed, re.M)))


class ManPages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        done = gatehouse("man-page", "--directory", cls.directory)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        cls.pages = {page.name: page.read_text() for page in cls.directory.iterdir()}

    def test_a_page_for_each_command(self):
        self.assertIn("run", commands())
        self.assertEqual(sorted(self.pages), sorted(["gatehouse.1"] + [f"gatehouse-{name}.1" for name in commands()]))

    def test_every_option_and_word_of_the_help_is_there(self):
        for command in commands():
            with self.subTest(command):
                page = self.pages[f"gatehouse-{command}.1"].replace("\\-", "-")
                found = options(command)
                self.assertIn("--help", found)
                for name in found:
                    self.assertIn(f"\\fB{name}\\fR", page)
        overview = self.pages["gatehouse.1"].replace("\\-", "-")
        for command in commands():
            self.assertIn(f".BR gatehouse-{command} (1)", overview)

    def test_the_same_bytes_again(self):
        for command in commands():
            self.assertEqual(gatehouse("man-page", command).stdout, self.pages[f"gatehouse-{command}.1"])
        self.assertEqual(gatehouse("man-page").stdout, self.pages["gatehouse.1"])

    def test_lint(self):
        checkers = []
        if shutil.which("mandoc"):
            checkers.append(["mandoc", "-Tlint", "-Wwarning"])
        if shutil.which("groff"):
            checkers.append(["groff", "-man", "-Tutf8", "-ww", "-z"])
        if not checkers:
            self.skipTest("neither mandoc nor groff is installed")
        for checker in checkers:
            for name in sorted(self.pages):
                with self.subTest(f"{checker[0]} {name}"):
                    done = subprocess.run([*checker, self.directory / name], capture_output=True, text=True, timeout=60)
                    self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_it_is_no_command_for_users(self):
        self.assertNotIn("man-page", gatehouse("help").stdout)
        self.assertNotIn("man-page", gatehouse("completion", "bash").stdout)
        self.assertEqual(gatehouse("man-page", "man-page").returncode, 2)
        done = gatehouse("man-page", "--directory", "/nonexistent")
        self.assertEqual(done.returncode, 2)
        self.assertIn("/nonexistent", done.stderr)


class Completions(unittest.TestCase):
    def test_every_option_of_the_help_is_offered(self):
        for shell in ("bash", "zsh", "fish"):
            script = gatehouse("completion", shell).stdout
            for command in commands():
                with self.subTest(f"{shell} {command}"):
                    self.assertIn(command, script)
                    for name in options(command):
                        shown = name if shell != "fish" else (f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}")
                        self.assertIn(shown, script)

    def test_the_shells_take_them(self):
        for shell, flags in (("bash", ["-n"]), ("zsh", ["-n"]), ("fish", ["--no-execute"])):
            if not shutil.which(shell):
                continue
            with self.subTest(shell):
                done = subprocess.run([shell, *flags, "/dev/stdin"], capture_output=True, text=True, timeout=60,
                                      input=gatehouse("completion", shell).stdout)
                self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
