#include "page/lint.h"

#include "base/i18n.h"
#include "base/vision.h"

#include <math.h>

typedef struct {
    const Frame *frame;
    Span where;
    bool is_lax;
    Diag *diag;
} Lint;

/* Boxes may touch: ink rarely fills them to the edge. In the canvas's unit. */
static const double TOLERANCE = 0.3;

static const char hint[] =
    N_("give the figure more height, shorten a text, or ask for fewer labels; "
       "--lax turns this into a warning");

/* CIEDE2000 between two classes of a figure. Side by side 1 to 2 is seen; marks lie apart and
 * small, where some 5 are needed. */
static const double CLOSE = 5;

/* WCAG 2.2, 1.4.11: of marks to the background, by their fill or their outline. */
static const double LEAST_MARK_CONTRAST = 3;

static const char color_hint[] =
    N_("choose a darker or lighter colour in theme.yaml; --lax turns this into a warning");

static const char empty_hint[] =
    N_("widen its query or its time span; --lax turns this into a warning");

static void find_fault_hinted(const Lint *lint, const char *code, const char *remedy,
                              const char *message) {
    if (lint->is_lax)
        diag_warning(lint->diag, lint->where, code, remedy, "%s: %s", lint->frame->name, message);
    else
        diag_error(lint->diag, lint->where, code, remedy, "%s: %s", lint->frame->name, message);
}

static void find_fault(const Lint *lint, const char *code, const char *message) {
    find_fault_hinted(lint, code, hint, message);
}

static void check_overlap(const Lint *lint, const Item *a, const Item *b) {
    if (a->block && a->block == b->block) return;
    if (!rect_overlaps(rect_grow(a->box, -TOLERANCE), rect_grow(b->box, -TOLERANCE))) return;
    g_autofree char *message =
        g_strdup_printf(_("« %s » (%s) and « %s » (%s) overlap"), a->run.text,
                        _(role_name(a->role)), b->run.text, _(role_name(b->role)));
    find_fault(lint, "text-overlap", message);
}

static bool is_line_to_check(const Item *item) {
    return item->kind == ITEM_SHAPE && item->shape.kind == SHAPE_LINE &&
           (item->role == ROLE_LEADER || item->role == ROLE_RULE || item->role == ROLE_AXIS);
}

static void check_crossing(const Lint *lint, const Item *line, const Item *text) {
    Rect box = rect_grow(text->box, -TOLERANCE);
    for (uint32_t i = 0; i + 1 < line->shape.n_points; i++) {
        if (!segment_crosses_rect(line->shape.points[i], line->shape.points[i + 1], box)) continue;
        g_autofree char *message =
            g_strdup_printf(_("the %s of « %s » crosses « %s »"), _(role_name(line->role)),
                            line->key, text->run.text);
        find_fault(lint, "line-through-text", message);
        return;
    }
}

static void check_leaders(const Lint *lint, const Item *a, const Item *b) {
    if (a->role != ROLE_LEADER || b->role != ROLE_LEADER) return;
    bool is_crossed = false;
    for (uint32_t i = 0; i + 1 < a->shape.n_points; i++)
        for (uint32_t j = 0; j + 1 < b->shape.n_points; j++)
            is_crossed |= segments_cross(a->shape.points[i], a->shape.points[i + 1],
                                         b->shape.points[j], b->shape.points[j + 1]);
    if (!is_crossed) return;
    g_autofree char *message =
        g_strdup_printf(_("the leaders of « %s » and « %s » cross"), a->key, b->key);
    find_fault(lint, "leaders-cross", message);
}

static void check_canvas(const Lint *lint, const Item *item) {
    Rect canvas = {0, 0, lint->frame->width, lint->frame->height};
    if (rect_is_empty(item->box) || rect_contains(canvas, item->box, 0.75)) return;
    g_autofree char *message = item->kind == ITEM_TEXT
                                   ? g_strdup_printf(_("« %s » leaves the canvas"), item->run.text)
                                   : g_strdup_printf(_("the %s of « %s » leaves the canvas"),
                                                     _(role_name(item->role)), item->key);
    find_fault(lint, "off-canvas", message);
}

/* The size of the text that a run belongs to: superiors are 0.65 of it. */
static double text_size(const Lint *lint, const Fonts *fonts, const Item *item) {
    double size = fonts_spec(fonts, item->run.font)->size, text = size;
    for (size_t i = 0; item->block && i < lint->frame->n; i++) {
        const Item *other = &lint->frame->items[i];
        if (other->kind != ITEM_TEXT || other->block != item->block) continue;
        text = fmax(text, fonts_spec(fonts, other->run.font)->size);
    }
    return size >= text * 0.64 ? text : size;
}

