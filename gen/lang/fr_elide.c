/* Elision and contraction: `d’Ubisoft`, `de onze`, `au studio`, `de l’écran`.
 * What follows is judged by its sound, which spelling only suggests: an h is mute or not word by
 * word, a sigle is spelled out or read. Where usage is divided the word stays whole, as a missing
 * elision is a smaller fault than a wrong one.
 * Source: Office québécois de la langue française, Vitrine linguistique, pages 21745 and 23685. */
#include "lang/fr_format.h"
#include "lang/fr_marks.h"

#include <glib.h>
#include <string.h>

/* Lower-case words, whole, that begin with a vowel and refuse elision. */
static const char *const disjunct[] = {
    "onzain",    "onze",       "onzième",   "onzièmement", "onzièmes", "ouadi",    "ouagadougou",
    "ouah",      "ouais",      "ouaouaron", "ouaouarons",  "ouate",    "ouates",   "ouaté",
    "ouatée",    "ouatées",    "ouatés",    "ouatine",     "ouatiné",  "ouatinée", "oui",
    "ouistiti",  "ouistitis",  "ouï-dire",  "ouolof",      "ouolofs",  "uhlan",    "uhlans",
    "ululement", "ululements", "ululer",    NULL};

/* Beginnings of the words with an aspirated h, in lower case: those a report may meet. */
static const char *const aspirated[] = {
    "hach",       "hack",      "hadd",      "hadith",    "hadj",        "hagard",    "haggis",
    "haie",       "haillon",   "hain",      "haire",     "haï",         "hajj",      "haka",
    "hakka",      "halag",     "halal",     "halbran",   "halde",       "haler",     "halet",
    "haleu",      "halèt",     "half",      "hall",      "halt",        "hamac",     "hambourg",
    "hamburger",  "hameau",    "hammam",    "hampe",     "hamster",     "hanap",     "hanch",
    "hand",       "hangar",    "hanneton",  "hans",      "hant",        "haoussa",   "happ",
    "haqu",       "hara-kiri", "haram",     "harangu",   "haras",       "harass",    "harcel",
    "harcèl",     "hard",      "harem",     "hareng",    "haret",       "harfang",   "hargn",
    "haricot",    "haridelle", "harissa",   "harka",     "harki",       "harle",     "harna",
    "harnoi",     "haro",      "harp",      "harraga",   "hart",        "has-been",  "hasard",
    "hasch",      "hase",      "hashtag",   "hassid",    "haste",       "hat-trick", "hauban",
    "haubert",    "hauss",     "haut",      "hav",       "hayon",       "hâbl",      "hâl",
    "hât",        "hâv",       "heaum",     "heavy",     "hedge",       "hein",      "hello",
    "henn",       "hentai",    "herch",     "herd-book", "herni",       "hers",      "hertz",
    "heurt",      "hère",      "héraut",    "hériss",    "héron",       "hêtr",      "hi-fi",
    "hi-han",     "hibou",     "hic",       "hideu",     "hidj",        "hiérarch",  "hiéroglyph",
    "high",       "hijab",     "hile",      "hindi",     "hinterland",  "hip",       "hiragana",
    "hiss",       "hit",       "hobb",      "hobereau",  "hoch",        "hockey",    "hold",
    "hollandais", "holster",   "homard",    "home",      "hongkongais", "hongr",     "honni",
    "hont",       "hooligan",  "hoquet",    "horde",     "horion",      "hors",      "hot",
    "hou",        "hover",     "hoyau",     "hub",       "huch",        "huer",      "huée",
    "huées",      "huguenot",  "huis-clos", "huit",      "hul",         "hun",       "hupp",
    "hurd",       "hure",      "hurl",      "huron",     "hurrah",      "hurricane", "huskies",
    "husky",      "hussard",   "hussit",    "hutin",     "hutt",        "hutu",      NULL};

/* Words with an aspirated h whose beginning would catch others: un héros but l’héroïne, le huis
 * clos but l’huissier, humer but l’humérus. */
static const char *const aspirated_whole[] = {
    "ha",     "halo",   "halos", "hem",   "heu",  "hèle",  "hé",   "héler", "hélé",
    "hélée",  "hélées", "hélés", "héros", "ho",   "hola",  "holà", "hop",   "huard",
    "huards", "hue",    "hum",   "humer", "hype", "hypes", NULL};

/* Beginnings of mute words among those that begin like an aspirated one. */
static const char *const mute_after_all[] = {
    "haïti",  "hallali", "halluc", "hallux", "haltèr", "haltér", "hippar", "hippia", "hippiq",
    "hippis", "hippo",   "hippu",  "hitlér", "hopit",  "hoplit", "hotel",  "hubri",  NULL};

