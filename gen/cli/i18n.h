/* cli/i18n: messages in the language of the reader. Only what is said to the user of the terminal
 * passes here; output documents are French whatever the locale. Only LC_MESSAGES is taken from the
 * environment: numbers, case and sorting never are. */
#pragma once

#include "base/i18n.h"

/* Once, before the first message. */
void i18n_start(void);
