#include "data/encoding_survey.h"

EncodingSurvey *encoding_survey_new(void) {
    EncodingSurvey *survey = g_new0(EncodingSurvey, 1);
    survey->stride = 1;
    memset(survey->last, '\n', sizeof survey->last);
    return survey;
}

void encoding_survey_free(EncodingSurvey *survey) {
    g_free(survey);
}

/* The part being fed; its first byte is at survey->size. */
typedef struct {
    const uint8_t *bytes;
    size_t len;
} Part;

static void window_fill(Window *window, const EncodingSurvey *survey, Part part) {
    size_t base = survey->size, end = window->start + window->wanted;
    for (size_t at = window->start + window->len; at < end && at < base + part.len; at++)
        window->bytes[window->len++] =
            at < base ? survey->tail[survey->n_tail - (base - at)] : part.bytes[at - base];
}

static void window_open(Window *window, const EncodingSurvey *survey, Part part, size_t start,
                        size_t end) {
    *window = (Window){.start = start, .wanted = end - start};
    window_fill(window, survey, part);
}

/* Places far apart stay in the sample whatever the size of the file: when it is full, every other
 * one goes, and from then on half as many are taken. */
static void sample(EncodingSurvey *survey, Part part, size_t offset) {
    if (offset < survey->window_end) return;
    size_t back = MIN(offset - survey->window_end, (size_t)WINDOW_BEFORE);
    survey->window_end = offset + WINDOW_SIZE - WINDOW_BEFORE;
    if (survey->n_seen++ % survey->stride) return;
    if (survey->n_kept == N_WINDOWS) {
        for (size_t i = 0; i < N_WINDOWS / 2; i++) survey->kept[i] = survey->kept[2 * i];
        survey->n_kept = N_WINDOWS / 2;
        survey->stride *= 2;
        /* N_WINDOWS is even: the place that filled the sample is one the new stride takes. */
    }
    window_open(&survey->kept[survey->n_kept++], survey, part, offset - back, survey->window_end);
}

static bool is_letter(uint8_t byte) {
    return g_ascii_isalpha(byte) || (byte >= 0xC0 && byte != 0xD7 && byte != 0xF7);
}

static bool is_lower(uint8_t byte) {
    return g_ascii_islower(byte) || (byte >= 0xDF && byte != 0xF7);
}

static bool is_in(const char *bytes, uint8_t byte) {
    return byte && strchr(bytes, byte);
}

/* A byte of interest with the two before and the two after it. */
typedef struct {
    uint8_t before2, before, byte, after, after2;
} Place;

/* œ and Œ stand before a letter, and open a word only before a long one (œuvre; « ½h » is short).
 */
static Tells tell_ligature(Place place) {
    bool has_next = is_letter(place.after), has_previous = is_letter(place.before);
    bool is_inner_capital = place.byte != 0xBD && is_lower(place.before);
    if (has_next && has_previous) return is_inner_capital ? TELLS_WINDOWS1252 : TELLS_LATIN9;
    if (place.byte == 0xBE && g_ascii_isupper(place.before)) return TELLS_LATIN9; /* L'HAŸ-LES */
    if (g_ascii_isdigit(place.before)) return has_next ? TELLS_NOTHING : TELLS_WINDOWS1252;
    bool is_number = place.before == ' ' && g_ascii_isdigit(place.before2);
    if (has_next) return !is_number && is_letter(place.after2) ? TELLS_LATIN9 : TELLS_NOTHING;
    bool is_before_word = place.after == ' ' && !has_previous;
    return is_number || is_before_word ? TELLS_WINDOWS1252 : TELLS_NOTHING;
}

/* Š Ž within a word after a small letter are none: the accent is typed for an apostrophe (l´eau).
 */
static Tells tell_capital(Place place) {
    if (is_lower(place.before)) return TELLS_WINDOWS1252;
    bool is_either = is_letter(place.before) && place.byte == 0xB4;
    return is_letter(place.after) && !is_either ? TELLS_LATIN9 : TELLS_NOTHING;
}

static Tells tell_currency(Place place) {
    bool is_spaced = place.before == ' ' || place.before == 0xA0;
    uint8_t before = is_spaced ? place.before2 : place.before;
    uint8_t after = place.after == ' ' || place.after == 0xA0 ? place.after2 : place.after;
    return g_ascii_isdigit(before) || g_ascii_isdigit(after) ? TELLS_LATIN9 : TELLS_NOTHING;
}

static Tells tell(Place place) {
    switch (place.byte) {
    case 0xA4: return tell_currency(place); /* ¤ € */
    case 0xA6:                              /* ¦ Š */
    case 0xB4: return tell_capital(place);  /* ´ Ž */
    case 0xA8:                              /* ¨ š */
    case 0xB8:                              /* ¸ ž */
        return is_letter(place.before) || (is_letter(place.after) && is_letter(place.after2))
                   ? TELLS_LATIN9
                   : TELLS_NOTHING;
    case 0xBE:                            /* ¾ Ÿ */
    default: return tell_ligature(place); /* ¼ Œ, ½ œ */
    }
}

