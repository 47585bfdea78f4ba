#include "data/sort.h"

#include "base/big.h"

#include <string.h>

bool part_month(Date date, Part part, int32_t *ret_month) {
    int year, month, day, last_year, last_month, last_day;
    bool is_start = part == PART_START_MONTH || part == PART_START_YEAR;
    bool is_year = part == PART_YEAR || part == PART_START_YEAR;
    if (!date_has_start(date) || (!is_start && !date_has_end(date))) return false;
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
    case COLUMN_TEXT: return column->codes && column->words.n < MOST_GROUPS;
    /* The text of a partial date has no place among days. */
    case COLUMN_DATE:
        return sort.part == PART_VALUE ? !column->dates
                                       : sort.part != PART_PRECISION && sort.part != PART_QUALIFIER;
    default: return false;
    }
}

/* ---- ranks ---- */

/* False: the cell is empty for SQL. */
static bool date_key(Date date, Part part, int32_t *ret_key) {
    switch (part) {
    case PART_VALUE:
    case PART_START: *ret_key = date.first; return date_has_start(date);
    case PART_END: *ret_key = date.last; return date_has_end(date);
    default: return part_month(date, part, ret_key);
    }
}

static void own_keys(Ranking *ranking) {
    const Column *column = ranking->sort.column;
    ranking->own_cells = BIG_NEW(int32_t, column->n);
    ranking->own_null = big_new0(column->n + 1);
    for (size_t i = 0; i < column->n; i++) {
        ranking->own_cells[i] = 0;
        ranking->own_null[i] =
            column_is_null(column, i) ||
            !date_key(column_date(column, i), ranking->sort.part, &ranking->own_cells[i]);
    }
    ranking->cells = ranking->own_cells;
    ranking->is_null = ranking->own_null;
}

static void find_bounds(const Ranking *ranking, int64_t *ret_low, int64_t *ret_high) {
    int32_t low = INT32_MAX, high = INT32_MIN;
    for (size_t i = 0; i < ranking->sort.column->n; i++) {
        if (ranking->is_null && ranking->is_null[i]) continue;
        low = MIN(low, ranking->cells[i]);
        high = MAX(high, ranking->cells[i]);
    }
    *ret_low = low > high ? 0 : low;
    *ret_high = low > high ? -1 : high;
}

/* Days to months or years. */
static bool rank_periods(Ranking *ranking, int64_t low, int64_t high) {
    int32_t first = 0, last = 0;
    if (high - low > MOST_GROUPS) return false;
    ranking->first = (int32_t)low;
    ranking->table = g_new0(uint32_t, MAX(high - low + 1, 1));
    for (int64_t day = low; day <= high; day++) {
        part_month(date_of_day((int32_t)day), ranking->sort.part, &last);
        if (day == low) first = last;
        ranking->table[day - low] = (uint32_t)(last - first + 1);
    }
    ranking->lowest = first;
    ranking->n_ranks = high < low ? 1 : (uint32_t)(last - first + 2);
    return true;
}

static bool rank_numbers(Ranking *ranking) {
    const Column *column = ranking->sort.column;
    int64_t low, high;
    bool is_period = column->kind == COLUMN_DATE && ranking->sort.part >= PART_MONTH;
    ranking->cells = column->small;
    ranking->is_null = column->is_null;
    if (column->dates) own_keys(ranking);
    find_bounds(ranking, &low, &high);
    if (is_period && !column->dates) {
        if (rank_periods(ranking, low, high)) return true;
        own_keys(ranking);
        find_bounds(ranking, &low, &high);
    }
    ranking->lowest = low;
    if (high - low + 2 > UINT32_MAX) return false;
    ranking->n_ranks = (uint32_t)(high - low + 2);
    return true;
}

static int compare_words(const void *a, const void *b, void *user) {
    const Words *words = user;
    return strcmp(words_text(words, *(const uint32_t *)a), words_text(words, *(const uint32_t *)b));
}

static void rank_words(Ranking *ranking) {
    const Column *column = ranking->sort.column;
    size_t n = column->words.n;
    ranking->words = g_new(uint32_t, n + 1);
    ranking->table = g_new(uint32_t, n + 1);
    for (size_t i = 0; i < n; i++) ranking->words[i] = (uint32_t)i;
    g_qsort_with_data(ranking->words, (int)n, sizeof *ranking->words, compare_words,
                      (void *)&column->words);
    for (size_t i = 0; i < n; i++) ranking->table[ranking->words[i]] = (uint32_t)i + 1;
    ranking->n_ranks = (uint32_t)n + 1;
    ranking->cells = (const int32_t *)column->codes;
    ranking->is_null = column->is_null;
}

Ranking *ranking_new(SortColumn sort) {
    if (!sort_is_possible(sort)) return NULL;
    g_autoptr(Ranking) ranking = g_new0(Ranking, 1);
    ranking->sort = sort;
    if (sort.column->kind == COLUMN_TEXT)
        rank_words(ranking);
    else if (!rank_numbers(ranking))
        return NULL;
    return g_steal_pointer(&ranking);
}

void ranking_free(Ranking *ranking) {
    if (!ranking) return;
    g_free(ranking->words);
    g_free(ranking->table);
    g_free(ranking->own_cells);
    g_free(ranking->own_null);
    g_free(ranking);
}

