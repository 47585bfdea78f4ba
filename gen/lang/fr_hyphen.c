#include "lang/fr_hyphen.h"
#include "lang/fr_lines.h"
#include "lang/typo_class.h"

#include <hyphen.h>
#include <string.h>
#include <unicode/ucnv.h>

enum {
    LETTERS_BEFORE = 2, /* CES-01 */
    LETTERS_AFTER = 3,
    WORD_LETTERS_MIN = 6,  /* CES-08 */
    WORD_LETTERS_MAX = 60, /* longer is no word */
    SOFT_HYPHEN = 0xad,
};

/* The letters of French words, lower case; another letter makes a foreign word. */
static const gunichar alphabet[] = {
    'a',  'b',  'c',  'd',  'e',  'f',  'g',  'h',  'i',  'j',  'k',   'l',  'm',  'n',
    'o',  'p',  'q',  'r',  's',  't',  'u',  'v',  'w',  'x',  'y',   'z',  0xe0, 0xe2,
    0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xee, 0xef, 0xf4, 0xf9, 0x153, 0xfb, 0xfc, 0xff};

struct FrHyphen {
    HyphenDict *patterns;
    /* Of each letter of the alphabet in the dictionary's charset, when that is not UTF-8; 0 where
     * the charset lacks the letter (œ in ISO 8859-1). */
    char codes[G_N_ELEMENTS(alphabet)];
};

typedef struct {
    gunichar letters[WORD_LETTERS_MAX]; /* lower case */
    size_t n;
} Word;

static bool is_vowel(gunichar c) {
    return is_one_of(c, "aeiouyàâæèéêëîïôùûüÿœ");
}

static bool starts_with(const Word *word, const char *ascii) {
    size_t n = strlen(ascii);
    for (size_t i = 0; i < n; i++)
        if (i >= word->n || word->letters[i] != (gunichar)ascii[i]) return false;
    return true;
}

static bool ends_with(const Word *word, const char *ascii) {
    size_t n = strlen(ascii);
    for (size_t i = 0; i < n; i++)
        if (n > word->n || word->letters[word->n - n + i] != (gunichar)ascii[i]) return false;
    return true;
}

/* The letters from start to end, read as one of the words. */
static bool is_among(const Word *word, size_t start, size_t end, const char *const *words) {
    char buffer[WORD_LETTERS_MAX * 6 + 1];
    size_t n = 0;
    for (size_t i = start; i < end; i++)
        n += (size_t)g_unichar_to_utf8(word->letters[i], buffer + n);
    buffer[n] = '\0';
    return g_strv_contains(words, buffer);
}

/* --- The patterns ------------------------------------------------------------------------------
 */

/* The word in the dictionary's charset; 0 when it lacks one of the letters. */
static size_t encode(const FrHyphen *hyphens, const Word *word, char *ret) {
    size_t n = 0;
    for (size_t i = 0; i < word->n; i++) {
        size_t letter = 0;
        while (letter < G_N_ELEMENTS(alphabet) && alphabet[letter] != word->letters[i]) letter++;
        if (letter == G_N_ELEMENTS(alphabet)) return 0;
        if (hyphens->patterns->utf8)
            n += (size_t)g_unichar_to_utf8(word->letters[i], ret + n);
        else if (hyphens->codes[letter])
            ret[n++] = hyphens->codes[letter];
        else
            return 0;
    }
    return n;
}

/* ret[i]: the patterns allow a cut before letter i. */
static void find_syllables(const FrHyphen *hyphens, const Word *word, bool *ret) {
    enum { BYTES_MAX = WORD_LETTERS_MAX * 6 };
    char bytes[BYTES_MAX + 1], marks[BYTES_MAX + 5 + 1] = {0};
    memset(ret, 0, word->n * sizeof *ret);
    size_t n = encode(hyphens, word, bytes);
    if (!n) return;
    bytes[n] = '\0';
    char **replacements = NULL;
    int *positions = NULL, *removed = NULL;
    int failed = hnj_hyphen_hyphenate2(hyphens->patterns, bytes, (int)n, marks, NULL, &replacements,
                                       &positions, &removed);
    /* A mark stands after its letter, counted in characters. A cut that would change the spelling
     * is none: French has no such. */
    for (size_t i = 1; i < word->n && !failed; i++)
        ret[i] = (marks[i - 1] & 1) && !(replacements && replacements[i - 1]);
    for (size_t i = 0; replacements && i < n; i++) free(replacements[i]);
    free(replacements);
    free(positions);
    free(removed);
}

