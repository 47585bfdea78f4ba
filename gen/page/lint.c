#include "page/lint.h"

#include "base/i18n.h"

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

static void find_fault(const Lint *lint, const char *code, const char *message) {
    if (lint->is_lax)
        diag_warning(lint->diag, lint->where, code, hint, "%s: %s", lint->frame->name, message);
    else
        diag_error(lint->diag, lint->where, code, hint, "%s: %s", lint->frame->name, message);
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
    if (a->shape.n_points < 2 || b->shape.n_points < 2) return;
    if (!segments_cross(a->shape.points[0], a->shape.points[1], b->shape.points[0],
                        b->shape.points[1]))
        return;
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

void lint_frame(const Frame *frame, const Fonts *fonts, double floor, Span where, bool is_lax,
                Diag *diag) {
    Lint lint = {frame, where, is_lax, diag};
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    for (size_t i = 0; i < frame->n; i++) {
        const Item *item = &frame->items[i];
        if (item->kind == ITEM_BEGIN || item->kind == ITEM_END) continue;
        check_canvas(&lint, item);
        if (item->kind == ITEM_TEXT) {
            check_size(&lint, fonts, floor, item);
            g_ptr_array_add(texts, (Item *)item);
        } else if (is_line_to_check(item)) {
            g_ptr_array_add(lines, (Item *)item);
        }
    }
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
