#include "data/segment.h"

#include "base/utf8.h"

#include <string.h>

/* How the cells of a field are read: the usual ones in a few instructions, any other by
 * cell_read(). */
typedef enum { WAY_TEXT, WAY_INTEGER, WAY_NUMBER, WAY_DAY, WAY_OTHER } Way;

typedef struct {
    const Field *field;
    const CellRule *rule;
    Column *column;
    Way way;
    bool has_label;       /* the file has such a column */
    bool is_watched;      /* a key or a rule wants its value */
    bool is_judged;       /* a text has more to respect than to be there */
    bool is_plain_null;   /* only the empty cell is missing */
    GByteArray *verdicts; /* of each word, where is_judged: 1 good, 2 bad */
    Column words;         /* of a column that is judged and not kept */
} Reader;

typedef struct {
    const Plan *plan;
    const CsvCut *cut;
    Segment *segment;
    Reader *readers; /* one a field */
    Value *values;   /* of the row, one a field */
    bool is_watching;
} Work;

static void mark(Work *work, size_t row, MarkKind kind, size_t at) {
    FaultMark fault = {row, at, kind};
    g_array_append_val(work->segment->marks, fault);
}

/* ---- what a field needs ---- */

/* A cell of the usual form that is not the empty one is its value, whatever else the field says. */
static bool is_usual(const Field *field, const CellRule *rule) {
    const char *const *missing = rule->missing_values;
    bool has_list = field->enumeration || field->pattern;
    bool has_texts = field->minimum_text || field->maximum_text || field->date_format;
    return !has_list && !has_texts && !rule->null_sequence && missing[0] && !*missing[0] &&
           !missing[1];
}

static Way way_of(const Field *field, const CellRule *rule) {
    const Reading *reading = &rule->reading;
    bool is_plain = reading->is_bare && !reading->group && reading->decimal == '.';
    if (field->type == FIELD_STRING) return field->format == FORMAT_DEFAULT ? WAY_TEXT : WAY_OTHER;
    if (!is_usual(field, rule)) return WAY_OTHER;
    switch (field->type) {
    case FIELD_INTEGER: return is_plain ? WAY_INTEGER : WAY_OTHER;
    case FIELD_NUMBER: return is_plain ? WAY_NUMBER : WAY_OTHER;
    case FIELD_DATE: return reading->dates == DATES_ISO ? WAY_DAY : WAY_OTHER;
    default: return WAY_OTHER;
    }
}

static bool is_judged(const Field *field) {
    return field->enumeration || field->pattern || field->has_min_length || field->has_max_length ||
           field->has_minimum || field->has_maximum;
}

static void watch_fields(Work *work) {
    const Plan *plan = work->plan;
    for (size_t k = 0; k < plan->n_keys; k++)
        for (size_t i = 0; i < plan->keys[k].n; i++)
            work->readers[plan->keys[k].columns[i]].is_watched = true;
    /* Rules name few columns: all are watched. */
    for (size_t i = 0; plan->resource->n_rules && i < plan->resource->n_fields; i++)
        work->readers[i].is_watched = true;
    work->is_watching = plan->n_keys || plan->resource->n_rules;
}

static void init_readers(Work *work) {
    const Plan *plan = work->plan;
    size_t n = plan->resource->n_fields;
    work->readers = g_new0(Reader, n);
    work->values = g_new0(Value, n);
    for (size_t i = 0; i < n; i++) {
        Reader *reader = &work->readers[i];
        const char *const *missing = plan->rules[i].missing_values;
        reader->field = &plan->resource->fields[i];
        reader->rule = &plan->rules[i];
        reader->column = &work->segment->columns->columns[i];
        reader->way = way_of(reader->field, reader->rule);
        reader->is_judged = is_judged(reader->field);
        reader->is_plain_null =
            missing[0] && !*missing[0] && !missing[1] && !plan->rules[i].null_sequence;
        if (reader->is_judged) reader->verdicts = g_byte_array_new();
        bool needs_words =
            reader->is_judged && reader->way == WAY_TEXT && reader->column->kind == COLUMN_ABSENT;
        reader->words.kind = needs_words ? COLUMN_TEXT : COLUMN_ABSENT;
        if (needs_words) reader->column = &reader->words;
    }
    for (size_t i = 0; i < plan->n_labels; i++)
        if (plan->fields[i] != NO_FIELD) work->readers[plan->fields[i]].has_label = true;
    watch_fields(work);
}

