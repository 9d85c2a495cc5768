"""The Autobahn test suite's WebSocket cases through a Gateway, where its program `wstest` is installed (it needs Python 2.7).

An echo of another make is asked directly and through the Gateway: each case has to end the same both ways. Which cases are run
is said by GATEHOUSE_AUTOBAHN, a comma-separated list of its patterns; by default all but the large and the many ones."""
import json
import os
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gatehouse_program import RunCase  # noqa: E402
from web_socket_echo import WebSocketEcho  # noqa: E402

SKIPPED = 77
WSTEST = shutil.which("wstest") or shutil.which("wstest", path=os.path.expanduser("~/.local/bin"))
# 9.*: megabytes; 12.* and 13.*: thousands of compressed messages each.
CASES = os.environ.get("GATEHOUSE_AUTOBAHN", "1.*,2.*,3.*,4.*,5.*,6.*,7.*,9.1.*,9.2.*,10.*,12.1.1,13.1.1").split(",")
ALL_SECONDS = 3600
PASSED = ("OK", "INFORMATIONAL", "NON-STRICT")


class Autobahn(RunCase):
    def results(self, agent):
        """Case to how it ended and how it closed, of the report that `wstest` wrote."""
        index = json.loads((self.input / ".reports" / "index.json").read_text())
        return {case: (told["behavior"], told["behaviorClose"]) for case, told in index[agent].items()}

    def compare(self, direct, through):
        self.assertEqual(direct.keys(), through.keys())
        self.assertGreater(len(through), 0)
        other = {case: (direct[case], through[case]) for case in direct if direct[case] != through[case]}
        # A testee that closes at once races with what is still on its way, with or without us; passing is what counts.
        other = {case: ends for case, ends in other.items() if not all(end in PASSED for end in ends[1])}
        passed = sum(end[0] in PASSED for end in through.values())
        print(f"{len(through)} cases, {passed} passed through the Gateway")
        self.assertEqual(other, {}, "cases that end otherwise through the Gateway: (directly, through)")

    def test_through_the_gateway(self):
        echo = WebSocketEcho(self)
        route = self.input / "route.yaml"
        route.write_text(route.read_text().replace("  hostnames: [app.test]\n", ""))
        self.start("--backend", f"test/old:80=127.0.0.1:{echo.port}", "--events", "none", "--workers", "2")
        spec = {"outdir": ".reports", "cases": CASES, "exclude-cases": [], "exclude-agent-cases": {},
                "servers": [{"agent": "direct", "url": f"ws://127.0.0.1:{echo.port}"},
                            {"agent": "through", "url": f"ws://{self.address}:{self.port}"}]}
        (self.input / ".spec.json").write_text(json.dumps(spec))
        done = subprocess.run([WSTEST, "-m", "fuzzingclient", "-s", ".spec.json"], cwd=self.input, capture_output=True,
                              text=True, timeout=ALL_SECONDS)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.compare(self.results("direct"), self.results("through"))


if __name__ == "__main__":
    if not WSTEST:
        print("skipped: wstest is not installed")
        sys.exit(SKIPPED)
    unittest.main()
