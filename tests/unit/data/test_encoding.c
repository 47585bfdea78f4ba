#include "data/encoding.h"

#include <stdint.h>
#include <string.h>

static EncodingVerdict survey_bytes(const char *bytes, size_t len, size_t chunk,
                                    EncodingFinding *ret) {
    g_autoptr(EncodingSurvey) survey = encoding_survey_new();
    for (size_t at = 0; at < len; at += chunk)
        encoding_survey_feed(survey, bytes + at, MIN(chunk, len - at));
    return encoding_survey_decide(survey, ret);
}

static void assert_same(const EncodingFinding *a, const EncodingFinding *b) {
    g_assert_cmpstr(a->name, ==, b->name);
    g_assert_cmpstr(a->other, ==, b->other);
    g_assert_cmpint(a->is_mostly_utf8, ==, b->is_mostly_utf8);
    g_assert_cmpuint(a->offset, ==, b->offset);
    g_assert_cmpint(a->byte, ==, b->byte);
    g_assert_cmpstr(a->texts[0], ==, b->texts[0]);
    g_assert_cmpstr(a->texts[1], ==, b->texts[1]);
}

/* The same whatever the chunks. */
static EncodingVerdict survey_all(const char *bytes, size_t len, EncodingFinding *ret) {
    EncodingVerdict outcome = survey_bytes(bytes, len, len + 1, ret);
    static const size_t chunks[] = {1, 2, 3, 7, 64, 100};
    for (size_t i = 0; i < G_N_ELEMENTS(chunks); i++) {
        EncodingFinding other;
        g_assert_cmpint(survey_bytes(bytes, len, chunks[i], &other), ==, outcome);
        assert_same(ret, &other);
    }
    return outcome;
}

static char *convert(const char *text, const char *encoding, size_t *ret_len) {
    gsize len;
    g_autoptr(GError) error = NULL;
    char *bytes = g_convert(text, -1, encoding, "UTF-8", NULL, &len, &error);
    g_assert_no_error(error);
    *ret_len = len;
    return bytes;
}

static EncodingVerdict survey_text(const char *text, const char *encoding, EncodingFinding *ret) {
    size_t len;
    g_autofree char *bytes = convert(text, encoding, &len);
    return survey_all(bytes, len, ret);
}

static void assert_found(const char *text, const char *encoding, const char *wanted) {
    EncodingFinding finding;
    EncodingVerdict outcome = survey_text(text, encoding, &finding);
    if (outcome != ENCODING_FOUND || g_strcmp0(finding.name, wanted) != 0)
        g_test_message("%s in %s: %d, %s", text, encoding, outcome, finding.name);
    g_assert_cmpint(outcome, ==, ENCODING_FOUND);
    g_assert_cmpstr(finding.name, ==, wanted);
}

static void test_unicode(void) {
    EncodingFinding finding;
    assert_found("", "UTF-8", "utf-8");
    assert_found("id;nom\n", "UTF-8", "utf-8");
    assert_found("été à Évry — 12 € 🙂", "UTF-8", "utf-8");
    assert_found("\uFEFFid", "UTF-8", "utf-8");
    assert_found("\uFEFFété", "UTF-16LE", "utf-16le");
    assert_found("\uFEFFété", "UTF-16BE", "utf-16be");
    assert_found("id;été\n1;l’œuvre à 12 €\n", "UTF-16LE", "utf-16le");
    assert_found("id;été\n1;l’œuvre à 12 €\n", "UTF-16BE", "utf-16be");
    g_assert_cmpint(survey_text("\uFEFFété", "UTF-32LE", &finding), ==, ENCODING_OTHER);
    g_assert_cmpstr(finding.name, ==, "UTF-32LE");
    /* cut within a character: the decoder will say where */
    g_assert_cmpint(survey_all("caf\xC3\xA9 caf\xC3", 10, &finding), ==, ENCODING_FOUND);
    g_assert_cmpstr(finding.name, ==, "utf-8");
}

