/* project/lock: layout memory, templates/<report>.lock: where each label of a figure went, so that
 * an edit moves its own label and those it must. Text, a line a label, sorted; made by the program,
 * committed by the user. Lengths in the medium's unit, at 0.01.
 *   figure medium scope flag up right 1 24.50 key      a label on a stem: side, direction, lines
 *   figure medium scope beside -12.50 4.20 key         its box, from what it names
 *   figure medium scope left-out key                   it has a number, and its name in the key
 *   figure medium 0 room 84.00 1 .                     room taken by that key, and panels with
 * lanes A line that is not so is left out with a warning: the label is placed anew. */
#pragma once

#include "base/diag.h"

typedef enum { LOCK_NONE, LOCK_FLAG, LOCK_BESIDE, LOCK_LEFT_OUT, LOCK_ROOM } LockKind;

typedef struct {
    LockKind kind;
    bool is_down, is_left;
    int form;    /* lines, less one */
    double x, y; /* flag: y, the distance from the line; room: x the height, y the panels as bits */
} LockPlace;

typedef struct Lock Lock;

/* Of a file that does not exist: empty. NULL `path`: nothing is remembered. */
[[nodiscard]] Lock *lock_load(const char *path, Diag *diag);
void lock_free(Lock *lock);

/* As they were last time; NULL: not there. Borrowed. */
const LockPlace *lock_find(const Lock *lock, const char *figure, const char *medium, int scope,
                           const char *key);
/* As they are now. */
void lock_set(Lock *lock, const char *figure, const char *medium, int scope, const char *key,
              LockPlace place);
/* What was set is taken back. */
void lock_drop(Lock *lock, const char *figure, const char *medium, int scope, const char *key);
/* What was set for a figure on a medium, as the file would say it, is now how it was: to lay it out
 * as a second run would. */
void lock_keep(Lock *lock, const char *figure, const char *medium);
/* Is what was set for it how it was, to the hundredth? */
bool lock_is_kept(const Lock *lock, const char *figure, const char *medium);
/* The file to write: what was set, and what was read of the figures and media that this run did not
 * draw. A new string. */
[[nodiscard]] char *lock_print(const Lock *lock);
/* Has anything been set that the file does not say, or the other way round? */
bool lock_is_changed(const Lock *lock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lock, lock_free)
