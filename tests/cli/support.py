"""A small project in a temporary folder, and the program run in it."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
FRISE = pathlib.Path(os.environ.get("FRISE", HERE.parent.parent / "build/frise")).resolve()
# What a sanitizer or GLib is told must reach the program; nothing else of ours does.
KEPT = ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "G_SLICE", "G_DEBUG")
BASE = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def environment(**changes):
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**BASE, **kept, **changes}


class Project:
    """A copy of tests/cli/project to spoil and run in."""

    def __init__(self, source=HERE / "project"):
        self.temporary = tempfile.TemporaryDirectory(prefix="frise-cli-")
        self.folder = pathlib.Path(self.temporary.name) / "project"
        shutil.copytree(source, self.folder)
        self.home = pathlib.Path(self.temporary.name) / "home"
        self.home.mkdir()

    def close(self):
        self.temporary.cleanup()

    def path(self, name):
        return self.folder / name

    def replace(self, name, old, new):
        """Changes one file; `old` must be there, once."""
        path = self.path(name)
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise AssertionError(f"{name}: {text.count(old)} times {old!r}")
        path.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *words, input=None, env=None, program=FRISE, preexec=None):
        return subprocess.run(
            [str(program), *words],
            cwd=self.folder,
            env=env or environment(HOME=str(self.home)),
            input=input,
            capture_output=True,
            timeout=100,
            preexec_fn=preexec,
            check=False,
        )

    def snapshot(self, folder="out"):
        """Name, digest and time of every file: what must not move when a build fails."""
        root = self.path(folder)
        return {
            str(path.relative_to(root)): (digest(path), path.stat().st_mtime_ns)
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }

    def digests(self, folder="out"):
        return {name: value[0] for name, value in self.snapshot(folder).items()}


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class ProjectCase(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.project = Project()
        self.addCleanup(self.project.close)

    def expect(self, run, code, stdout=None, stderr=None):
        """Exit code, then what was said, where given."""
        said = run.stderr.decode()
        self.assertEqual(run.returncode, code, said)
        if stdout is not None:
            self.assertEqual(run.stdout.decode(), stdout)
        if stderr is not None:
            self.assertEqual(said, stderr)
