/* Colours that cannot be seen or told apart: texts and marks too pale for what they lie on, marks
 * of one figure that look alike, figures without a mark. */
#include "page/lint_checks.h"

#include "base/i18n.h"
#include "base/vision.h"

#include <math.h>

/* CIEDE2000 between two classes of a figure. Side by side 1 to 2 is seen; marks lie apart and
 * small, where some 5 are needed. */
static const double CLOSE = 5;

/* WCAG 2.2, 1.4.11: of marks to the background, by their fill or their outline. */
static const double LEAST_MARK_CONTRAST = 3;

static const char color_hint[] =
    N_("choose a darker or lighter colour in theme.yaml; --lax turns this into a warning");

static const char empty_hint[] =
    N_("widen its query or its time span; --lax turns this into a warning");

/* WCAG 2.2, 1.4.3: 4.5, or 3 for large text, which is 18 pt, or 14 pt and bold. */
static double contrast_needed(const Lint *lint, const FontSpec *font) {
    double pt = lint->frame->unit == UNIT_PX ? font->size * 0.75 : font->size;
    return pt >= 18 || (pt >= 14 && font->weight >= FONT_BOLD) ? 3 : 4.5;
}

/* The least contrast of its letters to what lies under the middle of each: every fill painted
 * before the text, in order. A rim of the background parts a haloed text from what it lies on. */
static double least_contrast(const Lint *lint, const Item *text) {
    Color ground = color_over(lint->frame->background, (Color){255, 255, 255, 255});
    double least = INFINITY;
    g_autoptr(GPtrArray) fills = g_ptr_array_new();
    for (const Item *item = lint->frame->items; item < text && !text->is_haloed; item++)
        if (item->kind == ITEM_SHAPE && rect_overlaps(item->box, text->box))
            g_ptr_array_add(fills, (Item *)item);
    for (uint32_t i = 0; fills->len && i < text->run.n_glyphs; i++) {
        Rect ink = lint_ink(lint, &text->run, i);
        if (rect_is_empty(ink)) continue;
        Color under = ground;
        for (guint k = 0; k < fills->len; k++) {
            const Shape *shape = &((const Item *)fills->pdata[k])->shape;
            if (lint_covers(shape, (Point){ink.x + ink.w / 2, ink.y + ink.h / 2}))
                under = color_over(shape->paint.fill, under);
        }
        least = fmin(least, color_contrast(color_over(text->run.color, under), under));
    }
    return isfinite(least) ? least : color_contrast(color_over(text->run.color, ground), ground);
}

void lint_contrast(const Lint *lint, const Item *text) {
    double contrast = least_contrast(lint, text);
    double needed = contrast_needed(lint, fonts_spec(lint->fonts, text->run.font));
    if (contrast >= needed) return;
    g_autofree char *message =
        g_strdup_printf(_("« %s » (%s of « %s ») has a contrast of %.1f to what lies under it, "
                          "below %.1f"),
                        text->run.text, _(role_name(text->role)), text->key, contrast, needed);
    lint_find(lint, text, "low-contrast", color_hint, message);
}

static bool is_mark(const Item *item) {
    return item->kind == ITEM_SHAPE && item->role == ROLE_MARK;
}

static bool is_faint(const Lint *lint, const Item *item) {
    const Paint *paint = &item->shape.paint;
    Color ground = color_over(lint->frame->background, (Color){255, 255, 255, 255});
    double contrast = 0;
    if (paint->fill.a) contrast = color_contrast(color_over(paint->fill, ground), ground);
    if (paint->stroke.a)
        contrast = fmax(contrast, color_contrast(color_over(paint->stroke, ground), ground));
    return contrast < LEAST_MARK_CONTRAST;
}

/* What fades does so towards a strong part of the same row. */
static bool has_strong_part(const Lint *lint, const Item *item) {
    for (size_t i = 0; i < lint->frame->n; i++) {
        const Item *other = &lint->frame->items[i];
        if (is_mark(other) && g_str_equal(other->key, item->key) && !is_faint(lint, other) &&
            rect_overlaps(other->box, item->box))
            return true;
    }
    return false;
}

