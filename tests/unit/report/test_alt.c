#include "report/alt.h"

#include <string.h>

/* Marks as these tests know them: chart/ lies to the right. */
static const MarkWords circles = {.kind = "Frise",
                                  .kind_among = "frise",
                                  .each = "chaque cercle est placé à sa date",
                                  .size = "sa surface représente",
                                  .one = "événement",
                                  .many = "événements",
                                  .most = "le plus grand",
                                  .from = "x",
                                  .value = "size",
                                  .unit = "size_unit",
                                  .is_event = true,
                                  .adds_up = true};
static const MarkWords columns = {.kind = "Diagramme en colonnes",
                                  .kind_among = "colonnes",
                                  .each = "chaque colonne est placée à sa date",
                                  .each_of = "chaque colonne correspond à",
                                  .size = "sa hauteur représente",
                                  .one = "colonne",
                                  .many = "colonnes",
                                  .from = "x",
                                  .value = "y",
                                  .stack = "stack",
                                  .unit = "unit",
                                  .is_piled = true,
                                  .fills_years = true};

static const MarkWords months = {.kind = "Calendrier",
                                 .kind_among = "calendrier",
                                 .each = "chaque case est un mois",
                                 .size = "sa teinte représente",
                                 .one = "case remplie",
                                 .many = "cases remplies",
                                 .from = "x",
                                 .value = "y",
                                 .is_piled = true,
                                 .is_monthly = true,
                                 .is_count = true};

static const MarkWords piles = {.kind = "Frise en pictogrammes",
                                .each = "chaque symbole compte pour un",
                                .one = "date",
                                .many = "dates",
                                .from = "x",
                                .value = "y",
                                .is_event = true,
                                .is_piled = true};

static const MarkWords *find_words(const char *mark) {
    if (g_str_equal(mark, "calendar")) return &months;
    if (g_str_equal(mark, "unit")) return &piles;
    return g_str_equal(mark, "bubble") ? &circles : g_str_equal(mark, "bar") ? &columns : NULL;
}

typedef struct {
    Arena *arena;
    Diag *diag;
    Source *source;
    Layer layer;
    Panel panel;
    Figure figure;
    Table table;
    AltTexts texts;
} Trial;

static Date day(const char *text) {
    Date date = {0};
    g_assert_true(date_parse(text, &date));
    return date;
}

static Value cell_of(const char *text) {
    Date date;
    char *end;
    gint64 integer = g_ascii_strtoll(text, &end, 10);
    if (*text && !*end) return (Value){.kind = VALUE_INT, .integer = integer};
    if (date_parse(text, &date)) return (Value){.kind = VALUE_DATE, .date = date};
    return (Value){.kind = VALUE_TEXT, .text = text};
}

/* Rows of three cells: a name, a date, a value. */
static void fill_table(Trial *trial, const char *const *cells) {
    static const char *names[] = {"name", "date", "n"};
    size_t n = cells ? g_strv_length((char **)cells) : 0;
    trial->table = (Table){.columns = names, .n_columns = 3, .n_rows = n / 3};
    trial->table.cells = ARENA_ARRAY(trial->arena, Value, n + 1);
    for (size_t i = 0; i < n; i++) trial->table.cells[i] = cell_of(cells[i]);
}

static Trial *trial_new(const char *mark, const char *keys, const char *const *cells,
                        bool has_time) {
    Trial *trial = g_new0(Trial, 1);
    trial->arena = arena_new();
    trial->diag = diag_new();
    g_autoptr(GBytes) bytes = g_bytes_new(keys, strlen(keys));
    trial->source = source_new("rapport.yaml", bytes);
    fill_table(trial, cells);
    trial->layer = (Layer){.mark = mark,
                           .node = node_parse(trial->source, trial->arena, trial->diag),
                           .data = &trial->table};
    trial->panel = (Panel){.layers = &trial->layer, .n_layers = 1};
    trial->figure = (Figure){.name = "vols",
                             .title = {.plain = "Les vols"},
                             .subtitle = {.plain = "Montants au jour du vol."},
                             .panels = &trial->panel,
                             .n_panels = 1,
                             .has_time = has_time};
    if (has_time) {
        trial->figure.from = day("2017-01-01");
        trial->figure.to = day("2026-12-31");
    }
    return trial;
}

static size_t count_sentences(const char *text) {
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, ". ")); p++) n++;
    return n + 1;
}

static void check_promises(const AltTexts *texts) {
    const char *const all[] = {texts->alt, texts->alt_long, texts->description};
    g_assert_cmpint(g_utf8_strlen(texts->alt, -1), <=, ALT_MAX);
    g_assert_cmpint(g_utf8_strlen(texts->alt_long, -1), <=, ALT_LONG_MAX);
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        g_assert_null(strstr(all[i], "\u00A0"));
        g_assert_null(strstr(all[i], "\u202F"));
        g_assert_null(strstr(all[i], "\u00AD"));
        g_assert_null(strchr(all[i], '\n'));
        g_assert_null(strchr(all[i], '$'));
        g_assert_false(g_str_has_prefix(all[i], "Image"));
    }
    g_assert_cmpuint(count_sentences(texts->description), <=, 8);
}