/* What a desk exports, down to one word: nothing here may be refused. */
static void test_short_french(void) {
    static const char *const texts[] = {
        "café\n",
        "é",
        "créée\ncréée\ncréée\ncréée\n",
        "id;libellé;année\n1;Vol à Évry;2020\n",
        "Évry\nSaint-Étienne\nOrléans\nBesançon\nNîmes\n",
        "é\nè\nà\n",
        "12 €\n14 €\n",
        "l’été à Paris — « cœur »\n",
        "Señor Muñoz;Zürich;Århus;São Paulo;Göteborg\n",
        "VOLÉ;DÉROBÉ;À PARIS\n",
        "département;région;préfecture\nHérault;Occitanie;Montpellier\n",
        "n°;20 °C;m²;m³\n",
        "étudiant·e·s;lycéen·ne·s\n",
        "«\u00A0À\u00A0» ; «\u00A0É\u00A0» ; «\u00A0Ô\u00A0»\n",
        "CAFÉ\u00A0»\n",
        "Euh…oui;k€\n",
        "naïveté;Noël;où;ambiguë;aiguë;Citroën\n",
        "1 ½;2½\n½ heure\n", /* with nothing else from 0x80 to 0x9F */
        "±5;3×4\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_found(texts[i], "WINDOWS-1252", "windows-1252");
}

static void test_latin9(void) {
    static const char *const texts[] = {
        "cœur\n",
        "œuvre;œil\n",
        "CŒUR",
        "Œuvre",
        "12 €",
        "12€",
        "€ 12",
        "12\u00A0€",
        "Novotný;Beneš;Žižek\n",
        "L'HAŸ-LES-ROSES",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_found(texts[i], "ISO-8859-15", "iso-8859-15");
    assert_found("l´eau", "WINDOWS-1252", "windows-1252");
    assert_found("cœur ½ ¼", "WINDOWS-1252", "windows-1252"); /* 0x9C is œ there only */
}

static void test_doubt(void) {
    EncodingFinding finding;
    g_assert_cmpint(survey_text("id;prix ½;été\n", "WINDOWS-1252", &finding), ==, ENCODING_DOUBT);
    g_assert_cmpuint(finding.offset, ==, 8);
    g_assert_cmpint(finding.byte, ==, 0xBD);
    g_assert_cmpstr(finding.name, ==, "windows-1252");
    g_assert_cmpstr(finding.other, ==, "iso-8859-15");
    g_assert_cmpstr(finding.texts[0], ==, "prix ½");
    g_assert_cmpstr(finding.texts[1], ==, "prix œ");
    /* evidence both ways */
    g_assert_cmpint(survey_all("c\xBDur\n2\xBD\n", 8, &finding), ==, ENCODING_DOUBT);
    g_assert_cmpstr(finding.texts[0], ==, "c½ur");
    g_assert_cmpstr(finding.texts[1], ==, "cœur");
    /* at the very ends */
    g_assert_cmpint(survey_all("\xA4", 1, &finding), ==, ENCODING_DOUBT);
    g_assert_cmpstr(finding.texts[1], ==, "€");
}

static void test_mixed(void) {
    EncodingFinding finding;
    g_assert_cmpint(survey_all("\xC3\xA9t\xC3\xA9 \xE9\n", 8, &finding), ==, ENCODING_MIXED);
    g_assert_true(finding.is_mostly_utf8);
    g_assert_cmpuint(finding.offset, ==, 6);
    g_assert_cmpint(finding.byte, ==, 0xE9);
    g_assert_cmpint(survey_all("l'\xE9t\xE9 \xE0 \xC3\x89vry\n", 14, &finding), ==, ENCODING_MIXED);
    g_assert_false(finding.is_mostly_utf8);
    g_assert_cmpuint(finding.offset, ==, 8);
    g_assert_cmpint(finding.byte, ==, 0xC3);
}

/* After a thousand characters of UTF-8 other encodings are no longer weighed. */
static void test_mixed_late(void) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 1500; i++) g_string_append(text, "é à Москва;");
    size_t place = text->len;
    g_string_append(text, "\xE9t\xE9;abc;\xC3\xA9\xC3\n");
    EncodingFinding finding;
    g_assert_cmpint(survey_all(text->str, text->len, &finding), ==, ENCODING_MIXED);
    g_assert_true(finding.is_mostly_utf8);
    g_assert_cmpuint(finding.offset, ==, place);
}

