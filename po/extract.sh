#!/bin/sh
# po/extract.sh OUT.pot: every message of the program, for translators and for the tests.
# xgettext takes one argument of a call as a message: formats and hints are read in two passes.
# A string that stands elsewhere (a table, a choice `a ? "x" : "y"`) is marked with _() or N_().
set -eu
out=$1
cd "$(dirname "$0")/.."
files=$(find gen -name '*.c' | LC_ALL=C sort)

extract() {
    # shellcheck disable=SC2086
    xgettext --language=C --from-code=UTF-8 --sort-by-file --package-name=frise --output="$@" $files
}

extract "$out" --keyword --keyword=_ --keyword=N_ --keyword=ngettext:1,2 --keyword=ngettext:1,2 \
    --keyword=diag_error:5 --keyword=diag_warning:5 --keyword=diag_note:5 --keyword=faults_add:5 \
    --keyword=diag_system:3 --keyword=diag_enter:2 --keyword=diag_enter_at:3 \
    --flag=_:1:pass-c-format --flag=N_:1:pass-c-format --flag=g_strdup_printf:1:c-format \
    --flag=g_string_append_printf:2:c-format \
    --flag=diag_error:5:c-format --flag=diag_warning:5:c-format --flag=diag_note:5:c-format \
    --flag=faults_add:5:c-format --flag=diag_system:3:c-format --flag=diag_enter:2:c-format \
    --flag=diag_enter_at:3:c-format
extract "$out" --join-existing --keyword --keyword=diag_error:4 --keyword=diag_warning:4 \
    --keyword=diag_note:4 --keyword=faults_add:4