static void trial_make(Trial *trial) {
    trial->texts = alt_make(&trial->figure, find_words, NULL, trial->arena);
    check_promises(&trial->texts);
}

static void trial_free(Trial *trial) {
    source_unref(trial->source);
    diag_free(trial->diag);
    arena_free(trial->arena);
    g_free(trial);
}

#define BUBBLE                                                                                     \
    "x: date\nsize: n\nlabel: \"**{name}** {n | money short}\"\n" /* the label tells the unit */

static const char *const thefts[] = {"Ronin",      "2022-03-23", "620000000",  "Bybit",
                                     "2025-02-21", "1460000000", "Coincheck",  "2018-01-26",
                                     "534000000",  "Bithumb",    "2017-02",    "7000000",
                                     "Ancien",     "2011-01-01", "9000000000", NULL};

static void test_finding(void) {
    Trial *trial = trial_new("bubble", BUBBLE, thefts, true);
    trial_make(trial);
    g_assert_cmpstr(trial->texts.alt, ==,
                    "Frise : les vols, de 2017 à 2026 ; le plus grand, Bybit, 1,46 milliard de "
                    "dollars, le 21 février 2025");
    g_assert_cmpstr(trial->texts.alt_long, ==,
                    "Frise : les vols. Montants au jour du vol. De 2017 à 2026 : 4 événements. "
                    "Maximum : Bybit, 1,46 milliard de dollars, le 21 février 2025 ; minimum : "
                    "Bithumb, 7 millions de dollars, en février 2017. Total : 2,62 milliards de "
                    "dollars.");
    trial_free(trial);
}

static void test_description(void) {
    Trial *trial = trial_new("bubble", BUBBLE, thefts, true);
    trial_make(trial);
    g_assert_nonnull(strstr(trial->texts.description,
                            "Le plus long intervalle entre deux événements est de "
                            "1 517 jours, du 26 janvier 2018 au 23 mars 2022."));
    Note note = {.text = {.plain = "**record**\n1,46\u00A0Md$ en févr.\u00A02025"}};
    trial->figure.notes = &note;
    trial->figure.n_notes = 1;
    trial_make(trial);
    const char *text = trial->texts.description;
    g_assert_nonnull(strstr(text, "Chaque cercle est placé à sa date et sa surface représente le "
                                  "montant, en dollars."));
    g_assert_nonnull(strstr(text, "4 événements : d’abord Bithumb, en février 2017, et pour finir "
                                  "Bybit, le 21 février 2025."));
    g_assert_nonnull(strstr(text, "pour un total de 2,62 milliards de dollars."));
    g_assert_nonnull(strstr(text, "Incertitudes : 1 date connue au mois ou à l’année seulement."));
    g_assert_nonnull(strstr(text, "1,46 milliard de dollars en février 2025 »."));
    g_assert_cmpuint(count_sentences(text), >=, 5);
    trial_free(trial);
}

static void test_no_rows(void) {
    Trial *trial = trial_new("bubble", BUBBLE, NULL, true);
    trial_make(trial);
    g_assert_cmpstr(trial->texts.alt, ==, "Frise : les vols, de 2017 à 2026 ; aucune donnée");
    g_assert_nonnull(strstr(trial->texts.description, "Aucune donnée à montrer."));
    trial_free(trial);
}

static void test_one_row(void) {
    static const char *const one[] = {"Bybit", "2025-02-21~", "1", NULL};
    Trial *trial = trial_new("bubble", "x: date\nsize: n\nsize_unit: vols\n", one, true);
    trial_make(trial);
    g_assert_cmpstr(trial->texts.alt, ==,
                    "Frise : les vols, de 2017 à 2026 ; le plus grand, 1 vol, vers le 21 février "
                    "2025");
    g_assert_nonnull(strstr(trial->texts.description, "1 date approximative."));
    g_assert_null(strstr(trial->texts.description, "intervalle"));
    trial_free(trial);
}

static void test_same_day(void) {
    static const char *const rows[] = {"A", "2022-01-05", "2",          "B", "2022-01-05",
                                       "2", "C",          "2022-01-05", "2", NULL};
    Trial *trial = trial_new("bubble", "x: date\nsize: n\n", rows, true);
    trial_make(trial);
    g_assert_nonnull(strstr(trial->texts.description, "3 événements, le 5 janvier 2022."));
    g_assert_nonnull(strstr(trial->texts.description, "Toutes les valeurs sont égales : 2."));
    g_assert_null(strstr(trial->texts.description, "intervalle"));
    trial_free(trial);
}