static void test_zero(void) {
    EncodingFinding finding;
    g_assert_cmpint(survey_all("id;name\n1;a\0b\n2;c\n3;d\n", 22, &finding), ==, ENCODING_BINARY);
    g_assert_cmpuint(finding.offset, ==, 11);
    g_assert_cmpint(survey_all("\0\0\0\0\0\0\0\0", 8, &finding), ==, ENCODING_BINARY);
    g_assert_cmpuint(finding.offset, ==, 0);
}

/* Never taken for Windows-1252. */
static void assert_foreign(const char *text, const char *encoding, const char *name) {
    EncodingFinding finding;
    EncodingVerdict outcome = survey_text(text, encoding, &finding);
    if (outcome != ENCODING_OTHER) g_test_message("%s in %s: %s", text, encoding, finding.name);
    g_assert_cmpint(outcome, ==, ENCODING_OTHER);
    const char *shown = finding.name ? encoding_name_shown(finding.name) : NULL;
    if (name) g_assert_cmpstr(shown, ==, name);
}

static void test_foreign(void) {
    static const char cyrillic[] = "Москва;кража;биткойн\nСанкт-Петербург;город\n"
                                   "Новосибирск;это был большой город на реке, и не только\n";
    assert_foreign(cyrillic, "WINDOWS-1251", "windows-1251");
    assert_foreign(cyrillic, "KOI8-R", "KOI8-R");
    assert_foreign("Москва", "KOI8-R", NULL);
    assert_foreign("東京;大阪\n盗難;取引所;ビットコイン\n", "SHIFT_JIS", "Shift_JIS");
    assert_foreign("東京;大阪\n盗難;取引所;ビットコイン\n", "EUC-JP", "EUC-JP");
    assert_foreign("台北;高雄\n竊盜;交易所\n比特幣;台灣\n", "BIG5", NULL);
    assert_foreign("北京;上海\n盗窃;交易所;比特币\n", "GB18030", NULL);
    assert_foreign("Αθήνα;κλοπή;Θεσσαλονίκη\n", "WINDOWS-1253", NULL);
    assert_foreign("القاهرة;سرقة;بيتكوين\n", "WINDOWS-1256", "windows-1256");
    assert_foreign("Łódź;Kraków;Gdańsk\nzażółć gęślą jaźń;mała żółta łódź\n", "ISO-8859-2", NULL);
    assert_foreign("Mieszkańcy Łodzi przyszli wcześnie rano i wzięli udział w spotkaniu, które się "
                   "odbyło na placu\n",
                   "ISO-8859-2", "ISO-8859-2");
    assert_foreign("département;région;préfecture\nHérault;Occitanie\n", "MACINTOSH",
                   "Mac OS Roman");
    assert_foreign("café\n", "MACINTOSH", "Mac OS Roman");
    assert_foreign("département;région;préfecture\nHérault;Occitanie\n", "CP850", "DOS 850");
    assert_foreign("café\n", "CP850", "DOS 850");
}

/* The place that tells may be anywhere in a file of any size. */
static void test_far(void) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 20000; i++) g_string_append(text, "une ligne comme une autre;12,5;2020\n");
    size_t middle = text->len / 2;
    g_string_insert(text, (gssize)middle, "prix \xBD\n");
    EncodingFinding finding;
    EncodingVerdict outcome = survey_bytes(text->str, text->len, 65536, &finding);
    g_assert_cmpint(outcome, ==, ENCODING_DOUBT);
    g_assert_cmpuint(finding.offset, ==, middle + 5);
    g_string_append(text, "c\xBDur\n");
    g_assert_cmpint(survey_bytes(text->str, text->len, 4096, &finding), ==, ENCODING_FOUND);
    g_assert_cmpstr(finding.name, ==, "iso-8859-15");
}

