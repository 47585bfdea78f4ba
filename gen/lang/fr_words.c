/* Words that follow a number: plurals, ordinals, centuries; and lists of words. */
#include "lang/fr_format.h"
#include "lang/fr_marks.h"
#include "lang/fr_number.h"

#include <string.h>

bool number_is_plural(const Decimal *shown) {
    if (shown->whole->len != 1) return shown->whole->len > 1;
    return shown->whole->str[0] >= '2';
}

bool fr_is_plural(const char *shown) {
    g_autoptr(GString) plain = g_string_new(shown);
    static const char *const spaces[] = {NNBSP, NBSP, " "};
    for (size_t i = 0; i < G_N_ELEMENTS(spaces); i++) g_string_replace(plain, spaces[i], "", 0);
    g_string_replace(plain, ",", ".", 1);
    g_auto(Decimal) value = {0};
    return decimal_parse(plain->str, &value) && number_is_plural(&value);
}

char *fr_counted(const char *decimal, const char *singular, const char *plural) {
    g_autofree char *shown = fr_number(decimal, NULL);
    return g_strconcat(shown, NBSP, fr_is_plural(shown) ? plural : singular, NULL);
}

char *fr_ordinal(int n, bool feminine, bool plural) {
    g_autofree char *digits = g_strdup_printf("%d", n);
    g_autofree char *shown = fr_number(digits, NULL);
    const char *ending = n != 1 ? "e" : feminine ? "re" : "er";
    return g_strconcat(shown, ending, plural ? "s" : "", NULL);
}

char *fr_century(int century) {
    static const struct {
        int value;
        const char *digits;
    } roman[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                 {90, "XC"},  {50, "L"},   {40, "XL"}, {10, "X"},   {9, "IX"},
                 {5, "V"},    {4, "IV"},   {1, "I"}};
    if (century < 1 || century > 3999) {
        g_autofree char *ordinal = fr_ordinal(century, false, false);
        return g_strconcat(ordinal, NBSP "siècle", NULL);
    }
    GString *out = g_string_new(NULL);
    int left = century;
    for (size_t i = 0; i < G_N_ELEMENTS(roman); i++)
        for (; left >= roman[i].value; left -= roman[i].value)
            g_string_append(out, roman[i].digits);
    g_string_append_printf(out, "%s" NBSP "siècle", century == 1 ? "er" : "e");
    return g_string_free(out, FALSE);
}

char *fr_list(const char *const *items, size_t n, const char *conj) {
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && i == n - 1)
            g_string_append_printf(out, " %s ", conj ? conj : "et");
        else if (i > 0)
            g_string_append(out, ", ");
        g_string_append(out, items[i]);
    }
    return g_string_free(out, FALSE);
}
