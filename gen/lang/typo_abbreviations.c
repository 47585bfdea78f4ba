/* What belongs together is kept together: ordinals, titles, initials, references, reigns. */
#include "lang/fr_marks.h"
#include "lang/typo_class.h"
#include "lang/typo_rules.h"

#include <string.h>

/* The space typed at i becomes no-break; false when there is none. */
static bool bind(Text *text, size_t i) {
    size_t end = skip_spaces(text, i);
    if (end > i) text_replace(text, i, end - i, NBSP);
    return end > i;
}

/* End of the number an ordinal is made of, 3 or XVIII, or i. Single M, D, C, L are words too
 * often (Mème) to count. */
static size_t rank_end(const Text *text, size_t i) {
    size_t end = digits_end(text, i);
    if (end > i || !is_one_of(text_at(text, i), "IVXLCDM")) return end;
    end = roman_end(text, i);
    if (end == i + 1 && !is_one_of(text_at(text, i), "IVX")) return i;
    return end;
}

void apply_ordinals(Text *text) {
    static const char *const plural[] = {"èmes", "emes", "ièmes", "iemes", "ès", NULL};
    static const char *const singular[] = {"ème", "eme", "ième", "ieme", "è", NULL};
    TEXT_EACH(text, i, KIND_DIGIT | KIND_UPPER) {
        if (!is_word_start(text, i)) continue;
        size_t rank = rank_end(text, i);
        size_t end = word_end(text, rank);
        char ending[WORD_MAX];
        bool is_first = rank == i + 1 && is_one_of(text_at(text, i), "1I");
        if (rank > i && end > rank && !is_digit(text_at(text, end)) &&
            read_word(text, rank, end, ending)) {
            const char *right = NULL;
            if (g_strv_contains(singular, ending)) right = "e";
            if (g_strv_contains(plural, ending)) right = "es";
            if (is_first && (!strcmp(ending, "ère") || !strcmp(ending, "ere"))) right = "re";
            if (is_first && (!strcmp(ending, "ères") || !strcmp(ending, "eres"))) right = "res";
            if (right) text_replace(text, rank, end - rank, right);
        }
        i = MAX(end, i + 1) - 1;
    }
}

void apply_centuries(Text *text) {
    static const char *const endings[] = {"e", "er", "re", "es", "ers", NULL};
    static const char *const siecle[] = {"siècle", "siècles", NULL};
    TEXT_EACH(text, i, KIND_DIGIT | KIND_UPPER) {
        if (!is_word_start(text, i)) continue;
        size_t rank = rank_end(text, i), end = word_end(text, rank);
        char ending[WORD_MAX];
        if (rank > i && read_word(text, rank, end, ending) && g_strv_contains(endings, ending) &&
            match_word_of(text, skip_spaces(text, end), siecle))
            bind(text, end);
    }
}

void apply_numero(Text *text) {
    TEXT_EACH(text, mark, KIND_RARE) {
        size_t i = mark - 1;
        if (!is_one_of(text_at(text, i), "nN") || is_alnum(text_at(text, i - 1))) continue;
        gunichar sign = text_at(text, mark);
        if (sign != 0xb0 && sign != 0xba) continue; /* ° º */
        if (!is_digit(text_at(text, skip_spaces(text, i + 2)))) continue;
        if (!bind(text, i + 2)) text_insert_after(text, i + 1, NBSP);
    }
}

void apply_titles(Text *text) {
    static const char *const before_word[] = {"M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles", NULL};
    static const char *const before_capital[] = {"Dr", "Drs", "Pr", "Me", "Mgr", NULL};
    TEXT_EACH(text, i, KIND_UPPER) {
        if (!is_word_start(text, i)) continue;
        size_t n = match_word_of(text, i, before_word);
        bool needs_capital = n == 0;
        if (n == 0) n = match_word_of(text, i, before_capital);
        gunichar next = text_at(text, skip_spaces(text, i + n));
        if (n > 0 && (needs_capital ? is_upper(next) : is_letter(next))) bind(text, i + n);
    }
}

/* `A.`, `J.R.R.` or `J.-L.` from its letter to after its last point; i when it is no initial. */
static size_t initial_end(const Text *text, size_t i) {
    gunichar before = text_at(text, i - 1);
    if (before && !is_space(before) && !is_opening(before) && !is_one_of(before, "'" APOSTROPHE))
        return i;
    enum { LONGEST = 8 };
    size_t end = i;
    while (is_upper(text_at(text, end)) && text_at(text, end + 1) == '.' && end - i < LONGEST) {
        end += 2;
        if (text_at(text, end) == '-') end++;
    }
    return end > i && text_at(text, end - 1) == '.' ? end : i;
}

