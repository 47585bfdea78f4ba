/* Countries with their article: `au Chili`, `en Irak`, `aux Philippines`, `à Cuba`.
 * A feminine country, or a masculine one in a vowel, takes en and loses its article after de. */
#include "lang/fr_format.h"

#include <glib.h>
#include <string.h>

typedef enum { FEMININE, MASCULINE, MASCULINE_VOWEL, PLURAL, NO_ARTICLE, NO_ARTICLE_EN } Gender;

/* The names by their keys: see name_key(). */
static const char *const masculine[] = {
    "bahrein",
    "bangladesh",
    "belarus",
    "belize",
    "benin",
    "bhoutan",
    "botswana",
    "bresil",
    "brunei",
    "burkina",
    "burkina faso",
    "burundi",
    "cachemire",
    "cambodge",
    "cameroun",
    "canada",
    "cap vert",
    "chili",
    "congo",
    "congo brazzaville",
    "congo kinshasa",
    "costa rica",
    "daghestan",
    "danemark",
    "gabon",
    "ghana",
    "groenland",
    "guatemala",
    "guyana",
    "haut karabagh",
    "honduras",
    "japon",
    "kazakhstan",
    "kenya",
    "kirghizistan",
    "kirghizstan",
    "kosovo",
    "koweit",
    "kurdistan",
    "laos",
    "lesotho",
    "liban",
    "liberia",
    "liechtenstein",
    "luxembourg",
    "malawi",
    "mali",
    "maroc",
    "mexique",
    "montenegro",
    "mozambique",
    "myanmar",
    "nepal",
    "nicaragua",
    "niger",
    "nigeria",
    "pakistan",
    "panama",
    "paraguay",
    "pays de galles",
    "perou",
    "portugal",
    "qatar",
    "quebec",
    "royaume uni",
    "rwanda",
    "sahara occidental",
    "salvador",
    "senegal",
    "somaliland",
    "soudan",
    "soudan du sud",
    "sri lanka",
    "suriname",
    "swaziland",
    "tadjikistan",
    "tchad",
    "tibet",
    "timor",
    "timor leste",
    "timor oriental",
    "togo",
    "tokelau",
    "turkmenistan",
    "vanuatu",
    "vatican",
    "venezuela",
    "viet nam",
    "vietnam",
    "yemen",
    "zaire",
    "zimbabwe",
    NULL,
};
static const char *const masculine_vowel[] = {
    "afghanistan", "angola", "azerbaidjan", "equateur",    "eswatini", "irak",
    "iran",        "oman",   "ouganda",     "ouzbekistan", "uruguay",  NULL,
};
static const char *const plural[] = {
    "antilles",
    "bahamas",
    "bermudes",
    "comores",
    "emirats",
    "emirats arabes unis",
    "etats unis",
    "fidji",
    "iles caimans",
    "iles cook",
    "iles feroe",
    "iles marshall",
    "iles salomon",
    "iles vierges",
    "iles vierges britanniques",
    "maldives",
    "malouines",
    "mariannes du nord",
    "palaos",
    "pays bas",
    "philippines",
    "salomon",
    "samoa",
    "samoa americaines",
    "seychelles",
    "territoires palestiniens",
    "tonga",
    NULL,
};
static const char *const no_article[] = {
    "anguilla",     "antigua et barbuda",
    "aruba",        "bonaire",
    "chypre",       "cuba",
    "curacao",      "djibouti",
    "gibraltar",    "guam",
    "guernesey",    "hong kong",
    "hongkong",     "jersey",
    "kiribati",     "macao",
    "madagascar",   "malte",
    "maurice",      "mayotte",
    "monaco",       "montserrat",
    "nauru",        "niue",
    "porto rico",   "saint christophe et nieves",
    "saint marin",  "saint vincent et les grenadines",
    "sainte lucie", "sao tome et principe",
    "singapour",    "tahiti",
    "taiwan",       "trinite et tobago",
    "tuvalu",       "zanzibar",
    NULL,
};
static const char *const no_article_en[] = {
    "haiti",
    "israel",
    NULL,
};
/* Feminine without the -e that tells it, or with another word first. */
static const char *const feminine[] = {
    "crimee",
    "guinee bissau",
    "papouasie nouvelle guinee",
    NULL,
};

/* Names of saints and their like stand without an article: à Saint-Marin. */
static const char *const no_article_from[] = {
    "Saint-", "Sainte-", "San ", "Sao ", NULL,
};

/* What two spellings of a name share: no accents, no capitals, a space for each hyphen or
 * apostrophe; `Viet-Nam` is Viêt Nam, `Etats-Unis` États-Unis. */
static char *name_key(const char *name) {
    g_autofree char *lower = g_utf8_strdown(name, -1);
    g_autofree char *apart = g_utf8_normalize(lower, -1, G_NORMALIZE_DEFAULT);
    GString *key = g_string_new(NULL);
    for (const char *p = apart ? apart : ""; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_ismark(c)) continue;
        g_string_append_unichar(key, g_unichar_isalnum(c) ? c : ' ');
    }
    return g_string_free(key, FALSE);
}

static bool begins_like_a_saint(const char *name) {
    for (size_t i = 0; no_article_from[i]; i++)
        if (g_str_has_prefix(name, no_article_from[i])) return true;
    return false;
}

/* By its key. Corée du Nord: the noun is the first word, Sierra Leone: the last. */
static bool looks_feminine(const char *key) {
    size_t length = strlen(key), first = strcspn(key, " ");
    return (length > 0 && key[length - 1] == 'e') || (first > 0 && key[first - 1] == 'e');
}

/* A name that no list holds: -e tells a feminine, Îles a plural; the others are masculine, as the
 * names of countries without -e are. */
static Gender gender_of_unknown(const char *name, const char *key) {
    if (begins_like_a_saint(name)) return NO_ARTICLE;
    if (g_str_has_prefix(key, "iles ")) return PLURAL;
    if (looks_feminine(key)) return FEMININE;
    return key[0] && strchr("aeiou", key[0]) ? MASCULINE_VOWEL : MASCULINE;
}

static Gender country_gender(const char *name) {
    const struct {
        const char *const *list;
        Gender gender;
    } table[] = {
        {masculine, MASCULINE},   {masculine_vowel, MASCULINE_VOWEL}, {plural, PLURAL},
        {no_article, NO_ARTICLE}, {no_article_en, NO_ARTICLE_EN},     {feminine, FEMININE}};
    g_autofree char *key = name_key(name);
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
        if (g_strv_contains(table[i].list, key)) return table[i].gender;
    return gender_of_unknown(name, key);
}

static char *after(const char *word, const char *name) {
    return g_strconcat(word, " ", name, NULL);
}

char *fr_country(const char *name, FrCountryForm form) {
    g_autofree char *key = g_utf8_normalize(name, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    Gender gender = country_gender(key ? key : name);
    const char *article = gender == FEMININE ? "la" : gender == PLURAL ? "les" : "le";
    bool has_article = gender != NO_ARTICLE && gender != NO_ARTICLE_EN;
    switch (form) {
    case FR_COUNTRY_IN:
        if (gender == MASCULINE) return after("au", name);
        if (gender == PLURAL) return after("aux", name);
        return after(gender == NO_ARTICLE ? "à" : "en", name);
    case FR_COUNTRY_OF:
        if (gender == MASCULINE) return after("du", name);
        if (gender == PLURAL) return after("des", name);
        return fr_elide("de", name);
    case FR_COUNTRY_ARTICLE: break;
    }
    if (!has_article) return g_strdup(name);
    return gender == PLURAL ? after(article, name) : fr_elide(article, name);
}
