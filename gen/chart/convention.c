#include "chart/convention.h"

static const char *const sentences[CONVENTION_COUNT] = {
    [CONVENTION_HOLLOW] = "Symbole clair et cerné : approximatif.",
    [CONVENTION_DASHED] = "Contour tireté : incertain.",
    [CONVENTION_REACH] = "Trait autour d’un symbole : jours entre lesquels la date se situe.",
    [CONVENTION_OPEN] = "Flèche ou bord estompé : limite ouverte ou inconnue.",
    [CONVENTION_CUT] = "Pointe : se poursuit hors du graphique.",
    [CONVENTION_RANGE] = "Trait vertical : étendue des estimations.",
    [CONVENTION_LOG] = "Échelle logarithmique : d’une puissance de dix à la suivante, même écart.",
    [CONVENTION_LOG_X] =
        "Échelle horizontale logarithmique : d’une puissance de dix à la suivante, même écart.",
    [CONVENTION_LOG_Y] =
        "Échelle verticale logarithmique : d’une puissance de dix à la suivante, même écart.",
    [CONVENTION_LOG_BOTH] =
        "Échelles logarithmiques : d’une puissance de dix à la suivante, même écart.",
    [CONVENTION_MINIMUM] = "Flèche : nombre minimal.",
    [CONVENTION_PARTIAL] = "Case tiretée : mois incomplet.",
};

/* As templates name those whose sentence they may replace. */
static const char *const names[CONVENTION_COUNT] = {
    [CONVENTION_HOLLOW] = "hollow", [CONVENTION_DASHED] = "dashed",   [CONVENTION_REACH] = "reach",
    [CONVENTION_OPEN] = "open",     [CONVENTION_CUT] = "cut",         [CONVENTION_RANGE] = "range",
    [CONVENTION_LOG] = "log",       [CONVENTION_PARTIAL] = "partial",
};

static Node *find_own(const Chart *chart) {
    Node *own = node_find(chart->figure->node, "conventions");
    return own && own->kind == NODE_MAP ? own : NULL;
}

bool convention_explains(Chart *chart) {
    Node *own = find_own(chart);
    if (chart->figure->has_no_conventions) return false;
    if (!own) return node_bool(chart->figure->node, "conventions", true, chart->diag);
    for (int i = 0; i < CONVENTION_COUNT; i++)
        if (names[i]) (void)node_text(own, names[i], NULL, chart->diag);
    return true;
}

static const char *sentence_of(Chart *chart, int convention) {
    Node *own = find_own(chart);
    if (!own || !names[convention]) return sentences[convention];
    return node_text(own, names[convention], sentences[convention], chart->diag);
}

void convention_note(Chart *chart, Convention convention) {
    chart->conventions_used |= 1U << convention;
}

double convention_paint(Chart *chart, double x, double bottom, double width) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < CONVENTION_COUNT; i++) {
        if (!(chart->conventions & 1U << i)) continue;
        if (text->len) g_string_append_c(text, ' ');
        g_string_append(text, sentence_of(chart, i));
    }
    if (!text->len) return bottom;
    RichText rich = rich_plain(text->str, &chart->context->theme->typography, chart->arena);
    TextBlock *block = chart_text(chart, STYLE_SOURCE, rich, width, FIT_RAGGED);
    double y = bottom - text_box(block, (Point){x, 0}, ALIGN_LEFT).h;
    text_draw(block, chart->frame, (Point){x, y}, ALIGN_LEFT, ROLE_LEGEND, NULL, false);
    return y - block->leading * 0.85;
}
