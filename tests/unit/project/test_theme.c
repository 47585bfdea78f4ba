#include "project/theme.h"

#include "scratch.h"

#include <string.h>

#define THEME "fonts:\n  dirs: [/x]\n%s  families: {serif: S}\nmedia: {}\n"

static Theme *parse(Scratch *scratch, const char *line) {
    g_autofree char *text = g_strdup_printf(THEME, line);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(Source) source = source_new("theme.yaml", bytes);
    Node *root = node_parse(source, scratch->arena, scratch->diag);
    g_assert_nonnull(root);
    return theme_parse(root, scratch->arena, scratch->diag);
}

static void test_hyphenation(void) {
    g_auto(Scratch) scratch = scratch_new();
    Theme *theme = parse(&scratch, "  hyphenation: /usr/share/hyphen/hyph_fr.dic\n");
    assert_faults(&scratch, 0);
    g_assert_cmpstr(theme->hyphenation, ==, "/usr/share/hyphen/hyph_fr.dic");
    g_assert_cmpuint(theme->hyphenation_span.len, ==, strlen("/usr/share/hyphen/hyph_fr.dic"));
    g_assert_cmpstr(theme->font_dirs[0], ==, "/x");
    theme = parse(&scratch, "");
    assert_faults(&scratch, 0);
    g_assert_null(theme->hyphenation);
}

static void test_faults(void) {
    g_auto(Scratch) scratch = scratch_new();
    g_assert_null(parse(&scratch, "  hyphenation: [a]\n"));
    assert_faults(&scratch, 1);
    assert_fault(&scratch, 0, 3, 16, "type-error", "`hyphenation` is a list, not a text",
                 "a text that starts with « [ » must be between quotes");
    scratch_reset(&scratch);
    g_assert_null(parse(&scratch, "  hyphenaton: a\n"));
    assert_fault(&scratch, 0, 3, 3, "unknown-key", "unknown key `hyphenaton` in `fonts`",
                 "did you mean `hyphenation`?");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/project/theme/hyphenation", test_hyphenation);
    g_test_add_func("/project/theme/faults", test_faults);
    return g_test_run();
}
