#!/usr/bin/env python3
"""Labels of crowded figures, measured in the layouts that the program writes.

usage: labels.py FRISE [--seeds N] [--check] [--peers N]

Clustered events with real names, drawn at 680 px, along a line, down a line and as bubbles; 20 sets of each size.
What must be 0: overlaps of labels, leaders through labels, leaders that cross, labels off the canvas, events whose
name is nowhere. Then the share of labels that stay in place when a row is added, deleted or renamed while the layout
memory is there, and the time of layout: of the whole figure, and what labels add to it. --check fails when a 0 is not
one. --peers sets ggrepel and labella beside, where they are installed, on the first N sets (label_peers.py); nothing
they do makes it fail.
"""

import argparse
import datetime
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import label_peers

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SIZES = (12, 20, 30, 45, 100, 300)
NAMES = (
    "Bithumb Coincheck Upbit KuCoin Ronin Harmony Horizon Bridge Atomic Wallet Stake CoinEx Poloniex HTX Orbit "
    "Chain Radiant Capital Phemex Bybit Munchables WazirX Indodax BingX Nomad Alphapo Liquid Global Gate.io Drift"
).split()
FIRST_DAY, DAYS = datetime.date(2016, 1, 1), 3650
LEAST_UNMOVED = 93  # %, of figures with so many events or more: one label of a dozen is already 8 %
SETTLED, ENOUGH = 30, 10  # and over so many sets
PEERS_AT_MOST = 100  # events: with 300, ggrepel takes minutes for each set of bubbles
FAULTS = ("overlaps", "through", "crossings", "off canvas", "dropped")
LABEL = ', label: "{name}"'
MARKS = {
    "flags": ("drapeaux", 'flag: {data: "SELECT * FROM e ORDER BY d, id", x: d, rank: amount, label: "{name}"}'),
    "vertical": (
        "descente",
        'flag: {data: "SELECT * FROM e ORDER BY d, id", x: d, rank: amount, vertical: true, label: "{name}"}',
    ),
    "bubbles": (
        "bulles",
        'bubble: {data: "SELECT * FROM e ORDER BY d, id", x: d, size: amount, rank: amount, labels: 1000, '
        'label: "{name}"}',
    ),
}
PACKAGE = """resources:
  - name: e
    path: e.csv
    schema:
      fields: [{name: id}, {name: d, type: date}, {name: name}, {name: amount, type: integer}]
      primaryKey: id
"""
TEMPLATE = """report: {{title: "Essai", author: "frise", description: "Essai", as_of: 2025-12-31}}
figures:
  {figure}:
    title: "Événements"
    source: "Source : essai."
    height: {{article: 440}}
    time: {{from: 2016, to: 2025-12-31}}
    panels:
      - height: 100%
        marks:
          - {mark}
pages:
  - areas: "t"
blocks:
  t: {{text: "Essai."}}
"""


def events(n, seed):
    """n + 1 rows: the last one is for the edit."""
    chance = random.Random(f"{n} {seed}")
    centers = [chance.uniform(0, DAYS) for _ in range(5)]
    rows = []
    for i in range(n + 1):
        day = min(max(chance.choice(centers) + chance.uniform(-180, 180), 0), DAYS - 1)
        name = " ".join(chance.sample(NAMES, chance.randint(1, 3)))
        rows.append((f"e{i:03}", FIRST_DAY + datetime.timedelta(int(day)), name, int(10 ** chance.uniform(5, 9))))
    return rows


