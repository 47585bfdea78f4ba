/* The files a data package is written in: datapackage.yaml, and what it may put in files beside. */
#include "project/package_read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- paths ---- */

/* Does the file, when there is one, stand in the package's folder once links are followed? */
static bool is_inside(const char *folder, const char *path) {
    g_autofree char *joined = g_build_filename(folder, path, NULL);
    char *real_folder = realpath(folder, NULL), *real_path = realpath(joined, NULL);
    bool is_out = false;
    if (real_folder && real_path) {
        size_t n = strlen(real_folder);
        while (n && real_folder[n - 1] == '/') n--;
        is_out = strncmp(real_folder, real_path, n) != 0 || real_path[n] != '/';
    }
    free(real_folder);
    free(real_path);
    return !is_out;
}

static bool has_parent_step(const char *path) {
    g_auto(GStrv) steps = g_strsplit(path, "/", -1);
    return g_strv_contains((const char *const *)steps, "..");
}

bool package_check_path(Loader *load, const char *key, const char *path, Span span) {
    if (strstr(path, "://"))
        diag_error(load->diag, span, "unsafe-path",
                   "download the file beside datapackage.yaml and give its name",
                   "%s: « %s » is an address, not a file", key, path);
    else if (g_path_is_absolute(path) || has_parent_step(path))
        diag_error(load->diag, span, "unsafe-path", "write a path inside the folder of the package",
                   "%s: « %s » may leave the folder of the package", key, path);
    else if (!is_inside(load->package->folder, path))
        diag_error(load->diag, span, "unsafe-path",
                   "replace the symbolic link with the file itself",
                   "%s: « %s » is a link out of the folder of the package", key, path);
    else
        return true;
    return false;
}

/* ---- parts in files of their own ---- */

static Node *load_part(Loader *load, const Node *name, const char *path) {
    g_autofree char *joined = g_build_filename(load->package->folder, path, NULL);
    g_autofree char *error = NULL;
    if (!g_file_test(joined, G_FILE_TEST_EXISTS)) {
        diag_error(load->diag, package_place(name), "missing-file",
                   "put the file there, or correct the path", "there is no file %s", joined);
        return NULL;
    }
    Source *source = source_load(joined, joined, &error);
    if (!source) {
        diag_system(load->diag, joined, "cannot be read: %s", error);
        return NULL;
    }
    g_ptr_array_add(load->parts, source);
    Node *root = node_parse(source, load->arena, load->diag);
    if (root) g_ptr_array_add(load->roots, root);
    return root;
}

Node *package_part(Loader *load, Node *map, const char *key) {
    const Node *name = node_find(map, key);
    if (!name || name->kind != NODE_SCALAR || node_is_null(name))
        return node_map(map, key, load->diag);
    if (!package_check_path(load, key, name->text, package_place(name))) return NULL;
    Node *root = load_part(load, name, name->text);
    if (!root || root->kind == NODE_MAP) return root;
    diag_error(load->diag, root->span, "type-error",
               "write keys and values, one `key: value` a line", "this is no map of keys");
    return NULL;
}
