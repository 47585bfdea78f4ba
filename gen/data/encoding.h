/* data/encoding: which encoding a CSV file is in, told from all its bytes, and its decoding to
 * UTF-8. What spreadsheets write is recognised: UTF-8, UTF-16, Windows-1252 and Latin-9; any other
 * that ICU knows is decoded when the data package names it.
 * A survey takes the bytes once, in parts of any size, and keeps a few kilobytes of them. A mark at
 * the start decides; then UTF-8 that is valid throughout; then zero bytes on every other place
 * (UTF-16); then, for one byte a letter, Windows-1252 against Latin-9 by the bytes that tell them
 * apart. What is neither, and what is both, is said and not guessed. ICU's detector, which sees
 * 8 KB and no more, is shown the places that hold letters beyond ASCII, from the whole file; it is
 * asked whether the text is outside western Europe, and not believed on a few words.
 * Sources: The Unicode Standard 15, table 3-7; ISO/IEC 8859-15; Microsoft, code page 1252. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* ---- names ---- */

bool encoding_is_known(const char *name);
bool encoding_is_utf8(const char *name);
/* One spelling for the many of an encoding (cp1252, Latin9, utf_8): utf-8, utf-16, utf-16le,
 * utf-16be, windows-1252, iso-8859-15, iso-8859-1, macintosh, cp850, else ICU's. NULL when nobody
 * knows it. Static. */
const char *encoding_canonical(const char *name);
/* As people write it: UTF-8, Windows-1252, Latin-9… Static, or `name` itself when unknown. */
const char *encoding_name_shown(const char *name);
/* The letter that Windows-1252 has for a byte, a new string; NULL when it is no letter. */
[[nodiscard]] char *encoding_guess_letter(unsigned char byte);

/* ---- finding it ---- */

typedef enum {
    ENCODING_FOUND,  /* name */
    ENCODING_DOUBT,  /* two readings: names and texts[] of the same word */
    ENCODING_MIXED,  /* UTF-8 and an 8-bit encoding: `offset`, is_mostly_utf8 */
    ENCODING_OTHER,  /* must be declared; it seems to be `name`, or NULL */
    ENCODING_BINARY, /* a zero byte at `offset` */
} EncodingVerdict;

typedef struct {
    const char *name;    /* a name that decoder_new() takes */
    const char *other;   /* ENCODING_DOUBT */
    char texts[2][128];  /* ENCODING_DOUBT: the doubtful cell in each: prix ½, prix œ */
    size_t offset;       /* of the byte that tells, or of the first that is not as most are */
    unsigned char byte;  /* there */
    bool is_mostly_utf8; /* ENCODING_MIXED */
} EncodingFinding;

typedef struct EncodingSurvey EncodingSurvey;
[[nodiscard]] EncodingSurvey *encoding_survey_new(void);
void encoding_survey_free(EncodingSurvey *survey);
/* All the bytes of the file, in any number of parts. */
void encoding_survey_feed(EncodingSurvey *survey, const char *bytes, size_t len);
EncodingVerdict encoding_survey_decide(EncodingSurvey *survey, EncodingFinding *ret_finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EncodingSurvey, encoding_survey_free)

/* ---- decoding ---- */

typedef struct Decoder Decoder;
/* NULL: ICU does not know the name. A byte order mark decides between the two orders of UTF-16; the
 * little one, as Windows writes it, where there is none. */
[[nodiscard]] Decoder *decoder_new(const char *name);
void decoder_free(Decoder *decoder);
/* Appends the UTF-8 of the next bytes (256 MB at most), without a byte order mark; a character that
 * the end of the part cuts waits for the next. False at the first byte that cannot be decoded, zero
 * bytes included: *ret_bad is its offset from the first byte fed, all that stands before it is in
 * `out`, and nothing more may be fed. */
bool decoder_feed(Decoder *decoder, const char *bytes, size_t len, bool is_last, GByteArray *out,
                  size_t *ret_bad);
/* The byte at *ret_bad, after decoder_feed() said false. */
unsigned char decoder_bad_byte(const Decoder *decoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Decoder, decoder_free)
