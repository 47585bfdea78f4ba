#include "lang/typo_units.h"
#include "lang/fr_marks.h"

static const char *const symbols[] = {
    "km/h", "km²",    "km2", "km",  "cm²", "cm2", "cm³", "cm",  "mm",     "mg", "m²", "m2",  "m³",
    "m3",   "min",    "ms",  "mL",  "ml",  "kWh", "kW",  "kHz", "kg",     "kt", "ko", "MWh", "MW",
    "MHz",  "Mbit/s", "Mo",  "Mt",  "Md",  "GWh", "GW",  "GHz", "Gbit/s", "Go", "Gt", "TWh", "To",
    "Po",   "Pa",     "Hz",  "hPa", "hl",  "ha",  "dB",  "cl",  "Wh",     "px", "pt", NULL,
};
static const char *const letters[] = {"m", "g", "s", "t", "l", "L", "h", "W", "o", "k", "M", NULL};
static const char *const codes[] = {"EUR", "USD", "GBP", "JPY", "CHF", "CAD",  "CNY",  "KRW", "BTC",
                                    "ETH", "XRP", "SOL", "BNB", "TRX", "USDT", "USDC", NULL};
static const char *const money_words[] = {"euro", "euros", "dollar", "dollars", NULL};
static const char *const words[] = {
    "mille",  "million", "millions", "milliard", "milliards", "an",     "ans",
    "jour",   "jours",   "mois",     "semaine",  "semaines",  "heure",  "heures",
    "minute", "minutes", "seconde",  "secondes", "point",     "points", NULL,
};

/* A unit stands alone: `10 t-shirts` and `20 l’an` hold none. */
static bool stands_alone(const Text *text, size_t end) {
    gunichar after = text_at(text, end);
    return !is_alnum(after) && !is_one_of(after, "-_'" APOSTROPHE "²³\u2011");
}

static size_t match_alone(const Text *text, size_t i, const char *const *list) {
    gunichar first = text_at(text, i);
    for (; *list; list++) {
        if ((guchar) * *list != first) continue; /* they start with a letter of ASCII */
        size_t n = match(text, i, *list);
        if (n > 0 && stands_alone(text, i + n)) return n;
    }
    return 0;
}

static size_t currency_end(const Text *text, size_t i) {
    size_t sign = i;
    if (match(text, i, "Md"))
        sign = i + 2;
    else if (is_one_of(text_at(text, i), "kMG"))
        sign = i + 1;
    if (!is_one_of(text_at(text, sign), "€$£¥")) return i;
    size_t end = sign + 1;
    if (text_at(text, sign) == '$' && (match(text, end, "US") || match(text, end, "CA"))) end += 2;
    return is_alnum(text_at(text, end)) ? i : end;
}

/* `M.` before a name is a title, and a page or line number may end its sentence. */
static bool is_title(const Text *text, size_t i, size_t end) {
    return text_at(text, i) == 'M' && text_at(text, end) == '.';
}

static Unit spaced_unit(const Text *text, size_t i) {
    Unit unit = {.first = i, .is_spaced = true};
    size_t n = match_alone(text, i, letters);
    if (n > 0 && !is_title(text, i, i + n)) {
        unit.kind = UNIT_LETTER;
    } else if ((n = match_alone(text, i, codes))) {
        unit.kind = UNIT_CODE;
    } else if ((n = match_alone(text, i, money_words))) {
        unit.kind = UNIT_WORD;
        unit.is_money = true;
    } else if ((n = match_alone(text, i, words))) {
        unit.kind = UNIT_WORD;
    } else {
        n = 0;
    }
    unit.end = i + n;
    return unit;
}

Unit unit_after(const Text *text, size_t i) {
    size_t first = skip_spaces(text, i);
    Unit unit = {.first = first, .end = first, .is_spaced = first > i};
    gunichar c = text_at(text, first);
    if (is_one_of(c, "%‰") && !is_alnum(text_at(text, first + 1))) {
        unit.kind = UNIT_PERCENT;
        unit.end = first + 1;
        return unit;
    }
    size_t end = currency_end(text, first);
    if (end > first) {
        unit.kind = UNIT_CURRENCY;
        unit.end = end;
        return unit;
    }
    bool is_degree = c == 0xb0 && is_one_of(text_at(text, first + 1), "CF");
    size_t n = is_degree && stands_alone(text, first + 2) ? 2 : match_alone(text, first, symbols);
    if (n > 0) {
        unit.kind = UNIT_SYMBOL;
        unit.end = first + n;
        return unit;
    }
    return unit.is_spaced ? spaced_unit(text, first) : unit;
}
