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

void convention_note(Chart *chart, Convention convention) {
    chart->conventions_used |= 1U << convention;
}

double convention_paint(Chart *chart, double x, double bottom, double width) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < CONVENTION_COUNT; i++) {
        if (!(chart->conventions & 1U << i)) continue;
        if (text->len) g_string_append_c(text, ' ');
        g_string_append(text, sentences[i]);
    }
    if (!text->len) return bottom;
    RichText rich = rich_plain(text->str, &chart->context->theme->typography, chart->arena);
    TextBlock *block = chart_text(chart, STYLE_SOURCE, rich, width, FIT_RAGGED);
    double y = bottom - text_box(block, (Point){x, 0}, ALIGN_LEFT).h;
    text_draw(block, chart->frame, (Point){x, y}, ALIGN_LEFT, ROLE_LEGEND, NULL, false);
    return y - block->leading * 0.5;
}
