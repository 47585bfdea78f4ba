"""One table in every dialect: what spreadsheets and scripts make of the same values."""

import datetime
import random

DELIMITERS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "iso-8859-15")
LINE_ENDS = ("\n", "\r\n", "\r")
MONTHS = "janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.".split()
# decimal mark, mark of thousands, what stands around
NUMBERS = ((".", "", "", ""), (",", "", "", ""), (",", " ", "", ""), (",", "\u00a0", "", " €"),
           (",", "\u202f", "", ""), (",", ".", "", ""), (".", ",", "$", ""), (".", "'", "", ""))
DATES = ("iso", "dmy", "mdy", "words", "serial")
WORDS = ("été", "cœur", "l’Élysée", "a,b", "a;b", "il dit \"oui\"", "deux\nlignes", "x|y", " bord ", "12 €", "")


def write_number(value, form):
    decimal, group, before, after = form
    sign = "-" if value < 0 else ""
    whole, _, digits = f"{abs(value):.2f}".partition(".")
    parts = []
    while len(whole) > 3:
        whole, parts = whole[:-3], [whole[-3:], *parts]
    return before + sign + group.join([whole, *parts]) + decimal + digits + after


def write_date(day, form):
    if form == "iso":
        return day.isoformat()
    if form == "dmy":
        return day.strftime("%d/%m/%Y")
    if form == "mdy":
        return day.strftime("%m/%d/%Y")
    if form == "words":
        return f"{day.day if day.day > 1 else '1er'} {MONTHS[day.month - 1]} {day.year}"
    return str((day - datetime.date(1899, 12, 30)).days)


def table(chance, n_rows):
    """id, n, d, note; the first two rows settle every reading: a decimal of one digit that no group
    could be, a day after the twelfth."""
    rows = [("r0", 1234567.5, datetime.date(2022, 1, 13), "premier"), ("r1", -0.25, datetime.date(2022, 12, 25), "")]
    for i in range(2, n_rows):
        day = datetime.date(2000, 1, 1) + datetime.timedelta(days=chance.randrange(12000))
        number = None if chance.random() < 0.1 else chance.randrange(-(10**9), 10**9) / 100
        rows.append((f"r{i}", number, None if chance.random() < 0.1 else day, chance.choice(WORDS)))
    return rows


def quote(cell, delimiter, always):
    if always or any(c in cell for c in '"\r\n' + delimiter):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def write(rows, dialect):
    """The bytes of the table; None where the encoding lacks a letter of it."""
    delimiter, encoding, end, always, number, date = dialect
    lines = [delimiter.join(("id", "n", "d", "note"))]
    for key, value, day, note in rows:
        cells = (key, "" if value is None else write_number(value, number), "" if day is None else write_date(day, date), note)
        lines.append(delimiter.join(quote(cell, delimiter, always) for cell in cells))
    try:
        return (end.join(lines) + end).encode(encoding)
    except UnicodeEncodeError:
        return None


def plain(rows):
    """The same as frise query prints it."""
    lines = ["id,n,d,note"]
    for key, value, day, note in rows:
        number = "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")
        lines.append(",".join(quote(cell, ",", False) for cell in (key, number, day.isoformat() if day else "", note)))
    return "\n".join(lines) + "\n"


def every_dialect():
    for delimiter in DELIMITERS:
        for encoding in ENCODINGS:
            for end in LINE_ENDS:
                yield delimiter, encoding, end, False, NUMBERS[1], "dmy"
    for number in NUMBERS:
        for date in DATES:
            yield ";", "utf-8", "\r\n", False, number, date
            yield "\t", "cp1252", "\n", True, number, date


def random_dialect(chance):
    return (chance.choice(DELIMITERS), chance.choice(ENCODINGS), chance.choice(LINE_ENDS), chance.random() < 0.3,
            chance.choice(NUMBERS), chance.choice(DATES))


def seeded():
    return random.Random(20261005)
