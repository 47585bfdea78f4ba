/* emit/out_set: the files of one build, written aside and put in place together.
 * In: paths relative to the output directory and their bytes. A file whose bytes are already there
 * is left alone, date included, and counts as fresh; the others are written in a hidden directory
 * beside them, then renamed by out_set_commit(). When anything fails, every path and every fault is
 * reported and the previous files are all left (a failure among the renames puts the old files
 * back). Freeing an OutSet that was not committed removes what it wrote; what a killed program left
 * is removed by the next one. Files may be added from several threads. */
#pragma once

#include "base/diag.h"

typedef struct OutSet OutSet;

/* The directory is made when the first file needs it. */
[[nodiscard]] OutSet *out_set_new(const char *directory);
void out_set_free(OutSet *set); /* NULL is accepted */

/* A path with `..` or added twice is refused. The bytes are not kept. */
[[nodiscard]] bool out_set_add(OutSet *set, const char *path, GBytes *bytes, Diag *diag);
/* Once, after the last file; false, and nothing changed, if an out_set_add() failed. */
[[nodiscard]] bool out_set_commit(OutSet *set, Diag *diag);

size_t out_set_written(const OutSet *set); /* files that differ from what was there */
size_t out_set_fresh(const OutSet *set);   /* files left alone */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OutSet, out_set_free)
