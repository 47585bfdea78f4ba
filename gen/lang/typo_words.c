/* Words spelled on a keyboard that lacks œ and accented capitals. Both lists are closed:
 * coefficient and poème have no œ, Elodie and Edition no accent to restore. */
#include "lang/typo_class.h"
#include "lang/typo_rules.h"

#include <string.h>

/* With oe as typed; a final * lets the word go on. Compounds are written by their parts. */
static const char *const oe_words[] = {
    "boeuf",      "boeufs",      "choeur",     "choeurs",    "coelacanthe", "coelacanthes",
    "coeur",      "coeurs",      "désoeuvré*", "désoeuvre*", "écoeur*",     "ecoeur*",
    "foetal*",    "foetaux",     "foetus",     "manoeuvr*",  "moeurs",      "noeud",
    "noeuds",     "oecuméni*",   "oecumeni*",  "oedème",     "oedèmes",     "oedipe",
    "oedipes",    "oeil",        "oeils",      "oeillère*",  "oeillet*",    "oenolog*",
    "oesophage*", "oestrogène*", "oeuf",       "oeufs",      "oeuvr*",      "rancoeur",
    "rancoeurs",  "soeur",       "soeurs",     "voeu",       "voeux",       NULL,
};

static bool is_in(const char *const *list, const char *word) {
    for (; *list; list++) {
        size_t n = strlen(*list);
        bool is_stem = (*list)[n - 1] == '*';
        if (is_stem ? !strncmp(*list, word, n - 1) : !strcmp(*list, word)) return true;
    }
    return false;
}

static gunichar lower_at(const Text *text, size_t i) {
    return g_unichar_tolower(text_at(text, i));
}

/* Where `oe` or `ae` stands in the word, or end. */
static size_t find_digraph(const Text *text, size_t i, size_t end, gunichar first) {
    for (; i + 1 < end; i++)
        if (lower_at(text, i) == first && lower_at(text, i + 1) == 'e') return i;
    return end;
}

/* aequo after ex. */
static bool is_ex_aequo(const Text *text, size_t i, const char *lower) {
    if (strcmp(lower, "aequo") || i < 3) return false;
    gunichar between = text_at(text, i - 1);
    return (is_space(between) || between == '-') && lower_at(text, i - 2) == 'x' &&
           lower_at(text, i - 3) == 'e' && !is_alnum(text_at(text, i - 4));
}

static void join_digraph(Text *text, size_t i, const char *small, const char *capital) {
    bool is_capital = is_upper(text_at(text, i));
    if (is_capital || is_lower(text_at(text, i + 1)))
        text_replace(text, i, 2, is_capital ? capital : small);
}

void apply_ligatures(Text *text) {
    if (!(text->seen & SEEN_DIGRAPH)) return;
    for (size_t i = 0; i < text_length(text); i++) {
        if (!is_letter(text_at(text, i))) continue;
        size_t end = word_end(text, i);
        char word[WORD_MAX];
        bool is_bounded = !is_digit(text_at(text, i - 1)) && !is_digit(text_at(text, end));
        if (is_bounded && read_word(text, i, end, word)) {
            g_autofree char *lower = g_utf8_strdown(word, -1);
            size_t oe = find_digraph(text, i, end, 'o');
            if (oe < end && is_in(oe_words, lower)) join_digraph(text, oe, "œ", "Œ");
            if (is_ex_aequo(text, i, lower)) join_digraph(text, i, "æ", "Æ");
        }
        i = end;
    }
}

