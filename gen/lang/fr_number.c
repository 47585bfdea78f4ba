/* Numbers, percentages, units, counts on a scale, axes and ranges. */
#include "lang/fr_number.h"
#include "lang/fr_format.h"
#include "lang/fr_marks.h"

#include <string.h>

const DecimalScale scales_from_thousand[4] = {
    {0, 0, "", ""}, {3, 3, "k", ""}, {6, 6, "M", ""}, {9, 9, "Md", ""}};
const DecimalScale scales_from_ten_thousand[4] = {
    {0, 0, "", ""}, {3, 4, "k", ""}, {6, 6, "M", ""}, {9, 9, "Md", ""}};
const DecimalScale scales_in_words[3] = {
    {0, 0, "", ""}, {6, 6, "", "million"}, {9, 9, "", "milliard"}};

static const FrNumber as_given = {.decimals = -1};

void number_append(GString *out, const Decimal *value, bool sign_always, bool group) {
    if (value->negative)
        g_string_append(out, MINUS);
    else if (sign_always && !decimal_is_zero(value))
        g_string_append_c(out, '+');

    size_t n = value->whole->len;
    if (n == 0) g_string_append_c(out, '0');
    for (size_t i = 0; i < n; i++) {
        if (group && i > 0 && (n - i) % 3 == 0) g_string_append(out, NNBSP);
        g_string_append_c(out, value->whole->str[i]);
    }
    if (value->fraction->len > 0) g_string_append_printf(out, ",%s", value->fraction->str);
}

static void number_apply(Decimal *value, const FrNumber *opt) {
    if (opt->decimals >= 0) decimal_round(value, opt->decimals);
    if (opt->decimals < 0 || opt->max_decimals) decimal_trim(value);
}

/* The number times 10^power, then what follows it. */
static char *number_print(const char *decimal, int power, const FrNumber *opt, const char *after) {
    g_auto(Decimal) value = {0};
    if (!decimal_parse(decimal, &value)) return g_strdup(decimal);
    if (!opt) opt = &as_given;
    decimal_shift(&value, power);
    number_apply(&value, opt);
    GString *out = g_string_new(NULL);
    number_append(out, &value, opt->sign_always, !opt->no_group);
    g_string_append(out, after);
    return g_string_free(out, FALSE);
}

/* The space that parts a number from its unit, and the unit. */
static char *unit_suffix(const char *unit) {
    bool is_glued = !*unit || !strcmp(unit, "°");
    return g_strconcat(is_glued ? "" : NBSP, unit, NULL);
}

char *fr_number(const char *decimal, const FrNumber *opt) {
    return number_print(decimal, 0, opt, "");
}

char *fr_percent(const char *decimal, bool is_ratio, const FrNumber *opt) {
    return number_print(decimal, is_ratio ? 2 : 0, opt, NBSP "%");
}

char *fr_unit(const char *decimal, const char *unit, const FrNumber *opt) {
    g_autofree char *suffix = unit_suffix(unit);
    return number_print(decimal, 0, opt, suffix);
}

char *fr_compact(const char *decimal, int decimals) {
    g_auto(Decimal) value = {0}, shown = {0};
    if (!decimal_parse(decimal, &value)) return g_strdup(decimal);
    size_t scale = decimal_scale(&value, scales_from_thousand, G_N_ELEMENTS(scales_from_thousand),
                                 decimals < 0 ? 1 : decimals, &shown);
    GString *out = g_string_new(NULL);
    number_append(out, &shown, false, true);
    if (scale > 0) g_string_append_printf(out, NBSP "%s", scales_from_thousand[scale].symbol);
    return g_string_free(out, FALSE);
}

/* The scale of the largest magnitude, so that the labels of one axis compare at a glance. */
static const DecimalScale *axis_scale(const char *const *decimals, size_t n) {
    const DecimalScale *scale = &scales_from_ten_thousand[0];
    for (size_t i = 0; i < n; i++) {
        g_auto(Decimal) value = {0}, shown = {0};
        if (!decimal_parse(decimals[i], &value)) continue;
        const DecimalScale *own = &scales_from_ten_thousand[decimal_scale(
            &value, scales_from_ten_thousand, G_N_ELEMENTS(scales_from_ten_thousand), -1, &shown)];
        if (own->exponent > scale->exponent) scale = own;
    }
    return scale;
}

static char *axis_suffix(const DecimalScale *scale, const char *unit) {
    const char *sign = currency_sign(unit);
    if (sign) return g_strconcat(NBSP, scale->symbol, sign, NULL);
    if (scale->exponent > 0) return g_strconcat(NBSP, scale->symbol, NULL);
    return unit_suffix(unit);
}

static char *axis_label(const char *decimal, const DecimalScale *scale, const FrNumber *opt,
                        const char *suffix) {
    g_auto(Decimal) value = {0};
    if (decimal_parse(decimal, &value) && decimal_is_zero(&value)) return g_strdup("0");
    return number_print(decimal, -scale->exponent, opt, suffix);
}

char **fr_axis(const char *const *decimals, size_t n, const char *unit, FrAxis axis) {
    bool is_year = axis == FR_AXIS_YEARS;
    bool can_scale = !is_year && (!*unit || currency_sign(unit));
    const DecimalScale *scale = can_scale ? axis_scale(decimals, n) : &scales_from_ten_thousand[0];
    g_autofree char *suffix = is_year ? g_strdup("") : axis_suffix(scale, unit);
    g_autofree char *bare = axis_suffix(scale, "");
    FrNumber opt = {.decimals = -1, .no_group = is_year};

    char **labels = g_new0(char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool has_unit = axis != FR_AXIS_LAST || i == n - 1;
        labels[i] = axis_label(decimals[i], scale, &opt, has_unit ? suffix : bare);
    }
    return labels;
}

char *fr_range(const char *from, const char *to, const char *unit, bool prose) {
    g_auto(Decimal) low = {0}, high = {0};
    bool is_read = decimal_parse(from, &low) && decimal_parse(to, &high);
    if (is_read && (low.negative || high.negative)) prose = true;
    g_autofree char *first = fr_number(from, NULL);
    g_autofree char *last = fr_unit(to, unit, NULL);
    return prose ? g_strdup_printf("de %s à %s", first, last)
                 : g_strconcat(first, EN_DASH, last, NULL);
}
