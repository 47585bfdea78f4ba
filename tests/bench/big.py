"""A million rows: read, checked, grouped by month and class, drawn as stacked bars to PNG.

Beside it, on the same file: read() alone, libcsv with empty callbacks, and the same job by awk and
gnuplot, sqlite3, pandas and R, each where it is installed.
"""

import random
import shutil
import subprocess
import sys

ROWS = 1_000_000
CLASSES = ("courte portée", "moyenne portée", "intercontinental", "croisière", "mer-sol", "inconnu")
NAMES = ("Hwasong-15", "Pukguksong-3", "KN-23", '"Scud-B, variante"', "Nodong", "Musudan")
NOTES = ("", "", "", "tir signalé", "trajectoire en cloche")

PACKAGE = """\
name: million
sources: [{title: "tirage au sort"}]
resources:
  - name: events
    path: events.csv
    schema:
      primaryKey: id
      fields:
        - {name: id, constraints: {required: true}}
        - {name: date, type: date, constraints: {required: true}}
        - {name: name}
        - {name: class, constraints: {required: true, enum: [%s]}}
        - {name: count, type: integer, constraints: {minimum: 1}}
        - {name: amount_usd, type: integer, constraints: {minimum: 0}}
        - {name: distance_km, type: number}
        - {name: note}
""" % ", ".join(CLASSES)

TEMPLATE = """\
report:
  title: "Un million de lignes"
  author: "frise"
  description: "Mesure"
  as_of: 2026-07-31
figures:
  mois:
    title: "Un million de tirs imaginaires"
    subtitle: "Nombre de tirs par mois, selon la classe"
    source: "Source : {sources}."
    height: {article: 400}
    time: {from: 2017-01-01, to: ":as_of"}
    marks:
      - bar:
          data: SELECT month(date) AS month, class, sum(count) AS n FROM events GROUP BY 1, 2
          x: month
          y: n
          stack: class
          colors: {courte portée: short, moyenne portée: middle, intercontinental: long, croisière: cruise, mer-sol: other, inconnu: line}
pages:
  - areas: mois
    rows: [1]
"""


def write_project(folder, theme):
    (folder / "data").mkdir(parents=True)
    (folder / "templates").mkdir()
    (folder / "data/datapackage.yaml").write_text(PACKAGE, encoding="utf-8")
    (folder / "templates/million.yaml").write_text(TEMPLATE, encoding="utf-8")
    shutil.copy(theme, folder / "templates/theme.yaml")
    days = [f"{2017 + i // 372}-{i % 372 // 31 + 1:02}-{i % 31 + 1:02}" for i in range(9 * 372)]
    days = [day for day in days if int(day[8:]) <= 28]
    chance = random.Random(1)
    with open(folder / "data/events.csv", "w", encoding="utf-8") as out:
        out.write("id,date,name,class,count,amount_usd,distance_km,note\n")
        for i in range(ROWS):
            out.write(
                f"e{i:07},{chance.choice(days)},{chance.choice(NAMES)},{chance.choice(CLASSES)},"
                f"{chance.randrange(1, 9)},{chance.randrange(10**8)},{chance.randrange(10**5) / 10},"
                f"{chance.choice(NOTES)}\n"
            )
    return folder / "data/events.csv"


AWK = """awk -F, 'NR > 1 { n = split($0, c, ","); class = c[4] ~ /variante/ ? c[5] : c[4]; count = c[4] ~ /variante/ ? c[6] : c[5];
    total[substr(c[2], 1, 7) " " class] += count } END { for (k in total) print k, total[k] }' {csv} | sort > {folder}/awk.txt"""
GNUPLOT = AWK + """ && gnuplot -e "set term png size 1360,800; set output '{folder}/awk.png'; set style data histograms;
    set style histogram rowstacked; plot '{folder}/awk.txt' using 4" 2>/dev/null"""
SQLITE = """sqlite3 :memory: -cmd '.mode csv' -cmd '.import {csv} t' \
    'SELECT substr(date, 1, 7), class, sum(count) FROM t GROUP BY 1, 2' > {folder}/sqlite.txt"""
PANDAS = """python3 -c "
import pandas
t = pandas.read_csv('{csv}')
t.groupby([t['date'].str[:7], 'class'])['count'].sum().to_csv('{folder}/pandas.txt')" """
R = """Rscript -e "t <- read.csv('{csv}'); a <- tapply(t\\$count, list(t\\$class, substr(t\\$date, 1, 7)), sum);
    png('{folder}/r.png', 1360, 800); barplot(a); dev.off()" > /dev/null"""
PEERS = (
    ("awk + gnuplot", ("awk", "gnuplot"), GNUPLOT),
    ("awk, no drawing", ("awk",), AWK),
    ("sqlite3 .import, no drawing", ("sqlite3",), SQLITE),
    ("pandas, no drawing", ("python3",), PANDAS),
    ("R", ("Rscript",), R),
)


def peer(name, tools, command, csv, folder, measure):
    if not all(map(shutil.which, tools)):
        return f"{'—':>8}      {name}: not installed"
    words = ["sh", "-c", command.replace("{csv}", str(csv)).replace("{folder}", str(folder))]
    if subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
        return f"{'—':>8}      {name}: not installed"
    elapsed, peak, _ = min((measure(words) for _ in range(2)), key=lambda run: run[0])
    return f"{elapsed:8.1f} ms   {name}, peak {peak:.0f} MB"


def run(frise, scan, theme, folder, best, measure):
    project = folder / "million"
    csv = write_project(project, theme)
    size = csv.stat().st_size / 1e6
    read, libcsv = map(float, subprocess.run([scan, csv], check=True, capture_output=True).stdout.split())
    words = [frise, "build", "--quiet", "--data", project / "data", "--templates", project / "templates"]
    words += ["--out", project / "out", "--medium", "article", "--format", "png"]
    elapsed, peak, _ = best(words, afresh=project / "out")
    check, check_peak, _ = best([frise, "check", "--quiet", "--data", project / "data"])
    print(f"\n{ROWS} rows, {size:.1f} MB, grouped by month and class, drawn to PNG, whole process")
    print(f"  {read:8.1f} ms   read() alone")
    print(f"  {libcsv:8.1f} ms   libcsv, empty callbacks")
    print(f"  {check:8.1f} ms   frise check: every cell against its schema, peak {check_peak:.0f} MB")
    print(f"  {elapsed:8.1f} ms   frise build: read, checked, grouped, drawn, peak {peak:.0f} MB")
    print(f"  {elapsed / libcsv:8.2f}      of libcsv; memory {peak * 1.048576 / size:.2f} of the file", flush=True)
    for row in PEERS:
        print(f"  {peer(*row, csv, project, measure)}", flush=True)


if __name__ == "__main__":
    sys.exit("bench.py runs this")
