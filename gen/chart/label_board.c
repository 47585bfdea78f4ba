#include "chart/label_board.h"

typedef struct {
    double x0, y0, x1, y1; /* of the offer's hull */
    int n_blockers;
    size_t blockers; /* sum of their numbers: of one, which it is */
} Spot;

typedef struct {
    uint32_t wish, offer;
} Blocked;

struct LabelBoard {
    GArray *const *offers;
    size_t n;
    double unit;
    int *chosen;
    size_t *first; /* of each wish's spots; one more, the end */
    Spot *spots;
    GArray **blocked; /* Blocked, of each wish by its place; NULL: it never had one */
};

LabelBoard *label_board_new(GArray *const *offers, size_t n, double unit) {
    LabelBoard *board = g_new(LabelBoard, 1);
    *board = (LabelBoard){.offers = offers,
                          .n = n,
                          .unit = unit,
                          .chosen = g_new(int, n + 1),
                          .first = g_new0(size_t, n + 1),
                          .blocked = g_new0(GArray *, n + 1)};
    for (size_t i = 0; i < n; i++) {
        board->chosen[i] = -1;
        board->first[i + 1] = board->first[i] + offers[i]->len;
    }
    board->spots = g_new0(Spot, board->first[n] + 1);
    for (size_t i = 0; i < n; i++)
        for (guint k = 0; k < offers[i]->len; k++) {
            Rect hull = g_array_index(offers[i], LabelOffer, k).hull;
            board->spots[board->first[i] + k] =
                (Spot){.x0 = hull.x, .y0 = hull.y, .x1 = hull.x + hull.w, .y1 = hull.y + hull.h};
        }
    return board;
}

void label_board_free(LabelBoard *board) {
    if (!board) return;
    for (size_t i = 0; i < board->n; i++) g_clear_pointer(&board->blocked[i], g_array_unref);
    g_free(board->blocked);
    g_free(board->chosen);
    g_free(board->first);
    g_free(board->spots);
    g_free(board);
}

const int *label_board_chosen(const LabelBoard *board) {
    return board->chosen;
}

int label_board_blockers(const LabelBoard *board, size_t wish, int offer, size_t *ret_blocker) {
    const Spot *spot = &board->spots[board->first[wish] + (size_t)offer];
    if (spot->n_blockers == 1) *ret_blocker = spot->blockers;
    return spot->n_blockers;
}

static void take_off(LabelBoard *board, size_t wish) {
    GArray *blocked = board->blocked[wish];
    for (guint k = 0; blocked && k < blocked->len; k++) {
        const Blocked *what = &g_array_index(blocked, Blocked, k);
        Spot *spot = &board->spots[board->first[what->wish] + what->offer];
        spot->n_blockers--;
        spot->blockers -= wish;
    }
    if (blocked) g_array_set_size(blocked, 0);
}

static void block_spots(LabelBoard *board, size_t wish, const Spot *of, const LabelOffer *place,
                        size_t other) {
    size_t first = board->first[other], end = board->first[other + 1];
    for (size_t k = first; k < end; k++) {
        Spot *spot = &board->spots[k];
        if (spot->x0 >= of->x1 || of->x0 >= spot->x1) continue;
        if (spot->y0 >= of->y1 || of->y0 >= spot->y1) continue;
        Blocked what = {(uint32_t)other, (uint32_t)(k - first)};
        const LabelOffer *offer = &g_array_index(board->offers[other], LabelOffer, what.offer);
        if (!label_offers_clash(place, offer, board->unit)) continue;
        spot->n_blockers++;
        spot->blockers += wish;
        g_array_append_val(board->blocked[wish], what);
    }
}

void label_board_choose(LabelBoard *board, size_t wish, int offer) {
    if (board->chosen[wish] == offer) return;
    take_off(board, wish);
    board->chosen[wish] = offer;
    if (offer < 0) return;
    if (!board->blocked[wish]) board->blocked[wish] = g_array_new(FALSE, FALSE, sizeof(Blocked));
    const Spot *of = &board->spots[board->first[wish] + (size_t)offer];
    const LabelOffer *place = &g_array_index(board->offers[wish], LabelOffer, (guint)offer);
    for (size_t other = 0; other < board->n; other++)
        if (other != wish) block_spots(board, wish, of, place, other);
}
