#include "data/reading.h"

#include <string.h>

static const Reading french = {.decimal = ',', .group = GROUP_SPACE, .is_bare = true};

static void assert_number(const Reading *reading, const char *text, const char *wanted) {
    char plain[64] = "refused";
    bool is_number = reading_number(reading, text, plain, sizeof plain);
    if (is_number != (wanted != NULL)) g_test_message("« %s »: %s", text, plain);
    g_assert_cmpstr(plain, ==, wanted ? wanted : "refused");
}

static void test_plain_numbers(void) {
    static const char *const same[] = {"0", "-12", "0.5", "1e6", "1.5E-3", "007", "-0", "1.234"};
    for (size_t i = 0; i < G_N_ELEMENTS(same); i++) assert_number(&reading_plain, same[i], same[i]);
    assert_number(&reading_plain, "−5", "-5");
    assert_number(&reading_plain, "+5", "5");
    assert_number(&reading_plain, "-.5", "-0.5");
    static const char *const refused[] = {"",    "5.",    ".",   "+.e1", "1,5",  "1 234", "12 ",
                                          " 12", "12%",   "- 5", "0x1",  "1e",   "--5",   "inf",
                                          "5e+", "1.2.3", "é",   "-",    "12\n", "1e5 ",  "\xC2"};
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        assert_number(&reading_plain, refused[i], NULL);
}

static Reading with_unit(const char *unit) {
    Reading reading = french;
    reading.is_bare = unit == NULL;
    if (unit) strcpy(reading.unit, unit);
    return reading;
}

static void test_french_numbers(void) {
    static const char *const cases[][3] = {
        {"12,5 %", "%", "12.5"},
        {"1 234,50 €", "€", "1234.50"},
        {"1\u202F234\u00A0567,5\u00A0€", "€", "1234567.5"},
        {"1\u2009234", NULL, "1234"},
        {"-12", NULL, "-12"},
        {"−\u202F12 %", "%", "-12"},
        {"€ 5", "€", "5"},
        {"-$5", "$", "-5"},
        {"$-5", "$", "-5"},
        {"US$ 12", "US$", "12"},
        {"12 EUR", "€", "12"},
        {"CHF12,5", "CHF", "12.5"},
        {" -   1 234,50 € ", "€", "-1234.50"},
        {"+2,3 %", "%", "2.3"},
        {"1234", NULL, "1234"},
        {"12 ₽", "₽", "12"},
        {",5", NULL, "0.5"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Reading reading = with_unit(cases[i][1]);
        assert_number(&reading, cases[i][0], cases[i][2]);
    }
}

static void test_refused_numbers(void) {
    static const char *const units[] = {NULL, "%", "€", "$", "US$", "CHF"};
    static const char *const refused[] = {
        "12 M€",     "12 k",  "12 Md",   "12 millions", "1 23",  "1  234",  "1234 567", "0 123",
        "1.5",       "1'234", "12 % €",  "% 12 %",      "€",     "1e6",     "12 XYZ",   "12,5,6",
        "1,234 567", "--5",   "12 EURO", "12 %%",       "5 - 3", "1 234 5", "12,",      "n/a"};
    for (size_t u = 0; u < G_N_ELEMENTS(units); u++)
        for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
            Reading reading = with_unit(units[u]);
            assert_number(&reading, refused[i], NULL);
        }
}

/* bareNumber: false, as Table Schema has it. */
static void test_any_unit(void) {
    Reading any = with_unit("");
    assert_number(&any, "12,5 km", "12.5");
    assert_number(&any, "env. 1 234 tonnes", "1234");
    assert_number(&any, "CO₂ −5", "-5");
    assert_number(&any, "12", "12");
    assert_number(&any, "n/a", NULL);
    assert_number(&any, "5 - 3", NULL);
    assert_number(&any, "12 m3", NULL);
}

