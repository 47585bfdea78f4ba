/* Lines and what they must keep off: a leader, a rule or an axis through a text, two leaders that
 * cross. */
#include "page/lint_checks.h"

#include "base/i18n.h"

bool lint_is_line(const Item *item) {
    return item->kind == ITEM_SHAPE && item->shape.kind == SHAPE_LINE &&
           (item->role == ROLE_LEADER || item->role == ROLE_RULE || item->role == ROLE_AXIS);
}

void lint_line(const Lint *lint, const Item *line, const Item *text) {
    Rect box = rect_grow(text->box, -LINT_TOLERANCE);
    for (uint32_t i = 0; i + 1 < line->shape.n_points; i++) {
        if (!segment_crosses_rect(line->shape.points[i], line->shape.points[i + 1], box)) continue;
        g_autofree char *message =
            g_strdup_printf(_("the %s of « %s » crosses « %s »"), _(role_name(line->role)),
                            line->key, text->run.text);
        lint_find(lint, line, "line-through-text", NULL, message);
        return;
    }
}

void lint_lines_apart(const Lint *lint, const Item *a, const Item *b) {
    if (a->role != ROLE_LEADER || b->role != ROLE_LEADER) return;
    bool is_crossed = false;
    for (uint32_t i = 0; i + 1 < a->shape.n_points; i++)
        for (uint32_t j = 0; j + 1 < b->shape.n_points; j++)
            is_crossed |= segments_cross(a->shape.points[i], a->shape.points[i + 1],
                                         b->shape.points[j], b->shape.points[j + 1]);
    if (!is_crossed) return;
    g_autofree char *message =
        g_strdup_printf(_("the leaders of « %s » and « %s » cross"), a->key, b->key);
    lint_find(lint, a, "leaders-cross", NULL, message);
}
