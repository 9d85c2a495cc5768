"""`gatehouse run PATH -- COMMAND`: when it starts, what it sees, and whose exit code counts."""
import os
import signal
import socket
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import RunCase, gatehouse  # noqa: E402


class CommandOfRun(RunCase):
    def run_command(self, *command, **options):
        return gatehouse("run", "-q", "--events", "none", self.input, "--address", f"test/gw={self.address}", "--",
                         *command, **options)

    def test_exit_code_is_the_commands(self):
        for exit_code in (0, 7):
            with self.subTest(exit_code):
                done = self.run_command("sh", "-c", f"exit {exit_code}")
                self.assertEqual(done.returncode, exit_code, done.stderr)

    def test_a_signal_counts_as_128_and_its_number(self):
        self.assertEqual(self.run_command("sh", "-c", "kill -KILL $$").returncode, 128 + signal.SIGKILL)

    def test_it_can_use_the_url_at_once(self):
        done = self.run_command("sh", "-c", 'curl -sS --noproxy "*" -H "Host: app.test" "$GATEHOUSE_URL_GW_HTTP/x"')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('"service"', done.stdout)

    def test_arguments_pass_untouched(self):
        done = self.run_command("printf", "%s|", "-v", "--help", "a b", "--")
        self.assertEqual(done.stdout, "-v|--help|a b|--|")

    def test_signals_are_as_usual_in_it(self):
        """Neither blocked nor ignored, although the program around it blocks them."""
        done = self.run_command("sh", "-c", "grep -E '^Sig(Blk|Ign)' /proc/self/status")
        self.assertRegex(done.stdout, r"SigBlk:\t0+\n")
        mask = int(done.stdout.split("SigIgn:\t")[1], 16)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
            self.assertFalse(mask >> (number - 1) & 1, f"{number} is ignored")

    def test_missing_program(self):
        done = self.run_command("/nonexistent/program")
        self.assertEqual(done.returncode, 3)
        self.assertIn("cannot run /nonexistent/program: No such file or directory", done.stderr)

    def test_nothing_after_the_dashes(self):
        done = self.run_command()
        self.assertEqual(done.returncode, 2)
        self.assertIn("no COMMAND after --", done.stderr)

    def test_not_started_when_a_listener_cannot_be(self):
        with socket.create_server((self.address, self.port)):
            done = self.run_command("touch", self.input / "started")
        self.assertEqual(done.returncode, 3)
        self.assertFalse((self.input / "started").exists())

    def test_sigterm_reaches_it_and_its_code_counts(self):
        server = self.start("--", "sh", "-c", "trap 'exit 9' TERM; echo up > %s/up; while :; do sleep 0.05; done" % self.input)
        server.until("the command", (self.input / "up").exists)
        self.assertEqual(server.terminate(), 9)


if __name__ == "__main__":
    unittest.main()
