"""Bad input: the exact message, the exit code, and an output that stays as it was.

Each case spoils one thing in the small project, builds, and compares what is said with
tests/cli/expected/NAME. `test_faults.py --update` rewrites these files: read the difference.
"""

import os
import re
import shutil
import sys
import unittest

from support import FRISE, HERE, ProjectCase, environment

THEME, TEMPLATE = "templates/theme.yaml", "templates/petit.yaml"
CHAPEAU = ' {style: lede, text: "Au total, {total.usd | money} ont été dérobés."}'
PACKAGE, CSV = "data/datapackage.yaml", "data/vols.csv"


def swap(name, old, new):
    return lambda project: project.replace(name, old, new)


def remove(name):
    return lambda project: project.path(name).unlink()


def write(name, data):
    return lambda project: project.path(name).write_bytes(data)


def folder_instead(name):
    def spoil(project):
        project.path(name).unlink()
        project.path(name).mkdir()

    return spoil


def all_of(*spoils):
    def spoil(project):
        for one in spoils:
            one(project)

    return spoil


def prose(yaml):
    """The text under the title becomes a prose."""
    lines = "".join("\n    " + line for line in yaml.splitlines())
    return swap(TEMPLATE, CHAPEAU, lines)


def spark(keys):
    """The text under the title becomes a key figure with a sparkline."""
    return swap(
        TEMPLATE, CHAPEAU, f' {{number: "{{total.n | number}}", text: "vols", spark: {{{keys}}}}}'
    )


def bars(keys):
    """The text under the title becomes a table with a bar."""
    return prose(
        "table:\n  data: SELECT nom, montant, montant / 2 AS moitie FROM vols\n"
        f'  columns:\n    - {{text: "{{nom}}", {keys}}}'
    )


def is_untranslated(line):
    """The exit code, an excerpt, or its caret."""
    return bool(re.match(r"exit |\s+\d+ \||\s+\| ", line))


def nothing(project):
    pass


BUILD = ("build",)

HBAR = """      - hbar:
          data: SELECT id, year(jour_start) AS an, montant FROM vols ORDER BY 2
          y: an
          x: montant
          label: "{montant | money short}"
"""
# Two events of one month, each text towards the other.
PINNED = """      - flag:
          data: SELECT 'gauche' AS id, date('2022-03-01') AS jour, 'up' AS s, 'right' AS d UNION ALL SELECT 'droite', date('2022-03-20'), 'up', 'left'
          x: jour
          side: s
          direction: d
          label: "Un nom assez long"
    time: {from: 2019, to: 2023}
"""
NOTHING_ON_LOG = """      - dot:
          data: SELECT id, jour, montant - 50000000 AS reste FROM vols
          x: jour
          y: reste
          log: true
    time: {from: 2019, to: 2023}
"""
# Two numbers a row; what follows is said under the mark.
SCATTER = """      - scatter:
          data: SELECT id, montant, length(nom) AS lettres, nom FROM vols
          x: lettres
          y: montant
"""
SIX_COLORS = """          class: nom
          colors: {a: theft, b: ink, c: muted, d: "#0b4f85", e: "#c77d0a", f: "#4f90c1"}
"""
TEXT = """      - text: {x: 5, y: 900000000, label: "Ici"}
"""
RULE = """      - rule: {y: 5, label: "Seuil"}
"""
# A year and its number, for marks that count.
COUNTED = """      - unit:
          data: SELECT 'a' AS id, date('2020-01-01') AS jour, 'tout' AS genre, {count} AS n
          x: jour
          y: n
          stack: genre
          colors: {{tout: "#0b4f86"}}
    time: {{from: 2019, to: 2023}}
"""
BELOW = HBAR.replace("montant FROM", "-montant AS montant FROM")
OUTSIDE = """      - flag:
          data: SELECT id, jour FROM vols
          x: jour
          color: ink
    time: {from: 2001, to: 2003}
"""
# A column a day for years.
DAILY = """      - bar:
          data: WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) SELECT date('2019-01-01', i || ' days') AS jour, i AS v FROM n
          x: jour
          y: v
          color: ink
    time: {from: 2019, to: 2023}
"""
# Labels of dots, each where a column says.
SIDED = """      - dot:
          data: SELECT id, jour, montant, nom, 'SIDE' AS place FROM vols ORDER BY id
          x: jour
          y: montant
          side: place
          label: "{nom}"
    time: {from: 2019, to: 2023}
"""
# Periods and dated lines before the years that are shown.
PAST = """      - interval:
          data: VALUES ('a', '2019-01-01', '2019-06-30'), ('b', '2020-10', '2020-11-15')
          from: column2
          to: column3
          label: "{column1}"
    rules: {data: "VALUES ('a', '2019-01-01'), ('b', '2020-05')", x: column2, color: ink, label: "{column1}"}
    time: {from: 2021, to: 2022}
"""
# Cells whose sums reach no class, too small for their numbers.
PALE = """      - calendar:
          data: SELECT id, jour, 123456789012 AS n FROM vols WHERE id <> '2023-atomic'
          x: jour
          y: n
          color: theft
          classes: [1000000000000]
          totals: false
    time: {from: 2019, to: 2023}
"""
# A note on a row of a mark on time.
NOTED = """      - bubble:
          data: SELECT id, jour, montant, nom FROM vols
          x: jour
          size: montant
    time: {{from: 2019, to: 2023}}
    notes:
      - {{at: {at}, text: "**{{nom}}**", media: [{media}]}}
"""
CROWD = """      - flag:
          data: WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 401) SELECT i AS id, date('2020-01-01') AS jour FROM n
          x: jour
          label: "{id}"
    time: {from: 2019, to: 2023}
"""

