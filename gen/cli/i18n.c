#include "cli/i18n.h"

#include <glib.h>
#include <locale.h>

/* Catalogues stand beside the program in a build tree, under share/ once installed. */
static char *catalogue_folder(void) {
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    if (!program) return g_strdup("/usr/share/locale");
    g_autofree char *folder = g_path_get_dirname(program);
    char *beside = g_build_filename(folder, "locale", NULL);
    if (g_file_test(beside, G_FILE_TEST_IS_DIR)) return beside;
    g_free(beside);
    return g_build_filename(folder, "..", "share", "locale", NULL);
}

void i18n_start(void) {
    setlocale(LC_MESSAGES, "");
    /* A constant: pango and glibc would else read the environment's, and the pages could follow. */
    setlocale(LC_CTYPE, "C.UTF-8");
    g_autofree char *folder = catalogue_folder();
    bindtextdomain("frise", folder);
    bind_textdomain_codeset("frise", "UTF-8");
    textdomain("frise");
}
