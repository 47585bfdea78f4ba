/* Many records at once: 64 bytes become bit masks of quotes, separators and ends of line; a running
 * exclusive-or of the quotes tells what stands between them, and each bit left is the end of a
 * cell. Source: Langdale and Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 28
 * (2019), section 3.1, where quotes are found the same way. A stray quote turns the masks inside
 * out; since then some quoted cell is not one, or the quotes do not add up, it never goes unseen.
 */
#include "data/csv_cut.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 64 };

static bool is_end_of_line(char c) {
    return c == '\n' || c == '\r';
}

/* ---- masks ---- */

#ifdef __SSE2__

typedef struct {
    __m128i lanes[4];
} Block;

static inline Block block_read(const char *bytes) {
    Block block;
    for (int i = 0; i < 4; i++)
        block.lanes[i] = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i));
    return block;
}

static inline uint64_t block_find(Block block, char c) {
    __m128i wanted = _mm_set1_epi8(c);
    uint64_t mask = 0;
    for (int i = 0; i < 4; i++) {
        int bits = _mm_movemask_epi8(_mm_cmpeq_epi8(block.lanes[i], wanted));
        mask |= (uint64_t)(uint32_t)bits << (16 * i);
    }
    return mask;
}

#else

typedef struct {
    const char *bytes;
} Block;

static inline Block block_read(const char *bytes) {
    return (Block){bytes};
}

static inline uint64_t block_find(Block block, char c) {
    uint64_t mask = 0;
    for (int i = 0; i < BLOCK; i++) mask |= (uint64_t)(block.bytes[i] == c) << i;
    return mask;
}

#endif

/* Bit i is the exclusive-or of bits 0 to i. */
static inline uint64_t running_xor(uint64_t bits) {
    for (int shift = 1; shift < BLOCK; shift *= 2) bits ^= bits << shift;
    return bits;
}

/* Bits inside quotes; the opening quote is inside, the closing one is not. `inside` holds all ones
 * when the block starts inside. */
static inline uint64_t inside_quotes(uint64_t quotes, uint64_t *inside) {
    uint64_t mask = *inside;
    if (quotes) {
        mask ^= running_xor(quotes);
        *inside = mask >> (BLOCK - 1) ? UINT64_MAX : 0;
    }
    return mask;
}

/* Bits of bytes[at, len) alone. */
static inline uint64_t within(size_t at, size_t len) {
    return len - at >= BLOCK ? UINT64_MAX : ((uint64_t)1 << (len - at)) - 1;
}

static bool is_simple(const Dialect *dialect) {
    return !dialect->comment && !dialect->skips_initial_space;
}

static size_t whole_by_masks(const Dialect *dialect, const char *bytes, size_t len) {
    uint64_t inside = 0;
    size_t whole = 0;
    for (size_t at = 0; at < len; at += BLOCK) {
        Block block = block_read(bytes + at);
        uint64_t quotes = dialect->quote ? block_find(block, dialect->quote) : 0;
        uint64_t ends = block_find(block, '\n') | block_find(block, '\r');
        ends &= ~inside_quotes(quotes, &inside) & within(at, len);
        if (ends) whole = at + BLOCK - (size_t)__builtin_clzll(ends);
    }
    return whole;
}

static size_t whole_by_records(const Dialect *dialect, const char *bytes, size_t len) {
    g_auto(CsvRecord) record = {0};
    size_t whole = 0;
    for (;;) {
        CsvKind kind = csv_record(dialect, bytes, len, whole, &record);
        bool has_end = record.end > record.start + record.len;
        if (kind == CSV_END || kind >= CSV_STRAY_QUOTE || !has_end) return whole;
        whole = record.end;
    }
}

size_t csv_whole(const Dialect *dialect, const char *bytes, size_t len) {
    if (len && bytes[len - 1] == '\r') len--; /* a LF may follow: a CRLF is never parted */
    return is_simple(dialect) ? whole_by_masks(dialect, bytes, len)
                              : whole_by_records(dialect, bytes, len);
}

/* ---- cells ---- */

static inline void add_cell(CsvCut *cut, size_t start, size_t len) {
    cut->cells[cut->n_cells++] = (CsvCell){(uint32_t)start, (uint32_t)len};
}

static void make_room(CsvCut *cut, size_t cells) {
    size_t needed = cut->n_cells + cells;
    if (needed > cut->cells_room) {
        cut->cells_room = MAX(needed, cut->cells_room * 2);
        cut->cells = g_renew(CsvCell, cut->cells, cut->cells_room);
    }
    /* A row has a cell at least. */
    if (cut->n_rows + cells + 1 > cut->rows_room) {
        cut->rows_room = MAX(cut->n_rows + cells + 1, cut->rows_room * 2);
        cut->rows = g_renew(uint32_t, cut->rows, cut->rows_room);
    }
}

