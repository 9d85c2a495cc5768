"""What every command prints, against tests/golden/cli (see README.md there): help, transcripts of calls with their exit
codes and error texts, and JSON by its schema. It goes through the commands that `gatehouse help` lists."""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

import jsonschema

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import private_network  # noqa: E402
from gatehouse_program import BIN, DEADLINE_SECONDS, ROOT, gatehouse  # noqa: E402

GOLDEN = ROOT / "tests" / "golden" / "cli"
SCHEMAS = ROOT / "resources" / "schemas"
# What a sanitizer is told goes on to the program; of the rest of our environment it knows nothing.
SANITIZERS = {name: os.environ[name] for name in ("ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS") if name in os.environ}
UPDATE = os.environ.get("GATEHOUSE_UPDATE_GOLDEN") == "1"


def commands():
    """The commands that the overview lists."""
    listed = gatehouse("help").stdout.partition("Commands:\n")[2].partition("\n\n")[0]
    return [line.split()[0] for line in listed.splitlines()]


def commands_with_json():
    """Those whose -o takes json, as the completion script knows."""
    offered = re.findall(r"^complete -c gatehouse -n '__fish_seen_subcommand_from (\S+)' -l output -s o -x -a '([^']*)'",
                         gatehouse("completion", "fish").stdout, re.M)
    return [command for command, choices in offered if "json" in choices.split()]


def schema(command):
    file = SCHEMAS / f"{command}.schema.json"
    if not file.exists():
        raise AssertionError(f"{command} has -o json, and {file.relative_to(ROOT)} is missing")
    loaded = json.loads(file.read_text())
    jsonschema.Draft202012Validator.check_schema(loaded)
    return jsonschema.Draft202012Validator(loaded)


class Call:
    """One call of a transcript: [NAME=VALUE...] gatehouse WORDS... [< FILE] [> /dev/null]"""

    def __init__(self, line):
        self.line = line
        words = shlex.split(line)
        self.environment = {}
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            self.environment[name] = value
        if words.pop(0) != "gatehouse":
            raise AssertionError(f"no call of gatehouse: {line}")
        self.quiet = words[-2:] == [">", "/dev/null"]
        words = words[:-2] if self.quiet else words
        self.stdin = words[-1] if words[-2:-1] == ["<"] else None
        self.words = words[:-2] if self.stdin else words
        own = self.words[:self.words.index("--")] if "--" in self.words else self.words
        self.json = ("-o", "json") in zip(own, own[1:])

    def run(self, program, home):
        environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **SANITIZERS, **self.environment}
        if "PATH" in self.environment:
            environment["PATH"] = str(home / self.environment["PATH"])
        with open(home / self.stdin if self.stdin else os.devnull, "rb") as stdin:
            done = subprocess.run([program, *self.words], cwd=home, stdin=stdin, capture_output=True, env=environment,
                                  timeout=DEADLINE_SECONDS)
        return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def in_general(text, home):
    """Without what is another every time."""
    text = text.replace(str(home), "$HOME")
    text = re.sub(r"\d+\.\d+ ms", "N ms", text)
    return re.sub(r"^gatehouse \d+\.\d+\.\d+", "gatehouse VERSION", text)


class Golden(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.commands = commands()
        # A program on its own: what lies beside the built one plays no part.
        cls.directory = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        cls.program = cls.directory / "gatehouse"
        shutil.copy(BIN, cls.program)

    def compare(self, file, text):
        if UPDATE:
            file.write_text(text)
        self.assertTrue(file.exists(), f"{file.relative_to(ROOT)} is missing: run with GATEHOUSE_UPDATE_GOLDEN=1, and read "
                                       "what it wrote")
        self.maxDiff = None
        self.assertEqual(file.read_text(), text, f"{file.relative_to(ROOT)}: if this is meant, GATEHOUSE_UPDATE_GOLDEN=1")

    def test_helps(self):
        self.compare(GOLDEN / "overview.txt", gatehouse("help").stdout)
        for command in self.commands:
            with self.subTest(command):
                text = gatehouse("help", command).stdout
                self.assertEqual(gatehouse(command, "--help").stdout, text)
                self.assertEqual(gatehouse(command, "-h").stdout, text)
                self.compare(GOLDEN / f"{command}.help.txt", text)

    def test_no_command(self):
        for words in ((), ("-v",)):
            done = gatehouse(*words)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(gatehouse().stderr, gatehouse("help").stdout)
        self.assertIn("no COMMAND after '--nope'", gatehouse("--nope").stderr)

    def test_no_file_of_a_command_that_is_gone(self):
        known = {"README.md", "fixtures", "overview.txt"}
        known.update(f"{command}{ending}" for command in self.commands for ending in (".help.txt", ".cases"))
        self.assertEqual(sorted(path.name for path in GOLDEN.iterdir() if path.name not in known), [])
        known = {"README.md", *(f"{command}.schema.json" for command in commands_with_json())}
        self.assertEqual(sorted(path.name for path in SCHEMAS.iterdir() if path.name not in known), [])

    def transcript(self, command, text):
        """The transcript as it really goes, and the exit codes in it."""
        home = self.directory / command
        shutil.copytree(GOLDEN / "fixtures", home)
        written, codes, had_json = [], set(), False
        for line in text.splitlines():
            if line.startswith("#") or not line:
                written.append(line)
            if not line.startswith("$ "):
                continue
            call = Call(line[2:])
            status, out, err = call.run(self.program, home)
            codes.add(status)
            written.append(line)
            if call.json and out:
                had_json = True
                with self.subTest(line):
                    schema(command).validate(json.loads(out))
                out = "(JSON)\n"
            if not call.quiet:
                written += [f"| {each}".rstrip() for each in in_general(out, home).splitlines()]
            written += [f"! {each}".rstrip() for each in in_general(err, home).splitlines()]
            written.append(f"[{status}]")
        return "\n".join(written) + "\n", codes, had_json

    def test_transcripts(self):
        every_code = set()
        with_json = commands_with_json()
        for command in self.commands:
            with self.subTest(command):
                file = GOLDEN / f"{command}.cases"
                if UPDATE and not file.exists():
                    file.write_text(f"$ gatehouse {command} --nope\n")
                self.assertTrue(file.exists(), f"{file.relative_to(ROOT)} is missing; its README.md says what it is")
                text, codes, had_json = self.transcript(command, file.read_text())
                self.compare(file, text)
                self.assertLessEqual({0, 2}, codes, "a call that ends well, and one of bad usage")
                self.assertTrue(had_json or command not in with_json, "no call has -o json")
                every_code |= codes
        self.assertLessEqual({0, 1, 2, 3}, every_code)


if __name__ == "__main__":
    private_network.enter()
    unittest.main()
