#include "report/alt_say.h"

#include "lang/fr_format.h"
#include "lang/fr_number.h"
#include "report/filters.h"

#include <string.h>

typedef struct {
    const char *symbol, *one, *many;
} UnitName;

static const UnitName unit_names[] = {
    {"%", "pour cent", "pour cent"},
    {"km", "kilomètre", "kilomètres"},
    {"m", "mètre", "mètres"},
    {"cm", "centimètre", "centimètres"},
    {"mm", "millimètre", "millimètres"},
    {"km²", "kilomètre carré", "kilomètres carrés"},
    {"m²", "mètre carré", "mètres carrés"},
    {"m³", "mètre cube", "mètres cubes"},
    {"ha", "hectare", "hectares"},
    {"kg", "kilogramme", "kilogrammes"},
    {"g", "gramme", "grammes"},
    {"t", "tonne", "tonnes"},
    {"kt", "kilotonne", "kilotonnes"},
    {"Mt", "mégatonne", "mégatonnes"},
    {"km/h", "kilomètre à l’heure", "kilomètres à l’heure"},
    {"min", "minute", "minutes"},
    {"h", "heure", "heures"},
    {"s", "seconde", "secondes"},
    {"j", "jour", "jours"},
    {"°C", "degré Celsius", "degrés Celsius"},
    {"kW", "kilowatt", "kilowatts"},
    {"MW", "mégawatt", "mégawatts"},
    {"GW", "gigawatt", "gigawatts"},
    {"kWh", "kilowattheure", "kilowattheures"},
    {"MWh", "mégawattheure", "mégawattheures"},
    {"GWh", "gigawattheure", "gigawattheures"},
    {"TWh", "térawattheure", "térawattheures"},
};

static const UnitName *unit_name(const char *symbol) {
    for (size_t i = 0; i < G_N_ELEMENTS(unit_names); i++)
        if (g_str_equal(unit_names[i].symbol, symbol)) return &unit_names[i];
    return NULL;
}

