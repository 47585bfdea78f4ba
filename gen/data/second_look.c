#include "data/second_look.h"

#include "base/i18n.h"
#include "data/encoding.h"

#include <string.h>

enum { EXCERPT = 2048 }; /* bytes around a fault that belongs to no record */

static Source *part_of(const char *name, const char *bytes, size_t len, size_t line) {
    g_autoptr(GBytes) part = g_bytes_new(bytes, len);
    return source_new_part(name, part, line);
}

typedef struct {
    Feed *feed;
    const Dialect *dialect;
    const char *name;
    Chunk chunk;
    CsvRecord record;
    size_t at, line; /* of the next record */
    FeedState state;
} Walk;

static void walk_start(Walk *walk) {
    feed_start(walk->feed, walk->dialect);
    walk->line = 1;
    walk->state = FEED_MORE;
}

static void walk_end(Walk *walk) {
    chunk_clear(&walk->chunk);
    csv_record_clear(&walk->record);
}

/* The next row, header included, or what stands in its way; *ret_line is where it starts. */
static CsvKind walk_next(Walk *walk, size_t *ret_line) {
    for (;;) {
        const Chunk *chunk = &walk->chunk;
        CsvKind kind = csv_record(walk->dialect, chunk->bytes, chunk->len, walk->at, &walk->record);
        if (kind == CSV_END) {
            walk->state = feed_next(walk->feed, &walk->chunk);
            walk->at = 0;
            if (walk->state != FEED_MORE) return CSV_END;
            continue;
        }
        *ret_line = walk->line;
        if (kind >= CSV_STRAY_QUOTE) return kind;
        walk->line += csv_lines(chunk->bytes + walk->at, walk->record.end - walk->at);
        walk->at = walk->record.end;
        if (kind == CSV_ROW) return kind;
    }
}

/* Positions of a record as those of a Source that starts with it. */
static void move_to_start(CsvRecord *record) {
    for (guint i = 0; i < record->cells->len; i++)
        g_array_index(record->cells, CsvPlace, i).start -= record->start;
    record->end -= record->start;
    record->start = 0;
}

void second_look(Feed *feed, const Dialect *dialect, const char *name, const size_t *rows, size_t n,
                 LookAt *look_at, void *user) {
    Walk walk = {.feed = feed, .dialect = dialect, .name = name};
    size_t line, row = 0, found = 0;
    bool is_header = dialect->has_header;
    walk_start(&walk);
    while (found < n && walk_next(&walk, &line) == CSV_ROW) {
        if (is_header) {
            is_header = false;
            continue;
        }
        if (row++ != rows[found]) continue;
        found++;
        g_autoptr(Source) source =
            part_of(name, walk.chunk.bytes + walk.record.start, walk.record.len, line);
        move_to_start(&walk.record);
        Look look = {row - 1, line, source, &walk.record};
        look_at(user, &look);
    }
    walk_end(&walk);
}

/* ---- faults that end the reading ---- */

static void report_quote(const Source *source, size_t at, size_t open_line, CsvKind kind,
                         Diag *diag) {
    Span span = {source, at, 1};
    if (kind == CSV_UNCLOSED_QUOTE) {
        diag_error(diag, span, "source-error",
                   _("close the cell with a quote; write \"\" for a quote inside it"),
                   _("this quote is never closed"));
    } else if (kind == CSV_TEXT_AFTER) {
        g_autofree char *hint = g_strdup_printf(_("the cell opens on line %zu: write \"\" for a "
                                                  "quote inside it, and end it with a quote"),
                                                open_line);
        diag_error(diag, span, "source-error", hint,
                   _("text follows the quote that closes a cell"));
    } else {
        diag_error(diag, span, "source-error",
                   _("put the whole cell between quotes and write \"\" for this one"),
                   _("a quote stands inside a cell that has none around it"));
    }
}

/* The line where the cell that is being read opens. */
static size_t open_line(const Walk *walk, size_t line) {
    const CsvRecord *record = &walk->record;
    size_t end = record->start;
    if (record->cells->len) {
        const CsvPlace *last = &g_array_index(record->cells, CsvPlace, record->cells->len - 1);
        end = last->start + last->len;
    }
    return line + csv_lines(walk->chunk.bytes + record->start, end - record->start);
}

