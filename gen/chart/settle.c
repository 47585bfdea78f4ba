#include "chart/settle.h"

#include "base/i18n.h"
#include "chart/convention.h"
#include "chart/key.h"

#include <limits.h>
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
    bool is_same = chart->key_need + chart->slack == chart->key_room &&
                   chart->lanes == chart->lanes_wanted &&
                   chart->conventions == chart->conventions_used &&
                   chart->values_wanted == chart->values_room &&
                   (!may_grow(chart) || chart->grow_wanted == chart->grow);
    return to_the_dot ? is_same : is_enough;
}

/* Where height is fixed, a former build may have settled on more than it wanted: less would move
 * what stands. Not so where most of the key is gone. */
static bool keeps_former_room(const Chart *chart, int round) {
    return round == 0 && !may_grow(chart) && chart->key_need > 0 &&
           chart->key_room <= chart->key_need * 4 && has_all_it_wants(chart, false);
}

/* At first each round is given what the one before wanted; later, at least that, so that two
 * arrangements cannot alternate. */
static void give_what_it_wants(Chart *chart, bool never_less) {
    chart->slack = 0;
    chart->key_room = fmax(chart->key_need, never_less ? chart->key_room : 0);
    chart->values_room = fmax(chart->values_wanted, chart->values_room);
    chart->lanes = chart->lanes_wanted | (never_less ? chart->lanes : 0);
    chart->conventions = chart->conventions_used | (never_less ? chart->conventions : 0);
    if (may_grow(chart)) chart->grow = fmax(chart->grow_wanted, never_less ? chart->grow : 0);
}

/* What a figure is composed on, and how. */
typedef struct {
    Compose *compose;
    double width, height;
    bool explains; /* its doubts */
} Canvas;

static Frame *compose_in(Chart *chart, const Canvas *canvas) {
    double lanes = chart->is_turned ? 0 : key_lanes_height(chart);
    double grown = may_grow(chart) ? chart->key_room + lanes + chart->grow : 0;
    Frame *frame = canvas->compose(chart, canvas->width, canvas->height + grown);
    if (!canvas->explains) chart->conventions_used = 0;
    return frame;
}

/* Labels that need a lower plot, and then no key: how little room does it take? Halves what is
 * empty, until a line would not fit in it. */
static Frame *tighten(Chart *chart, const Canvas *canvas) {
    double least = chart->medium->styles[STYLE_LABEL].leading;
    double low = chart->key_need, high = chart->key_room;
    while (high - low > least) {
        size_t told = diag_count(chart->diag);
        chart->key_room = ceil((low + high) / 2);
        g_autoptr(Frame) tried = compose_in(chart, canvas);
        bool is_enough = tried && !chart->lacks_room && has_all_it_wants(chart, false);
        *(is_enough ? &high : &low) = chart->key_room;
        chart->lacks_room = false;
        diag_rewind(chart->diag, told);
    }
    chart->key_room = high;
    Frame *frame = compose_in(chart, canvas);
    chart->slack = chart->key_room - chart->key_need;
    return frame;
}

/* How a figure settled: at once, or after arrangements that alternated. */
typedef struct {
    bool is_rough;
    bool may_be_loose; /* more room than it wants is left for the next try */
} Settling;

/* Labels are placed before it is known which have no room, and the key of these takes room from
 * them: the figure is composed again until it has what it wants. A figure of its own grows by its
 * key, so that twice is enough; one on a page gives way to it. NULL after errors, or when room is
 * lacking. */
static Frame *settle(Chart *chart, const Canvas *canvas, Settling *how) {
    enum { ROUNDS = 8, FREE_ROUNDS = 3, USUAL_ROUNDS = 1 };
    for (int round = 0; round < ROUNDS; round++) {
        size_t told = diag_count(chart->diag);
        bool was_turned = chart->is_turned; /* the first round tells */
        g_autoptr(Frame) frame = compose_in(chart, canvas);
        if (!frame || chart->lacks_room) return NULL;
        bool has_its_height = chart->is_turned == was_turned || !chart->lanes;
        bool is_enough = has_its_height && has_all_it_wants(chart, round < FREE_ROUNDS);
        bool is_loose = !has_all_it_wants(chart, true);
        how->is_rough = round > USUAL_ROUNDS;
        if (is_enough && (how->may_be_loose || !is_loose)) return g_steal_pointer(&frame);
        if (has_its_height && keeps_former_room(chart, round)) {
            chart->slack = chart->key_room - chart->key_need;
            return g_steal_pointer(&frame);
        }
        diag_rewind(chart->diag, told); /* the next round says it again */
        if (is_enough) return tighten(chart, canvas);
        give_what_it_wants(chart, round >= FREE_ROUNDS);
    }
    chart->lacks_room = true;
    return NULL;
}

