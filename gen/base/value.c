#include "base/value.h"

#include "base/i18n.h"

#include <string.h>

bool value_is_number(Value value) {
    return value.kind == VALUE_INT || value.kind == VALUE_REAL || value.kind == VALUE_BOOL;
}

double value_number(Value value) {
    switch (value.kind) {
    case VALUE_INT:
    case VALUE_BOOL: return (double)value.integer;
    case VALUE_REAL: return value.real;
    default: return 0;
    }
}

bool value_as_date(Value value, Date *ret_date) {
    bool is_year = value.kind == VALUE_INT && value.integer >= 1 && value.integer <= 9999;
    if (!is_year && value.kind != VALUE_DATE) return false;
    *ret_date = is_year ? date_from_ymd((int)value.integer, 0, 0) : value.date;
    return true;
}

const char *value_decimal(Value value, Arena *arena) {
    if (value.kind == VALUE_INT || value.kind == VALUE_BOOL)
        return arena_printf(arena, "%" G_GINT64_FORMAT, value.integer);
    if (value.kind != VALUE_REAL) return "";
    /* 15 significant digits print back every decimal a person writes; no exponent. */
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(digits, sizeof digits, "%.15g", value.real);
    if (g_str_equal(digits, "-0")) return "0";
    if (!strchr(digits, 'e')) return arena_strdup(arena, digits);
    char fixed[400];
    g_ascii_formatd(fixed, sizeof fixed, "%.12f", value.real);
    char *end = fixed + strlen(fixed);
    while (end[-1] == '0') *--end = '\0';
    if (end[-1] == '.') *--end = '\0';
    if (g_str_equal(fixed, "-0")) return "0";
    return arena_strdup(arena, fixed);
}

const char *value_plain(Value value, Arena *arena) {
    switch (value.kind) {
    case VALUE_NULL: return "";
    case VALUE_BOOL: return value.integer ? "true" : "false";
    case VALUE_TEXT: return value.text;
    case VALUE_DATE: {
        char text[DATE_TEXT_SIZE];
        date_print(value.date, text);
        return arena_strdup(arena, text);
    }
    default: return value_decimal(value, arena);
    }
}

static int kind_rank(ValueKind kind) {
    static const int ranks[] = {[VALUE_NULL] = 0, [VALUE_INT] = 1,  [VALUE_REAL] = 1,
                                [VALUE_BOOL] = 1, [VALUE_DATE] = 2, [VALUE_TEXT] = 3};
    return ranks[kind];
}

int value_compare(Value a, Value b) {
    int ra = kind_rank(a.kind), rb = kind_rank(b.kind);
    if (ra != rb) return ra - rb;
    switch (ra) {
    case 1: {
        double x = value_number(a), y = value_number(b);
        return (x > y) - (x < y);
    }
    case 2: return date_compare(a.date, b.date);
    case 3: return strcmp(a.text, b.text);
    default: return 0;
    }
}

const char *value_kind_name(ValueKind kind) {
    static const char *const names[] = {N_("empty"), N_("integer"), N_("number"),
                                        N_("text"),  N_("date"),    N_("boolean")};
    return names[kind];
}