/* Columns of a year are one column; a year without rows is drawn at 0. */
static void test_years(void) {
    static const char *const rows[] = {"a", "2019", "2", "b", "2019", "3", "a", "2021", "1", NULL};
    Trial *trial = trial_new(
        "bar", "x: date\ny: n\nstack: name\nnoun: [tir, tirs]\ncolors: {a: ink, b: band}\n", rows,
        false);
    trial_make(trial);
    g_assert_cmpstr(trial->texts.alt, ==,
                    "Diagramme en colonnes : les vols, de 2019 à 2021 ; maximum, 5 tirs, en 2019");
    g_assert_nonnull(strstr(trial->texts.description,
                            "En détail : en 2019, 5 tirs ; en 2020, 0 tir ; en 2021, 1 tir."));
    g_assert_nonnull(strstr(trial->texts.description, "les couleurs distinguent : a et b."));
    g_assert_nonnull(strstr(trial->texts.description, "pour un total de 6 tirs."));
    trial_free(trial);
}

/* The greatest is a month, whatever its days; a row counts for one; a whole year is in no month. */
static void test_months(void) {
    static const char *const rows[] = {"a",       "2022-01-05", "2", "b",    "2022-01-09", "3", "c",
                                       "2022-03", "4",          "d", "2022", "9",          NULL};
    for (int counts = 0; counts < 2; counts++) {
        Trial *trial = trial_new("calendar", counts ? "x: date\n" : "x: date\ny: n\n", rows, true);
        trial_make(trial);
        const char *text = trial->texts.description;
        g_assert_nonnull(strstr(text, "2 cases remplies, de janvier à mars 2022."));
        g_assert_nonnull(strstr(text, counts ? "Maximum : 2, en janvier 2022."
                                             : "Maximum : 5, en janvier 2022."));
        trial_free(trial);
    }
}

/* Counts of years are of these years; a year among days is a day that is not known. */
static void test_periods(void) {
    static const char *const years[] = {"a", "2019", "2", "b", "2020", "3", "c", "2024", "1", NULL};
    static const char *const mixed[] = {"a", "2019", "2", "b", "2020-01-05", "3", NULL};
    Trial *trial = trial_new("unit", "x: date\ny: n\n", years, true);
    trial_make(trial);
    g_assert_null(strstr(trial->texts.description, "Incertitudes"));
    g_assert_null(strstr(trial->texts.description, "intervalle"));
    trial_free(trial);
    trial = trial_new("unit", "x: date\ny: n\n", mixed, true);
    trial_make(trial);
    g_assert_nonnull(strstr(trial->texts.description, "Incertitudes : 1 date connue"));
    trial_free(trial);
}

/* A remark that two media have in their own words is told once. */
static void test_notes(void) {
    static const char *paper[] = {"a4", NULL}, *screen[] = {"article", NULL};
    Note notes[] = {{.text = {.plain = "le plus grand"}, .at = "bybit", .media = paper},
                    {.text = {.plain = "en grand"}, .at = "bybit", .media = screen},
                    {.text = {.plain = "le premier"}, .at = "bithumb", .media = screen}};
    Trial *trial = trial_new("bubble", BUBBLE, thefts, true);
    trial->figure.notes = notes;
    trial->figure.n_notes = G_N_ELEMENTS(notes);
    trial_make(trial);
    g_assert_nonnull(strstr(trial->texts.description, "la note « le plus grand »"));
    g_assert_null(strstr(trial->texts.description, "en grand"));
    g_assert_nonnull(strstr(trial->texts.description, "la note « le premier »"));
    trial_free(trial);
}

/* Never within a word. */
static void test_long_title(void) {
    g_autoptr(GString) title = g_string_new("Des mots");
    for (int i = 0; i < 60; i++) g_string_append(title, i % 7 ? " longuement" : ", encore");
    Trial *trial = trial_new("bubble", BUBBLE, thefts, true);
    trial->figure.title.plain = title->str;
    trial_make(trial);
    g_assert_true(g_str_has_suffix(trial->texts.alt, "longuement…"));
    g_assert_true(g_str_has_suffix(trial->texts.alt_long, "longuement…") ||
                  g_str_has_suffix(trial->texts.alt_long, "encore…"));
    trial_free(trial);
}

/* A mark that nobody knows: its figure still has its title. */
static void test_unknown_mark(void) {
    Trial *trial = trial_new("spirale", "x: date\n", thefts, true);
    trial_make(trial);
    g_assert_cmpstr(trial->texts.alt, ==, "Figure : les vols, de 2017 à 2026");
    trial_free(trial);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/alt/finding", test_finding);
    g_test_add_func("/alt/description", test_description);
    g_test_add_func("/alt/no-rows", test_no_rows);
    g_test_add_func("/alt/one-row", test_one_row);
    g_test_add_func("/alt/same-day", test_same_day);
    g_test_add_func("/alt/years", test_years);
    g_test_add_func("/alt/months", test_months);
    g_test_add_func("/alt/periods", test_periods);
    g_test_add_func("/alt/notes", test_notes);
    g_test_add_func("/alt/long-title", test_long_title);
    g_test_add_func("/alt/unknown-mark", test_unknown_mark);
    return g_test_run();
}