bool ranking_find_number(const Ranking *ranking, int64_t number, uint32_t *ret_rank) {
    if (number < ranking->lowest || number - ranking->lowest + 1 >= ranking->n_ranks) return false;
    *ret_rank = (uint32_t)(number - ranking->lowest + 1);
    return true;
}

bool ranking_find_text(const Ranking *ranking, const char *text, uint32_t *ret_rank) {
    const Words *words = &ranking->sort.column->words;
    size_t low = 0, high = ranking->n_ranks - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(words_text(words, ranking->words[middle]), text);
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

enum { DIGIT = 16 };

/* One stable pass on 16 bits of the ranks; `from` NULL: rows in their own order. */
static void sort_by_digit(const Ranking *ranking, int shift, const uint32_t *from, uint32_t *to,
                          size_t n) {
    g_autofree uint32_t *starts = g_new0(uint32_t, 1 << DIGIT);
    uint32_t mask = (1 << DIGIT) - 1, sum = 0;
    for (size_t i = 0; i < n; i++) starts[ranking_of(ranking, i) >> shift & mask]++;
    for (uint32_t k = 0; k <= mask; k++) {
        uint32_t count = starts[k];
        starts[k] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t row = from ? from[i] : (uint32_t)i;
        to[starts[ranking_of(ranking, row) >> shift & mask]++] = row;
    }
}

uint32_t *ranking_sort(Ranking *const *rankings, size_t n, size_t n_rows) {
    uint32_t *from = NULL, *to = BIG_NEW(uint32_t, n_rows);
    for (size_t i = n; i-- > 0;)
        for (int shift = 0; shift < 32 && (!shift || rankings[i]->n_ranks >> shift);
             shift += DIGIT) {
            sort_by_digit(rankings[i], shift, from, to, n_rows);
            uint32_t *spare = from ? from : BIG_NEW(uint32_t, n_rows);
            from = to;
            to = spare;
        }
    if (from) {
        g_free(to);
        return from;
    }
    for (size_t row = 0; row < n_rows; row++) to[row] = (uint32_t)row;
    return to;
}

/* ---- groups ---- */

static size_t count_groups(Ranking *const *rankings, size_t n) {
    size_t groups = 1;
    for (size_t i = 0; i < n && groups <= MOST_GROUPS; i++) groups *= rankings[i]->n_ranks;
    return groups;
}

/* The group of each row; the first ranking counts most. */
static uint16_t *find_groups(Ranking *const *rankings, size_t n, size_t n_rows) {
    uint16_t *groups = big_new0((n_rows + 1) * sizeof *groups);
    for (size_t i = 0; i < n; i++) {
        const Ranking *ranking = rankings[i];
        for (size_t row = 0; row < n_rows; row++)
            groups[row] = (uint16_t)(groups[row] * ranking->n_ranks + ranking_of(ranking, row));
    }
    return groups;
}

static Grouping *count_rows(const uint16_t *groups, size_t n_groups, size_t n_rows) {
    Grouping *grouping = g_new0(Grouping, 1);
    grouping->n_groups = n_groups;
    grouping->starts = g_new0(uint32_t, n_groups + 2);
    for (size_t row = 0; row < n_rows; row++) grouping->starts[groups[row] + 1]++;
    for (size_t k = 0; k < n_groups; k++) grouping->starts[k + 1] += grouping->starts[k];
    return grouping;
}

Grouping *grouping_sum(Ranking *const *rankings, size_t n, size_t n_rows, GroupSum *sums,
                       size_t n_sums) {
    size_t n_groups = count_groups(rankings, n);
    if (n_groups > MOST_GROUPS) return NULL;
    g_autofree uint16_t *groups = find_groups(rankings, n, n_rows);
    for (size_t i = 0; i < n_sums; i++) {
        GroupSum *sum = &sums[i];
        sum->sums = g_new0(int64_t, n_groups + 1);
        sum->counts = g_new0(uint32_t, n_groups + 1);
        for (size_t row = 0; row < n_rows; row++) {
            if (sum->is_null && sum->is_null[row]) continue;
            sum->sums[groups[row]] += sum->from[row];
            sum->counts[groups[row]]++;
        }
    }
    return count_rows(groups, n_groups, n_rows);
}

Grouping *grouping_new(Ranking *const *rankings, size_t n, size_t n_rows, const Payload *payloads,
                       size_t n_payloads) {
    size_t n_groups = count_groups(rankings, n);
    if (n_groups > MOST_GROUPS) return NULL;
    g_autofree uint16_t *groups = find_groups(rankings, n, n_rows);
    Grouping *grouping = count_rows(groups, n_groups, n_rows);
    grouping->rows = BIG_NEW(uint32_t, n_rows);
    g_autofree uint32_t *next = g_new(uint32_t, n_groups + 1);
    memcpy(next, grouping->starts, (n_groups + 1) * sizeof *next);
    for (size_t row = 0; row < n_rows; row++) {
        uint32_t at = next[groups[row]]++;
        grouping->rows[at] = (uint32_t)row;
        for (size_t p = 0; p < n_payloads; p++) payloads[p].to[at] = payloads[p].from[row];
    }
    return grouping;
}

void grouping_free(Grouping *grouping) {
    if (!grouping) return;
    g_free(grouping->rows);
    g_free(grouping->starts);
    g_free(grouping);
}

uint32_t grouping_rank(Ranking *const *rankings, size_t n, size_t i, size_t group) {
    for (size_t k = n; k-- > i + 1;) group /= rankings[k]->n_ranks;
    return (uint32_t)(group % rankings[i]->n_ranks);
}
