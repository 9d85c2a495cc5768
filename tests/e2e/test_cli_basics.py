"""Commands, options and exit codes that need no manifests."""
import os
import pathlib
import pty
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import BIN, SAMPLE, gatehouse  # noqa: E402

COMMANDS = ["run", "check", "get", "status", "explain", "test", "diff", "graph", "ingress", "ui", "ca", "config", "hosts",
            "completion", "version", "help"]


class Basics(unittest.TestCase):
    def assertUsage(self, done, *words):
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stdout, "", "usage errors go to standard error")
        for word in words:
            self.assertIn(word, done.stderr)

    def test_version(self):
        for arguments in (["version"], ["--version"]):
            done = gatehouse(*arguments)
            self.assertEqual(done.returncode, 0)
            self.assertRegex(done.stdout, r"^gatehouse \d+\.\d+\.\d+ ")

    def test_help_lists_every_command_and_none_that_does_not_exist(self):
        done = gatehouse("help")
        self.assertEqual(done.returncode, 0)
        listed = [line.split()[0] for line in done.stdout.split("Commands:\n")[1].split("\n\n")[0].splitlines()]
        self.assertEqual(listed, COMMANDS)

    def test_every_command_has_help(self):
        for command in COMMANDS:
            with self.subTest(command):
                by_word, by_flag = gatehouse("help", command), gatehouse(command, "--help")
                self.assertEqual((by_word.returncode, by_flag.returncode), (0, 0), by_word.stderr + by_flag.stderr)
                self.assertIn(f"Usage: gatehouse {command}", by_word.stdout)
                self.assertEqual(by_word.stdout, by_flag.stdout)

    def test_run_help_documents_the_variables(self):
        self.assertIn("GATEHOUSE_URL_<GATEWAY>_<LISTENER>", gatehouse("run", "--help").stdout)

    def test_no_command_is_bad_usage(self):
        self.assertUsage(gatehouse(), "Usage: gatehouse COMMAND")

    def test_unknown_command_suggests(self):
        done = gatehouse("rnu", SAMPLE)
        self.assertUsage(done)
        self.assertEqual(done.stderr, "gatehouse: unknown command 'rnu'; did you mean 'run'?\n")

    def test_unknown_command_without_a_near_one(self):
        self.assertUsage(gatehouse("frobnicate"), "unknown command 'frobnicate'", "gatehouse help")

    def test_unknown_option_suggests(self):
        done = gatehouse("run", "--wacth", SAMPLE)
        self.assertUsage(done, "run: unknown option '--wacth'; did you mean '--watch'?")

    def test_unknown_choice_suggests(self):
        done = gatehouse("check", "-o", "jsn", SAMPLE)
        self.assertUsage(done, "'jsn' is no choice; expected text, json, sarif; did you mean 'json'?")

    def test_missing_value(self):
        self.assertUsage(gatehouse("run", SAMPLE, "--workers"), "--workers")

    def test_no_path(self):
        for command in ("run", "check", "status", "graph", "hosts"):
            with self.subTest(command):
                self.assertUsage(gatehouse(command), "no PATH given")

    def test_repeatable_option_takes_one_value_and_leaves_the_path(self):
        done = gatehouse("config", "--backend", "a/b:80=127.0.0.1:9000", SAMPLE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"backends\.a/b:80 +127\.0\.0\.1:9000 +--backend")

    def test_missing_path_is_unreadable_input(self):
        for command in ("check", "status", "run"):
            with self.subTest(command):
                done = gatehouse(command, "/nonexistent/manifest.yaml")
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn("/nonexistent/manifest.yaml", done.stdout + done.stderr)

    def test_a_path_may_bear_the_name_of_a_command(self):
        done = gatehouse("check", "run")
        self.assertEqual(done.returncode, 2)
        self.assertIn("run", done.stdout)

    def test_flags_may_stand_before_the_command(self):
        done = gatehouse("-q", "-n", "a", "get", "httproutes", SAMPLE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("team-a", done.stdout)
        self.assertNotIn("team-b", done.stdout)

    def test_any_option_with_a_value_may_stand_before_the_command(self):
        done = gatehouse("--backend", "a/b:80=127.0.0.1:9000", "--unmapped", "error", "config", SAMPLE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"backends\.a/b:80 +127\.0\.0\.1:9000 +--backend")
        for words in (("--port", "a/b/c=1234"), ("--address", "a/b=127.0.0.9"), ("--severity", "GH2008=off")):
            with self.subTest(words):
                self.assertEqual(gatehouse(*words, "check", SAMPLE).returncode, 0)

    def test_an_option_that_is_a_switch_elsewhere_goes_by_the_word_behind_it(self):
        self.assertIn("GH1001", gatehouse("--explain", "GH1001", "check").stdout)
        self.assertUsage(gatehouse("--explain", "run", SAMPLE), "--events json")

    def test_common_flags_belong_to_every_command(self):
        for command in COMMANDS:
            with self.subTest(command):
                done = gatehouse("-q", "-v", "--no-color", command, "--help")
                self.assertEqual(done.returncode, 0, done.stderr)
                for flag in ("--quiet", "--verbose", "--no-color"):
                    self.assertIn(flag, done.stdout)
        self.assertEqual(gatehouse("version", "-q", "-v", "--no-color").stdout, gatehouse("version").stdout)

    def test_ui_without_the_desktop_program_says_so(self):
        beside = os.path.join(os.path.dirname(BIN), "gatehouse-desktop")
        if os.path.exists(beside):
            self.skipTest("gatehouse-desktop lies beside the program")
        done = gatehouse("ui", SAMPLE, env={"PATH": "/nonexistent"})
        self.assertEqual(done.returncode, 3)
        self.assertIn("gatehouse-desktop is neither beside this program nor in PATH", done.stderr)


class Dashes(unittest.TestCase):
    """`--` ends the options: what follows are arguments like any other."""

    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        for name in ("plain.yaml", "-odd-name.yaml"):
            pathlib.Path(self.directory.name, name).write_text("apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n")

    def run_there(self, *words):
        return gatehouse(*words, cwd=self.directory.name)

    def test_paths(self):
        done = self.run_there("check", "plain.yaml", "--", "nosuchfile.yaml")
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("cannot read nosuchfile.yaml", done.stdout)

    def test_names_that_look_like_options(self):
        for words in (("--", "-odd-name.yaml"), ("-o", "text", "--", "-odd-name.yaml"), ("-q", "--", "./-odd-name.yaml")):
            with self.subTest(words):
                done = self.run_there("check", *words)
                self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertIn("cannot read --strict", self.run_there("check", "--", "--strict").stdout)

    def test_standard_input_keeps_its_name(self):
        done = gatehouse("get", "namespaces", "--", "-", stdin="apiVersion: v1\nkind: Namespace\nmetadata: {name: piped}\n")
        self.assertIn("piped", done.stdout)

    def test_as_many_as_there_is_room_for(self):
        self.assertEqual(self.run_there("diff", "plain.yaml", "--", "plain.yaml").returncode, 0)
        for words, left in ((("diff", "plain.yaml", "--", "plain.yaml", "third.yaml"), "third.yaml"),
                            (("version", "--", "-x"), "-x")):
            with self.subTest(words):
                done = self.run_there(*words)
                self.assertEqual(done.returncode, 2)
                self.assertIn(f"unexpected argument '{left}'", done.stderr)

    def test_nothing_behind_them(self):
        self.assertEqual(self.run_there("check", "plain.yaml", "--").returncode, 0)


class Completion(unittest.TestCase):
    def test_scripts_name_commands_options_and_choices(self):
        for shell in ("bash", "zsh", "fish"):
            with self.subTest(shell):
                done = gatehouse("completion", shell)
                self.assertEqual(done.returncode, 0, done.stderr)
                for word in (*COMMANDS, "ready-file", "httproutes", "sarif"):
                    self.assertIn(word, done.stdout)

    def test_bash_completes(self):
        script = gatehouse("completion", "bash").stdout
        ask = script + """
            COMP_WORDS=(gatehouse %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _gatehouse; echo "${COMPREPLY[@]}"
        """
        for words, expected in (("che", "check"), ("check -o sa", "sarif"), ("run --read", "--ready-file --ready-fd"),
                                ("get gatewayc", "gatewayclasses")):
            with self.subTest(words):
                done = subprocess.run(["bash", "-c", ask % words], capture_output=True, text=True)
                self.assertEqual(done.stdout.strip(), expected, done.stderr)

    def test_unknown_shell(self):
        done = gatehouse("completion", "tcsh")
        self.assertEqual(done.returncode, 2)
        self.assertIn("expected bash, zsh or fish", done.stderr)


class Colour(unittest.TestCase):
    def on_terminal(self, arguments, env):
        """Output of the program when standard output is a terminal."""
        leader, follower = pty.openpty()
        process = subprocess.Popen([BIN, *map(str, arguments)], stdout=follower, stderr=subprocess.DEVNULL,
                                   env={k: v for k, v in {**os.environ, **env}.items() if v is not None})
        os.close(follower)
        text = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            text += piece
        os.close(leader)
        process.wait()
        return text.decode()

    def test_only_on_a_terminal_that_wants_it(self):
        plain = {"NO_COLOR": None, "TERM": "xterm"}
        for name, arguments, env, coloured in (
                ("terminal", [], plain, True),
                ("--no-color", ["--no-color"], plain, False),
                ("NO_COLOR", [], {**plain, "NO_COLOR": "1"}, False),
                ("empty NO_COLOR counts as absent", [], {**plain, "NO_COLOR": ""}, True),
                ("TERM=dumb", [], {**plain, "TERM": "dumb"}, False)):
            with self.subTest(name):
                text = self.on_terminal(["status", SAMPLE, *arguments], env)
                self.assertEqual("\033[" in text, coloured, text)

    def test_never_in_a_pipe(self):
        self.assertNotIn("\033[", gatehouse("status", SAMPLE, env={"TERM": "xterm"}).stdout)


if __name__ == "__main__":
    unittest.main()