static bool find_codes(FrHyphen *hyphens) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(hyphens->patterns->cset, &status);
    if (U_FAILURE(status)) return false;
    /* What the charset lacks is reported, not replaced. */
    ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    for (size_t i = 0; i < G_N_ELEMENTS(alphabet); i++) {
        UErrorCode lacking = U_ZERO_ERROR;
        UChar letter = (UChar)alphabet[i];
        char code[8];
        int32_t n = ucnv_fromUChars(converter, code, sizeof code, &letter, 1, &lacking);
        if (U_SUCCESS(lacking) && n == 1) hyphens->codes[i] = code[0];
    }
    ucnv_close(converter);
    return U_SUCCESS(status);
}

/* Any French dictionary cuts this word somewhere; a file of something else does not. */
static bool cuts_french(const FrHyphen *hyphens) {
    static const gunichar letters[] = {'d', 0xe9, 'm', 'o', 'c', 'r', 'a', 't', 'i', 'e'};
    Word word = {.n = G_N_ELEMENTS(letters)};
    memcpy(word.letters, letters, sizeof letters);
    bool cuts[WORD_LETTERS_MAX], is_cut = false;
    find_syllables(hyphens, &word, cuts);
    for (size_t i = 1; i < word.n; i++) is_cut |= cuts[i];
    return is_cut;
}

/* A dictionary opens with the name of its charset, and is text: libhyphen checks neither. */
static bool is_dictionary(const char *data, size_t len) {
    size_t line = strcspn(data, "\r\n");
    if (!line || line >= MAX_NAME || strlen(data) != len) return false;
    g_autofree char *charset = g_strndup(data, line);
    if (g_str_equal(charset, "UTF-8")) return g_utf8_validate(data, (gssize)len, NULL);
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(charset, &status);
    ucnv_close(converter);
    return U_SUCCESS(status);
}

static FrHyphen *read_dictionary(const char *data, size_t len) {
    if (!is_dictionary(data, len)) return NULL;
    FILE *file = fmemopen((void *)data, len, "r");
    HyphenDict *patterns = file ? hnj_hyphen_load_file(file) : NULL;
    if (file) (void)fclose(file);
    if (!patterns) return NULL;
    g_autoptr(FrHyphen) hyphens = g_new0(FrHyphen, 1);
    hyphens->patterns = patterns;
    if (!patterns->utf8 && !find_codes(hyphens)) return NULL;
    return cuts_french(hyphens) ? g_steal_pointer(&hyphens) : NULL;
}

FrHyphen *fr_hyphen_load(const char *path, Diag *diag) {
    g_autofree char *error = NULL;
    g_autoptr(Source) source = source_load(path, path, &error);
    if (!source) {
        diag_error(diag, (Span){0}, "file",
                   "install the package hyphen-fr, or correct fonts.hyphenation in the theme",
                   "%s: %s", path, error);
        return NULL;
    }
    size_t len;
    const char *data = source_data(source, &len);
    FrHyphen *hyphens = read_dictionary(data, len);
    if (!hyphens)
        diag_error(diag, (Span){0}, "file",
                   "give fonts.hyphenation the path of a file such as "
                   "/usr/share/hyphen/hyph_fr.dic",
                   "%s: not a hyphenation dictionary of French", path);
    return hyphens;
}

void fr_hyphen_free(FrHyphen *hyphens) {
    if (!hyphens) return;
    hnj_hyphen_free(hyphens->patterns);
    g_free(hyphens);
}

/* --- One word ----------------------------------------------------------------------------------
 */

/* CES-08. French writes neither sh nor ee, nor k and w but in borrowed words. */
static bool is_foreign(const Word *word) {
    bool has_k = false, is_english = ends_with(word, "ing") || ends_with(word, "ings");
    for (size_t i = 0; i < word->n; i++) {
        gunichar c = word->letters[i], next = i + 1 < word->n ? word->letters[i + 1] : 0;
        has_k |= c == 'k';
        is_english |= c == 'w' || (c == 's' && next == 'h') || (c == 'e' && next == 'e');
    }
    return is_english || (has_k && !starts_with(word, "kilo"));
}

/* -tre, -ques, -gne: nothing is heard but consonants. Of -ent, mute in verbs alone, the patterns
 * know by word. */
static bool is_mute(const Word *word, size_t start) {
    size_t end = word->n;
    if (word->letters[end - 1] == 's') end--;
    if (end <= start || word->letters[end - 1] != 'e') return false;
    for (size_t i = start; i + 1 < end; i++) {
        gunichar before = i > 0 ? word->letters[i - 1] : 0;
        bool is_silent = word->letters[i] == 'u' && is_one_of(before, "qg");
        if (is_vowel(word->letters[i]) && !is_silent) return false;
    }
    return true;
}

