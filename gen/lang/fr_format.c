/* The grammar of one request, `value ; key=value ; …`, over the generators of fr_format.h.
 * Each kind of request is one row: the keys it takes and the function that answers. */
#include "lang/fr_format.h"
#include "base/i18n.h"
#include "lang/decimal.h"
#include "lang/fr_marks.h"

#include <glib.h>
#include <string.h>

enum { KEYS_MAX = 4 };

typedef struct {
    char *value;
    char *options[KEYS_MAX]; /* by the place of the key in its kind; NULL where absent */
    char *error;             /* the first fault found, in a sentence */
} Request;

typedef struct {
    const char *name;
    const char *keys[KEYS_MAX];
    char *(*answer)(Request *request);
} Kind;

static void request_clear(Request *request) {
    g_free(request->value);
    for (size_t i = 0; i < KEYS_MAX; i++) g_free(request->options[i]);
    g_free(request->error);
    *request = (Request){0};
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Request, request_clear)

G_GNUC_PRINTF(2, 3)
static void refuse(Request *request, const char *format, ...) {
    if (request->error) return;
    va_list args;
    va_start(args, format);
    request->error = g_strdup_vprintf(_(format), args);
    va_end(args);
}

/* The place of an option's word in a list of spellings "a/b/c"; `absent` when it is not given. */
static size_t choose(Request *request, size_t option, const char *key, const char *words,
                     size_t absent) {
    const char *given = request->options[option];
    if (!given) return absent;
    g_auto(GStrv) accepted = g_strsplit(words, "/", -1);
    for (size_t i = 0; accepted[i]; i++)
        if (!strcmp(accepted[i], given)) return i;
    g_autofree char *list = g_strjoinv(", ", accepted);
    refuse(request, "%s is `%s`: it must be one of %s.", key, given, list);
    return absent;
}

static int read_count(Request *request, const char *text, const char *what, int min, int max,
                      int absent) {
    if (!text) return absent;
    gint64 value;
    if (g_ascii_string_to_signed(text, 10, min, max, &value, NULL)) return (int)value;
    refuse(request, "%s is `%s`: it must be a whole number from %d to %d.", what, text, min, max);
    return absent;
}

static int read_decimals(Request *request, size_t option) {
    return read_count(request, request->options[option], "decimals", 0, DECIMAL_MAX_PLACES, -1);
}

static bool check_decimal(Request *request, const char *text) {
    g_auto(Decimal) value = {0};
    if (decimal_parse(text, &value)) return true;
    refuse(request, "`%s` is not a number: it must be written like 1234.5, with a point.", text);
    return false;
}

/* What `separator` parts, trimmed; at least one. */
static char **read_items(const char *text, const char *separator) {
    char **items = g_strsplit(text, separator, -1);
    for (size_t i = 0; items[i]; i++) g_strstrip(items[i]);
    return items;
}

/* The items of a list; a fault when one of them is empty. */
static char **read_list(Request *request) {
    char **items = read_items(request->value, "|");
    for (size_t i = 0; items[i]; i++)
        if (!*items[i])
            refuse(request, "item %zu is empty: items must be parted by one bar, A | B | C.",
                   i + 1);
    return items;
}

static char **read_bounds(Request *request, const char *like) {
    g_auto(GStrv) bounds = read_items(request->value, "..");
    if (g_strv_length(bounds) == 2 && *bounds[0] && *bounds[1]) return g_steal_pointer(&bounds);
    refuse(request, "`%s` is not a range: it must be written like %s.", request->value, like);
    return NULL;
}

static bool read_date(Request *request, const char *text, Date *ret) {
    if (date_parse(text, ret)) return true;
    refuse(request, "`%s` is not a date: it must be written like 2019-05-07, 2019-05 or 2019.",
           text);
    return false;
}

static char *answer_number(Request *request) {
    FrNumber opt = {
        .decimals = read_decimals(request, 0),
        .sign_always = choose(request, 1, "sign", "auto/always", 0) == 1,
        .no_group = choose(request, 2, "group", "yes/no", 0) == 1,
    };
    if (choose(request, 3, "role", "number/year", 0) == 1) opt.no_group = true;
    return check_decimal(request, request->value) ? fr_number(request->value, &opt) : NULL;
}

static char *answer_percent(Request *request) {
    bool is_ratio = choose(request, 0, "scale", "percent/ratio", 0) == 1;
    FrNumber opt = {
        .decimals = read_decimals(request, 1),
        .sign_always = choose(request, 2, "sign", "auto/always", 0) == 1,
    };
    if (!check_decimal(request, request->value)) return NULL;
    return fr_percent(request->value, is_ratio, &opt);
}

static char *answer_unit(Request *request) {
    const char *unit = request->options[0];
    bool has_unit = unit && *unit;
    if (!has_unit) refuse(request, "the unit is missing: it must be given like unit=km.");
    if (!has_unit || !check_decimal(request, request->value)) return NULL;
    return fr_unit(request->value, unit, NULL);
}

