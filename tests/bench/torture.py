#!/usr/bin/env python3
"""Odd figures drawn by the hundred: what the program may not do with any of them.

usage: torture.py FRISE [--cases FIRST END] [--but CASE...] [--keep FOLDER]

A seed makes a project: marks, media, spans of days to centuries, dates as vague as the format allows, names that cannot
be broken, panels, rules, bands, notes. Each case must end, within seconds, in a figure without fault of layout, or in an
error about what was asked, with its place and a remedy; never in a fault that is the program's own.
"""

import argparse
import collections
import datetime
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

from labels import Layout, faults_of

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MEDIA = ("a4", "article", "narrow", "card", "square", "dark")
# What a figure may be refused for: it asks for more than its size holds, or shows nothing; its note names a row that is
# not drawn; its rule has no scale; its colours are too near for some eyes.
REFUSALS = {
    "figure-room", "page-room", "too-many-rows", "empty-figure", "constraint-error", "note", "template", "close-colors",
}
FLOORS = {"a4": 7, "article": 11, "narrow": 12, "card": 24, "square": 28, "dark": 11}
WORDS = (
    "Bithumb Coincheck Upbit KuCoin Ronin Harmony Horizon Bridge Atomic Wallet Stake CoinEx Poloniex HTX Orbit Chain "
    "Radiant Capital Phemex Bybit Munchables WazirX Indodax BingX Nomad Alphapo Liquid Global Gate.io Drift"
).split()
COLORS = ("theft", "missile", "sanction", "short", "middle", "long", "cruise", "other")
CLASSES = ("courte", "moyenne", "longue", "croisière", "autre")
PACKAGE = """resources:
  - name: e
    path: e.csv
    schema:
      fields:
        - {name: id}
        - {name: d, type: date, frise:precision: partial}
        - {name: u, type: date, frise:precision: partial}
        - {name: name}
        - {name: amount, type: number}
        - {name: low, type: number}
        - {name: high, type: number}
        - {name: n, type: integer}
        - {name: class}
        - {name: doubt, type: integer}
      primaryKey: id
"""


def name_of(chance, kind):
    if kind == "long":
        return "".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(40)).capitalize()
    if kind == "sentence":
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(6, 14)))
    if kind == "short":
        return chance.choice(WORDS)
    return " ".join(chance.sample(WORDS, chance.randint(1, 3)))


def date_of(chance, day, vague, last):
    """A day, written with less than is known of it."""
    kind = chance.choice(vague)
    later = min(day + datetime.timedelta(chance.randint(0, 500)), last)
    return {
        "day": f"{day}",
        "month": f"{day:%Y-%m}",
        "year": f"{day:%Y}",
        "approximate": f"{day:%Y-%m}~",
        "uncertain": f"{day:%Y}?",
        "interval": f"{day}/{later}",
        "open": f"{day:%Y-%m}/..",
        "started": f"../{day:%Y-%m-%d}",
        "unknown": f"{day:%Y-%m}/",
        "decade": f"{day:%Y}"[:3] + "X",
    }[kind]