static void check_size(const Lint *lint, const Fonts *fonts, double floor, const Item *item) {
    double size = fonts_spec(fonts, item->run.font)->size;
    if (size >= floor || text_size(lint, fonts, item) >= floor) return;
    g_autofree char *message = g_strdup_printf(
        _("« %s » is set in %.1f, below the medium's floor of %.1f"), item->run.text, size, floor);
    find_fault(lint, "small-type", message);
}

static bool covers(const Shape *shape, Rect box, Point p) {
    if (!shape->paint.fill.a) return false;
    switch (shape->kind) {
    case SHAPE_RECT: return rect_contains(shape->rect, (Rect){p.x, p.y, 0, 0}, 0);
    case SHAPE_CIRCLE: return hypot(p.x - shape->center.x, p.y - shape->center.y) <= shape->radius;
    case SHAPE_POLYGON: return rect_contains(box, (Rect){p.x, p.y, 0, 0}, 0);
    case SHAPE_LINE: return false;
    }
    return false;
}

/* What lies under the middle of a text: every fill painted before it, in order. A rim of the
 * background parts a haloed text from what it lies on. */
static Color color_under(const Frame *frame, const Item *text) {
    Color seen = color_over(frame->background, (Color){255, 255, 255, 255});
    Point middle = {text->box.x + text->box.w / 2, text->box.y + text->box.h / 2};
    if (text->is_haloed) return seen;
    for (const Item *item = frame->items; item < text; item++)
        if (item->kind == ITEM_SHAPE && covers(&item->shape, item->box, middle))
            seen = color_over(item->shape.paint.fill, seen);
    return seen;
}

/* A fill painted after a text cuts its letters. Points over its box are looked at. */
static void check_hidden(const Lint *lint, const Item *text) {
    enum { ACROSS = 9, DOWN = 3 };
    const Item *end = lint->frame->items + lint->frame->n;
    Rect box = rect_grow(text->box, -TOLERANCE);
    for (const Item *item = text + 1; item < end; item++) {
        if (item->kind != ITEM_SHAPE || !rect_overlaps(item->box, box)) continue;
        for (int i = 0; i < ACROSS * DOWN; i++) {
            int column = i % ACROSS, row = i / ACROSS;
            Point p = {box.x + box.w * (column + 0.5) / ACROSS, box.y + box.h * (row + 0.5) / DOWN};
            if (!covers(&item->shape, item->box, p)) continue;
            g_autofree char *message =
                g_strdup_printf(_("« %s » (%s) lies under %s « %s »"), text->run.text,
                                _(role_name(text->role)), _(role_name(item->role)), item->key);
            find_fault(lint, "hidden-text", message);
            return;
        }
    }
}

/* WCAG 2.2, 1.4.3: 4.5, or 3 for large text, which is 18 pt, or 14 pt and bold. */
static double contrast_needed(const Lint *lint, const FontSpec *font) {
    double pt = lint->frame->unit == UNIT_PX ? font->size * 0.75 : font->size;
    return pt >= 18 || (pt >= 14 && font->weight >= FONT_BOLD) ? 3 : 4.5;
}

static void check_contrast(const Lint *lint, const Fonts *fonts, const Item *item) {
    Color under = color_under(lint->frame, item);
    double contrast = color_contrast(color_over(item->run.color, under), under);
    double needed = contrast_needed(lint, fonts_spec(fonts, item->run.font));
    if (contrast >= needed) return;
    g_autofree char *message =
        g_strdup_printf(_("« %s » (%s of « %s ») has a contrast of %.1f to what lies under it, "
                          "below %.1f"),
                        item->run.text, _(role_name(item->role)), item->key, contrast, needed);
    find_fault_hinted(lint, "low-contrast", color_hint, message);
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
static void check_marks(const Lint *lint) {
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
        find_fault_hinted(lint, "faint-mark", color_hint, message);
    }
}

static bool shows_data(const Item *item) {
    return item->kind == ITEM_SHAPE &&
           (item->role == ROLE_MARK || item->role == ROLE_BAND || item->role == ROLE_RULE);
}

/* Every figure of the frame, which may be a page. */
static void check_empty(const Lint *lint, const Item *begin) {
    const Item *end = lint->frame->items + lint->frame->n;
    int depth = 1;
    for (const Item *item = begin + 1; item < end && depth; item++) {
        if (shows_data(item)) return;
        depth += (item->kind == ITEM_BEGIN) - (item->kind == ITEM_END);
    }
    g_autofree char *message = g_strdup_printf(_("the figure « %s » has no mark"), begin->key);
    find_fault_hinted(lint, "empty-figure", empty_hint, message);
}

