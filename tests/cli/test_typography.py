"""A project whose every text is typed anyhow: nothing of it reaches a reader as it was typed."""

import json
import re
import struct
import subprocess
import unittest
import xml.etree.ElementTree as xml
import zlib

from support import HERE, ProjectCase, Project, environment

SET = "l’an «\u00a0x\u00a0»\u202f; 20\u00a0%"
SPOKEN = "l’an « x » ; 20 %"  # screen readers get plain spaces
CODE = re.compile(r"`[^`]*`|if \(a ; b\)")
FIGURES = ("barres", "dates", "colonnes", "frise")


def faults(text, is_spoken=False):
    """What a reader would see of a keyboard in it, code left out."""
    straight = re.findall(r".{,12}['\"].{,12}", CODE.sub("", text))
    spaced = re.findall(r".{,12}[ \t][;:!?%»].{,12}|« ", CODE.sub("", text))
    return straight + ([] if is_spoken else spaced)


def png_texts(data):
    """{keyword: text} of its iTXt chunks."""
    texts, at = {}, 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        if kind == b"iTXt":
            keyword, rest = body.split(b"\0", 1)
            is_packed, rest = rest[0], rest[2:]
            _, _, text = rest.split(b"\0", 2)
            texts[keyword.decode()] = (zlib.decompress(text) if is_packed else text).decode()
        at += size + 12
    return texts


def said(*words):
    run = subprocess.run(words, capture_output=True, check=True, env=environment())
    return run.stdout.decode()


def pdf_strings(path):
    """Its texts out of the pages: alternatives, bookmarks, metadata."""
    found = []

    def walk(value):
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            for entry in value:
                walk(entry)
        elif isinstance(value, str) and value.startswith("u:"):
            found.append(value.removeprefix("u:"))

    walk(json.loads(said("qpdf", "--json", str(path))))
    return found


def xmp_texts(packet):
    return [text for text in xml.fromstring(packet).itertext() if text.strip()]


class Typography(ProjectCase):
    @classmethod
    def setUpClass(cls):
        cls.made = Project(HERE / "typed")
        cls.addClassCleanup(cls.made.close)
        theme = (HERE / "project/templates/theme.yaml").read_text(encoding="utf-8")
        cls.made.path("templates/theme.yaml").write_text(theme, encoding="utf-8")
        cls.run_ = cls.made.run("build", "--format", "pdf,png,svg,layout")
        cls.out = cls.made.path("out/saisi")

    def setUp(self):
        self.assertEqual(self.run_.returncode, 0, self.run_.stderr.decode())

    def figure(self, name, suffix):
        return self.out / f"figures/{name}/{name}{suffix}"

    def assert_set(self, texts, where, is_spoken=False):
        texts = list(texts)
        self.assertTrue(texts, where)
        for text in texts:
            self.assertEqual(faults(text, is_spoken), [], f"{where}: {text!r}")

    def test_layouts(self):
        layouts = [self.figure(name, ".layout.json") for name in FIGURES]
        layouts.append(self.out / "pages/page-1.layout.json")
        for path in layouts:
            layout = json.loads(path.read_text(encoding="utf-8"))
            texts = [item["text"] for item in layout["items"] if item["type"] == "text"]
            self.assert_set(texts, path.name)
            self.assert_set([g["title"] for g in layout["groups"] if "title" in g], path.name)
            alts = [g["alt"] for g in layout["groups"] if "alt" in g]
            self.assert_set(alts, path.name, is_spoken=True)
            for alt in alts:
                self.assertIn(SPOKEN, alt)
                self.assertNotRegex(alt, "[\u00a0\u202f]")

    def texts(self, name, role):
        layout = json.loads(self.figure(name, ".layout.json").read_text(encoding="utf-8"))
        return [
            item["text"] for item in layout["items"] if item["type"] == "text" and item["role"] == role
        ]

    def test_names_from_data(self):
        """Categories, keys of stacks and units are set too, and still match the data."""
        self.assertIn(SET, self.texts("barres", "tick"))
        self.assertIn("Voir `a ; b` d’ici", self.texts("barres", "tick"))
        self.assertIn(SET, self.texts("colonnes", "legend"))
        self.assertIn(SET, self.texts("frise", "note"))
        self.assertIn("3\u00a0l’an", self.texts("frise", "legend"))
        self.assertEqual(
            [text for text in self.texts("frise", "tick") if text.endswith("l’an")],
            ["3\u00a0l’an"],
        )
        self.assertEqual(
            self.texts("dates", "tick"), ["sept. 2020", "1er\u00a0mai 2019", "23\u00a0mars 2022"]
        )

    def test_svg(self):
        for name in FIGURES:
            root = xml.parse(self.figure(name, ".svg")).getroot()
            texts = {"text": [], "title": [], "desc": []}
            for element in root.iter():
                kind = element.tag.rpartition("}")[2]
                if kind in texts:
                    texts[kind].append("".join(element.itertext()))
            self.assert_set(texts["text"], name)
            self.assert_set(texts["title"] + texts["desc"], name, is_spoken=True)

    def test_png(self):
        for name in FIGURES:
            texts = png_texts(self.figure(name, "-680.png").read_bytes())
            packet = texts.pop("XML:com.adobe.xmp")
            self.assert_set([texts.pop("Description")], name, is_spoken=True)
            self.assert_set(texts.values(), name)
            self.assert_set(xmp_texts(packet), name, is_spoken=True)
            self.assertTrue(any(SET in text for text in xmp_texts(packet)))

    def test_alt_text(self):
        """Three texts to copy, each under its heading."""
        for name in FIGURES:
            text = self.figure(name, ".alt.txt").read_text(encoding="utf-8")
            parts = text.rstrip("\n").split("\n\n")
            self.assertEqual(parts[::2], ["Texte court", "Texte long", "Description"], name)
            short, long, whole = parts[1::2]
            self.assert_set([short, long, whole], name, is_spoken=True)
            self.assertNotRegex(text, "[\u00a0\u202f\u00ad]")
            self.assertLessEqual(len(short), 125)
            self.assertLessEqual(len(long), 300)
        self.assertIn("Vu d’ici : l’an", self.figure("dates", ".alt.txt").read_text(encoding="utf-8"))

    def test_pdf(self):
        path = self.out / "saisi.pdf"
        text, about = said("pdftotext", "-raw", str(path), "-"), said("pdfinfo", str(path))
        # pdftotext makes its own spaces from the gaps that it sees.
        self.assert_set(text.splitlines(), "text of the PDF", is_spoken=True)
        self.assertIn("l’an « x »; 20 %", text)
        self.assertRegex(about, f"Title: +{SET}\n")
        self.assertRegex(about, f"Subject: +{SET}\n")
        self.assertRegex(about, "Author: +D’Aubigné\u202f; l’autre\n")
        strings = pdf_strings(path)
        self.assert_set(strings, "strings of the PDF", is_spoken=True)
        alts = [text for text in strings if text.startswith(f"Diagramme en barres. Barres : {SPOKEN}")]
        self.assertEqual(len(alts), 1, strings)
        self.assertIn(f"Barres\u00a0: {SET}", strings)  # a bookmark