static void add_telling(EncodingSurvey *survey, Part part, Place place, size_t offset) {
    Telling *telling = &survey->telling[tell(place)];
    if (telling->n++) return;
    telling->offset = offset;
    window_open(&telling->window, survey, part, offset - MIN(offset, (size_t)TELLING_BEFORE),
                offset + TELLING_AFTER);
}

/* French in the code pages of DOS and of the old Macintosh falls, in Windows-1252, on quotes and
 * signs within words, on capitals after small letters, on bytes without a character. ICU knows
 * neither code page and calls such a file Windows-1252. */
static void weigh_control(EncodingSurvey *survey, Place place) {
    bool is_after = g_ascii_isalpha(place.before), is_before = g_ascii_isalpha(place.after);
    if (!is_in("\x81\x8D\x8F\x90\x9D", place.byte)) survey->n_windows++;
    if (!is_after && !is_before) return;
    bool is_within = is_after && is_before;
    bool is_sign = is_in("\x81\x84\x86\x87\x88\x89\x8B\x8D\x8F\x90\x93\x98\x9D", place.byte);
    bool is_capital = is_in("\x8A\x8C\x8E\x9F", place.byte) && g_ascii_islower(place.before);
    bool is_low_quote = is_after && place.byte == 0x82;
    survey->n_misplaced += (is_within && is_sign) || is_capital || is_low_quote;
    survey->n_dos +=
        is_in("\x82\x83\x85\x87\x88\x8A\x8B\x8C\x93\x96\x97", place.byte); /* éâàçêèïîôûù */
    survey->n_mac +=
        is_in("\x88\x89\x8D\x8E\x8F\x90\x94\x95\x99\x9D\x9E", place.byte); /* àâçéèêîïôùû */
}

static void weigh(EncodingSurvey *survey, Part part, Place place, size_t offset) {
    static const char punctuation[] = "\x85\x91\x92\x93\x94\x96\x97\xA0\xAB\xB7\xBB";
    static const char telling[] = "\xA4\xA6\xA8\xB4\xB8\xBC\xBD\xBE";
    static const char neutral[] = "\xA0\xA9\xAB\xAD\xAE\xB0\xB2\xB3\xB7\xBB";
    uint8_t byte = place.byte;
    sample(survey, part, offset);
    survey->n_high++;
    bool is_pair = place.before >= 0x80 && place.before != byte; /* créée is French */
    survey->n_adjacent += is_pair && !is_in(punctuation, byte) && !is_in(punctuation, place.before);
    bool is_after = g_ascii_isalpha(place.before), is_before = g_ascii_isalpha(place.after);
    if (byte < 0xA0) {
        weigh_control(survey, place);
    } else if (byte >= 0xE0) {
        survey->n_western += is_after || is_before;
    } else if (is_in(telling, byte)) {
        add_telling(survey, part, place, offset);
    } else if (byte < 0xC0) {
        survey->n_symbols += is_after && is_before && !is_in(neutral, byte);
    }
}

/* Letters and signs that are in UTF-8 because somebody wrote them, and not by chance: what western
 * text holds. Chance (É and a no-break space of Windows-1252 make Ɉ) falls elsewhere. */
static bool is_deliberate(uint32_t c) {
    bool is_accented = c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7;
    bool is_sign = c == 0xA0 || c == 0xAB || c == 0xB0 || c == 0xBB || c == 0x20AC || c == 0x202F;
    bool is_ligature = c == 0x152 || c == 0x153 || c == 0x178;
    return is_accented || is_sign || is_ligature || (c >= 0x2010 && c <= 0x2026);
}

static void add_bad(EncodingSurvey *survey, size_t offset, uint8_t byte) {
    if (survey->n_bad++) return;
    survey->first_bad = offset;
    survey->first_bad_byte = byte;
}

static void add_character(EncodingSurvey *survey, uint8_t lead) {
    survey->n_characters++;
    if (!is_deliberate(survey->utf8.character) || survey->n_deliberate++) return;
    survey->first_deliberate = survey->lead;
    survey->first_deliberate_byte = lead;
}

static uint8_t lead_byte(const EncodingSurvey *survey, size_t offset) {
    return survey->last[3 - MIN(offset - survey->lead - 1, (size_t)3)];
}