# name: (what is spoiled, the command)
CASES = {
    # files
    "missing-csv": (remove(CSV), BUILD),
    "missing-package": (remove(PACKAGE), BUILD),
    "missing-theme": (remove(THEME), BUILD),
    "missing-template": (remove(TEMPLATE), BUILD),
    "unknown-report": (nothing, ("build", "petti")),
    "csv-is-a-folder": (folder_instead(CSV), BUILD),
    "template-is-a-folder": (folder_instead(TEMPLATE), BUILD),
    "csv-not-utf8": (write(CSV, "id,jour,nom,montant,sorte\nx,2020,Café,1,pont\n".encode() + b"y,2020,Caf\xe9,1,pont\n"), BUILD),
    "csv-empty": (write(CSV, b""), BUILD),
    "path-outside": (swap(PACKAGE, "path: vols.csv", "path: ../vols.csv"), BUILD),
    # rows and columns
    "unknown-column": (swap(CSV, "montant,sorte", "montent,sorte"), BUILD),
    "wrong-type": (swap(CSV, "50000000", '"12,5M"'), BUILD),
    "wrong-date": (swap(CSV, "2020-09,", "2020-13,"), BUILD),
    "wrong-enum": (swap(CSV, "Ronin,620000000,pont", "Ronin,620000000,ponts"), BUILD),
    "below-minimum": (swap(CSV, "620000000", "-620000000"), BUILD),
    "missing-value": (swap(CSV, "Ronin", ""), BUILD),
    "duplicate-id": (swap(CSV, "2022-ronin", "2020-kucoin"), BUILD),
    "short-row": (swap(CSV, "Ronin,620000000,pont", "Ronin,620000000"), BUILD),
    "long-row": (swap(CSV, "620000000,pont", "620000000,pont,x"), BUILD),
    "open-quote": (swap(CSV, "Atomic »\"", "Atomic »"), BUILD),
    # YAML
    "bad-yaml": (swap(TEMPLATE, "height: {article: 300}", "height: {article: 300"), BUILD),
    "unquoted-colon": (swap(TEMPLATE, '"Source : {sources}."', "Source : Agence"), BUILD),
    "unquoted-brace": (swap(TEMPLATE, '"{montant | money short}"', "{montant | money short}"), BUILD),
    "duplicate-key": (swap(TEMPLATE, "          x: montant\n", "          x: montant\n          x: an\n"), BUILD),
    "unknown-key": (swap(TEMPLATE, "subtitle:", "subtitel:"), BUILD),
    "unknown-key-in-mark": (swap(TEMPLATE, "          label:", "          lable:"), BUILD),
    "noun": (swap(TEMPLATE, "          y: an\n", "          y: an\n          noun: [vol]\n"), BUILD),
    "unknown-key-in-theme": (swap(THEME, "    gap: 12", "    gpa: 12"), BUILD),
    "missing-key": (swap(TEMPLATE, "          y: an\n", ""), BUILD),
    "alignment": (swap(TEMPLATE, "{style: title,", "{style: title, align: middle,"), BUILD),
    "zero-on-log": (swap(TEMPLATE, HBAR, NOTHING_ON_LOG), BUILD),
    "scatter-on-time": (swap(TEMPLATE, HBAR, SCATTER + "    time: {from: 2019, to: 2023}\n"), BUILD),
    "scatter-log": (swap(TEMPLATE, HBAR, SCATTER + "          log: true\n"), BUILD),
    "scatter-zero-on-log": (swap(TEMPLATE, HBAR, (SCATTER + "          log: [x, y]\n").replace("length(nom)", "montant % 2")), BUILD),
    "scatter-shapes": (swap(TEMPLATE, HBAR, SCATTER + SIX_COLORS), BUILD),
    "scatter-no-colour": (swap(TEMPLATE, HBAR, SCATTER + SIX_COLORS.replace(', f: "#4f90c1"', "")), BUILD),
    "text-outside": (swap(TEMPLATE, HBAR, SCATTER + TEXT), BUILD),
    "text-align": (swap(TEMPLATE, HBAR, SCATTER + TEXT.replace("y: 900000000", "align: middle")), BUILD),
    "text-no-axis": (swap(TEMPLATE, HBAR, HBAR + TEXT), BUILD),
    "rule-no-values": (swap(TEMPLATE, HBAR, HBAR + RULE), BUILD),
    "rule-word": (swap(TEMPLATE, HBAR, SCATTER + RULE.replace("y: 5", "y: cinq")), BUILD),
    "pins": (swap(TEMPLATE, HBAR, PINNED), BUILD),
    "below-zero": (swap(TEMPLATE, HBAR, BELOW), BUILD),
    "unit-crowd": (swap(TEMPLATE, HBAR, COUNTED.format(count=5000)), BUILD),
    "unit-half": (swap(TEMPLATE, HBAR, COUNTED.format(count=2.5)), BUILD),
    "note-row-gone": (swap(TEMPLATE, HBAR, NOTED.format(at="2018-coincheck", media="article")), BUILD),
    "note-row-misspelt": (swap(TEMPLATE, HBAR, NOTED.format(at="2022-ronni", media="article")), BUILD),
    "note-no-date": (swap(TEMPLATE, HBAR, NOTED.format(at='"2021"', media="article").replace("{nom}", "Rien")), BUILD),
    "note-no-medium": (swap(TEMPLATE, HBAR, NOTED.format(at="2022-ronin", media="affiche")), BUILD),
    "bar-crowd": (swap(TEMPLATE, HBAR, DAILY), BUILD),
    "side-word": (swap(TEMPLATE, HBAR, SIDED.replace("SIDE", "droite")), BUILD),
    "side-no-room": (swap(TEMPLATE, HBAR, SIDED.replace("SIDE", "inside")), BUILD),
    "sides-excluded": (
        swap(TEMPLATE, HBAR, SIDED.replace("SIDE", "right").replace("jour, montant", "date('2022-03-01') AS jour, 5 AS montant").replace("300", "90")),
        BUILD,
    ),
    "note-side": (swap(TEMPLATE, HBAR, NOTED.format(at="2022-ronin", media="article").replace("media: [article]", "side: droite")), BUILD),
    "outside-time": (swap(TEMPLATE, HBAR, OUTSIDE), BUILD),
    "outside-time-spans": (swap(TEMPLATE, HBAR, PAST), BUILD),
    "not-drawn": (swap(TEMPLATE, HBAR, PALE), BUILD),
    "on-unknown-medium": (swap(TEMPLATE, "    marks:\n", "    on: {carte: {rules: false}}\n    marks:\n"), BUILD),
    "too-many-rows": (swap(TEMPLATE, HBAR, CROWD), BUILD),
    "unknown-mark": (swap(TEMPLATE, "- hbar:", "- hbra:"), BUILD),
    "unknown-block": (swap(TEMPLATE, "      chapeau\n", "      chapau\n"), BUILD),
    "unknown-colour": (swap(TEMPLATE, "{style: lede, text", "{style: lede, color: theeft, text"), BUILD),
    "table-align": (
        prose("table:\n  data: SELECT * FROM vols\n  columns:\n    - {text: \"{nom}\", align: centre}"),
        BUILD,
    ),
    # SQL
    "sql-unknown-column": (swap(TEMPLATE, "SELECT sum(montant)", "SELECT sum(montent)"), BUILD),
    "sql-unknown-table": (swap(TEMPLATE, "montant FROM vols ORDER BY 2", "montant FROM vol ORDER BY 2"), BUILD),
    "sql-syntax": (swap(TEMPLATE, "montant FROM vols ORDER BY 2", "montant FROM vols ODER BY 2"), BUILD),
    "sql-unknown-param": (swap(TEMPLATE, ">= :since", ">= :sinse"), BUILD),
    "sql-write": (swap(TEMPLATE, "SELECT sum(montant) AS usd, count(*) AS n FROM vols WHERE jour_start >= :since", "DELETE FROM vols"), BUILD),
    "sql-missing-column-of-mark": (swap(TEMPLATE, "x: montant", "x: montent"), BUILD),
    "query-syntax": (nothing, ("query", "SELECT nom, FROM vols")),
    "query-unknown-column": (nothing, ("query", "SELECT nom,\n  montent\nFROM vols")),
    # facts and text
    "missing-fact": (swap(TEMPLATE, "{total.usd | money}", "{totol.usd | money}"), BUILD),
    "missing-fact-column": (swap(TEMPLATE, "{total.usd | money}", "{total.usdd | money}"), BUILD),
    "unknown-filter": (swap(TEMPLATE, "{total.usd | money}", "{total.usd | mony}"), BUILD),
    "filter-on-wrong-type": (swap(TEMPLATE, "{since | year}", "{total.usd | month}"), BUILD),
    "open-brace": (swap(TEMPLATE, "{total.usd | money} ont", "{total.usd | money ont"), BUILD),
    "null-fact": (swap(TEMPLATE, "facts:\n  total: SELECT sum(montant) AS usd", "facts:\n  total: SELECT NULL AS usd"), BUILD),
    "no-row-fact": (swap(TEMPLATE, "WHERE jour_start >= :since", "WHERE jour_start >= :since GROUP BY id HAVING n > 9"), BUILD),
    # dates
    "as-of-no-day": (swap(TEMPLATE, "as_of: 2024-01-01", "as_of: 2024-01/.."), BUILD),
    "as-of-doubtful": (nothing, ("build", "--param", "as_of=2024~")),
    "time-open-end": (swap(TEMPLATE, "    marks:\n", "    time: {from: 2020, to: 2021-01/..}\n    marks:\n"), BUILD),
    "interval-reversed": (
        swap(
            TEMPLATE,
            "    marks:\n",
            "    time: {from: 2020, to: 2023}\n    marks:\n"
            "      - interval:\n"
            "          data: SELECT '2022-02' AS d, '2021-03' AS f\n"
            "          from: d\n"
            "          to: f\n",
        ),
        BUILD,
    ),
    "false-claim": (swap(CSV, "620000000", "200000000"), BUILD),
    "unknown-param": (nothing, ("build", "--param", "sinse=2020-01-01")),
    "unknown-figure": (nothing, ("build", "--only", "anuel")),
    "unknown-medium": (nothing, ("build", "--medium", "artcle")),
    # prose
    "prose-columns": (prose("columns: 5\ntext: Au total."), BUILD),
    "prose-unknown-note": (prose("columns: 2\ntext: |\n  Au total[^montnat].\nnotes:\n  montant: Au jour du vol."), BUILD),
    "prose-unused-note": (prose("columns: 2\ntext: Au total.\nnotes:\n  montant: Au jour du vol."), BUILD),
    "prose-bad-note-name": (prose("columns: 2\ntext: |\n  Au total[^le montant].\nnotes:\n  le montant: Au jour du vol."), BUILD),
    "prose-open-note": (prose("columns: 2\ntext: |\n  Au total[^montant.\nnotes:\n  montant: Au jour du vol."), BUILD),
    "prose-heading": (prose("columns: 2\ntext: |\n  # Titre\n  Au total."), BUILD),
    "prose-value": (prose("columns: 2\ntext: |\n  ## Titre\n  Au total.\n\n  - {total.usdd | money}\n"), BUILD),
    "prose-too-narrow": (
        all_of(
            prose("columns: 4\ntext: Au total."),
            swap(TEMPLATE, "      titre\n      chapeau\n      annuel\n", "      titre titre\n      chapeau .\n      annuel annuel\n"),
        ),
        BUILD,
    ),
    "prose-too-high": (
        all_of(
            prose("columns: 2\ntext: " + "Au total, beaucoup d’argent. " * 300),
            swap(TEMPLATE, "rows: [auto, auto, 1]", "rows: [auto, 1, 1]"),
        ),
        BUILD,
    ),
    # sparklines
    "spark-missing-key": (spark('data: "SELECT year(jour_start) AS an, montant FROM vols", x: an'), BUILD),
    "spark-unknown-column": (spark('data: "SELECT year(jour_start) AS an, montant FROM vols", x: an, y: montent'), BUILD),
    "spark-unknown-key": (spark('data: "SELECT year(jour_start) AS an, montant FROM vols", x: an, y: montant, hilight: last'), BUILD),
    "spark-no-map": (swap(TEMPLATE, CHAPEAU, ' {number: "4", text: "vols", spark: SELECT 1}'), BUILD),
    "spark-no-row": (spark('data: "SELECT year(jour_start) AS an, montant FROM vols WHERE montant < 0", x: an, y: montant'), BUILD),
    "spark-no-value": (spark('data: "SELECT year(jour_start) AS an, NULL AS n FROM vols", x: an, y: n'), BUILD),
    "spark-no-date": (spark('data: "SELECT nom, montant FROM vols", x: nom, y: montant'), BUILD),
    "spark-open-date": (spark('data: "VALUES (\'2020/..\', 1)", x: column1, y: column2'), BUILD),
    "spark-no-number": (spark('data: "SELECT year(jour_start) AS an, nom FROM vols", x: an, y: nom'), BUILD),
    "spark-same-date": (spark('data: "SELECT 2020 AS an, montant FROM vols", x: an, y: montant'), BUILD),
    "spark-kind": (spark('data: "SELECT year(jour_start) AS an, montant FROM vols", x: an, y: montant, kind: bar'), BUILD),
    "spark-highlight": (spark('data: "SELECT year(jour_start) AS an, montant FROM vols", x: an, y: montant, highlight: min'), BUILD),
    "spark-mixed-bars": (spark('data: "SELECT jour, montant FROM vols", x: jour, y: montant, kind: bars'), BUILD),
    "spark-too-many-bars": (spark('data: "SELECT jour_start AS jour, montant FROM vols", x: jour, y: montant, kind: bars'), BUILD),
    # bars of tables
    "table-bar-text": (bars("bar: nom"), BUILD),
    "table-bar-reversed": (bars("bar: montant, low: montant, high: moitie"), BUILD),
    "table-bar-half": (bars("bar: montant, low: moitie"), BUILD),
    # fonts
    "missing-font": (swap(THEME, "sans: Inter", "sans: Intre"), BUILD),
    "missing-font-folder": (swap(THEME, "/usr/share/fonts/opentype/inter", "/usr/share/fonts/none"), BUILD),
    "missing-glyph": (swap(TEMPLATE, '"Montants par an, en dollars"', '"Montants par an \U0001f4b0"'), BUILD),
    # layout
    "huge-number": (swap(TEMPLATE, "AS an, montant FROM", "AS an, montant * 1e30 AS montant FROM"), BUILD),
    "column-names": (
        all_of(
            swap(TEMPLATE, "      - hbar:", "      - bar:"),
            swap(TEMPLATE, "year(jour_start) AS an, montant", "nom || hex(zeroblob(20)) AS an, montant"),
            swap(TEMPLATE, "          y: an\n          x: montant", "          x: an\n          y: montant\n          color: theft"),
            swap(TEMPLATE, '\n          label: "{montant | money short}"', ""),
        ),
        BUILD,
    ),
    "calendar-room": (
        all_of(
            swap(TEMPLATE, "    height: {article: 300}", "    height: {article: 300}\n    time: {from: 1990, to: 2023}"),
            swap(TEMPLATE, "      - hbar:", "      - calendar:"),
            swap(TEMPLATE, "SELECT id, year(jour_start) AS an, montant FROM vols ORDER BY 2", "SELECT id, jour FROM vols WHERE jour_precision = 'day'"),
            swap(TEMPLATE, "          y: an\n          x: montant", "          x: jour\n          color: theft"),
            swap(TEMPLATE, '\n          label: "{montant | money short}"', ""),
        ),
        BUILD,
    ),
    "text-too-wide": (swap(TEMPLATE, "Au total,", "x" * 400), BUILD),
    # several files at once
    "all-at-once": (
        all_of(
            swap(CSV, "50000000", "cinquante"),
            swap(CSV, "2022-ronin", "2020-kucoin"),
            swap(CSV, "2020-09,", "septembre,"),
        ),
        BUILD,
    ),
    "all-in-a-template": (
        all_of(
            swap(TEMPLATE, "subtitle:", "subtitel:"),
            swap(TEMPLATE, "SELECT sum(montant)", "SELECT sum(montent)"),
            swap(TEMPLATE, "montant FROM vols ORDER BY 2", "montant FROM vol ORDER BY 2"),
            swap(TEMPLATE, "{since | year}", "{sinse | year}"),
        ),
        BUILD,
    ),
}