/* The cell bytes[start, end) opens with a quote. Its text moves to the start; the count of quotes
 * goes down by those it used. False when the quotes are not those of one cell. */
static bool unquote(CsvCut *cut, char quote, char *bytes, size_t start, size_t end,
                    size_t *quotes) {
    char *to = bytes + start;
    const char *from = to + 1, *last = bytes + end - 1;
    if (last < from || *last != quote) return false;
    *quotes -= 2;
    while (from < last) {
        const char *next = memchr(from, quote, (size_t)(last - from));
        size_t run = (size_t)((next ? next : last) - from);
        memmove(to, from, run);
        to += run;
        from += run;
        if (!next) break;
        if (next + 1 >= last || next[1] != quote) return false;
        *to++ = quote;
        from += 2;
        *quotes -= 2;
    }
    add_cell(cut, start, (size_t)(to - (bytes + start)));
    *to = '\0';
    return true;
}

typedef struct {
    const Dialect *dialect;
    char *bytes;
    size_t start;  /* of the cell being read */
    size_t row;    /* its row's first cell */
    size_t quotes; /* seen and not yet accounted for */
} Cutter;

static inline bool end_cell(Cutter *cutter, CsvCut *cut, size_t end) {
    char *bytes = cutter->bytes, stop = bytes[end];
    size_t start = cutter->start;
    bool is_last = stop != cutter->dialect->delimiter;
    cutter->start = end + 1;
    bytes[end] = '\0';
    if (start < end && bytes[start] == cutter->dialect->quote && cutter->dialect->quote) {
        if (!unquote(cut, cutter->dialect->quote, bytes, start, end, &cutter->quotes)) return false;
    } else if (start < end || !is_last || cut->n_cells > cutter->row) {
        add_cell(cut, start, end - start);
    } else {
        return true; /* an empty line */
    }
    if (is_last) {
        cut->rows[++cut->n_rows] = (uint32_t)cut->n_cells;
        cutter->row = cut->n_cells;
    }
    return true;
}

static bool cut_by_masks(CsvCut *cut, const Dialect *dialect, char *bytes, size_t len) {
    Cutter cutter = {.dialect = dialect, .bytes = bytes};
    uint64_t inside = 0;
    /* What ends the last record may be the end of the file. */
    if (len && !is_end_of_line(bytes[len - 1])) bytes[len++] = '\n';
    for (size_t at = 0; at < len; at += BLOCK) {
        Block block = block_read(bytes + at);
        uint64_t valid = within(at, len);
        uint64_t quotes = dialect->quote ? block_find(block, dialect->quote) & valid : 0;
        uint64_t ends = block_find(block, dialect->delimiter) | block_find(block, '\n') |
                        block_find(block, '\r');
        ends &= ~inside_quotes(quotes, &inside) & valid;
        for (uint64_t left = quotes; left; left &= left - 1) cutter.quotes++;
        make_room(cut, BLOCK);
        for (; ends; ends &= ends - 1)
            if (!end_cell(&cutter, cut, at + (size_t)__builtin_ctzll(ends))) return false;
    }
    return !inside && !cutter.quotes;
}

static bool cut_by_records(CsvCut *cut, const Dialect *dialect, const char *bytes, size_t len) {
    g_auto(CsvRecord) record = {0};
    if (!cut->scratch) cut->scratch = g_string_new(NULL);
    g_string_truncate(cut->scratch, 0);
    for (size_t at = 0;; at = record.end) {
        CsvKind kind = csv_record(dialect, bytes, len, at, &record);
        if (kind == CSV_END) break;
        if (kind >= CSV_STRAY_QUOTE) return false;
        if (kind != CSV_ROW) continue;
        make_room(cut, record.cells->len);
        for (guint i = 0; i < record.cells->len; i++) {
            const char *text = csv_record_text(&record, i);
            size_t text_len = strlen(text);
            add_cell(cut, cut->scratch->len, text_len);
            g_string_append_len(cut->scratch, text, (gssize)text_len + 1);
        }
        cut->rows[++cut->n_rows] = (uint32_t)cut->n_cells;
    }
    cut->text = cut->scratch->str;
    return true;
}

bool csv_cut(CsvCut *cut, const Dialect *dialect, char *bytes, size_t len) {
    cut->n_cells = cut->n_rows = 0;
    cut->text = bytes;
    make_room(cut, BLOCK);
    cut->rows[0] = 0;
    return is_simple(dialect) ? cut_by_masks(cut, dialect, bytes, len)
                              : cut_by_records(cut, dialect, bytes, len);
}

void csv_cut_clear(CsvCut *cut) {
    g_free(cut->cells);
    g_free(cut->rows);
    if (cut->scratch) g_string_free(cut->scratch, TRUE);
    *cut = (CsvCut){0};
}

/* ---- one record ---- */

const char *csv_record_text(const CsvRecord *record, size_t cell) {
    return record->text->str + g_array_index(record->cells, CsvPlace, cell).text;
}

