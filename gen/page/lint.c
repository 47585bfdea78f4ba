#include "page/lint_checks.h"

#include "base/i18n.h"

#include <math.h>

static const char hint[] =
    N_("give the figure more height, shorten a text, or ask for fewer labels; "
       "--lax turns this into a warning");

/* Of a page's figures the one around the item; elsewhere the frame's own name. */
static const char *place_of(const Frame *frame, const Item *item) {
    int closed = 0;
    for (; item >= frame->items; item--) {
        if (item->kind == ITEM_END) closed++;
        if (item->kind != ITEM_BEGIN) continue;
        if (!closed && item->role == ROLE_FIGURE) return item->key;
        closed -= closed > 0;
    }
    return frame->name;
}

void lint_find(const Lint *lint, const Item *at, const char *code, const char *remedy,
               const char *message) {
    const char *place = place_of(lint->frame, at);
    if (!remedy) remedy = hint;
    if (lint->is_lax)
        diag_warning(lint->diag, lint->where, code, remedy, "%s: %s", place, message);
    else
        diag_error(lint->diag, lint->where, code, remedy, "%s: %s", place, message);
}

/* Even-odd, as the outlines of marks do not cross themselves. */
static bool is_within(const Point *points, uint32_t n, Point p) {
    bool is_in = false;
    for (uint32_t i = 0, k = n - 1; i < n; k = i++) {
        Point a = points[i], b = points[k];
        if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y))
            is_in = !is_in;
    }
    return is_in;
}

bool lint_covers(const Shape *shape, Point p) {
    if (!shape->paint.fill.a) return false;
    switch (shape->kind) {
    case SHAPE_RECT: return rect_contains(shape->rect, (Rect){p.x, p.y, 0, 0}, 0);
    case SHAPE_CIRCLE: return hypot(p.x - shape->center.x, p.y - shape->center.y) <= shape->radius;
    case SHAPE_POLYGON: return is_within(shape->points, shape->n_points, p);
    case SHAPE_LINE: return false;
    }
    return false;
}

Rect lint_ink(const Lint *lint, const GlyphRun *run, uint32_t i) {
    Rect ink = fonts_ink(lint->fonts, run->font, run->glyphs[i].glyph);
    if (rect_is_empty(ink)) return ink;
    ink.x += run->origin.x + (double)run->glyphs[i].x;
    ink.y += run->origin.y + (double)run->glyphs[i].y;
    return ink;
}

static void check_item(const Lint *lint, const Item *item, GPtrArray *texts, GPtrArray *lines) {
    if (item->kind == ITEM_BEGIN && item->role == ROLE_FIGURE) lint_figure(lint, item);
    if (item->kind == ITEM_BEGIN || item->kind == ITEM_END) return;
    lint_canvas(lint, item);
    if (item->kind == ITEM_TEXT) {
        lint_text(lint, item);
        lint_contrast(lint, item);
        g_ptr_array_add(texts, (Item *)item);
    } else if (lint_is_line(item)) {
        g_ptr_array_add(lines, (Item *)item);
    }
}

void lint_frame(const Frame *frame, const Fonts *fonts, double floor, Span where, bool is_lax,
                Diag *diag) {
    Lint lint = {frame, fonts, floor, where, is_lax, diag};
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    for (size_t i = 0; i < frame->n; i++) check_item(&lint, &frame->items[i], texts, lines);
    lint_marks(&lint);
    for (guint i = 0; i < texts->len; i++)
        for (guint j = i + 1; j < texts->len; j++)
            lint_texts_apart(&lint, texts->pdata[i], texts->pdata[j]);
    for (guint i = 0; i < lines->len; i++) {
        for (guint j = 0; j < texts->len; j++) lint_line(&lint, lines->pdata[i], texts->pdata[j]);
        for (guint j = i + 1; j < lines->len; j++)
            lint_lines_apart(&lint, lines->pdata[i], lines->pdata[j]);
    }
}
