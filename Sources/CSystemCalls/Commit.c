#include "shim.h"

// Package.swift takes it from the environment; only this file is compiled again for another commit.
#ifndef LLMFMT_COMMIT
#define LLMFMT_COMMIT 0
#endif

unsigned long long llmfmtCommit(void) {
    return LLMFMT_COMMIT;
}