class Options(ProjectCase):
    TEXT = "Oh! « oui » ; 5 km - là - « Hop! »"

    def typo(self, *words):
        run = self.project.run("typo", *words, input=self.TEXT.encode())
        self.expect(run, 0, stderr="")
        return run.stdout.decode()

    def test_typo(self):
        self.assertEqual(
            self.typo(),
            "Oh\u202f! «\u00a0oui\u00a0»\u202f; 5\u00a0km –\u00a0là\u00a0– «\u00a0Hop\u202f!\u00a0»",
        )
        self.assertEqual(
            self.typo("--locale", "fr-CA", "--guillemet-space", "nnbsp", "--unit-space", "nnbsp",
                      "--incise-dash", "em", "--brand", "Hop!"),
            "Oh! «\u202foui\u202f»; 5\u202fkm —\u00a0là\u00a0— «\u202fHop!\u202f»",
        )

    def test_format(self):
        run = self.project.run("format", "unit", "30 ; unit=km", "--unit-space", "nnbsp")
        self.expect(run, 0, stdout="30\u202fkm\n", stderr="")

    def test_fault(self):
        self.expect(
            self.project.run("typo", "--locale", "fr-BE", input=b""),
            2,
            stdout="",
            stderr="error: --locale: « fr-BE » is not a value it takes [unknown-value]\n"
            "   hint: did you mean fr-FR?\n",
        )

    def test_theme(self):
        """Every text of a report follows the theme: data, template, metadata."""
        project = Project(HERE / "typed")
        self.addCleanup(project.close)
        theme = (HERE / "project/templates/theme.yaml").read_text(encoding="utf-8")
        options = "typography: {locale: fr-CA, guillemet_space: nnbsp}\n"
        project.path("templates/theme.yaml").write_text(options + theme, encoding="utf-8")
        self.expect(project.run("build", "--format", "svg,pdf,layout"), 0)
        wanted = "l’an «\u202fx\u202f»; 20\u00a0%"
        page = project.path("out/saisi/pages/page-1.layout.json").read_text(encoding="utf-8")
        self.assertGreater(page.count(wanted), 10)
        self.assertNotIn("\u202f;", page)
        figure = json.loads(
            project.path("out/saisi/figures/colonnes/colonnes.layout.json").read_text("utf-8")
        )
        self.assertIn(wanted, [item.get("text") for item in figure["items"]])
        about = said("pdfinfo", str(project.path("out/saisi/saisi.pdf")))
        self.assertRegex(about, f"Title: +{wanted}\n")


if __name__ == "__main__":
    unittest.main()