static void test_any_bytes(void) {
    static const char *const pieces[] = {
        "é",        "caf\xE9 ",     "\xBD",     "abc;",    "\n",
        "\xC3\xA9", "\xC9\xA0",     "\x9C",     "12 \xA4", "plain ascii text, long enough to run ",
        "\x81",     "\xE2\x80\x99", "\xF0\x9F", "\xFF",    "\x92"};
    for (int round = 0; round < 2000; round++) {
        g_autoptr(GString) text = g_string_new(NULL);
        int n = g_test_rand_int_range(1, round % 50 == 0 ? 400 : 12);
        for (int i = 0; i < n; i++)
            g_string_append(text, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
        EncodingFinding finding;
        survey_all(text->str, text->len, &finding);
    }
}

static bool decode(const char *encoding, const char *bytes, size_t len, size_t chunk, GString *ret,
                   size_t *ret_bad, uint8_t *ret_byte) {
    g_autoptr(Decoder) decoder = decoder_new(encoding);
    g_assert_nonnull(decoder);
    g_autoptr(GByteArray) out = g_byte_array_new();
    bool is_good = true;
    for (size_t at = 0; is_good && at < len; at += chunk)
        is_good = decoder_feed(decoder, bytes + at, MIN(chunk, len - at), false, out, ret_bad);
    if (is_good) is_good = decoder_feed(decoder, "", 0, true, out, ret_bad);
    g_string_append_len(ret, (char *)out->data, out->len);
    if (!is_good) *ret_byte = decoder_bad_byte(decoder);
    return is_good;
}

static void test_decode(void) {
    static const char text[] = "id;libellé\n1;« Zürich » coûte 12 ";
    static const char *const encodings[] = {"utf-8",       "UTF-16LE", "utf-16be", "UTF-16",
                                            "cp1252",      "latin9",   "Latin-1",  "IBM037",
                                            "iso-8859-15", "utf_8",    "macroman", "CP850"};
    for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++) {
        const char *known = encoding_canonical(encodings[i]);
        size_t len;
        g_autofree char *bytes = convert(text, known, &len);
        for (size_t chunk = 1; chunk < 9; chunk++) {
            g_autoptr(GString) read = g_string_new(NULL);
            size_t bad;
            uint8_t byte;
            g_assert_true(decode(encodings[i], bytes, len, chunk, read, &bad, &byte));
            g_assert_cmpstr(read->str, ==, text);
        }
    }
    g_assert_null(decoder_new("bogus"));
    g_assert_null(decoder_new(""));
}

static void test_decode_marks(void) {
    static const struct {
        const char *encoding, *bytes;
        size_t len;
    } cases[] = {{"utf-8", "\xEF\xBB\xBF\xC3\xA9\xEF\xBB\xBF", 8},
                 {"utf-8-sig", "\xEF\xBB\xBF\xC3\xA9\xEF\xBB\xBF", 8},
                 {"utf-16", "\xFF\xFE\xE9\0\xFF\xFE", 6},
                 {"utf-16", "\xFE\xFF\0\xE9\xFE\xFF", 6},
                 {"utf-16le", "\xFF\xFE\xE9\0\xFF\xFE", 6}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        for (size_t chunk = 1; chunk < 9; chunk++) {
            g_autoptr(GString) read = g_string_new(NULL);
            size_t bad;
            uint8_t byte;
            g_assert_true(
                decode(cases[i].encoding, cases[i].bytes, cases[i].len, chunk, read, &bad, &byte));
            g_assert_cmpstr(read->str, ==, "é\uFEFF"); /* only the first one is a mark */
        }
}

static void assert_bad(const char *encoding, const char *bytes, size_t len, const char *before,
                       size_t place, uint8_t wanted) {
    for (size_t chunk = 1; chunk <= len; chunk++) {
        g_autoptr(GString) read = g_string_new(NULL);
        size_t bad = 999;
        uint8_t byte = 0xAA;
        g_assert_false(decode(encoding, bytes, len, chunk, read, &bad, &byte));
        g_assert_cmpstr(read->str, ==, before);
        if (bad != place) g_test_message("%s, chunks of %zu: %zu", encoding, chunk, bad);
        g_assert_cmpuint(bad, ==, place);
        g_assert_cmpint(byte, ==, wanted);
    }
}

static void test_decode_bad(void) {
    assert_bad("utf-8", "caf\xE9 noir", 9, "caf", 3, 0xE9);
    assert_bad("utf-8", "ab\xC3", 3, "ab", 2, 0xC3);
    assert_bad("utf-8", "\xC3\xA9\xA9", 3, "é", 2, 0xA9);
    assert_bad("utf-8", "a\xE2\x80z", 4, "a", 1, 0xE2);
    assert_bad("utf-8", "a\xED\xA0\x80", 4, "a", 1, 0xED);
    assert_bad("utf-8", "a\xC0\x80", 3, "a", 1, 0xC0);
    assert_bad("utf-8", "a\xF4\x90\x80\x80", 5, "a", 1, 0xF4);
    assert_bad("utf-8", "ab\0c", 4, "ab", 2, 0);
    assert_bad("utf-8", "ab\xC3\0c", 5, "ab", 2, 0xC3);
    assert_bad("windows-1252", "ab\x81", 3, "ab", 2, 0x81);
    assert_bad("windows-1252", "\xE9\0", 2, "é", 1, 0);
    assert_bad("utf-16le", "a\0b", 3, "a", 2, 'b');
    assert_bad("utf-16le", "a\0\0\xD8z\0", 6, "a", 2, 0);
    assert_bad("utf-16le", "a\0\0\0z\0", 6, "a", 2, 0);
    assert_bad("utf-16be", "\0a\xDC\0", 4, "a", 2, 0xDC);
    assert_bad("utf-16be", "\0a\xD8\0", 4, "a", 2, 0xD8);
    assert_bad("shift_jis", "a\x93\x8C\x93\x20z", 6, "a東", 3, 0x93);
    assert_bad("shift_jis", "a\x93\x8C\0", 4, "a東", 3, 0);
    assert_bad("us-ascii", "a\xE9", 2, "a", 1, 0xE9);
}

static void test_decode_pairs(void) {
    size_t len;
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 5000; i++) g_string_append(text, "a🙂é");
    g_autofree char *bytes = convert(text->str, "UTF-16LE", &len);
    for (size_t chunk = 1; chunk < 70000; chunk = chunk * 3 + 1) {
        g_autoptr(GString) read = g_string_new(NULL);
        size_t bad;
        uint8_t byte;
        g_assert_true(decode("utf-16le", bytes, len, chunk, read, &bad, &byte));
        g_assert_true(g_string_equal(read, text));
    }
}

