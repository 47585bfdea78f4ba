/* chart/label_sides: flags as they stand on both sides of a line, and how far each is from it.
 * In: forms, put and taken back one at a time. Out: the distances of a side's flags, and its price:
 * what a reader would give to be spared its stems, lines and moves, in 1/64 unit of stem. Which
 * flags stand above, below or facing which is kept as sets of bits, so that a trial costs what the
 * side has flags and neighbours, not their square. Private to the label engine. */
#pragma once

#include "chart/label_flag.h"

#include <glib.h>

typedef struct LabelSides LabelSides;

/* All are nowhere at first. `wishes` and `room` are borrowed. */
[[nodiscard]] LabelSides *label_sides_new(const FlagWish *wishes, size_t n, const FlagRoom *room);
void label_sides_free(LabelSides *sides);

/* One a wish; the distances are those of label_sides_keep(). */
const FlagPlace *label_sides_places(const LabelSides *sides);
/* In another form, or nowhere; no other place changes. */
void label_sides_put(LabelSides *sides, size_t wish, FlagPlace place);
/* Finds the distances of every flag of a side. Its price; -1 when it cannot be, or costs `limit` or
 * more. */
int64_t label_sides_price(LabelSides *sides, bool is_down, int64_t limit);
/* Those found last become the places'. */
void label_sides_keep(LabelSides *sides, bool is_down);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelSides, label_sides_free)