static void test_units(void) {
    Reading percent = {.decimal = ',', .unit = "%"}, euro = {.decimal = ',', .unit = "€"};
    assert_number(&percent, "12,5 %", "12.5");
    assert_number(&percent, "0", "0");
    assert_number(&percent, "0,00", "0.00");
    assert_number(&percent, "12,5", NULL);
    assert_number(&percent, "12 €", NULL);
    assert_number(&euro, "12", "12");
    assert_number(&euro, "12 EUR", "12");
    assert_number(&euro, "12 $", NULL);
}

static void test_size(void) {
    char small[5] = "same";
    g_assert_true(reading_number(&french, "1 234", small, sizeof small));
    g_assert_cmpstr(small, ==, "1234");
    g_assert_false(reading_number(&french, "12 345", small, sizeof small));
    g_assert_false(reading_number(&french, "1", small, 1));
}

static void assert_date(DateOrder order, const char *text, const char *wanted) {
    Reading reading = reading_plain;
    reading.dates = order;
    char shown[48] = "refused";
    Date date;
    if (reading_date(&reading, text, &date)) date_print(date, shown);
    if (strcmp(shown, wanted ? wanted : "refused") != 0) g_test_message("« %s »", text);
    g_assert_cmpstr(shown, ==, wanted ? wanted : "refused");
}

static void test_words(void) {
    static const char *const cases[][2] = {
        {"5 janv. 2022", "2022-01-05"},
        {"5 janv 2022", "2022-01-05"},
        {"1er janvier 2022", "2022-01-01"},
        {"1ᵉʳ janvier 2022", "2022-01-01"},
        {"1 janvier 2022", "2022-01-01"},
        {"janvier 2022", "2022-01"},
        {"mercredi 5 janvier 2022", "2022-01-05"},
        {"5\u00A0FÉVRIER\u202F2022", "2022-02-05"},
        {"5 fevr. 2022", "2022-02-05"},
        {"14 juil. 2019", "2019-07-14"},
        {"15 août 2019", "2019-08-15"},
        {"15 AOUT 2019", "2019-08-15"},
        {"15 aou\u0302t 2019", "2019-08-15"},
        {"25 de\u0301c. 2019", "2019-12-25"},
        {"5-janv.-2022", "2022-01-05"},
        {"5 Jan 2022", "2022-01-05"},
        {"Jan 5, 2022", "2022-01-05"},
        {"March 5 2022", "2022-03-05"},
        {"Wednesday, January 5, 2022", "2022-01-05"},
        {"29 février 2020", "2020-02-29"},
        {"le 2 mai 2022 ", "2022-05-02"},
        {"January 2nd, 2022", "2022-01-02"},
        {"2020-01/..", "2020-01/.."},
        {"2022-01-05", "2022-01-05"},
        {"2022", "2022"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_date(DATES_WORDS, cases[i][0], cases[i][1]);
        assert_date(DATES_DMY, cases[i][0], cases[i][1]);
    }
    static const char *const refused[] = {"5-janv.-22",
                                          "29 février 2021",
                                          "0 mars 2022",
                                          "janvier",
                                          "5 jui 2022",
                                          "1er",
                                          "2er mai 2022",
                                          "05/01/2022",
                                          "5 mai 2022 .",
                                          "5mai2022",
                                          "5 mai",
                                          "lundi",
                                          "5 mai 20222",
                                          "44562",
                                          "Jan 32, 2022",
                                          "05 janvier 0000",
                                          "5 mairie 2022",
                                          "mars 5,2022x",
                                          ""};
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) assert_date(DATES_WORDS, refused[i], NULL);
    assert_date(DATES_ISO, "5 mai 2022", NULL);
}

static void test_orders(void) {
    assert_date(DATES_DMY, "05/01/2022", "2022-01-05");
    assert_date(DATES_MDY, "05/01/2022", "2022-05-01");
    assert_date(DATES_DMY, " 5.1.2022 ", "2022-01-05");
    assert_date(DATES_DMY, "31-12-2022", "2022-12-31");
    assert_date(DATES_MDY, "31-12-2022", NULL);
    static const char *const refused[] = {"05/01/22", "05/01-2022", "31/02/2022", "00/01/2022",
                                          "1/2",      "005/1/2022", "1/2/20222"};
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) assert_date(DATES_DMY, refused[i], NULL);
}

