"""The Debian packages: what they hold and depend on, and that what is unpacked from them works.

Where GATEHOUSE_INSTALL_PACKAGES=1 says that this machine is there for it (CI), they are also installed by apt as root,
used as anybody would, and purged; nothing may be left.
"""
import gzip
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import private_network  # noqa: E402
from test_desktop import size_of  # noqa: E402
from test_samples import commands  # noqa: E402

BUILD = os.environ.get("GATEHOUSE_PACKAGES_OF")  # the build folder to pack; set where packages can be made
CPACK = os.environ.get("GATEHOUSE_CPACK", "cpack")
INSTALL = os.environ.get("GATEHOUSE_INSTALL_PACKAGES") == "1" and os.geteuid() == 0
SECONDS = 300
NAMES = ("gatehouse", "gatehouse-desktop")
SAMPLE = "samples/shared-and-dedicated"  # in the data folder


def output(*command, **options):
    """Standard output of a command that must succeed."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=SECONDS, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def pack(folder):
    """Both packages by name, made into an empty folder."""
    # cpack puts the umask into the archive, as `./dev package` knows.
    output(CPACK, "--config", pathlib.Path(BUILD) / "CPackConfig.cmake", "-G", "DEB", "-B", folder, umask=0o022,
           env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})
    return {file.name.partition("_")[0]: file for file in folder.glob("*.deb")}


def fields(deb):
    """The control file's fields; folded lines keep their breaks."""
    return dict(re.findall(r"^(\S+): ((?:.*(?:\n .*)*))", output("dpkg-deb", "--field", deb), re.M))


def dependencies(deb):
    return {name.split()[0]: name.strip() for name in fields(deb)["Depends"].split(",")}


def programs(root):
    return [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()
            and path.read_bytes()[:4] == b"\x7fELF"]


def libraries(program):
    """Where each library is that the program names itself, not those that they need in turn."""
    needed = re.findall(r"NEEDED\s+(\S+)", output("objdump", "-p", program))
    found = dict(re.findall(r"^\s*(\S+) => (/\S+)", output("ldd", program), re.M))
    return {name: found.get(name) for name in needed if not name.startswith("ld-linux")}


def owner(library):
    """The package that a library came with. Debian knows it by one of its names on a system where /lib is /usr/lib."""
    real = os.path.realpath(library)
    for path in (library, real, real.removeprefix("/usr"), "/usr" + real):
        done = subprocess.run(["dpkg-query", "--search", path], capture_output=True, text=True, timeout=SECONDS)
        if done.returncode == 0:
            return done.stdout.partition(":")[0]
    raise AssertionError(f"no package has {library}")


def installed():
    """Which of the packages dpkg knows of, their settings included."""
    return [name for name in NAMES if subprocess.run(["dpkg-query", "-W", name], capture_output=True).returncode == 0]


