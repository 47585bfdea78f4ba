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

static Theme *parse_typography(Scratch *scratch, const char *line) {
    g_autofree char *text = g_strdup_printf("  families: {}\ntypography:\n%s", line);
    g_autofree char *fonts = g_strdup_printf("fonts:\n%s\nmedia: {}\n", text);
    g_autoptr(GBytes) bytes = g_bytes_new(fonts, strlen(fonts));
    g_autoptr(Source) source = source_new("theme.yaml", bytes);
    Node *root = node_parse(source, scratch->arena, scratch->diag);
    g_assert_nonnull(root);
    return theme_parse(root, scratch->arena, scratch->diag);
}

static void test_typography(void) {
    g_auto(Scratch) scratch = scratch_new();
    const Theme *theme = parse_typography(&scratch, "  guillemet_space: nnbsp\n"
                                                    "  unit_space: nnbsp\n"
                                                    "  incise_dash: em\n"
                                                    "  range_dash: hyphen\n"
                                                    "  locale: fr-CH\n"
                                                    "  brands: [\"Hop!\", Oui]\n");
    assert_faults(&scratch, 0);
    FrTypoOptions options = theme->typography;
    g_assert_cmpint(options.guillemet_space, ==, FR_SPACE_NNBSP);
    g_assert_cmpint(options.unit_space, ==, FR_SPACE_NNBSP);
    g_assert_cmpint(options.incise_dash, ==, FR_INCISE_EM);
    g_assert_cmpint(options.range_dash, ==, FR_RANGE_HYPHEN);
    g_assert_cmpint(options.locale, ==, FR_TYPO_SWITZERLAND);
    g_assert_cmpstr(options.brands[0], ==, "Hop!");
    g_assert_cmpstr(options.brands[1], ==, "Oui");
    g_assert_null(options.brands[2]);
    theme = parse_typography(&scratch, "  locale: fr-FR\n  incise_dash:\n");
    assert_faults(&scratch, 0);
    g_assert_cmpint(theme->typography.locale, ==, FR_TYPO_FRANCE);
    g_assert_cmpint(theme->typography.incise_dash, ==, FR_INCISE_EN);
}

static void test_typography_faults(void) {
    g_auto(Scratch) scratch = scratch_new();
    g_assert_null(parse_typography(&scratch, "  guillemet_space: nbps\n"));
    assert_faults(&scratch, 1);
    assert_fault(&scratch, 0, 4, 20, "unknown-value",
                 "typography.guillemet_space: « nbps » is not a value it takes",
                 "did you mean nbsp? (nbsp, nnbsp)");
    scratch_reset(&scratch);
    g_assert_null(parse_typography(&scratch, "  range_dash: [en]\n"));
    assert_fault(&scratch, 0, 4, 15, "unknown-value",
                 "typography.range_dash: « … » is not a value it takes", "use one of: en, hyphen");
    scratch_reset(&scratch);
    g_assert_null(parse_typography(&scratch, "  brands: [\"\"]\n"));
    assert_faults(&scratch, 1);
    scratch_reset(&scratch);
    g_assert_null(parse_typography(&scratch, "  local: fr-CA\n"));
    assert_fault(&scratch, 0, 4, 3, "unknown-key", "unknown key `local` in `typography`",
                 "did you mean `locale`?");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/project/theme/hyphenation", test_hyphenation);
    g_test_add_func("/project/theme/faults", test_faults);
    g_test_add_func("/project/theme/typography", test_typography);
    g_test_add_func("/project/theme/typography_faults", test_typography_faults);
    return g_test_run();
}
