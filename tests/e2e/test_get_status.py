"""`gatehouse get` and `gatehouse status`: tables, lists with status, redaction, selection."""
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import SAMPLE, gatehouse, needs_addresses  # noqa: E402

SECRET = """apiVersion: v1
kind: Secret
metadata: {name: s}
data: {key: aHVudGVyMg==}
"""


def get(*arguments, **options):
    return gatehouse("get", *arguments, **options)


class Tables(unittest.TestCase):
    @needs_addresses
    def test_gateways(self):
        done = get("gateways", SAMPLE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout,
                         "NAMESPACE   NAME           CLASS       ADDRESS     PROGRAMMED   AGE\n"
                         "c           dedicated-gw   gatehouse   127.0.0.2   True         <unknown>\n"
                         "infra       shared-gw      gatehouse   127.0.0.1   True         <unknown>\n")

    def test_one_namespace_has_no_column_unless_asked(self):
        self.assertEqual(get("httproutes", SAMPLE, "-n", "b").stdout,
                         'NAME     HOSTNAMES           AGE\n'
                         'team-b   ["b.example.com"]   <unknown>\n')
        self.assertTrue(get("secrets", "-", "-A", stdin=SECRET).stdout.startswith("NAMESPACE   NAME"))
        self.assertTrue(get("secrets", "-", stdin=SECRET).stdout.startswith("NAME   TYPE"))

    def test_wide_has_more_columns(self):
        done = get("httproutes", SAMPLE, "-o", "wide")
        self.assertRegex(done.stdout, r"HOSTNAMES +ACCEPTED +REFS +PARENTS +AGE")
        self.assertRegex(done.stdout, r"team-a-wants-dedicated .* False +True +c/dedicated-gw ")

    def test_names_of_kinds(self):
        plural = get("gateways", SAMPLE).stdout
        for word in ("gateway", "Gateway", "gtw", "gateways.gateway.networking.k8s.io"):
            with self.subTest(word):
                self.assertEqual(get(word, SAMPLE).stdout, plural)

    def test_all_and_several_kinds_carry_the_kind(self):
        done = get("all", SAMPLE)
        for name in ("gatewayclass.gateway.networking.k8s.io/gatehouse", "httproute.gateway.networking.k8s.io/team-a ",
                     "service/team-a-web", "namespace/infra"):
            self.assertIn(name, done.stdout)
        several = get("gtw,svc", SAMPLE).stdout
        self.assertIn("service/team-a-web", several)
        self.assertNotIn("httproute", several)

    def test_each_object_once_and_kinds_in_the_order_first_named(self):
        self.assertEqual(get("gateways,gtw", SAMPLE).stdout, get("gateways", SAMPLE).stdout)
        self.assertEqual(get("svc,gateway/shared-gw,services,gtw", SAMPLE, "-o", "json").stdout,
                         get("svc,gateway/shared-gw,gateway/dedicated-gw", SAMPLE, "-o", "json").stdout)
        self.assertEqual(get("gateway/shared-gw,httproutes,gateway/dedicated-gw", SAMPLE).stdout,
                         get("gateway/shared-gw,gateway/dedicated-gw,httproutes", SAMPLE).stdout)
        self.assertEqual(get("all,gtw", SAMPLE).stdout, get("all", SAMPLE).stdout)
        self.assertEqual(get("gtw/nope,gateway/nope", SAMPLE).stderr.count("not found"), 1)

    def test_by_name(self):
        done = get("gateway/shared-gw", SAMPLE)
        self.assertEqual(done.stdout.splitlines()[1].split()[0], "shared-gw")
        self.assertEqual(len(done.stdout.splitlines()), 2)

    def test_not_found(self):
        done = get("gateway/nope", SAMPLE)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn('Gateway "nope" not found', done.stderr)
        done = get("tcproutes", SAMPLE)
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertIn("No resources found", done.stderr)

    def test_unknown_kind_suggests(self):
        done = get("gatways", SAMPLE)
        self.assertEqual(done.returncode, 2)
        self.assertIn("unknown kind 'gatways'; did you mean 'gateways'?", done.stderr)

    def test_secrets_are_redacted_in_every_format(self):
        for output in ("table", "wide", "json", "yaml"):
            with self.subTest(output):
                text = get("secrets", "-", "-o", output, stdin=SECRET).stdout
                self.assertIn("s", text)
                self.assertNotIn("aHVudGVyMg", text)
                self.assertNotIn("hunter2", text)
        self.assertIn("key: <redacted, 7 bytes>", get("secret", "-", "-o", "yaml", stdin=SECRET).stdout)


