// Preload library (Linux): records every change of the file system below $IOTRACE_ROOT into $IOTRACE_LOG, in order and
// with data, and makes calls fail. Read by crashsim.py. One record:
//   1 byte   operation: C create, W write, T truncate, S sync, U unlink, R rename
//   u32      length of the name      u64 offset (W) or new size (T)      u64 length of the data
//   name     absolute path           data: what was written (W), the new name (R)
// The program itself asks for failures by iotrace_fail, so that one process can be forked for many runs.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_FILES 4096

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_truncate)(int, off64_t);
static int (*real_fsync)(int), (*real_fdatasync)(int);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);

static char root[PATH_MAX];
static char *name_of[MOST_FILES];  // by descriptor; NULL for files that are not ours
static int log_file = -1;
static long fail_at, failing_errno = EIO, fail_forever, calls;
static pthread_mutex_t in_order = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void find_real_calls(void) {
    real_open = dlsym(RTLD_NEXT, "open64");
    real_close = dlsym(RTLD_NEXT, "close");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_truncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_rename = dlsym(RTLD_NEXT, "rename");
    const char *folder = getenv("IOTRACE_ROOT"), *log = getenv("IOTRACE_LOG");
    if (folder) snprintf(root, sizeof root, "%s", folder);
    if (log) log_file = real_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void start(void) { pthread_once(&once, find_real_calls); }

// From now on the `at`-th call below the root fails with `error`, and with `forever` every later one; 0: none.
void iotrace_fail(long at, long error, long forever) {
    start();
    calls = 0;
    fail_at = at;
    failing_errno = error;
    fail_forever = forever;
}

long iotrace_calls(void) { return calls; }

static int ours(const char *path) { return root[0] && path && !strncmp(path, root, strlen(root)); }

static const char *ours_at(int fd) { return fd >= 0 && fd < MOST_FILES ? name_of[fd] : NULL; }

static void remember(int fd, const char *path) {
    if (fd < 0 || fd >= MOST_FILES) return;
    free(name_of[fd]);
    name_of[fd] = path ? strdup(path) : NULL;
}

static int must_fail(void) {
    long call = ++calls;
    if (!fail_at || call < fail_at || (call > fail_at && !fail_forever)) return 0;
    errno = (int)failing_errno;
    return 1;
}

static void record(char operation, const char *name, uint64_t offset, const void *data, uint64_t size) {
    if (log_file < 0) return;
    uint32_t name_size = (uint32_t)strlen(name);
    char head[21];
    head[0] = operation;
    memcpy(head + 1, &name_size, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, &size, 8);
    int kept = errno;
    if (real_write(log_file, head, sizeof head) < 0 || real_write(log_file, name, name_size) < 0 ||
        (size && real_write(log_file, data, size) < 0))
        abort();  // a trace with a hole would accuse the product of what it did not do
    errno = kept;
}

// Runs `call` in order with its record. A file that is not ours, and a call that is made to fail, are not recorded.
#define RECORDED(result_type, name, call, good, operation, offset, data, size) \
    do {                                                                       \
        pthread_mutex_lock(&in_order);                                         \
        result_type result = must_fail() ? -1 : (call);                        \
        if (good) record(operation, name, offset, data, size);                 \
        pthread_mutex_unlock(&in_order);                                       \
        return result;                                                         \
    } while (0)

static int open_and_record(const char *path, int flags, mode_t mode) {
    start();
    if (!ours(path)) {
        int fd = real_open(path, flags, mode);
        remember(fd, NULL);
        return fd;
    }
    pthread_mutex_lock(&in_order);
    int is_new = (flags & O_CREAT) && access(path, F_OK) != 0;
    int fd = is_new && must_fail() ? -1 : real_open(path, flags, mode);
    remember(fd, path);
    if (fd >= 0 && is_new) record('C', path, 0, NULL, 0);
    if (fd >= 0 && !is_new && (flags & O_TRUNC)) record('T', path, 0, NULL, 0);
    pthread_mutex_unlock(&in_order);
    return fd;
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = va_arg(more, mode_t);
    va_end(more);
    return open_and_record(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = va_arg(more, mode_t);
    va_end(more);
    return open_and_record(path, flags, mode);
}

int close(int fd) {
    start();
    remember(fd, NULL);
    return real_close(fd);
}

ssize_t write(int fd, const void *data, size_t size) {
    start();
    const char *name = ours_at(fd);
    if (!name) return real_write(fd, data, size);
    off64_t at = fcntl(fd, F_GETFL) & O_APPEND ? lseek64(fd, 0, SEEK_END) : lseek64(fd, 0, SEEK_CUR);
    RECORDED(ssize_t, name, real_write(fd, data, size), result > 0, 'W', (uint64_t)at, data, (uint64_t)result);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    start();
    const char *name = ours_at(fd);
    if (!name) return real_pwrite(fd, data, size, at);
    RECORDED(ssize_t, name, real_pwrite(fd, data, size, at), result > 0, 'W', (uint64_t)at, data, (uint64_t)result);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }

int ftruncate64(int fd, off64_t size) {
    start();
    const char *name = ours_at(fd);
    if (!name) return real_truncate(fd, size);
    RECORDED(int, name, real_truncate(fd, size), result == 0, 'T', (uint64_t)size, NULL, 0);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int fsync(int fd) {
    start();
    const char *name = ours_at(fd);
    if (!name) return real_fsync(fd);
    RECORDED(int, name, real_fsync(fd), result == 0, 'S', 0, NULL, 0);
}

int fdatasync(int fd) {
    start();
    const char *name = ours_at(fd);
    if (!name) return real_fdatasync(fd);
    RECORDED(int, name, real_fdatasync(fd), result == 0, 'S', 0, NULL, 0);
}

int unlink(const char *path) {
    start();
    if (!ours(path)) return real_unlink(path);
    RECORDED(int, path, real_unlink(path), result == 0, 'U', 0, NULL, 0);
}

int rename(const char *from, const char *to) {
    start();
    if (!ours(from)) return real_rename(from, to);
    RECORDED(int, from, real_rename(from, to), result == 0, 'R', 0, to, strlen(to));
}
