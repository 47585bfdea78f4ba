#!/usr/bin/env python3
"""Labels of crowded figures, measured in the layouts that the program writes.

usage: labels.py FRISE [--seeds N] [--check]

Clustered events with real names, as flags and as bubbles, drawn at 680 px, along a line, down a line and as bubbles; 20 sets of each size. What must
be 0: overlaps of labels, leaders through labels, leaders that cross, labels off the canvas, events
whose name is nowhere. Then the share of labels that stay in place when a row is added, deleted or renamed
while the layout memory is there, and the time of layout. --check fails when a 0 is not one.
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

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SIZES = (12, 20, 30, 45, 100, 300)
NAMES = (
    "Bithumb Coincheck Upbit KuCoin Ronin Harmony Horizon Bridge Atomic Wallet Stake CoinEx Poloniex HTX Orbit "
    "Chain Radiant Capital Phemex Bybit Munchables WazirX Indodax BingX Nomad Alphapo Liquid Global Gate.io Drift"
).split()
FIRST_DAY, DAYS = datetime.date(2016, 1, 1), 3650
LEAST_UNMOVED = 93  # %
FAULTS = ("overlaps", "through", "crossings", "off canvas", "dropped")
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

    def __init__(self, frise, folder, kind):
        self.frise, self.folder, self.figure = frise, folder, MARKS[kind][0]
        (folder / "data").mkdir()
        (folder / "templates").mkdir()
        shutil.copy(ROOT / "templates" / "theme.yaml", folder / "templates")
        (folder / "data" / "datapackage.yaml").write_text(PACKAGE, encoding="utf-8")
        template = TEMPLATE.format(figure=self.figure, mark=MARKS[kind][1])
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
        shapes = [item for item in frame["items"] if item["role"] == "leader"]
        self.leaders = [(item["key"], *map(tuple, item["points"])) for item in shapes]

    def faults(self, rows):
        boxes = self.texts
        off = sum(
            x < -0.01 or y < -0.01 or x + w > self.width + 0.01 or y + h > self.height + 0.01 for _, (x, y, w, h) in boxes
        )
        return {
            "overlaps": sum(
                overlap(boxes[i][1], boxes[j][1]) for i in range(len(boxes)) for j in range(i + 1, len(boxes))
            ),
            "through": sum(
                segment_in_box(a, b, box) for key, a, b in self.leaders for other, box in boxes if other != key
            ),
            "crossings": sum(
                cross(self.leaders[i], self.leaders[j])
                for i in range(len(self.leaders))
                for j in range(i + 1, len(self.leaders))
            ),
            "off canvas": off,
            "dropped": sum(row[0] not in self.labels and row[0] not in self.listed for row in rows),
        }

    def leader_length(self):
        return [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for _, a, b in self.leaders]


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


def measure(frise, kind, n, seeds):
    total = dict.fromkeys(FAULTS, 0)
    stay, all_labels, times, leaders, placed = 0, 0, [], [], 0
    for seed in range(seeds):
        with tempfile.TemporaryDirectory(prefix="frise-labels-") as name:
            project = Project(frise, pathlib.Path(name), kind)
            rows = events(n, seed)
            first = project.build(rows[:n])
            times.append(project.layout_ms)
            leaders += first.leader_length()
            placed += len(first.labels)
            lock = project.folder / "templates" / "t.lock"
            memory = lock.read_text(encoding="utf-8") if lock.exists() else ""  # an upright line needs none
            renamed = [*rows[:n]]
            renamed[n // 2] = (*renamed[n // 2][:2], "Nouveau nom", renamed[n // 2][3])
            edits = {
                "same": (rows[:n], ()),
                "added": (rows, ()),
                "deleted": (rows[: n // 2] + rows[n // 2 + 1 : n], (rows[n // 2][0],)),
                "renamed": (renamed, (rows[n // 2][0],)),
            }
            for fault, count in first.faults(rows[:n]).items():
                total[fault] += count
            for edit, (edited, but) in edits.items():
                lock.write_text(memory, encoding="utf-8")
                layout = project.build(edited)
                for fault, count in layout.faults(edited).items():
                    total[fault] += count
                same, of = kept(first, layout, but)
                if edit == "same" and same != of:
                    sys.exit(f"labels: {kind}, {n} events, set {seed}: a second build moves labels")
                if edit != "same":
                    stay, all_labels = stay + same, all_labels + of
    mean = sum(leaders) / max(len(leaders), 1)
    unmoved = 100 * stay / max(all_labels, 1)
    print(
        f"{kind:8} {n:4}  "
        + "  ".join(f"{total[fault]:{len(fault)}}" for fault in FAULTS)
        + f"  {placed / seeds:6.1f}  {unmoved:5.1f} %  {mean:6.1f} px  {min(times):6.1f} ms"
        + f"  {sorted(times)[len(times) // 2]:6.1f} ms",
        flush=True,
    )
    if kind == "flags" and unmoved < LEAST_UNMOVED:
        print(f"labels: fewer than {LEAST_UNMOVED} % stay in place")
        return sum(total.values()) + 1
    return sum(total.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("frise", type=pathlib.Path)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    frise = options.frise.resolve()
    print("mark     events  " + "  ".join(FAULTS) + "  labels  unmoved  leader   layout (best, median)")
    faults = sum(measure(frise, kind, n, options.seeds) for kind in MARKS for n in options.sizes)
    if options.check and faults:
        sys.exit(f"labels: {faults} faults")


if __name__ == "__main__":
    main()
