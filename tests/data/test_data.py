"""The corpus: each file of cases/ with the reading or the messages of expected/, then one table in
every dialect, and what no file can hold.

usage: FRISE=build/frise test_data.py [--update]; --update rewrites expected/: read the difference.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import generate

HERE = pathlib.Path(__file__).resolve().parent
FRISE = pathlib.Path(os.environ.get("FRISE", HERE.parent.parent / "build/frise")).resolve()
UPDATE = "--update" in sys.argv
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "", "NO_COLOR": "1"}


def frise(*words, cwd):
    return subprocess.run([FRISE, *words], cwd=cwd, env=ENVIRONMENT, capture_output=True, timeout=60, check=False)


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="frise-data-")))

    def package(self, name):
        shutil.copy(HERE / "packages" / f"{name}.yaml", self.folder / "datapackage.yaml")

    def put(self, data):
        (self.folder / "t.csv").write_bytes(data)

    def check(self):
        return frise("check", "--data", ".", cwd=self.folder)

    def query(self, sql="SELECT * FROM t"):
        return frise("query", "--data", ".", sql, cwd=self.folder)

    def fix(self, *words):
        return frise("fix", "t.csv", *words, cwd=self.folder)


class Cases(Folder):
    maxDiff = None

    def check_case(self, name, package):
        self.package(package)
        self.put((HERE / "cases" / f"{name}.csv").read_bytes())
        check, query = self.check(), self.query()
        table = query.stdout.decode().replace("\r\n", "\n").replace("\r", "␍")
        seen = f"exit {check.returncode}\n{check.stderr.decode()}--\n{table}"
        expected = HERE / "expected" / f"{name}.txt"
        if UPDATE:
            expected.write_text(seen, encoding="utf-8")
        self.assertEqual(seen, expected.read_text(encoding="utf-8"))
        self.assertEqual(check.returncode, int(name.startswith("bad-")))
        if check.returncode:
            self.assertEqual(query.stdout, b"")
            return
        self.check_clean(query.stdout)

    def check_clean(self, table):
        """The clean form reads to the same table, and has nothing to clean."""
        self.assertEqual(self.fix("--write").returncode, 0)
        self.assertEqual(self.query().stdout, table)
        again = self.fix()
        self.assertEqual((again.returncode, again.stdout), (0, b""))


def add_cases():
    lines = (HERE / "cases.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("#"):
            continue
        name, package = line.split("\t")
        setattr(Cases, "test_" + name.replace("-", "_"), lambda self, n=name, p=package: self.check_case(n, p))
    known = {line.split("\t")[0] for line in lines}
    for path in (HERE / "cases").glob("*.csv"):
        assert path.stem in known, f"{path.name} is not in cases.tsv"


class Dialects(Folder):
    def table(self):
        run = self.query("SELECT id, n, d, note FROM t")
        self.assertEqual(run.returncode, 0, run.stderr.decode())
        return run.stdout.decode().replace("\r\n", "\n")

    def assert_same(self, rows, dialect):
        data = generate.write(rows, dialect)
        if data is None:
            return False
        self.put(data)
        seen = self.table()
        self.assertEqual(seen, generate.plain(rows), dialect)
        return True

    def test_every_dialect(self):
        self.package("sheet")
        rows = generate.table(generate.seeded(), 12)
        rows = [(key, n, d, note.replace("\n", " ")) for key, n, d, note in rows]
        read = sum(self.assert_same(rows, dialect) for dialect in generate.every_dialect())
        self.assertGreater(read, 120)

    def test_round_trip(self):
        """Random tables in random dialects; cleaned, they read the same."""
        self.package("sheet")
        chance = generate.seeded()
        for _ in range(60):
            rows, dialect = generate.table(chance, chance.randrange(2, 30)), generate.random_dialect(chance)
            if not self.assert_same(rows, dialect):
                continue
            fix = self.fix("--write")
            self.assertEqual(fix.returncode, 0, fix.stderr.decode())
            self.assertEqual(self.table(), generate.plain(rows), dialect)
            for backup in self.folder.glob("*.bak*"):
                backup.unlink()


class Declared(Folder):
    """`frise fix` brings a file to what the package declares, however it was saved."""

    CLEAN = "id,n,d,note\r\na,1234.5,2022-01-13,été\r\nb,7000,2022-02-21,à « Séoul », l’œuvre\r\n"
    CELLS = (("a", "1 234,5", "13/01/2022", "été"), ("b", "7 000", "21/02/2022", "à « Séoul », l’œuvre"))

    def saved(self, delimiter, encoding):
        rows = [("id", "n", "d", "note"), *self.CELLS]
        quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in rows]
        return "".join(delimiter.join(row) + "\r\n" for row in quoted).encode(encoding)

    def test_any_form(self):
        for delimiter in ",;\t|":
            for encoding in ("utf-8", "utf-8-sig", "utf-16", "windows-1252"):
                with self.subTest(delimiter=delimiter, encoding=encoding):
                    self.package("declared")
                    self.put(self.saved(delimiter, encoding))
                    fix = self.fix("--write")
                    self.assertEqual(fix.returncode, 0, fix.stderr.decode())
                    clean = (self.folder / "t.csv").read_bytes().decode()
                    self.assertEqual(clean.replace('"', ""), self.CLEAN)
                    self.assertEqual(self.check().returncode, 0)

    def test_remedy_works(self):
        """What `frise check` says to run mends the file."""
        for delimiter, encoding in ((";", "utf-8"), (",", "windows-1252"), (";", "windows-1252")):
            with self.subTest(delimiter=delimiter, encoding=encoding):
                self.package("declared")
                self.put(self.saved(delimiter, encoding))
                check = self.check()
                self.assertEqual(check.returncode, 1)
                remedy = re.search(r"`frise fix (\S+) --write`", check.stderr.decode())
                self.assertEqual(frise("fix", remedy[1], "--write", cwd=self.folder).returncode, 0)
                self.assertEqual(self.check().returncode, 0)

    def test_declared_code_page(self):
        """A file that was saved as UTF-8 goes back to the code page of the package."""
        self.package("fixed")
        lines = "id;n;d\r\né;1.234,5;13/01/2022\r\n"
        self.put(lines.encode("utf-8"))
        fix = self.fix("--write")
        self.assertEqual(fix.returncode, 0, fix.stderr.decode())
        self.assertEqual((self.folder / "t.csv").read_bytes(), lines.encode("windows-1252"))


class Hostile(Folder):
    """What would fill the memory, or wait for ever."""

    def assert_refused(self, *parts, code=1):
        run = self.check()
        self.assertEqual(run.returncode, code, run.stderr.decode())
        for part in parts:
            self.assertIn(part, run.stderr.decode())

    def test_directory(self):
        self.package("sheet")
        (self.folder / "t.csv").mkdir()
        self.assert_refused("t.csv is not a file", "[missing-file]")

    def test_fifo(self):
        self.package("sheet")
        os.mkfifo(self.folder / "t.csv")
        self.assert_refused("t.csv is not a file", "[missing-file]")

    def test_absent(self):
        self.package("sheet")
        self.assert_refused("there is no file ./t.csv", "[missing-file]")

    def test_link_out(self):
        self.package("sheet")
        (self.folder / "t.csv").symlink_to("/etc/passwd")
        self.assert_refused("is a link out of the folder", "[unsafe-path]")

    def test_endless_cell(self):
        self.package("sheet")
        self.put(b'id,n,d,note\na,1,,x\nb,2,,"' + b"x" * (40 << 20))
        self.assert_refused("t.csv:3:6: error: a row is longer than 16 MB", "[source-error]")

    def test_endless_line(self):
        self.package("sheet")
        self.put(b"x" * (40 << 20))
        self.assert_refused("[source-error]")

    def test_columns(self):
        self.package("sheet")
        self.put(",".join(f"c{i}" for i in range(10000)).encode() + b"\n" + b"," * 9999 + b"\n")
        self.assert_refused("[extra-label]", "more faults in this file are not shown")

    def test_rows_of_commas(self):
        self.package("sheet")
        self.put(b"id,n,d,note\n" + b"," * (15 << 20) + b"\n")
        self.assert_refused("[extra-cell]")


add_cases()

if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--update"])
