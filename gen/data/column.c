#include "data/column.h"

#include "base/big.h"

#include <string.h>

enum {
    MOST_WORDS = 1 << 14, /* more different texts than that, and each row keeps its own… */
    FEW_ROWS = 4,         /* …when a word stands for fewer rows than this on average */
    FIRST_ROOM = 64,
};

/* ---- words ---- */

static bool words_add(Words *words, const char *text, size_t len) {
    if (words->heap_len + len + 1 > UINT32_MAX) return false;
    if (words->n + 2 > words->room) {
        words->room = MAX(words->room * 2, FIRST_ROOM);
        words->starts = g_renew(uint32_t, words->starts, words->room);
    }
    if (words->heap_len + len + 1 > words->heap_room) {
        words->heap_room = MAX(words->heap_room * 2, words->heap_len + len + 1024);
        words->heap = g_realloc(words->heap, words->heap_room);
    }
    if (!words->n) words->starts[0] = 0;
    g_assert(words->heap);
    memcpy(words->heap + words->heap_len, text, len);
    words->heap[words->heap_len + len] = '\0';
    words->heap_len += len + 1;
    words->starts[++words->n] = (uint32_t)words->heap_len;
    return true;
}

static size_t words_len(const Words *words, size_t i) {
    return words->starts[i + 1] - words->starts[i] - 1;
}

static void words_clear(Words *words) {
    g_free(words->heap);
    g_free(words->starts);
    *words = (Words){0};
}

/* FNV-1a over eight bytes at a time, then mixed: the low bits choose a slot. Source: Fowler, Noll
 * and Vo, draft-eastlake-fnv; the mixing step is MurmurHash3's. */
static uint64_t text_hash(const char *text, size_t len) {
    uint64_t hash = 0xcbf29ce484222325 ^ len;
    for (; len >= 8; text += 8, len -= 8) {
        uint64_t word;
        memcpy(&word, text, 8);
        hash = (hash ^ word) * 0x100000001b3;
        hash ^= hash >> 29;
    }
    uint64_t rest = 0;
    memcpy(&rest, text, len);
    hash = (hash ^ rest) * 0xff51afd7ed558ccd;
    return hash ^ hash >> 33;
}

static size_t *find_slot(const Column *column, const char *text, size_t len, size_t *ret_slot) {
    size_t mask = column->n_slots - 1, slot = text_hash(text, len) & mask;
    for (; column->slots[slot]; slot = (slot + 1) & mask) {
        size_t word = column->slots[slot] - 1;
        bool is_same = words_len(&column->words, word) == len &&
                       memcmp(words_text(&column->words, word), text, len) == 0;
        if (is_same) break;
    }
    *ret_slot = slot;
    return ret_slot;
}

static void grow_slots(Column *column) {
    g_free(column->slots);
    column->n_slots = MAX(column->n_slots * 2, 64);
    column->slots = g_new0(uint32_t, column->n_slots);
    for (size_t i = 0; i < column->words.n; i++) {
        size_t slot;
        find_slot(column, words_text(&column->words, i), words_len(&column->words, i), &slot);
        column->slots[slot] = (uint32_t)i + 1;
    }
}

/* Each row keeps its own text from now on. */
static bool give_up_codes(Column *column) {
    if (column->has_no_codes) return true;
    Words texts = {0};
    bool fits = true;
    for (size_t i = 0; i < column->n && fits; i++) {
        size_t word = column->codes[i];
        bool is_null = column->is_null && column->is_null[i];
        fits = words_add(&texts, is_null ? "" : words_text(&column->words, word),
                         is_null ? 0 : words_len(&column->words, word));
    }
    words_clear(&column->words);
    column->words = texts;
    g_clear_pointer(&column->codes, g_free);
    g_clear_pointer(&column->slots, g_free);
    column->n_slots = 0;
    column->has_no_codes = true;
    return fits;
}

/* ---- room ---- */

#define RENEW(array, room)                                                                         \
    ((array) = big_renew(array, column->n * sizeof *(array), (room) * sizeof *(array)))

static void reserve(Column *column, size_t more) {
    size_t needed = column->n + more;
    if (needed <= column->room) return;
    size_t room = MAX(needed, MAX(column->room + column->room / 2, FIRST_ROOM));
    bool is_small = column->kind == COLUMN_INTEGER || column->kind == COLUMN_BOOLEAN ||
                    column->kind == COLUMN_DATE;
    if (column->is_null) RENEW(column->is_null, room);
    if (column->large) RENEW(column->large, room);
    if (column->dates) RENEW(column->dates, room);
    if (is_small && !column->large && !column->dates) RENEW(column->small, room);
    if (column->kind == COLUMN_REAL) RENEW(column->reals, room);
    if (column->kind == COLUMN_TEXT && !column->has_no_codes) RENEW(column->codes, room);
    column->room = room;
}

static void widen_integers(Column *column) {
    column->large = BIG_NEW(int64_t, column->room);
    for (size_t i = 0; i < column->n; i++) column->large[i] = column->small[i];
    g_clear_pointer(&column->small, g_free);
}