static void clear_readers(Work *work) {
    for (size_t i = 0; i < work->plan->resource->n_fields; i++) {
        if (work->readers[i].verdicts) g_byte_array_unref(work->readers[i].verdicts);
        column_clear(&work->readers[i].words);
    }
    g_free(work->readers);
    g_free(work->values);
}

/* ---- cells ---- */

/* 1 to 18 digits, with a sign. */
static inline bool read_digits(const char *text, size_t len, int64_t *ret_value) {
    bool is_negative = *text == '-';
    size_t at = is_negative;
    if (len - at < 1 || len - at > 18) return false;
    int64_t value = 0;
    for (; at < len; at++) {
        unsigned digit = (unsigned)text[at] - '0';
        if (digit > 9) return false;
        value = value * 10 + digit;
    }
    *ret_value = is_negative ? -value : value;
    return true;
}

static inline unsigned two_digits(const char *text) {
    unsigned tens = (unsigned)text[0] - '0', ones = (unsigned)text[1] - '0';
    return tens > 9 || ones > 9 ? 10000 : tens * 10 + ones;
}

/* YYYY-MM-DD; what is not quite one is left to date_parse(). */
static inline bool read_day(const char *text, size_t len, int32_t *ret_day) {
    if (len != 10 || text[4] != '-' || text[7] != '-') return false;
    unsigned century = two_digits(text), year = two_digits(text + 2);
    unsigned month = two_digits(text + 5), day = two_digits(text + 8);
    if (century + year > 9999 || !(century + year) || month < 1 || month > 12 || day < 1 ||
        day > 28)
        return false;
    *ret_day = date_from_ymd((int)(century * 100 + year), (int)month, (int)day).first;
    return true;
}

enum { EXACT_DIGITS = 15 }; /* that a double holds, with the powers of ten they may be divided by */

/* 12.5 or 1234: the nearest double in one division (see data/cell_type). *ret_sign is what the
 * point has shown. */
static inline bool read_decimal(const char *text, size_t len, double *ret_value,
                                unsigned *ret_sign) {
    static const double powers[EXACT_DIGITS + 1] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    size_t start = *text == '-', point = len;
    int64_t digits = 0;
    if (len - start < 1 || len - start > EXACT_DIGITS + 1) return false;
    for (size_t at = start; at < len; at++) {
        unsigned digit = (unsigned)text[at] - '0';
        if (digit <= 9) {
            digits = digits * 10 + digit;
        } else {
            if (text[at] != '.' || point != len) return false;
            point = at;
        }
    }
    size_t head = point - start, tail = point == len ? 0 : len - point - 1;
    if (!head || head + tail > EXACT_DIGITS || (point < len && !tail)) return false;
    *ret_value = (start ? -1 : 1) * ((double)digits / powers[tail]);
    bool is_group = tail == 3 && head <= 3 && text[start] != '0';
    *ret_sign = is_group ? SIGN_GROUP : tail || head > 3 ? SIGN_POINT : SIGN_NONE;
    return true;
}

static inline bool is_in_bounds(const Field *field, double value) {
    return (!field->has_minimum || value >= field->minimum) &&
           (!field->has_maximum || value <= field->maximum) && !field->excludes_minimum &&
           !field->excludes_maximum; /* those are for cell_read() */
}

/* The plain reading of a number settles nothing when every mark could part thousands. */
static unsigned sign_of_number(const char *text) {
    size_t head = strspn(text + (*text == '-'), "0123456789");
    const char *mark = text + (*text == '-') + head;
    if (*mark != '.') return head > 3 || *mark ? SIGN_POINT : SIGN_NONE;
    bool is_group = strspn(mark + 1, "0123456789") == 3 && !mark[4] && head >= 1 && head <= 3 &&
                    mark[-(ptrdiff_t)head] != '0';
    return is_group ? SIGN_GROUP : SIGN_POINT;
}

static void misread(Work *work, const Reader *reader, size_t row) {
    size_t field = (size_t)(reader - work->readers);
    if (work->plan->is_open[field])
        work->segment->signs[field] |= SIGN_MISFIT;
    else
        mark(work, row, MARK_CELL, field);
}

static Value read_any(Work *work, const Reader *reader, size_t row, const char *text) {
    Value value;
    if (!cell_read(reader->rule, text, (Span){0}, NULL, NULL, &value)) {
        /* A plain value that breaks a constraint settles that the column is plain. */
        misread(work, reader, row);
        value = (Value){.kind = VALUE_NULL};
    } else if (reader->field->type == FIELD_NUMBER && value.kind != VALUE_NULL) {
        work->segment->signs[reader - work->readers] |= sign_of_number(text);
    }
    column_add_value(reader->column, value);
    return value;
}

