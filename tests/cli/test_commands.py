"""The commands on a sound project: what they print and write, and how they exit."""

import fcntl
import json
import os
import pty
import struct
import subprocess
import termios
import unittest

from support import FRISE, ProjectCase, environment


class Help(ProjectCase):
    def test_help_names_every_command(self):
        run = self.project.run("--help")
        self.expect(run, 0, stderr="")
        for name in ("build", "check", "query", "format"):
            self.assertIn(f"\n  {name} ", run.stdout.decode())
            self.expect(self.project.run(name, "--help"), 0, stderr="")

    def test_version(self):
        self.expect(self.project.run("--version"), 0, stdout="frise 0.1.0\n", stderr="")

    def test_faults_of_use(self):
        self.expect(
            self.project.run("biuld"),
            2,
            stdout="",
            stderr="error: unknown command « biuld » [unknown-command]\n"
            "   hint: did you mean frise build?\n",
        )
        self.expect(
            self.project.run("build", "--ony", "annuel"),
            2,
            stdout="",
            stderr="error: unknown option « --ony » [unknown-option]\n"
            "   hint: did you mean --only?\n",
        )
        self.expect(
            self.project.run("build", "--format", "pdf,pgn"),
            2,
            stdout="",
            stderr="error: unknown format « pgn » [unknown-format]\n"
            "   hint: did you mean png?\n",
        )
        self.expect(self.project.run(), 2, stdout="")

    def test_full_disk(self):
        with open("/dev/full", "wb") as full:
            run = subprocess.run(
                [str(FRISE), "--help"],
                stdout=full,
                stderr=subprocess.PIPE,
                env=environment(),
                check=False,
            )
        self.assertEqual(run.returncode, 3)
        self.assertIn(b"standard output cannot be written", run.stderr)


class Build(ProjectCase):
    def test_silent_in_a_pipe(self):
        self.expect(self.project.run("build"), 0, stdout="", stderr="")
        made = self.project.snapshot()
        for name in (
            "petit/petit.pdf",
            "petit/pages/page-1.png",
            "petit/figures/annuel/annuel-680.png",
            "petit/figures/annuel/annuel-1360.png",
            "petit/figures/annuel/annuel.alt.txt",
            "petit/figures/annuel/annuel.svg",
        ):
            self.assertIn(name, made)

    def test_what_is_fresh_does_not_move(self):
        self.expect(self.project.run("build"), 0)
        before = self.project.snapshot()
        self.expect(self.project.run("build"), 0)
        self.assertEqual(self.project.snapshot(), before)

    def test_what_was_removed_comes_back(self):
        self.expect(self.project.run("build"), 0)
        before = self.project.digests()
        self.project.path("out/petit/petit.pdf").unlink()
        self.expect(self.project.run("build"), 0)
        self.assertEqual(self.project.digests(), before)

    def test_an_edit_is_seen(self):
        self.expect(self.project.run("build"), 0)
        before = self.project.digests()
        self.project.replace("data/vols.csv", "620000000", "625000000")
        self.expect(self.project.run("build"), 0)
        after = self.project.digests()
        self.assertEqual(before.keys(), after.keys())
        self.assertNotEqual(before["petit/petit.pdf"], after["petit/petit.pdf"])

    def test_parts(self):
        self.expect(
            self.project.run("build", "--only", "annuel", "--medium", "article", "--format", "svg"), 0
        )
        self.assertEqual(
            [name for name in self.project.snapshot() if not os.path.basename(name).startswith(".")],
            ["petit/figures/annuel/annuel.alt.txt", "petit/figures/annuel/annuel.svg"],
        )

    def test_layout_is_json(self):
        self.expect(self.project.run("build", "--format", "layout"), 0)
        layouts = list(self.project.path("out").rglob("*.layout.json"))
        self.assertTrue(layouts)
        for layout in layouts:
            json.loads(layout.read_text(encoding="utf-8"))

    def test_param_changes_the_text(self):
        self.expect(self.project.run("build", "petit", "--format", "svg"), 0)
        svg = self.project.path("out/petit/figures/annuel/annuel.svg").read_text(encoding="utf-8")
        self.expect(
            self.project.run("build", "--format", "svg", "--param", "since=2020-01-01"), 0
        )
        other = self.project.path("out/petit/figures/annuel/annuel.svg").read_text(encoding="utf-8")
        self.assertNotEqual(svg, other)

    def test_names_as_the_shell_completes_them(self):
        self.expect(self.project.run("build", "templates/petit.yaml"), 0, stdout="", stderr="")

    def test_unwritable_out(self):
        self.project.path("out").write_text("a file where the folder should be\n")
        run = self.project.run("build")
        self.assertEqual(run.returncode, 3, run.stderr.decode())

    def test_timing(self):
        run = self.project.run("build", "--timing", "--json")
        self.expect(run, 0, stderr="")
        summary, last = (json.loads(line) for line in run.stdout.splitlines())
        self.assertEqual(summary["level"], "summary")
        timing = last["timing"]
        self.assertGreater(timing["total_ms"], 0)
        self.assertGreater(timing["peak_mb"], 0)


