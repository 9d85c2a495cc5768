"""`gatehouse diff`: two sets of manifests, from files, directories, standard input and git."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import GATEWAY, ROUTE, SAMPLE, SERVICES, gatehouse  # noqa: E402

OLD = GATEWAY.replace("PORT", "80") + SERVICES + "---\n" + ROUTE.replace("SERVICE", "old")
NEW = OLD.replace("name: old, port", "name: new, port")
SECRET = """---
apiVersion: v1
kind: Secret
metadata: {name: s, namespace: test}
stringData: {password: VALUE}
"""


class Diff(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.directory)

    def file(self, name, text):
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def diff(self, old, new, *options):
        return gatehouse("diff", self.file("old.yaml", old), self.file("new.yaml", new), *options)

    def test_nothing_differs(self):
        done = self.diff(OLD, OLD.replace("---\n", "--- # the same\n"))
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "no differences\n", ""))

    def test_another_backend(self):
        done = self.diff(OLD, NEW)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("~ HTTPRoute test/route", done.stdout)
        self.assertIn('spec.rules[0].backendRefs[0].name: "old" -> "new"', done.stdout)
        self.assertIn("~ GET http://app.test/  at test/gw port 80 (HTTP)", done.stdout)
        self.assertRegex(done.stdout, r"before: test/old:80 by HTTPRoute/test/route rules\[0\] \(.*old\.yaml:\d+:\d+\)")
        self.assertRegex(done.stdout, r"after:  test/new:80 by HTTPRoute/test/route rules\[0\] \(.*new\.yaml:\d+:\d+\)")
        self.assertTrue(done.stdout.endswith("differences: 1 object, 1 destination\n"), done.stdout)

    def test_the_witness_is_what_explain_says(self):
        change = json.loads(self.diff(OLD, NEW, "-o", "json").stdout)["behaviour"][0]
        for name, backend in (("old.yaml", "test/old:80"), ("new.yaml", "test/new:80")):
            words = change["witness"]["text"].split()
            said = json.loads(gatehouse("explain", self.directory / name, "-o", "json", "--", *words).stdout)
            self.assertEqual([share["backend"] for share in said["backends"]], [backend])

    def test_json_has_every_layer(self):
        found = json.loads(self.diff(OLD, NEW.replace("app.test", "other.test") + "---\n" + ROUTE.replace(
            "name: route", "name: second").replace("SERVICE", "gone"), "-o", "json").stdout)
        self.assertEqual([(r["change"], r["kind"], r["name"]) for r in found["resources"]],
                         [("changed", "HTTPRoute", "route"), ("added", "HTTPRoute", "second")])
        self.assertEqual([(a["change"], a["route"], a["before"], a["after"]) for a in found["attachments"]],
                         [("changed", "HTTPRoute test/route", "app.test", "other.test"),
                          ("added", "HTTPRoute test/second", "", "app.test")])
        self.assertEqual([(b["witness"]["host"], b["before"]["destination"], b["after"]["destination"])
                          for b in found["behaviour"]],
                         [("app.test", "test/old:80", "500 (BackendNotFound: Service test/gone does not exist)"), ("other.test", "404", "test/new:80")])

    def test_conditions(self):
        refused = OLD.replace("port: 80}\nspec", "x").replace("protocol: HTTP, port: 80", "protocol: HTTP, port: 80, hostname: z.test")
        done = self.diff(OLD, refused)
        self.assertIn("HTTPRoute test/route, parent test/gw: Accepted True (Accepted) -> False (NoMatchingListenerHostname)",
                      done.stdout)
        self.assertIn("- HTTPRoute test/route on Gateway test/gw listener http (hosts app.test)", done.stdout)

    def test_secrets_are_not_shown(self):
        done = self.diff(OLD + SECRET.replace("VALUE", "hunter2"), OLD + SECRET.replace("VALUE", "hunter3"))
        self.assertIn("~ Secret test/s", done.stdout)
        self.assertNotIn("hunter", done.stdout)

    def test_secrets_in_what_kubectl_keeps_are_not_shown(self):
        applied = SECRET.replace("namespace: test}", "namespace: test, annotations: {"
                                 "kubectl.kubernetes.io/last-applied-configuration: '{\"data\":{\"p\":\"aHVudGVyMg==\"}}'}}")
        for old, new in ((SECRET, applied), (applied, SECRET),
                         (applied, applied.replace("aHVudGVyMg", "b3RoZXI")),
                         (SECRET, applied.replace("annotations: {", "annotations: {team: shop, "))):
            for form in ("text", "json", "markdown"):
                done = self.diff(OLD + old, OLD + new, "-o", form)
                self.assertNotIn("aHVudGVyMg", done.stdout + done.stderr)
                self.assertNotIn("last-applied", done.stdout)
        self.assertIn("team", done.stdout)

    def test_markdown(self):
        done = self.diff(OLD, NEW.replace("metadata: {name: route", "metadata: {annotations: {a: 'x|y`z'}, name: route"),
                         "-o", "markdown")
        self.assertEqual(done.returncode, 1)
        self.assertIn('`` {"a":"x\\|y`z"} ``', done.stdout)
        for line in ("**differences: 1 object, 1 destination**", "### Resources", "### Behaviour",
                     "| for example | at | before | after |"):
            self.assertIn(line, done.stdout)
        self.assertIn("`GET http://app.test/`", done.stdout)
        table = [line for line in done.stdout.splitlines() if line.startswith("| `GET")]
        self.assertEqual(len(table), 1)
        self.assertEqual(table[0].replace("\\|", "").count("|"), 5, table[0])

    def test_directories_and_standard_input(self):
        self.file("d/gateway.yaml", OLD)
        done = gatehouse("diff", self.directory / "d", "-", stdin=NEW)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("<stdin>", done.stdout)
        self.assertEqual(gatehouse("diff", "-", "-", stdin=NEW).returncode, 2)

    def test_the_sample_is_like_itself(self):
        self.assertEqual(gatehouse("diff", SAMPLE, SAMPLE).stdout, "no differences\n")

    def test_unreadable(self):
        done = gatehouse("diff", self.directory / "none", SAMPLE)
        self.assertEqual(done.returncode, 2)
        self.assertIn("none", done.stderr)

    @unittest.skipUnless(shutil.which("git"), "git is not installed")
    def test_git(self):
        def git(*arguments):
            subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments], check=True,
                           cwd=self.directory, capture_output=True)
        git("init", "-q", "-b", "main")
        self.file("m/gateway.yaml", OLD)
        self.file("m/.hidden/x.yaml", "not: [yaml")
        self.file("m/notes.txt", "no manifest")
        git("add", ".")
        git("commit", "-q", "-m", "one")
        self.file("m/gateway.yaml", NEW)
        for old, new in (("git:main:m", "m"), ("git:HEAD:m/", "m/gateway.yaml"), ("git:HEAD:m/gateway.yaml", "m")):
            with self.subTest((old, new)):
                done = gatehouse("diff", old, new, cwd=self.directory)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn("differences: 1 object, 1 destination", done.stdout)
                self.assertRegex(done.stdout, r"git:(main|HEAD):m/gateway\.yaml:\d+:\d+")
        for source, words in (("git:nowhere:m", "nowhere"), ("git:main:n", "has no manifest"), ("git::m", "names no revision")):
            with self.subTest(source):
                done = gatehouse("diff", source, "m", cwd=self.directory)
                self.assertEqual(done.returncode, 2)
                self.assertIn(words, done.stderr)


if __name__ == "__main__":
    unittest.main()