/* Serials as LibreOffice and Excel show them. */
static void test_serials(void) {
    assert_date(DATES_SERIAL, "44566", "2022-01-05");
    assert_date(DATES_SERIAL, "10000", "1927-05-18");
    assert_date(DATES_SERIAL, "44566.0", "2022-01-05");
    static const char *const refused[] = {"2022",   "60",     "44566.5", "44566.",
                                          "445660", "-44566", "04456",   "2022-01-05"};
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) assert_date(DATES_SERIAL, refused[i], NULL);
    assert_date(DATES_DMY, "44566", NULL);
}

/* The cells parted by |, row 1 first. */
static ReadingVerdict survey_cells(SurveyKind kind, const char *cells, Reading *ret,
                                   ReadingDoubt *ret_doubt) {
    g_autoptr(ReadingSurvey) survey = reading_survey_new(kind);
    g_auto(GStrv) texts = g_strsplit(cells, "|", -1);
    for (size_t i = 0; texts[i]; i++) reading_survey_add(survey, texts[i], i + 1);
    return reading_survey_decide(survey, ret, ret_doubt);
}

static void assert_pair(const char *cells, char decimal, GroupMark group, const char *unit) {
    Reading reading;
    ReadingDoubt doubt;
    ReadingVerdict outcome = survey_cells(SURVEY_NUMBERS, cells, &reading, &doubt);
    if (outcome != READING_FOUND) g_test_message("%s", cells);
    g_assert_cmpint(outcome, ==, READING_FOUND);
    g_assert_cmpint(reading.decimal, ==, decimal);
    g_assert_cmpint(reading.group, ==, group);
    g_assert_cmpint(reading.is_bare, ==, unit == NULL);
    g_assert_cmpstr(reading.unit, ==, unit ? unit : "");
}

static void test_decide_number(void) {
    assert_pair("", '.', GROUP_NONE, NULL);
    assert_pair("1|2.5|-3e5", '.', GROUP_NONE, NULL);
    assert_pair("12,5|3", ',', GROUP_NONE, NULL);
    assert_pair("1 234|12,5", ',', GROUP_SPACE, NULL);
    assert_pair("1.234.567|1.234", ',', GROUP_DOT, NULL);
    assert_pair("1,234,567|1,234", '.', GROUP_COMMA, NULL);
    assert_pair("1.234|12,5", ',', GROUP_DOT, NULL);
    assert_pair("1.234|0.125", '.', GROUP_NONE, NULL);
    assert_pair("1,234|0,125", ',', GROUP_NONE, NULL);
    assert_pair("1.234|1234", '.', GROUP_NONE, NULL);
    assert_pair("1.234|5.1", '.', GROUP_NONE, NULL);
    assert_pair("1'234.50|12", '.', GROUP_APOSTROPHE, NULL);
    assert_pair("12,5 %|0|7 %", ',', GROUP_NONE, "%");
    assert_pair("1 234,50 €|12 EUR|7", ',', GROUP_SPACE, "€");
    assert_pair("1,234.50 $", '.', GROUP_COMMA, "$");
    assert_pair("−5|3", '.', GROUP_NONE, NULL);
}

static void assert_two(const char *cells, const char *text, size_t row, const char *first,
                       const char *second) {
    Reading reading;
    ReadingDoubt doubt;
    g_assert_cmpint(survey_cells(SURVEY_NUMBERS, cells, &reading, &doubt), ==, READING_DOUBT);
    g_assert_cmpstr(doubt.text, ==, text);
    g_assert_cmpuint(doubt.row, ==, row);
    g_assert_cmpstr(doubt.values[0], ==, first);
    g_assert_cmpstr(doubt.values[1], ==, second);
    char plain[64];
    g_assert_true(reading_number(&reading, text, plain, sizeof plain));
    g_assert_cmpstr(plain, ==, first); /* the one the reading goes on with */
}

