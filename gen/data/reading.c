#include "data/reading_shape.h"

#include <string.h>

const Reading reading_plain = {.decimal = '.', .is_bare = true, .dates = DATES_ISO};

bool reading_is_same(const Reading *a, const Reading *b) {
    return a->decimal == b->decimal && a->group == b->group && a->is_bare == b->is_bare &&
           a->dates == b->dates && strcmp(a->unit, b->unit) == 0;
}

size_t space_length(const char *p) {
    if (*p == ' ') return 1;
    if (strncmp(p, "\u00A0", 2) == 0) return 2;
    return strncmp(p, "\u202F", 3) == 0 || strncmp(p, "\u2009", 3) == 0 ? 3 : 0;
}

static const char *skip_spaces(const char *p) {
    for (size_t len; (len = space_length(p)) > 0;) p += len;
    return p;
}

static GroupMark read_mark(const char *p, size_t *ret_len) {
    *ret_len = 1;
    switch (*p) {
    case '.': return GROUP_DOT;
    case ',': return GROUP_COMMA;
    case '\'': return GROUP_APOSTROPHE;
    default: break;
    }
    if ((*ret_len = space_length(p)) > 0) return GROUP_SPACE;
    *ret_len = 3;
    return strncmp(p, "\u2019", 3) == 0 ? GROUP_APOSTROPHE : GROUP_NONE;
}

static bool read_sign(const char **p, bool *ret_is_negative) {
    bool is_minus = **p == '-', is_long = strncmp(*p, "\u2212", 3) == 0;
    if (!is_minus && !is_long && **p != '+') return false;
    *ret_is_negative = is_minus || is_long;
    *p += is_long ? 3 : 1;
    return true;
}

/* Active codes of ISO 4217 (2024), and those in use for bitcoin. */
static const char codes[] =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTC BTN "
    "BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP "
    "GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS "
    "KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR "
    "MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF "
    "SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD "
    "TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XBT XCD XOF XPF YER ZAR ZMW ZWL ";

static bool is_code(const char *p) {
    if (!g_ascii_isupper(p[0]) || !g_ascii_isupper(p[1]) || !g_ascii_isupper(p[2])) return false;
    if (g_ascii_isalpha(p[3])) return false;
    for (const char *code = codes; *code; code += 4)
        if (memcmp(code, p, 3) == 0) return true;
    return false;
}

static size_t unit_len(const char *p) {
    if (*p == '%' || *p == '$') return 1;
    if (strncmp(p, "US$", 3) == 0 || is_code(p)) return 3;
    gunichar c = (guchar)*p >= 0x80 ? g_utf8_get_char_validated(p, -1) : 0;
    bool is_symbol = c && c < 0x110000 && g_unichar_type(c) == G_UNICODE_CURRENCY_SYMBOL;
    return is_symbol ? (size_t)(g_utf8_next_char(p) - p) : 0;
}

static void spell_out(const char **unit, size_t *len) {
    static const char *const pairs[][2] = {{"EUR", "€"}, {"GBP", "£"}, {"USD", "US$"}};
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        if (*len == 3 && memcmp(*unit, pairs[i][0], 3) == 0)
            *unit = pairs[i][1], *len = strlen(pairs[i][1]);
}

bool unit_agrees(const char *a, size_t a_len, const char *b, size_t b_len) {
    spell_out(&a, &a_len);
    spell_out(&b, &b_len);
    return a_len == b_len && memcmp(a, b, a_len) == 0;
}

/* [+-] unit [+-], in any of the usual orders: -$5, $-5, -5. */
static const char *read_before(const char *text, NumberShape *shape) {
    const char *p = skip_spaces(text);
    shape->is_loose = p > text;
    for (bool has_sign = false;;) {
        const char *from = p;
        if (!has_sign && read_sign(&p, &shape->is_negative)) {
            has_sign = true;
        } else if (!shape->unit_len && (shape->unit_len = unit_len(p)) > 0) {
            shape->unit = p;
            p += shape->unit_len;
        }
        if (p == from) return p;
        from = p;
        p = skip_spaces(p);
        shape->is_loose |= p > from;
    }
}

static size_t read_digits(const char *p, bool *is_zero) {
    size_t n = 0;
    for (; g_ascii_isdigit(p[n]); n++) *is_zero &= p[n] == '0';
    return n;
}

static void add_mark(NumberShape *shape, GroupMark mark, size_t digits) {
    if (shape->n_marks == 1) shape->head = shape->last;
    if (shape->n_marks >= 1) {
        if (shape->last != shape->head) shape->head = GROUP_NONE;
        shape->is_head_grouped &= shape->last_digits == 3;
    }
    shape->last = mark;
    shape->last_digits = digits;
    shape->n_marks++;
}

static const char *read_exponent(const char *p, NumberShape *shape) {
    if (*p != 'e' && *p != 'E') return p;
    const char *digits = p + 1 + (p[1] == '-' || p[1] == '+');
    if (!g_ascii_isdigit(*digits)) return p;
    shape->has_exponent = true;
    return digits + strspn(digits, "0123456789");
}

