#include "data/reading.h"

#include "project/node.h"

#include <string.h>

const Reading reading_plain = {.decimal = '.', .is_bare = true, .dates = DATES_ISO};

bool reading_number(const Reading *reading, const char *text, char *ret_plain, size_t size) {
    (void)reading;
    size_t len = strlen(text);
    if (len >= size || !node_is_decimal(text)) return false;
    memcpy(ret_plain, text, len + 1);
    return true;
}

bool reading_date(const Reading *reading, const char *text, Date *ret_date) {
    (void)reading;
    return date_parse(text, ret_date);
}
