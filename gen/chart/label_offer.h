/* chart/label_offer: where one label could go, and at what cost, the others left aside. Inside the
 * circle it names, beside it, or farther with a leader, at the angles and distances of a fixed set:
 * what touches a mark or a text of the field, or leaves its bounds, is not offered. Costs count in
 * type sizes: roughly the length of the leader. Private to the label engine. */
#pragma once

#include "chart/label.h"

typedef struct {
    LabelPlace place;
    double cost;
    Rect hull; /* of box and leader, with air: places whose hulls are apart do not conflict */
} LabelOffer;

/* For each wish, in its order, an array of LabelOffer by cost; the caller frees them. Of the wishes
 * that need not be near, only the `most` of greatest rank are given any: `turns` has all of them by
 * rank. The place that a wish had is kept, if it is free, whatever it costs. */
[[nodiscard]] GArray **label_offers(const LabelField *field, const size_t *turns, size_t most,
                                    double unit, Arena *arena);
/* Two places whose hulls overlap and that cannot both be. */
bool label_offers_clash(const LabelOffer *x, const LabelOffer *y, double unit);
/* Two places that cannot both be: most hulls are apart. */
static inline bool label_offers_conflict(const LabelOffer *x, const LabelOffer *y, double unit) {
    return rect_overlaps(x->hull, y->hull) && label_offers_clash(x, y, unit);
}
/* The next place, from `first` on, that this wish had; -1: it had none, or it is not free. Forms of
 * a text may have the same corner: the memory does not tell them apart. */
int label_offer_former(const LabelWish *wish, const GArray *offers, guint first);
