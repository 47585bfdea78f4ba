/* data/encoding_survey: what the survey counts, for encoding.c to decide from. Room-private. */
#pragma once

#include "data/encoding.h"
#include "data/utf8_step.h"

enum {
    TAIL_SIZE = 72,    /* bytes before the part that are kept: WINDOW_BEFORE and some */
    WINDOW_SIZE = 256, /* a place of the sample */
    N_WINDOWS = 32,    /* 8 KB in all: what ICU looks at */
    WINDOW_BEFORE = 64,
    TELLING_BEFORE = 24,
    TELLING_AFTER = 40,
    SURE_UTF8 =
        1024, /* so many characters beyond ASCII and no fault: no other encoding is weighed */
};

/* Bytes of the file round a place; those that have not come yet are filled in as they do. */
typedef struct {
    size_t start, len, wanted;
    uint8_t bytes[WINDOW_SIZE];
} Window;

/* A byte that is one letter in Windows-1252 and another in Latin-9. */
typedef struct {
    size_t n;
    size_t offset; /* of the first */
    Window window;
} Telling;

typedef enum { TELLS_NOTHING, TELLS_WINDOWS1252, TELLS_LATIN9, N_TELLS } Tells;

struct EncodingSurvey {
    size_t size; /* bytes so far */
    uint8_t head[4];
    size_t n_head;
    bool is_marked; /* a byte order mark decides: nothing more is looked at */
    bool is_ended;

    uint8_t tail[TAIL_SIZE]; /* the last n_tail bytes before the part */
    size_t n_tail;
    uint8_t last[4]; /* the newest is last[3] */

    Utf8 utf8;
    size_t lead; /* place of the character under way */
    size_t n_characters, n_deliberate, n_bad;
    size_t first_deliberate, first_bad;
    uint8_t first_bad_byte, first_deliberate_byte;

    size_t n_zero[2], first_zero; /* on even and odd places */

    size_t n_high;       /* bytes from 0x80 on */
    size_t n_adjacent;   /* of them, those that follow another one, punctuation apart */
    size_t n_western;    /* é and its like beside an ASCII letter */
    size_t n_windows;    /* 0x80 to 0x9F and assigned by Windows-1252 */
    size_t n_symbols;    /* a symbol of Windows-1252 within a word */
    size_t n_misplaced;  /* what no western text has there: a low quote within a word */
    size_t n_dos, n_mac; /* accented letters of French if it were so */
    Telling telling[N_TELLS];

    size_t n_seen, stride, window_end; /* every stride-th place is kept */
    size_t n_kept;
    Window kept[N_WINDOWS];
};

void encoding_survey_end(EncodingSurvey *survey);