/* Names with a mute h. Any other name in H refuses elision: Hachette, Huawei, Hilton. */
static const char *const mute_names[] = {
    "hadès",     "hadrien",    "haïti",       "haïtien",    "haïtienne", "haïtiennes", "haïtiens",
    "halloween", "hazebrouck", "hector",      "hellade",    "helsinki",  "hendaye",    "henri",
    "henriette", "henry",      "herbert",     "herculanum", "hercule",   "hermès",     "hermine",
    "hermione",  "hervé",      "herzégovine", "hespérides", "hexagone",  "hécate",     "hélène",
    "hélie",     "héliodore",  "héliopolis",  "héloïse",    "hénin",     "héra",       "héraclès",
    "héraclite", "hérault",    "hérédia",     "hérode",     "hérodote",  "hérouville", "hésiode",
    "hilaire",   "himalaya",   "hippocrate",  "hippolyte",  "hiroshima", "hispaniola", "hitchcock",
    "hitler",    "homère",     "honoré",      "honorine",   "horace",    "hortense",   "hubert",
    "hugo",      "hugues",     "huguette",    "humanité",   "hyacinthe", "hyères",     NULL};

/* Beginnings of common nouns with a mute h, which a title or a proper name may begin with:
 * l’Histoire, d’Habitat 67. */
static const char *const mute_common[] = {
    "habill",    "habit",   "haleine",  "hallucin", "haltèr",  "haltér",  "hameçon", "harmoni",
    "hebdo",     "hectar",  "herb",     "heure",    "heureu",  "hexagon", "hébreu",  "hécatombe",
    "hégémoni",  "hélas",   "hélic",    "hélium",   "hémi",    "hémo",    "hépat",   "hérédit",
    "hérési",    "hérit",   "hésit",    "hétéro",   "hibern",  "hier",    "hippiq",  "hippodrom",
    "hirondell", "histo",   "hiver",    "hologr",   "hommag",  "homme",   "homolog", "homosexu",
    "honneur",   "honnêt",  "honorair", "honorif",  "horair",  "horizon", "horlog",  "hormon",
    "horoscop",  "horreur", "horri",    "hortic",   "hospic",  "hospit",  "hostil",  "hôpit",
    "hôte",      "huil",    "huiss",    "huîtr",    "humain",  "humanis", "humanit", "humeur",
    "humid",     "humili",  "humour",   "hybrid",   "hydraul", "hydro",   "hygièn",  "hymne",
    "hyper",     "hypno",   "hypo",     "hystér",   NULL};

static const char *skip_opening_marks(const char *text) {
    static const char *const marks[] = {GUILLEMET_OPEN, QUOTE_OPEN, "\"", "(", " ", NBSP, NNBSP};
    for (size_t i = 0; i < G_N_ELEMENTS(marks);) {
        if (g_str_has_prefix(text, marks[i])) {
            text += strlen(marks[i]);
            i = 0;
        } else {
            i++;
        }
    }
    return text;
}

/* Letters, hyphens and inner digits: `hip-hop`, `M6`. */
static char *first_word(const char *text) {
    const char *end = text;
    for (; *end; end = g_utf8_next_char(end)) {
        gunichar c = g_utf8_get_char(end);
        if (!g_unichar_isalnum(c) && c != '-') break;
    }
    return g_strndup(text, (gsize)(end - text));
}

static bool is_listed(const char *const *list, const char *word) {
    return g_strv_contains(list, word);
}

/* Henri-Martin is known by Henri. */
static bool is_mute_name(const char *word) {
    g_autofree char *first = g_strndup(word, strcspn(word, "-"));
    return is_listed(mute_names, first);
}

static bool begins_like(const char *const *list, const char *word) {
    for (; *list; list++)
        if (g_str_has_prefix(word, *list)) return true;
    return false;
}

static bool is_vowel(gunichar letter) {
    gunichar base[4];
    gunichar lower = g_unichar_tolower(letter);
    if (lower == 0x153 || lower == 0xe6) return true; /* œ æ */
    g_unichar_fully_decompose(lower, FALSE, base, G_N_ELEMENTS(base));
    return base[0] < 0x80 && base[0] && strchr("aeiou", (int)base[0]);
}

/* Two capitals or more, or a capital before a figure: IBM, M6. */
static bool is_sigle(const char *word) {
    size_t capitals = 0, others = 0;
    for (const char *p = word; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isupper(c) || g_ascii_isdigit((char)c))
            capitals++;
        else
            others++;
    }
    return capitals >= 2 && others == 0;
}

/* NASA or MEDEF are read as words, RTL or RATP letter by letter: a read one alternates. */
static bool is_read_as_word(const char *sigle) {
    size_t n = strlen(sigle);
    if (n < 4 || !is_vowel((gunichar)sigle[1])) return false;
    return is_vowel((gunichar)sigle[n - 1]) || is_vowel((gunichar)sigle[n - 2]);
}

/* French elides `de` before a letter whose name begins with a vowel (d’HLM aside), but keeps the
 * article before a consonant: le FMI, la SNCF. */
