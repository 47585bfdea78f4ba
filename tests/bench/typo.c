/* Speed of French typography on a megabyte of prose: as typed on a keyboard, already right, and in
 * markup. The floor reads and copies the same text: no engine can do less. */
#include "lang/fr_typo.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { RUNS = 7, LENGTH = 1 << 20 };

static const char *const sentences[] = {
    "Le conseil s'est réuni jeudi à huis clos, et rien n'a filtré avant le soir. ",
    "On attendait un chiffre; on en eut trois, dont aucun ne concordait avec les autres. ",
    "Que faire d'une telle somme ? La question revient chaque hiver, sans réponse. ",
    "L'ingénieure l'avait écrit en marge du plan : \"à reprendre avant la crue\". ",
    "Depuis le 3 mars 2019, le pont n'accueille plus que les piétons et les vélos. ",
    "Il en coûterait 4,5 millions d'euros, soit 12 % du budget, selon une première estimation. ",
    "Les riverains - ceux de la rive droite surtout - réclament une passerelle. ",
    "Ni le maire ni ses adjoints n'ont voulu dire si les travaux commenceraient avant l'été. ",
    "Une photographie de l'époque montre la foule massée sur le quai, tête nue malgré la pluie. ",
    "La suite dépendra du vote, et le vote de ceux qui resteront dans la salle jusqu'au bout. ",
};

static char *text_new(const char *open, const char *close) {
    GString *text = g_string_sized_new(LENGTH + 512);
    for (size_t i = 0; text->len < LENGTH; i = i * 5 + 3) {
        g_string_append(text, open);
        for (size_t k = 0; k < 6; k++)
            g_string_append(text, sentences[(i + k * 7) % G_N_ELEMENTS(sentences)]);
        g_string_truncate(text, text->len - 1);
        g_string_append(text, close);
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

static double rate(const char *text, gint64 start) {
    return (double)strlen(text) / (double)(g_get_monotonic_time() - start);
}

static double floor_rate(const char *text) {
    double best = 0;
    for (int run = 0; run < RUNS; run++) {
        gint64 start = g_get_monotonic_time();
        bool is_valid = g_utf8_validate(text, -1, NULL);
        g_autofree char *copy = g_strdup(text);
        best = fmax(best, is_valid && copy ? rate(text, start) : 0);
    }
    return best;
}

static void measure(const char *name, const char *text, FrTypoFlags flags) {
    double best = 0;
    for (int run = 0; run < RUNS; run++) {
        gint64 start = g_get_monotonic_time();
        g_autofree char *set = fr_typo(text, flags, NULL);
        best = fmax(best, rate(set, start));
    }
    double floor = floor_rate(text);
    printf("  %-14s %7.1f MB/s   1/%.0f of the floor (%.0f MB/s: check and copy)\n", name, best,
           floor / best, floor);
}

int main(void) {
    g_autofree char *typed = text_new("", "");
    g_autofree char *right = fr_typo(typed, FR_TYPO_PLAIN, NULL);
    g_autofree char *markup = text_new("<b>Note.</b> ", " <i>(à suivre)</i>");
    measure("as typed", typed, FR_TYPO_PLAIN);
    measure("already right", right, FR_TYPO_PLAIN);
    measure("markup", markup, FR_TYPO_MARKUP);
    return 0;
}
