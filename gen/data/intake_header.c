/* The first row names the columns: which field each of them is. */
#include "data/intake_private.h"

#include "base/i18n.h"
#include "data/dialect.h"
#include "data/encoding.h"

#include <string.h>

static const size_t ABSENT = SIZE_MAX;

typedef struct {
    Intake *intake;
    const Source *source; /* the file from its start to the end of the header */
    const CsvRecord *record;
    size_t *labels; /* of each field, ABSENT without one */
} Header;

static Span label_span(const Header *header, size_t label) {
    const CsvPlace *place = &g_array_index(header->record->cells, CsvPlace, label);
    return (Span){header->source, place->start, place->len};
}

static Span whole_span(const Header *header) {
    return (Span){header->source, header->record->start, header->record->len};
}

static bool is_same_name(const Header *header, const char *a, const char *b) {
    return header->intake->dialect.ignores_case ? g_ascii_strcasecmp(a, b) == 0 : !strcmp(a, b);
}

static size_t field_named(const Header *header, const char *name) {
    const Resource *resource = header->intake->resource;
    for (size_t i = 0; i < resource->n_fields; i++)
        if (is_same_name(header, resource->fields[i].name, name)) return i;
    return NO_FIELD;
}

/* The fields that no label names, NULL-terminated: what a wrong label may mean. */
static const char **absent_names(const Header *header) {
    const Resource *resource = header->intake->resource;
    const char **names = g_new0(const char *, resource->n_fields + 1);
    size_t n = 0;
    for (size_t i = 0; i < resource->n_fields; i++)
        if (header->labels[i] == ABSENT) names[n++] = resource->fields[i].name;
    return names;
}

/* One label that holds the separators of another dialect: every other fault would be noise. */
static bool check_delimiter(const Header *header) {
    Intake *intake = header->intake;
    const char *text = csv_record_text(header->record, 0);
    if (header->record->cells->len > 1 || intake->resource->n_fields < 2) return true;
    for (const char *other = ";,\t|"; *other; other++) {
        if (*other == intake->dialect.delimiter || !strchr(text, *other)) continue;
        g_autofree char *seems = dialect_delimiter_shown(*other);
        g_autofree char *is = dialect_delimiter_shown(intake->dialect.delimiter);
        g_autofree char *hint = g_strdup_printf(
            _("run `frise fix %s --write`, or write `dialect: {delimiter: \"%s\"}` under %s in "
              "datapackage.yaml"),
            intake->path, *other == '\t' ? "\\t" : (char[]){*other, '\0'}, intake->resource->name);
        faults_add(&intake->faults, label_span(header, 0), "dialect-error", hint,
                   "the columns seem to be separated by %s, not by %s", seems, is);
        return false;
    }
    return true;
}

static void find_labels(Header *header) {
    Intake *intake = header->intake;
    for (size_t i = 0; i < intake->n_labels; i++) {
        const char *name = csv_record_text(header->record, i);
        size_t field = field_named(header, name);
        intake->fields[i] = NO_FIELD;
        if (field == NO_FIELD) continue;
        if (header->labels[field] == ABSENT) {
            header->labels[field] = i;
            intake->fields[i] = field;
        } else {
            faults_add(&intake->faults, label_span(header, i), "duplicate-label",
                       _("keep one of the two"), "the column « %s » is already column %zu", name,
                       header->labels[field] + 1);
        }
    }
}

static void report_extra(const Header *header, size_t label, const char *near) {
    Intake *intake = header->intake;
    g_autofree char *hint =
        near ? g_strdup_printf(_("did you mean %s?"), near)
             : g_strdup_printf(_("delete the column, or add it to the fields of %s in "
                                 "datapackage.yaml"),
                               intake->resource->name);
    g_autofree char *shown = cell_quote(csv_record_text(header->record, label));
    faults_add(&intake->faults, label_span(header, label), "extra-label", hint, "unknown column %s",
               shown);
}

static bool may_have_more(const Header *header) {
    FieldsMatch match = header->intake->resource->match;
    return match == MATCH_SUBSET || match == MATCH_PARTIAL;
}

/* Keys, and what must be filled, have a column whatever the schema lets be absent. */
static bool may_be_absent(const Header *header, size_t field) {
    const Resource *resource = header->intake->resource;
    if (resource->match != MATCH_SUPERSET && resource->match != MATCH_PARTIAL) return false;
    for (size_t i = 0; i < resource->primary_key.n; i++)
        if (resource->primary_key.columns[i] == field) return false;
    return !resource->fields[field].is_required;
}

/* Labels that name no field; a field that one of them nearly names is not reported as missing. */
static void check_unknown_labels(const Header *header, GHashTable *explained) {
    g_autofree const char **absent = absent_names(header);
    if (may_have_more(header)) return;
    for (size_t i = 0; i < header->intake->n_labels; i++) {
        const char *name = csv_record_text(header->record, i);
        if (!*name) {
            faults_add(&header->intake->faults, label_span(header, i), "blank-label",
                       _("name the column, or delete it"), "column %zu has no name", i + 1);
            continue;
        }
        if (field_named(header, name) != NO_FIELD) continue;
        const char *near = nearest_word(name, absent);
        if (near) g_hash_table_add(explained, (char *)near);
        report_extra(header, i, near);
    }
}