/* The verdict on a text is that on its word, asked once for each. */
static bool judge(Reader *reader, const char *text, size_t word, bool is_new) {
    Value value;
    if (word == SIZE_MAX || reader->column->kind == COLUMN_ABSENT)
        return cell_read(reader->rule, text, (Span){0}, NULL, NULL, &value);
    if (is_new) {
        guint8 verdict = cell_read(reader->rule, text, (Span){0}, NULL, NULL, &value) ? 1 : 2;
        g_byte_array_set_size(reader->verdicts, (guint)word + 1);
        reader->verdicts->data[word] = verdict;
    }
    return reader->verdicts->data[word] == 1;
}

static Value read_text(Work *work, Reader *reader, size_t row, const char *text, size_t len) {
    size_t word = SIZE_MAX;
    bool is_new = true;
    if (!reader->is_plain_null) return read_any(work, reader, row, text);
    if (!len) {
        if (reader->field->is_required)
            mark(work, row, MARK_CELL, (size_t)(reader - work->readers));
        column_add_null(reader->column);
        return (Value){.kind = VALUE_NULL};
    }
    if (reader->column->kind != COLUMN_ABSENT)
        is_new = column_add_text(reader->column, text, len, &word);
    if (reader->is_judged && !judge(reader, text, word, is_new))
        mark(work, row, MARK_CELL, (size_t)(reader - work->readers));
    return (Value){.kind = VALUE_TEXT, .text = text};
}

static inline Value read_cell(Work *work, Reader *reader, size_t row, const char *text,
                              size_t len) {
    int64_t integer;
    int32_t day;
    double real;
    unsigned sign;
    switch (reader->way) {
    case WAY_TEXT: return read_text(work, reader, row, text, len);
    case WAY_INTEGER:
        if (!len || !read_digits(text, len, &integer) ||
            !is_in_bounds(reader->field, (double)integer))
            break;
        if (reader->column->kind != COLUMN_ABSENT) column_add_integer(reader->column, integer);
        return (Value){.kind = VALUE_INT, .integer = integer};
    case WAY_NUMBER:
        if (!len || !read_decimal(text, len, &real, &sign) || !is_in_bounds(reader->field, real))
            break;
        work->segment->signs[reader - work->readers] |= sign;
        if (reader->column->kind != COLUMN_ABSENT) column_add_real(reader->column, real);
        return (Value){.kind = VALUE_REAL, .real = real};
    case WAY_DAY:
        if (!read_day(text, len, &day) || !is_in_bounds(reader->field, day)) break;
        if (reader->column->kind != COLUMN_ABSENT) column_add_day(reader->column, day);
        return (Value){.kind = VALUE_DATE, .date = date_of_day(day)};
    case WAY_OTHER: break;
    }
    return read_any(work, reader, row, text);
}

/* ---- rows ---- */

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15;
    return hash ^ hash >> 32;
}

static uint64_t hash_text(const char *text) {
    uint64_t hash = 0x243f6a8885a308d3;
    size_t len = strlen(text);
    for (; len >= 8; text += 8, len -= 8) {
        uint64_t word;
        memcpy(&word, text, 8);
        hash = mix(hash, word);
    }
    uint64_t rest = len;
    memcpy((char *)&rest + 1, text, MIN(len, 7));
    return mix(hash, rest);
}

static uint64_t hash_value(Value value) {
    switch (value.kind) {
    case VALUE_NULL: return 0;
    case VALUE_TEXT: return hash_text(value.text);
    case VALUE_DATE: return mix((uint64_t)(uint32_t)value.date.first, (uint32_t)value.date.last);
    case VALUE_INT:
    case VALUE_BOOL: return mix(0x13198a2e03707344, (uint64_t)value.integer);
    case VALUE_REAL: {
        bool is_whole =
            value.real > -1e15 && value.real < 1e15 && value.real == (double)(int64_t)value.real;
        uint64_t bits; /* 1.0 is the key 1 */
        if (is_whole)
            bits = (uint64_t)(int64_t)value.real;
        else
            memcpy(&bits, &value.real, sizeof bits);
        return mix(0x13198a2e03707344, bits);
    }
    }
    g_assert_not_reached();
}

