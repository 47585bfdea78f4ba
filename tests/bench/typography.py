#!/usr/bin/env python3
"""The spaces of the method page, ours against pango's own justification of the same text.

usage: typography.py BUILD_FOLDER

Prints the table of docs/typography.md and writes its two pictures beside it.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REPORT, PAGE = "coree-du-nord", "page-3"
SOFT_HYPHEN = "\u00ad"


def paragraphs_of(layout):
    """The running text of the page: its paragraphs, up to the notes."""
    for item in layout["items"]:
        if item["type"] == "text" and item["role"] == "footnote":
            return
        if item["type"] == "text" and item["role"] == "paragraph":
            yield item["text"].replace(SOFT_HYPHEN, ""), [line["box"] for line in item["lines"]]


def main():
    build = (ROOT / sys.argv[1]).resolve()
    subprocess.run(
        ["cmake", "--build", build, "--target", "bench_justify"], check=True, stdout=subprocess.DEVNULL
    )
    with tempfile.TemporaryDirectory(prefix="frise-typography-") as folder:
        subprocess.run(
            [build / "frise", "build", REPORT, "--format", "layout", "--quiet", "--out", folder],
            check=True,
            cwd=ROOT,
        )
        (path,) = pathlib.Path(folder).rglob(f"{PAGE}.layout.json")
        paragraphs = list(paragraphs_of(json.loads(path.read_text(encoding="utf-8"))))
    width = statistics.median(box[2] for _, boxes in paragraphs for box in boxes[1:-1])
    pictures = [ROOT / "docs" / f"spaces-{who}.png" for who in ("frise", "pango")]
    subprocess.run(
        [build / "bin" / "bench_justify", f"{width:.0f}", *pictures],
        input="\n".join(text for text, _ in paragraphs).encode(),
        check=True,
    )


if __name__ == "__main__":
    main()
