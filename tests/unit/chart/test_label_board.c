#include "chart/label_board.h"

enum { ROUNDS = 200, WISHES = 8, OFFERS = 6, CHANGES = 60 };
static const double unit = 10;

static GArray *any_offers(void) {
    GArray *offers = g_array_new(FALSE, TRUE, sizeof(LabelOffer));
    guint n = (guint)g_test_rand_int_range(0, OFFERS + 1);
    for (guint k = 0; k < n; k++) {
        LabelOffer offer = {.place.box = {g_test_rand_double_range(0, 120),
                                          g_test_rand_double_range(0, 60), 40, 12}};
        offer.hull = rect_grow(offer.place.box, 3.5);
        g_array_append_val(offers, offer);
    }
    return offers;
}

/* Every count is what comparing all the places gives. */
static void check(const LabelBoard *board, GArray *const *offers) {
    const int *chosen = label_board_chosen(board);
    for (size_t i = 0; i < WISHES; i++)
        for (guint k = 0; k < offers[i]->len; k++) {
            size_t blocker = WISHES, last = WISHES;
            int n = 0;
            for (size_t j = 0; j < WISHES; j++) {
                if (j == i || chosen[j] < 0) continue;
                const LabelOffer *place = &g_array_index(offers[j], LabelOffer, (guint)chosen[j]);
                if (!label_offers_conflict(place, &g_array_index(offers[i], LabelOffer, k), unit))
                    continue;
                last = j;
                n++;
            }
            g_assert_cmpint(label_board_blockers(board, i, (int)k, &blocker), ==, n);
            if (n == 1) g_assert_cmpuint(blocker, ==, last);
        }
}

static void test_blockers(void) {
    for (int round = 0; round < ROUNDS; round++) {
        GArray *offers[WISHES];
        for (size_t i = 0; i < WISHES; i++) offers[i] = any_offers();
        g_autoptr(LabelBoard) board = label_board_new(offers, WISHES, unit);
        for (int change = 0; change < CHANGES; change++) {
            size_t wish = (size_t)g_test_rand_int_range(0, WISHES);
            int offer = g_test_rand_int_range(-1, (int)offers[wish]->len);
            label_board_choose(board, wish, offer);
            g_assert_cmpint(label_board_chosen(board)[wish], ==, offer);
            check(board, offers);
        }
        for (size_t i = 0; i < WISHES; i++) g_array_unref(offers[i]);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/label-board/blockers", test_blockers);
    return g_test_run();
}
