"""The same input gives the same bytes, whatever the locale, time zone, HOME or number of jobs."""

import pathlib
import tempfile
import unittest

from support import HERE, Project, environment

ROOT = HERE.parent.parent

MACHINES = [
    {"LC_ALL": "C", "TZ": "UTC"},
    {"LC_ALL": "C", "TZ": "UTC"},  # simply twice
    {"LC_ALL": "fr_FR.UTF-8", "TZ": "Europe/Paris"},
    {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "LANGUAGE": "tr"},
    {"LC_ALL": "ja_JP.UTF-8", "TZ": "America/St_Johns", "PANGO_LANGUAGE": "ja"},
]


class Reproducible(unittest.TestCase):
    maxDiff = None

    def builds(self, source, words):
        """Digests of all that is made, one set a machine."""
        project = Project(source)
        self.addCleanup(project.close)
        sets = []
        for number, machine in enumerate(MACHINES):
            home = pathlib.Path(project.temporary.name) / f"home-{number}"
            home.mkdir()
            out = f"out-{number}"
            jobs = str(1 + number % 2)
            run = project.run(
                "build", "--out", out, "--jobs", jobs, *words,
                env=environment(HOME=str(home), **machine),
            )
            self.assertEqual(run.returncode, 0, run.stderr.decode())
            sets.append(project.digests(out))
        return sets

    def check(self, source):
        first, *others = self.builds(source, ["--format", "pdf,png,svg,layout"])
        self.assertTrue(any(name.endswith(".pdf") for name in first))
        for machine, other in zip(MACHINES[1:], others):
            self.assertEqual(other, first, machine)

    def test_small_project(self):
        self.check(HERE / "project")

    def shipped(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        source = pathlib.Path(folder.name) / "project"
        source.mkdir()
        for name in ("data", "templates"):
            (source / name).symlink_to(ROOT / name)
        return source

    def test_shipped_reports(self):
        self.check(self.shipped())

    def test_the_first_layout_is_settled(self):
        """What is laid out without memory stays where it is in the builds that remember it."""
        project = Project(self.shipped())
        self.addCleanup(project.close)
        sets = []
        for words in (["--relayout"], [], []):
            run = project.run("build", "--format", "layout", *words)
            self.assertEqual(run.returncode, 0, run.stderr.decode())
            sets.append(project.digests("out"))
        self.assertEqual(sets[1], sets[0])
        self.assertEqual(sets[2], sets[0])

    def test_one_figure_alone_is_the_same(self):
        """A figure made alone has the bytes it has in a whole build."""
        project = Project()
        self.addCleanup(project.close)
        self.assertEqual(project.run("build").returncode, 0)
        self.assertEqual(
            project.run("build", "--out", "alone", "--only", "annuel", "--format", "svg").returncode, 0
        )
        name = "petit/figures/annuel/annuel.svg"
        self.assertEqual(project.digests("alone")[name], project.digests()[name])


if __name__ == "__main__":
    unittest.main()
