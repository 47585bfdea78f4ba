#include "project/lock.h"

#include "base/i18n.h"

#include <math.h>
#include <string.h>

static const char head[] =
    "# Where each label went. Made by frise: commit it with the template, do not edit it.\n"
    "# `frise build --relayout` forgets it.\n";

struct Lock {
    char *text;        /* of the file, or NULL */
    GHashTable *old;   /* "figure medium scope key" → LockPlace */
    GHashTable *new;   /* the same */
    GHashTable *drawn; /* "figure medium " of what was set */
};

static Lock *lock_new(void) {
    Lock *lock = g_new0(Lock, 1);
    lock->old = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    lock->new = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    lock->drawn = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return lock;
}

void lock_free(Lock *lock) {
    if (!lock) return;
    g_hash_table_unref(lock->old);
    g_hash_table_unref(lock->new);
    g_hash_table_unref(lock->drawn);
    g_free(lock->text);
    g_free(lock);
}

/* A key may hold anything but an end of line. */
static char *place_id(const char *figure, const char *medium, int scope, const char *key) {
    char *id = g_strdup_printf("%s %s %d %s", figure, medium, scope, key);
    return g_strdelimit(id, "\r\n", ' ');
}

/* ---- reading ---- */

static bool read_number(char **words, int i, double *ret) {
    char *end;
    *ret = g_ascii_strtod(words[i], &end);
    return *words[i] && !*end && isfinite(*ret) && fabs(*ret) < 1e18;
}

static bool read_flag(char **words, LockPlace *place) {
    double lines;
    place->is_down = g_str_equal(words[0], "down");
    place->is_left = g_str_equal(words[1], "left");
    bool is_good = (place->is_down || g_str_equal(words[0], "up")) &&
                   (place->is_left || g_str_equal(words[1], "right")) &&
                   read_number(words, 2, &lines) && lines >= 1 && lines <= 3 &&
                   read_number(words, 3, &place->y) && place->y >= 0;
    if (is_good) place->form = (int)lines - 1;
    return is_good;
}

/* The words of a place, by kind; its key follows them. */
static const struct {
    const char *name;
    LockKind kind;
    int words;
} kinds[] = {{"flag", LOCK_FLAG, 4},
             {"beside", LOCK_BESIDE, 2},
             {"left-out", LOCK_LEFT_OUT, 0},
             {"room", LOCK_ROOM, 2}};

static bool read_place(char **words, size_t i, LockPlace *place) {
    place->kind = kinds[i].kind;
    switch (place->kind) {
    case LOCK_FLAG: return read_flag(words, place);
    case LOCK_BESIDE:
    case LOCK_ROOM: return read_number(words, 0, &place->x) && read_number(words, 1, &place->y);
    default: return true;
    }
}

static bool read_line(Lock *lock, const char *line) {
    enum { FIGURE, MEDIUM, SCOPE, KIND, PLACE, MOST = 9 };
    g_auto(GStrv) words = g_strsplit(line, " ", MOST + 1);
    if (g_strv_length(words) < PLACE) return false;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (!g_str_equal(words[KIND], kinds[i].name)) continue;
        g_auto(GStrv) parts = g_strsplit(line, " ", PLACE + kinds[i].words + 1);
        guint key = (guint)(PLACE + kinds[i].words);
        LockPlace place = {0};
        double scope;
        if (g_strv_length(parts) != key + 1 || !read_place(parts + PLACE, i, &place)) return false;
        if (!read_number(parts, SCOPE, &scope)) return false;
        g_hash_table_insert(lock->old,
                            place_id(parts[FIGURE], parts[MEDIUM], (int)scope, parts[key]),
                            g_memdup2(&place, sizeof place));
        return true;
    }
    return false;
}

static void read_text(Lock *lock, const char *path, Diag *diag) {
    g_auto(GStrv) lines = g_strsplit(lock->text, "\n", -1);
    bool is_told = false;
    for (size_t i = 0; lines[i]; i++) {
        g_strchomp(lines[i]);
        if (!*lines[i] || *lines[i] == '#' || read_line(lock, lines[i]) || is_told) continue;
        g_autoptr(GBytes) bytes = g_bytes_new(lock->text, strlen(lock->text));
        g_autoptr(Source) source = source_new(path, bytes);
        size_t at = 0;
        for (size_t k = 0; k < i; k++)
            at = (size_t)(strchr(lock->text + at, '\n') - lock->text) + 1;
        diag_warning(diag, (Span){source, at, strlen(lines[i])}, "lock",
                     _("delete the line: the label is placed anew"),
                     "this line of the layout memory cannot be read");
        is_told = true;
    }
}

Lock *lock_load(const char *path, Diag *diag) {
    Lock *lock = lock_new();
    gsize len;
    if (!path || !g_file_get_contents(path, &lock->text, &len, NULL)) return lock;
    if (!g_utf8_validate(lock->text, (gssize)len, NULL)) g_clear_pointer(&lock->text, g_free);
    if (lock->text) read_text(lock, path, diag);
    return lock;
}

/* ---- asking ---- */

const LockPlace *lock_find(const Lock *lock, const char *figure, const char *medium, int scope,
                           const char *key) {
    g_autofree char *id = place_id(figure, medium, scope, key);
    return g_hash_table_lookup(lock->old, id);
}

