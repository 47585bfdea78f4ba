#include "emit/out_set.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* The hidden directory holds, for the i-th changed file, `i` (the new bytes, then nothing) and
 * during the commit `i.old` (a second name of the previous file). Its lock tells other programs
 * that its owner is alive. */
#define STAGE_PREFIX ".frise-"

typedef struct {
    char *target;    /* full path */
    char *staged;    /* in the hidden directory */
    char *backup;    /* a second name of the previous file, or NULL */
    bool was_absent; /* there was no previous file */
} Staged;

struct OutSet {
    char *directory;
    char *stage;         /* NULL until a file needs it */
    int stage_fd;        /* locked, -1 without stage */
    GPtrArray *files;    /* Staged *, in the order added */
    GHashTable *targets; /* every path seen */
    size_t fresh;
    bool is_faulty;
    GMutex mutex;
};

static void staged_free(void *data) {
    Staged *file = data;
    g_free(file->target);
    g_free(file->staged);
    g_free(file->backup);
    g_free(file);
}

OutSet *out_set_new(const char *directory) {
    OutSet *set = g_new0(OutSet, 1);
    set->directory = g_strdup(directory);
    set->stage_fd = -1;
    set->files = g_ptr_array_new_with_free_func(staged_free);
    set->targets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_mutex_init(&set->mutex);
    return set;
}

static void stage_remove(const char *stage) {
    GDir *dir = g_dir_open(stage, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(stage, name, NULL);
        g_unlink(path);
    }
    if (dir) g_dir_close(dir);
    g_rmdir(stage);
}

void out_set_free(OutSet *set) {
    if (!set) return;
    if (set->stage) {
        stage_remove(set->stage);
        if (set->stage_fd >= 0) close(set->stage_fd);
    }
    g_free(set->directory);
    g_free(set->stage);
    g_ptr_array_unref(set->files);
    g_hash_table_unref(set->targets);
    g_mutex_clear(&set->mutex);
    g_free(set);
}

/* Hidden directories whose lock is free belong to programs that were killed. */
static void remove_dead_stages(const char *directory) {
    GDir *dir = g_dir_open(directory, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        if (!g_str_has_prefix(name, STAGE_PREFIX)) continue;
        g_autofree char *path = g_build_filename(directory, name, NULL);
        int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (fd < 0) continue;
        if (!flock(fd, LOCK_EX | LOCK_NB)) stage_remove(path);
        close(fd);
    }
    if (dir) g_dir_close(dir);
}

static bool system_fault(Diag *diag, const char *path, const char *what) {
    diag_system(diag, path, "%s: %s", _(what), g_strerror(errno));
    return false;
}

/* The lock on the output directory is held from the making of the hidden directory to its own lock,
 * so that no other program takes it for a dead one. */
static bool stage_make(OutSet *set, Diag *diag) {
    if (set->stage) return true;
    if (g_mkdir_with_parents(set->directory, 0777))
        return system_fault(diag, set->directory, "the output directory cannot be made");
    int fd = open(set->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return system_fault(diag, set->directory, "the output directory cannot be opened");
    if (!flock(fd, LOCK_EX)) remove_dead_stages(set->directory);
    g_autofree char *stage = g_build_filename(set->directory, STAGE_PREFIX "XXXXXX", NULL);
    bool is_made = g_mkdtemp(stage);
    if (!is_made) {
        system_fault(diag, set->directory, "the output directory cannot be written");
    } else {
        set->stage_fd = open(stage, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (set->stage_fd >= 0) flock(set->stage_fd, LOCK_EX);
        set->stage = g_steal_pointer(&stage);
    }
    close(fd);
    return is_made;
}

static bool is_inside(const char *path) {
    if (!*path || g_path_is_absolute(path)) return false;
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    return !g_strv_contains((const char *const *)parts, "..");
}

static bool file_equals(const char *path, GBytes *bytes) {
    GStatBuf info;
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    if (g_stat(path, &info) || !S_ISREG(info.st_mode) || (gsize)info.st_size != size) return false;
    g_autofree char *present = NULL;
    gsize length;
    return g_file_get_contents(path, &present, &length, NULL) && length == size &&
           (!size || !memcmp(present, data, size));
}

static bool file_write(const char *path, GBytes *bytes) {
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) return false;
    while (size) {
        ssize_t done = write(fd, data, size);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) break;
        data += done, size -= (gsize)done;
    }
    int saved = errno; /* a full disk may be told by either call */
    bool is_closed = !close(fd);
    if (size) errno = saved;
    return !size && is_closed;
}

