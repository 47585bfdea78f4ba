#include "data/encoding_survey.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

static const char utf8_name[] = "utf-8", utf16le_name[] = "utf-16le", utf16be_name[] = "utf-16be",
                  windows1252_name[] = "windows-1252", latin9_name[] = "iso-8859-15";

/* As packages name them, as ICU calls them, as messages do. */
static const struct Name {
    const char *name, *icu, *shown;
} names[] = {
    {utf8_name, "UTF-8", "UTF-8"},
    {"utf-16", "UTF-16", "UTF-16"},
    {utf16le_name, "UTF-16LE", "UTF-16 LE"},
    {utf16be_name, "UTF-16BE", "UTF-16 BE"},
    {windows1252_name, "windows-1252", "Windows-1252"},
    {latin9_name, "ISO-8859-15", "Latin-9"},
    {"iso-8859-1", "ISO-8859-1", "Latin-1"},
    {"macintosh", "macintosh", "Mac OS Roman"},
    {"cp850", "IBM850", "DOS 850"},
};

static const char *icu_name(const char *name) {
    if (ucnv_compareNames(name, "utf-8-sig") == 0) name = "UTF-8"; /* Python's, with a mark */
    UErrorCode status = U_ZERO_ERROR;
    const char *standard = ucnv_getStandardName(name, "MIME", &status);
    if (U_FAILURE(status) || !standard) {
        status = U_ZERO_ERROR;
        standard = ucnv_getStandardName(name, "IANA", &status);
    }
    return U_SUCCESS(status) ? standard : NULL;
}

static const struct Name *find_name(const char *icu) {
    for (size_t i = 0; icu && i < G_N_ELEMENTS(names); i++)
        if (strcmp(names[i].icu, icu) == 0) return &names[i];
    return NULL;
}

const char *encoding_canonical(const char *name) {
    const char *icu = icu_name(name);
    const struct Name *known = find_name(icu);
    return known ? known->name : icu;
}

const char *encoding_name_shown(const char *name) {
    const char *icu = icu_name(name);
    const struct Name *known = find_name(icu);
    return known ? known->shown : icu ? icu : name;
}

bool encoding_is_known(const char *name) {
    return encoding_canonical(name) != NULL;
}

/* ASCII too: as UTF-8 it is read faster, and reads the same. */
bool encoding_is_utf8(const char *name) {
    const char *icu = icu_name(name);
    return icu && (strcmp(icu, "UTF-8") == 0 || strcmp(icu, "US-ASCII") == 0);
}

