"""The reading of the suite's results and the judgement of them, without the suite."""
import json
import os
import pathlib
import socket
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import go_results  # noqa: E402
import leftovers  # noqa: E402


def events(*rows):
    results = go_results.Results()
    for action, name, *output in rows:
        results.take(json.dumps({"Action": action, "Test": name, "Output": output[0] if output else ""}))
    return results


class Results(unittest.TestCase):
    def test_only_the_tests_of_the_suite_count(self):
        results = events(("run", "TestConformance"), ("run", "TestConformance/A"), ("run", "TestConformance/A/sub"),
                         ("fail", "TestConformance/A/sub"), ("fail", "TestConformance/A"), ("pass", "TestConformance/B"),
                         ("skip", "TestConformance/C"), ("run", "TestConformance/D"), ("fail", "TestConformance"))
        self.assertEqual((results.passed(), results.failed(), results.skipped()), (["B"], ["A", "D"], ["C"]))
        self.assertEqual(results.state("D"), "does not end")
        self.assertEqual(results.state("E"), "is not run")

    def test_the_message_is_that_of_the_subtest(self):
        text = ["        x.go:1: 2026-01-02T03:04:05.6Z: noise\n", "            \tError Trace:\tx.go:1\n",
                "            \tError:      \tReceived unexpected error:\n", "            \t            \tno luck\n",
                "            \tTest:       \tTestConformance/A/sub\n", "            \tMessages:   \twhat was tried\n"]
        results = events(*[("output", "TestConformance/A/sub", line) for line in text],
                         ("fail", "TestConformance/A/sub"), ("fail", "TestConformance/A"))
        self.assertEqual(results.first_message("A"), "sub: Received unexpected error: no luck | what was tried")

    def test_without_fields_the_last_line_speaks(self):
        results = events(("output", "TestConformance/A", "    x.go:1: 2026-01-02T03:04:05.6Z: first\n"),
                         ("output", "TestConformance/A", "    x.go:2: 2026-01-02T03:04:05.6Z: last\n"), ("fail", "TestConformance/A"))
        self.assertEqual(results.first_message("A"), "last")

    def test_what_is_no_event_is_text(self):
        self.assertEqual(go_results.Results().take("flag redefined\n"), "flag redefined\n")


class Leftovers(unittest.TestCase):
    def test_listening_sockets_are_found_until_they_close(self):
        with socket.create_server(("127.0.0.1", 0)):
            inodes = leftovers.sockets_of(os.getpid())
            self.assertTrue(leftovers.open_sockets(inodes))
        self.assertFalse(leftovers.open_sockets(inodes))

    def test_children_are_found_until_they_end(self):
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as child:
            children = leftovers.children_of(os.getpid())
            self.assertIn(str(child.pid), children)
            self.assertTrue(leftovers.living(children))
        self.assertFalse(leftovers.living([str(child.pid)]))


if __name__ == "__main__":
    unittest.main()
