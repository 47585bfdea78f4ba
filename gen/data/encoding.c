#include "data/encoding.h"

#include <string.h>
#include <unicode/ucsdet.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { SAMPLE = 8000, WORD = 24, LEAD = 12 };

/* What the bytes have shown so far. */
struct EncodingSurvey {
    size_t at; /* bytes seen */
    unsigned char head[4];
    size_t n_head;
    /* UTF-8 */
    unsigned need;      /* bytes that the character begun still wants */
    unsigned char lead; /* its first byte */
    size_t char_start;
    size_t n_characters; /* of several bytes */
    size_t first_bad;    /* SIZE_MAX: none */
    size_t first_high;   /* of a character of several bytes */
    /* zero bytes at even and odd places */
    size_t zeros[2], first_zero;
    /* 8-bit encodings */
    size_t n_c1;               /* 0x80–0x9F */
    size_t as_latin9, as_1252; /* doubtful bytes whose neighbours speak for each */
    size_t doubtful, first_doubtful;
    char word[WORD]; /* around the first doubtful byte */
    size_t n_word;
    unsigned char before[LEAD]; /* the last bytes, for a neighbour's sake */
    size_t n_before;
    bool awaits_next; /* a doubtful byte was the last one */
    unsigned char doubt, doubt_before;
    GByteArray *sample; /* around bytes that are not ASCII */
    size_t sampled;     /* bytes that the sample still takes of what comes */
};

EncodingSurvey *encoding_survey_new(void) {
    EncodingSurvey *survey = g_new0(EncodingSurvey, 1);
    survey->first_bad = survey->first_high = survey->first_zero = SIZE_MAX;
    survey->sample = g_byte_array_new();
    return survey;
}

void encoding_survey_free(EncodingSurvey *survey) {
    if (!survey) return;
    g_byte_array_unref(survey->sample);
    g_free(survey);
}

/* ---- UTF-8, byte by byte ---- */

static void mark_bad(EncodingSurvey *survey, size_t at) {
    if (survey->first_bad == SIZE_MAX) survey->first_bad = at;
    survey->need = 0;
}

static void start_character(EncodingSurvey *survey, unsigned char byte) {
    survey->lead = byte;
    survey->char_start = survey->at;
    if (byte < 0x80) return;
    if (byte < 0xC2 || byte > 0xF4)
        mark_bad(survey, survey->at);
    else
        survey->need = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
}

static void follow_utf8(EncodingSurvey *survey, unsigned char byte) {
    if (!survey->need) {
        start_character(survey, byte);
        return;
    }
    bool is_second = survey->at == survey->char_start + 1;
    unsigned low = 0x80, high = 0xBF;
    if (is_second && survey->lead == 0xE0) low = 0xA0;
    if (is_second && survey->lead == 0xED) high = 0x9F;
    if (is_second && survey->lead == 0xF0) low = 0x90;
    if (is_second && survey->lead == 0xF4) high = 0x8F;
    if (byte < low || byte > high) {
        mark_bad(survey, survey->char_start);
        start_character(survey, byte);
        return;
    }
    if (--survey->need) return;
    survey->n_characters++;
    if (survey->first_high == SIZE_MAX) survey->first_high = survey->char_start;
}

/* ---- Windows-1252 or Latin-9 ---- */

/* The bytes that are letters or the euro in Latin-9, and ¤ ¦ ¨ ´ ¸ ¼ ½ ¾ in Windows-1252. */
static bool is_doubtful(unsigned char byte) {
    return byte && strchr("\xA4\xA6\xA8\xB4\xB8\xBC\xBD\xBE", byte);
}

static bool is_letter(unsigned char byte) {
    return g_ascii_isalpha(byte) || byte >= 0xC0;
}

/* c?ur is cœur; 3 ½ is a number; 12 ¤ and ¤12 are euros. */
static void judge(EncodingSurvey *survey, unsigned char next) {
    unsigned char byte = survey->doubt, before = survey->doubt_before;
    bool is_money = byte == 0xA4;
    bool is_fraction = byte >= 0xBC;
    survey->awaits_next = false;
    if (is_money) {
        bool is_amount = g_ascii_isdigit(before) || g_ascii_isdigit(next) || before == ' ' ||
                         before == 0xA0 || next == ' ';
        survey->as_latin9 += is_amount;
        return;
    }
    bool touches_letters = is_letter(before) || is_letter(next);
    bool follows_number = g_ascii_isdigit(before) || (before == ' ' && !is_letter(next));
    if (is_fraction && follows_number)
        survey->as_1252++;
    else if (touches_letters)
        survey->as_latin9++;
}

