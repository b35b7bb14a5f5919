#ifndef LLMFMT_CEXTENDEDATTRIBUTES_SHIM_H
#define LLMFMT_CEXTENDEDATTRIBUTES_SHIM_H

// The C library has these, but Swift's module of it does not.
#include <sys/xattr.h>

#endif
