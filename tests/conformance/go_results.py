"""Reads what `go tool test2json` says of the suite's tests."""
import json
import re

ROOT_TEST = "TestConformance"


class Results:
    """States and output of the tests, by name; the suite's tests are the subtests of TestConformance."""

    def __init__(self):
        self.summary = None
        self._states = {}  # full name to "run", "pass", "fail" or "skip"
        self._output = {}  # full name to lines, in order

    def take(self, line):
        """Takes a line of the output; returns the text that people read."""
        try:
            event = json.loads(line)
        except ValueError:
            return line
        name, action, text = event.get("Test", ""), event.get("Action"), event.get("Output", "")
        if action == "output":
            self._output.setdefault(name, []).append(text)
        elif name and action in ("run", "pass", "fail", "skip"):
            self._states[name] = action
        return text

    def _tests(self, *states):
        prefix = ROOT_TEST + "/"
        return sorted(name[len(prefix):] for name, state in self._states.items()
                      if name.startswith(prefix) and "/" not in name[len(prefix):] and state in states)

    def passed(self):
        return self._tests("pass")

    def failed(self):
        return self._tests("fail", "run")  # "run": it never ended

    def skipped(self):
        return self._tests("skip")

    def ran(self):
        return self._tests("pass", "fail", "run", "skip")

    def state(self, name):
        words = {"pass": "passes", "fail": "fails", "skip": "is skipped", "run": "does not end"}
        return words.get(self._states.get(f"{ROOT_TEST}/{name}"), "is not run")

    def first_message(self, name):
        """The first failure of a test, in one line: that of the first subtest that failed, else its own."""
        full = f"{ROOT_TEST}/{name}".rstrip("/")
        below = [each for each, state in self._states.items()
                 if state in ("fail", "run") and (each == full or each.startswith(full + "/"))]
        # Leaves first: a test fails because its subtests do, and says no more than that.
        for each in sorted(below, key=lambda each: -each.count("/")):
            message = message_of(self._output.get(each, []))
            if message:
                where = each[len(full) + 1:]
                return f"{where}: {message}" if where else message
        return message_of(self._output.get("", [])) or "no message; see suite.log"


def message_of(lines):
    """What went wrong according to a test's output: testify's fields where it has them, else the last thing logged."""
    text = "".join(lines)
    error = re.search(r"^\s*Error:\s*(.*?)(?=^\s*(?:Test|Messages|Error Trace):|\Z)", text, re.M | re.S)
    said = re.search(r"^\s*Messages:\s*(.*)$", text, re.M)
    if error:
        parts = [" ".join(error.group(1).split())] + ([said.group(1).strip()] if said else [])
        return " | ".join(part for part in parts if part)[:400]
    panic = re.search(r"^panic: .*$", text, re.M)
    if panic:
        return panic.group(0)
    logged = [line.strip() for line in lines if re.match(r"\s+\S+\.go:\d+:", line)]
    return re.sub(r"^\S+ \d{4}-\d\d-\d\dT\S+: ", "", logged[-1])[:400] if logged else ""