class Check(ProjectCase):
    def test_sound(self):
        self.expect(self.project.run("check"), 0, stdout="", stderr="")
        self.assertFalse(self.project.path("out").exists())

    def test_data_alone(self):
        self.project.path("templates/petit.yaml").write_text("nothing: [")
        self.expect(self.project.run("check", "--data", "data"), 0, stdout="", stderr="")
        self.expect(self.project.run("check"), 1)

    def test_json(self):
        self.project.replace("data/vols.csv", "620000000", "beaucoup")
        run = self.project.run("check", "--json")
        self.expect(run, 1, stderr="")
        *faults, summary = [json.loads(line) for line in run.stdout.decode().splitlines()]
        self.assertEqual(
            [(fault["file"], fault["line"], fault["column"], fault["length"]) for fault in faults],
            [("data/vols.csv", 4, 29, 8)],
        )
        self.assertEqual(faults[0]["level"], "error")
        self.assertEqual(faults[0]["kind"], "content")
        self.assertEqual(
            summary,
            {
                "level": "summary",
                "code": "summary",
                "errors": 1,
                "warnings": 0,
                "notes": 0,
                "files": [{"file": "data/vols.csv", "content": 1, "structure": 0, "other": 0}],
            },
        )

    def test_json_of_what_is_sound(self):
        run = self.project.run("check", "--json")
        self.expect(run, 0, stderr="")
        self.assertEqual(json.loads(run.stdout)["files"], [])

    def test_counts(self):
        """Structure and content apart, those that are not shown too, for each data file."""
        rows = "".join(f"n{i},2020,Vol {i},{'x' if i % 3 else i},pont\n" for i in range(1, 91))
        rows += "".join(f"s{i},2020,Vol {i},{i}\n" for i in range(12))
        path = self.project.path("data/vols.csv")
        path.write_text("id,jour,nom,montant,sorte\n" + rows, encoding="utf-8")
        run = self.project.run("check", "--data", "data")
        self.expect(run, 1, stdout="")
        said = run.stderr.decode().splitlines()
        self.assertEqual(sum(" error: " in line for line in said), 50)
        self.assertIn("22 more faults in this file are not shown", said[-3])
        self.assertEqual(said[-1], "data/vols.csv: 12 faults of structure, 60 of content")
        self.assertNotIn("faults of", self.project.run("check", "--quiet").stderr.decode())
        files = json.loads(self.project.run("check", "--json").stdout.splitlines()[-1])["files"]
        self.assertEqual(
            files, [{"file": "data/vols.csv", "content": 60, "structure": 12, "other": 0}]
        )

    def test_annotations(self):
        self.project.replace("data/vols.csv", "620000000", '"12,5 %"')
        self.project.replace("templates/theme.yaml", '"#8f1d2c"', '"rouge"')
        run = self.project.run("check", "--annotate")
        self.expect(run, 1, stderr="data/vols.csv: 1 fault of content\n")
        first, second = run.stdout.decode().splitlines()
        self.assertEqual(
            first,
            "::error file=data/vols.csv,line=4,col=29,endColumn=37,title=type-error::"
            "montant: « 12,5 %25 » is not an integer"
            "%0Awrite a whole number, or give the field the type number",
        )
        self.assertTrue(second.startswith("::error file=templates/theme.yaml,line="), second)
        self.expect(
            self.project.run("check", "--annotate", "--json"),
            2,
            stderr="",
        )
        self.expect(self.project.run("typo", "--annotate"), 2, stderr="")

    def test_annotated_query(self):
        run = self.project.run("query", "--annotate", "SELECT montent FROM vols")
        self.expect(run, 1, stderr="")
        self.assertTrue(
            run.stdout.startswith(b"::error file=query,line=1,col=8,endColumn=15,title=sql-error::")
        )