static void note_doubtful(EncodingSurvey *survey, unsigned char byte) {
    if (!survey->doubtful++) {
        survey->first_doubtful = survey->at;
        survey->n_word = MIN(survey->n_before, LEAD);
        memcpy(survey->word, survey->before + survey->n_before - survey->n_word, survey->n_word);
        survey->word[survey->n_word++] = (char)byte;
    }
    survey->awaits_next = true;
    survey->doubt = byte;
    survey->doubt_before = survey->n_before ? survey->before[survey->n_before - 1] : 0;
}

static void follow_8bit(EncodingSurvey *survey, unsigned char byte) {
    if (survey->awaits_next) judge(survey, byte);
    bool extends = survey->n_word && survey->n_word < WORD && byte >= ' ' &&
                   survey->at < survey->first_doubtful + LEAD &&
                   survey->at > survey->first_doubtful;
    if (extends) survey->word[survey->n_word++] = (char)byte;
    survey->n_c1 += byte >= 0x80 && byte < 0xA0;
    if (is_doubtful(byte)) note_doubtful(survey, byte);
}

static void remember(EncodingSurvey *survey, unsigned char byte) {
    if (survey->n_before == LEAD) {
        memmove(survey->before, survey->before + 1, LEAD - 1);
        survey->n_before--;
    }
    survey->before[survey->n_before++] = byte;
    if (byte == '\n' || byte == '\r' || byte == ',' || byte == ';') survey->n_before = 0;
}

static void sample(EncodingSurvey *survey, unsigned char byte) {
    if (byte >= 0x80 && !survey->sampled) {
        g_byte_array_append(survey->sample, survey->before, (guint)survey->n_before);
        survey->sampled = 32;
    }
    if (!survey->sampled || survey->sample->len >= SAMPLE) return;
    g_byte_array_append(survey->sample, &byte, 1);
    survey->sampled--;
}

/* ---- all bytes ---- */

static void follow(EncodingSurvey *survey, unsigned char byte) {
    if (survey->n_head < sizeof survey->head) survey->head[survey->n_head++] = byte;
    if (!byte) {
        survey->zeros[survey->at & 1]++;
        if (survey->first_zero == SIZE_MAX) survey->first_zero = survey->at;
    }
    sample(survey, byte);
    follow_utf8(survey, byte);
    follow_8bit(survey, byte);
    remember(survey, byte);
    survey->at++;
}

/* 16 bytes of ASCII that hold nothing to look at. */
static bool is_dull(const char *bytes) {
#ifdef __SSE2__
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i is_zero = _mm_cmpeq_epi8(block, _mm_setzero_si128());
    return _mm_movemask_epi8(_mm_or_si128(block, is_zero)) == 0;
#else
    for (int i = 0; i < 16; i++)
        if ((signed char)bytes[i] <= 0) return false;
    return true;
#endif
}

/* A run of ASCII may be skipped once nothing waits for what follows; its last bytes are kept. */
void encoding_survey_feed(EncodingSurvey *survey, const char *bytes, size_t len) {
    size_t i = 0;
    while (i < len) {
        bool is_idle = !survey->need && !survey->awaits_next && !survey->sampled &&
                       survey->n_head == sizeof survey->head &&
                       (!survey->n_word || survey->at > survey->first_doubtful + WORD);
        size_t run = 0;
        while (is_idle && i + run + 32 <= len && is_dull(bytes + i + run) &&
               is_dull(bytes + i + run + 16))
            run += 16;
        survey->at += run;
        i += run;
        if (run) survey->n_before = 0;
        for (size_t end = MIN(i + 16, len); i < end; i++) follow(survey, (unsigned char)bytes[i]);
    }
}

/* ---- the verdict ---- */

static bool has_mark(const EncodingSurvey *survey, const char *mark, size_t len) {
    return survey->n_head >= len && memcmp(survey->head, mark, len) == 0;
}