/* Is the next mark of the same row painted within this one? It is a shade on the way to the colour
 * of its class, or what a hollow mark has inside its outline. */
static bool is_shade(const Item *item, const Item *end) {
    const Item *next = item + 1;
    return next < end && is_mark(next) && item->shape.kind == SHAPE_RECT &&
           g_str_equal(next->key, item->key) && rect_contains(item->box, next->box, TOLERANCE);
}

/* Whole, lasting fills alone: what fades or is translucent says something other than a class. */
static bool is_categorical(const Item *item, const Item *end) {
    return is_mark(item) && item->shape.kind != SHAPE_LINE && item->shape.paint.fill.a == 255 &&
           !is_shade(item, end);
}

/* What is hollow shows its colour by its outline. */
static Color color_shown(const Item *item) {
    const Paint *paint = &item->shape.paint;
    return paint->stroke.a == 255 ? paint->stroke : paint->fill;
}

static double difference_of(const Item *a, const Item *b, Vision vision) {
    return fmax(color_difference(a->shape.paint.fill, b->shape.paint.fill, vision),
                color_difference(color_shown(a), color_shown(b), vision));
}

static void check_pair(const Lint *lint, const Item *figure, const Item *a, const Item *b) {
    static const char *const eyes[VISION_COUNT] = {N_("full colour vision"), N_("protanopia"),
                                                   N_("deuteranopia"), N_("tritanopia")};
    for (Vision v = VISION_FULL; v < VISION_COUNT; v++) {
        Color one = a->shape.paint.fill, two = b->shape.paint.fill;
        double difference = difference_of(a, b, v);
        if (difference >= CLOSE) continue;
        char names[2][10];
        color_print(one, names[0]);
        color_print(two, names[1]);
        g_autofree char *message = g_strdup_printf(
            _("figure « %s »: %s of « %s » and %s of « %s » look alike with %s: they differ by "
              "%.1f, below %.0f"),
            figure->key, names[0], a->key, names[1], b->key, _(eyes[v]), difference, CLOSE);
        find_fault_hinted(lint, "close-colors", color_hint, message);
        return;
    }
}

/* The first mark of each colour stands for it. Past MAX_COLORS colours show no classes. */
static void check_palette(const Lint *lint, const Item *figure) {
    enum { MAX_COLORS = 24 };
    const Item *firsts[MAX_COLORS], *end = lint->frame->items + lint->frame->n;
    size_t n = 0;
    int depth = 1;
    for (const Item *item = figure + 1; item < end && depth; item++) {
        depth += (item->kind == ITEM_BEGIN) - (item->kind == ITEM_END);
        if (!is_categorical(item, end)) continue;
        size_t k = 0;
        while (k < n && !is_same_color(firsts[k]->shape.paint.fill, item->shape.paint.fill)) k++;
        if (k < n) continue;
        if (n == MAX_COLORS) return;
        firsts[n++] = item;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) check_pair(lint, figure, firsts[i], firsts[j]);
}

static void check_figure(const Lint *lint, const Item *begin) {
    check_empty(lint, begin);
    check_palette(lint, begin);
}

void lint_frame(const Frame *frame, const Fonts *fonts, double floor, Span where, bool is_lax,
                Diag *diag) {
    Lint lint = {frame, where, is_lax, diag};
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    for (size_t i = 0; i < frame->n; i++) {
        const Item *item = &frame->items[i];
        if (item->kind == ITEM_BEGIN && item->role == ROLE_FIGURE) check_figure(&lint, item);
        if (item->kind == ITEM_BEGIN || item->kind == ITEM_END) continue;
        check_canvas(&lint, item);
        if (item->kind == ITEM_TEXT) {
            check_size(&lint, fonts, floor, item);
            check_contrast(&lint, fonts, item);
            check_hidden(&lint, item);
            g_ptr_array_add(texts, (Item *)item);
        } else if (is_line_to_check(item)) {
            g_ptr_array_add(lines, (Item *)item);
        }
    }
    check_marks(&lint);
    for (guint i = 0; i < texts->len; i++)
        for (guint j = i + 1; j < texts->len; j++)
            check_overlap(&lint, texts->pdata[i], texts->pdata[j]);
    for (guint i = 0; i < lines->len; i++) {
        for (guint j = 0; j < texts->len; j++)
            check_crossing(&lint, lines->pdata[i], texts->pdata[j]);
        for (guint j = i + 1; j < lines->len; j++)
            check_leaders(&lint, lines->pdata[i], lines->pdata[j]);
    }
}
