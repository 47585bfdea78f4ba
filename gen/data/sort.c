#include "data/sort.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BUCKETS = 1 << 16 };

bool part_month(Date date, Part part, int32_t *ret_month) {
    int year, month, day, last_year, last_month, last_day;
    bool is_start = part == PART_START_MONTH || part == PART_START_YEAR;
    bool is_year = part == PART_YEAR || part == PART_START_YEAR;
    if (is_start && !date_has_start(date)) return false;
    if (!is_start && !(date_has_start(date) && date_has_end(date))) return false;
    date_civil(date.first, &year, &month, &day);
    *ret_month = is_year ? year : year * 12 + month - 1;
    if (is_start || date.first == date.last) return true;
    date_civil(date.last, &last_year, &last_month, &last_day);
    return year == last_year && (is_year || month == last_month);
}

bool sort_is_possible(SortColumn sort) {
    const Column *column = sort.column;
    switch (column->kind) {
    case COLUMN_BOOLEAN: return true;
    case COLUMN_INTEGER: return !column->large;
    case COLUMN_TEXT: return column->codes && column->words.n < MOST_BUCKETS;
    /* The text of a partial date has no place among days. */
    case COLUMN_DATE:
        return sort.part == PART_VALUE ? !column->dates
                                       : sort.part != PART_PRECISION && sort.part != PART_QUALIFIER;
    default: return false;
    }
}

/* ---- keys of one column ---- */

/* False: the cell is empty for SQL. */
static bool date_key(const Column *column, Part part, size_t row, int32_t *ret_key) {
    Date date = column_date(column, row);
    switch (part) {
    case PART_VALUE:
    case PART_START: *ret_key = date.first; return date_has_start(date);
    case PART_END: *ret_key = date.last; return date_has_end(date);
    default: return part_month(date, part, ret_key);
    }
}

/* Months and years of plain days, by a table: calendars are slow and days come back. */
static bool read_day_keys(const Column *column, Part part, int32_t *keys) {
    int32_t low = INT32_MAX, high = INT32_MIN;
    for (size_t i = 0; i < column->n; i++) {
        low = MIN(low, column->small[i]);
        high = MAX(high, column->small[i]);
    }
    if (column->n < 4096 || high - low > MOST_BUCKETS) return false;
    g_autofree int32_t *months = g_new(int32_t, high - low + 1);
    for (int32_t day = low; day <= high; day++)
        part_month(date_of_day(day), part, &months[day - low]);
    for (size_t i = 0; i < column->n; i++) keys[i] = months[column->small[i] - low];
    return true;
}

static void read_keys(SortColumn sort, int32_t *keys, uint8_t *is_null) {
    const Column *column = sort.column;
    if (column->is_null) memcpy(is_null, column->is_null, column->n);
    bool is_plain = column->kind != COLUMN_DATE || (!column->dates && (sort.part <= PART_END));
    if (is_plain && column->kind != COLUMN_TEXT) {
        memcpy(keys, column->small, column->n * sizeof *keys);
        return;
    }
    if (column->kind == COLUMN_DATE && !column->dates && read_day_keys(column, sort.part, keys))
        return;
    for (size_t i = 0; i < column->n; i++) {
        keys[i] = 0;
        if (!is_null[i]) is_null[i] = !date_key(column, sort.part, i, &keys[i]);
    }
}

static Ranks *rank_numbers(SortColumn sort) {
    size_t n = sort.column->n;
    g_autofree int32_t *keys = g_new(int32_t, n + 1);
    g_autofree uint8_t *is_null = g_new0(uint8_t, n + 1);
    read_keys(sort, keys, is_null);
    int64_t low = INT64_MAX, high = INT64_MIN;
    for (size_t i = 0; i < n; i++) {
        if (is_null[i]) continue;
        low = MIN(low, keys[i]);
        high = MAX(high, keys[i]);
    }
    if (low > high) low = high = 0;
    if (high - low + 2 > UINT32_MAX) return NULL;
    Ranks *ranks = g_new0(Ranks, 1);
    ranks->ranks = g_new(uint32_t, n + 1);
    ranks->n_ranks = (uint32_t)(high - low + 2);
    ranks->lowest = low;
    for (size_t i = 0; i < n; i++) ranks->ranks[i] = is_null[i] ? 0 : (uint32_t)(keys[i] - low + 1);
    return ranks;
}

static int compare_words(const void *a, const void *b, void *user) {
    const Words *words = user;
    return strcmp(words_text(words, *(const uint32_t *)a), words_text(words, *(const uint32_t *)b));
}