static CsvKind fail(CsvRecord *record, CsvKind kind, size_t at) {
    record->fault = at;
    record->end = at;
    record->len = at - record->start;
    return record->kind = kind;
}

typedef struct {
    const Dialect *dialect;
    const char *bytes;
    size_t len, at;
    CsvRecord *record;
} Reader;

static bool is_cell_end(const Reader *reader) {
    if (reader->at >= reader->len) return true;
    char c = reader->bytes[reader->at];
    return c == reader->dialect->delimiter || is_end_of_line(c);
}

/* From after the opening quote to after the closing one. */
static CsvKind read_quoted(Reader *reader, size_t open) {
    char quote = reader->dialect->quote;
    for (;;) {
        const char *from = reader->bytes + reader->at;
        const char *next = memchr(from, quote, reader->len - reader->at);
        if (!next) return fail(reader->record, CSV_UNCLOSED_QUOTE, open);
        g_string_append_len(reader->record->text, from, next - from);
        reader->at += (size_t)(next - from) + 1;
        if (reader->at >= reader->len || reader->bytes[reader->at] != quote) break;
        g_string_append_c(reader->record->text, quote);
        reader->at++;
    }
    return is_cell_end(reader) ? CSV_ROW : fail(reader->record, CSV_TEXT_AFTER, reader->at);
}

static CsvKind read_plain(Reader *reader) {
    size_t start = reader->at;
    while (!is_cell_end(reader)) {
        if (reader->dialect->quote && reader->bytes[reader->at] == reader->dialect->quote)
            return fail(reader->record, CSV_STRAY_QUOTE, reader->at);
        reader->at++;
    }
    g_string_append_len(reader->record->text, reader->bytes + start, (gssize)(reader->at - start));
    return CSV_ROW;
}

static CsvKind read_cell(Reader *reader) {
    const Dialect *dialect = reader->dialect;
    CsvRecord *record = reader->record;
    CsvPlace place = {.text = record->text->len};
    while (dialect->skips_initial_space && reader->at < reader->len &&
           reader->bytes[reader->at] == ' ')
        reader->at++;
    place.start = reader->at;
    bool is_quoted =
        dialect->quote && reader->at < reader->len && reader->bytes[reader->at] == dialect->quote;
    if (is_quoted) reader->at++;
    CsvKind kind = is_quoted ? read_quoted(reader, place.start) : read_plain(reader);
    if (kind != CSV_ROW) return kind;
    place.len = reader->at - place.start;
    g_string_append_c(record->text, '\0');
    g_array_append_val(record->cells, place);
    return CSV_ROW;
}

static CsvKind end_record(Reader *reader, CsvKind kind) {
    CsvRecord *record = reader->record;
    record->len = reader->at - record->start;
    if (reader->at < reader->len) {
        bool is_crlf = reader->bytes[reader->at] == '\r' && reader->at + 1 < reader->len &&
                       reader->bytes[reader->at + 1] == '\n';
        reader->at += is_crlf ? 2 : 1;
    }
    record->end = reader->at;
    return record->kind = kind;
}

CsvKind csv_record(const Dialect *dialect, const char *bytes, size_t len, size_t at,
                   CsvRecord *record) {
    Reader reader = {dialect, bytes, len, at, record};
    if (!record->cells) record->cells = g_array_new(FALSE, FALSE, sizeof(CsvPlace));
    if (!record->text) record->text = g_string_new(NULL);
    g_array_set_size(record->cells, 0);
    g_string_truncate(record->text, 0);
    record->start = record->end = at;
    record->len = record->fault = 0;
    if (at >= len) return record->kind = CSV_END;
    if (is_end_of_line(bytes[at])) return end_record(&reader, CSV_BLANK);
    if (dialect->comment && bytes[at] == dialect->comment) {
        while (reader.at < len && !is_end_of_line(bytes[reader.at])) reader.at++;
        return end_record(&reader, CSV_COMMENT);
    }
    for (;;) {
        CsvKind kind = read_cell(&reader);
        if (kind != CSV_ROW) return kind;
        bool goes_on = reader.at < len && bytes[reader.at] == dialect->delimiter;
        if (!goes_on) return end_record(&reader, CSV_ROW);
        reader.at++;
    }
}

void csv_record_clear(CsvRecord *record) {
    if (record->cells) g_array_unref(record->cells);
    if (record->text) g_string_free(record->text, TRUE);
    *record = (CsvRecord){0};
}

/* ---- writing ---- */

void csv_write_cell(GString *out, const char *text, char delimiter) {
    if (!strpbrk(text, "\"\r\n") && !strchr(text, delimiter)) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (; *text; text++) {
        if (*text == '"') g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

size_t csv_lines(const char *bytes, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        n += bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == len || bytes[i + 1] != '\n'));
    return n;
}
