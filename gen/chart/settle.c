#include "chart/settle.h"

#include "base/i18n.h"
#include "chart/convention.h"
#include "chart/key.h"

#include <math.h>

static void report_no_room(Chart *chart) {
    diag_error(chart->diag, chart->figure->node->key_span, "figure-room",
               "give it more height, shorten its title and subtitle, or show fewer rules",
               "no room is left to draw « %s » on medium %s", chart->figure->name,
               chart->medium->name);
}

static void say_left_out(Chart *chart, size_t n) {
    const char *hint = _("make the figure higher, shorten the labels, or ask for fewer");
    g_autofree char *message = NULL;
    if (chart->is_keyless)
        message = g_strdup_printf(
            ngettext("%zu label found no room on medium %s, and has no key: « %s » is left out",
                     "%zu labels found no room on medium %s, and have no key: « %s » and the "
                     "others are left out",
                     n),
            n, chart->medium->name, chart->first_left_out);
    else
        message = g_strdup_printf(
            ngettext("%zu label found no room on medium %s: it is numbered, and stands in a key",
                     "%zu labels found no room on medium %s: they are numbered, and stand in a key",
                     n),
            n, chart->medium->name);
    diag_note(chart->diag, chart->figure->node->key_span, "label-room", hint, "%s", message);
}

static bool may_grow(const Chart *chart) {
    return chart->context->stands_alone && chart->medium->height <= 0;
}

static bool has_all_it_wants(const Chart *chart, bool to_the_dot) {
    bool is_enough = chart->key_need <= chart->key_room && !(chart->lanes_wanted & ~chart->lanes) &&
                     !(chart->conventions_used & ~chart->conventions) &&
                     chart->values_wanted <= chart->values_room &&
                     (!may_grow(chart) || chart->grow_wanted <= chart->grow);
    bool is_same = chart->key_need == chart->key_room && chart->lanes == chart->lanes_wanted &&
                   chart->conventions == chart->conventions_used &&
                   chart->values_wanted == chart->values_room &&
                   (!may_grow(chart) || chart->grow_wanted == chart->grow);
    return to_the_dot ? is_same : is_enough;
}

/* Where height is fixed, a former build may have settled on more than it wanted: less would move
 * what stands. Not so where most of the key is gone. */
static bool keeps_former_room(const Chart *chart, int round) {
    return round == 0 && !may_grow(chart) && chart->key_need > 0 &&
           chart->key_room <= chart->key_need * 4;
}

/* At first each round is given what the one before wanted; later, at least that, so that two
 * arrangements cannot alternate. */
static void give_what_it_wants(Chart *chart, bool never_less) {
    chart->key_room = fmax(chart->key_need, never_less ? chart->key_room : 0);
    chart->values_room = fmax(chart->values_wanted, chart->values_room);
    chart->lanes = chart->lanes_wanted | (never_less ? chart->lanes : 0);
    chart->conventions = chart->conventions_used | (never_less ? chart->conventions : 0);
    if (may_grow(chart)) chart->grow = fmax(chart->grow_wanted, never_less ? chart->grow : 0);
}

/* Labels are placed before it is known which have no room, and the key of these takes room from
 * them: the figure is composed again until it has what it wants. A figure of its own grows by its
 * key, so that twice is enough; one on a page gives way to it. NULL after errors, or when room is
 * lacking. */
static Frame *settle(Chart *chart, Compose *compose, double width, double height) {
    enum { ROUNDS = 8, FREE_ROUNDS = 3 };
    bool explains = convention_explains(chart);
    for (int round = 0; round < ROUNDS; round++) {
        size_t told = diag_count(chart->diag);
        bool was_turned = chart->is_turned; /* the first round tells */
        double lanes = was_turned ? 0 : key_lanes_height(chart);
        double grown = may_grow(chart) ? chart->key_room + lanes + chart->grow : 0;
        g_autoptr(Frame) frame = compose(chart, width, height + grown);
        if (!frame || chart->lacks_room) return NULL;
        if (!explains) chart->conventions_used = 0;
        bool to_the_dot = round < FREE_ROUNDS && !keeps_former_room(chart, round);
        bool has_its_height = chart->is_turned == was_turned || !chart->lanes;
        if (has_its_height && has_all_it_wants(chart, to_the_dot)) return g_steal_pointer(&frame);
        diag_rewind(chart->diag, told); /* the next round says it again */
        give_what_it_wants(chart, round >= FREE_ROUNDS);
    }
    chart->lacks_room = true;
    return NULL;
}

static const char room_key[] = ".", foot_key[] = ".foot";

static bool is_room(const LockPlace *was, double height) {
    return was && was->kind == LOCK_ROOM && was->x >= 0 && was->x < 20 * height;
}

static void recall_room(Chart *chart, double height) {
    const LockPlace *was = chart_recall(chart, 0, room_key);
    const LockPlace *grown = chart_recall(chart, 0, ".grow");
    chart->key_room = is_room(was, height) ? was->x : 0;
    chart->lanes = is_room(was, height) ? (unsigned)was->y : 0;
    chart->grow = may_grow(chart) && is_room(grown, height) ? grown->x : 0;
    const LockPlace *foot = chart_recall(chart, 0, foot_key);
    chart->values_room = is_room(foot, height) ? foot->x : 0;
    chart->conventions = foot && foot->kind == LOCK_ROOM ? (unsigned)foot->y : 0;
}

/* What the last round was given: the next build starts from it, and settles on the same. */
static void remember_room(Chart *chart) {
    LockPlace room = {.kind = LOCK_ROOM, .x = chart->key_room, .y = chart->lanes};
    LockPlace foot = {.kind = LOCK_ROOM, .x = chart->values_room, .y = chart->conventions};
    if (chart->key_room > 0) chart_remember(chart, 0, room_key, room);
    if (foot.x > 0 || foot.y > 0) chart_remember(chart, 0, foot_key, foot);
}

/* Where a key would leave no room for the figure, as on a card, the labels are left out. */
Frame *settle_figure(Chart *chart, Compose *compose, double width, double height) {
    recall_room(chart, height);
    chart->is_keyless = chart->figure->has_no_key;
    Frame *frame = settle(chart, compose, width, height);
    if (!frame && chart->lacks_room && chart->n_left_out && !chart->is_keyless) {
        chart->is_keyless = true;
        chart->key_room = chart->lanes = 0;
        frame = settle(chart, compose, width, height);
    }
    if (!frame && chart->lacks_room) report_no_room(chart);
    if (!frame) return NULL;
    remember_room(chart);
    if (chart->n_left_out) say_left_out(chart, chart->n_left_out);
    return frame;
}