static void add_hashes(Work *work) {
    for (size_t k = 0; k < work->plan->n_keys; k++) {
        const KeyColumns *key = &work->plan->keys[k];
        uint64_t hash = 0x452821e638d01377;
        bool is_whole = true;
        for (size_t i = 0; i < key->n; i++) {
            Value value = work->values[key->columns[i]];
            is_whole &= value.kind != VALUE_NULL;
            hash = mix(hash, hash_value(value));
        }
        if (!is_whole) hash = 0;
        g_array_append_val(work->segment->hashes[k], hash);
    }
}

static void check_rules(Work *work, size_t row) {
    const Resource *resource = work->plan->resource;
    for (size_t i = 0; i < resource->n_rules; i++)
        if (!rule_holds(&resource->rules[i], work->values)) mark(work, row, MARK_RULE, i);
}

static void check_primary(Work *work, size_t row) {
    const Key *key = &work->plan->resource->primary_key;
    for (size_t i = 0; i < key->n; i++)
        if (work->readers[key->columns[i]].has_label &&
            work->values[key->columns[i]].kind == VALUE_NULL)
            mark(work, row, MARK_KEY, key->columns[i]);
}

static void read_row(Work *work, size_t row) {
    const Plan *plan = work->plan;
    const CsvCut *cut = work->cut;
    size_t first = cut->rows[row], n = cut->rows[row + 1] - first;
    size_t before = work->segment->marks->len;
    if (n > plan->n_labels) mark(work, row, MARK_EXTRA_CELL, plan->n_labels);
    if (n < plan->n_labels) mark(work, row, MARK_MISSING_CELL, n);
    for (size_t i = 0; i < plan->n_labels; i++) {
        size_t field = plan->fields[i];
        if (field == NO_FIELD) continue;
        Reader *reader = &work->readers[field];
        Value value = {.kind = VALUE_NULL};
        if (i < n)
            value = read_cell(work, reader, row, csv_cell_text(cut, first + i),
                              cut->cells[first + i].len);
        else
            column_add_null(reader->column);
        if (reader->is_watched) work->values[field] = value;
    }
    if (!work->is_watching) return;
    if (work->segment->marks->len == before) check_primary(work, row);
    check_rules(work, row);
    add_hashes(work);
}

/* Fields that no label names: the header was refused, rows are read for their other faults. */
static void fill_absent(Work *work) {
    for (size_t i = 0; i < work->plan->resource->n_fields; i++) {
        Column *column = work->readers[i].column;
        while (column->kind != COLUMN_ABSENT && column->n < work->segment->n_rows)
            column_add_null(column);
    }
}

static Segment *segment_new(const Plan *plan, const Chunk *chunk) {
    Segment *segment = g_new0(Segment, 1);
    segment->columns = column_set_new(plan->kinds, plan->resource->n_fields);
    segment->marks = g_array_new(FALSE, FALSE, sizeof(FaultMark));
    segment->signs = g_new0(unsigned, plan->resource->n_fields + 1);
    segment->hashes = g_new0(GArray *, plan->n_keys + 1);
    for (size_t k = 0; k < plan->n_keys; k++)
        segment->hashes[k] = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    segment->start = chunk->start;
    segment->len = chunk->len;
    return segment;
}

void segment_free(Segment *segment) {
    if (!segment) return;
    column_set_free(segment->columns);
    g_array_unref(segment->marks);
    for (GArray **hashes = segment->hashes; *hashes; hashes++) g_array_unref(*hashes);
    g_free(segment->hashes);
    g_free(segment->signs);
    g_free(segment);
}

Segment *segment_read(const Plan *plan, Chunk *chunk, CsvCut *cut) {
    Segment *segment = segment_new(plan, chunk);
    if (!plan->is_utf8_checked) {
        segment->stop_at = utf8_check(chunk->bytes, chunk->len);
        if (segment->stop_at < chunk->len) segment->stop = SEGMENT_ENCODING;
    }
    if (segment->stop == SEGMENT_WHOLE &&
        !csv_cut(cut, plan->dialect, chunk->bytes + chunk->from, chunk->len - chunk->from))
        segment->stop = SEGMENT_QUOTE;
    if (segment->stop != SEGMENT_WHOLE) return segment;
    Work work = {.plan = plan, .cut = cut, .segment = segment};
    init_readers(&work);
    for (size_t row = 0; row < cut->n_rows; row++) read_row(&work, row);
    segment->n_rows = segment->columns->n_rows = cut->n_rows;
    fill_absent(&work);
    clear_readers(&work);
    return segment;
}
