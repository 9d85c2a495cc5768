"""What a desktop reads of the application is valid: its entry in menus, its page in software centres, its icon."""
import pathlib
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as xml

RESOURCES = pathlib.Path(__file__).resolve().parents[2] / "resources"
ENTRY = RESOURCES / "gatehouse.desktop"
PAGE = RESOURCES / "gatehouse.metainfo.xml"
ICON = RESOURCES / "icons" / "gatehouse.svg"


def said(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


class DesktopFiles(unittest.TestCase):
    @unittest.skipUnless(shutil.which("desktop-file-validate"), "desktop-file-utils is not installed")
    def test_entry(self):
        self.assertEqual(said("desktop-file-validate", ENTRY), (0, ""))

    @unittest.skipUnless(shutil.which("appstreamcli"), "appstream is not installed")
    def test_page(self):
        # The program has no domain that its id could begin with.
        code, text = said("appstreamcli", "validate", "--no-net", "--override=cid-desktopapp-is-not-rdns=info", PAGE)
        self.assertEqual(code, 0, text)
        self.assertNotRegex(text, r"(?m)^[EW]:", text)

    def test_they_agree(self):
        root = xml.parse(PAGE).getroot()
        entry = ENTRY.read_text()
        self.assertEqual(root.findtext("launchable"), ENTRY.name)
        self.assertEqual(root.findtext("name"), re.search(r"(?m)^Name=(.*)$", entry)[1])
        self.assertEqual(root.findtext("summary"), re.search(r"(?m)^Comment=(.*)$", entry)[1])
        self.assertIn(root.findtext("provides/binary"), re.search(r"(?m)^Exec=(.*)$", entry)[1])
        self.assertEqual(re.search(r"(?m)^Icon=(.*)$", entry)[1], ICON.stem)

    def test_icon_is_a_drawing(self):
        root = xml.parse(ICON).getroot()
        self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
        self.assertIsNotNone(root.get("viewBox"))


if __name__ == "__main__":
    unittest.main()