static EncodingVerdict found(EncodingFinding *finding, const char *name) {
    finding->name = name;
    return ENCODING_FOUND;
}

static void decode_word(const EncodingSurvey *survey, const char *name, char text[static 64]) {
    g_autofree char *word =
        g_convert(survey->word, (gssize)survey->n_word, "UTF-8", name, NULL, NULL, NULL);
    g_strlcpy(text, word ? word : "", 64);
    /* Cut no character in two. */
    const char *end;
    if (!g_utf8_validate(text, -1, &end)) text[end - text] = '\0';
}

/* A second opinion on what is not UTF-8: some other alphabet altogether? */
static const char *other_alphabet(const EncodingSurvey *survey) {
    static const char *const latin[] = {"ISO-8859-1", "windows-1252", "ISO-8859-2", "windows-1250",
                                        "ISO-8859-9", "windows-1254", "UTF-8",      NULL};
    const char *name = NULL;
    UErrorCode error = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&error);
    if (U_FAILURE(error)) return NULL;
    ucsdet_setText(detector, (const char *)survey->sample->data, (int32_t)survey->sample->len,
                   &error);
    int32_t n = 0;
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &n, &error);
    int best = 0, best_latin = 0;
    for (int32_t i = 0; U_SUCCESS(error) && i < n; i++) {
        const char *known = ucsdet_getName(matches[i], &error);
        int confidence = ucsdet_getConfidence(matches[i], &error);
        if (g_strv_contains(latin, known))
            best_latin = MAX(best_latin, confidence);
        else if (confidence > best)
            best = confidence, name = g_intern_string(known);
    }
    ucsdet_close(detector);
    return best >= 60 && best > best_latin + 30 ? name : NULL;
}

static EncodingVerdict decide_8bit(const EncodingSurvey *survey, EncodingFinding *finding) {
    const char *other = other_alphabet(survey);
    if (other) {
        finding->name = other;
        finding->offset = survey->first_bad;
        return ENCODING_OTHER;
    }
    bool is_latin9 = survey->as_latin9 && !survey->as_1252;
    bool is_1252 = survey->n_c1 || !survey->doubtful || (survey->as_1252 && !survey->as_latin9);
    if (is_1252) return found(finding, "windows-1252");
    if (is_latin9) return found(finding, "iso-8859-15");
    finding->name = "windows-1252";
    finding->other = "iso-8859-15";
    finding->offset = survey->first_doubtful;
    decode_word(survey, finding->name, finding->texts[0]);
    decode_word(survey, finding->other, finding->texts[1]);
    return ENCODING_DOUBT;
}

EncodingVerdict encoding_survey_decide(EncodingSurvey *survey, EncodingFinding *ret_finding) {
    *ret_finding = (EncodingFinding){.offset = survey->first_bad};
    if (survey->need) mark_bad(survey, survey->char_start);
    if (survey->awaits_next) judge(survey, 0);
    bool is_utf32 = has_mark(survey, "\xFF\xFE\0\0", 4) || has_mark(survey, "\0\0\xFE\xFF", 4);
    if (is_utf32) {
        ret_finding->name = "UTF-32";
        return ENCODING_OTHER;
    }
    if (has_mark(survey, "\xFF\xFE", 2)) return found(ret_finding, "utf-16le");
    if (has_mark(survey, "\xFE\xFF", 2)) return found(ret_finding, "utf-16be");
    /* ASCII in two bytes has a zero in every other place. */
    size_t even = survey->zeros[0], odd = survey->zeros[1];
    if (odd > survey->at / 4 && even < odd / 8) return found(ret_finding, "utf-16le");
    if (even > survey->at / 4 && odd < even / 8) return found(ret_finding, "utf-16be");
    if (even || odd) {
        ret_finding->offset = survey->first_zero;
        return ENCODING_BINARY;
    }
    if (survey->first_bad == SIZE_MAX) return found(ret_finding, "utf-8");
    ret_finding->offset = survey->first_bad;
    if (has_mark(survey, "\xEF\xBB\xBF", 3) || survey->n_characters) {
        ret_finding->name = "utf-8";
        return ENCODING_MIXED;
    }
    return decide_8bit(survey, ret_finding);
}
