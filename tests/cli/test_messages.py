"""Every message has its French: the catalogue is whole, and French typography is kept in it."""

import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).parent.parent.parent
FRENCH = ROOT / "po/fr.po"

# The calls whose texts reach the user, and where their messages stand: from this argument on.
CALLS = {
    "diag_error": 3, "diag_warning": 3, "diag_note": 3, "diag_system": 2,
    "diag_enter": 1, "diag_enter_at": 2, "faults_add": 3,
    "fault": 3, "note_fault": 2, "call_fail": 1, "call_is_read": 1, "system_fault": 2,
}  # fmt: skip

TOKEN = re.compile(
    r"""/\*.*?\*/ | //[^\n]* | '(?:\\.|[^'\\])+' | "(?:\\.|[^"\\])*" | [A-Za-z_]\w* | \s+ | [^\w\s"'/()\[\]{},]+ | .""",
    re.S | re.X,
)
STRING = re.compile(r'"((?:\\.|[^"\\])*)"')


def entries(path):
    """Of a PO file: (what is said in English, in French), plurals as several."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if "#~" in block:
            continue
        found = {}
        for key, texts in re.findall(r'^(msg\S+) ((?:"(?:\\.|[^"\\])*"\n?)+)', block, re.M):
            found[key] = "".join(STRING.findall(texts))
        if found.get("msgid"):
            singular = found.get("msgstr", found.get("msgstr[0]", ""))
            yield found["msgid"], singular
            if "msgid_plural" in found:
                yield found["msgid_plural"], found["msgstr[1]"]


def texts_of_calls(source):
    """(line, text) of what is written in the calls above, after their codes."""
    calls, name, line, text = [], None, 1, None
    for token in (match[0] for match in TOKEN.finditer(source)):
        if token.startswith('"'):
            text = (text or "") + token[1:-1]
        elif not token.isspace() and not token.startswith("/*"):
            if text is not None and calls:
                inner = next((call for call in reversed(calls) if call[0] in CALLS), None)
                if inner and inner[1] >= CALLS[inner[0]]:
                    yield line, text
            text = None
            if token in "([{":
                calls.append([name if token == "(" else "", 0])
            elif token in ")]}" and calls:
                calls.pop()
            elif token == "," and calls:
                calls[-1][1] += 1
            name = token if token[0].isalpha() else None
        line += token.count("\n")


class Messages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="frise-po-")
        cls.addClassCleanup(folder.cleanup)
        cls.template = pathlib.Path(folder.name) / "frise.pot"
        subprocess.run(
            [ROOT / "po/extract.sh", cls.template],
            check=True,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )

    def test_every_message_is_translated(self):
        run = subprocess.run(
            ["msgcmp", FRENCH, self.template],
            capture_output=True,
            check=False,
            encoding="utf-8",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertNotIn("fuzzy", FRENCH.read_text(encoding="utf-8"))

    def test_nothing_else_is(self):
        """No translation without its message, no code of a fault as a message."""
        known = {english for english, _ in entries(self.template)}
        self.assertGreater(len(known), 700)
        self.assertEqual([english for english, _ in entries(FRENCH) if english not in known], [])
        codes = {"type-error", "unknown-key", "missing-file", "more-faults", "yaml-error"}
        self.assertEqual(codes & known, set())

    def test_formats(self):
        run = subprocess.run(
            ["msgfmt", "--check-format", "--output-file=/dev/null", FRENCH],
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_every_text_of_a_fault_is_marked(self):
        """What xgettext does not see, `a ? "x" : "y"`, would be said in English to everyone."""
        known = {english for english, _ in entries(self.template)}
        unmarked = []
        for path in sorted((ROOT / "gen").glob("**/*.c")):
            for line, text in texts_of_calls(path.read_text(encoding="utf-8")):
                if re.search(r"[a-z]{2,} [a-z]", text) and text not in known:
                    unmarked.append(f"{path.relative_to(ROOT)}:{line}: {text}")
        self.assertEqual(unmarked, [])

    def test_french_typography(self):
        """No-break spaces before : ; ! ? and inside « », curly apostrophes, no straight quotes
        around words."""
        rules = {
            "a plain space before a high mark": r" [:;!?](?= |\\n|$)",
            "no space before a high mark": r"[a-zé»%][;!?](?= |\\n|$)",
            "a plain space inside guillemets": r"« | »",
            "no space inside guillemets": r"«[^\u00a0]|[^\u00a0]»",
            "a straight apostrophe": r"[A-Za-zé]'[A-Za-zé]",
            "English quotes": r"[“”]",
        }
        for english, french in entries(FRENCH):
            code = re.sub(r"`[^`]*`|sing=vente ; plur=ventes", "", french)
            for fault, pattern in rules.items():
                with self.subTest(english):
                    self.assertIsNone(re.search(pattern, code), f"{fault}: {french}")


if __name__ == "__main__":
    unittest.main()