class Query(ProjectCase):
    SQL = "SELECT nom, montant FROM vols ORDER BY montant DESC LIMIT 2"

    def test_csv_in_a_pipe(self):
        self.expect(
            self.project.run("query", self.SQL),
            0,
            stdout="nom,montant\r\nRonin,620000000\r\nKuCoin,281000000\r\n",
            stderr="",
        )

    def test_quoted_cells(self):
        self.expect(
            self.project.run("query", "SELECT nom FROM vols WHERE nom LIKE 'Atomic%'"),
            0,
            stdout='nom\r\n"Atomic Wallet, dit « Atomic »"\r\n',
        )

    def test_param(self):
        for value, n in (("2020-01-01", "3"), ("2022-03", "2")):
            self.expect(
                self.project.run(
                    "query", "SELECT count(*) AS n FROM vols WHERE jour_start >= :d",
                    "--param", f"d={value}",
                ),
                0,
                stdout=f"n\r\n{n}\r\n",
            )

    def test_partial_dates(self):
        self.expect(
            self.project.run("query", "SELECT jour, jour_start, jour_end FROM vols WHERE nom = 'KuCoin'"),
            0,
            stdout="jour,jour_start,jour_end\r\n2020-09,2020-09-01,2020-09-30\r\n",
        )

    def test_aligned_on_a_terminal(self):
        self.assertEqual(
            self.on_terminal(80, self.SQL),
            "nom       montant\n"
            "------  ---------\n"
            "Ronin   620000000\n"
            "KuCoin  281000000\n"
            "(2 rows)\n",
        )
        said = self.on_terminal(80, "SELECT 1 AS un", LC_ALL="fr_FR.UTF-8")
        self.assertEqual(said, "un\n--\n 1\n(1 ligne)\n")
        self.assertEqual(self.on_terminal(80, "SELECT 1 AS un", "--quiet"), "un\n--\n 1\n")

    def on_terminal(self, columns, *words, **changes):
        """What `frise query` shows on a terminal so wide."""
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        subprocess.run(
            [str(FRISE), "query", *words],
            cwd=self.project.folder,
            env=environment(HOME=str(self.project.home), **changes),
            stdout=follower,
            check=True,
        )
        os.close(follower)
        said = os.read(leader, 4096).decode().replace("\r\n", "\n")
        os.close(leader)
        return said

    def test_null_wide_and_long(self):
        self.assertEqual(
            self.on_terminal(
                40,
                "SELECT NULL AS rien, '' AS vide, 1.5 AS nombre, '漢字漢字' AS large, "
                "'Atomic Wallet, dit « Atomic »' AS long UNION ALL "
                "SELECT 'x', 'y', 22, '', NULL",
            ),
            "rien  vide  nombre  large     long\n"
            "----  ----  ------  --------  ----------\n"
            "NULL           1.5  漢字漢字  Atomic Wa…\n"
            "x     y         22            NULL\n"
            "(2 rows)\n",
        )

    def test_json_rows(self):
        run = self.project.run(
            "query", "--json",
            "SELECT 1 AS n, 0.5 AS r, NULL AS rien, '' AS vide, 'dit \"é\"' AS texte, jour "
            "FROM vols WHERE nom = 'KuCoin'",
        )
        self.expect(
            run,
            0,
            stdout='{"n":1,"r":0.5,"rien":null,"vide":"","texte":"dit \\"é\\"","jour":"2020-09"}\n',
            stderr="",
        )
        run = self.project.run("query", "--json", "SELECT montent FROM vols")
        self.expect(run, 1, stderr="")
        fault, summary = (json.loads(line) for line in run.stdout.splitlines())
        self.assertEqual((fault["file"], fault["column"]), ("query", 8))
        self.assertEqual(summary["errors"], 1)

    def test_nothing_else_than_select(self):
        for sql in (
            "DELETE FROM vols",
            "ATTACH 'x' AS y",
            "SELECT 1; SELECT 2",
            "PRAGMA user_version = 3",
            "SELECT * FROM sqlite_master",
            "SELECT readfile('/etc/passwd')",
            "SELECT load_extension('x')",
        ):
            with self.subTest(sql):
                self.assertEqual(self.project.run("query", sql).returncode, 1)