static char *answer_money(Request *request) {
    const char *currency = request->options[0] ? request->options[0] : "";
    FrMoneyStyle style =
        (FrMoneyStyle)choose(request, 1, "style", "words/symbol/full", FR_MONEY_WORDS);
    int decimals = read_decimals(request, 2);
    if (!check_decimal(request, request->value)) return NULL;
    return fr_money(request->value, currency, style, decimals);
}

static char *answer_compact(Request *request) {
    int decimals = read_decimals(request, 0);
    return check_decimal(request, request->value) ? fr_compact(request->value, decimals) : NULL;
}

static char *answer_axis(Request *request) {
    const char *unit = request->options[0] ? request->options[0] : "";
    bool is_year = choose(request, 1, "role", "number/year", 0) == 1;
    FrAxis axis = is_year ? FR_AXIS_YEARS : FR_AXIS_EACH;
    g_auto(GStrv) values = read_items(request->value, "|");
    for (size_t i = 0; values[i]; i++)
        if (!check_decimal(request, values[i])) return NULL;
    g_auto(GStrv) labels = fr_axis((const char *const *)values, g_strv_length(values), unit, axis);
    return g_strjoinv(" | ", labels);
}

static char *answer_plural(Request *request) {
    const char *singular = request->options[0], *plural = request->options[1];
    if (!singular || !plural) {
        refuse(request, "the noun is missing: it must be given like sing=vente ; plur=ventes.");
        return NULL;
    }
    if (!check_decimal(request, request->value)) return NULL;
    return fr_counted(request->value, singular, plural);
}

static char *answer_ordinal(Request *request) {
    size_t gender =
        choose(request, 0, "gender", "m/f/masc/fem/masculine/feminine/masculin/féminin", 0);
    size_t number =
        choose(request, 1, "number", "sing/plur/s/p/singular/plural/singulier/pluriel", 0);
    int n = read_count(request, request->value, _("the rank"), 0, G_MAXINT, 0);
    return fr_ordinal(n, gender % 2 == 1, number % 2 == 1);
}

static char *answer_century(Request *request) {
    return fr_century(read_count(request, request->value, _("the century"), 1, 3999, 1));
}

static char *answer_date(Request *request) {
    FrDateStyle style = (FrDateStyle)choose(
        request, 0, "style", "long/full/short/month/month-short/year/numeric/day-month/prose/loose",
        FR_DATE_LONG);
    enum { NO_PART = 3 };
    size_t part = choose(request, 1, "part", "early/mid/late", NO_PART);
    Date date;
    if (!read_date(request, request->value, &date)) return NULL;
    return part == NO_PART ? fr_date(date, style) : fr_date_part(date, (FrDatePart)part, style);
}

static char *answer_daterange(Request *request) {
    bool dash = choose(request, 0, "style", "words/dash/prose/label", 0) % 2 == 1;
    g_auto(GStrv) bounds = read_bounds(request, "2019-05-05 .. 2019-05-09");
    Date from, to;
    if (!bounds || !read_date(request, bounds[0], &from) || !read_date(request, bounds[1], &to))
        return NULL;
    if (to.last < from.first) {
        refuse(request, "the range ends before it begins: the earlier date must come first.");
        return NULL;
    }
    return fr_date_range(from, to, dash);
}

/* `2019-Q3`, `2019-H1`; T and S, the French letters, do as well. */
static char *answer_quarter(Request *request) {
    bool in_full = choose(request, 0, "style", "short/long", 0) == 1;
    const char *text = request->value;
    Date year;
    g_autofree char *head = g_strndup(text, 4);
    char letter = strlen(text) == 7 ? g_ascii_toupper(text[5]) : '\0';
    bool is_quarter = letter && strchr("QT", letter), is_half = letter && strchr("HS", letter);
    char last = is_quarter ? '4' : '2';
    if ((!is_quarter && !is_half) || text[6] < '1' || text[6] > last || text[4] != '-' ||
        !date_parse(head, &year)) {
        refuse(request, "`%s` is not a quarter: it must be written like 2019-Q3 or 2019-H1.", text);
        return NULL;
    }
    return fr_quarter(atoi(head), text[6] - '0', is_half ? FR_SEMESTER : FR_QUARTER, in_full);
}

static char *answer_time(Request *request) {
    g_auto(GStrv) parts = g_strsplit(request->value, ":", -1);
    guint64 hour, minute;
    if (g_strv_length(parts) == 2 && strlen(parts[1]) == 2 &&
        g_ascii_string_to_unsigned(parts[0], 10, 0, 24, &hour, NULL) &&
        g_ascii_string_to_unsigned(parts[1], 10, 0, 59, &minute, NULL) &&
        (hour < 24 || minute == 0))
        return fr_time((int)hour, (int)minute);
    refuse(request, "`%s` is not a time: it must be written like 16:20.", request->value);
    return NULL;
}

static char *answer_range(Request *request) {
    const char *unit = request->options[0] ? request->options[0] : "";
    bool prose = choose(request, 1, "style", "dash/words/label/prose", 0) % 2 == 1;
    g_auto(GStrv) bounds = read_bounds(request, "3 .. 6");
    if (!bounds || !check_decimal(request, bounds[0]) || !check_decimal(request, bounds[1]))
        return NULL;
    return fr_range(bounds[0], bounds[1], unit, prose);
}