static void test_doubt_number(void) {
    assert_two("12|1.234|2.345", "1.234", 2, "1.234", "1234");
    assert_two("1,234", "1,234", 1, "1.234", "1234");
    assert_two("1,234 €|3 €", "1,234 €", 1, "1.234", "1234");
    assert_two("1.234|1,234", "1.234", 1, "1234", "1.234");
    Reading reading;
    ReadingDoubt doubt;
    survey_cells(SURVEY_NUMBERS, "1.234", &reading, &doubt);
    g_assert_cmpstr(doubt.keys[0], ==, "decimalChar: \".\"");
    g_assert_cmpstr(doubt.keys[1], ==, "decimalChar: \",\", groupChar: \".\"");
    survey_cells(SURVEY_NUMBERS, "1,234 %", &reading, &doubt);
    g_assert_cmpstr(doubt.keys[1], ==, "decimalChar: \".\", groupChar: \",\", bareNumber: false");
    g_assert_cmpint(survey_cells(SURVEY_INTEGERS, "1.234|12", &reading, &doubt), ==, READING_FOUND);
    g_assert_cmpint(reading.group, ==, GROUP_DOT);
    g_assert_cmpint(survey_cells(SURVEY_INTEGERS, "1.234|1234", &reading, &doubt), ==,
                    READING_FOUND);
}

static Reading assert_none(SurveyKind kind, const char *cells, ReadingVerdict wanted) {
    Reading reading;
    ReadingDoubt doubt;
    ReadingVerdict verdict = survey_cells(kind, cells, &reading, &doubt);
    if (verdict != wanted) g_test_message("%s", cells);
    g_assert_cmpint(verdict, ==, wanted);
    return reading;
}

/* The reading of most cells. */
static void test_none(void) {
    Reading reading = assert_none(SURVEY_NUMBERS, "1,5|1.5|2.5", READING_NONE);
    g_assert_cmpint(reading.decimal, ==, '.');
    reading = assert_none(SURVEY_NUMBERS, "12 %|3 €|5 €", READING_NONE);
    g_assert_cmpstr(reading.unit, ==, "€");
    reading = assert_none(SURVEY_NUMBERS, "12 %|5 %|0,3", READING_NONE);
    g_assert_cmpstr(reading.unit, ==, "%");
    reading = assert_none(SURVEY_NUMBERS, "12 %|5|0.3", READING_NONE);
    g_assert_true(reading.is_bare); /* the one cell with a sign is the odd one */
    assert_none(SURVEY_NUMBERS, "1e6|1,5", READING_NONE);
    reading = assert_none(SURVEY_NUMBERS, "1.234|n/a|12,5|3 millions", READING_NONE);
    g_assert_cmpint(reading.group, ==, GROUP_DOT);
    assert_none(SURVEY_NUMBERS, "Paris|1.234", READING_NONE);
    reading = assert_none(SURVEY_DATES, "13/01/2022|01/13/2022|01/14/2022", READING_NONE);
    g_assert_cmpint(reading.dates, ==, DATES_MDY);
    reading = assert_none(SURVEY_DATES, "05/01/2022|31/12/2021|31/02/2022|bientôt", READING_NONE);
    g_assert_cmpint(reading.dates, ==, DATES_DMY);
    reading = assert_none(SURVEY_DATES, "13/01/2022|44566|05/05/2022", READING_CONVERTED);
    g_assert_cmpint(reading.dates, ==, DATES_DMY);
    assert_none(SURVEY_DATES, "2022-01-05|44566", READING_CONVERTED);
}

static void assert_order(const char *cells, DateOrder wanted) {
    Reading reading;
    ReadingDoubt doubt;
    g_assert_cmpint(survey_cells(SURVEY_DATES, cells, &reading, &doubt), ==, READING_FOUND);
    g_assert_cmpint(reading.dates, ==, wanted);
}