static void check_missing_labels(const Header *header, GHashTable *explained) {
    Intake *intake = header->intake;
    g_autofree const char **absent = absent_names(header);
    for (const char **name = absent; *name; name++) {
        bool is_told = g_hash_table_contains(explained, *name);
        if (is_told || may_be_absent(header, field_named(header, *name))) continue;
        g_autofree char *hint =
            g_strdup_printf(_("add the column, or delete the field of %s in datapackage.yaml"),
                            intake->resource->name);
        faults_add(&intake->faults, whole_span(header), "missing-label", hint,
                   "the column « %s » is missing", *name);
    }
}

/* What `fieldsMatch` asks beyond names. */
static void check_match(const Header *header) {
    Intake *intake = header->intake;
    const Resource *resource = intake->resource;
    size_t known = 0;
    for (size_t i = 0; i < intake->n_labels; i++) {
        size_t field = intake->fields[i];
        if (field == NO_FIELD) continue;
        known++;
        if (resource->match != MATCH_EXACT || field == i) continue;
        faults_add(&intake->faults, label_span(header, i), "incorrect-label",
                   _("put the columns in the order of the fields, or leave `fieldsMatch` out"),
                   "the column « %s » is number %zu, not %zu", resource->fields[field].name, i + 1,
                   field + 1);
        return;
    }
    if (resource->match == MATCH_PARTIAL && !known)
        faults_add(&intake->faults, whole_span(header), "missing-label",
                   _("name the columns as the fields of the schema"),
                   "no column is a field of the schema");
}

static bool check_header(Header *header) {
    Intake *intake = header->intake;
    size_t n_fields = intake->resource->n_fields;
    g_autoptr(GHashTable) explained = g_hash_table_new(g_str_hash, g_str_equal);
    intake->n_labels = header->record->cells->len;
    intake->fields = g_renew(size_t, intake->fields, intake->n_labels);
    header->labels = g_new0(size_t, n_fields + 1);
    for (size_t i = 0; i < n_fields; i++) header->labels[i] = ABSENT;
    bool is_parted = check_delimiter(header);
    if (is_parted) {
        find_labels(header);
        check_unknown_labels(header, explained);
        check_missing_labels(header, explained);
        check_match(header);
    }
    g_free(header->labels);
    return is_parted;
}

/* ---- the first bytes ---- */

GByteArray *intake_head(const Intake *intake) {
    size_t len, bad, from = 0;
    const char *head = feed_head(intake->feed, &len);
    const char *encoding = intake->dialect.encoding;
    GByteArray *text = g_byte_array_new();
    if (encoding && !encoding_is_utf8(encoding)) {
        g_autoptr(Decoder) decoder = decoder_new(encoding);
        (void)decoder_feed(decoder, head, len, false, text, &bad);
        return text;
    }
    if (len >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0) from = 3;
    g_byte_array_append(text, (const guint8 *)head + from, (guint)(len - from));
    return text;
}

static bool find_delimiter(Intake *intake, const GByteArray *head, const Source *source) {
    char found[2];
    bool is_declared = intake->resource->dialect.is_delimiter_fixed;
    if (is_declared && !intake->finds_dialect) return true;
    DelimiterVerdict verdict = dialect_find_delimiter(&intake->dialect, (const char *)head->data,
                                                      head->len, intake->resource, found);
    if (verdict == DELIMITER_DOUBT && is_declared) return true;
    intake->dialect.delimiter = found[0];
    if (verdict == DELIMITER_FOUND) return true;
    g_autofree char *first = dialect_delimiter_shown(found[0]);
    g_autofree char *second = dialect_delimiter_shown(found[1]);
    g_autofree char *hint = g_strdup_printf(
        _("write `dialect: {delimiter: …}` under %s in datapackage.yaml"), intake->resource->name);
    faults_add(&intake->faults, (Span){source, 0, 1}, "dialect-error", hint,
               "the columns may be separated by %s or by %s", first, second);
    return false;
}

static bool report_empty(Intake *intake, const Source *source) {
    faults_add(&intake->faults, (Span){source, 0, 0}, "source-error",
               _("write the names of the columns on the first line"), "the file is empty");
    return false;
}

/* Without a header the columns are the fields, in their order. */
static void take_fields_in_order(Intake *intake) {
    intake->n_labels = intake->resource->n_fields;
    intake->fields = g_renew(size_t, intake->fields, intake->n_labels);
    for (size_t i = 0; i < intake->n_labels; i++) intake->fields[i] = i;
    intake->header_end = 0;
}

bool intake_read_header(Intake *intake, Diag *diag) {
    g_autoptr(GByteArray) head = intake_head(intake);
    g_auto(CsvRecord) record = {0};
    g_autoptr(GBytes) bytes = g_bytes_new(head->data, head->len);
    g_autoptr(Source) source = source_new(intake->path, bytes);
    if (!find_delimiter(intake, head, source)) return false;
    if (!intake->dialect.has_header) {
        take_fields_in_order(intake);
        return true;
    }
    CsvKind kind;
    do
        kind =
            csv_record(&intake->dialect, (const char *)head->data, head->len, record.end, &record);
    while (kind == CSV_BLANK || kind == CSV_COMMENT);
    if (kind == CSV_END) return report_empty(intake, source);
    if (kind != CSV_ROW) {
        second_look_report_quote(intake->feed, &intake->dialect, intake->path, diag);
        return false;
    }
    intake->header_end = record.end;
    Header header = {.intake = intake, .source = source, .record = &record};
    return check_header(&header);
}