# The same faults as a French reader sees them; place, code, excerpt and exit code stay.
FRENCH = (
    "all-at-once", "below-minimum", "csv-is-a-folder", "duplicate-id", "false-claim",
    "filter-on-wrong-type", "missing-key", "missing-package", "note-row-gone", "open-brace", "open-quote",
    "prose-open-note", "short-row", "spark-mixed-bars", "spark-no-number", "spark-no-row",
    "spark-open-date", "spark-same-date", "spark-too-many-bars", "sql-syntax", "sql-unknown-column",
    "table-bar-reversed", "text-too-wide", "unknown-figure", "unknown-mark", "unquoted-colon",
    "wrong-date", "wrong-enum", "wrong-type",
)  # fmt: skip

# What no file holds: the command line, or a file that is not there.
WITHOUT_PLACE = {
    "missing-package", "missing-theme", "missing-template", "template-is-a-folder",
    "unknown-report", "unknown-param", "unknown-figure", "unknown-medium",
}

UPDATE = "--update" in sys.argv
COUNT = re.compile(r"[\w./-]+: (\d+ faults? of structure(, \d+ of content)?|\d+ faults? of content)")


class Faults(ProjectCase):
    def check_case(self, name):
        spoil, words = CASES[name]
        out = self.project.path("out")
        (out / "petit").mkdir(parents=True)
        (out / "petit" / "petit.pdf").write_bytes(b"what was there before\n")
        before = self.project.snapshot()
        spoil(self.project)

        run = self.project.run(*words)
        said = f"exit {run.returncode}\n{run.stderr.decode()}"
        expected = HERE / "expected" / name
        if UPDATE:
            expected.write_text(said, encoding="utf-8")
        self.assertEqual(said, expected.read_text(encoding="utf-8"))
        self.assertEqual(run.returncode, 1)
        self.assertEqual(run.stdout, b"")
        headlines = [
            line
            for line in said.splitlines()[1:]
            if not line.startswith(" ") and not COUNT.fullmatch(line)
        ]
        for line in headlines:
            place = r"" if name in WITHOUT_PLACE else r"[\w./-]+:\d+:\d+: "
            note = r"[\w./-]+: note: "  # of a whole file
            self.assertRegex(line, rf"^({place}(error|note): |{note}).* \[[a-z-]+\]$")
        self.assertEqual(said.count("\n   hint: "), len(headlines), "each fault has its hint")
        self.assertEqual(self.project.snapshot(), before, "out/ was touched")

    def check_french_case(self, name):
        spoil, words = CASES[name]
        spoil(self.project)
        run = self.project.run(
            *words, env=environment(HOME=str(self.project.home), LC_ALL="fr_FR.UTF-8")
        )
        said = f"exit {run.returncode}\n{run.stderr.decode()}"
        expected = HERE / "expected" / "fr" / name
        if UPDATE:
            expected.parent.mkdir(exist_ok=True)
            expected.write_text(said, encoding="utf-8")
        self.assertEqual(said, expected.read_text(encoding="utf-8"))
        english = (HERE / "expected" / name).read_text(encoding="utf-8").splitlines()
        for line, other in zip(said.splitlines(), english, strict=True):
            self.assertEqual(line == other, is_untranslated(other), line)

    def test_unreadable(self):
        """As a user who may not read the file, whoever runs the tests."""
        self.project.path(CSV).chmod(0)
        program = self.project.folder.parent / "frise"
        shutil.copy(FRISE, program)
        for path in (self.project.folder.parent, self.project.folder, self.project.home, program):
            path.chmod(0o755)
        drop = (lambda: os.setuid(65534)) if os.getuid() == 0 else None
        run = self.project.run("build", program=program, preexec=drop)
        self.assertEqual(run.returncode, 3, run.stderr.decode())
        self.assertEqual(
            run.stderr.decode(),
            "data/vols.csv: error: cannot be read: Permission denied [system-error]\n",
        )

    def test_both_data_and_templates(self):
        """One run tells the faults of every file that could be read."""
        self.project.replace(CSV, "50000000", "cinquante")
        self.project.replace(THEME, '"#8f1d2c"', '"rouge"')
        run = self.project.run("check")
        self.assertEqual(run.returncode, 1)
        self.assertIn("data/vols.csv:2:32: error", run.stderr.decode())
        self.assertIn("templates/theme.yaml:", run.stderr.decode())

    def test_lax(self):
        """What the lint finds is a fault, or a warning that stops nothing."""
        self.project.replace(TEMPLATE, "Au total,", "x" * 400)
        self.assertEqual(self.project.run("build").returncode, 1)
        run = self.project.run("build", "--lax")
        self.assertEqual(run.returncode, 0, run.stderr.decode())
        self.assertIn("warning: ", run.stderr.decode())

    def test_long_alternative(self):
        """A text that is longer than is read well is kept, and its length is told."""
        for key, length, most in (("alt", 126, 125), ("alt_long", 301, 300), ("alt", 125, None)):
            self.setUp()
            text = f'    {key}: "{"x" * length}"\n    height: {{article: 300}}'
            self.project.replace(TEMPLATE, "    height: {article: 300}", text)
            run = self.project.run("build", "--format", "svg")
            said = run.stderr.decode()
            self.assertEqual(run.returncode, 0, said)
            if most:
                self.assertIn(f"warning: {key}: the text has {length} characters; {most} at", said)
            self.assertEqual("[alt-length]" in said, most is not None)
            made = self.project.path("out/petit/figures/annuel/annuel.alt.txt")
            self.assertIn("x" * length, made.read_text(encoding="utf-8"))

    def test_french(self):
        """The words around a fault follow the locale; the place and the code do not."""
        self.project.replace(CSV, "50000000", "cinquante")
        run = self.project.run(
            "check", env=environment(HOME=str(self.project.home), LC_ALL="fr_FR.UTF-8")
        )
        self.assertIn("data/vols.csv:2:32: erreur: ", run.stderr.decode())
        self.assertIn("[type-error]", run.stderr.decode())


def add_case(name, check, prefix="test_"):
    setattr(Faults, prefix + name.replace("-", "_"), lambda self: check(self, name))


for case in CASES:
    add_case(case, Faults.check_case)
for case in FRENCH:
    add_case(case, Faults.check_french_case, "test_french_")

if __name__ == "__main__":
    unittest.main(argv=[word for word in sys.argv if word != "--update"])