static void step_utf8(EncodingSurvey *survey, uint8_t byte, size_t offset) {
    bool has_begun = survey->utf8.wanted > 0;
    uint8_t lead = has_begun ? lead_byte(survey, offset) : byte;
    Utf8Status status = utf8_step(&survey->utf8, byte);
    if (status == UTF8_BAD) {
        add_bad(survey, has_begun ? survey->lead : offset, lead);
        if (!has_begun) return;
        has_begun = false;
        status = utf8_lead(&survey->utf8, byte);
        if (status == UTF8_BAD) add_bad(survey, offset, byte);
    }
    if (status == UTF8_MORE && !has_begun) survey->lead = offset;
    if (status == UTF8_DONE && has_begun) add_character(survey, lead);
}

static bool is_sure(const EncodingSurvey *survey) {
    return survey->n_characters >= SURE_UTF8 && survey->n_bad == 0;
}

/* A byte is weighed when the two after it are known. */
static void push(EncodingSurvey *survey, Part part, uint8_t byte, size_t offset) {
    uint8_t *last = survey->last;
    if (last[2] >= 0x80 && !is_sure(survey))
        weigh(survey, part, (Place){last[0], last[1], last[2], last[3], byte}, offset - 2);
    memmove(last, last + 1, 3);
    last[3] = byte;
}

static void take_byte(EncodingSurvey *survey, Part part, size_t i) {
    uint8_t byte = part.bytes[i];
    size_t offset = survey->size + i;
    if (survey->n_head < sizeof survey->head) survey->head[survey->n_head++] = byte;
    if (!byte) {
        if (!survey->n_zero[0] && !survey->n_zero[1]) survey->first_zero = offset;
        survey->n_zero[offset & 1]++;
    }
    if (byte >= 0x80 || survey->utf8.wanted) step_utf8(survey, byte, offset);
    push(survey, part, byte, offset);
}

/* Bytes that tell nothing: ASCII, and any character once the file is surely UTF-8. */
static size_t skip_run(EncodingSurvey *survey, Part part, size_t i) {
    bool is_quiet = survey->last[2] < 0x80 && survey->last[3] < 0x80;
    size_t run = 0, beyond = 0;
    if (survey->utf8.wanted || survey->n_head < sizeof survey->head) return 0;
    if (is_sure(survey))
        run = utf8_run(part.bytes + i, part.len - i, &beyond);
    else if (is_quiet)
        run = ascii_run(part.bytes + i, part.len - i);
    if (run < sizeof survey->last) return 0;
    memcpy(survey->last, part.bytes + i + run - sizeof survey->last, sizeof survey->last);
    survey->n_characters += beyond;
    return run;
}

static void keep_tail(EncodingSurvey *survey, Part part) {
    if (part.len >= TAIL_SIZE) {
        memcpy(survey->tail, part.bytes + part.len - TAIL_SIZE, TAIL_SIZE);
        survey->n_tail = TAIL_SIZE;
        return;
    }
    size_t kept = MIN(survey->n_tail, TAIL_SIZE - part.len);
    memmove(survey->tail, survey->tail + survey->n_tail - kept, kept);
    memcpy(survey->tail + kept, part.bytes, part.len);
    survey->n_tail = kept + part.len;
}

static void fill_windows(EncodingSurvey *survey, Part part) {
    if (survey->n_kept) window_fill(&survey->kept[survey->n_kept - 1], survey, part);
    for (size_t i = 0; i < N_TELLS; i++) window_fill(&survey->telling[i].window, survey, part);
}

static bool has_mark(const uint8_t head[static 4]) {
    return memcmp(head, "\xFF\xFE", 2) == 0 || memcmp(head, "\xFE\xFF", 2) == 0 ||
           memcmp(head, "\xEF\xBB\xBF", 3) == 0;
}

void encoding_survey_feed(EncodingSurvey *survey, const char *bytes, size_t len) {
    if (len == 0) return;
    if (survey->is_marked) {
        survey->size += len;
        return;
    }
    Part part = {(const uint8_t *)bytes, len};
    fill_windows(survey, part);
    for (size_t i = 0; i < len;) {
        size_t run = skip_run(survey, part, i);
        if (!run) take_byte(survey, part, i++);
        i += run;
    }
    keep_tail(survey, part);
    survey->size += len;
    survey->is_marked = survey->n_head == sizeof survey->head && has_mark(survey->head);
}

void encoding_survey_end(EncodingSurvey *survey) {
    if (survey->is_ended) return;
    survey->is_ended = true;
    Part none = {NULL, 0};
    /* A character that the end of the file cuts: of a file all in UTF-8 it is the decoder's fault
     * to report; of another one it was none. */
    bool is_cut = survey->utf8.wanted && !(survey->n_characters && !survey->n_bad);
    if (is_cut) add_bad(survey, survey->lead, lead_byte(survey, survey->size));
    push(survey, none, '\n', survey->size);
    push(survey, none, '\n', survey->size + 1);
}
