"""The same table in the dialects of spreadsheet programs (office/make.py) reads to the same values.

usage: FRISE=build/frise test_office.py [--live]; --live asks the LibreOffice that is installed
instead of reading what it once saved.
"""

import csv
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
FRISE = pathlib.Path(os.environ.get("FRISE", HERE.parent.parent / "build/frise")).resolve()
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
sys.path.insert(0, str(HERE / "office"))
import make  # noqa: E402

# Nothing of the dialect is declared but what a spreadsheet calls true.
PACKAGE = """\
name: bureau
sources: [{title: "inventé"}]
resources:
  - name: t
    path: t.csv
    schema:
      primaryKey: id
      fields:
        - {name: id}
        - {name: jour, type: date}
        - {name: prix, type: number}
        - {name: part, type: number}
        - {name: mesure, type: number}
        - {name: nombre, type: integer}
        - {name: vrai, type: boolean, trueValues: [VRAI, "TRUE", "1"], falseValues: [FAUX, "FALSE", "0"]}
        - {name: note}
"""
# By hand: what must come out, whatever went in. A share that is shown with its sign is in percent.
EXPECTED = [
    ("a1", "2022-01-05", 1234.5, 12.5, 0.25, 1234567, "true", "déjà l’été, à Noël"),
    ("a2", "2022-12-25", -0.75, 0, -3.5, 0, "false", 'dit « oui » puis "non"'),
    ("a3", "1999-02-28", 1000000, 150, 10000, -1000, "true", "deux\nlignes; trois, quatre"),
    ("a4", "2024-02-29", 95.1, -4.25, 12.125, 42, "false", "95 € le cœur"),
    ("a5", "", "", "", "", "", "", ""),
    ("a6", "2030-11-30", 12, 99.99, 0.125, 999, "true", " bords "),
]
LIVE = ("libreoffice-semicolon-windows-1252", "libreoffice-comma-utf-8-quoted", "libreoffice-tab-utf-16-raw")


def value(column, text):
    return text if column in ("id", "jour", "vrai", "note") or not text else float(text)


class Office(unittest.TestCase):
    maxDiff = None

    def read(self, data):
        with tempfile.TemporaryDirectory(prefix="frise-office-") as folder:
            (pathlib.Path(folder) / "datapackage.yaml").write_text(PACKAGE, encoding="utf-8")
            (pathlib.Path(folder) / "t.csv").write_bytes(data)
            run = subprocess.run([FRISE, "query", "--data", folder, "SELECT * FROM t"], env=ENVIRONMENT,
                                 capture_output=True, timeout=60, check=False)
        self.assertEqual(run.returncode, 0, run.stderr.decode())
        rows = csv.DictReader(run.stdout.decode().replace("\r\n", "\n").splitlines(keepends=True))
        return [tuple(value(column, row[column]) for column in make.COLUMNS) for row in rows]

    def assert_reads(self, name, data):
        with self.subTest(name):
            seen = self.read(data)
            self.assertEqual(len(seen), len(EXPECTED))
            for got, want in zip(seen, EXPECTED):
                if "latin-9" in name:
                    want = (*want[:-1], want[-1].replace("’", "'"))  # LibreOffice's own; Latin-9 has no ’
                for column, a, b in zip(make.COLUMNS, got, want):
                    same = abs(a - b) < 1e-9 if isinstance(a, float) and b != "" else a == b
                    self.assertTrue(same, f"{name}: {column} of {want[0]}: {a!r}, expected {b!r}")


class Kept(Office):
    def test_libreoffice(self):
        for name in make.dialects():
            self.assert_reads(name, (HERE / "office" / f"{name}.csv").read_bytes())

    def test_others(self):
        for name, data in make.emulated().items():
            self.assertEqual(data, (HERE / "office" / f"{name}.csv").read_bytes(), "run make.py")
            self.assert_reads(name, data)

    def test_all_are_named(self):
        known = {*make.dialects(), *make.emulated()}
        self.assertEqual({path.stem for path in (HERE / "office").glob("*.csv")}, known)


class Live(Office):
    def test_libreoffice(self):
        with tempfile.TemporaryDirectory(prefix="frise-office-") as folder:
            for name, data in make.libreoffice(LIVE, folder).items():
                self.assert_reads(name, data)


if __name__ == "__main__":
    case = "Live" if "--live" in sys.argv else "Kept"
    unittest.main(argv=[sys.argv[0], case])
