/* emit/xmp: the XMP packet of an output: who made what, when, under which licence.
 * Deterministic: the packet holds what About says and nothing of the machine or the clock.
 * Source: ISO 16684-1; IPTC Photo Metadata Standard 2021.1 for AltTextAccessibility. */
#pragma once

#include "emit/about.h"

#include <glib.h>

/* For an image: title, alternatives, creator, licence. A new string. */
[[nodiscard]] char *xmp_image(const About *about);
/* For a PDF, whose Info dictionary it repeats; claims PDF/UA-1. A new string. */
[[nodiscard]] char *xmp_document(const About *about, const char *producer);
/* `2026-10-05T00:00:00Z`; a new string. */
[[nodiscard]] char *xmp_date(int64_t seconds);