static bool is_code(const char *text) {
    return strlen(text) == 3 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

static bool is_currency(const char *unit) {
    return is_code(unit) || currency_sign(unit);
}

/* `2 dollars`: the words of an amount, without the amount. */
static const char *currency_words(const char *currency, Arena *arena) {
    const char *two =
        say_plain(arena_take(arena, fr_money("2", currency, FR_MONEY_WORDS, 0)), arena);
    const char *space = strchr(two, ' ');
    return space ? space + 1 : "";
}

Saying saying_plain(void) {
    return (Saying){.filter = "number", .measure = "la valeur"};
}

static Saying saying_of_money(const char *currency, Arena *arena) {
    return (Saying){.filter = "money",
                    .args = {"words", *currency ? currency : "none"},
                    .n_args = 2,
                    .measure = *currency ? arena_printf(arena, "le montant, en %s",
                                                        currency_words(currency, arena))
                                         : "le montant"};
}

static const char *number_of(const char *noun, Arena *arena) {
    return arena_printf(arena, "le nombre %s", arena_take(arena, fr_elide("de", noun)));
}

Saying saying_of_noun(const char *one, const char *many, Arena *arena) {
    return (Saying){.filter = "count",
                    .args = {one, many},
                    .n_args = 2,
                    .measure = number_of(many, arena),
                    .is_noun = true};
}

/* A noun of which there is one loses the s of its plural. */
static const char *singular_of(const char *noun, Arena *arena) {
    size_t n = strlen(noun);
    return n > 1 && noun[n - 1] == 's' ? arena_strndup(arena, noun, n - 1) : noun;
}

/* `M€`, `Md$`: values are in millions or billions already. */
static bool saying_of_scaled(const char *unit, Arena *arena, Saying *saying) {
    static const struct {
        const char *prefix, *one, *many;
    } scales[] = {{"Md", "milliard", "milliards"}, {"M", "million", "millions"}};
    for (size_t i = 0; i < G_N_ELEMENTS(scales); i++) {
        size_t n = strlen(scales[i].prefix);
        const char *sign = g_str_has_prefix(unit, scales[i].prefix) ? unit + n : "";
        if (!*sign || !currency_sign(sign)) continue;
        const char *of = arena_take(arena, fr_elide("de", currency_words(sign, arena)));
        saying->one = arena_printf(arena, "%s %s", scales[i].one, of);
        saying->many = arena_printf(arena, "%s %s", scales[i].many, of);
        saying->measure = arena_printf(arena, "le montant, en %s", saying->many);
        return true;
    }
    return false;
}

Saying saying_of_unit(const char *unit, Arena *arena) {
    Saying saying = saying_plain();
    if (!unit || !*unit) return saying;
    /* The filter knows codes alone; a sign that is no dollar is said through its code. */
    if (is_currency(unit))
        return saying_of_money(g_str_equal(unit, "$")   ? "USD"
                               : g_str_equal(unit, "€") ? "EUR"
                               : g_str_equal(unit, "£") ? "GBP"
                               : g_str_equal(unit, "¥") ? "JPY"
                                                        : unit,
                               arena);
    if (saying_of_scaled(unit, arena, &saying)) return saying;
    const UnitName *known = unit_name(unit);
    saying.one = known ? known->one : singular_of(unit, arena);
    saying.many = known ? known->many : unit;
    saying.is_noun = !known;
    saying.measure =
        known ? arena_printf(arena, "la valeur, en %s", known->many) : number_of(unit, arena);
    return saying;
}

static void take_args(Saying *saying, const char *const *words, size_t n) {
    saying->filter = words[0];
    for (size_t i = 1; i < n && saying->n_args < G_N_ELEMENTS(saying->args); i++)
        saying->args[saying->n_args++] = words[i];
}

static const char *currency_among(const char *const *words, size_t n) {
    for (size_t i = 1; i < n; i++) {
        if (is_code(words[i])) return words[i];
        if (g_str_equal(words[i], "none")) return "";
    }
    return "USD";
}

bool saying_of_filter(const char *const *words, size_t n, Arena *arena, Saying *ret) {
    const char *filter = n ? words[0] : "";
    Saying saying = saying_plain();
    if (g_str_equal(filter, "money")) {
        saying = saying_of_money(currency_among(words, n), arena);
    } else if (g_str_equal(filter, "unit") && n > 1) {
        saying = saying_of_unit(words[1], arena);
    } else if (g_str_equal(filter, "percent")) {
        take_args(&saying, words, n);
        saying.measure = "le pourcentage";
    } else if ((g_str_equal(filter, "count") || g_str_equal(filter, "count_words")) && n == 3) {
        saying = saying_of_noun(words[1], words[2], arena);
    } else {
        return false;
    }
    *ret = saying;
    return true;
}

const char *say_value(const Saying *saying, Value value, Arena *arena) {
    const char *problem, *hint;
    if (!filter_apply(saying->filter, saying->args, saying->n_args, &value, arena, &problem, &hint))
        value = (Value){.kind = VALUE_TEXT, .text = filter_default(value, arena)};
    const char *text = value.kind == VALUE_TEXT ? value.text : value_plain(value, arena);
    if (saying->many)
        text = arena_printf(arena, "%s %s", text, fr_is_plural(text) ? saying->many : saying->one);
    return say_plain(text, arena);
}

const char *say_values(const Saying *saying, Value from, Value to, Arena *arena) {
    if (value_number(from) == value_number(to)) return say_value(saying, to, arena);
    /* The unit is said once, when it is said apart. */
    Saying bare = *saying;
    bare.one = bare.many = NULL;
    return arena_printf(arena, "%s à %s", say_value(&bare, from, arena),
                        say_value(saying, to, arena));
}

const char *say_date(Date date, Arena *arena) {
    return say_plain(arena_take(arena, fr_date(date, FR_DATE_PROSE)), arena);
}

/* A day that begins or ends a year or a month stands for it, when the other end does so too. */
static Date widen(int32_t first, int32_t last) {
    int y0, m0, d0, y1, m1, d1;
    date_civil(first, &y0, &m0, &d0);
    date_civil(last, &y1, &m1, &d1);
    bool has_months = d0 == 1 && d1 == date_days_in_month(y1, m1);
    if (has_months && m0 == 1 && m1 == 12)
        return y0 == y1 ? date_from_ymd(y0, 0, 0)
                        : date_span(date_from_ymd(y0, 0, 0), date_from_ymd(y1, 0, 0));
    if (has_months)
        return y0 == y1 && m0 == m1 ? date_from_ymd(y0, m0, 0)
                                    : date_span(date_from_ymd(y0, m0, 0), date_from_ymd(y1, m1, 0));
    return first == last ? date_of_day(first) : date_span(date_of_day(first), date_of_day(last));
}

const char *say_span(Date from, Date to, Arena *arena) {
    if (!date_has_start(from) || !date_has_end(to)) return say_date(date_span(from, to), arena);
    return say_date(widen(from.first, to.last), arena);
}

const char *say_plain(const char *text, Arena *arena) {
    g_autoptr(GString) out = g_string_new(text);
    g_string_replace(out, "\u00A0", " ", 0);
    g_string_replace(out, "\u202F", " ", 0);
    g_string_replace(out, "\u00AD", "", 0);
    return arena_strndup(arena, out->str, out->len);
}

/* ---- texts made for the eye */

/* `1 460,5` as digits alone. */
static char *digits_of(const char *shown, int power) {
    g_autoptr(GString) out = g_string_new(shown);
    g_string_replace(out, " ", "", 0);
    g_string_replace(out, ",", ".", 0);
    g_auto(Decimal) value = {0};
    if (!decimal_parse(out->str, &value)) return NULL;
    decimal_shift(&value, power);
    g_autoptr(GString) digits = g_string_new(NULL);
    number_append(digits, &value, false, false);
    g_string_replace(digits, ",", ".", 0);
    return g_string_free(g_steal_pointer(&digits), FALSE);
}

static gboolean put_money(const GMatchInfo *match, GString *out, [[maybe_unused]] void *user) {
    g_autofree char *number = g_match_info_fetch(match, 1), *scale = g_match_info_fetch(match, 2),
                    *sign = g_match_info_fetch(match, 3);
    int power = g_str_equal(scale, "Md") ? 9 : g_str_equal(scale, "M") ? 6 : *scale ? 3 : 0;
    g_autofree char *digits = digits_of(number, power);
    g_autofree char *words = digits ? fr_money(digits, sign, FR_MONEY_WORDS, -1) : NULL;
    g_autofree char *shown = g_match_info_fetch(match, 0);
    g_string_append(out, words ? words : shown);
    return FALSE;
}

static gboolean put_unit(const GMatchInfo *match, GString *out, [[maybe_unused]] void *user) {
    g_autofree char *number = g_match_info_fetch(match, 1), *symbol = g_match_info_fetch(match, 2);
    const UnitName *unit = unit_name(symbol);
    const char *name = !unit ? symbol : fr_is_plural(number) ? unit->many : unit->one;
    g_string_append_printf(out, "%s %s", number, name);
    return FALSE;
}

static gboolean put_month(const GMatchInfo *match, GString *out, [[maybe_unused]] void *user) {
    g_autofree char *abbreviation = g_match_info_fetch(match, 0);
    for (int month = 1; month <= 12; month++)
        if (g_str_equal(fr_month(month, true), abbreviation))
            g_string_append(out, fr_month(month, false));
    return FALSE;
}

static char *replace(char *text, const char *pattern, GRegexEvalCallback put) {
    g_autofree char *before = text;
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    return g_regex_replace_eval(regex, before, -1, 0, 0, put, NULL, NULL);
}

#define NUMBER "(\\d+(?: \\d{3})*(?:,\\d+)?)"

const char *say_text(const char *text, Arena *arena) {
    g_autoptr(GString) line = g_string_new(say_plain(text, arena));
    g_string_replace(line, "\n", " ", 0);
    char *said = g_string_free(g_steal_pointer(&line), FALSE);
    said = replace(said, NUMBER " ?(Md|M|k|) ?([$€£])", put_money);
    said = replace(said, NUMBER " (km/h|km²|km|kt|Mt|kg|[kMGT]Wh|[kMG]W|ha|m²|m)(?![\\w/’²])",
                   put_unit);
    said = replace(said, "\\b(janv|févr|avr|juill|sept|oct|nov|déc)\\.(?= \\d)", put_month);
    return say_plain(arena_take(arena, said), arena);
}

/* Words that begin a title with a capital and would not keep it. */
static bool is_small_word(const char *word) {
    static const char *const words[] = {
        "le",        "la",     "les",      "l",      "un",     "une",     "des",      "du",
        "de",        "d",      "ce",       "ces",    "cette",  "en",      "au",       "aux",
        "dans",      "depuis", "sur",      "sous",   "avec",   "sans",    "pour",     "par",
        "entre",     "plus",   "deux",     "trois",  "quatre", "cinq",    "six",      "sept",
        "huit",      "neuf",   "dix",      "onze",   "douze",  "selon",   "après",    "avant",
        "vers",      "chaque", "qui",      "quand",  "où",     "comment", "pourquoi", "tous",
        "toutes",    "treize", "quatorze", "quinze", "seize",  "vingt",   "trente",   "quarante",
        "cinquante", "cent",   "mille",    NULL};
    return g_strv_contains(words, word);
}

const char *say_within(const char *text, Arena *arena) {
    const char *end = text;
    while (g_unichar_isalpha(g_utf8_get_char(end))) end = g_utf8_next_char(end);
    g_autofree char *word = g_strndup(text, (size_t)(end - text));
    g_autofree char *lower = g_utf8_strdown(word, -1);
    return is_small_word(lower) ? arena_printf(arena, "%s%s", lower, end) : text;
}