static void test_names(void) {
    g_assert_cmpstr(encoding_canonical("CP1252"), ==, "windows-1252");
    g_assert_cmpstr(encoding_canonical("latin-9"), ==, "iso-8859-15");
    g_assert_cmpstr(encoding_canonical("UTF8"), ==, "utf-8");
    g_assert_null(encoding_canonical("bogus"));
    g_assert_cmpstr(encoding_name_shown("utf-16le"), ==, "UTF-16 LE");
    g_assert_cmpstr(encoding_name_shown("latin9"), ==, "Latin-9");
    g_assert_cmpstr(encoding_name_shown("cp1252"), ==, "Windows-1252");
    g_assert_cmpstr(encoding_name_shown("sjis"), ==, "Shift_JIS");
    g_assert_cmpstr(encoding_name_shown("bogus"), ==, "bogus");
    g_assert_true(encoding_is_utf8("UTF_8") && encoding_is_utf8("utf-8-sig"));
    g_assert_true(encoding_is_utf8("ascii") && !encoding_is_utf8("utf-16"));
    g_assert_true(encoding_is_known("cp1252") && !encoding_is_known("bogus"));
    g_autofree char *letter = encoding_guess_letter(0xE9);
    g_assert_cmpstr(letter, ==, "é");
    g_assert_null(encoding_guess_letter(0x80)); /* € is no letter */
    g_assert_null(encoding_guess_letter(0x81));
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/data/encoding/unicode", test_unicode);
    g_test_add_func("/data/encoding/short-french", test_short_french);
    g_test_add_func("/data/encoding/latin9", test_latin9);
    g_test_add_func("/data/encoding/doubt", test_doubt);
    g_test_add_func("/data/encoding/mixed", test_mixed);
    g_test_add_func("/data/encoding/mixed-late", test_mixed_late);
    g_test_add_func("/data/encoding/zero", test_zero);
    g_test_add_func("/data/encoding/foreign", test_foreign);
    g_test_add_func("/data/encoding/far", test_far);
    g_test_add_func("/data/encoding/any-bytes", test_any_bytes);
    g_test_add_func("/data/encoding/decode", test_decode);
    g_test_add_func("/data/encoding/decode-marks", test_decode_marks);
    g_test_add_func("/data/encoding/decode-bad", test_decode_bad);
    g_test_add_func("/data/encoding/decode-pairs", test_decode_pairs);
    g_test_add_func("/data/encoding/names", test_names);
    return g_test_run();
}