static gunichar windows1252_letter(uint8_t byte) {
    static const uint16_t letters[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    return byte >= 0x80 && byte < 0xA0 ? letters[byte - 0x80] : byte;
}

static gunichar latin9_letter(uint8_t byte) {
    switch (byte) {
    case 0xA4: return 0x20AC;
    case 0xA6: return 0x0160;
    case 0xA8: return 0x0161;
    case 0xB4: return 0x017D;
    case 0xB8: return 0x017E;
    case 0xBC: return 0x0152;
    case 0xBD: return 0x0153;
    case 0xBE: return 0x0178;
    default: return byte;
    }
}

char *encoding_guess_letter(unsigned char byte) {
    char text[7] = "";
    gunichar letter = windows1252_letter(byte);
    if (!g_unichar_isalpha(letter)) return NULL;
    g_unichar_to_utf8(letter, text);
    return g_strdup(text);
}

static bool ends_cell(uint8_t byte) {
    return byte < ' ' || strchr(",;|\"", byte);
}

/* The cell that holds the telling byte, as far as the window goes. */
static void print_telling(const Telling *telling, gunichar (*letter)(uint8_t),
                          char ret[static 128]) {
    const Window *window = &telling->window;
    size_t at = telling->offset - window->start, start = at, end = at, len = 0;
    while (start > 0 && !ends_cell(window->bytes[start - 1])) start--;
    while (end < window->len && !ends_cell(window->bytes[end])) end++;
    while (start < at && window->bytes[start] == ' ') start++;
    while (end > at && window->bytes[end - 1] == ' ') end--;
    for (size_t i = start; i < end && len + 7 < 128; i++) {
        gunichar c = letter(window->bytes[i]);
        len += (size_t)g_unichar_to_utf8(c ? c : 0xFFFD, ret + len);
    }
    ret[len] = '\0';
}

static EncodingVerdict doubt(const EncodingSurvey *survey, EncodingFinding *ret) {
    const Telling *first = &survey->telling[TELLS_NOTHING];
    if (!first->n) {
        const Telling *a = &survey->telling[TELLS_WINDOWS1252];
        const Telling *b = &survey->telling[TELLS_LATIN9];
        first = a->offset < b->offset ? a : b;
    }
    ret->name = windows1252_name;
    ret->other = latin9_name;
    ret->offset = first->offset;
    ret->byte = first->window.bytes[first->offset - first->window.start];
    print_telling(first, windows1252_letter, ret->texts[0]);
    print_telling(first, latin9_letter, ret->texts[1]);
    return ENCODING_DOUBT;
}

static EncodingVerdict found(const char *name, EncodingFinding *ret) {
    ret->name = name;
    return ENCODING_FOUND;
}

static EncodingVerdict other(const char *name, EncodingFinding *ret) {
    ret->name = name;
    return ENCODING_OTHER;
}

/* 0x80 to 0x9F are letters in Windows-1252 only; where neither these nor the eight bytes that
 * differ are seen, the two are the same. */
static EncodingVerdict decide_western(const EncodingSurvey *survey, EncodingFinding *ret) {
    bool is_windows1252 = survey->telling[TELLS_WINDOWS1252].n > 0;
    bool is_latin9 = survey->telling[TELLS_LATIN9].n > 0;
    bool is_telling = is_windows1252 || is_latin9 || survey->telling[TELLS_NOTHING].n;
    if (survey->n_windows || !is_telling) return found(windows1252_name, ret);
    if (is_windows1252 == is_latin9) return doubt(survey, ret);
    return found(is_latin9 ? latin9_name : windows1252_name, ret);
}

typedef struct {
    const char *name;         /* of the best one outside western Europe */
    int32_t outside, western; /* confidence, 0 to 100 */
    size_t size;
} Opinion;

static void weigh_match(const UCharsetMatch *match, Opinion *opinion) {
    UErrorCode status = U_ZERO_ERROR;
    const char *name = ucsdet_getName(match, &status);
    int32_t confidence = ucsdet_getConfidence(match, &status);
    if (U_FAILURE(status) || g_str_has_prefix(name, "UTF-") || g_str_has_prefix(name, "IBM"))
        return; /* settled before; EBCDIC is for mainframes */
    if (strcmp(name, "ISO-8859-1") == 0 || strcmp(name, "windows-1252") == 0) {
        opinion->western = MAX(opinion->western, confidence);
    } else if (confidence > opinion->outside) {
        opinion->outside = confidence;
        opinion->name = encoding_canonical(name);
    }
}

static Opinion ask_icu(const EncodingSurvey *survey) {
    g_autoptr(GByteArray) text = g_byte_array_new();
    for (size_t i = 0; i < survey->n_kept; i++) {
        const Window *window = &survey->kept[i];
        g_byte_array_append(text, window->bytes, (guint)window->len);
        g_byte_array_append(text, (const guint8 *)"\n", 1);
    }
    Opinion opinion = {.size = text->len};
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&status);
    ucsdet_setText(detector, (const char *)text->data, (int32_t)text->len, &status);
    int32_t n = 0;
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &n, &status);
    for (int32_t i = 0; U_SUCCESS(status) && i < n; i++) weigh_match(matches[i], &opinion);
    ucsdet_close(detector);
    return opinion;
}

/* Other scripts write letter after letter beyond ASCII; western words hold one now and then. */
static bool is_foreign_script(const EncodingSurvey *survey) {
    return survey->n_adjacent >= 3 && survey->n_adjacent * 10 >= survey->n_high * 3;
}

