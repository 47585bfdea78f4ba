/* The clean form of a file, line by line: only what reads otherwise than plainly is written anew.
 */
#include "data/intake_private.h"

#include "data/csv_cut.h"
#include "data/dialect.h"

#include <string.h>

typedef struct {
    Intake *intake;
    char delimiter; /* to write */
    FixTake *take;
    void *user;
    GString *line;
    size_t number;
    bool is_header; /* the next row is it */
} Fix;

static void take_number(const Reading *reading, const char *text, GString *clean) {
    char plain[400];
    if (reading_number(reading, text, plain, sizeof plain)) g_string_assign(clean, plain);
}

static void take_date(const Reading *reading, const char *text, GString *clean) {
    Date date;
    char plain[DATE_TEXT_SIZE];
    if (!reading_date(reading, text, &date)) return;
    date_print(date, plain);
    g_string_assign(clean, plain);
}

/* The text of a cell as it should be, in `clean`. What does not read stays as it is. */
static void clean_cell(const Fix *fix, size_t label, const char *text, GString *clean) {
    const Intake *intake = fix->intake;
    g_string_assign(clean, text);
    if (fix->is_header || label >= intake->n_labels || intake->fields[label] == NO_FIELD) return;
    const CellRule *rule = &intake->rules[intake->fields[label]];
    if (rule->field->is_reading_fixed || rule_is_missing(rule, text)) return;
    switch (rule->field->type) {
    case FIELD_INTEGER:
    case FIELD_NUMBER: take_number(&rule->reading, text, clean); return;
    case FIELD_DATE: take_date(&rule->reading, text, clean); return;
    default: return;
    }
}

static void append_quoted(GString *out, const char *text, char quote) {
    g_string_append_c(out, quote);
    for (; *text; text++) {
        if (*text == quote) g_string_append_c(out, quote);
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, quote);
}

static bool needs_quotes(const Fix *fix, const char *text) {
    char quote = fix->intake->dialect.quote;
    return strpbrk(text, "\r\n") || strchr(text, fix->delimiter) || (quote && strchr(text, quote));
}

/* The row as it should be; *ret_cells counts those whose text changes. */
static void write_row(Fix *fix, const char *bytes, const CsvRecord *record, size_t *ret_cells) {
    char quote = fix->intake->dialect.quote;
    g_autoptr(GString) clean = g_string_new(NULL);
    for (guint i = 0; i < record->cells->len; i++) {
        const CsvPlace *place = &g_array_index(record->cells, CsvPlace, i);
        const char *text = csv_record_text(record, i);
        bool was_quoted = quote && place->len && bytes[place->start] == quote;
        if (i) g_string_append_c(fix->line, fix->delimiter);
        clean_cell(fix, i, text, clean);
        bool is_changed = strcmp(clean->str, text) != 0;
        *ret_cells += is_changed;
        if (!is_changed && (was_quoted || !needs_quotes(fix, text)))
            g_string_append_len(fix->line, bytes + place->start, (gssize)place->len);
        else if (was_quoted || (quote && needs_quotes(fix, clean->str)))
            append_quoted(fix->line, clean->str, quote);
        else
            g_string_append(fix->line, clean->str);
    }
}

static void fix_line(Fix *fix, const char *bytes, const CsvRecord *record) {
    size_t n_cells = 0, content_end = record->start + record->len;
    const char *old = bytes + record->start;
    size_t old_len = record->end - record->start;
    g_string_truncate(fix->line, 0);
    if (record->kind == CSV_ROW) {
        write_row(fix, bytes, record, &n_cells);
        g_string_append_len(fix->line, bytes + content_end, (gssize)(record->end - content_end));
        fix->is_header = false;
    } else {
        g_string_append_len(fix->line, old, (gssize)old_len);
    }
    FixLine line = {fix->number, old, fix->line->str, old_len, fix->line->len, n_cells};
    fix->take(fix->user, &line);
    fix->number += csv_lines(old, old_len);
}

static bool fix_lines(Fix *fix) {
    Intake *intake = fix->intake;
    g_auto(Chunk) chunk = {0};
    g_auto(CsvRecord) record = {0};
    FeedState state;
    feed_start(intake->feed, &intake->dialect);
    while ((state = feed_next(intake->feed, &chunk)) == FEED_MORE)
        for (size_t at = 0;; at = record.end) {
            CsvKind kind = csv_record(&intake->dialect, chunk.bytes, chunk.len, at, &record);
            if (kind == CSV_END) break;
            if (kind >= CSV_STRAY_QUOTE) return false;
            fix_line(fix, chunk.bytes, &record);
        }
    return state == FEED_END;
}

bool intake_fix(Intake *intake, FixTake *take, void *user, Diag *diag) {
    g_autoptr(GString) line = g_string_new(NULL);
    Fix fix = {.intake = intake,
               .delimiter = intake->resource->dialect.delimiter,
               .take = take,
               .user = user,
               .line = line,
               .number = 1,
               .is_header = intake->dialect.has_header};
    if (fix_lines(&fix)) return true;
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    g_autoptr(Source) source = source_new(intake->path, none);
    diag_error(diag, (Span){source, 0, 0}, "source-error", "run again once it is saved",
               "the file changed while it was read");
    return false;
}