static void test_decide_date(void) {
    assert_order("", DATES_ISO);
    assert_order("2022|2022-01|2022-01-05", DATES_ISO);
    assert_order("2022|5 mai 2022", DATES_WORDS);
    assert_order("05/01/2022|13/01/2022|mai 2022", DATES_DMY);
    assert_order("05/01/2022|01/13/2022|2022", DATES_MDY);
    assert_order("05/05/2022|1.1.2022", DATES_DMY);
    assert_order("44566|44567.0", DATES_SERIAL);
    Reading reading;
    ReadingDoubt doubt;
    ReadingVerdict outcome =
        survey_cells(SURVEY_DATES, "05/05/2022|05.01.2022|2022", &reading, &doubt);
    g_assert_cmpint(outcome, ==, READING_DOUBT);
    g_assert_cmpint(reading.dates, ==, DATES_DMY);
    g_assert_cmpstr(doubt.text, ==, "05.01.2022");
    g_assert_cmpuint(doubt.row, ==, 2);
    g_assert_cmpstr(doubt.values[0], ==, "2022-01-05");
    g_assert_cmpstr(doubt.values[1], ==, "2022-05-01");
    g_assert_cmpstr(doubt.keys[0], ==, "format: \"%d.%m.%Y\"");
    g_assert_cmpstr(doubt.keys[1], ==, "format: \"%m.%d.%Y\"");
}

static const char *const group_texts[] = {"", " ", "\u00A0", "\u202F", ".", ",", "'", "’"};
static const GroupMark group_marks[] = {GROUP_NONE,       GROUP_SPACE,     GROUP_SPACE,
                                        GROUP_SPACE,      GROUP_DOT,       GROUP_COMMA,
                                        GROUP_APOSTROPHE, GROUP_APOSTROPHE};

static char *write_number(const char *digits, const char *fraction, char decimal, const char *group,
                          const char *unit, bool is_negative) {
    GString *text = g_string_new(is_negative ? (g_test_rand_bit() ? "-" : "−") : "");
    bool is_before = unit && g_test_rand_bit();
    const char *gap = unit ? group_texts[g_test_rand_int_range(0, 4)] : "";
    if (is_before) g_string_append_printf(text, "%s%s", unit, gap);
    size_t n = strlen(digits);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0) g_string_append(text, group);
        g_string_append_c(text, digits[i]);
    }
    if (*fraction) g_string_append_printf(text, "%c%s", decimal, fraction);
    if (unit && !is_before) g_string_append_printf(text, "%s%s", gap, unit);
    return g_string_free(text, FALSE);
}

static void random_digits(char *ret, int most) {
    int n = g_test_rand_int_range(1, most + 1);
    for (int i = 0; i < n; i++) ret[i] = (char)('0' + g_test_rand_int_range(i == 0, 10));
    ret[n] = '\0';
}

/* What is written in a dialect is read back by its reading, and by no other as something else
 * unless the survey of that cell says so. */
static void test_number_round_trip(void) {
    static const char *const units[] = {NULL, "%", "€", "US$", "EUR", "£"};
    for (int round = 0; round < 20000; round++) {
        char digits[16], fraction[8] = "", wanted[40], plain[40];
        random_digits(digits, 12);
        if (g_test_rand_bit()) random_digits(fraction, 5);
        size_t group = (size_t)g_test_rand_int_range(0, G_N_ELEMENTS(group_texts));
        bool has_point = group_marks[group] == GROUP_COMMA ||
                         (group_marks[group] != GROUP_DOT && g_test_rand_bit());
        const char *unit = units[g_test_rand_int_range(0, G_N_ELEMENTS(units))];
        bool is_negative = g_test_rand_bit();
        Reading reading = {has_point ? '.' : ',', group_marks[group], .is_bare = !unit};
        if (unit) strcpy(reading.unit, unit);
        g_autofree char *text =
            write_number(digits, fraction, reading.decimal, group_texts[group], unit, is_negative);
        g_snprintf(wanted, sizeof wanted, "%s%s%s%s", is_negative ? "-" : "", digits,
                   *fraction ? "." : "", fraction);
        assert_number(&reading, text, wanted);
        Reading decided;
        ReadingDoubt doubt;
        ReadingVerdict outcome = survey_cells(SURVEY_NUMBERS, text, &decided, &doubt);
        g_assert_cmpint(outcome, !=, READING_NONE);
        g_assert_true(reading_number(&decided, text, plain, sizeof plain));
        if (outcome == READING_FOUND)
            g_assert_cmpstr(plain, ==, wanted);
        else
            g_assert_true(!strcmp(doubt.values[0], wanted) || !strcmp(doubt.values[1], wanted));
    }
}

