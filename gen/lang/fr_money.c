/* Money in words (`2,5 millions de dollars`), by symbol (`2,5 M$`) and in full. */
#include "lang/fr_format.h"
#include "lang/fr_marks.h"
#include "lang/fr_number.h"

#include <string.h>

typedef struct {
    const char *code, *sign, *singular, *plural;
} Currency;

/* A currency without a sign of its own in French text keeps its ISO code, set apart by a space. */
static const Currency currencies[] = {
    {"EUR", "€", "euro", "euros"},
    {"USD", "$", "dollar", "dollars"},
    {"GBP", "£", "livre sterling", "livres sterling"},
    {"JPY", "¥", "yen", "yens"},
    {"CHF", NULL, "franc suisse", "francs suisses"},
    {"CNY", NULL, "yuan", "yuans"},
    {"CAD", "$CA", "dollar canadien", "dollars canadiens"},
    {"KRW", "₩", "won", "wons"},
    {"BTC", NULL, "bitcoin", "bitcoins"},
    {"ETH", NULL, "ether", "ethers"},
};

static const Currency *currency_find(const char *code) {
    for (size_t i = 0; i < G_N_ELEMENTS(currencies); i++) {
        const Currency *c = &currencies[i];
        if (!g_ascii_strcasecmp(code, c->code) || (c->sign && !strcmp(code, c->sign))) return c;
    }
    return NULL;
}

const char *currency_sign(const char *code) {
    const Currency *currency = currency_find(code);
    return currency ? currency->sign : NULL;
}

static void append_words(GString *out, const Decimal *value, const char *code, int decimals) {
    const Currency *currency = currency_find(code);
    g_auto(Decimal) shown = {0};
    size_t scale = decimal_scale(value, scales_in_words, G_N_ELEMENTS(scales_in_words),
                                 decimals < 0 ? 2 : decimals, &shown);
    bool is_plural = number_is_plural(&shown);
    number_append(out, &shown, false, true);
    if (scale == 0) {
        const char *name = !currency ? code : is_plural ? currency->plural : currency->singular;
        if (*name) g_string_append_printf(out, NBSP "%s", name);
        return;
    }
    g_string_append_printf(out, NBSP "%s%s", scales_in_words[scale].word, is_plural ? "s" : "");
    if (!*code) return;
    g_autofree char *of = fr_elide("de", currency ? currency->plural : code);
    g_string_append_printf(out, " %s", of);
}

/* A sign is glued to its scale (M$), a code is not (M CHF). */
static void append_symbol(GString *out, const char *scale, const char *code) {
    const char *sign = currency_sign(code);
    if (*scale) g_string_append_printf(out, NBSP "%s", scale);
    if (!sign || !*scale) g_string_append(out, *code ? NBSP : "");
    g_string_append(out, sign ? sign : code);
}

static void append_plain(GString *out, const Decimal *value, const char *code, int decimals) {
    g_auto(Decimal) shown = decimal_copy(value);
    if (decimals < 0)
        decimal_trim(&shown);
    else
        decimal_round(&shown, decimals);
    number_append(out, &shown, false, true);
    append_symbol(out, "", code);
}

static void append_scaled(GString *out, const Decimal *value, const char *code, int decimals) {
    g_auto(Decimal) shown = {0};
    size_t scale =
        decimal_scale(value, scales_from_ten_thousand, G_N_ELEMENTS(scales_from_ten_thousand),
                      decimals < 0 ? 2 : decimals, &shown);
    if (scale == 0) {
        append_plain(out, value, code, decimals);
        return;
    }
    number_append(out, &shown, false, true);
    append_symbol(out, scales_from_ten_thousand[scale].symbol, code);
}

char *fr_money(const char *decimal, const char *currency, FrMoneyStyle style, int decimals) {
    g_auto(Decimal) value = {0};
    if (!decimal_parse(decimal, &value)) return g_strdup(decimal);
    GString *out = g_string_new(NULL);
    switch (style) {
    case FR_MONEY_WORDS: append_words(out, &value, currency, decimals); break;
    case FR_MONEY_SYMBOL: append_scaled(out, &value, currency, decimals); break;
    case FR_MONEY_FULL: append_plain(out, &value, currency, decimals); break;
    }
    return g_string_free(out, FALSE);
}
