"""ggrepel (Debian: r-cran-ggrepel) and labella (npm) on the events of labels.py, where they are installed.

They get the points that our layout drew, on a canvas of the same size, the room of our key included, and the sizes
that our labels have on one line; what they answer is judged by the measures of labels.py. They have neither a key nor
a memory: what ggrepel leaves out is dropped, and an edit is a new layout.
"""

import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
R_SCRIPT, NODE = str(HERE / "peers.R"), str(HERE / "peers.cjs")


class PeerLayout:
    """What one peer answered for one set of rows, in the terms of labels.Layout."""

    def __init__(self, width, height, sizes):
        self.width, self.height, self.sizes = width, height, sizes
        self.labels, self.leaders, self.seconds, self.listed = {}, [], 0.0, set()

    @property
    def texts(self):
        return list(self.labels.items())

    def read(self, key, numbers):
        """The centre of a label and the points of its leader, y upwards."""
        x, y = numbers[0], self.height - numbers[1]
        w, h = self.sizes[key]
        self.labels[key] = (x - w / 2, y - h / 2, w, h)
        way = [(x, self.height - y) for x, y in zip(numbers[2::2], numbers[3::2])]
        self.leaders += [(key, a, b) for a, b in zip(way, way[1:]) if a != b]


def answer(command, edits, points, sizes, width, height):
    """One run of a peer over all edits, {edit: rows}: {edit: PeerLayout}, or nothing when it fails."""
    lines, layouts = ["set,id,x,y,radius,width,height,label"], {}
    for edit, rows in edits.items():
        layouts[edit] = PeerLayout(width, height, {row[0]: sizes[row[2]] for row in rows})
        for key, _, name, _ in rows:
            (x, y, radius), (w, h) = points[key], sizes[name]
            lines.append(f"{edit},{key},{x:.2f},{height - y:.2f},{radius:.2f},{w:.2f},{h:.2f},{name}")
    call = [*command[:2], str(width), str(height), *command[2:]]
    run = subprocess.run(call, input="\n".join(lines) + "\n", capture_output=True, text=True, check=False)
    if run.returncode:
        print(f"labels: {' '.join(command)} fails: {run.stderr.strip()[-300:]}")
        return None
    for line in run.stdout.splitlines():
        words = line.split()
        if words[0] == "time":
            layouts[words[1]].seconds = float(words[2])
        else:
            layouts[words[0]].read(words[1], [float(word) for word in words[2:]])
    return layouts


def version(program, script):
    """That of the peer behind a script, nothing when it cannot run."""
    path = shutil.which(program)
    run = path and subprocess.run([path, script, "--version"], capture_output=True, text=True, check=False)
    return run.stdout.strip() if run and run.returncode == 0 else None


def find():
    """The peers there are: {kind: [(name, command)]}, and a line for each, there or not."""
    peers = {"flags": [], "vertical": [], "bubbles": []}
    ggrepel, labella = version("Rscript", R_SCRIPT), version("node", NODE)
    if ggrepel:
        print(f"labels: ggrepel {ggrepel}")
        for kind, tuned in (("flags", "tuned"), ("vertical", "vertical"), ("bubbles", "tuned")):
            peers[kind].append(("ggrepel", ["Rscript", R_SCRIPT, "default"]))
            peers[kind].append(("ggrepel tuned", ["Rscript", R_SCRIPT, tuned]))
    else:
        print("labels: ggrepel is not there: apt-get install r-cran-ggrepel")
    if labella:
        print(f"labels: labella {labella}")
        peers["flags"].append(("labella", ["node", NODE, "up"]))
        peers["vertical"].append(("labella", ["node", NODE, "right"]))
    else:
        where = os.environ.get("LABELLA")
        print(f"labels: labella is not there{f', nor in {where}' if where else ''}: "
              "npm install labella in some folder, then LABELLA=FOLDER")
    return peers