/* Central Europe and its like write one letter beyond ASCII at a time, as French does. On French
 * texts of 80 bytes ICU 72 prefers one of them by 19 points at most, of 160 by 4; on shorter ones
 * by anything. A sign of Windows-1252 within a word (± for ą, ³ for ł) makes its word count for
 * more. */
static bool is_foreign_text(const EncodingSurvey *survey, const Opinion *opinion) {
    int32_t margin = opinion->outside - opinion->western;
    if (survey->n_symbols * 5 >= survey->n_high && survey->n_symbols > 0) return margin > 0;
    return opinion->size >= 80 && margin >= 30;
}

static EncodingVerdict decide_letters(const EncodingSurvey *survey, EncodingFinding *ret) {
    if (survey->n_misplaced > survey->n_western)
        return other(survey->n_dos > survey->n_mac ? "cp850" : "macintosh", ret);
    Opinion opinion = ask_icu(survey);
    if (is_foreign_script(survey)) return other(opinion.outside >= 30 ? opinion.name : NULL, ret);
    if (is_foreign_text(survey, &opinion)) return other(opinion.name, ret);
    if (survey->n_deliberate) {
        ret->offset = survey->first_deliberate;
        ret->byte = survey->first_deliberate_byte;
        return ENCODING_MIXED;
    }
    return decide_western(survey, ret);
}

/* All but a few zero bytes on even places, or on odd ones: half of western text in UTF-16. */
static const char *find_utf16(const EncodingSurvey *survey) {
    size_t even = survey->n_zero[0], odd = survey->n_zero[1];
    if (odd * 4 >= survey->size && even * 20 <= odd) return utf16le_name;
    return even * 4 >= survey->size && odd * 20 <= even ? utf16be_name : NULL;
}

static EncodingVerdict decide_zero(const EncodingSurvey *survey, EncodingFinding *ret) {
    const char *name = find_utf16(survey);
    if (name) return found(name, ret);
    ret->offset = survey->first_zero;
    return ENCODING_BINARY;
}

/* UTF-32 LE starts as UTF-16 LE does, with a zero after its mark. */
static const char *find_mark(const EncodingSurvey *survey) {
    const uint8_t *head = survey->head;
    size_t n = survey->n_head;
    if (n >= 4 && memcmp(head, "\xFF\xFE\0\0", 4) == 0) return "UTF-32LE";
    if (n >= 4 && memcmp(head, "\0\0\xFE\xFF", 4) == 0) return "UTF-32BE";
    if (n >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0) return utf8_name;
    if (n >= 2 && memcmp(head, "\xFF\xFE", 2) == 0) return utf16le_name;
    return n >= 2 && memcmp(head, "\xFE\xFF", 2) == 0 ? utf16be_name : NULL;
}

/* UTF-8 with a few bytes of another encoding: what a paste or a script leaves. */
static bool is_mostly_utf8(const EncodingSurvey *survey) {
    if (survey->n_characters < survey->n_bad) return false;
    return survey->n_deliberate > 0 || survey->n_characters >= 8 * survey->n_bad;
}

EncodingVerdict encoding_survey_decide(EncodingSurvey *survey, EncodingFinding *ret) {
    encoding_survey_end(survey);
    *ret = (EncodingFinding){0};
    const char *marked = find_mark(survey);
    if (marked) return g_str_has_prefix(marked, "UTF-32") ? other(marked, ret) : found(marked, ret);
    if (survey->n_zero[0] || survey->n_zero[1]) return decide_zero(survey, ret);
    if (survey->n_bad == 0) return found(utf8_name, ret);
    if (!is_mostly_utf8(survey)) return decide_letters(survey, ret);
    ret->is_mostly_utf8 = true;
    ret->offset = survey->first_bad;
    ret->byte = survey->first_bad_byte;
    return ENCODING_MIXED;
}
