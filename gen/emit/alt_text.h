/* emit/alt_text: the alternative texts of a figure as a text file, to copy from: three lengths,
 * each under its heading. UTF-8, one paragraph a text. Cannot fail. */
#pragma once

#include "emit/about.h"

#include <glib.h>

[[nodiscard]] GBytes *alt_text_encode(const About *about);