class Lists(unittest.TestCase):
    def items(self, *arguments):
        done = get(*arguments, "-o", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        document = json.loads(done.stdout)
        self.assertEqual((document["apiVersion"], document["kind"]), ("v1", "List"))
        return document["items"]

    def test_status_is_there(self):
        items = {item["metadata"]["name"]: item for item in self.items("httproutes", SAMPLE)}
        refused = items["team-a-wants-dedicated"]["status"]["parents"][0]
        conditions = {c["type"]: c for c in refused["conditions"]}
        self.assertEqual((conditions["Accepted"]["status"], conditions["Accepted"]["reason"]),
                         ("False", "NotAllowedByListeners"))
        self.assertEqual(refused["parentRef"]["name"], "dedicated-gw")
        accepted = items["team-a"]["status"]["parents"][0]["conditions"]
        self.assertIn("True", [c["status"] for c in accepted if c["type"] == "Accepted"])

    def test_same_input_same_bytes(self):
        for output in ("yaml", "json"):
            with self.subTest(output):
                first = get("all", SAMPLE, "-o", output).stdout
                self.assertEqual(first, get("all", SAMPLE, "-o", output).stdout)
                files = sorted(SAMPLE.glob("*.yaml"))
                self.assertEqual(first, get("all", *reversed(files), "-o", output).stdout, "order of files plays no part")

    def test_items_are_sorted(self):
        names = [(i["metadata"]["namespace"], i["metadata"]["name"]) for i in self.items("httproutes", SAMPLE)]
        self.assertEqual(names, sorted(names))

    def test_yaml_is_a_list(self):
        text = get("gateways", SAMPLE, "-o", "yaml").stdout
        self.assertTrue(text.startswith("apiVersion: v1\nitems:\n- apiVersion: gateway.networking.k8s.io/v1\n"), text[:80])
        self.assertIn("\nkind: List\n", text)
        self.assertIn("    - lastTransitionTime: \"1970-01-01T00:00:00Z\"\n", text)

    def test_output_can_be_read_again(self):
        text = get("all", SAMPLE, "-o", "yaml").stdout
        self.assertEqual(get("all", "-", "-o", "yaml", stdin=text).stdout, text)


class Status(unittest.TestCase):
    @needs_addresses
    def test_words(self):
        done = gatehouse("status", SAMPLE)
        self.assertEqual(done.returncode, 0, done.stderr)
        for words in ("Gateway infra/shared-gw  class gatehouse  programmed at 127.0.0.1\n",
                      "  listener http  HTTP 8080  *.example.com  http://127.0.0.1:8080  2 attached routes\n",
                      "  Gateway infra/shared-gw: accepted by http  (one-to-many)\n",
                      "  Gateway c/dedicated-gw: accepted by http  (one-to-one)\n",
                      "  Gateway c/dedicated-gw: refused: NotAllowedByListeners: listener http: routes from namespace a are "
                      "not allowed"):
            self.assertIn(words, done.stdout)

    def test_wide_prints_every_condition(self):
        self.assertNotIn("Programmed True", gatehouse("status", SAMPLE).stdout)
        self.assertIn("    Programmed True: ", gatehouse("status", SAMPLE, "-o", "wide").stdout)

    def test_lists_hold_what_has_a_status(self):
        items = json.loads(gatehouse("status", SAMPLE, "-o", "json").stdout)["items"]
        self.assertEqual({i["kind"] for i in items}, {"GatewayClass", "Gateway", "HTTPRoute"})
        self.assertTrue(all("status" in i for i in items))

    def test_namespace(self):
        text = gatehouse("status", SAMPLE, "-n", "b").stdout
        self.assertIn("HTTPRoute b/team-b", text)
        self.assertNotIn("HTTPRoute a/", text)

    def test_problems_go_to_standard_error_and_set_the_exit_code(self):
        text = (SAMPLE / "cluster-admin.yaml").read_text() + "---\napiVersion: v1\nkind: Service\nmetadata: {name: 5_}\n"
        done = gatehouse("status", "-", stdin=text)
        self.assertEqual(done.returncode, 1)
        self.assertIn("error GH", done.stderr)
        self.assertIn("Gateway infra/shared-gw", done.stdout, "what is valid is shown")


if __name__ == "__main__":
    unittest.main()