static char *answer_prep(Request *request) {
    FrCountryForm form = (FrCountryForm)choose(request, 0, "form", "en/de/article", FR_COUNTRY_IN);
    return fr_country(request->value, form);
}

static char *answer_elide(Request *request) {
    g_auto(GStrv) items = read_items(request->value, "|");
    if (g_strv_length(items) == 2 && *items[0] && *items[1]) return fr_elide(items[0], items[1]);
    refuse(request, "`%s` is not a pair: it must be written like de | Ubisoft.", request->value);
    return NULL;
}

static char *answer_list(Request *request) {
    g_auto(GStrv) items = read_list(request);
    return fr_list((const char *const *)items, g_strv_length(items), request->options[0]);
}

static char *answer_sort(Request *request) {
    static const FrLocale locales[] = {FR_LOCALE_FR, FR_LOCALE_FR, FR_LOCALE_CA, FR_LOCALE_CH};
    FrLocale locale = locales[choose(request, 0, "locale", "fr/fr-FR/fr-CA/fr-CH", 0)];
    g_auto(GStrv) items = read_list(request);
    size_t n = g_strv_length(items);
    fr_sort((const char **)items, n, locale);
    return g_strjoinv(" | ", items);
}

static const Kind kinds[] = {
    {"number", {"decimals", "sign", "group", "role"}, answer_number},
    {"percent", {"scale", "decimals", "sign"}, answer_percent},
    {"unit", {"unit"}, answer_unit},
    {"money", {"cur", "style", "decimals"}, answer_money},
    {"compact", {"decimals"}, answer_compact},
    {"axis", {"unit", "role"}, answer_axis},
    {"plural", {"sing", "plur"}, answer_plural},
    {"ordinal", {"gender", "number"}, answer_ordinal},
    {"century", {NULL}, answer_century},
    {"date", {"style", "part"}, answer_date},
    {"daterange", {"style"}, answer_daterange},
    {"quarter", {"style"}, answer_quarter},
    {"time", {NULL}, answer_time},
    {"range", {"unit", "style"}, answer_range},
    {"prep", {"form"}, answer_prep},
    {"elide", {NULL}, answer_elide},
    {"list", {"conj"}, answer_list},
    {"sort", {"locale"}, answer_sort},
};

static const Kind *kind_find(const char *name) {
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (!strcmp(kinds[i].name, name)) return &kinds[i];
    return NULL;
}

static char *kind_names(void) {
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        g_string_append_printf(out, "%s%s", i ? ", " : "", kinds[i].name);
    return g_string_free(out, FALSE);
}

static void read_option(Request *request, const Kind *kind, char *field) {
    char *equals = strchr(field, '=');
    if (!equals) {
        refuse(request, "`%s` has no value: an option must be written like key=value.", field);
        return;
    }
    *equals = '\0';
    g_strstrip(field);
    GString *accepted = g_string_new(NULL);
    for (size_t i = 0; i < KEYS_MAX && kind->keys[i]; i++) {
        if (!strcmp(kind->keys[i], field)) {
            g_string_free(accepted, TRUE);
            if (request->options[i]) refuse(request, "%s is given twice: it must be once.", field);
            g_free(request->options[i]);
            request->options[i] = g_strstrip(g_strdup(equals + 1));
            return;
        }
        g_string_append_printf(accepted, "%s%s", i ? ", " : "", kind->keys[i]);
    }
    refuse(request, "%s does not take `%s`: it takes %s.", kind->name, field,
           accepted->len ? accepted->str : _("no option"));
    g_string_free(accepted, TRUE);
}

static void request_read(Request *request, const Kind *kind, const char *input) {
    g_auto(GStrv) fields = read_items(input, ";");
    request->value = g_strdup(fields[0] ? fields[0] : "");
    if (!*request->value) refuse(request, "the value is missing: it must come first.");
    for (size_t i = 1; fields[0] && fields[i]; i++)
        if (*fields[i]) read_option(request, kind, fields[i]); /* a last `;` says nothing */
}

bool fr_format(const char *kind, const char *input, char **ret_text, char **ret_error) {
    const Kind *found = kind_find(kind);
    if (!found) {
        g_autofree char *names = kind_names();
        *ret_error =
            g_strdup_printf(_("`%s` is not a kind of text: it must be one of %s."), kind, names);
        return false;
    }
    if (!g_utf8_validate(input, -1, NULL)) {
        *ret_error = g_strdup(_("the input is not valid UTF-8: it must be saved in UTF-8."));
        return false;
    }
    g_auto(Request) request = {0};
    request_read(&request, found, input);
    g_autofree char *text = request.error ? NULL : found->answer(&request);
    if (request.error) {
        *ret_error = g_steal_pointer(&request.error);
        return false;
    }
    *ret_text = g_steal_pointer(&text);
    return true;
}