static bool is_same_color(Color a, Color b) {
    return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

/* Marks of one colour are many: one finding for all that are like it. */
void lint_marks(const Lint *lint) {
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (size_t i = 0; i < lint->frame->n; i++) {
        const Item *item = &lint->frame->items[i];
        if (!is_mark(item) || !is_faint(lint, item) || has_strong_part(lint, item)) continue;
        bool is_known = false;
        for (guint k = 0; k < found->len && !is_known; k++) {
            const Paint *paint = &((const Item *)found->pdata[k])->shape.paint;
            is_known = is_same_color(paint->fill, item->shape.paint.fill) &&
                       is_same_color(paint->stroke, item->shape.paint.stroke);
        }
        if (is_known) continue;
        g_ptr_array_add(found, (Item *)item);
        g_autofree char *message =
            g_strdup_printf(_("a mark of « %s » has a contrast below %.0f:1 to the background"),
                            item->key, LEAST_MARK_CONTRAST);
        lint_find(lint, item, "faint-mark", color_hint, message);
    }
}

static bool shows_data(const Item *item) {
    return item->kind == ITEM_SHAPE &&
           (item->role == ROLE_MARK || item->role == ROLE_BAND || item->role == ROLE_RULE);
}

static void check_empty(const Lint *lint, const Item *begin) {
    const Item *end = lint->frame->items + lint->frame->n;
    int depth = 1;
    for (const Item *item = begin + 1; item < end && depth; item++) {
        if (shows_data(item)) return;
        depth += (item->kind == ITEM_BEGIN) - (item->kind == ITEM_END);
    }
    lint_find(lint, begin, "empty-figure", empty_hint, _("the figure has no mark"));
}

/* A colour of the figure, and the first mark that has it. */
typedef struct {
    const Item *item;
    Color color;
} Class;

/* Is the next mark of the same row painted within this one? It is a shade on the way to the colour
 * of its class, or what a hollow mark has inside its outline. */
static bool is_shade(const Item *item, const Item *end) {
    const Item *next = item + 1;
    return next < end && is_mark(next) && item->shape.kind == SHAPE_RECT &&
           g_str_equal(next->key, item->key) && rect_contains(item->box, next->box, LINT_TOLERANCE);
}

/* What is hollow shows its colour by its outline too. */
static double difference_of(const Class *a, const Class *b, Vision vision) {
    Color one = a->item->shape.paint.stroke, two = b->item->shape.paint.stroke;
    double difference = color_difference(a->color, b->color, vision);
    if (one.a != 255) one = a->color;
    if (two.a != 255) two = b->color;
    return fmax(difference, color_difference(one, two, vision));
}

/* Whole, lasting colours alone: what fades or is translucent says something other than a class.
 * Fills are told from fills, lines from lines: a line over a fill says more of the same class. */
static bool is_class(const Item *item, const Item *end, bool is_line, Color *ret) {
    if (!is_mark(item) || is_shade(item, end) || (item->shape.kind == SHAPE_LINE) != is_line)
        return false;
    *ret = is_line ? item->shape.paint.stroke : item->shape.paint.fill;
    return ret->a == 255;
}

static void check_pair(const Lint *lint, const Class *a, const Class *b) {
    static const char *const eyes[VISION_COUNT] = {N_("full colour vision"), N_("protanopia"),
                                                   N_("deuteranopia"), N_("tritanopia")};
    for (Vision v = VISION_FULL; v < VISION_COUNT; v++) {
        double difference = difference_of(a, b, v);
        if (difference >= CLOSE) continue;
        char names[2][10];
        color_print(a->color, names[0]);
        color_print(b->color, names[1]);
        g_autofree char *message = g_strdup_printf(
            _("%s of « %s » and %s of « %s » look alike with %s: they differ by %.1f, below %.0f"),
            names[0], a->item->key, names[1], b->item->key, _(eyes[v]), difference, CLOSE);
        lint_find(lint, a->item, "close-colors", color_hint, message);
        return;
    }
}

/* Past MAX_COLORS colours show no classes. */
static void check_palette(const Lint *lint, const Item *figure, bool is_line) {
    enum { MAX_COLORS = 24 };
    const Item *end = lint->frame->items + lint->frame->n;
    Class classes[MAX_COLORS];
    size_t n = 0;
    int depth = 1;
    for (const Item *item = figure + 1; item < end && depth; item++) {
        depth += (item->kind == ITEM_BEGIN) - (item->kind == ITEM_END);
        Class class = {.item = item};
        if (!is_class(item, end, is_line, &class.color)) continue;
        size_t k = 0;
        while (k < n && !is_same_color(classes[k].color, class.color)) k++;
        if (k < n) continue;
        if (n == MAX_COLORS) return;
        classes[n++] = class;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) check_pair(lint, &classes[i], &classes[j]);
}

void lint_figure(const Lint *lint, const Item *begin) {
    check_empty(lint, begin);
    check_palette(lint, begin, false);
    check_palette(lint, begin, true);
}
