#include "data/dialect.h"

#include "base/i18n.h"
#include "data/csv_cut.h"
#include "data/encoding.h"

#include <string.h>

static const char delimiters[] = {',', ';', '\t', '|'};

enum { ROWS_COMPARED = 5 };

static bool is_label(const Resource *resource, const char *text) {
    g_autofree char *bare = g_strstrip(g_strdup(text));
    for (size_t i = 0; i < resource->n_fields; i++)
        if (g_ascii_strcasecmp(resource->fields[i].name, bare) == 0) return true;
    return false;
}

/* The next record that is a row; false when there is none. */
static bool next_row(const Dialect *dialect, const char *head, size_t len, CsvRecord *record) {
    CsvKind kind;
    do kind = csv_record(dialect, head, len, record->end, record);
    while (kind == CSV_BLANK || kind == CSV_COMMENT);
    return kind == CSV_ROW;
}

typedef struct {
    size_t matches; /* labels of the header that the schema knows */
    size_t width;   /* cells of the header */
    size_t alike;   /* cells of each of the first rows; 0: not the same number, or one */
} Evidence;

static Evidence try_delimiter(Dialect dialect, char delimiter, const char *head, size_t len,
                              const Resource *resource) {
    g_auto(CsvRecord) record = {0};
    Evidence evidence = {0};
    dialect.delimiter = delimiter;
    if (!next_row(&dialect, head, len, &record)) return evidence;
    for (guint i = 0; dialect.has_header && i < record.cells->len; i++)
        evidence.matches += is_label(resource, csv_record_text(&record, i));
    evidence.width = record.cells->len;
    evidence.alike = record.cells->len > 1 ? record.cells->len : 0;
    for (int row = 1; row < ROWS_COMPARED && next_row(&dialect, head, len, &record); row++)
        if (record.cells->len != evidence.alike) evidence.alike = 0;
    return evidence;
}

DelimiterVerdict dialect_find_delimiter(const Dialect *dialect, const char *head, size_t len,
                                        const Resource *resource, char ret_found[static 2]) {
    size_t most = 0, widest = 1, longest = 1;
    char by_width = ',', by_header = ',';
    bool is_tied = false;
    ret_found[0] = ret_found[1] = ',';
    for (size_t i = 0; i < G_N_ELEMENTS(delimiters); i++) {
        if (delimiters[i] == dialect->quote || delimiters[i] == dialect->comment) continue;
        Evidence evidence = try_delimiter(*dialect, delimiters[i], head, len, resource);
        if (evidence.width > longest) longest = evidence.width, by_header = delimiters[i];
        if (evidence.alike > widest) widest = evidence.alike, by_width = delimiters[i];
        if (evidence.matches > most) {
            most = evidence.matches;
            ret_found[0] = delimiters[i];
            is_tied = false;
        } else if (evidence.matches && evidence.matches == most && resource->n_fields > 1) {
            ret_found[1] = delimiters[i];
            is_tied = true;
        }
    }
    /* A file of one column matches whatever the delimiter, and no matter. */
    bool is_whole = most == resource->n_fields && most == 1;
    if (is_tied && !is_whole) return DELIMITER_DOUBT;
    if (!most) ret_found[0] = widest > 1 ? by_width : by_header;
    return DELIMITER_FOUND;
}

char *dialect_delimiter_shown(char delimiter) {
    return delimiter == '\t' ? g_strdup(_("tab")) : g_strdup_printf(_("« %c »"), delimiter);
}

static void add(GString *line, const char *word) {
    if (line->len) g_string_append(line, ", ");
    g_string_append(line, word);
}

/* Each word once, whichever columns it comes from. */
static void add_readings(GString *line, const Resource *resource, const Reading *readings) {
    static const char *const orders[] = {
        [DATES_ISO] = NULL,
        [DATES_DMY] = N_("day/month/year"),
        [DATES_MDY] = N_("month/day/year"),
        [DATES_WORDS] = N_("dates in words"),
        [DATES_SERIAL] = N_("Excel serial dates"),
    };
    bool has_comma = false, has_orders[G_N_ELEMENTS(orders)] = {0};
    unsigned groups = 0;
    g_autoptr(GPtrArray) units = g_ptr_array_new();
    for (size_t i = 0; i < resource->n_fields; i++) {
        const Reading *reading = &readings[i];
        bool is_date = resource->fields[i].type == FIELD_DATE;
        has_comma |= !is_date && reading->decimal == ',';
        groups |= reading->group;
        if (*reading->unit &&
            !g_ptr_array_find_with_equal_func(units, reading->unit, g_str_equal, NULL))
            g_ptr_array_add(units, (char *)reading->unit);
        has_orders[reading->dates] |= is_date;
    }
    if (has_comma) add(line, _("decimal comma"));
    if (groups & GROUP_SPACE) add(line, _("spaces between thousands"));
    if (groups & GROUP_DOT) add(line, _("dots between thousands"));
    if (groups & GROUP_COMMA) add(line, _("commas between thousands"));
    if (groups & GROUP_APOSTROPHE) add(line, _("apostrophes between thousands"));
    for (guint i = 0; i < units->len; i++) add(line, units->pdata[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++)
        if (has_orders[i] && orders[i]) add(line, _(orders[i]));
}

char *dialect_describe(const Resource *resource, const Dialect *dialect, const Reading *readings) {
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *delimiter = dialect_delimiter_shown(dialect->delimiter);
    bool is_utf8 = !dialect->encoding || encoding_is_utf8(dialect->encoding);
    add_readings(line, resource, readings);
    bool is_usual = dialect->delimiter == ',' && is_utf8 && !line->len;
    if (is_usual) return NULL;
    g_string_prepend(line, line->len ? ", " : "");
    g_string_prepend(line, is_utf8 ? "UTF-8" : encoding_name_shown(dialect->encoding));
    g_string_prepend(line, ", ");
    g_string_prepend(line, delimiter);
    return g_string_free(g_steal_pointer(&line), FALSE);
}