static void test_date_round_trip(void) {
    static const char *const months[][3] = {
        {"janvier", "janv.", "Jan"}, {"février", "févr.", "Feb"},  {"mars", "Mars", "Mar"},
        {"avril", "avr.", "Apr"},    {"mai", "MAI", "May"},        {"juin", "juin", "June"},
        {"juillet", "juil.", "Jul"}, {"août", "AOÛT", "August"},   {"septembre", "sept.", "Sep"},
        {"octobre", "oct.", "Oct"},  {"novembre", "nov.", "Nov."}, {"décembre", "déc.", "Dec"}};
    for (int round = 0; round < 20000; round++) {
        int32_t day = g_test_rand_int_range(-15000, 40000);
        Date date = date_of_day(day);
        int y, m, d;
        char wanted[48], text[48];
        date_civil(day, &y, &m, &d);
        date_print(date, wanted);
        g_snprintf(text, sizeof text, g_test_rand_bit() ? "%02d/%02d/%04d" : "%d.%d.%d", d, m, y);
        assert_date(DATES_DMY, text, wanted);
        g_snprintf(text, sizeof text, g_test_rand_bit() ? "%02d-%02d-%04d" : "%d/%d/%d", m, d, y);
        assert_date(DATES_MDY, text, wanted);
        g_snprintf(text, sizeof text, "%d %s %d", d, months[m - 1][g_test_rand_int_range(0, 3)], y);
        assert_date(DATES_WORDS, text, wanted);
        g_snprintf(text, sizeof text, "%s %d, %d", months[m - 1][g_test_rand_int_range(0, 3)], d,
                   y);
        assert_date(DATES_MDY, text, wanted);
        g_snprintf(text, sizeof text, "%d", day + 25569);
        assert_date(DATES_SERIAL, text, wanted);
    }
}

/* Every reading there is: the survey is checked against all of them. */
static GArray *all_readings(void) {
    static const GroupMark groups[] = {GROUP_NONE, GROUP_SPACE, GROUP_DOT, GROUP_COMMA,
                                       GROUP_APOSTROPHE};
    static const char *const units[] = {"", "%", "€", "$"};
    GArray *readings = g_array_new(FALSE, TRUE, sizeof(Reading));
    for (size_t d = 0; d < 2; d++)
        for (size_t g = 0; g < G_N_ELEMENTS(groups); g++)
            for (size_t u = 0; u < G_N_ELEMENTS(units); u++) {
                Reading reading = {.decimal = d ? ',' : '.', .group = groups[g], .is_bare = !u};
                strcpy(reading.unit, units[u]);
                bool is_same = groups[g] == (d ? GROUP_COMMA : GROUP_DOT);
                if (!is_same) g_array_append_val(readings, reading);
            }
    return readings;
}

static bool reads(const Reading *reading, bool is_integer, const char *text, char ret[static 64]) {
    return reading_number(reading, text, ret, 64) && !(is_integer && strpbrk(ret, ".eE"));
}

typedef struct {
    size_t n_whole;  /* readings that read every cell that any reads */
    bool differ;     /* two of them give different values */
    GString *values; /* of the first one */
} Oracle;

static bool has_long_run(char *const *cells, const bool *is_read) {
    for (size_t i = 0; cells[i]; i++) {
        const char *digits = strpbrk(cells[i], "0123456789");
        if (is_read[i] && digits && strspn(digits, "0123456789") >= 4) return true;
    }
    return false;
}