static bool sigle_elides(const char *sigle, bool is_article) {
    gunichar first = g_utf8_get_char(sigle);
    if (is_vowel(first)) return true;
    bool sounds_as_vowel = first < 0x80 && strchr("FLMNRSX", (int)first);
    return sounds_as_vowel && !is_article && !is_read_as_word(sigle);
}

static bool has_mute_h(const char *word, const char *lower) {
    if (is_sigle(word)) return false;
    if (is_listed(aspirated_whole, lower)) return false;
    if (g_unichar_isupper(g_utf8_get_char(word)))
        return is_mute_name(lower) || begins_like(mute_common, lower);
    return begins_like(mute_after_all, lower) || !begins_like(aspirated, lower);
}

/* IIe siècle, XI: read as numerals, and numerals refuse elision: le IIe, le XIe. */
static bool is_roman_numeral(const char *word) {
    size_t n = strspn(word, "IVX");
    const char *ending = word + n;
    if (n > 0 && (!strcmp(ending, "e") || !strcmp(ending, "er") || !strcmp(ending, "re")))
        return true;
    return n > 1 && !*ending;
}

/* Before a consonant y is a vowel (d’Yves), before a vowel it is not (le yaourt), but for a few. */
static bool y_elides(const char *lower) {
    static const char *const known[] = {"yonne", "yeu", "yeux", "yeuse", "yerres", "yèvre", NULL};
    gunichar next = g_utf8_get_char(lower + 1);
    return is_listed(known, lower) || !is_vowel(next);
}

static bool next_elides(const char *next, bool is_article) {
    next = skip_opening_marks(next);
    g_autofree char *word = first_word(next);
    g_autofree char *composed = g_utf8_normalize(word, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    if (!composed || !g_unichar_isalpha(g_utf8_get_char(composed))) return false;
    g_autofree char *lower = g_utf8_strdown(composed, -1);
    if (is_listed(disjunct, lower) || is_roman_numeral(composed)) return false;
    if (!strcmp(lower, "huis") && g_ascii_strncasecmp(next, "huis clos", 9) == 0) return false;
    gunichar first = g_utf8_get_char(lower);
    if (first == 'h') return has_mute_h(composed, lower);
    if (is_sigle(composed)) return sigle_elides(composed, is_article);
    if (first == 'y') return y_elides(lower);
    return is_vowel(first);
}

static bool is_before_il(const char *next) {
    g_autofree char *word = first_word(next);
    return !g_ascii_strcasecmp(word, "il") || !g_ascii_strcasecmp(word, "ils");
}

static char *join(const char *word, const char *next) {
    static const char *const elided[] = {"le",     "la",      "de",      "que",     "je",
                                         "me",     "te",      "se",      "ne",      "ce",
                                         "jusque", "lorsque", "puisque", "quoique", NULL};
    const char *space = strrchr(word, ' '); /* parce que */
    g_autofree char *lower = g_ascii_strdown(space ? space + 1 : word, -1);
    bool is_article = !strcmp(lower, "le") || !strcmp(lower, "la");
    bool elides = !strcmp(lower, "si") ? is_before_il(next)
                                       : is_listed(elided, lower) && next_elides(next, is_article);
    if (!elides) return g_strconcat(word, " ", next, NULL);
    return g_strdup_printf("%.*s" APOSTROPHE "%s", (int)strlen(word) - 1, word, next);
}

/* `à + le` and its kin, once the article is known not to elide. */
static const char *contracted(const char *preposition, const char *article) {
    static const struct {
        const char *preposition, *article, *joined;
    } table[] = {{"à", "le", "au"}, {"à", "les", "aux"}, {"de", "le", "du"}, {"de", "les", "des"},
                 {"À", "le", "Au"}, {"À", "les", "Aux"}, {"De", "le", "Du"}, {"De", "les", "Des"}};
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
        if (!strcmp(preposition, table[i].preposition) && !strcmp(article, table[i].article))
            return table[i].joined;
    return NULL;
}

char *fr_elide(const char *word, const char *next) {
    const char *plus = strchr(word, '+');
    if (!plus) return join(word, next);
    g_autofree char *preposition = g_strstrip(g_strndup(word, (gsize)(plus - word)));
    g_autofree char *article = g_strstrip(g_strdup(plus + 1));
    g_autofree char *noun = join(article, next);
    bool is_elided = !g_str_has_prefix(noun, article) || noun[strlen(article)] != ' ';
    const char *space = strrchr(preposition, ' '); /* grâce à + le */
    const char *last = space ? space + 1 : preposition;
    const char *joined = is_elided ? NULL : contracted(last, article);
    if (!joined) return join(preposition, noun);
    return g_strdup_printf("%.*s%s%s", (int)(last - preposition), preposition, joined,
                           noun + strlen(article));
}