static Ranks *rank_words(const Column *column) {
    Ranks *ranks = g_new0(Ranks, 1);
    size_t n_words = column->words.n;
    g_autofree uint32_t *rank_of = g_new(uint32_t, n_words + 1);
    ranks->words = g_new(uint32_t, n_words + 1);
    for (size_t i = 0; i < n_words; i++) ranks->words[i] = (uint32_t)i;
    g_qsort_with_data(ranks->words, (int)n_words, sizeof *ranks->words, compare_words,
                      (void *)&column->words);
    for (size_t i = 0; i < n_words; i++) rank_of[ranks->words[i]] = (uint32_t)i + 1;
    ranks->n_ranks = (uint32_t)n_words + 1;
    ranks->ranks = g_new(uint32_t, column->n + 1);
    for (size_t i = 0; i < column->n; i++)
        ranks->ranks[i] = column_is_null(column, i) ? 0 : rank_of[column->codes[i]];
    return ranks;
}

Ranks *ranks_new(SortColumn sort) {
    if (!sort_is_possible(sort)) return NULL;
    return sort.column->kind == COLUMN_TEXT ? rank_words(sort.column) : rank_numbers(sort);
}

void ranks_free(Ranks *ranks) {
    if (!ranks) return;
    g_free(ranks->ranks);
    g_free(ranks->words);
    g_free(ranks);
}

bool ranks_find_number(const Ranks *ranks, int64_t number, uint32_t *ret_rank) {
    if (number < ranks->lowest || number - ranks->lowest + 1 >= ranks->n_ranks) return false;
    *ret_rank = (uint32_t)(number - ranks->lowest + 1);
    return true;
}

bool ranks_find_text(const Ranks *ranks, const Column *column, const char *text,
                     uint32_t *ret_rank) {
    size_t low = 0, high = ranks->n_ranks - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(words_text(&column->words, ranks->words[middle]), text);
        if (!order) {
            *ret_rank = (uint32_t)middle + 1;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* ---- rows in order ---- */

/* Stable; `to` and `from` are permutations of the rows, from NULL the identity. */
static void sort_by_digit(const uint32_t *ranks, int shift, uint32_t n_buckets,
                          const uint32_t *from, uint32_t *to, size_t n) {
    g_autofree uint32_t *starts = g_new0(uint32_t, n_buckets + 1);
    uint32_t mask = MOST_BUCKETS - 1, sum = 0;
    for (size_t i = 0; i < n; i++) starts[ranks[i] >> shift & mask]++;
    for (uint32_t k = 0; k < n_buckets; k++) {
        uint32_t count = starts[k];
        starts[k] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t row = from ? from[i] : (uint32_t)i;
        to[starts[ranks[row] >> shift & mask]++] = row;
    }
}

/* Neighbours with few ranks each are sorted as one. */
static uint32_t *join_ranks(Ranks *const *columns, size_t n_columns, size_t n_rows,
                            uint64_t *ret_n_ranks) {
    uint64_t n_ranks = 1;
    for (size_t i = 0; i < n_columns; i++) {
        n_ranks *= columns[i]->n_ranks;
        if (n_ranks > MOST_BUCKETS) return NULL;
    }
    uint32_t *joined = g_new0(uint32_t, n_rows + 1);
    for (size_t i = 0; i < n_columns; i++)
        for (size_t row = 0; row < n_rows; row++)
            joined[row] = joined[row] * columns[i]->n_ranks + columns[i]->ranks[row];
    *ret_n_ranks = n_ranks;
    return joined;
}

uint32_t *ranks_sort(Ranks *const *columns, size_t n_columns, size_t n_rows) {
    uint32_t *from = NULL, *to = g_new(uint32_t, n_rows + 1);
    uint64_t n_ranks;
    g_autofree uint32_t *joined = join_ranks(columns, n_columns, n_rows, &n_ranks);
    if (joined) {
        sort_by_digit(joined, 0, (uint32_t)n_ranks, NULL, to, n_rows);
        return to;
    }
    for (size_t i = n_columns; i-- > 0;)
        for (int shift = 0; shift < 32 && (shift == 0 || columns[i]->n_ranks >> shift);
             shift += 16) {
            uint32_t buckets = MIN((columns[i]->n_ranks - 1) >> shift, MOST_BUCKETS - 1) + 1;
            sort_by_digit(columns[i]->ranks, shift,
                          shift ? buckets : MIN(columns[i]->n_ranks, MOST_BUCKETS), from, to,
                          n_rows);
            uint32_t *other = from ? from : g_new(uint32_t, n_rows + 1);
            from = to;
            to = other;
        }
    if (!from) { /* no column: the order they are in */
        for (size_t row = 0; row < n_rows; row++) to[row] = (uint32_t)row;
        return to;
    }
    g_free(to);
    return from;
}
