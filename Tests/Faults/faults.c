// Stands between a program and the C library and lets one call go wrong, the nth of its name.
//
// LLMFMT_FAULT is CALL:N:ACTION. ACTION is the number of an error, `short` for half of the bytes, `term` for a SIGTERM
// right after the call, or `change` for a file that becomes another (LLMFMT_FAULT_FILE is given the content of
// LLMFMT_FAULT_CONTENT) right before the call. What was done, and how often each call was made, goes to LLMFMT_FAULT_LOG.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum call { CALL_READ, CALL_WRITE, CALL_OPEN, CALL_CLOSE, CALL_FSYNC, CALL_RENAME, CALL_FCHMOD, CALL_LSEEK, CALL_POLL,
            CALL_WAITPID, CALL_COUNT };
static const char *const names[CALL_COUNT] = {
    "read", "write", "open", "close", "fsync", "rename", "fchmod", "lseek", "poll", "waitpid"};
static long counts[CALL_COUNT];

static int is_target(void) {
    static int answer = -1;
    if (answer < 0) answer = strcmp(program_invocation_short_name, "llmfmt") == 0;
    return answer;
}

static void say(const char *text) {
    const char *log = getenv("LLMFMT_FAULT_LOG");
    if (log == NULL) return;
    long file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (file < 0) return;
    syscall(SYS_write, file, text, strlen(text));
    syscall(SYS_close, file);
}

__attribute__((destructor)) static void report(void) {
    if (!is_target()) return;
    char line[64];
    for (int call = 0; call < CALL_COUNT; call++) {
        snprintf(line, sizeof line, "%s %ld\n", names[call], counts[call]);
        say(line);
    }
}

static void change_file(void) {
    static char block[1 << 20];
    long from = syscall(SYS_openat, AT_FDCWD, getenv("LLMFMT_FAULT_CONTENT"), O_RDONLY, 0);
    long size = syscall(SYS_read, from, block, sizeof block);
    long to = syscall(SYS_openat, AT_FDCWD, getenv("LLMFMT_FAULT_FILE"), O_WRONLY | O_TRUNC, 0);
    syscall(SYS_write, to, block, size);
    syscall(SYS_close, from);
    syscall(SYS_close, to);
}

// What is to be done to this call: its number if it is the nth, and before that the change of a file.
struct fault {
    int error;
    int is_short;
    int is_term;
};

static struct fault fault_of(enum call call) {
    struct fault none = {0, 0, 0};
    if (!is_target()) return none;
    long number = ++counts[call];
    const char *spec = getenv("LLMFMT_FAULT");
    if (spec == NULL) return none;
    char name[16], action[16];
    long n;
    if (sscanf(spec, "%15[a-z]:%ld:%15s", name, &n, action) != 3) return none;
    if (strcmp(name, names[call]) != 0 || n != number) return none;
    say("fired\n");
    if (strcmp(action, "change") == 0) { change_file(); return none; }
    if (strcmp(action, "short") == 0) return (struct fault){0, 1, 0};
    if (strcmp(action, "term") == 0) return (struct fault){0, 0, 1};
    return (struct fault){atoi(action), 0, 0};
}

#define REAL(type, name) static type (*real)() = NULL; if (real == NULL) real = (type (*)())dlsym(RTLD_NEXT, name)
#define GO_WRONG(call) struct fault fault = fault_of(call); if (fault.error != 0) { errno = fault.error; return -1; }
#define AFTER(result) do { int kept = errno; if (fault.is_term) kill(getpid(), SIGTERM); errno = kept; return result; } while (0)

ssize_t read(int file, void *bytes, size_t count) {
    REAL(ssize_t, "read");
    GO_WRONG(CALL_READ)
    if (fault.is_short && count > 1) count = count / 2 > 1000 ? 1000 : count / 2;
    ssize_t result = real(file, bytes, count);
    AFTER(result);
}

ssize_t write(int file, const void *bytes, size_t count) {
    REAL(ssize_t, "write");
    if (file == 2) return real(file, bytes, count);
    GO_WRONG(CALL_WRITE)
    if (fault.is_short && count > 1) count = count / 2;
    ssize_t result = real(file, bytes, count);
    AFTER(result);
}

static int open_faulty(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
    GO_WRONG(CALL_OPEN)
    int result = real(path, flags, mode);
    AFTER(result);
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_faulty((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open"), path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_faulty((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64"), path, flags, mode);
}

int close(int file) {
    REAL(int, "close");
    struct fault fault = fault_of(CALL_CLOSE);
    int result = real(file);
    // Linux closes whatever it says.
    if (fault.error != 0) { errno = fault.error; return -1; }
    AFTER(result);
}

int fsync(int file) { REAL(int, "fsync"); GO_WRONG(CALL_FSYNC) int result = real(file); AFTER(result); }

int rename(const char *from, const char *to) {
    REAL(int, "rename");
    GO_WRONG(CALL_RENAME)
    int result = real(from, to);
    AFTER(result);
}

int fchmod(int file, mode_t mode) { REAL(int, "fchmod"); GO_WRONG(CALL_FCHMOD) int result = real(file, mode); AFTER(result); }

off_t lseek(int file, off_t offset, int whence) {
    static off_t (*real)(int, off_t, int) = NULL;
    if (real == NULL) real = (off_t (*)(int, off_t, int))dlsym(RTLD_NEXT, "lseek");
    GO_WRONG(CALL_LSEEK)
    off_t result = real(file, offset, whence);
    AFTER(result);
}

off64_t lseek64(int file, off64_t offset, int whence) { return lseek(file, offset, whence); }

int poll(struct pollfd *entries, nfds_t count, int milliseconds) {
    REAL(int, "poll");
    GO_WRONG(CALL_POLL)
    int result = real(entries, count, milliseconds);
    AFTER(result);
}

pid_t waitpid(pid_t process, int *status, int options) {
    REAL(pid_t, "waitpid");
    GO_WRONG(CALL_WAITPID)
    pid_t result = real(process, status, options);
    AFTER(result);
}
