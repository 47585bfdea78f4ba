#include "lang/fr_display.h"
#include "lang/fr_lines.h"
#include "lang/typo_class.h"

#include <string.h>

/* XXe: its numeral is [start, rank), its ending [rank, end). */
typedef struct {
    size_t start, rank, end;
    bool is_roman, is_century;
} Ordinal;

static bool is_gap(gunichar c) {
    return !c || is_space(c) || g_unichar_isspace(c);
}

/* A number is an ordinal where prose puts one: not in 1,2e, A.2e, x=1e, 4e-2. A hyphen joins two
 * ordinals (XVIIe-XVIIIe). */
static bool may_open(const Text *text, size_t i) {
    gunichar before = text_at(text, i - 1);
    if (before == '-') return is_lower(text_at(text, i - 2));
    return is_gap(before) || is_opening(before) || is_dash(before) ||
           is_one_of(before, "\"'\u2019");
}

static bool may_close(const Text *text, size_t end) {
    gunichar mark = text_at(text, end), after = text_at(text, end + 1);
    if (mark == '-') return is_letter(after);
    if (is_one_of(mark, ".,:;!?…")) return !is_alnum(after);
    return is_gap(mark) || is_dash(mark) || is_one_of(mark, ")]»”\"'\u2019");
}

/* End of the roman numeral of an ordinal, or i. C, D and M are words or Cie more often than ranks.
 */
static size_t roman_rank_end(const Text *text, size_t i) {
    size_t end = roman_end(text, i);
    for (size_t r = i; r < end; r++)
        if (!is_one_of(text_at(text, r), "IVXL")) return i;
    return end == i + 1 && !is_one_of(text_at(text, i), "IVX") ? i : end;
}

static bool is_ending(const char *ending, bool is_first, bool is_second) {
    static const char *const firsts[] = {"er", "ers", "re", "res", NULL};
    static const char *const seconds[] = {"d", "ds", "de", "des", "nd", "nds", "nde", "ndes", NULL};
    static const char *const others[] = {"e", "es", NULL};
    if (is_first) return g_strv_contains(firsts, ending);
    return g_strv_contains(others, ending) || (is_second && g_strv_contains(seconds, ending));
}

/* The ordinal at i; its end is i when there is none. */
static Ordinal ordinal_at(const Text *text, size_t i) {
    Ordinal none = {.start = i, .rank = i, .end = i};
    if (!may_open(text, i)) return none;
    size_t digits = digits_end(text, i);
    bool is_roman = digits == i;
    size_t rank = is_roman ? roman_rank_end(text, i) : digits, end = word_end(text, rank);
    char ending[WORD_MAX];
    if (rank == i || end == rank || !may_close(text, end) || !read_word(text, rank, end, ending))
        return none;
    bool is_single = rank == i + 1;
    if (!is_ending(ending, is_single && is_one_of(text_at(text, i), "1I"),
                   is_single && text_at(text, i) == '2'))
        return none;
    /* « Xe » alone is xenon, « Ve » nothing: a noun follows « le Xe arrondissement ». */
    size_t noun = skip_spaces(text, end);
    bool is_counting = noun > end && is_letter(text_at(text, noun));
    if (is_roman && is_single && text_at(text, i) != 'I' && !is_counting) return none;
    return (Ordinal){.start = i, .rank = rank, .end = end, .is_roman = is_roman};
}

/* The letters of the title at i that are raised, or none. Me, Dr and the like are titles where
 * fr_typo bound them to a name: « Me voici » is not. */
static size_t title_end(const Text *text, size_t i) {
    static const char *const always[] = {"Mme", "Mmes", "Mlle", "Mlles", NULL};
    static const char *const bound[] = {"Dr", "Drs", "Me", "Mes", "Mgr", "Pr", "Prs", NULL};
    if (!may_open(text, i)) return i;
    size_t n = match_word_of(text, i, always);
    if (n > 0) return may_close(text, i + n) ? i + n : i;
    n = match_word_of(text, i, bound);
    return n > 0 && text_at(text, i + n) == 0xa0 && is_upper(text_at(text, i + n + 1)) ? i + n : i;
}

/* n° before its number: fr_typo bound them. */
static bool is_numero(const Text *text, size_t i) {
    return may_open(text, i) && is_one_of(text_at(text, i), "nN") && text_at(text, i + 1) == 0xb0 &&
           text_at(text, i + 2) == 0xa0 && is_alnum(text_at(text, i + 3));
}

