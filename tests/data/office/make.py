"""The table of office.fods saved by LibreOffice in its dialects, and as other programs save it.

usage: make.py [FOLDER]; without one, rewrites the files beside this one: look at the difference.

libreoffice-*.csv are LibreOffice's own (7.4, French locale). The others are written here after what
each program is known to save, as none of them is at hand:
  excel-semicolon  Excel in French, « CSV (séparateur : point-virgule) »: Windows-1252, CRLF
  excel-utf-8      the same, « CSV UTF-8 (délimité par des virgules) », which French Windows parts by « ; »
  excel-unicode    the same, « Texte Unicode »: UTF-16 with a mark, tabs
  excel-mac        Excel for Mac in French, thousands by U+202F
  sheets-fr        Google Sheets in French: UTF-8, commas, CRLF, so that decimal commas are quoted
  sheets-iso       the same with dates and numbers formatted plainly
"""

import csv
import datetime
import io
import pathlib
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent
CHARSETS = {"utf-8": 76, "windows-1252": 1, "latin-9": 22, "utf-16": 65535}
SEPARATORS = {"comma": 44, "semicolon": 59, "tab": 9}
COLUMNS = ("id", "jour", "prix", "part", "mesure", "nombre", "vrai", "note")
D = datetime.date
ROWS = [
    ("a1", D(2022, 1, 5), "1234.50", "0.125", "0.25", "1234567", True, "déjà l’été, à Noël"),
    ("a2", D(2022, 12, 25), "-0.75", "0", "-3.5", "0", False, 'dit « oui » puis "non"'),
    ("a3", D(1999, 2, 28), "1000000.00", "1.5", "1e4", "-1000", True, "deux\nlignes; trois, quatre"),
    ("a4", D(2024, 2, 29), "95.10", "-0.0425", "12.125", "42", False, "95 € le cœur"),
    ("a5", None, None, None, None, None, None, ""),
    ("a6", D(2030, 11, 30), "12.00", "0.9999", "0.125", "999", True, " bords "),
]

STYLES = """\
<number:date-style style:name="jma" number:language="fr" number:country="FR"><number:day number:style="long"/>\
<number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text>\
<number:year number:style="long"/></number:date-style>
<number:currency-style style:name="eur" number:language="fr" number:country="FR"><number:number \
number:decimal-places="2" number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/>\
<number:text> </number:text><number:currency-symbol number:language="fr" number:country="FR">€\
</number:currency-symbol></number:currency-style>
<number:percentage-style style:name="pct" number:language="fr" number:country="FR"><number:number \
number:decimal-places="2" number:min-decimal-places="2" number:min-integer-digits="1"/><number:text> %</number:text>\
</number:percentage-style>
<number:number-style style:name="int" number:language="fr" number:country="FR"><number:number \
number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style>
"""
# column: style, type of its cells
CELLS = {"jour": ("jma", "date"), "prix": ("eur", "currency"), "part": ("pct", "percentage"),
         "mesure": (None, "float"), "nombre": ("int", "float"), "vrai": (None, "boolean")}


def ods_cell(column, value):
    style, kind = CELLS.get(column, (None, "string"))
    if value is None or value == "":
        return "<table:table-cell/>"
    style = f' table:style-name="c-{style}"' if style else ""
    if kind == "string":
        lines = "".join(f"<text:p>{spaced(line)}</text:p>" for line in value.split("\n"))
        return f'<table:table-cell{style} office:value-type="string">{lines}</table:table-cell>'
    name = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    extra = ' office:currency="EUR"' if kind == "currency" else ""
    return f'<table:table-cell{style} office:value-type="{kind}" office:{name}="{str(value).lower()}"{extra}/>'


def spaced(line):
    """Spaces at the ends are elements."""
    text = escape(line)
    return text if text == text.strip() else text.replace(" ", "<text:s/>")


def fods():
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"' for name, path in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"),
        ("fo", "xsl-fo-compatible")))
    rows = [f"<table:table-row>{''.join(ods_cell('id', name) for name in COLUMNS)}</table:table-row>"]
    for row in ROWS:
        cells = "".join(ods_cell(column, value) for column, value in zip(COLUMNS, row))
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    styles = "".join(f'<style:style style:name="c-{name}" style:family="table-cell" style:data-style-name="{name}"/>\n'
                     for name in ("jma", "eur", "pct", "int"))
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {spaces} office:version="1.2" '
            'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">\n<office:styles>'
            '<style:default-style style:family="table-cell"><style:text-properties fo:language="fr" fo:country="FR"/>'
            f"</style:default-style></office:styles>\n<office:automatic-styles>\n{STYLES}{styles}"
            '</office:automatic-styles>\n<office:body><office:spreadsheet><table:table table:name="t">\n'
            + "\n".join(rows) + "\n</table:table></office:spreadsheet></office:body></office:document>\n")