class Packages(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.folder.chmod(0o755)  # apt reads as a user of its own
        cls.debs = pack(cls.folder / "first")
        if sorted(cls.debs) != sorted(NAMES):
            raise AssertionError(f"cpack made {cls.debs}")
        cls.roots = {name: cls.folder / "root" / name for name in NAMES}
        #: What both put together where they are installed.
        cls.system = cls.folder / "system"
        for name, deb in cls.debs.items():
            for root in (cls.roots[name], cls.system):
                root.mkdir(parents=True, exist_ok=True)
                output("dpkg-deb", "--extract", deb, root)

    def environment(self):
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if name != "GATEHOUSE_LAYOUT"}
        return {**kept, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}

    def serves(self, root):
        """The headless program serves the sample that came with it, to the commands of the README that came with both."""
        data = root / "usr/share/gatehouse"
        env = self.environment()
        env["PATH"] = f"{root / 'usr/bin'}:{env['PATH']}"
        reader, writer = os.pipe()
        with open(reader) as ready, open(self.folder / "said", "w+") as said:
            server = subprocess.Popen([root / "usr/bin/gatehouse", "run", SAMPLE, "--ready-fd", str(writer)], cwd=data, env=env,
                                      stdout=said, stderr=said, pass_fds=[writer])
            try:
                os.close(writer)
                self.assertTrue(ready.readline(), (self.folder / "said").read_text())
                asked = commands(data / SAMPLE / "README.md")
                self.assertTrue(any("curl" in command for command, _ in asked))
                for command, expected in asked:
                    with self.subTest(command):
                        done = subprocess.run(["bash", "-c", command], cwd=data, env=env, capture_output=True, text=True,
                                              timeout=SECONDS)
                        self.assertEqual(done.stdout, expected, done.stderr)
            finally:
                server.terminate()
            self.assertEqual(server.wait(SECONDS), 0, (self.folder / "said").read_text())

    def draws(self, root):
        """The window is drawn, by the layout helper in libexec: there is no other beside it."""
        picture = self.folder / "picture.png"
        picture.unlink(missing_ok=True)
        done = subprocess.run([root / "usr/bin/gatehouse-desktop", "--screenshot", picture, "--size", "1000x700",
                               root / "usr/share/gatehouse" / SAMPLE], env=self.environment(),
                              capture_output=True, text=True, timeout=SECONDS)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(size_of(picture), (1000, 700))

    def test_names_versions_and_who_answers(self):
        version = output(self.system / "usr/bin/gatehouse", "version").split()[1]
        for name, deb in self.debs.items():
            with self.subTest(name):
                said = fields(deb)
                self.assertEqual((said["Package"], said["Version"], said["Section"]), (name, f"{version}-1", "net"))
                self.assertEqual(said["Architecture"], output("dpkg", "--print-architecture").strip())
                self.assertEqual(deb.name, f"{name}_{version}-1_{said['Architecture']}.deb")
                self.assertRegex(said["Maintainer"], r"^\S.* <\S+@\S+\.\S+>$")
                summary, _, text = said["Description"].partition("\n")
                self.assertTrue(20 < len(summary) < 80 and text, said["Description"])
        self.assertNotEqual(*(fields(deb)["Description"] for deb in self.debs.values()))

    def test_each_library_is_depended_on(self):
        for name, deb in self.debs.items():
            depends = dependencies(deb)
            found = programs(self.roots[name])
            self.assertTrue(found)
            for program in found:
                needed = libraries(program)
                self.assertIn("libc.so.6", needed)
                for library, path in needed.items():
                    with self.subTest(f"{program.name}: {library}"):
                        self.assertTrue(path, f"{library} is not found")
                        self.assertIn(owner(path), depends)
        self.assertFalse([package for package in dependencies(self.debs["gatehouse"]) if "qt" in package.lower()])
        version = fields(self.debs["gatehouse"])["Version"]
        self.assertEqual(dependencies(self.debs["gatehouse-desktop"])["gatehouse"], f"gatehouse (= {version})")

    def test_contents(self):
        pages = re.findall(r"^  ([a-z-]+) ", output(self.system / "usr/bin/gatehouse", "help")
                              .partition("Commands:\n")[2].partition("\n\n")[0], re.M)
        self.assertIn("run", pages)
        wanted = {
            "gatehouse": ["usr/bin/gatehouse", "usr/share/bash-completion/completions/gatehouse",
                          "usr/share/zsh/vendor-completions/_gatehouse", "usr/share/fish/vendor_completions.d/gatehouse.fish",
                          f"usr/share/gatehouse/{SAMPLE}/cluster-admin.yaml", "usr/share/gatehouse/schemas/graph.schema.json",
                          "usr/share/doc/gatehouse/README.md", "usr/share/doc/gatehouse/changelog.gz",
                          "usr/share/man/man1/gatehouse.1.gz",
                          *(f"usr/share/man/man1/gatehouse-{page}.1.gz" for page in pages)],
            "gatehouse-desktop": ["usr/bin/gatehouse-desktop", "usr/libexec/gatehouse/gatehouse-layout",
                                  "usr/share/applications/gatehouse.desktop", "usr/share/metainfo/gatehouse.metainfo.xml",
                                  "usr/share/icons/hicolor/scalable/apps/gatehouse.svg",
                                  "usr/share/man/man1/gatehouse-desktop.1.gz"],
        }
        for name, root in self.roots.items():
            for path in [*wanted[name], f"usr/share/doc/{name}/copyright", f"usr/share/doc/{name}/changelog.Debian.gz"]:
                with self.subTest(path):
                    self.assertGreater((root / path).stat().st_size, 0)
            self.assertFalse(list(root.rglob("LICENSE")), "Debian has that text already")
            for path in root.rglob("*"):
                mode = path.stat().st_mode & 0o7777
                executable = path.is_dir() or path.parent.name in ("bin", "gatehouse") and path in programs(root)
                self.assertEqual(oct(mode), oct(0o755 if executable else 0o644), path)
            self.assertIn("Apache-2.0", (root / f"usr/share/doc/{name}/copyright").read_text())
        both = [{path.relative_to(root) for path in root.rglob("*") if path.is_file()} for root in self.roots.values()]
        self.assertFalse(both[0] & both[1], "a file is in both packages")

    def test_papers_are_well_formed(self):
        for name in NAMES:
            changelog = gzip.decompress((self.system / f"usr/share/doc/{name}/changelog.Debian.gz").read_bytes()).decode()
            self.assertEqual(output("dpkg-parsechangelog", "-l-", "-SVersion", input=changelog).strip(),
                             fields(self.debs[name])["Version"])
        pages = sorted((self.system / "usr/share/man/man1").glob("*.gz"))
        self.assertGreater(len(pages), 10)
        for page in pages if shutil.which("mandoc") else []:
            with self.subTest(page.name):
                done = subprocess.run(["mandoc", "-Tlint", "-Wwarning"], input=gzip.decompress(page.read_bytes()),
                                      capture_output=True, timeout=SECONDS)
                self.assertEqual((done.returncode, done.stdout), (0, b""))
        help_text = output(self.system / "usr/bin/gatehouse-desktop", "--help", env=self.environment())
        page = gzip.decompress((self.system / "usr/share/man/man1/gatehouse-desktop.1.gz").read_bytes()).decode()
        options = set(re.findall(r"(?:^ +|, )(--?[a-z][-a-z]*)", help_text, re.M))
        self.assertIn("--screenshot", options)
        for option in options:
            self.assertIn(f"\\fB{option}\\fR", page.replace("\\-", "-"))

    def test_the_same_bytes_again(self):
        again = pack(self.folder / "again")
        for name, deb in self.debs.items():
            self.assertEqual(deb.read_bytes() == again[name].read_bytes(), True, name)

    def test_unpacked_they_work(self):
        self.serves(self.system)
        self.draws(self.system)

    @unittest.skipUnless(INSTALL, "installs only as root and with GATEHOUSE_INSTALL_PACKAGES=1")
    def test_installed_they_work_and_go(self):
        apt = ["apt-get", "-y", "-q", "-o", "DPkg::Lock::Timeout=60"]
        noninteractive = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        self.assertEqual(installed(), [], "installed here, and not by this test")
        self.addCleanup(lambda: installed() and output(*apt, "purge", *installed(), env=noninteractive))
        # There is no network: everything that they need is on a machine that built them.
        output(*apt, "install", "--no-install-recommends", *self.debs.values(), env=noninteractive)
        root = pathlib.Path("/")
        self.serves(root)
        self.draws(root)
        self.assertEqual(shutil.which("gatehouse"), "/usr/bin/gatehouse")
        for page in ("gatehouse", "gatehouse-run", "gatehouse-desktop"):
            self.assertEqual(output("man", "-w", page).strip(), f"/usr/share/man/man1/{page}.1.gz")
        offered = output("bash", "-c", "source /usr/share/bash-completion/completions/gatehouse && complete -p gatehouse")
        self.assertRegex(offered, r"^complete .* gatehouse$")
        files = [path for name in NAMES for path in output("dpkg-query", "--listfiles", name).splitlines()]
        own = [path for path in files if os.path.isfile(path) or "gatehouse" in pathlib.Path(path).name]
        self.assertGreater(len(own), 30)
        output(*apt, "purge", *NAMES, env=noninteractive)
        self.assertEqual([path for path in own if os.path.lexists(path)], [])
        self.assertEqual(installed(), [])


if __name__ == "__main__":
    if not BUILD:
        print("no packages are made of this build: skipped", file=sys.stderr)
        sys.exit(77)
    private_network.enter()
    unittest.main()
