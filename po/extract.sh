#!/bin/sh
# po/extract.sh OUT.pot: every message of the program, for translators and for the tests.
# A call of ours names a message by its place, as diag_error() does its format and its hint; one of
# several choices, `a ? "x" : "y"`, and what stands in a table are marked with _() or N_().
set -eu
out=$(realpath "$1")
cd "$(dirname "$0")/.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

# xgettext counts the commas of `(Span){source, 0, 1}` as those of the call around it.
find gen -name '*.c' | LC_ALL=C sort >"$copy/files"
while read -r file; do
    mkdir -p "$copy/$(dirname "$file")"
    sed 's/(Span){[^{}]*}/span/g' "$file" >"$copy/$file"
done <"$copy/files"

extract() {
    xgettext --directory="$copy" --files-from="$copy/files" --output="$out" --language=C \
        --from-code=UTF-8 --sort-by-file --package-name=frise --keyword "$@"
}

# One argument of a call is a message for xgettext: the formats first, then the hints.
extract --keyword=_ --keyword=N_ --keyword=ngettext:1,2 \
    --flag=_:1:pass-c-format --flag=N_:1:pass-c-format \
    --flag=g_strdup_printf:1:c-format --flag=arena_printf:2:c-format \
    --keyword=diag_error:5 --flag=diag_error:5:c-format \
    --keyword=diag_warning:5 --flag=diag_warning:5:c-format \
    --keyword=diag_note:5 --flag=diag_note:5:c-format \
    --keyword=diag_system:3 --flag=diag_system:3:c-format \
    --keyword=diag_enter:2 --flag=diag_enter:2:c-format \
    --keyword=diag_enter_at:3 --flag=diag_enter_at:3:c-format \
    --keyword=faults_add:5 --flag=faults_add:5:c-format \
    --keyword=note_fault:4 --flag=note_fault:4:c-format \
    --keyword=refuse:2 --flag=refuse:2:c-format \
    --keyword=fault:5,5t --keyword=fault:6,6t \
    --keyword=call_fail:2 --keyword=call_is_read:2 --keyword=system_fault:3 --keyword=report_cell:5
extract --join-existing \
    --keyword=diag_error:4 --keyword=diag_warning:4 --keyword=diag_note:4 --keyword=faults_add:4 \
    --keyword=note_fault:3 --keyword=fault:4,5t --keyword=fault:5,6t --keyword=call_fail:3