static void widen_dates(Column *column) {
    column->dates = BIG_NEW(Date, column->room);
    for (size_t i = 0; i < column->n; i++) column->dates[i] = date_of_day(column->small[i]);
    g_clear_pointer(&column->small, g_free);
}

static void count_cell(Column *column, bool is_null) {
    if (is_null && !column->is_null) {
        column->is_null = big_new(column->room);
        memset(column->is_null, 0, column->n);
    }
    if (column->is_null) column->is_null[column->n] = is_null;
    column->n++;
}

/* ---- one cell more ---- */

void column_add_null(Column *column) {
    if (column->kind == COLUMN_ABSENT) return;
    reserve(column, 1);
    size_t i = column->n;
    if (column->small) column->small[i] = 0;
    if (column->large) column->large[i] = 0;
    if (column->dates) column->dates[i] = date_of_day(0);
    if (column->reals) column->reals[i] = 0;
    if (column->codes) column->codes[i] = 0;
    if (column->has_no_codes) words_add(&column->words, "", 0);
    count_cell(column, true);
}

void column_add_integer(Column *column, int64_t value) {
    reserve(column, 1);
    bool is_small = value >= INT32_MIN && value <= INT32_MAX;
    if (!is_small && !column->large) widen_integers(column);
    if (column->large)
        column->large[column->n] = value;
    else
        column->small[column->n] = (int32_t)value;
    count_cell(column, false);
}

void column_add_real(Column *column, double value) {
    reserve(column, 1);
    column->reals[column->n] = value;
    count_cell(column, false);
}

void column_add_day(Column *column, int32_t day) {
    reserve(column, 1);
    if (column->dates)
        column->dates[column->n] = date_of_day(day);
    else
        column->small[column->n] = day;
    count_cell(column, false);
}

void column_add_date(Column *column, Date date) {
    reserve(column, 1);
    if (!column->dates && !date_is_day(date)) widen_dates(column);
    if (column->dates)
        column->dates[column->n] = date;
    else
        column->small[column->n] = date.first;
    count_cell(column, false);
}

static bool is_worth_counting(const Column *column) {
    return column->words.n < MOST_WORDS || column->n > column->words.n * FEW_ROWS;
}

bool column_add_text(Column *column, const char *text, size_t len, size_t *ret_word) {
    if (!column->has_no_codes && !is_worth_counting(column)) give_up_codes(column);
    reserve(column, 1);
    *ret_word = SIZE_MAX;
    if (column->has_no_codes) {
        words_add(&column->words, text, len);
        count_cell(column, false);
        return true;
    }
    if (column->words.n * 2 >= column->n_slots) grow_slots(column);
    size_t slot;
    find_slot(column, text, len, &slot);
    bool is_new = !column->slots[slot];
    if (is_new) {
        words_add(&column->words, text, len);
        column->slots[slot] = (uint32_t)column->words.n;
    }
    *ret_word = column->slots[slot] - 1;
    column->codes[column->n] = (uint32_t)*ret_word;
    count_cell(column, false);
    return is_new;
}

void column_add_value(Column *column, Value value) {
    size_t word;
    switch (column->kind == COLUMN_ABSENT ? VALUE_NULL : value.kind) {
    case VALUE_NULL: column_add_null(column); return;
    case VALUE_INT:
    case VALUE_BOOL: column_add_integer(column, value.integer); return;
    case VALUE_REAL: column_add_real(column, value.real); return;
    case VALUE_DATE: column_add_date(column, value.date); return;
    case VALUE_TEXT: column_add_text(column, value.text, strlen(value.text), &word); return;
    }
}

/* ---- pieces joined ---- */

static void append_nulls(Column *to, const Column *from) {
    if (from->is_null && !to->is_null) {
        to->is_null = big_new(to->room);
        memset(to->is_null, 0, to->n);
    }
    if (!to->is_null) return;
    if (from->is_null)
        memcpy(to->is_null + to->n, from->is_null, from->n);
    else
        memset(to->is_null + to->n, 0, from->n);
}

static void copy_cells(void *to, size_t n_before, const void *from, size_t n, size_t size) {
    g_assert(to && from);
    memcpy((char *)to + n_before * size, from, n * size);
}

static void append_integers(Column *to, const Column *from) {
    if (from->large && !to->large) widen_integers(to);
    if (!to->large)
        copy_cells(to->small, to->n, from->small, from->n, sizeof *to->small);
    else if (from->large)
        copy_cells(to->large, to->n, from->large, from->n, sizeof *to->large);
    else
        for (size_t i = 0; i < from->n; i++) to->large[to->n + i] = from->small[i];
}

static void append_dates(Column *to, const Column *from) {
    if (from->dates && !to->dates) widen_dates(to);
    if (!to->dates)
        copy_cells(to->small, to->n, from->small, from->n, sizeof *to->small);
    else if (from->dates)
        copy_cells(to->dates, to->n, from->dates, from->n, sizeof *to->dates);
    else
        for (size_t i = 0; i < from->n; i++) to->dates[to->n + i] = date_of_day(from->small[i]);
}

