/* Dictionary order: letters, then accents, then case; numbers by value. Unicode collation of CLDR
 * `fr`; in Canada accents are compared from the end. */
#include "lang/fr_format.h"

#include <glib.h>
#include <string.h>
#include <unicode/ucol.h>

struct FrOrder {
    UCollator *collator;
};

FrOrder *fr_order_new(FrLocale locale) {
    static const char *const names[] = {"fr", "fr_CA", "fr_CH"};
    UErrorCode status = U_ZERO_ERROR;
    FrOrder *order = g_new0(FrOrder, 1);
    order->collator = ucol_open(names[locale], &status);
    g_assert(U_SUCCESS(status));
    ucol_setAttribute(order->collator, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
    g_assert(U_SUCCESS(status));
    return order;
}

void fr_order_free(FrOrder *order) {
    if (!order) return;
    ucol_close(order->collator);
    g_free(order);
}

int fr_order_compare(const FrOrder *order, const char *a, size_t a_len, const char *b,
                     size_t b_len) {
    UErrorCode status = U_ZERO_ERROR;
    int result = ucol_strcollUTF8(order->collator, a, (int32_t)a_len, b, (int32_t)b_len, &status);
    if (U_SUCCESS(status) && result) return result;
    int bytes = memcmp(a, b, MIN(a_len, b_len));
    return bytes ? bytes : (a_len > b_len) - (a_len < b_len);
}

typedef struct {
    const char *item;
    size_t len, place;
} SortEntry;

static int sort_compare(const void *a, const void *b, void *order) {
    const SortEntry *x = a, *y = b;
    int result = fr_order_compare(order, x->item, x->len, y->item, y->len);
    return result ? result : (x->place > y->place) - (x->place < y->place);
}

void fr_sort(const char **items, size_t n, FrLocale locale) {
    g_autoptr(FrOrder) order = fr_order_new(locale);
    g_autofree SortEntry *entries = g_new(SortEntry, n + 1);
    for (size_t i = 0; i < n; i++) entries[i] = (SortEntry){items[i], strlen(items[i]), i};
    g_qsort_with_data(entries, (int)n, sizeof *entries, sort_compare, order);
    for (size_t i = 0; i < n; i++) items[i] = entries[i].item;
}
