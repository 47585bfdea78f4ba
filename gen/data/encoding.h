/* data/encoding: which encoding a CSV file is in, told from all its bytes, and its decoding to
 * UTF-8. What spreadsheets write is recognised: UTF-8, UTF-16, Windows-1252 and Latin-9; any other
 * that ICU knows is decoded when the data package names it. Sources: RFC 3629; the mapping tables
 * of Unicode for CP1252 and ISO 8859-15; ICU's ucsdet as a second opinion on what is neither. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* ---- names ---- */

bool encoding_is_known(const char *name);
bool encoding_is_utf8(const char *name);
/* As people write it: UTF-8, Windows-1252, Latin-9… Borrowed from a table, or `name` itself. */
const char *encoding_name_shown(const char *name);
/* The letter that Windows-1252 has for a byte, a new string; NULL when it is no letter. */
[[nodiscard]] char *encoding_guess_letter(unsigned char byte);

/* ---- finding it ---- */

typedef enum {
    ENCODING_FOUND,  /* name */
    ENCODING_DOUBT,  /* two readings: names and texts[] of the same word */
    ENCODING_MIXED,  /* UTF-8 here, an 8-bit encoding at `offset` */
    ENCODING_OTHER,  /* ICU says `name`, which must be declared */
    ENCODING_BINARY, /* a zero byte at `offset` */
} EncodingVerdict;

typedef struct {
    const char *name;  /* a name that decoder_new() takes */
    const char *other; /* ENCODING_DOUBT */
    char texts[2][64]; /* ENCODING_DOUBT: the doubtful word in each */
    size_t offset;     /* of the byte that tells */
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
/* NULL: ICU does not know the name. A byte order mark decides between the two orders of UTF-16. */
[[nodiscard]] Decoder *decoder_new(const char *name);
void decoder_free(Decoder *decoder);
/* Appends the UTF-8 of the next bytes, without a byte order mark. False at a byte that cannot be
 * decoded; *ret_bad is its offset from the first byte fed. */
bool decoder_feed(Decoder *decoder, const char *bytes, size_t len, bool is_last, GByteArray *out,
                  size_t *ret_bad);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Decoder, decoder_free)
