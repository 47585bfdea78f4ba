/* French typography of any text, plain and in markup: idempotent, or refused when it is not UTF-8.
 * What is raised or in small capitals in it: letters, in order. */
#include "fuzz.h"

#include "lang/fr_display.h"
#include "lang/fr_typo.h"

#include <string.h>

static void check(const char *text, FrTypoFlags flags) {
    g_autofree char *once = fr_typo(text, flags, NULL);
    g_assert_true((once != NULL) == g_utf8_validate(text, -1, NULL));
    if (!once) return;
    g_autofree char *twice = fr_typo(once, flags, NULL);
    g_assert_cmpstr(twice, ==, once);
}

static void check_display(const char *text) {
    size_t len = strlen(text), at = 0;
    if (!g_utf8_validate(text, (gssize)len, NULL)) return;
    g_autoptr(GArray) spans = fr_display_find(text, len);
    for (guint i = 0; i < spans->len; i++) {
        const FrDisplaySpan *span = &g_array_index(spans, FrDisplaySpan, i);
        g_assert_true(span->start >= at && span->end > span->start && span->end <= len);
        for (at = span->start; at < span->end; at++) g_assert_true(g_ascii_isalpha(text[at]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 4096 || memchr(data, 0, size)) return 0;
    g_autofree char *text = g_strndup((const char *)data, size);
    check(text, FR_TYPO_PLAIN);
    check(text, FR_TYPO_MARKUP);
    check_display(text);
    return 0;
}