static bool add_locked(OutSet *set, const char *path, GBytes *bytes, Diag *diag) {
    g_autofree char *target = g_build_filename(set->directory, path, NULL);
    if (!is_inside(path)) {
        diag_system(diag, target, "the path leaves the output directory");
        return false;
    }
    if (!g_hash_table_add(set->targets, g_strdup(target))) {
        diag_system(diag, target, "two outputs have the same name");
        return false;
    }
    if (file_equals(target, bytes)) {
        set->fresh++;
        return true;
    }
    if (!stage_make(set, diag)) return false;
    Staged *file = g_new0(Staged, 1);
    file->target = g_steal_pointer(&target);
    file->staged = g_strdup_printf("%s/%u", set->stage, set->files->len);
    g_ptr_array_add(set->files, file);
    return file_write(file->staged, bytes) ||
           system_fault(diag, file->target, "the file cannot be written");
}

bool out_set_add(OutSet *set, const char *path, GBytes *bytes, Diag *diag) {
    g_mutex_lock(&set->mutex);
    bool is_added = add_locked(set, path, bytes, diag);
    if (!is_added) set->is_faulty = true;
    g_mutex_unlock(&set->mutex);
    return is_added;
}

/* What would stop a rename is looked for before the first one. */
static bool check_targets(const OutSet *set, Diag *diag) {
    bool is_clear = true;
    for (guint i = 0; i < set->files->len; i++) {
        const Staged *file = set->files->pdata[i];
        g_autofree char *parent = g_path_get_dirname(file->target);
        if (g_mkdir_with_parents(parent, 0777))
            is_clear = system_fault(diag, parent, "the directory cannot be made");
        else if (g_access(parent, W_OK | X_OK))
            is_clear = system_fault(diag, parent, "the directory cannot be written");
        else if (g_file_test(file->target, G_FILE_TEST_IS_DIR)) {
            errno = EISDIR;
            is_clear = system_fault(diag, file->target, "the file cannot be written");
        }
    }
    return is_clear;
}

static bool move_in_place(Staged *file) {
    g_autofree char *backup = g_strconcat(file->staged, ".old", NULL);
    file->was_absent = !g_file_test(file->target, G_FILE_TEST_EXISTS);
    if (!link(file->target, backup)) file->backup = g_steal_pointer(&backup);
    return !g_rename(file->staged, file->target);
}

/* On a disk without second names there is no backup: the new file stays, since any file is worth
 * more than none. */
static void move_back(const Staged *file) {
    if (file->backup)
        g_rename(file->backup, file->target);
    else if (file->was_absent)
        g_unlink(file->target);
}

bool out_set_commit(OutSet *set, Diag *diag) {
    if (set->is_faulty || !check_targets(set, diag)) return false;
    for (guint i = 0; i < set->files->len; i++) {
        Staged *file = set->files->pdata[i];
        if (move_in_place(file)) continue;
        system_fault(diag, file->target, "the file cannot be put in place");
        while (i--) move_back(set->files->pdata[i]);
        return false;
    }
    return true;
}

size_t out_set_written(const OutSet *set) {
    return set->files->len;
}

size_t out_set_fresh(const OutSet *set) {
    return set->fresh;
}