static bool is_name(const Text *text, size_t i) {
    size_t end = word_end(text, i);
    return is_upper(text_at(text, i)) && is_lower(text_at(text, i + 1)) &&
           !is_opening_word(text, i, end);
}

void apply_initials(Text *text) {
    TEXT_EACH(text, i, KIND_UPPER) {
        size_t end = initial_end(text, i);
        if (end == i) continue;
        size_t next = skip_spaces(text, end);
        if (next > end && (initial_end(text, next) > next || is_name(text, next))) bind(text, end);
        i = end - 1;
    }
}

static bool is_reference_number(const Text *text, size_t i) {
    if (is_digit(text_at(text, i))) return true;
    size_t end = roman_end(text, i);
    bool is_plain = end > i + 1 || is_one_of(text_at(text, i), "IVX");
    return end > i && is_plain && !is_alnum(text_at(text, end));
}

/* Does the word that announces a number end here: p., page, §? */
static bool announces(const Text *text, size_t end, bool is_apart) {
    static const char *const abbreviations[] = {"p.", "pp.",  "art.", "chap.", "fig.",
                                                "t.", "vol.", "tab.", NULL};
    static const char *const words[] = {
        "page",     "pages",    "article",   "articles", "chapitre", "chapitres", "figure",
        "figures",  "tableau",  "tableaux",  "tome",     "tomes",    "volume",    "volumes",
        "numéro",   "numéros",  "annexe",    "annexes",  "Page",     "Pages",     "Article",
        "Articles", "Chapitre", "Chapitres", "Figure",   "Figures",  "Tableau",   "Tableaux",
        "Tome",     "Tomes",    "Volume",    "Volumes",  "Numéro",   "Numéros",   "Annexe",
        "Annexes",  NULL};
    enum { LONGEST = 9 };
    gunichar mark = text_at(text, end - 1);
    if (mark == 0xa7) return true; /* § */
    size_t last = mark == '.' ? end - 1 : end, start = last;
    while (start > 0 && last - start <= LONGEST && is_letter(text_at(text, start - 1))) start--;
    if (mark != '.')
        return is_apart && start < end && match_word_of(text, start, words) == end - start;
    for (size_t a = 0; abbreviations[a]; a++)
        if (match(text, start, abbreviations[a]) == end - start)
            return !is_alnum(text_at(text, start - 1));
    return false;
}

void apply_references(Text *text) {
    TEXT_EACH(text, number, KIND_DIGIT | KIND_UPPER) {
        if (!is_digit(text_at(text, number)) && !is_one_of(text_at(text, number), "IVXLCDM"))
            continue;
        size_t last = before_spaces(text, number);
        bool is_apart = last != NOWHERE && last + 1 < number;
        if (last == NOWHERE || !announces(text, last + 1, is_apart)) continue;
        if (is_apart ? !is_reference_number(text, number) : !is_digit(text_at(text, number)))
            continue;
        if (!bind(text, last + 1)) text_insert_after(text, last, NBSP);
    }
}

void apply_before_christ(Text *text) {
    static const char *const words[] = {"av.", "apr.", NULL};
    enum { LONGEST = 3 };
    TEXT_EACH(text, name, KIND_UPPER) {
        if (!match(text, name, "J.-C.")) continue;
        size_t point = before_spaces(text, name), i = point;
        if (point == NOWHERE) continue;
        while (i > 0 && point - i < LONGEST && is_letter(text_at(text, i - 1))) i--;
        size_t n = 0;
        for (size_t w = 0; words[w] && !n; w++) n = match(text, i, words[w]);
        if (!is_word_start(text, i) || i + n != point + 1) continue;
        size_t number = before_spaces(text, i);
        if (number != NOWHERE && is_digit(text_at(text, number))) bind(text, number + 1);
        bind(text, point + 1);
    }
}

void apply_regnal_numbers(Text *text) {
    TEXT_EACH(text, i, KIND_UPPER) {
        if (!is_upper(text_at(text, i)) || is_alnum(text_at(text, i - 1))) continue;
        size_t end = word_end(text, i), number = skip_spaces(text, end);
        if (number > end && is_one_of(text_at(text, number), "IVX") && is_name(text, i)) {
            size_t last = roman_end(text, number);
            gunichar after = text_at(text, last);
            bool is_small = true; /* kings and popes stop short of L */
            for (size_t r = number; r < last; r++)
                is_small &= is_one_of(text_at(text, r), "IVX") != 0;
            bool is_initial = last == number + 1 && after == '.';
            if (is_small && !is_alnum(after) && !is_one_of(after, "-'" APOSTROPHE) && !is_initial)
                bind(text, end);
        }
        i = end - 1;
    }
}