static void report_long(const Walk *walk, Diag *diag) {
    const Chunk *chunk = &walk->chunk;
    g_autoptr(Source) source =
        part_of(walk->name, chunk->bytes, MIN(chunk->len, EXCERPT), walk->line);
    const char *quote =
        walk->dialect->quote ? memchr(chunk->bytes, walk->dialect->quote, chunk->len) : NULL;
    size_t at = quote ? (size_t)(quote - chunk->bytes) : 0;
    diag_error(diag, (Span){source, at < EXCERPT ? at : 0, 1}, "source-error",
               quote ? _("a quote that opens a cell was probably never closed: close it")
                     : _("check that it is a CSV file: its lines have no end"),
               _("a row is longer than %d MB"), FEED_LONGEST_RECORD / (1024 * 1024));
}

static void report_gone(const char *name, Diag *diag) {
    g_autoptr(Source) whole = part_of(name, "", 0, 1);
    diag_error(diag, (Span){whole, 0, 0}, "source-error", "run again once it is saved",
               "the file changed while it was read");
}

void second_look_report_quote(Feed *feed, const Dialect *dialect, const char *name, Diag *diag) {
    Walk walk = {.feed = feed, .dialect = dialect, .name = name};
    size_t line = 1;
    CsvKind kind;
    walk_start(&walk);
    do kind = walk_next(&walk, &line);
    while (kind == CSV_ROW);
    if (kind >= CSV_STRAY_QUOTE) {
        const CsvRecord *record = &walk.record;
        size_t end = MIN(walk.chunk.len, record->fault + EXCERPT);
        g_autoptr(Source) source =
            part_of(name, walk.chunk.bytes + record->start, end - record->start, line);
        report_quote(source, record->fault - record->start, open_line(&walk, line), kind, diag);
    } else if (walk.state == FEED_LONG) {
        report_long(&walk, diag);
    } else if (walk.state == FEED_BAD) {
        second_look_report_byte(feed, name, walk.chunk.start, dialect->encoding, diag);
    } else {
        report_gone(name, diag);
    }
    walk_end(&walk);
}

typedef struct {
    size_t offset, at;   /* wanted, and reached */
    size_t lines, start; /* ends of line before, and where the line starts */
    char last;
    GByteArray *around; /* from the line's start, or a little before the byte */
} ByteWalk;

static void look_for_byte(void *user, const char *bytes, size_t len) {
    ByteWalk *walk = user;
    for (size_t i = 0; i < len; i++, walk->at++) {
        char c = bytes[i];
        if (walk->at < walk->offset) {
            bool is_end = c == '\r' || (c == '\n' && walk->last != '\r');
            walk->lines += is_end;
            if (c == '\n' || c == '\r' || walk->around->len > EXCERPT)
                g_byte_array_set_size(walk->around, 0);
            if (c != '\n' && c != '\r') g_byte_array_append(walk->around, (const guint8 *)&c, 1);
        } else if (walk->at < walk->offset + EXCERPT / 8) {
            g_byte_array_append(walk->around, (const guint8 *)&c, 1);
        } else {
            return;
        }
        walk->last = c;
    }
}

void second_look_report_byte(Feed *feed, const char *name, size_t offset, const char *encoding,
                             Diag *diag) {
    g_autoptr(GByteArray) around = g_byte_array_new();
    ByteWalk walk = {.offset = offset, .around = around};
    if (feed_raw(feed, look_for_byte, &walk) != FEED_END || walk.at <= offset) {
        g_autoptr(Source) whole = part_of(name, "", 0, 1);
        diag_error(diag, (Span){whole, 0, 0}, "encoding-error",
                   "save the file as UTF-8, and run again", "the file ends within a character");
        return;
    }
    size_t before = around->len - MIN(walk.at - offset, EXCERPT / 8);
    g_autoptr(Source) source =
        part_of(name, (const char *)around->data, around->len, walk.lines + 1);
    unsigned char byte = around->data[before];
    Span span = {source, before, 1};
    if (!byte) {
        diag_error(diag, span, "encoding-error", _("delete it, or save the file as UTF-8"),
                   _("a zero byte in a text file"));
        return;
    }
    g_autofree char *letter = encoding_is_utf8(encoding) ? encoding_guess_letter(byte) : NULL;
    const char *hint = _("save the file as UTF-8 (in LibreOffice: Save As, Edit filter settings, "
                         "Unicode (UTF-8))");
    if (letter)
        diag_error(diag, span, "encoding-error", hint,
                   _("the byte 0x%02X is not UTF-8 (in Windows-1252 it would be « %s »)"), byte,
                   letter);
    else
        diag_error(diag, span, "encoding-error", hint, _("the byte 0x%02X is not %s"), byte,
                   encoding_name_shown(encoding));
}