class Case:
    seconds = 5

    def __init__(self, seed):
        chance = self.chance = random.Random(f"torture {seed}")
        self.seed, self.medium = seed, chance.choice(MEDIA)
        self.days = chance.choice((1, 6, 30, 90, 200, 700, 1500, 3650, 3650, 3650, 7300, 36500))
        year = chance.choice((1903, 1999, 2016, 2020))
        self.first = datetime.date(year, chance.randint(1, 12), chance.randint(1, 28))
        if self.days > 3000:
            self.first = self.first.replace(month=1, day=1)
        self.last = self.first + datetime.timedelta(self.days - 1)
        self.marks_used = set()
        self.all_named = True  # every row's name must be somewhere
        self.rows = self.make_rows()
        self.template = self.make_template()

    def make_rows(self):
        chance = self.chance
        n = chance.choice((0, 1, 2, 3, 5, 8, 12, 12, 20, 30, 45, 80, 150))
        shape = chance.choice(("uniform", "clusters", "clusters", "same", "ends", "few days"))
        vague = chance.choice(
            (("day",), ("day",), ("day", "month", "year"), ("year",), ("month",), ("approximate", "uncertain", "day"),
             ("interval", "open", "started", "unknown", "day"), ("day", "month", "decade", "interval", "open"))
        )
        names = chance.choice(("words", "words", "short", "long", "sentence", "mixed"))
        values = chance.choice(("wide", "wide", "equal", "thousand", "small", "huge", "signed", "zeros", "fractions"))
        centers = [chance.uniform(0, self.days) for _ in range(4)]
        rows = []
        for i in range(n):
            day = {
                "uniform": lambda: chance.uniform(0, self.days),
                "clusters": lambda: chance.choice(centers) + chance.uniform(-self.days / 20, self.days / 20),
                "same": lambda: centers[0],
                "ends": lambda: chance.choice((0, self.days - 1)),
                "few days": lambda: chance.choice(centers),
            }[shape]()
            at = self.first + datetime.timedelta(int(min(max(day, 0), self.days - 1)))
            value = {
                "wide": lambda: int(10 ** chance.uniform(3, 9)),
                "equal": lambda: 1000,
                "thousand": lambda: 1000000 if i == n // 2 else chance.randint(1, 1000),
                "small": lambda: chance.randint(1, 9),
                "huge": lambda: 10 ** chance.uniform(9, 14.5),
                "signed": lambda: chance.uniform(-1000, 1000),
                "zeros": lambda: 0,
                "fractions": lambda: chance.uniform(1e-9, 1e-3),
            }[values]()
            kind = chance.choice(("words", "short", "long", "sentence")) if names == "mixed" else names
            until = min(at + datetime.timedelta(int(chance.uniform(0, self.days / 4))), self.last)
            rows.append(
                (f"e{i:03}", date_of(chance, at, vague, self.last), f"{until}", name_of(chance, kind), repr(value),
                 repr(value - abs(value) * 0.3), repr(value + abs(value) * 0.4), chance.randint(1, 5),
                 chance.choice(CLASSES[: chance.choice((1, 3, 5))]), int(chance.random() < 0.2))
            )
        return rows

    def label(self):
        return self.chance.choice(
            ('label: "{name}"', 'label: "**{name}**\\\\\\n[{amount | money short}](color:theft)"',
             'label: "{d | date short} : {name}, {amount | number}"', 'label: "{name}\\\\\\nun\\\\\\ndeux"')
        )

    def data(self, columns="*", tail="ORDER BY id"):
        return f'data: "SELECT {columns} FROM e {tail}"'

    def colors(self):
        return "{" + ", ".join(f"{name}: {color}" for name, color in zip(CLASSES, COLORS[3:])) + "}"

    def on_time(self):
        """The marks of a panel with time: what leads, and what stands behind or says more."""
        chance, some = self.chance, self.chance.random
        kind = chance.choice(
            ("bubble", "bubble", "flag", "flag", "dot", "dot", "line", "unit", "bar", "bar", "interval")
        )
        self.marks_used.add(kind)
        options = []
        if kind in ("bubble", "dot", "line"):
            most = chance.choice((None, 3, 1000))
            if most:
                options.append(f"labels: {most}")
            self.all_named &= most == 1000 and kind != "line"  # which names its last row, then by rank
        if kind == "bubble":
            options += ["doubt: doubt"] * (some() < 0.3) + ["size_key: [1000, 1000000]"] * (some() < 0.2)
            mark = f"bubble: {{{self.data()}, x: d, size: amount, {self.label()}"
        elif kind == "flag":
            options += [f"sides: {chance.choice(('up', 'down', 'both'))}"] * (some() < 0.4)
            options += [f"vertical: {chance.choice(('true', 'false'))}"] * (some() < 0.3)
            mark = f"flag: {{{self.data()}, x: d, rank: amount, {self.label()}"
        elif kind == "dot":
            options += ["low: low, high: high"] * (some() < 0.3) + ["doubt: doubt"] * (some() < 0.3)
            options += ['unit: "missiles"'] * (some() < 0.3)
            mark = f"dot: {{{self.data()}, x: d, y: amount, {self.label()}"
        elif kind == "line":
            options += ["step: true"] * (some() < 0.3) + ["cumulate: true"] * (some() < 0.3)
            options += ["unit: USD"] * (some() < 0.3)
            mark = f"line: {{{self.data()}, x: d, y: amount, {self.label()}"
        elif kind == "unit":
            self.all_named = False
            few = self.data(tail="ORDER BY id LIMIT 40")
            mark = f"unit: {{{few}, x: d, y: n, stack: class, colors: {self.colors()}"
            options += [self.label()] * (some() < 0.6)
        elif kind == "bar":
            self.all_named = False
            x = chance.choice(("month(d)", "year(d)", "d"))
            value = chance.choice(("count(*)", "sum(n)", "sum(amount)"))
            options += [f"stack: class, colors: {self.colors()}"] * (some() < 0.5)
            stack = ", class" if options else ""
            options += ["hang: true"] * (some() < 0.3) + ['unit: "missiles"'] * (some() < 0.4)
            options += ["totals: true"] * (some() < 0.2)
            where = f"WHERE {x} IS NOT NULL GROUP BY {x}{stack}"
            mark = f'bar: {{{self.data(f"min(id) AS id, {x} AS x{stack}, {value} AS v", where)}, x: x, y: v'
        else:
            mark = f"interval: {{{self.data()}, from: d, to: u, highlight: doubt, {self.label()}"
            if some() < 0.5:
                mark = f'interval: {{{self.data(tail="ORDER BY id LIMIT 12")}, from: d, to: d, {self.label()}'
            self.all_named = False
        marks = [f"- {mark}{''.join(', ' + o for o in options)}}}"]
        if some() < 0.2:
            one = f"{self.data(tail='ORDER BY id LIMIT 3')}, from: d, to: u, label: \"{{name}}\""
            marks.append(f"- band: {{{one}}}")
        if some() < 0.15 and kind in ("dot", "line", "bar") and self.rows:
            marks.append('- rule: {y: 100, label: "Cent : un seuil que les uns disent haut, les autres bas"}')
        if some() < 0.15:
            day = self.first + datetime.timedelta(chance.randrange(self.days))
            at = chance.choice(("top", "middle", "bottom"))
            marks.append(f'- text: {{x: {day}, at: {at}, label: "une remarque de passage"}}')
        return marks, kind

    def timeless(self):
        chance, some = self.chance, self.chance.random
        kind = chance.choice(("hbar", "bar", "scatter", "scatter", "arc"))
        self.marks_used.add(kind)
        self.all_named = kind == "hbar"
        if kind == "hbar":
            few = self.data(tail=f"ORDER BY amount DESC LIMIT {chance.choice((1, 5, 12, 30))}")
            self.all_named = False
            text = chance.choice(('label: "{amount | money short}"', 'label: "{name} : {amount | number}"'))
            return [f"- hbar: {{{few}, y: name, x: amount, highlight: doubt, {text}}}"]
        if kind == "bar":
            x = chance.choice(("year(d)", "name", "class", "n"))
            stack = some() < 0.5
            extra = f", stack: class, colors: {self.colors()}" if stack else ""
            extra += ", grouped: true" if stack and some() < 0.5 else ""
            extra += ', unit: "missiles"' if some() < 0.3 else ""
            value = chance.choice(("count(*)", "sum(amount)"))
            columns = f"{x} AS x, {value} AS v" + (", class" if stack else "")
            tail = f"WHERE {x} IS NOT NULL GROUP BY {x}{', class' if stack else ''} LIMIT {chance.choice((6, 24, 60))}"
            return [f"- bar: {{{self.data(columns, tail)}, x: x, y: v{extra}}}"]
        if kind == "scatter":
            extra = f", class: class, colors: {self.colors()}" if some() < 0.4 else ""
            extra += ", size: n" if some() < 0.3 else ""
            extra += ", labels: 1000" if some() < 0.5 else ""
            extra += ', title: "Montant", x_title: "Nombre de cas"' if some() < 0.5 else ""
            extra += ', unit: USD, x_unit: "cas"' if some() < 0.3 else ""
            return [f"- scatter: {{{self.data()}, x: {chance.choice(('n', 'low'))}, y: amount, {self.label()}{extra}}}"]
        extra = ", equal: true" if some() < 0.3 else ""
        flown, y = self.data(tail="WHERE amount > 0 AND n > 0"), chance.choice(("n", "high"))
        return [f"- arc: {{{flown}, x: amount, y: {y}, {self.label()}{extra}}}"]

    def make_template(self):
        chance, some = self.chance, self.chance.random
        sizes = {None: 40, 90: 2, 140: 4, 220: 8, 400: 12, 700: 10, 2400: 3}
        height = chance.choices(list(sizes), list(sizes.values()))[0]
        figure = [f'title: "{name_of(chance, chance.choice(("words", "sentence")))}"'] if some() < 0.9 else []
        figure += ['subtitle: "Montants volés, en dollars"'] * (some() < 0.5)
        figure += ['source: "Source : {sources}."'] * (some() < 0.7)
        if height:
            figure.append(f"height: {height}")
        figure += ["key: false"] * (some() < 0.05)
        if some() < 0.2:
            panels = [self.timeless()]
        elif some() < 0.06:
            self.all_named = False
            self.marks_used.add("calendar")
            figure.append(f"time: {{from: {self.first}, to: {self.last}}}")
            panels = [[f"- calendar: {{{self.data()}, x: d, y: n}}"]]
        else:
            figure.append(f"time: {{from: {self.first}, to: {self.last}}}")
            figure += ["vertical: true"] * (some() < 0.1)
            made = [self.on_time() for _ in range(chance.choice((1, 1, 1, 2, 2, 3)))]
            panels = [marks for marks, _ in made]
            if some() < 0.3:
                figure.append(
                    f'rules: {{{self.data("id, d, name", "ORDER BY amount LIMIT %d" % chance.choice((1, 3, 8, 20)))}, '
                    'x: d, label: "**{name}**"}'
                )
            notes = []
            for panel, (_, kind) in enumerate(made):
                if kind in ("bubble", "dot", "unit") and self.rows and some() < 0.4:
                    shown = [row for row in self.rows[:40] if float(row[4]) > 0]
                    for row in chance.sample(shown, min(len(shown), chance.choice((1, 1, 3)))):
                        words = name_of(chance, "sentence")
                        notes.append(f'{{panel: {panel + 1}, at: {row[0]}, text: "**{row[3]}** {words}"}}')
            if notes:
                figure.append("notes: [" + ", ".join(notes) + "]")
        lines = ["panels:"]
        for marks in panels:
            lines += ["  - marks:"] + [f"      {mark}" for mark in marks]
        figure += lines
        body = "\n".join("    " + line for line in figure)
        return (
            'report: {title: "Essai", author: "frise", description: "Essai", as_of: 2025-12-31}\n'
            f"figures:\n  f:\n{body}\n"
            "pages:\n  - areas: |\n      t\n      f\n    rows: [auto, 1]\n"
            'blocks:\n  t: {text: "Essai."}\n'
        )

    def write(self, folder):
        (folder / "data").mkdir(parents=True)
        (folder / "templates").mkdir()
        shutil.copy(ROOT / "templates" / "theme.yaml", folder / "templates")
        (folder / "data" / "datapackage.yaml").write_text(PACKAGE, encoding="utf-8")
        lines = ["id,d,u,name,amount,low,high,n,class,doubt"] + [",".join(map(str, row)) for row in self.rows]
        (folder / "data" / "e.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (folder / "templates" / "t.yaml").write_text(self.template, encoding="utf-8")

    def build(self, frise, folder, formats="layout"):
        command = [frise, "build", "--format", formats, "--medium", self.medium, "--json"]
        try:
            return subprocess.run(
                command, cwd=folder, capture_output=True, text=True, timeout=self.seconds, check=False
            )
        except subprocess.TimeoutExpired:
            return None


def layouts_in(folder):
    return {path.name: path.read_bytes() for path in (folder / "out").rglob("*.layout.json")}


def lost_names(case, told, keys):
    """Rows whose name is nowhere, though all were asked for and nothing says that some are left out."""
    # Fewer names stand on these media, as the theme says.
    capped = case.medium in ("narrow", "card", "square") and case.marks_used & {"bubble", "dot", "line"}
    says_so = any(
        one["level"] == "warning"
        or one["code"] == "outside-time"
        or (one["code"] == "label-room" and "no key" in one["message"])
        for one in told
    )
    if not case.all_named or capped or says_so or "key: false" in case.template:
        return []
    return [row[0] for row in case.rows if row[0] not in keys]


def faults_seen(case, told, name, data):
    """What is measured on one layout, by other means than the program's own."""
    frame = json.loads(data)
    layout = Layout(frame)
    texts = [item for item in frame["items"] if item["type"] == "text"]
    small = [one["text"] for one in texts if max(line["size"] for line in one["lines"]) < FLOORS[case.medium] - 1e-6]
    wrong = [f"{name}: {fault}: {count}" for fault, count in faults_of(layout, []).items() if count]
    wrong += [f"{name}: small type: {text}" for text in small[:3]]
    lost = lost_names(case, told, {item["key"] for item in texts})
    return wrong + [f"{name}: {len(lost)} names are nowhere: {lost[:5]}"] * bool(lost)


def judge(case, frise, folder):
    """What is wrong with what comes out, none when all is well; the codes of what was refused."""
    case.write(folder)
    run = case.build(frise, folder)
    if run is None:
        return ["hang"], []
    if run.returncode not in (0, 1):
        return [f"exit {run.returncode}: {run.stderr.strip()[:300]}"], []
    told = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    faults = [one for one in told if one["level"] == "error"]
    wrong = [f"{one['code']}: {one['message']}" for one in faults if one["code"] not in REFUSALS]
    wrong += [f"no remedy or place: {one}" for one in faults if not one.get("hint") or not one.get("line")]
    if run.returncode:
        return wrong + [f"no reason: {run.stderr[:300]}"] * (not faults), sorted({one["code"] for one in faults})
    first = layouts_in(folder)
    for name, data in first.items():
        wrong += faults_seen(case, told, name, data)
    case.build(frise, folder)
    return wrong + ["a second build differs"] * (layouts_in(folder) != first), []


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("frise", type=pathlib.Path)
    parser.add_argument("--cases", type=int, nargs=2, default=(0, 100), metavar=("FIRST", "END"))
    parser.add_argument("--but", type=int, nargs="*", default=(), help="cases known to fail")
    parser.add_argument("--keep", type=pathlib.Path, help="where to keep the projects of faulty cases")
    parser.add_argument("--seconds", type=int, default=5, help="after which a build hangs")
    options = parser.parse_args()
    Case.seconds = options.seconds
    frise, n_wrong, refused = options.frise.resolve(), 0, collections.Counter()
    for seed in sorted(set(range(*options.cases)) - set(options.but)):
        case = Case(seed)
        with tempfile.TemporaryDirectory(prefix="frise-torture-") as name:
            folder = pathlib.Path(name) / str(seed)
            wrong, codes = judge(case, frise, folder)
            if wrong and options.keep:
                shutil.copytree(folder, options.keep / str(seed), dirs_exist_ok=True)
        refused.update(codes)
        n_wrong += bool(wrong)
        if wrong:
            what = "; ".join(one[:220] for one in wrong[:3])
            print(f"{seed} {case.medium} {'+'.join(sorted(case.marks_used))}: {what}", flush=True)
    print(f"torture: {n_wrong} of {len(range(*options.cases))} are faulty; refused: {dict(refused)}")
    sys.exit(bool(n_wrong))


if __name__ == "__main__":
    main()
