/* Filters of numbers: quantities, money, counts, ranks. */
#include "report/filter_call.h"

#include "base/i18n.h"
#include "lang/fr_format.h"

#include <string.h>

const char *apply_number(Call *call, Value value) {
    FrNumber options = {.sign_always = call_take_flag(call, "sign")};
    if (!call_take_decimals(call, &options.decimals)) return NULL;
    return call_keep(call, fr_number(value_decimal(value, call->arena), &options));
}

const char *apply_percent(Call *call, Value value) {
    bool is_ratio = call_take_flag(call, "ratio");
    FrNumber options = {.sign_always = call_take_flag(call, "sign")};
    if (!call_take_decimals(call, &options.decimals)) return NULL;
    return call_keep(call, fr_percent(value_decimal(value, call->arena), is_ratio, &options));
}

const char *apply_unit(Call *call, Value value) {
    const char *unit = call->args[call->at++];
    FrNumber options = {.sign_always = call_take_flag(call, "sign")};
    if (!call_take_decimals(call, &options.decimals)) return NULL;
    return call_keep(call, fr_unit(value_decimal(value, call->arena), unit, &options));
}

const char *apply_compact(Call *call, Value value) {
    int decimals;
    if (!call_take_decimals(call, &decimals)) return NULL;
    return call_keep(call, fr_compact(value_decimal(value, call->arena), decimals));
}

/* Without a count, billions show hundredths and millions tenths at the most: `5,47 Md$`,
 * `387,5 M$`. */
static int money_decimals(double amount) {
    if (amount >= 1e9 || amount <= -1e9) return 2;
    return amount >= 1e4 || amount <= -1e4 ? 1 : -1;
}

/* An ISO 4217 code, or none; dollars unless said. */
static const char *take_currency(Call *call) {
    if (call_take_flag(call, "none")) return "";
    const char *code = call->at < call->n_args ? call->args[call->at] : "";
    if (strlen(code) != 3 || strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3) return "USD";
    call->at++;
    return code;
}

const char *apply_money(Call *call, Value value) {
    static const FrMoneyStyle styles[] = {FR_MONEY_WORDS, FR_MONEY_SYMBOL, FR_MONEY_FULL};
    int word = call_take_word(call, "words|short|full");
    FrMoneyStyle style = word < 0 ? FR_MONEY_WORDS : styles[word];
    const char *currency = take_currency(call);
    const char *next = call->at < call->n_args ? call->args[call->at] : NULL;
    if (next && !g_ascii_isdigit(*next)) {
        if (word >= 0) return call_is_read(call, "decimals must be a digit"), NULL;
        return call_fail(call, "unknown style of money",
                         "use words, short or full; a currency is a code such as EUR");
    }
    int decimals;
    if (!call_take_decimals(call, &decimals)) return NULL;
    if (decimals < 0 && style == FR_MONEY_SYMBOL) decimals = money_decimals(value_number(value));
    return call_keep(call, fr_money(value_decimal(value, call->arena), currency, style, decimals));
}

const char *apply_count(Call *call, Value value) {
    const char *decimal = value_decimal(value, call->arena);
    return call_keep(call, fr_counted(decimal, call->args[0], call->args[1]));
}

/* Small numbers in words, as running text wants them; from seventeen on, digits. */
const char *apply_count_words(Call *call, Value value) {
    static const char *const words[] = {NULL,    NULL,     "deux",     "trois",  "quatre", "cinq",
                                        "six",   "sept",   "huit",     "neuf",   "dix",    "onze",
                                        "douze", "treize", "quatorze", "quinze", "seize"};
    double number = value_number(value);
    if (value.kind != VALUE_INT || number < 2 || number > 16) return apply_count(call, value);
    return arena_printf(call->arena, "%s %s", words[(int)number], call->args[1]);
}

/* A whole number from min to max; else a fault. */
static bool read_whole(Call *call, Value value, int min, int max, int *ret) {
    double number = value_number(value);
    if (number >= min && number <= max && number == (double)(int)number)
        return *ret = (int)number, true;
    const char *hint =
        arena_printf(call->arena, _("it must be a whole number from %d to %d"), min, max);
    const char *problem =
        arena_printf(call->arena, _("%s is not a rank"), value_decimal(value, call->arena));
    return call_fail(call, problem, hint), false;
}

const char *apply_ordinal(Call *call, Value value) {
    int rank;
    bool is_feminine = call_take_flag(call, "feminine");
    bool is_plural = call_take_flag(call, "plural");
    if (!call_is_read(call, "unknown form of ordinal")) return NULL;
    if (!read_whole(call, value, 0, 1000 * 1000, &rank)) return NULL;
    return call_keep(call, fr_ordinal(rank, is_feminine, is_plural));
}

/* The century that all of a date falls in; else the date. */
static const char *century_of_date(Call *call, Date date) {
    int first = date_year(date.first), last = date_year(date.last);
    bool is_closed = date_has_start(date) && date_has_end(date);
    if (!is_closed || (first - 1) / 100 != (last - 1) / 100)
        return call_keep(call, fr_date(date, FR_DATE_LONG));
    return call_keep(call, fr_century((first - 1) / 100 + 1));
}

/* Of a number, the century it counts; of a date, the one it falls in. */
const char *apply_century(Call *call, Value value) {
    int century;
    if (value.kind == VALUE_DATE) return century_of_date(call, value.date);
    if (!read_whole(call, value, 1, 3999, &century)) return NULL;
    return call_keep(call, fr_century(century));
}