# ---- LibreOffice ----

def dialects():
    """name: filter options: separator, quote, charset, first line, columns, language (French), all
    texts quoted, numbers as such, as shown."""
    found = {}

    def add(separator, charset, suffix="", quoted="false", shown="true"):
        options = f"{SEPARATORS[separator]},34,{CHARSETS[charset]},1,,1036,{quoted},true,{shown}"
        found[f"libreoffice-{separator}-{charset}{suffix}"] = options

    for charset in CHARSETS:
        add("semicolon", charset)
    for separator, charset in (("comma", "utf-8"), ("tab", "utf-8"), ("tab", "utf-16")):
        add(separator, charset)
    for separator, charset in (("comma", "utf-8"), ("semicolon", "windows-1252"), ("tab", "utf-16")):
        add(separator, charset, "-quoted", quoted="true")
        add(separator, charset, "-raw", shown="false")
    return found


# A profile in French: what has no locale of its own is shown by this one.
LOCALE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item>
</oor:items>
"""


def soffice(source, form, folder):
    """Converts with a profile of its own."""
    profile = folder / "profile"
    settings = profile / "user/registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(LOCALE, encoding="utf-8")
    subprocess.run(["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
                    "--convert-to", form, "--outdir", str(folder), str(source)],
                   check=True, capture_output=True, timeout=120)


def libreoffice(names, folder):
    """fods to xlsx, then to each dialect: {name: bytes}."""
    folder = pathlib.Path(folder)
    (folder / "office.fods").write_text(fods(), encoding="utf-8")
    soffice(folder / "office.fods", "xlsx", folder)
    made = {}
    for name in names:
        soffice(folder / "office.xlsx", f"csv:Text - txt - csv (StarCalc):{dialects()[name]}", folder)
        made[name] = (folder / "office.csv").read_bytes()
    return made


# ---- others, written after their habits ----

def shown(value, column, group, plain=False):
    if value is None:
        return ""
    if column == "jour":
        return value.isoformat() if plain else value.strftime("%d/%m/%Y")
    if column == "vrai":
        return ("TRUE" if value else "FALSE") if plain else ("VRAI" if value else "FAUX")
    if column in ("id", "note"):
        return value
    number = float(value) * (100 if column == "part" else 1)
    places = {"prix": 2, "part": 2, "nombre": 0}.get(column)
    text = f"{number:.{places}f}" if places is not None else f"{number:.3f}".rstrip("0").rstrip(".")
    if plain:
        return text
    whole, _, digits = text.lstrip("-").partition(".")
    if column in ("prix", "nombre"):
        whole = f"{int(whole):,}".replace(",", group)
    unit = {"prix": "\u00a0€" if group == "\u00a0" else " €", "part": " %"}.get(column, "")
    return ("-" if number < 0 else "") + whole + ("," + digits if digits else "") + unit


def emulated():
    """Quotes only where they must be."""
    forms = {
        "excel-semicolon": (";", "cp1252", "\u00a0", False),
        "excel-utf-8": (";", "utf-8-sig", "\u00a0", False),
        "excel-unicode": ("\t", "utf-16", "\u00a0", False),
        "excel-mac": (";", "utf-8-sig", "\u202f", False),
        "sheets-fr": (",", "utf-8", "\u202f", False),
        "sheets-iso": (",", "utf-8", "", True),
    }
    made = {}
    for name, (separator, encoding, group, plain) in forms.items():
        out = io.StringIO()
        writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for row in ROWS:
            writer.writerow(shown(value, column, group, plain) for column, value in zip(COLUMNS, row))
        text = out.getvalue()
        made[name] = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)
    return made


def main():
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    with tempfile.TemporaryDirectory(prefix="frise-office-") as folder:
        made = {**libreoffice(dialects(), folder), **emulated()}
    for name, data in made.items():
        (target / f"{name}.csv").write_bytes(data)


if __name__ == "__main__":
    main()
