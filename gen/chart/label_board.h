/* chart/label_board: which place each label has, and which places of the others that blocks.
 * Each offer counts the labels that stand in its way, so that asking whether it is free costs
 * nothing: offers are compared once when a label is set, and not when it is taken off. Private to
 * the label engine. */
#pragma once

#include "chart/label_offer.h"

typedef struct LabelBoard LabelBoard;

/* No label has a place at first. `offers` of n wishes, borrowed: see label_offers(). */
[[nodiscard]] LabelBoard *label_board_new(GArray *const *offers, size_t n, double unit);
void label_board_free(LabelBoard *board);

/* Index of an offer; -1: no place. */
void label_board_choose(LabelBoard *board, size_t wish, int offer);
const int *label_board_chosen(const LabelBoard *board); /* of each wish; borrowed */
/* How many other labels stand in the way of an offer; when it is one, that one in ret_blocker. */
int label_board_blockers(const LabelBoard *board, size_t wish, int offer, size_t *ret_blocker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelBoard, label_board_free)