class Format(ProjectCase):
    def test_one(self):
        self.expect(self.project.run("format", "number", "-12345.5"), 0, stdout="−12\u202f345,5\n")
        self.expect(
            self.project.run("format", "money", "1500000000 ; cur=USD ; style=words"),
            0,
            stdout="1,5\u00a0milliard de dollars\n",
        )

    def test_fault(self):
        run = self.project.run("format", "number", "abc")
        self.expect(run, 1, stdout="")
        self.assertTrue(run.stderr.startswith(b"error: "))

    def test_batch_keeps_lines(self):
        run = self.project.run("format", "--batch", input=b"number\t12345\nnumber\tabc\nordinal\t1")
        self.expect(run, 1, stdout="12\u202f345\n\n1er\n")
        self.assertTrue(run.stderr.startswith(b"stdin:2:8: error: "))


class Typo(ProjectCase):
    TYPED = "Vraiment ?\r\nOui !".encode()
    SET = "Vraiment\u202f?\r\nOui\u202f!"

    def test_text(self):
        self.expect(self.project.run("typo", input=self.TYPED), 0, stdout=self.SET, stderr="")
        self.expect(self.project.run("typo", input=self.SET.encode()), 0, stdout=self.SET)

    def test_explain(self):
        run = self.project.run("typo", "--explain", input=self.TYPED)
        self.expect(run, 0, stdout=self.SET)
        self.assertTrue(run.stderr.decode().startswith("stdin:1:9: ESP-01: « » → «[U+202F]»: "))
        self.assertEqual(len(run.stderr.decode().splitlines()), 2)

    def test_check(self):
        run = self.project.run("typo", "--check", input=self.TYPED)
        self.expect(run, 1, stderr="")
        self.assertTrue(run.stdout.decode().startswith("stdin:1:9: ESP-01: « » → «[U+202F]»: "))
        self.assertEqual(len(run.stdout.decode().splitlines()), 2)
        self.expect(self.project.run("typo", "--check", input=self.SET.encode()), 0, stdout="")

    def test_markup(self):
        typed = "<b>Oui</b> ! &amp;".encode()
        for words in (["typo"], ["typo", "--markup"]):
            self.expect(self.project.run(*words, input=typed), 0, stdout="<b>Oui</b>\u202f! &amp;")
        self.expect(
            self.project.run("typo", "--plain", input=typed), 0, stdout="<b>Oui</b>\u202f! &amp\u202f;"
        )

    def test_not_text(self):
        run = self.project.run("typo", input=b"oui\xff\n")
        self.expect(run, 1, stdout="")
        self.assertTrue(run.stderr.startswith(b"stdin:1:4: error: "))


class Terminal(ProjectCase):
    """What is said on a terminal only: progress, and colours unless they are refused."""

    def on_terminal(self, *words, **changes):
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [str(FRISE), *words],
            cwd=self.project.folder,
            env=environment(HOME=str(self.project.home), TERM="xterm", **changes),
            stderr=follower,
            stdout=subprocess.DEVNULL,
        )
        os.close(follower)
        said = b""
        while True:
            try:
                part = os.read(leader, 4096)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            said += part
        process.wait()
        os.close(leader)
        return said

    def test_progress(self):
        self.assertIn(b"\r\033[K", self.on_terminal("build"))
        self.assertEqual(self.on_terminal("build", "--quiet"), b"")

    def test_colours(self):
        self.project.replace("data/vols.csv", "620000000", "beaucoup")
        self.assertIn(b"\033[1;31m", self.on_terminal("check"))
        self.assertNotIn(b"\033", self.on_terminal("check", NO_COLOR="1"))


if __name__ == "__main__":
    unittest.main()
