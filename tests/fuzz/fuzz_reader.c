/* A CSV file of any bytes, under schemas that leave open or fix how it is written. The first byte
 * chooses among them and the number of threads. Whatever comes: faults or a table; the bulk reader
 * and the reader of one record agree; and the clean form of a file reads as the file does. */
#include "fuzz.h"

#include "data/intake.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static Field field(const char *name, FieldType type) {
    static const char *const missing[] = {"", NULL};
    return (Field){.name = name,
                   .type = type,
                   .is_partial = type == FIELD_DATE,
                   .reading = reading_plain,
                   .missing_values = (const char **)missing};
}

static void check_cut(const Dialect *dialect, const char *bytes, size_t len) {
    g_autofree char *copy = g_malloc0(len + 1 + CSV_PADDING);
    if (len) memcpy(copy, bytes, len);
    g_auto(CsvCut) cut = {0};
    g_auto(CsvRecord) record = {0};
    bool is_cut = csv_cut(&cut, dialect, copy, len);
    size_t row = 0;
    CsvKind kind = CSV_BLANK;
    for (size_t at = 0; kind < CSV_END; at = record.end) {
        kind = csv_record(dialect, bytes, len, at, &record);
        if (kind != CSV_ROW || !is_cut) continue;
        g_assert_cmpuint(row, <, cut.n_rows);
        g_assert_cmpuint(record.cells->len, ==, cut.rows[row + 1] - cut.rows[row]);
        for (guint i = 0; i < record.cells->len; i++)
            g_assert_cmpstr(csv_record_text(&record, i), ==,
                            csv_cell_text(&cut, cut.rows[row] + i));
        row++;
    }
    g_assert_true(is_cut == (kind == CSV_END));
    if (is_cut) g_assert_cmpuint(row, ==, cut.n_rows);
}

static void put(int fd, const char *bytes, size_t len) {
    g_assert_cmpint(ftruncate(fd, 0), ==, 0);
    g_assert_cmpint(pwrite(fd, bytes, len, 0), ==, (ssize_t)len);
}

static void add_line(void *clean, const FixLine *line) {
    g_string_append_len(clean, line->new, (gssize)line->new_len);
}

static Intake *read_file(const Resource *resource, const char *path, int jobs) {
    g_autoptr(Diag) diag = diag_new();
    const IntakeOptions options = {.jobs = jobs};
    Intake *intake = intake_read(resource, path, &options, diag);
    g_assert_true((intake != NULL) == (diag_errors(diag) == 0));
    return intake;
}

/* Written clean, the file gives the same values. */
static void check_fix(const Resource *resource, const char *path, int fd, Intake *intake) {
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(GString) clean = g_string_new(NULL);
    g_autoptr(Arena) arena = arena_new();
    if (!intake_fix(intake, add_line, clean, diag)) g_assert_not_reached();
    put(fd, clean->str, clean->len);
    Resource declared = *resource;
    declared.dialect.is_delimiter_fixed = true;
    declared.dialect.encoding = "utf-8";
    g_autoptr(Intake) again = read_file(&declared, path, 1);
    /* A plain number may still be said two ways: 1.234 is refused where its column says no more. */
    if (!again) return;
    g_assert_cmpuint(intake_rows(again), ==, intake_rows(intake));
    for (size_t i = 0; i < resource->n_fields; i++)
        for (size_t row = 0; row < intake_rows(intake); row++) {
            Value a = column_value(&intake_columns(intake)->columns[i], row);
            Value b = column_value(&intake_columns(again)->columns[i], row);
            g_assert_cmpstr(value_plain(a, arena), ==, value_plain(b, arena));
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static int fd = -1; /* one file for all runs: making one takes longer than reading it */
    static const char *const encodings[] = {NULL, NULL, "utf-8", "windows-1252", "utf-16le"};
    if (!size) return 0;
    uint8_t choice = data[0];
    const char *bytes = (const char *)data + 1;
    size_t len = size - 1;
    if (fd < 0) fd = memfd_create("fuzz", MFD_CLOEXEC);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
    Field fields[] = {field("id", FIELD_STRING), field("n", FIELD_NUMBER), field("d", FIELD_DATE),
                      field("k", FIELD_INTEGER)};
    size_t key = 0;
    Node node = {.kind = NODE_MAP};
    Resource resource = {.name = "r",
                         .path = "r.csv",
                         .table = "r",
                         .dialect = {.delimiter = ",;"[choice & 1],
                                     .is_delimiter_fixed = choice & 2,
                                     .quote = '"',
                                     .comment = choice & 4 ? '#' : 0,
                                     .has_header = !(choice & 8),
                                     .encoding = encodings[(choice >> 4) % 5]},
                         .fields = fields,
                         .n_fields = G_N_ELEMENTS(fields),
                         .primary_key = {&key, choice & 128 ? 1 : 0, NULL},
                         .node = &node,
                         .path_node = &node};
    /* Zero bytes never come so far: decoding refuses them. */
    if (!memchr(bytes, 0, len)) check_cut(&resource.dialect, bytes, len);
    put(fd, bytes, len);
    g_autoptr(Intake) intake = read_file(&resource, path, 1);
    if (intake) check_fix(&resource, path, fd, intake);
    return 0;
}
