#include "shim.h"

// Swift takes CommandLine.arguments from /proc on Linux, and has none where /proc cannot be read, as in a chroot. Its
// main drops what it gets. glibc, statically linked too, and Darwin pass the same to every constructor; musl does not.

static int count = -1;
static char **values;

#if defined(__GLIBC__) || defined(__APPLE__)
__attribute__((constructor)) static void keepArguments(int argc, char **argv) {
    count = argc;
    values = argv;
}
#endif

int llmfmtArgumentCount(void) {
    return count;
}

const char *llmfmtArgument(int index) {
    return values[index];
}