static bool read_column(const Reading *reading, bool is_integer, char *const *cells,
                        const bool *is_read, GString *values) {
    char value[64];
    for (size_t i = 0; cells[i]; i++) {
        if (!is_read[i]) continue;
        if (!reads(reading, is_integer, cells[i], value)) return false;
        g_string_append_printf(values, "%s|", value);
    }
    return true;
}

static Oracle ask_readings(GArray *readings, bool is_integer, char *const *cells,
                           const bool *is_read, bool has_groups) {
    Oracle oracle = {.values = g_string_new(NULL)};
    for (guint r = 0; r < readings->len; r++) {
        const Reading *reading = &g_array_index(readings, Reading, r);
        if (!has_groups && reading->group & (GROUP_DOT | GROUP_COMMA)) continue;
        g_autoptr(GString) values = g_string_new(NULL);
        if (!read_column(reading, is_integer, cells, is_read, values)) continue;
        if (oracle.n_whole++)
            oracle.differ |= !g_string_equal(values, oracle.values);
        else
            g_string_assign(oracle.values, values->str);
    }
    return oracle;
}

static void check_column(GArray *readings, bool is_integer, char *const *cells) {
    bool is_read[8] = {0};
    char value[64];
    for (size_t i = 0; cells[i]; i++)
        for (guint r = 0; r < readings->len && !is_read[i]; r++)
            is_read[i] = reads(&g_array_index(readings, Reading, r), is_integer, cells[i], value);
    size_t n = 0;
    while (cells[n] && is_read[n]) n++;
    bool has_text = cells[n] != NULL;
    Oracle oracle = {0};
    if (has_long_run(cells, is_read))
        oracle = ask_readings(readings, is_integer, cells, is_read, false);
    if (!oracle.n_whole) {
        if (oracle.values) g_string_free(oracle.values, TRUE);
        oracle = ask_readings(readings, is_integer, cells, is_read, true);
    }
    g_autofree char *all = g_strjoinv("|", (char **)cells);
    Reading reading;
    ReadingDoubt doubt;
    ReadingVerdict outcome =
        survey_cells(is_integer ? SURVEY_INTEGERS : SURVEY_NUMBERS, all, &reading, &doubt);
    ReadingVerdict wanted = !oracle.n_whole || has_text ? READING_NONE
                            : oracle.differ             ? READING_DOUBT
                                                        : READING_FOUND;
    if (outcome != wanted) g_test_message("%s", all);
    g_assert_cmpint(outcome, ==, wanted);
    if (outcome == READING_FOUND) {
        g_autoptr(GString) values = g_string_new(NULL);
        g_assert_true(read_column(&reading, is_integer, cells, is_read, values));
        g_assert_cmpstr(values->str, ==, oracle.values->str);
    }
    if (outcome == READING_DOUBT) g_assert_cmpstr(doubt.values[0], !=, doubt.values[1]);
    g_string_free(oracle.values, TRUE);
}

static char *random_cell(void) {
    static const char *const parts[] = {"1", "12", "123", "234", "0", "1234", ".", ",", " ", "'"};
    static const char *const units[] = {"", "", "", "", " %", " €", "€", " EUR", "$", " ", "e5"};
    GString *cell = g_string_new(g_test_rand_int_range(0, 8) ? "" : "-");
    int n = g_test_rand_int_range(1, 4);
    for (int i = 0; i < n; i++) {
        g_string_append(cell, parts[g_test_rand_int_range(0, 6)]);
        if (i + 1 < n) g_string_append(cell, parts[g_test_rand_int_range(6, 10)]);
    }
    if (g_test_rand_int_range(0, 3) == 0)
        g_string_append(cell, units[g_test_rand_int_range(0, G_N_ELEMENTS(units))]);
    return g_string_free(cell, FALSE);
}

