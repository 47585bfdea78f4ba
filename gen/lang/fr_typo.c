/* The table of rules, and the rounds that apply it. A rule may make room for another: ` "Oui !"`
 * gets its guillemets, then the mark its space. Rounds follow until one changes nothing, which is
 * also why f(f(x)) = f(x). */
#include "lang/fr_typo.h"
#include "lang/typo_rules.h"

#include <string.h>

typedef void ApplyRule(Text *text);

/* In order of application; protections first. Reading does those without a function. */
static const struct {
    const char *id, *says;
    ApplyRule *apply;
} rules[] = {
    {"PRO-11", "the text is composed (NFC)", NULL},
    {"PRO-06", "markup tags and entities are left alone", NULL},
    {"PRO-01", "addresses are left alone", protect_urls},
    {"PRO-02", "mail addresses, handles and hashtags are left alone", protect_mails},
    {"PRO-03", "clock times and ratios are left alone", protect_clock},
    {"PRO-04", "paths and file names are left alone", protect_paths},
    {"PRO-05", "program text is left alone", protect_code},
    {"PRO-07", "identifiers, references and numeric dates are left alone", protect_identifiers},
    {"PRO-08", "emoticons are left alone", protect_emoticons},
    {"PRO-09", "brands that own their mark are left alone", protect_brands},
    {"ESP-07", "one space between words", apply_runs_of_spaces},
    {"ESP-08", "no space at the ends of a paragraph", apply_trim},
    {"LIG-01", "œ and æ in the words that have them", apply_ligatures},
    {"CAP-01", "capitals keep their accent", apply_accented_capitals},
    {"CAP-02", "À opens a sentence", apply_a_grave},
    {"CAP-03", "Ça opens a sentence", apply_c_cedilla},
    {"ORD-01", "ordinals end in er, re or e", apply_ordinals},
    {"APO-01", "the apostrophe is curly", apply_apostrophes},
    {"APO-02", "accents and primes are no apostrophe", apply_false_apostrophes},
    {"SUS-01", "three points are an ellipsis", apply_ellipses},
    {"SUS-02", "etc. takes one point", apply_etc},
    {"GUI-04", "quotations inside a quotation take “ ”", apply_nested_quotes},
    {"GUI-02", "quotations take « »", apply_straight_quotes},
    {"GUI-03", "no space inside “ ”", apply_curly_quote_spaces},
    {"GUI-01", "a no-break space inside « »", apply_guillemet_spaces},
    {"TIR-04", "an em dash opens a line of dialogue", apply_opening_dash},
    {"TIR-03", "ranges take an en dash", apply_ranges},
    {"TIR-05", "negative numbers take a minus sign", apply_minus},
    {"TIR-02", "incises take dashes bound to what they hold", apply_incises},
    {"ESP-06", "no space inside brackets", apply_brackets},
    {"ESP-04", "no space before a comma or a full stop", apply_space_before_low},
    {"ESP-05", "a space after a comma", apply_space_after_comma},
    {"NOM-01", "thousands are parted by narrow no-break spaces", apply_grouped_numbers},
    {"NOM-02", "what is counted is grouped by thousands", apply_ungrouped_numbers},
    {"NOM-10", "times between numbers is ×", apply_times_sign},
    {"UNI-10", "powers of metres are raised", apply_square_metres},
    {"UNI-01", "a no-break space before a unit", apply_units},
    {"UNI-02", "a no-break space before °C and °F", apply_degrees},
    {"UNI-05", "a no-break space before a counted word", apply_counted_words},
    {"HEU-01", "hours are written 14 h 30", apply_hours},
    {"DAT-01", "the first day of a month is 1er", apply_first_of_month},
    {"DAT-03", "months have no capital", apply_month_capitals},
    {"DAT-02", "a no-break space between day and month", apply_day_and_month},
    {"DAT-04", "a no-break space between quarter and year", apply_quarters},
    {"ORD-03", "a no-break space before siècle", apply_centuries},
    {"ORD-04", "a no-break space after n°", apply_numero},
    {"ABR-01", "a no-break space after a title", apply_titles},
    {"ABR-02", "a no-break space after an initial", apply_initials},
    {"ABR-03", "a no-break space before a page or chapter number", apply_references},
    {"ABR-04", "no-break spaces in av. J.-C.", apply_before_christ},
    {"ABR-07", "a no-break space before the number of a reign", apply_regnal_numbers},
    {"ESP-03", "no space inside a run of ! and ?", apply_runs_of_marks},
    {"ESP-01", "a narrow no-break space before ; ! ?", apply_high_marks},
    {"ESP-03b", "after … the space before ! and ? is the author's", apply_marks_after_stop},
    {"ESP-02", "a no-break space before :", apply_colon},
};