/* --- Centuries
 * ----------------------------------------------------------------------------------*/

/* Is what parts two ordinals the middle of a list: XVIIe et XVIIIe, XVIIe-XVIIIe, du Xe au XIIe? */
static bool joins(const Text *text, size_t start, size_t end) {
    static const char *const joints[] = {"-",          "–",       " – ",     ", ",      ", le ",
                                         " et ",       " ou ",    " au ",    " à ",     " et le ",
                                         " ou le ",    " et du ", " et au ", " ou du ", " ou au ",
                                         " jusqu’au ", NULL};
    for (size_t j = 0; joints[j]; j++) {
        size_t n = 0;
        bool is_same = true;
        for (const char *p = joints[j]; *p && is_same; p = g_utf8_next_char(p), n++) {
            gunichar c = text_at(text, start + n);
            is_same = (is_space(c) ? ' ' : c) == g_utf8_get_char(p);
        }
        if (is_same && n == end - start) return true;
    }
    return false;
}

/* From the last to the first: a list of centuries says siècle once, at its end. */
static void mark_centuries(const Text *text, GArray *ordinals) {
    static const char *const siecle[] = {"siècle", "siècles", NULL};
    const Ordinal *next = NULL;
    for (size_t o = ordinals->len; o-- > 0;) {
        Ordinal *ordinal = &g_array_index(ordinals, Ordinal, o);
        size_t noun = skip_spaces(text, ordinal->end);
        bool is_named = noun > ordinal->end && match_word_of(text, noun, siecle);
        bool is_listed = next && next->is_century && joins(text, ordinal->end, next->start);
        ordinal->is_century = ordinal->is_roman && (is_named || is_listed);
        next = ordinal;
    }
}

/* --- Spans -------------------------------------------------------------------------------------
 */

typedef struct {
    const Text *text;
    size_t offset;
    GArray *spans;
} Line;

static size_t byte_at(const Line *line, size_t i) {
    if (i < text_length(line->text))
        return line->offset + g_array_index(line->text->glyphs, Glyph, i).at;
    const Glyph *last = &g_array_index(line->text->glyphs, Glyph, i - 1);
    return line->offset + last->at + last->bytes;
}

static void add_span(Line *line, size_t start, size_t end, FrDisplay display) {
    FrDisplaySpan span = {byte_at(line, start), byte_at(line, end), display};
    g_array_append_val(line->spans, span);
}

static int compare_spans(const void *a, const void *b) {
    const FrDisplaySpan *first = a, *second = b;
    return (first->start > second->start) - (first->start < second->start);
}

static void find_in_line(const Text *text, size_t offset, void *data) {
    Line line = {.text = text, .offset = offset, .spans = data};
    guint before = line.spans->len;
    g_autoptr(GArray) ordinals = g_array_new(FALSE, FALSE, sizeof(Ordinal));
    for (size_t i = 0; i < text_length(text); i++) {
        if (!is_word_start(text, i)) continue;
        Ordinal ordinal = ordinal_at(text, i);
        size_t title = title_end(text, i);
        if (ordinal.end > i) g_array_append_val(ordinals, ordinal);
        if (title > i) add_span(&line, i + 1, title, FR_DISPLAY_SUPERIOR);
        if (is_numero(text, i)) add_span(&line, i + 1, i + 2, FR_DISPLAY_SUPERIOR);
    }
    mark_centuries(text, ordinals);
    for (size_t o = 0; o < ordinals->len; o++) {
        const Ordinal *ordinal = &g_array_index(ordinals, Ordinal, o);
        if (ordinal->is_century)
            add_span(&line, ordinal->start, ordinal->rank, FR_DISPLAY_SMALL_CAPS);
        add_span(&line, ordinal->rank, ordinal->end, FR_DISPLAY_SUPERIOR);
    }
    if (line.spans->len > before)
        qsort((FrDisplaySpan *)line.spans->data + before, line.spans->len - before,
              sizeof(FrDisplaySpan), compare_spans);
}

GArray *fr_display_find(const char *text, size_t len) {
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(FrDisplaySpan));
    fr_lines_each(text, len, find_in_line, spans);
    return spans;
}