/* CES-07: a half that reads as a word nobody meant. */
static bool is_unfortunate(const Word *word, size_t at) {
    static const char *const heads[] = {"con", "cul", "vio",  "viol", "pu",   "put",  "pé", "pet",
                                        "pis", "chi", "anal", "anus", "bite", "nazi", NULL};
    static const char *const tails[] = {"con",   "cons",   "cul",   "culs",   "cule", "cules",
                                        "pute",  "putes",  "puter", "putés",  "bite", "bites",
                                        "chier", "pisse",  "merde", "salope", "nazi", "nazis",
                                        "viole", "violer", "conne", "connes", NULL};
    return is_among(word, 0, at, heads) || is_among(word, at, word->n, tails);
}

/* CES-03, what the patterns let pass: between two vowels; around x and y between vowels. */
static bool is_hiatus(const Word *word, size_t at) {
    const gunichar *letters = word->letters;
    if (is_vowel(letters[at - 1]) && is_vowel(letters[at])) return true;
    for (size_t i = at - 1; i <= at; i++) {
        bool is_between =
            i > 0 && i + 1 < word->n && is_vowel(letters[i - 1]) && is_vowel(letters[i + 1]);
        if (is_one_of(letters[i], "xy") && is_between) return true;
    }
    return false;
}

static void cut_word(const FrHyphen *hyphens, const Word *word, bool *ret) {
    memset(ret, 0, word->n * sizeof *ret);
    if (word->n < WORD_LETTERS_MIN || is_foreign(word)) return;
    bool syllables[WORD_LETTERS_MAX];
    find_syllables(hyphens, word, syllables);
    for (size_t i = LETTERS_BEFORE; i + LETTERS_AFTER <= word->n; i++)
        ret[i] =
            syllables[i] && !is_hiatus(word, i) && !is_mute(word, i) && !is_unfortunate(word, i);
}

/* --- The words of a line -----------------------------------------------------------------------
 */

typedef struct {
    const FrHyphen *hyphens;
    const Text *text;
    size_t offset;
    size_t last_word; /* where the last token with a letter starts: a number, a call of note may
                         follow */
    bool *cuts;
} Line;

/* What stands between two blanks, and in it what stands between its punctuation. */
typedef struct {
    size_t start, first, last, end; /* first and last: a letter or a digit */
    bool has_letter;
} Token;

static const Glyph *glyph_at(const Text *text, size_t i) {
    return &g_array_index(text->glyphs, Glyph, i);
}

static bool is_any_space(gunichar c) {
    return is_space(c) || g_unichar_isspace(c) || c == 0x200b;
}

static bool is_apostrophe(gunichar c) {
    return c == '\'' || c == 0x2019;
}

/* The token at i, or the next. Its start is the text's end when there is no more. */
static Token token_from(const Text *text, size_t i) {
    size_t n = text_length(text);
    while (i < n && is_any_space(text_raw(text, i))) i++;
    Token token = {.start = i, .first = n, .last = 0};
    for (; i < n && !is_any_space(text_raw(text, i)); i++) {
        if (!is_alnum(text_raw(text, i))) continue;
        if (token.first == n) token.first = i;
        token.last = i;
        token.has_letter |= is_letter(text_raw(text, i));
    }
    token.end = i;
    return token;
}

static void add_cut(const Line *line, size_t i) {
    line->cuts[line->offset + glyph_at(line->text, i)->at] = true;
}

/* The author's soft hyphens; false when there is none. */
static bool cut_as_typed(const Line *line, Token token) {
    bool is_typed = false;
    for (size_t i = token.start; i < token.end; i++) {
        if (text_raw(line->text, i) != SOFT_HYPHEN) continue;
        is_typed = true;
        if (is_letter(text_raw(line->text, i - 1)) && is_letter(text_raw(line->text, i + 1)))
            add_cut(line, i + 1);
    }
    return is_typed;
}

/* Protected, or a character that composition made and that has no byte of its own. */
static bool is_set_apart(const Text *text, Token token) {
    for (size_t i = token.start; i < token.end; i++)
        if (glyph_at(text, i)->flags || !glyph_at(text, i)->bytes) return true;
    return false;
}

