#!/usr/bin/env python3
"""Time and memory of a build, and of one figure against bare cairo and pango.

usage: bench.py BUILD_FOLDER

Times are the best of several runs on one thread, in milliseconds; memory is the peak of the process.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import big

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REPORT, FIGURE, MEDIUM = "coree-du-nord", "frise", "article"
STAGES = ("read_ms", "query_ms", "layout_ms", "paint_ms", "write_ms", "total_ms")
RUNS = 7


def measure(words, stdin=None):
    """Wall time in ms and peak memory in MB of one process, and what it printed."""
    with tempfile.TemporaryFile() as said, open(stdin or os.devnull, "rb") as given:
        start = time.perf_counter()
        process = subprocess.Popen(words, stdin=given, stdout=said, stderr=subprocess.DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = (time.perf_counter() - start) * 1000
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"bench: {' '.join(map(str, words))}: exit {process.returncode}")
        said.seek(0)
        return elapsed, usage.ru_maxrss / 1024, said.read()


def best(words, stdin=None, afresh=None):
    """The fastest of several runs: what the machine does when nothing disturbs it.
    The folder `afresh` is removed before each, so that everything is written."""
    runs = []
    for _ in range(RUNS):
        if afresh:
            shutil.rmtree(afresh, ignore_errors=True)
        runs.append(measure(words, stdin))
    return min(runs, key=lambda run: run[0])


def whole_reports(frise, folder):
    words = [frise, "build", "--timing", "--json", "--jobs", "1", "--out", folder / "all"]
    for name, reports in (("all reports", []), (REPORT, [REPORT])):
        elapsed, peak, said = best([*words, *reports], afresh=folder / "all")
        timing = json.loads(said.splitlines()[-1])["timing"]  # after the warnings
        print(f"\n{name}, one thread")
        for stage in STAGES:
            print(f"  {stage.removesuffix('_ms'):8} {timing[stage]:8.1f} ms")
        print(f"  {'process':8} {elapsed:8.1f} ms   peak {peak:.0f} MB")
    again = [frise, "build", "--quiet", "--out", folder / "all"]
    measure(again)
    elapsed, _, _ = best(again)
    print(f"\nall reports again, nothing changed: {elapsed:.1f} ms")


def commands_of(layout):
    """The layout file as the few drawing commands that floor.c reads."""
    lines = [f"size {layout['width']} {layout['height']}"]
    counts = {"text": 0, "circle": 0, "rect": 0, "line": 0}

    def add(kind, *arguments):
        counts[kind] += 1
        lines.append(" ".join([kind, *map(str, arguments)]))

    for item in layout["items"]:
        x, y, width, height = item["box"]
        if item["type"] == "text":
            for line in item["lines"]:
                add("text", line["box"][0], line["box"][1], line["size"], line["text"])
        elif item["shape"] == "circle":
            add("circle", x + width / 2, y + height / 2, width / 2)
        elif item["shape"] == "rect":
            add("rect", x, y, width, height)
        else:
            add("line", x, y, x + width, y + height)
    return "\n".join(lines) + "\n", counts


def one_figure(frise, floor, folder):
    part = [REPORT, "--only", FIGURE, "--medium", MEDIUM, "--jobs", "1"]
    measure([frise, "build", *part, "--format", "layout", "--out", folder / "layout"])
    (layout,) = (folder / "layout").rglob(f"{FIGURE}*.layout.json")
    commands, counts = commands_of(json.loads(layout.read_text(encoding="utf-8")))
    drawing = folder / "drawing.txt"
    drawing.write_text(commands, encoding="utf-8")

    ours, peak, _ = best([frise, "build", *part, "--format", "png", "--out", folder / "figure"], afresh=folder / "figure")
    images = sorted((folder / "figure").rglob("*.png"))
    scales = [("1", folder / "1.png"), ("2", folder / "2.png")][: len(images)]
    bare, _, _ = best([floor, *[word for pair in scales for word in pair]], stdin=drawing)
    drawn = ", ".join(f"{n} {kind}s" for kind, n in counts.items())
    print(f"\nfigure {FIGURE}, CSV to {len(images)} PNG, whole process: {drawn}")
    print(f"  {'frise':8} {ours:8.1f} ms   peak {peak:.0f} MB")
    print(f"  {'bare':8} {bare:8.1f} ms   (cairo, pango, cairo's PNG writer)")
    print(f"  {'ratio':8} {ours / bare:8.2f}")


def main():
    build = (ROOT / sys.argv[1]).resolve()
    targets = ["bench_floor", "bench_paragraph", "bench_scan", "bench_typo"]
    subprocess.run(
        ["cmake", "--build", build, "--target", *targets], check=True, stdout=subprocess.DEVNULL
    )
    with tempfile.TemporaryDirectory(prefix="frise-bench-") as folder:
        whole_reports(build / "frise", pathlib.Path(folder))
        one_figure(build / "frise", build / "bin" / "bench_floor", pathlib.Path(folder))
        big.run(
            build / "frise",
            build / "bin" / "bench_scan",
            ROOT / "tests/golden/theme.yaml",
            pathlib.Path(folder),
            best,
            measure,
        )
    print("\ntotal fit, justified French text, one thread", flush=True)
    subprocess.run([build / "bin" / "bench_paragraph"], check=True)
    print("\nFrench typography of 1 MB of prose, one thread", flush=True)
    subprocess.run([build / "bin" / "bench_typo"], check=True)


if __name__ == "__main__":
    main()