class Project:
    """A folder with one figure of one mark, built again after each edit."""

    def __init__(self, frise, folder, kind, has_labels=True):
        self.frise, self.folder, self.figure = frise, folder, MARKS[kind][0]
        (folder / "data").mkdir()
        (folder / "templates").mkdir()
        shutil.copy(ROOT / "templates" / "theme.yaml", folder / "templates")
        (folder / "data" / "datapackage.yaml").write_text(PACKAGE, encoding="utf-8")
        mark = MARKS[kind][1] if has_labels else MARKS[kind][1].replace(LABEL, "")
        template = TEMPLATE.format(figure=self.figure, mark=mark)
        (folder / "templates" / "t.yaml").write_text(template, encoding="utf-8")

    def build(self, rows, *words):
        lines = ["id,d,name,amount"] + [",".join(map(str, row)) for row in rows]
        (self.folder / "data" / "e.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [self.frise, "build", "--format", "layout", "--medium", "article", "--timing", "--json", *words]
        run = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if run.returncode:
            sys.exit(f"labels: {run.stdout}{run.stderr}")
        path = self.folder / "out" / "t" / "figures" / self.figure / f"{self.figure}.layout.json"
        self.layout_ms = json.loads(run.stdout.splitlines()[-1])["timing"]["layout_ms"]
        return Layout(json.loads(path.read_text(encoding="utf-8")))


class Layout:
    def __init__(self, frame):
        self.width, self.height = frame["width"], frame["height"]
        texts = [item for item in frame["items"] if item["type"] == "text"]
        self.texts = [(item["key"], item["box"]) for item in texts if item["text"].strip()]
        self.labels = {}
        for item in texts:
            if item["role"] == "label" and any(c.isalpha() for c in item["text"]):
                self.labels[item["key"]] = item["box"]
        self.listed = {item["key"] for item in texts if item["role"] == "legend"}
        self.names = {item["key"]: item["box"] for item in texts if any(c.isalpha() for c in item["text"])}
        marks = [item for item in frame["items"] if item["role"] == "mark" and item["shape"] == "circle"]
        self.points = {item["key"]: (*item["center"], item["radius"]) for item in marks}
        shapes = [item for item in frame["items"] if item["role"] == "leader"]
        self.leaders = [(item["key"], *map(tuple, item["points"])) for item in shapes]


def overlap(a, b):
    slack = 0.01
    return (
        a[0] + slack < b[0] + b[2]
        and b[0] + slack < a[0] + a[2]
        and a[1] + slack < b[1] + b[3]
        and b[1] + slack < a[1] + a[3]
    )


def segment_in_box(a, b, box):
    """Liang and Barsky: some of the segment lies inside the box."""
    x0, y0, x1, y1 = box[0] + 0.05, box[1] + 0.05, box[0] + box[2] - 0.05, box[1] + box[3] - 0.05
    dx, dy, low, high = b[0] - a[0], b[1] - a[1], 0.0, 1.0
    for p, q in ((-dx, a[0] - x0), (dx, x1 - a[0]), (-dy, a[1] - y0), (dy, y1 - a[1])):
        if p == 0:
            if q < 0:
                return False
        elif p < 0:
            low = max(low, q / p)
        else:
            high = min(high, q / p)
    return low < high


def cross(one, other):
    """Two leaders that meet elsewhere than at a shared foot."""
    (_, a, b), (_, c, d) = one, other

    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < -1e-6 and side(c, d, a) * side(c, d, b) < -1e-6


def faults_of(layout, rows):
    """Of a layout, ours or a peer's."""
    boxes = layout.texts
    off = sum(
        x < -0.01 or y < -0.01 or x + w > layout.width + 0.01 or y + h > layout.height + 0.01
        for _, (x, y, w, h) in boxes
    )
    leaders = layout.leaders
    return {
        "overlaps": sum(
            overlap(boxes[i][1], boxes[j][1]) for i in range(len(boxes)) for j in range(i + 1, len(boxes))
        ),
        "through": sum(segment_in_box(a, b, box) for key, a, b in leaders for other, box in boxes if other != key),
        "crossings": sum(
            cross(leaders[i], leaders[j])
            for i in range(len(leaders))
            for j in range(i + 1, len(leaders))
            if leaders[i][0] != leaders[j][0]
        ),
        "off canvas": off,
        "dropped": sum(row[0] not in layout.labels and row[0] not in layout.listed for row in rows),
    }


def leader_lengths(layout):
    lengths = {}
    for key, a, b in layout.leaders:
        lengths[key] = lengths.get(key, 0) + ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
    return list(lengths.values())


def kept(before, after, but=()):
    """How many labels there were on the figure, and how many of them have not moved."""
    keys = [key for key in before.labels if key not in but]
    near = 5
    same = [
        key
        for key in keys
        if key in after.labels
        and abs(before.labels[key][0] - after.labels[key][0]) <= near
        and abs(before.labels[key][1] - after.labels[key][1]) <= near
    ]
    return len(same), len(keys)


def edits_of(rows, n):
    """After the first build: what is built again, and the rows whose own labels do not count."""
    renamed = [*rows[:n]]
    renamed[n // 2] = (*renamed[n // 2][:2], "Nouveau nom", renamed[n // 2][3])
    return {
        "added": (rows, ()),
        "deleted": (rows[: n // 2] + rows[n // 2 + 1 : n], (rows[n // 2][0],)),
        "renamed": (renamed, (rows[n // 2][0],)),
    }


def check_pile(layout, what):
    """Circles of a pile never overlap."""
    circles = list(layout.points.items())
    for i, (one, (x, y, r)) in enumerate(circles):
        for other, (u, v, s) in circles[:i]:
            if (x - u) ** 2 + (y - v) ** 2 < max(r + s - 0.05, 0) ** 2:
                sys.exit(f"labels: {what}: the circles of {one} and {other} overlap")


def median(values):
    return sorted(values)[len(values) // 2]


class Tally:
    """What the layouts of one size add up to."""

    def __init__(self):
        self.total = dict.fromkeys(FAULTS, 0)
        self.stay, self.all_labels, self.placed = 0, 0, []
        self.leaders, self.times, self.bare = [], [], []

    @classmethod
    def of(cls, sets):
        tally = cls()
        for one in sets:
            tally.total = {fault: tally.total[fault] + one.total[fault] for fault in FAULTS}
            tally.stay, tally.all_labels = tally.stay + one.stay, tally.all_labels + one.all_labels
            tally.placed, tally.leaders = tally.placed + one.placed, tally.leaders + one.leaders
            tally.times, tally.bare = tally.times + one.times, tally.bare + one.bare
        return tally

    def begin(self, layout, rows, ms):
        """The first layout of a set, before its edits."""
        self.add(layout, rows)
        self.times.append(ms)
        self.leaders += leader_lengths(layout)
        self.placed.append(len(layout.labels))

    def add(self, layout, rows):
        for fault, count in faults_of(layout, rows).items():
            self.total[fault] += count

    def compare(self, first, layout, but):
        same, of = kept(first, layout, but)
        self.stay, self.all_labels = self.stay + same, self.all_labels + of

    def unmoved(self):
        return 100 * self.stay / max(self.all_labels, 1)

    def show(self, name, n, ours=None):
        """One line; a peer's ends in our time as a share of its own."""
        time = median(self.times)
        labels_alone = f"  {max(time - median(self.bare), 0):8.1f} ms" if self.bare else ""
        ratio = f"  {median(ours.times) / time:26.3f}" if ours else ""
        print(
            f"{name:16} {n:4}  "
            + "  ".join(f"{self.total[fault]:{len(fault)}}" for fault in FAULTS)
            + f"  {sum(self.placed) / len(self.placed):6.1f}  {self.unmoved():5.1f} %"
            + f"  {sum(self.leaders) / max(len(self.leaders), 1):6.1f} px  {time:8.1f} ms{labels_alone}{ratio}",
            flush=True,
        )


def bare_ms(frise, kind, rows):
    """The time of the figure without labels."""
    with tempfile.TemporaryDirectory(prefix="frise-labels-") as name:
        project = Project(frise, pathlib.Path(name), kind, has_labels=False)
        project.build(rows)
        return project.layout_ms


def measure_set(frise, kind, n, seed):
    """Our layouts of one set: the tally of it."""
    tally, rows = Tally(), events(n, seed)
    tally.bare.append(bare_ms(frise, kind, rows[:n]))
    with tempfile.TemporaryDirectory(prefix="frise-labels-") as name:
        project = Project(frise, pathlib.Path(name), kind)
        lock = project.folder / "templates" / "t.lock"
        first = project.build(rows[:n])
        tally.begin(first, rows[:n], project.layout_ms)
        memory = lock.read_text(encoding="utf-8")
        again = project.build(rows[:n])
        if kept(first, again) != (len(first.labels), len(first.labels)):
            sys.exit(f"labels: {kind}, {n} events, set {seed}: a second build moves labels")
        for edited, but in edits_of(rows, n).values():
            lock.write_text(memory, encoding="utf-8")
            layout = project.build(edited)
            tally.add(layout, edited)
            tally.compare(first, layout, but)
            if kind == "bubbles":
                check_pile(layout, f"{n} events, set {seed}")
    return tally


def measure(frise, kind, n, seeds):
    """The faults of all sets, and the tally of each."""
    sets = [measure_set(frise, kind, n, seed) for seed in range(seeds)]
    tally = Tally.of(sets)
    tally.show(kind, n)
    faults = sum(tally.total.values())
    if n >= SETTLED and seeds >= ENOUGH and tally.unmoved() < LEAST_UNMOVED:
        print(f"labels: fewer than {LEAST_UNMOVED} % stay in place")
        faults += 1
    return faults, sets


def one_line_sizes(frise, rows):
    """What each name measures on one line."""
    with tempfile.TemporaryDirectory(prefix="frise-labels-") as name:
        boxes = Project(frise, pathlib.Path(name), "vertical").build(rows).names
    return {row[2]: boxes[row[0]][2:] for row in rows}


def measure_peers(frise, kind, n, sets, peers):
    """Beside ours: the points of a figure with every row of a set, which stay where they are through the edits."""
    tallies = {name: Tally() for name, _ in peers}
    for seed in range(len(sets)):
        rows = events(n, seed)
        edits = {"first": (rows[:n], ()), **edits_of(rows, n)}
        renamed = ("renamed", *edits["renamed"][0][n // 2][1:])
        sizes = one_line_sizes(frise, [*rows, renamed])
        with tempfile.TemporaryDirectory(prefix="frise-labels-") as folder:
            ours = Project(frise, pathlib.Path(folder), kind).build(rows)
        edited = {edit: rows_after for edit, (rows_after, _) in edits.items()}
        for name, command in peers:
            layouts = label_peers.answer(command, edited, ours.points, sizes, ours.width, ours.height)
            if not layouts:
                return
            tallies[name].begin(layouts["first"], edited["first"], 1000 * layouts["first"].seconds)
            for edit in list(edited)[1:]:
                tallies[name].add(layouts[edit], edited[edit])
                tallies[name].compare(layouts["first"], layouts[edit], edits[edit][1])
    ours = Tally.of(sets)
    ours.show(f"  {kind}", n)
    for name, tally in tallies.items():
        tally.show(f"  {name}", n, ours)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("frise", type=pathlib.Path)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--kinds", nargs="*", choices=MARKS, default=list(MARKS))
    parser.add_argument("--peers", type=int, default=0, metavar="N")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    frise = options.frise.resolve()
    peers = label_peers.find() if options.peers else {}
    head = "events  " + "  ".join(FAULTS) + "  labels  unmoved    leader       layout  labels alone"
    print(f"{'mark':14}  {head}")
    faults, sets = 0, {}
    for kind in options.kinds:
        for n in options.sizes:
            more, sets[kind, n] = measure(frise, kind, n, options.seeds)
            faults += more
    for kind in options.kinds:
        if peers.get(kind):
            print(f"\n{kind + ' beside':14}  {head}  ours / theirs   ({min(options.peers, options.seeds)} sets)")
            for n in (n for n in options.sizes if n <= PEERS_AT_MOST):
                measure_peers(frise, kind, n, sets[kind, n][: options.peers], peers[kind])
    if options.check and faults:
        sys.exit(f"labels: {faults} faults")


if __name__ == "__main__":
    main()
