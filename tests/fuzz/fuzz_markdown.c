/* Inline Markdown of any text: the spans must add up to the text, whatever typography did to it. */
#include "fuzz.h"

#include "report/rich.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 4096 || memchr(data, 0, size)) return 0;
    g_autofree char *raw = g_strndup((const char *)data, size);
    g_autofree char *text = g_utf8_make_valid(raw, -1);
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Diag) diag = diag_new();
    RichText rich = rich_parse(text, (RichContext){0}, (Span){0}, arena, diag);
    size_t total = 0;
    for (size_t i = 0; i < rich.n; i++) {
        g_assert_true(rich.spans[i].text == rich.plain + total);
        total += rich.spans[i].len;
    }
    g_assert_cmpuint(total, ==, strlen(rich.plain));
    g_assert_true(g_utf8_validate(rich.plain, -1, NULL));
    return 0;
}
