/* Time of total fit on long texts, after shaping: does it grow as the text does? Beside it, what
 * shaping costs, and what pango's own layout of the same text takes. */
#include "text/breaks.h"
#include "text/cuts.h"
#include "text/measure.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <string.h>

enum { RUNS = 7, WIDTH = 250, SIZE = 10 };

static const TextStyle style = {.family = "Linux Libertine O", .size = SIZE, .leading = 13};

/* A text of so many words, the same each time. */
static char *text_new(size_t words) {
    static const char *const sentences[] = {
        "Les relevés de la semaine sont arrivés avec deux jours de retard, ce qui n’a surpris "
        "personne au service des archives. ",
        "Un chercheur de passage les a repris ligne par ligne\u00a0; il en a tiré un tableau que "
        "chacun s’accorde à trouver clair. ",
        "On y lit que les montants déclarés au printemps dépassent de loin ceux de l’automne, sans "
        "que l’on sache encore pourquoi. ",
        "La conservatrice, prudente, préfère attendre la publication définitive\u00a0: "
        "l’expérience lui a appris à se méfier des chiffres ronds. ",
        "Restent quelques feuillets sans date, rangés dans une chemise bleue, que personne n’a "
        "voulu dater. ",
    };
    GString *text = g_string_new(NULL);
    size_t n = 0;
    for (size_t i = 0; n < words; i = (i * 7 + 3) % G_N_ELEMENTS(sentences)) {
        for (const char *p = sentences[i]; *p && n < words; p++) {
            g_string_append_c(text, *p);
            n += *p == ' ';
        }
    }
    return g_string_free(text, FALSE);
}

static double now(void) {
    return (double)g_get_monotonic_time() / 1000;
}

static double fit_ms(const Shaped *shaped, size_t *ret_lines) {
    double start = now();
    g_autofree int *costs = g_new(int, shaped->text->len + 1);
    cuts_find(shaped->text->str, shaped->text->len, false, costs);
    Looseness loose = measure_looseness(shaped, WIDTH);
    g_auto(Measured) measured = measure_new(shaped, costs, loose, true);
    BreakRules rules = {.mode = BREAKS_JUSTIFIED,
                        .width = WIDTH,
                        .loosest = loose.loosest,
                        .tightest = loose.tightest};
    g_autoptr(Breaks) breaks =
        breaks_find((BreakItem *)(void *)measured.items->data, measured.items->len, &rules);
    *ret_lines = breaks->n;
    return now() - start;
}

static double pango_ms(Fonts *fonts, const char *text) {
    double start = now();
    int font = fonts_find(fonts, style.family, FONT_REGULAR, false, SIZE, NULL);
    PangoLayout *layout = pango_layout_new(fonts_context(fonts, font));
    pango_layout_set_width(layout, WIDTH * PANGO_SCALE);
    pango_layout_set_justify(layout, TRUE);
    pango_layout_set_text(layout, text, -1);
    (void)pango_layout_get_line_count(layout);
    g_object_unref(layout);
    return now() - start;
}

static void measure_text(Fonts *fonts, const FrHyphen *hyphens, size_t words, Diag *diag) {
    g_autofree char *text = text_new(words);
    TextSpan span = {.text = text, .len = strlen(text)};
    double shaping = INFINITY, fit = INFINITY, pango = INFINITY;
    size_t lines = 0;
    for (int run = 0; run < RUNS; run++) {
        double start = now();
        g_autoptr(Shaped) shaped = shape_new(fonts, &style, &span, 1, hyphens, diag);
        shaping = fmin(shaping, now() - start);
        fit = fmin(fit, fit_ms(shaped, &lines));
        pango = fmin(pango, pango_ms(fonts, text));
    }
    printf("  %7zu words  %6zu lines  shaping %8.1f ms  total fit %8.1f ms (%.0f ns a word)  "
           "pango's layout %8.1f ms\n",
           words, lines, shaping, fit, fit * 1e6 / (double)words, pango);
}

int main(void) {
    static const char *const folders[] = {"/usr/share/fonts", NULL};
    static const char *const families[] = {"Linux Libertine O", NULL};
    static const size_t sizes[] = {1000, 10000, 100000};
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Fonts) fonts = fonts_load(folders, families, diag);
    g_autoptr(FrHyphen) hyphens = fr_hyphen_load(HYPHEN_DICTIONARY, diag);
    if (!fonts || !hyphens) return 1;
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) measure_text(fonts, hyphens, sizes[i], diag);
    return 0;
}