void lock_set(Lock *lock, const char *figure, const char *medium, int scope, const char *key,
              LockPlace place) {
    g_hash_table_add(lock->drawn, g_strdup_printf("%s %s ", figure, medium));
    g_hash_table_insert(lock->new, place_id(figure, medium, scope, key),
                        g_memdup2(&place, sizeof place));
}

void lock_drop(Lock *lock, const char *figure, const char *medium, int scope, const char *key) {
    g_autofree char *id = place_id(figure, medium, scope, key);
    g_hash_table_remove(lock->new, id);
}

static bool is_of(const char *id, const char *prefix) {
    return g_str_has_prefix(id, prefix);
}

/* As it is read again from the file. */
static LockPlace place_written(const LockPlace *place) {
    LockPlace written = *place;
    if (place->kind == LOCK_ROOM) return written;
    written.x = round(place->x * 100) / 100;
    written.y = round(place->y * 100) / 100;
    return written;
}

static gboolean is_dropped(gpointer id, [[maybe_unused]] gpointer place, gpointer prefix) {
    return is_of(id, prefix);
}

void lock_keep(Lock *lock, const char *figure, const char *medium) {
    g_autofree char *prefix = g_strdup_printf("%s %s ", figure, medium);
    GHashTableIter iter;
    gpointer id, place;
    g_hash_table_foreach_remove(lock->old, is_dropped, prefix);
    g_hash_table_iter_init(&iter, lock->new);
    while (g_hash_table_iter_next(&iter, &id, &place)) {
        LockPlace written = place_written(place);
        if (is_of(id, prefix))
            g_hash_table_insert(lock->old, g_strdup(id), g_memdup2(&written, sizeof written));
    }
}

static bool places_equal(const LockPlace *a, const LockPlace *b) {
    static const double nearly = 0.006; /* of a hundredth, rounded */
    return a->kind == b->kind && a->is_down == b->is_down && a->is_left == b->is_left &&
           a->form == b->form && fabs(a->x - b->x) < nearly && fabs(a->y - b->y) < nearly;
}

static size_t count_of(GHashTable *places, const char *prefix) {
    size_t n = 0;
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, places);
    while (g_hash_table_iter_next(&iter, &id, NULL)) n += is_of(id, prefix);
    return n;
}

bool lock_is_kept(const Lock *lock, const char *figure, const char *medium) {
    g_autofree char *prefix = g_strdup_printf("%s %s ", figure, medium);
    GHashTableIter iter;
    gpointer id, place;
    g_hash_table_iter_init(&iter, lock->new);
    while (g_hash_table_iter_next(&iter, &id, &place)) {
        const LockPlace *was = g_hash_table_lookup(lock->old, id);
        if (is_of(id, prefix) && (!was || !places_equal(was, place))) return false;
    }
    return count_of(lock->old, prefix) == count_of(lock->new, prefix);
}

/* ---- writing ---- */

static void append_number(GString *out, double value) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(out, " %s", g_ascii_formatd(text, sizeof text, "%.2f", value));
}

/* What a room is measured against may be a value of the data, of any size. */
static void append_measure(GString *out, double value) {
    bool is_length =
        fabs(value - round(value * 100) / 100) <= 1e-9 * fabs(value) && fabs(value) < 1e15;
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    if (is_length)
        append_number(out, value);
    else
        g_string_append_printf(out, " %s", g_ascii_formatd(text, sizeof text, "%.12g", value));
}

/* The words of the place go before the key, which may hold spaces. */
static void append_place(GString *out, const char *id, const LockPlace *place) {
    const char *key = id;
    for (int spaces = 0; spaces < 3; key++) spaces += *key == ' ';
    g_string_append_len(out, id, key - id);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (kinds[i].kind == place->kind) g_string_append(out, kinds[i].name);
    if (place->kind == LOCK_FLAG) {
        g_string_append_printf(out, " %s %s %d", place->is_down ? "down" : "up",
                               place->is_left ? "left" : "right", place->form + 1);
        append_number(out, place->y);
    } else if (place->kind == LOCK_ROOM) {
        append_measure(out, place->x);
        append_measure(out, place->y);
    } else if (place->kind != LOCK_LEFT_OUT) {
        append_number(out, place->x);
        append_number(out, place->y);
    }
    g_string_append_printf(out, " %s\n", key);
}

static bool is_drawn(const Lock *lock, const char *id) {
    const char *end = strchr(strchr(id, ' ') + 1, ' ') + 1;
    g_autofree char *of = g_strndup(id, (gsize)(end - id));
    return g_hash_table_contains(lock->drawn, of);
}

static int compare_ids(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *lock_print(const Lock *lock) {
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, lock->new);
    while (g_hash_table_iter_next(&iter, &id, NULL)) g_ptr_array_add(ids, id);
    g_hash_table_iter_init(&iter, lock->old);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        if (!is_drawn(lock, id)) g_ptr_array_add(ids, id);
    g_ptr_array_sort(ids, compare_ids);
    GString *out = g_string_new(head);
    for (guint i = 0; i < ids->len; i++) {
        const LockPlace *place = g_hash_table_lookup(lock->new, ids->pdata[i]);
        if (!place) place = g_hash_table_lookup(lock->old, ids->pdata[i]);
        append_place(out, ids->pdata[i], place);
    }
    return g_string_free(out, FALSE);
}

bool lock_is_changed(const Lock *lock) {
    g_autofree char *text = lock_print(lock);
    return lock->text ? strcmp(lock->text, text) != 0 : strlen(text) > strlen(head);
}
