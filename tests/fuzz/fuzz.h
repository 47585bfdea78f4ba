/* tests/fuzz: one function a target, called with any bytes. With clang and -DFRISE_FUZZ=ON
 * libFuzzer drives it; otherwise driver.c feeds it the files of its corpus, and mutations of them,
 * as a test. */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
