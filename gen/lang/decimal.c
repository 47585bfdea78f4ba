#include "lang/decimal.h"

#include <string.h>

/* 10^±400 holds every double; beyond it, an exponent is an attack or a slip. */
enum { EXPONENT_MAX = 400 };

void decimal_clear(Decimal *value) {
    if (value->whole) g_string_free(value->whole, TRUE);
    if (value->fraction) g_string_free(value->fraction, TRUE);
    *value = (Decimal){0};
}

Decimal decimal_copy(const Decimal *value) {
    return (Decimal){.negative = value->negative,
                     .whole = g_string_new_len(value->whole->str, (gssize)value->whole->len),
                     .fraction =
                         g_string_new_len(value->fraction->str, (gssize)value->fraction->len)};
}

static bool is_all_zeros(const GString *digits) {
    return strspn(digits->str, "0") == digits->len;
}

bool decimal_is_zero(const Decimal *value) {
    return is_all_zeros(value->whole) && is_all_zeros(value->fraction);
}

static void normalise(Decimal *value) {
    g_string_erase(value->whole, 0, (gssize)strspn(value->whole->str, "0"));
    if (decimal_is_zero(value)) value->negative = false;
}

static const char *read_digits(const char *text, GString *digits) {
    size_t n = strspn(text, "0123456789");
    g_string_append_len(digits, text, (gssize)n);
    return text + n;
}

static bool read_exponent(const char *text, int *ret_power) {
    bool negative = *text == '-';
    if (*text == '-' || *text == '+') text++;
    int power = 0;
    if (!g_ascii_isdigit(*text)) return false;
    for (; g_ascii_isdigit(*text); text++) {
        power = power * 10 + (*text - '0');
        if (power > EXPONENT_MAX) return false;
    }
    *ret_power = negative ? -power : power;
    return *text == '\0';
}

bool decimal_parse(const char *text, Decimal *ret) {
    static const char minus[] = "\u2212";
    g_auto(Decimal) value = {.whole = g_string_new(NULL), .fraction = g_string_new(NULL)};
    if (*text == '-' || *text == '+') {
        value.negative = *text++ == '-';
    } else if (g_str_has_prefix(text, minus)) {
        value.negative = true;
        text += strlen(minus);
    }
    text = read_digits(text, value.whole);
    if (*text == '.') text = read_digits(text + 1, value.fraction);
    if (value.whole->len + value.fraction->len == 0) return false;
    int power = 0;
    if (*text == 'e' || *text == 'E') {
        if (!read_exponent(text + 1, &power)) return false;
    } else if (*text) {
        return false;
    }
    decimal_shift(&value, power);
    normalise(&value);
    *ret = value;
    value = (Decimal){0};
    return true;
}

void decimal_shift(Decimal *value, int power) {
    GString *from = power > 0 ? value->fraction : value->whole;
    size_t count = (size_t)(power > 0 ? power : -power);
    size_t have = MIN(count, from->len);
    if (power > 0) {
        g_string_append_len(value->whole, from->str, (gssize)have);
        g_string_erase(from, 0, (gssize)have);
        for (size_t i = have; i < count; i++) g_string_append_c(value->whole, '0');
    } else if (power < 0) {
        g_string_prepend_len(value->fraction, from->str + from->len - have, (gssize)have);
        g_string_truncate(from, from->len - have);
        for (size_t i = have; i < count; i++) g_string_prepend_c(value->fraction, '0');
    }
    normalise(value);
}

static void add_one_ulp(Decimal *value) {
    GString *parts[] = {value->fraction, value->whole};
    for (size_t p = 0; p < 2; p++) {
        for (size_t i = parts[p]->len; i-- > 0;) {
            if (parts[p]->str[i] != '9') {
                parts[p]->str[i]++;
                return;
            }
            parts[p]->str[i] = '0';
        }
    }
    g_string_prepend_c(value->whole, '1');
}

void decimal_round(Decimal *value, int places) {
    size_t keep = (size_t)CLAMP(places, 0, DECIMAL_MAX_PLACES);
    if (keep < value->fraction->len) {
        bool up = value->fraction->str[keep] >= '5';
        g_string_truncate(value->fraction, keep);
        if (up) add_one_ulp(value);
    }
    while (value->fraction->len < keep) g_string_append_c(value->fraction, '0');
    normalise(value); /* a rounded zero has no sign */
}

void decimal_trim(Decimal *value) {
    size_t n = value->fraction->len;
    while (n > 0 && value->fraction->str[n - 1] == '0') n--;
    g_string_truncate(value->fraction, n);
}

bool decimal_is_below(const Decimal *value, int power) {
    return value->whole->len <= (size_t)power;
}

size_t decimal_scale(const Decimal *value, const DecimalScale *scales, size_t n, int places,
                     Decimal *ret) {
    for (size_t i = 0;; i++) {
        Decimal scaled = decimal_copy(value);
        decimal_shift(&scaled, -scales[i].exponent);
        if (places >= 0) decimal_round(&scaled, places);
        if (i == n - 1 || decimal_is_below(&scaled, scales[i + 1].from - scales[i].exponent)) {
            decimal_trim(&scaled);
            *ret = scaled;
            return i;
        }
        decimal_clear(&scaled);
    }
}
