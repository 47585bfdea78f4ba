#!/usr/bin/env python3
"""Builds the small projects beside this file and compares what comes out with `expected/`.

Layouts must be the same byte for byte; pictures may differ a little in their pixels, since
rasterizers do; SVG files must be well-formed. --update accepts what comes out: look at the pictures
before committing them."""

import argparse
import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import png

HERE = pathlib.Path(__file__).resolve().parent
# What a sanitizer or GLib is told must reach the program; nothing else of ours does.
KEPT = ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "G_SLICE", "G_DEBUG")
BASE = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "SOURCE_DATE_EPOCH": "0"}
PIXEL_TOLERANCE = 16  # of 255, on the channel that differs most
SHARE_TOLERANCE = 0.001  # of the pixels, beyond the first
DIFF_LINES = 40
# Cases that live elsewhere, with a theme of their own.
ELSEWHERE = {"specimen": HERE.parents[1] / "docs" / "specimen"}
PICTURE = "*-680.png"  # the smallest of each figure is enough for pixels


def cases():
    return sorted([path.parent.name for path in HERE.glob("*/data")] + list(ELSEWHERE))


def build(frise, case, folder):
    """A copy of the project with its theme, built: what comes out, by name."""
    source = ELSEWHERE.get(case, HERE / case)
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("expected"))
    if case not in ELSEWHERE:
        shutil.copy(HERE / "theme.yaml", folder / "templates")
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    run = subprocess.run(
        [str(frise), "build", "--format", "layout,png,svg"],
        cwd=folder,
        env={**BASE, **kept, "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    if run.returncode != 0 or "warning: " in run.stderr:  # a note says that a key was needed
        return None, [f"frise build: exit {run.returncode}\n{run.stdout}{run.stderr}"]
    out = folder / "out"
    return {str(p.relative_to(out)): p for p in sorted(out.rglob("*")) if p.is_file()}, []


def is_kept(name):
    return name.endswith(".layout.json") or pathlib.PurePath(name).match(PICTURE)


def compare_layouts(name, expected, actual):
    if expected == actual:
        return []
    lines = list(
        difflib.unified_diff(
            expected.decode().splitlines(),
            actual.decode().splitlines(),
            f"expected/{name}",
            f"actual/{name}",
            lineterm="",
            n=1,
        )
    )
    more = [f"… {len(lines) - DIFF_LINES} more lines"] if len(lines) > DIFF_LINES else []
    return ["\n".join(lines[:DIFF_LINES] + more)]


def difference(expected, actual):
    """Rows of bytes: how far each pixel is, on the channel that differs most."""
    for one, other in zip(expected.rows, actual.rows):
        if one == other:
            yield bytes(expected.width)
            continue
        far = [abs(a - b) for a, b in zip(one, other)]
        yield bytes(map(max, far[0::3], far[1::3], far[2::3]))


def compare_pictures(name, expected, actual, ret_difference):
    expected, actual = png.decode(expected), png.decode(actual)
    if (expected.width, expected.height) != (actual.width, actual.height):
        sizes = (expected.width, expected.height, actual.width, actual.height)
        return [name + ": expected %d × %d pixels, got %d × %d" % sizes]
    rows = list(difference(expected, actual))
    far = sum(value > PIXEL_TOLERANCE for row in rows for value in row)
    if far <= SHARE_TOLERANCE * expected.width * expected.height:
        return []
    ret_difference.append(png.encode_grey(expected.width, rows))
    return [f"{name}: {far} pixels differ by more than {PIXEL_TOLERANCE}/255"]


def check_svg(name, data):
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        return [f"{name}: {error}"]
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        return [f"{name}: the root is {root.tag}"]
    shown = "".join(root.itertext()).strip()
    return [] if shown else [f"{name}: no text"]


def compare(case, files, failures):
    expected_folder = HERE / case / "expected"
    wanted = {str(p.relative_to(expected_folder)) for p in expected_folder.rglob("*.*")}
    found = {name for name in files if is_kept(name)}
    faults = [f"{name}: expected, not made" for name in sorted(wanted - found)]
    faults += [f"{name}: made, not expected" for name in sorted(found - wanted)]
    for name in sorted(wanted & found):
        expected, actual = (expected_folder / name).read_bytes(), files[name].read_bytes()
        shown = []
        if name.endswith(".png"):
            said = compare_pictures(name, expected, actual, shown)
        else:
            said = compare_layouts(name, expected, actual)
        if said and failures:
            save_failure(failures / case / name, expected, actual, shown)
        faults += said
    svgs = [name for name in files if name.endswith(".svg")]
    has_figures = any(name.startswith("figures", name.find("/") + 1) for name in wanted)
    faults += ["no SVG was made"] if has_figures and not svgs else []
    for name in svgs:
        faults += check_svg(name, files[name].read_bytes())
    return faults


def save_failure(path, expected, actual, differences):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_name("expected-" + path.name).write_bytes(expected)
    path.with_name("actual-" + path.name).write_bytes(actual)
    for data in differences:
        path.with_name("difference-" + path.name).write_bytes(data)


def update(case, files):
    folder = HERE / case / "expected"
    shutil.rmtree(folder, ignore_errors=True)
    for name, path in files.items():
        if is_kept(name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / name)


def run_case(options, case):
    with tempfile.TemporaryDirectory(prefix="frise-golden-") as temporary:
        files, faults = build(options.frise, case, pathlib.Path(temporary) / case)
        if files is not None and options.update:
            update(case, files)
        elif files is not None:
            faults = compare(case, files, options.failures)
    for fault in faults:
        print(f"{case}: {fault}")
    return not faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--frise", type=pathlib.Path, required=True, help="the program")
    parser.add_argument("--update", action="store_true", help="rewrite what is expected")
    parser.add_argument("--failures", type=pathlib.Path, help="folder for pictures that differ")
    parser.add_argument("case", nargs="*", default=[], help="all of them by default")
    options = parser.parse_args()
    options.frise = options.frise.resolve()
    unknown = set(options.case) - set(cases())
    if unknown:
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    results = [run_case(options, case) for case in options.case or cases()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
