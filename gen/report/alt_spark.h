/* report/alt_spark: a sparkline in words: its span, its least and greatest values, its last one,
 * what is missing. French with plain spaces, one line, in the arena; the last value gives
 * way where it would make the text longer than ALT_MAX. */
#pragma once

#include "report/alt_say.h"
#include "report/report.h"

const char *alt_spark(const Spark *spark, const Saying *saying, Arena *arena);
