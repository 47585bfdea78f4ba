/* base/utf8: is it text? For whole files, where what is ASCII must cost next to nothing. */
#pragma once

#include <stddef.h>

/* The offset of the first byte that is not UTF-8 (RFC 3629: shortest forms, no surrogates, up to
 * U+10FFFF) or that is NUL; len when there is none. */
size_t utf8_check(const char *bytes, size_t len);