/* Letters and apostrophes, between the marks of a sentence: no compound, sign, formula, path. */
static bool is_plain(const Text *text, Token token) {
    for (size_t i = token.start; i < token.end; i++) {
        gunichar c = text_raw(text, i);
        bool is_right = i < token.first  ? is_opening(c) || is_dash(c) || is_one_of(c, "\"'\u2019")
                        : i > token.last ? is_dash(c) || is_one_of(c, ".,;:!?…)]»”\"'\u2019")
                                         : is_letter(c) || is_apostrophe(c);
        if (!is_right) return false;
    }
    return true;
}

/* A point and the sentence goes on: `apr. `, `vol., `. */
static bool is_abbreviation(const Text *text, Token token, Token next) {
    if (text_raw(text, token.last + 1) != '.') return false;
    if (is_one_of(text_raw(text, token.last + 2), ",;:")) return true;
    gunichar after = text_raw(text, next.start);
    bool is_bound = text_raw(text, token.end) == 0xa0;
    return is_bound || is_lower(after) || is_digit(after);
}

/* CES-03: a capital is a name's, unless it opens a sentence with a word that never names anything.
 */
static bool is_common_opening(const Text *text, size_t start, const Word *word) {
    static const char *const words[] = {
        "ailleurs",   "ainsi",     "alors",      "après",        "aucune",        "aujourd",
        "auparavant", "aussitôt",  "autant",     "autrefois",    "autrement",     "beaucoup",
        "bientôt",    "cependant", "certaines",  "certains",     "chacun",        "chacune",
        "chaque",     "combien",   "comment",    "concernant",   "contrairement", "davantage",
        "depuis",     "derrière",  "désormais",  "dernièrement", "différentes",   "différents",
        "dorénavant", "durant",    "également",  "encore",       "enfin",         "ensemble",
        "ensuite",    "environ",   "finalement", "généralement", "jamais",        "jusque",
        "jusqu",      "lorsque",   "lorsqu",     "maintenant",   "malgré",        "moyennant",
        "naguère",    "néanmoins", "nombre",     "notamment",    "parallèlement", "parfois",
        "pendant",    "plusieurs", "plutôt",     "pourquoi",     "pourtant",      "puisque",
        "puisqu",     "quelles",   "quelque",    "quelques",     "quiconque",     "récemment",
        "seulement",  "souvent",   "suivant",    "surtout",      "toujours",      "toutefois",
        "toutes",     "voilà",     NULL};
    return is_among(word, 0, word->n, words) && is_sentence_start(text, start);
}

/* The letters from start to end; false when they are no word of common French. */
static bool read_part(const Text *text, size_t start, size_t end, Word *ret_word) {
    ret_word->n = 0;
    if (end - start < WORD_LETTERS_MIN || end - start > WORD_LETTERS_MAX) return false;
    for (size_t i = start; i < end; i++) {
        gunichar c = text_raw(text, i);
        if (!is_lower(c) && i > start) return false;
        ret_word->letters[ret_word->n++] = g_unichar_tolower(c);
    }
    return is_lower(text_raw(text, start)) || is_common_opening(text, start, ret_word);
}

static void cut_token(const Line *line, Token token, Token next) {
    const Text *text = line->text;
    if (is_set_apart(text, token) || cut_as_typed(line, token)) return;
    if (token.start >= line->last_word) return;
    if (!token.has_letter || !is_plain(text, token) || is_abbreviation(text, token, next)) return;
    for (size_t start = token.first, end; start <= token.last; start = end + 1) {
        for (end = start; end <= token.last && is_letter(text_raw(text, end));) end++;
        Word word;
        bool cuts[WORD_LETTERS_MAX];
        if (!read_part(text, start, end, &word)) continue;
        cut_word(line->hyphens, &word, cuts);
        for (size_t i = 1; i < word.n; i++)
            if (cuts[i]) add_cut(line, start + i);
    }
}

static size_t last_word(const Text *text) {
    size_t start = 0;
    for (Token token = token_from(text, 0); token.start < text_length(text);
         token = token_from(text, token.end))
        if (token.has_letter) start = token.start;
    return start;
}

static void cut_line(const Text *text, size_t offset, void *data) {
    Line line = *(const Line *)data;
    line.text = text;
    line.offset = offset;
    line.last_word = last_word(text);
    Token token = token_from(text, 0);
    while (token.start < text_length(text)) {
        Token next = token_from(text, token.end);
        cut_token(&line, token, next);
        token = next;
    }
}

void fr_hyphen_find(const FrHyphen *hyphens, const char *text, size_t len, bool *ret_cuts) {
    memset(ret_cuts, 0, (len + 1) * sizeof *ret_cuts);
    Line line = {.hyphens = hyphens, .cuts = ret_cuts};
    fr_lines_each(text, len, cut_line, &line);
}
