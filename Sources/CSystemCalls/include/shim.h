#ifndef LLMFMT_CSYSTEMCALLS_SHIM_H
#define LLMFMT_CSYSTEMCALLS_SHIM_H

// The C library has these, but Swift's module of it does not.
#include <sys/ioctl.h>
#include <sys/xattr.h>

#if defined(__linux__)
// As <sched.h> declares it for _GNU_SOURCE.
extern int sched_getaffinity(int process, unsigned long size, void *set);

// How many processors the process may use; 0 if that cannot be told.
static inline int llmfmtProcessorCount(void) {
    unsigned char set[1024];
    for (unsigned int index = 0; index < sizeof set; index++) set[index] = 0;
    if (sched_getaffinity(0, sizeof set, set) < 0) return 0;
    int count = 0;
    for (unsigned int index = 0; index < sizeof set; index++) count += __builtin_popcount(set[index]);
    return count;
}
#endif

// The columns of the terminal at a descriptor; 0 if it is not a terminal or does not tell.
static inline int llmfmtTerminalWidth(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// How many arguments main got, the program's name among them; -1 if the C library does not pass them to constructors.
int llmfmtArgumentCount(void);

// The argument at an index below the count. It lives as long as the process.
const char *llmfmtArgument(int index);

// The first twelve digits of the commit that the tool is built from, as a number; 0 if the build was not told.
unsigned long long llmfmtCommit(void);

#endif
