"""ggrepel (Debian: r-cran-ggrepel) and labella (npm) on the events of labels.py, where they are installed.

They get the points that our layout drew, on a canvas of the same size, and the sizes that our labels have on one
line; what they answer is judged by the measures of labels.py. They have neither a key nor a memory: what ggrepel
leaves out is dropped, and an edit is a new layout.
"""

import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent


class PeerLayout:
    """What one peer answered for one set of rows, in the terms of labels.Layout."""

    def __init__(self, width, height, sizes):
        self.width, self.height, self.sizes = width, height, sizes
        self.labels, self.leaders, self.seconds, self.listed = {}, [], 0.0, set()

    @property
    def texts(self):
        return list(self.labels.items())

    def read(self, key, numbers):
        x, y = numbers[0], self.height - numbers[1]
        w, h = self.sizes[key]
        self.labels[key] = (x - w / 2, y - h / 2, w, h)
        way = [(x, self.height - y) for x, y in zip(numbers[2::2], numbers[3::2])]
        self.leaders += [(key, a, b) for a, b in zip(way, way[1:]) if a != b]


def answer(command, edits, width, height, sizes):
    """One run of a peer over all edits: {edit: PeerLayout}."""
    lines = ["set,id,x,y,radius,width,height,label"]
    for edit, points in edits.items():
        for key, (x, y, radius), name in points:
            w, h = sizes[edit][key]
            lines.append(f"{edit},{key},{x:.2f},{height - y:.2f},{radius:.2f},{w:.2f},{h:.2f},{name}")
    run = subprocess.run(
        [*command[:2], str(width), str(height), *command[2:]],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    layouts = {edit: PeerLayout(width, height, sizes[edit]) for edit in edits}
    for line in run.stdout.splitlines():
        words = line.split()
        if words[:1] == ["time"]:
            layouts[words[1]].seconds = float(words[2])
        elif words and words[0] in layouts:
            layouts[words[0]].read(words[1], [float(word) for word in words[2:]])
    if run.returncode or not any(layout.labels for layout in layouts.values()):
        print(f"labels: {' '.join(command)}: {run.stderr.strip().splitlines()[-1:]}")
    return layouts


def works(*command):
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return run.stdout.strip() if run.returncode == 0 else None


def find(kind):
    """The peers there are for a kind of figure: [(name, command)], and a line for each that is not."""
    peers = []
    r_script, peers_r, peers_js = shutil.which("Rscript"), str(HERE / "peers.R"), str(HERE / "peers.cjs")
    if r_script and works(r_script, "-e", 'cat(as.character(packageVersion("ggrepel")))'):
        manners = ("vertical",) if kind == "vertical" else ("default", "tuned")
        peers += [(f"ggrepel {manner}", [r_script, peers_r, manner]) for manner in manners]
    else:
        print("labels: ggrepel is not there: apt-get install r-cran-ggrepel")
    node = shutil.which("node")
    if node and works(node, peers_js, "--version"):
        if kind != "bubbles":
            peers.append(("labella", [node, peers_js, "right" if kind == "vertical" else "up"]))
    else:
        where = os.environ.get("LABELLA", "")
        print(f"labels: labella is not there{' in ' + where if where else ''}: npm install labella, then LABELLA=FOLDER")
    return peers
