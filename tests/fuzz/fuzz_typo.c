/* French typography of any text, plain and in markup: idempotent, or refused when it is not UTF-8.
 */
#include "fuzz.h"

#include "lang/fr_typo.h"

#include <string.h>

static void check(const char *text, FrTypoFlags flags) {
    g_autofree char *once = fr_typo(text, flags, NULL);
    g_assert_true((once != NULL) == g_utf8_validate(text, -1, NULL));
    if (!once) return;
    g_autofree char *twice = fr_typo(once, flags, NULL);
    g_assert_cmpstr(twice, ==, once);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 4096 || memchr(data, 0, size)) return 0;
    g_autofree char *text = g_strndup((const char *)data, size);
    check(text, FR_TYPO_PLAIN);
    check(text, FR_TYPO_MARKUP);
    return 0;
}