static void test_brute_force(void) {
    g_autoptr(GArray) readings = all_readings();
    for (int round = 0; round < 30000; round++) {
        g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
        int n = g_test_rand_int_range(1, 5);
        for (int i = 0; i < n; i++) g_ptr_array_add(cells, random_cell());
        g_ptr_array_add(cells, NULL);
        check_column(readings, g_test_rand_bit(), (char *const *)cells->pdata);
    }
}

static bool dates_agree(const char *cells, DateOrder a, DateOrder b, bool *ret_a, bool *ret_b) {
    g_auto(GStrv) texts = g_strsplit(cells, "|", -1);
    Reading first = {.dates = a}, second = {.dates = b};
    bool is_same = true;
    *ret_a = *ret_b = true;
    for (size_t i = 0; texts[i]; i++) {
        Date one = {0}, two = {0};
        *ret_a &= reading_date(&first, texts[i], &one);
        *ret_b &= reading_date(&second, texts[i], &two);
        is_same &= one.first == two.first && one.last == two.last;
    }
    return is_same;
}

static void check_dates(const char *cells) {
    Reading reading;
    ReadingDoubt doubt;
    ReadingVerdict outcome = survey_cells(SURVEY_DATES, cells, &reading, &doubt);
    if (outcome == READING_CONVERTED) outcome = READING_NONE;
    ReadingVerdict wanted = READING_NONE;
    for (DateOrder a = DATES_ISO; a <= DATES_SERIAL; a++)
        for (DateOrder b = a; b <= DATES_SERIAL; b++) {
            bool a_reads, b_reads, is_same = dates_agree(cells, a, b, &a_reads, &b_reads);
            if (a_reads && b_reads && !is_same) wanted = READING_DOUBT;
            if ((a_reads || b_reads) && wanted == READING_NONE) wanted = READING_FOUND;
        }
    if (outcome != wanted) g_test_message("%s", cells);
    g_assert_cmpint(outcome, ==, wanted);
    bool is_read, is_read_too;
    dates_agree(cells, reading.dates, reading.dates, &is_read, &is_read_too);
    g_assert_cmpint(is_read, ==, outcome != READING_NONE);
}

static void test_brute_force_dates(void) {
    static const char *const texts[] = {"05/01/2022", "13/01/2022", "01/13/2022", "05/05/2022",
                                        "2022",       "2022-03",    "5 mai 2022", "44566",
                                        "1.2.2020",   "44567.0",    "31-12-1999"};
    for (int round = 0; round < 10000; round++) {
        g_autoptr(GString) cells = g_string_new(NULL);
        int n = g_test_rand_int_range(1, 4);
        for (int i = 0; i < n; i++)
            g_string_append_printf(cells, "%s%s", i ? "|" : "",
                                   texts[g_test_rand_int_range(0, G_N_ELEMENTS(texts))]);
        check_dates(cells->str);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/data/reading/plain-numbers", test_plain_numbers);
    g_test_add_func("/data/reading/french-numbers", test_french_numbers);
    g_test_add_func("/data/reading/refused-numbers", test_refused_numbers);
    g_test_add_func("/data/reading/any-unit", test_any_unit);
    g_test_add_func("/data/reading/units", test_units);
    g_test_add_func("/data/reading/size", test_size);
    g_test_add_func("/data/reading/words", test_words);
    g_test_add_func("/data/reading/orders", test_orders);
    g_test_add_func("/data/reading/serials", test_serials);
    g_test_add_func("/data/reading/decide-number", test_decide_number);
    g_test_add_func("/data/reading/doubt-number", test_doubt_number);
    g_test_add_func("/data/reading/none", test_none);
    g_test_add_func("/data/reading/decide-date", test_decide_date);
    g_test_add_func("/data/reading/number-round-trip", test_number_round_trip);
    g_test_add_func("/data/reading/date-round-trip", test_date_round_trip);
    g_test_add_func("/data/reading/brute-force", test_brute_force);
    g_test_add_func("/data/reading/brute-force-dates", test_brute_force_dates);
    return g_test_run();
}