/* ---- layout memory */

static const char room_key[] = ".", grow_key[] = ".grow", doubt_key[] = ".doubt",
                  slack_key[] = ".slack", foot_key[] = ".foot";

/* A number that was remembered; 0 when there is none from 0 to below `most`. */
static double recall(const Chart *chart, const char *key, double most) {
    const LockPlace *was = chart_recall(chart, 0, key);
    return was && was->kind == LOCK_ROOM && was->x >= 0 && was->x < most ? was->x : 0;
}

static void recall_room(Chart *chart, const Canvas *canvas) {
    double most = 20 * canvas->height;
    const LockPlace *room = chart_recall(chart, 0, room_key);
    chart->key_room = recall(chart, room_key, most);
    chart->lanes = chart->key_room > 0 ? (unsigned)CLAMP(room->y, 0, UINT_MAX) : 0;
    chart->grow = may_grow(chart) ? recall(chart, grow_key, most) : 0;
    chart->values_room = recall(chart, foot_key, most);
    chart->slack = recall(chart, slack_key, most);
    chart->conventions =
        canvas->explains ? (unsigned)recall(chart, doubt_key, 1U << CONVENTION_COUNT) : 0;
}

static void remember(Chart *chart, const char *key, double x, double y) {
    if (x > 0)
        chart_remember(chart, 0, key, (LockPlace){.kind = LOCK_ROOM, .x = x, .y = y});
    else
        chart_forget(chart, 0, key);
}

static void remember_room(Chart *chart) {
    remember(chart, room_key, chart->key_room, chart->lanes);
    remember(chart, slack_key, chart->slack, 0);
    remember(chart, doubt_key, chart->conventions, 0);
    remember(chart, foot_key, chart->values_room, 0);
}

/* A mark alone, without axis of values and remarks, has nothing that its places, once remembered,
 * could make room for or push. */
static bool stands_still(const Chart *chart) {
    const Figure *figure = chart->figure;
    const PanelView *panel = &chart->panels[0];
    bool is_alone = figure->n_panels == 1 && figure->panels[0].n_layers == 1 && !figure->n_notes;
    return is_alone && !figure->rules && !chart->is_turned && !panel->has_values &&
           !panel->foot.is_shown;
}

/* A figure is laid out again as the next build would, with its places remembered, until that
 * changes nothing: what alternated may settle so, without the room that it ended with. */
static Frame *settle_for_good(Chart *chart, const Canvas *canvas) {
    enum { TRIES = 4 };
    size_t told = diag_count(chart->diag);
    for (int try = 0;; try++) {
        Settling how = {.may_be_loose = try == 0};
        recall_room(chart, canvas);
        Frame *frame = settle(chart, canvas, &how);
        if (!frame) return NULL;
        remember_room(chart);
        bool is_still = try == 0 && !how.is_rough && stands_still(chart);
        bool is_done = is_still || chart_is_kept(chart);
        if (is_done || try + 1 == TRIES) return frame;
        frame_free(frame);
        diag_rewind(chart->diag, told);
        chart_keep(chart);
    }
}

/* Where a key would leave no room for the figure, as on a card, the labels are left out. */
Frame *settle_figure(Chart *chart, Compose *compose, double width, double height) {
    const Canvas canvas = {compose, width, height, convention_explains(chart)};
    chart->is_keyless = chart->figure->has_no_key;
    Frame *frame = settle_for_good(chart, &canvas);
    if (!frame && chart->lacks_room && chart->n_left_out && !chart->is_keyless) {
        chart->is_keyless = true;
        frame = settle_for_good(chart, &canvas);
    }
    if (!frame && chart->lacks_room) report_no_room(chart);
    if (!frame) return NULL;
    if (chart->n_left_out) say_left_out(chart, chart->n_left_out);
    frame->leaves_labels_out = chart->n_left_out && chart->is_keyless;
    return frame;
}