/* Two rounds settle nearly every text; the bound only keeps a slip in the rules from hanging. */
enum { ROUNDS_MAX = 12 };
G_STATIC_ASSERT(G_N_ELEMENTS(rules) < G_MAXUINT8);

size_t fr_typo_rule_count(void) {
    return G_N_ELEMENTS(rules);
}

FrTypoRule fr_typo_rule(size_t i) {
    return (FrTypoRule){rules[i].id, rules[i].says};
}

static void apply_round(Text *text) {
    text_restart(text);
    for (size_t r = 0; r < G_N_ELEMENTS(rules); r++) {
        if (!rules[r].apply) continue;
        text->rule = (guint8)(r + 1);
        rules[r].apply(text);
        text_commit(text);
    }
}

static void edit_clear(void *data) {
    FrTypoEdit *edit = data;
    g_clear_pointer(&edit->inserted, g_free);
}

static void edit_paragraph(const char *source, size_t length, size_t offset, FrTypoFlags flags,
                           const FrTypoOptions *options, const char *const *ids, GArray *edits) {
    g_autoptr(Text) text = text_read(source, length, flags, options, 1);
    for (int round = 0; round < ROUNDS_MAX; round++) {
        apply_round(text);
        if (!text->has_changed) break;
    }
    text_edits(text, offset, ids, edits);
}

GArray *fr_typo_edits(const char *text, FrTypoFlags flags, const FrTypoOptions *options,
                      char **ret_error) {
    static const FrTypoOptions house_style = {0};
    const char *fault;
    if (!g_utf8_validate(text, -1, &fault)) {
        if (ret_error)
            *ret_error = g_strdup_printf("the text is not valid UTF-8 at byte %zu: it must be "
                                         "saved in UTF-8.",
                                         (size_t)(fault - text) + 1);
        return NULL;
    }
    const char *ids[G_N_ELEMENTS(rules)];
    for (size_t r = 0; r < G_N_ELEMENTS(rules); r++) ids[r] = rules[r].id;
    GArray *edits = g_array_new(FALSE, FALSE, sizeof(FrTypoEdit));
    g_array_set_clear_func(edits, edit_clear);
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\r\n");
        edit_paragraph(line, length, (size_t)(line - text), flags, options ? options : &house_style,
                       ids, edits);
        line += length;
        line += strspn(line, "\r\n");
    }
    return edits;
}

char *fr_typo_apply(const char *text, const GArray *edits) {
    GString *out = g_string_sized_new(strlen(text) + 64);
    size_t done = 0;
    for (size_t e = 0; e < edits->len; e++) {
        const FrTypoEdit *edit = &g_array_index(edits, FrTypoEdit, e);
        g_string_append_len(out, text + done, (gssize)(edit->at - done));
        g_string_append(out, edit->inserted);
        done = edit->at + edit->removed;
    }
    g_string_append(out, text + done);
    return g_string_free(out, FALSE);
}

char *fr_typo(const char *text, FrTypoFlags flags, const FrTypoOptions *options) {
    g_autoptr(GArray) edits = fr_typo_edits(text, flags, options, NULL);
    return edits ? fr_typo_apply(text, edits) : NULL;
}
