/* Countries with their article: `au Chili`, `en Irak`, `aux Philippines`, `à Cuba`.
 * A feminine country, or a masculine one in a vowel, takes en and loses its article after de. */
#include "lang/fr_format.h"
#include "lang/fr_marks.h"

#include <glib.h>
#include <string.h>

typedef enum { FEMININE, MASCULINE, MASCULINE_VOWEL, PLURAL, NO_ARTICLE, NO_ARTICLE_EN } Gender;

static const char *const masculine[] = {
    "Bahreïn",       "Bangladesh",     "Bélarus",    "Belize",       "Bénin",
    "Bhoutan",       "Botswana",       "Brésil",     "Brunei",       "Burkina Faso",
    "Burundi",       "Cambodge",       "Cameroun",   "Canada",       "Cap-Vert",
    "Chili",         "Congo",          "Costa Rica", "Danemark",     "Gabon",
    "Ghana",         "Groenland",      "Guatemala",  "Guyana",       "Honduras",
    "Japon",         "Kazakhstan",     "Kenya",      "Kirghizistan", "Kosovo",
    "Koweït",        "Laos",           "Lesotho",    "Liban",        "Liberia",
    "Liechtenstein", "Luxembourg",     "Malawi",     "Mali",         "Maroc",
    "Mexique",       "Monténégro",     "Mozambique", "Myanmar",      "Népal",
    "Nicaragua",     "Niger",          "Nigeria",    "Pakistan",     "Panama",
    "Paraguay",      "Pérou",          "Portugal",   "Qatar",        "Québec",
    "Royaume-Uni",   "Rwanda",         "Salvador",   "Sénégal",      "Soudan",
    "Soudan du Sud", "Sri Lanka",      "Suriname",   "Tadjikistan",  "Tchad",
    "Tibet",         "Timor oriental", "Togo",       "Turkménistan", "Vanuatu",
    "Vatican",       "Venezuela",      "Viêt Nam",   "Vietnam",      "Yémen",
    "Zimbabwe",      "Zaïre",          NULL,
};
static const char *const masculine_vowel[] = {
    "Afghanistan", "Angola",  "Azerbaïdjan", "Équateur", "Irak", "Iran",
    "Oman",        "Ouganda", "Ouzbékistan", "Uruguay",  NULL,
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
    NULL,
};
static const char *const no_article_en[] = {"Israël", "Haïti", NULL};
/* Feminine without the -e that tells it. */
static const char *const feminine[] = {"Guinée-Bissau", "Papouasie-Nouvelle-Guinée", "Crimée",
                                       NULL};

static bool ends_in_e(const char *word, size_t length) {
    if (length > 0 && word[length - 1] == 'e') return true;
    return length > 1 && !memcmp(word + length - 2, "é", 2);
}

/* Corée du Nord: the noun is the first word, Sierra Leone: the last. */
static bool looks_feminine(const char *name) {
    return ends_in_e(name, strlen(name)) || ends_in_e(name, strcspn(name, " "));
}

static Gender country_gender(const char *name) {
    const struct {
        const char *const *list;
        Gender gender;
    } table[] = {
        {masculine, MASCULINE},   {masculine_vowel, MASCULINE_VOWEL}, {plural, PLURAL},
        {no_article, NO_ARTICLE}, {no_article_en, NO_ARTICLE_EN},     {feminine, FEMININE}};
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
        if (g_strv_contains(table[i].list, name)) return table[i].gender;
    return looks_feminine(name) ? FEMININE : NO_ARTICLE;
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
