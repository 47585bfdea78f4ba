/* Texts that cannot be read whole: off the canvas, clipped, under a fill, too small, over one
 * another. */
#include "page/lint_checks.h"

#include "base/i18n.h"

#include <math.h>

/* A box may leave the canvas by so much: its edges hold no ink, and strokes are half their width
 * over the points they join. Ink itself may not, but for a shade of its last pixel. */
static const double BOX_TOLERANCE = 0.75, INK_TOLERANCE = 0.1;

static Rect canvas_of(const Lint *lint) {
    return (Rect){0, 0, lint->frame->width, lint->frame->height};
}

static bool leaves_canvas(const Lint *lint, const Item *item) {
    return !rect_is_empty(item->box) && !rect_contains(canvas_of(lint), item->box, BOX_TOLERANCE);
}

void lint_canvas(const Lint *lint, const Item *item) {
    if (!leaves_canvas(lint, item)) return;
    g_autofree char *message = item->kind == ITEM_TEXT
                                   ? g_strdup_printf(_("« %s » leaves the canvas"), item->run.text)
                                   : g_strdup_printf(_("the %s of « %s » leaves the canvas"),
                                                     _(role_name(item->role)), item->key);
    lint_find(lint, item, "off-canvas", NULL, message);
}

/* The box is as the layout has it; the ink is what the font draws. */
static void check_clipped(const Lint *lint, const Item *text) {
    for (uint32_t i = 0; i < text->run.n_glyphs; i++) {
        Rect ink = lint_ink(lint, &text->run, i);
        if (rect_is_empty(ink) || rect_contains(canvas_of(lint), ink, INK_TOLERANCE)) continue;
        g_autofree char *message =
            g_strdup_printf(_("« %s » (%s): the edge of the canvas cuts its letters"),
                            text->run.text, _(role_name(text->role)));
        lint_find(lint, text, "clipped-text", NULL, message);
        return;
    }
}

/* A fill painted after a text cuts its letters. Points over its box are looked at. */
static void check_hidden(const Lint *lint, const Item *text) {
    enum { ACROSS = 9, DOWN = 3 };
    const Item *end = lint->frame->items + lint->frame->n;
    Rect box = rect_grow(text->box, -LINT_TOLERANCE);
    for (const Item *item = text + 1; item < end; item++) {
        if (item->kind != ITEM_SHAPE || !rect_overlaps(item->box, box)) continue;
        for (int i = 0; i < ACROSS * DOWN; i++) {
            int column = i % ACROSS, row = i / ACROSS;
            Point p = {box.x + box.w * (column + 0.5) / ACROSS, box.y + box.h * (row + 0.5) / DOWN};
            if (!lint_covers(&item->shape, p)) continue;
            g_autofree char *message =
                g_strdup_printf(_("« %s » (%s) lies under %s « %s »"), text->run.text,
                                _(role_name(text->role)), _(role_name(item->role)), item->key);
            lint_find(lint, text, "hidden-text", NULL, message);
            return;
        }
    }
}

/* The size of the text that a run belongs to: superiors are 0.65 of it. */
static double text_size(const Lint *lint, const Item *item) {
    double size = fonts_spec(lint->fonts, item->run.font)->size, text = size;
    for (size_t i = 0; item->block && i < lint->frame->n; i++) {
        const Item *other = &lint->frame->items[i];
        if (other->kind != ITEM_TEXT || other->block != item->block) continue;
        text = fmax(text, fonts_spec(lint->fonts, other->run.font)->size);
    }
    return size >= text * 0.64 ? text : size;
}

static void check_size(const Lint *lint, const Item *item) {
    double size = fonts_spec(lint->fonts, item->run.font)->size;
    if (size >= lint->floor || text_size(lint, item) >= lint->floor) return;
    g_autofree char *message =
        g_strdup_printf(_("« %s » is set in %.1f, below the medium's floor of %.1f"),
                        item->run.text, size, lint->floor);
    lint_find(lint, item, "small-type", NULL, message);
}

void lint_text(const Lint *lint, const Item *text) {
    check_size(lint, text);
    if (!leaves_canvas(lint, text)) check_clipped(lint, text);
    check_hidden(lint, text);
}

/* The rim of a halo is painted over the letters that stand there already. */
static bool is_eaten(const Lint *lint, const Item *under, const Item *over) {
    double rim = FRAME_HALO_EM / 2 * fonts_spec(lint->fonts, over->run.font)->size;
    if (!over->is_haloed || !rect_overlaps(under->box, rect_grow(over->box, rim))) return false;
    for (uint32_t i = 0; i < under->run.n_glyphs; i++) {
        Rect ink = rect_grow(lint_ink(lint, &under->run, i), -LINT_TOLERANCE);
        for (uint32_t k = 0; k < over->run.n_glyphs; k++) {
            Rect letter = lint_ink(lint, &over->run, k);
            if (!rect_is_empty(ink) && !rect_is_empty(letter) &&
                rect_overlaps(ink, rect_grow(letter, rim)))
                return true;
        }
    }
    return false;
}

void lint_texts_apart(const Lint *lint, const Item *a, const Item *b) {
    if (a->block && a->block == b->block) return;
    if (rect_overlaps(rect_grow(a->box, -LINT_TOLERANCE), rect_grow(b->box, -LINT_TOLERANCE))) {
        g_autofree char *message =
            g_strdup_printf(_("« %s » (%s) and « %s » (%s) overlap"), a->run.text,
                            _(role_name(a->role)), b->run.text, _(role_name(b->role)));
        lint_find(lint, a, "text-overlap", NULL, message);
    } else if (is_eaten(lint, a, b)) {
        g_autofree char *message =
            g_strdup_printf(_("« %s » (%s): the halo of « %s » cuts its letters"), a->run.text,
                            _(role_name(a->role)), b->run.text);
        lint_find(lint, a, "clipped-text", NULL, message);
    }
}