static const char *read_body(const char *p, NumberShape *shape) {
    shape->body = p;
    shape->is_zero = shape->is_head_grouped = true;
    shape->lead = read_digits(p, &shape->is_zero);
    p += shape->lead;
    for (size_t mark_len;;) {
        GroupMark mark = read_mark(p, &mark_len);
        if (mark == GROUP_NONE || !g_ascii_isdigit(p[mark_len])) break;
        size_t digits = read_digits(p + mark_len, &shape->is_zero);
        add_mark(shape, mark, digits);
        p += mark_len + digits;
    }
    p = read_exponent(p, shape);
    shape->body_len = (size_t)(p - shape->body);
    return p;
}

/* 5, or ,5 */
static bool starts_number(const char *p) {
    return g_ascii_isdigit(*p) || ((*p == '.' || *p == ',') && g_ascii_isdigit(p[1]));
}

bool numbershape_parse(const char *text, NumberShape *ret) {
    NumberShape shape = {0};
    const char *p = read_before(text, &shape);
    if (!starts_number(p)) return false;
    p = read_body(p, &shape);
    const char *after = skip_spaces(p);
    shape.is_loose |= after > p;
    if (!shape.unit_len && (shape.unit_len = unit_len(after)) > 0) {
        shape.unit = after;
        after = skip_spaces(after + shape.unit_len);
    }
    if (*after) return false;
    *ret = shape;
    return true;
}

bool numbershape_parse_any_unit(const char *text, NumberShape *ret) {
    NumberShape shape = {0};
    const char *p = text;
    while (*p && !starts_number(p) && !read_sign(&p, &shape.is_negative)) p++;
    p = skip_spaces(p);
    if (!starts_number(p)) return false;
    p = read_body(p, &shape);
    if (strpbrk(p, "0123456789")) return false;
    *ret = shape;
    return true;
}

static bool is_head_group(const NumberShape *shape) {
    return shape->lead >= 1 && shape->lead <= 3 && *shape->body != '0' && shape->is_head_grouped;
}

bool numbershape_is_grouped(const NumberShape *shape, GroupMark group) {
    if (shape->n_marks == 0) return true;
    bool is_one_mark = shape->n_marks == 1 || shape->head == shape->last;
    return is_one_mark && (shape->last & group) && shape->last_digits == 3 && is_head_group(shape);
}

bool numbershape_is_fraction(const NumberShape *shape, GroupMark decimal, GroupMark group) {
    if (shape->n_marks == 0 || shape->last != decimal) return false;
    if (shape->n_marks == 1) return true;
    return shape->head != decimal && (shape->head & group) && is_head_group(shape);
}

static bool unit_fits(const Reading *reading, const NumberShape *shape) {
    if (reading->is_bare) return shape->unit_len == 0;
    if (!reading->unit[0]) return true;
    if (shape->unit_len == 0) return shape->is_zero || strcmp(reading->unit, "%") != 0;
    return unit_agrees(shape->unit, shape->unit_len, reading->unit, strlen(reading->unit));
}

static bool write_plain(const NumberShape *shape, bool is_fraction, char *ret, size_t size) {
    size_t len = 0, point = is_fraction ? shape->n_marks : 0, mark = 0;
    if (size < 4) return false;
    if (shape->is_negative) ret[len++] = '-';
    if (shape->lead == 0) ret[len++] = '0'; /* ,5 */
    for (size_t i = 0; i < shape->body_len && len < size; i++) {
        char c = shape->body[i];
        if (g_ascii_isalnum(c) || c == '-' || c == '+') { /* digits; the exponent */
            ret[len++] = c;
            continue;
        }
        bool is_first_byte = ((guchar)c & 0xC0) != 0x80;
        if (is_first_byte && ++mark == point) ret[len++] = '.';
    }
    if (len == size) return false;
    ret[len] = '\0';
    return true;
}

bool reading_number(const Reading *reading, const char *text, char *ret_plain, size_t size) {
    NumberShape shape;
    bool takes_any = !reading->is_bare && !reading->unit[0];
    if (takes_any ? !numbershape_parse_any_unit(text, &shape) : !numbershape_parse(text, &shape))
        return false;
    if (!unit_fits(reading, &shape)) return false;
    bool is_plain = reading->decimal == '.' && reading->group == GROUP_NONE && reading->is_bare;
    if (is_plain ? shape.is_loose : shape.has_exponent) return false;
    GroupMark decimal = reading->decimal == ',' ? GROUP_COMMA : GROUP_DOT;
    bool is_fraction = numbershape_is_fraction(&shape, decimal, reading->group);
    if (!is_fraction && !numbershape_is_grouped(&shape, reading->group)) return false;
    return write_plain(&shape, is_fraction, ret_plain, size);
}