/* Words as typed and as they should read; they differ in one letter. */
static const struct {
    const char *typed, *accented;
} capitals[] = {
    {"Etat", "État"},
    {"Etats", "États"},
    {"Ecole", "École"},
    {"Ecoles", "Écoles"},
    {"Eglise", "Église"},
    {"Elysée", "Élysée"},
    {"Economie", "Économie"},
    {"Ecologie", "Écologie"},
    {"Egalité", "Égalité"},
    {"Emirats", "Émirats"},
    {"Equateur", "Équateur"},
    {"Ethiopie", "Éthiopie"},
    {"Ecosse", "Écosse"},
    {"Egypte", "Égypte"},
    {"Erythrée", "Érythrée"},
    {"Editeur", "Éditeur"},
    {"Editeurs", "Éditeurs"},
    {"Equipe", "Équipe"},
    {"Equipes", "Équipes"},
    {"Etablissement", "Établissement"},
    {"Etablissements", "Établissements"},
    {"Evénement", "Événement"},
    {"Evénements", "Événements"},
    {"Evènement", "Évènement"},
    {"Evènements", "Évènements"},
    {"Electricité", "Électricité"},
    {"Etranger", "Étranger"},
    {"Ile", "Île"},
    {"Iles", "Îles"},
    {"ETAT", "ÉTAT"},
    {"ETATS", "ÉTATS"},
    {"REPUBLIQUE", "RÉPUBLIQUE"},
    {"ECONOMIE", "ÉCONOMIE"},
    {"FRANCAIS", "FRANÇAIS"},
    {"FRANCAISE", "FRANÇAISE"},
    {"FRANCAISES", "FRANÇAISES"},
    {"SOCIETE", "SOCIÉTÉ"},
    {"TELEVISION", "TÉLÉVISION"},
    {"MEDIAS", "MÉDIAS"},
    {"NUMERIQUE", "NUMÉRIQUE"},
    {"MARCHE", "MARCHÉ"},
    {"MARCHES", "MARCHÉS"},
    {"ECOLE", "ÉCOLE"},
    {"ILE", "ÎLE"},
};

static void restore_accents(Text *text, size_t i, const char *typed, const char *accented) {
    for (; *typed; i++, typed = g_utf8_next_char(typed), accented = g_utf8_next_char(accented)) {
        gunichar wanted = g_utf8_get_char(accented);
        if (wanted == g_utf8_get_char(typed)) continue;
        char letter[8] = "";
        letter[g_unichar_to_utf8(wanted, letter)] = '\0';
        text_replace(text, i, 1, letter);
    }
}

void apply_accented_capitals(Text *text) {
    TEXT_EACH(text, i, KIND_UPPER) {
        if (!is_one_of(text_at(text, i), "EFIMNRST")) continue; /* as the list has them */
        size_t end = word_end(text, i);
        char word[WORD_MAX];
        bool is_candidate = is_upper(text_at(text, i)) && !is_alnum(text_at(text, i - 1)) &&
                            !is_digit(text_at(text, end)) && read_word(text, i, end, word);
        for (size_t c = 0; is_candidate && c < G_N_ELEMENTS(capitals); c++)
            if (word[0] == capitals[c].typed[0] && !strcmp(word, capitals[c].typed))
                restore_accents(text, i, word, capitals[c].accented);
        i = end;
    }
}

void apply_a_grave(Text *text) {
    static const char *const next_words[] = {
        "la",     "partir", "noter", "travers", "cause",  "ce",      "cette",
        "ces",    "fin",    "moins", "peine",   "propos", "lire",    "voir",
        "suivre", "savoir", "terme", "défaut",  "titre",  "compter", "destination",
        "chaque", "tout",   "tous",  "quoi",    "qui",    "quand",   NULL};
    TEXT_EACH(text, i, KIND_UPPER) {
        if (text_at(text, i) != 'A' || is_alnum(text_at(text, i - 1))) continue;
        size_t next = skip_spaces(text, i + 1);
        if (next == i + 1) continue;
        bool is_elided = match(text, next, "l'") || match(text, next, "l’");
        if ((is_elided || match_word_of(text, next, next_words)) && is_sentence_start(text, i))
            text_replace(text, i, 1, "À");
    }
}

void apply_c_cedilla(Text *text) {
    TEXT_EACH(text, i, KIND_UPPER) {
        if (!match_word(text, i, "Ca") || !is_space(text_at(text, i + 2))) continue;
        if (is_lower(text_at(text, skip_spaces(text, i + 2))) && is_sentence_start(text, i))
            text_replace(text, i, 1, "Ç");
    }
}
