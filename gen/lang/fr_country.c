/* Countries with their article: `au Chili`, `en Irak`, `aux Philippines`, `à Cuba`.
 * A feminine country, or a masculine one in a vowel, takes en and loses its article after de. */
#include "lang/fr_format.h"

#include <glib.h>
#include <string.h>

typedef enum { FEMININE, MASCULINE, MASCULINE_VOWEL, PLURAL, NO_ARTICLE, NO_ARTICLE_EN } Gender;

static const char *const masculine[] = {
    "Bahreïn",
    "Bangladesh",
    "Bélarus",
    "Belize",
    "Bénin",
    "Bhoutan",
    "Botswana",
    "Brésil",
    "Brunei",
    "Burkina Faso",
    "Burundi",
    "Cambodge",
    "Cameroun",
    "Canada",
    "Cap-Vert",
    "Chili",
    "Congo",
    "Costa Rica",
    "Danemark",
    "Gabon",
    "Ghana",
    "Groenland",
    "Guatemala",
    "Guyana",
    "Honduras",
    "Japon",
    "Kazakhstan",
    "Kenya",
    "Kirghizistan",
    "Kosovo",
    "Koweït",
    "Laos",
    "Lesotho",
    "Liban",
    "Liberia",
    "Liechtenstein",
    "Luxembourg",
    "Malawi",
    "Mali",
    "Maroc",
    "Mexique",
    "Monténégro",
    "Mozambique",
    "Myanmar",
    "Népal",
    "Nicaragua",
    "Niger",
    "Nigeria",
    "Pakistan",
    "Panama",
    "Paraguay",
    "Pérou",
    "Portugal",
    "Qatar",
    "Québec",
    "Royaume-Uni",
    "Rwanda",
    "Salvador",
    "Sénégal",
    "Soudan",
    "Soudan du Sud",
    "Sri Lanka",
    "Suriname",
    "Tadjikistan",
    "Tchad",
    "Tibet",
    "Timor oriental",
    "Togo",
    "Turkménistan",
    "Vanuatu",
    "Vatican",
    "Venezuela",
    "Viêt Nam",
    "Vietnam",
    "Yémen",
    "Zimbabwe",
    "Zaïre",
    "Brunéi",
    "Burkina",
    "Cachemire",
    "Congo-Brazzaville",
    "Congo-Kinshasa",
    "Daghestan",
    "Haut-Karabagh",
    "Kirghizstan",
    "Kurdistan",
    "Pays de Galles",
    "Sahara occidental",
    "Somaliland",
    "Swaziland",
    "Timor-Leste",
    "Timor",
    "Tokelau",
    NULL,
};
static const char *const masculine_vowel[] = {
    "Afghanistan", "Angola",  "Azerbaïdjan", "Équateur", "Irak",     "Iran",
    "Oman",        "Ouganda", "Ouzbékistan", "Uruguay",  "Eswatini", NULL,
};
static const char *const plural[] = {
    "Antilles",
    "Bahamas",
    "Bermudes",
    "Comores",
    "Émirats arabes unis",
    "États-Unis",
    "Fidji",
    "Îles Caïmans",
    "Îles Marshall",
    "Îles Salomon",
    "Îles Vierges",
    "Îles Vierges britanniques",
    "Maldives",
    "Palaos",
    "Pays-Bas",
    "Philippines",
    "Samoa",
    "Seychelles",
    "Territoires palestiniens",
    "Tonga",
    "Émirats",
    "Îles Cook",
    "Îles Féroé",
    "Malouines",
    "Mariannes du Nord",
    "Salomon",
    "Samoa américaines",
    NULL,
};
static const char *const no_article[] = {
    "Chypre",
    "Cuba",
    "Djibouti",
    "Guam",
    "Hong Kong",
    "Hongkong",
    "Kiribati",
    "Macao",
    "Madagascar",
    "Malte",
    "Maurice",
    "Mayotte",
    "Monaco",
    "Nauru",
    "Porto Rico",
    "Saint-Marin",
    "Saint-Christophe-et-Niévès",
    "Sainte-Lucie",
    "Saint-Vincent-et-les-Grenadines",
    "Sao Tomé-et-Principe",
    "Singapour",
    "Taïwan",
    "Trinité-et-Tobago",
    "Tuvalu",
    "Antigua-et-Barbuda",
    "Anguilla",
    "Aruba",
    "Bonaire",
    "Curaçao",
    "Gibraltar",
    "Guernesey",
    "Jersey",
    "Montserrat",
    "Niue",
    "Tahiti",
    "Zanzibar",
    NULL,
};
static const char *const no_article_en[] = {"Israël", "Haïti", NULL};
/* Feminine without the -e that tells it. */
static const char *const feminine[] = {
    "Guinée-Bissau",
    "Papouasie-Nouvelle-Guinée",
    "Crimée",
    NULL,
};

/* Names of saints and their like stand without an article: à Saint-Marin. */
static const char *const no_article_from[] = {"Saint-", "Sainte-", "San ", "Sao ", NULL};

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

static bool is_named(const char *const *list, const char *key) {
    for (; *list; list++) {
        g_autofree char *own = name_key(*list);
        if (!strcmp(own, key)) return true;
    }
    return false;
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
        if (is_named(table[i].list, key)) return table[i].gender;
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