static bool append_own_texts(Column *to, const Column *from) {
    bool fits = give_up_codes(to);
    for (size_t i = 0; i < from->n && fits; i++) {
        size_t word = from->codes ? from->codes[i] : i;
        bool is_null = from->is_null && from->is_null[i];
        fits = is_null ? words_add(&to->words, "", 0)
                       : words_add(&to->words, words_text(&from->words, word),
                                   words_len(&from->words, word));
    }
    return fits;
}

static bool append_codes(Column *to, const Column *from) {
    g_autofree uint32_t *codes = g_new0(uint32_t, from->words.n + 1);
    for (size_t i = 0; i < from->words.n; i++) {
        const char *text = words_text(&from->words, i);
        size_t len = words_len(&from->words, i), slot;
        if (to->words.n * 2 >= to->n_slots) grow_slots(to);
        find_slot(to, text, len, &slot);
        if (!to->slots[slot]) {
            if (!words_add(&to->words, text, len)) return false;
            to->slots[slot] = (uint32_t)to->words.n;
        }
        codes[i] = to->slots[slot] - 1;
    }
    for (size_t i = 0; i < from->n; i++) to->codes[to->n + i] = codes[from->codes[i]];
    return true;
}

static bool append_column(Column *to, const Column *from) {
    bool fits = true;
    reserve(to, from->n);
    switch (to->kind) {
    case COLUMN_ABSENT: return true;
    case COLUMN_INTEGER:
    case COLUMN_BOOLEAN: append_integers(to, from); break;
    case COLUMN_REAL: copy_cells(to->reals, to->n, from->reals, from->n, sizeof(double)); break;
    case COLUMN_DATE: append_dates(to, from); break;
    case COLUMN_TEXT:
        fits = to->has_no_codes || from->has_no_codes || !is_worth_counting(to)
                   ? append_own_texts(to, from)
                   : append_codes(to, from);
    }
    append_nulls(to, from);
    to->n += from->n;
    return fits;
}

bool column_set_append(ColumnSet *to, const ColumnSet *from) {
    bool fits = true;
    if (from->n_rows)
        for (size_t i = 0; i < to->n_columns; i++)
            fits &= append_column(&to->columns[i], &from->columns[i]);
    to->n_rows += from->n_rows;
    return fits;
}

ColumnSet *column_set_new(const ColumnKind *kinds, size_t n) {
    ColumnSet *columns = g_new0(ColumnSet, 1);
    columns->n_columns = n;
    columns->columns = g_new0(Column, n);
    for (size_t i = 0; i < n; i++) columns->columns[i].kind = kinds[i];
    return columns;
}

void column_clear(Column *column) {
    g_free(column->is_null);
    g_free(column->small);
    g_free(column->large);
    g_free(column->reals);
    g_free(column->dates);
    g_free(column->codes);
    g_free(column->slots);
    words_clear(&column->words);
}

void column_set_free(ColumnSet *columns) {
    if (!columns) return;
    for (size_t i = 0; i < columns->n_columns; i++) column_clear(&columns->columns[i]);
    g_free(columns->columns);
    g_free(columns);
}

void column_set_reserve(ColumnSet *columns, size_t n_rows) {
    for (size_t i = 0; i < columns->n_columns; i++) {
        Column *column = &columns->columns[i];
        if (column->kind != COLUMN_ABSENT && n_rows > column->n)
            reserve(column, n_rows - column->n);
    }
}

void column_set_close(ColumnSet *columns) {
    for (size_t i = 0; i < columns->n_columns; i++) {
        Column *column = &columns->columns[i];
        Words *words = &column->words;
        g_clear_pointer(&column->slots, g_free);
        column->n_slots = 0;
        if (words->heap) words->heap = g_realloc(words->heap, words->heap_room = words->heap_len);
    }
}

/* ---- reading ---- */

bool column_is_null(const Column *column, size_t row) {
    return column->kind == COLUMN_ABSENT || (column->is_null && column->is_null[row]);
}

int64_t column_integer(const Column *column, size_t row) {
    return column->large ? column->large[row] : column->small[row];
}

Date column_date(const Column *column, size_t row) {
    return column->dates ? column->dates[row] : date_of_day(column->small[row]);
}

const char *column_text(const Column *column, size_t row, size_t *ret_len) {
    size_t word = column->codes ? column->codes[row] : row;
    if (ret_len) *ret_len = words_len(&column->words, word);
    return words_text(&column->words, word);
}

Value column_value(const Column *column, size_t row) {
    if (column_is_null(column, row)) return (Value){.kind = VALUE_NULL};
    switch (column->kind) {
    case COLUMN_INTEGER: return (Value){.kind = VALUE_INT, .integer = column_integer(column, row)};
    case COLUMN_BOOLEAN: return (Value){.kind = VALUE_BOOL, .integer = column_integer(column, row)};
    case COLUMN_REAL: return (Value){.kind = VALUE_REAL, .real = column->reals[row]};
    case COLUMN_DATE: return (Value){.kind = VALUE_DATE, .date = column_date(column, row)};
    default: return (Value){.kind = VALUE_TEXT, .text = column_text(column, row, NULL)};
    }
}
