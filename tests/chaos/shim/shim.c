/*
 * Stands between a server and its machine (LD_PRELOAD), so that tests can move its clock, fill its disk and cut its power.
 *
 * CHAOS_FOLDER    absolute path: only files below it are watched
 * CHAOS_CONTROL   file of struct control, mapped; who tests writes into it while the server runs
 * CHAOS_JOURNAL   file to which every change of the folder is appended, in the order in which it happened
 *
 * A record of the journal is struct record, then `length` bytes. Integers are the machine's own.
 */
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
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct control {
  int64_t clock_ahead_ms;
  int32_t disk_full;
  int32_t reserved;
};

enum kind { OPENED = 1, CREATED, WRITTEN, SYNCED, TRUNCATED, RENAMED, UNLINKED, MADE_FOLDER, REMOVED_FOLDER, SYNCED_FOLDER };

struct record {
  int32_t kind;
  int32_t length;
  int64_t inode;
  int64_t offset;
  int64_t monotonic_ns;
};

#define MOST_FILES 65536
/* Inode of each watched open file, by descriptor; 0: not watched. */
static int64_t watched[MOST_FILES];
static char watched_folder[MOST_FILES];

static struct control no_control;
static volatile struct control *control = &no_control;
static char folder[PATH_MAX];
static size_t folder_length;
static int journal = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_pwritev)(int, const struct iovec *, int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_truncate)(const char *, off_t);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);
static int (*real_mkdir)(const char *, mode_t);
static int (*real_rmdir)(const char *);
static int (*real_clock_gettime)(clockid_t, struct timespec *);
static int (*real_gettimeofday)(struct timeval *, void *);
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

static void begin(void) {
  real_open = real("open");
  real_openat = real("openat");
  real_close = real("close");
  real_write = real("write");
  real_writev = real("writev");
  real_pwrite = real("pwrite64");
  real_pwritev = real("pwritev64");
  real_fsync = real("fsync");
  real_fdatasync = real("fdatasync");
  real_ftruncate = real("ftruncate64");
  real_truncate = real("truncate64");
  real_rename = real("rename");
  real_unlink = real("unlink");
  real_mkdir = real("mkdir");
  real_rmdir = real("rmdir");
  real_clock_gettime = real("clock_gettime");
  real_gettimeofday = real("gettimeofday");
  const char *where = getenv("CHAOS_FOLDER");
  if (where && strlen(where) < sizeof folder) {
    strcpy(folder, where);
    folder_length = strlen(folder);
  }
  const char *controls = getenv("CHAOS_CONTROL");
  int fd = controls ? real_open(controls, O_RDWR | O_CLOEXEC) : -1;
  if (fd >= 0) {
    void *mapped = mmap(NULL, sizeof(struct control), PROT_READ, MAP_SHARED, fd, 0);
    if (mapped != MAP_FAILED) control = mapped;
    real_close(fd);
  }
  const char *records = getenv("CHAOS_JOURNAL");
  if (records) journal = real_open(records, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static void ready(void) { pthread_once(&once, begin); }
__attribute__((constructor)) static void at_start(void) { ready(); }

static int is_below(const char *path) {
  if (!folder_length || !path || strncmp(path, folder, folder_length) != 0) return 0;
  return path[folder_length] == '/' || path[folder_length] == 0;
}

/* Whoever records holds the lock since before the change was made, so the journal's order is the changes' own. */
static void note(enum kind kind, int64_t inode, int64_t offset, const struct iovec *parts, int count, size_t length) {
  if (journal < 0) return;
  struct timespec now;
  real_clock_gettime(CLOCK_MONOTONIC, &now);
  struct record head = {kind, (int32_t)length, inode, offset, now.tv_sec * 1000000000LL + now.tv_nsec};
  if (real_write(journal, &head, sizeof head) != (ssize_t)sizeof head) abort();
  for (int part = 0; part < count && length > 0; part++) {
    size_t now_written = parts[part].iov_len < length ? parts[part].iov_len : length;
    if (real_write(journal, parts[part].iov_base, now_written) != (ssize_t)now_written) abort();
    length -= now_written;
  }
}

static void note_text(enum kind kind, int64_t inode, const char *text) {
  struct iovec part = {(void *)text, strlen(text)};
  note(kind, inode, 0, &part, 1, part.iov_len);
}

static int is_watched(int fd) { return fd >= 0 && fd < MOST_FILES && watched[fd] != 0; }

/* A full disk still takes what lies within a file that is there. */
static int has_no_room(int fd, off_t end) {
  struct stat found;
  return control->disk_full && fstat(fd, &found) == 0 && end > found.st_size;
}

static int refuse_full(void) {
  errno = ENOSPC;
  return -1;
}

static int opened(const char *path, int flags, mode_t mode) {
  ready();
  if (!is_below(path)) return real_open(path, flags, mode);
  pthread_mutex_lock(&lock);
  struct stat found;
  int existed = stat(path, &found) == 0;
  int fd = !existed && (flags & O_CREAT) && control->disk_full ? refuse_full() : real_open(path, flags, mode);
  int why = errno;
  if (fd >= 0 && fd < MOST_FILES && fstat(fd, &found) == 0) {
    watched[fd] = (int64_t)found.st_ino;
    watched_folder[fd] = S_ISDIR(found.st_mode) ? 1 : 0;
    if (!watched_folder[fd]) {
      note_text(existed ? OPENED : CREATED, watched[fd], path);
      if (existed && (flags & O_TRUNC)) note(TRUNCATED, watched[fd], 0, NULL, 0, 0);
    }
  }
  pthread_mutex_unlock(&lock);
  errno = why;
  return fd;
}

#define MODE_OF(flags, last)                                  \
  mode_t mode = 0;                                            \
  if ((flags) & (O_CREAT | __O_TMPFILE)) {                    \
    va_list rest;                                             \
    va_start(rest, last);                                     \
    mode = va_arg(rest, mode_t);                              \
    va_end(rest);                                             \
  }

int open(const char *path, int flags, ...) {
  MODE_OF(flags, flags)
  return opened(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  MODE_OF(flags, flags)
  return opened(path, flags | O_LARGEFILE, mode);
}
int openat(int at, const char *path, int flags, ...) {
  MODE_OF(flags, flags)
  ready();
  return is_below(path) ? opened(path, flags, mode) : real_openat(at, path, flags, mode);
}

int close(int fd) {
  ready();
  if (fd >= 0 && fd < MOST_FILES) watched[fd] = 0;
  return real_close(fd);
}

ssize_t write(int fd, const void *bytes, size_t length) {
  ready();
  if (!is_watched(fd)) return real_write(fd, bytes, length);
  pthread_mutex_lock(&lock);
  struct stat found;
  off_t at = fstat(fd, &found) == 0 && (fcntl(fd, F_GETFL) & O_APPEND) ? found.st_size : lseek(fd, 0, SEEK_CUR);
  ssize_t done = has_no_room(fd, at + (off_t)length) ? refuse_full() : real_write(fd, bytes, length);
  int why = errno;
  struct iovec part = {(void *)bytes, length};
  if (done > 0) note(WRITTEN, watched[fd], at, &part, 1, (size_t)done);
  pthread_mutex_unlock(&lock);
  errno = why;
  return done;
}

static ssize_t written_at(int fd, const struct iovec *parts, int count, off_t at) {
  size_t length = 0;
  for (int part = 0; part < count; part++) length += parts[part].iov_len;
  pthread_mutex_lock(&lock);
  ssize_t done = has_no_room(fd, at + (off_t)length) ? refuse_full() : real_pwritev(fd, parts, count, at);
  int why = errno;
  if (done > 0) note(WRITTEN, watched[fd], at, parts, count, (size_t)done);
  pthread_mutex_unlock(&lock);
  errno = why;
  return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) {
  ready();
  if (!is_watched(fd)) return real_pwrite(fd, bytes, length, at);
  struct iovec part = {(void *)bytes, length};
  return written_at(fd, &part, 1, at);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite64(fd, bytes, length, at); }

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t at) {
  ready();
  return is_watched(fd) ? written_at(fd, parts, count, at) : real_pwritev(fd, parts, count, at);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return pwritev64(fd, parts, count, at); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
  ready();
  if (!is_watched(fd)) return real_writev(fd, parts, count);
  ssize_t done = 0;
  for (int part = 0; part < count; part++) {
    ssize_t now_done = write(fd, parts[part].iov_base, parts[part].iov_len);
    if (now_done < 0) return done > 0 ? done : now_done;
    done += now_done;
  }
  return done;
}

static int synced(int fd, int (*sync)(int)) {
  if (!is_watched(fd)) return sync(fd);
  pthread_mutex_lock(&lock);
  int done = sync(fd);
  int why = errno;
  if (done == 0) note(watched_folder[fd] ? SYNCED_FOLDER : SYNCED, watched[fd], 0, NULL, 0, 0);
  pthread_mutex_unlock(&lock);
  errno = why;
  return done;
}
int fsync(int fd) {
  ready();
  return synced(fd, real_fsync);
}
int fdatasync(int fd) {
  ready();
  return synced(fd, real_fdatasync);
}

int ftruncate64(int fd, off_t length) {
  ready();
  if (!is_watched(fd)) return real_ftruncate(fd, length);
  pthread_mutex_lock(&lock);
  int done = has_no_room(fd, length) ? refuse_full() : real_ftruncate(fd, length);
  int why = errno;
  if (done == 0) note(TRUNCATED, watched[fd], length, NULL, 0, 0);
  pthread_mutex_unlock(&lock);
  errno = why;
  return done;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int truncate64(const char *path, off_t length) {
  ready();
  if (!is_below(path)) return real_truncate(path, length);
  int fd = opened(path, O_WRONLY | O_CLOEXEC, 0);
  if (fd < 0) return fd;
  int done = ftruncate64(fd, length);
  int why = errno;
  close(fd);
  errno = why;
  return done;
}
int truncate(const char *path, off_t length) { return truncate64(path, length); }

/* The change of a name: `text` is the path, or old and new with a zero byte between them. */
#define CHANGE_NAME(path, call, kind, text, length)            \
  ready();                                                     \
  if (!is_below(path)) return call;                            \
  pthread_mutex_lock(&lock);                                   \
  int done = call;                                             \
  int why = errno;                                             \
  struct iovec part = {(void *)(text), (length)};              \
  if (done == 0) note(kind, 0, 0, &part, 1, part.iov_len);     \
  pthread_mutex_unlock(&lock);                                 \
  errno = why;                                                 \
  return done;

int rename(const char *from, const char *to) {
  char both[2 * PATH_MAX + 1];
  size_t first = strnlen(from, PATH_MAX - 1), second = strnlen(to, PATH_MAX - 1);
  memcpy(both, from, first);
  both[first] = 0;
  memcpy(both + first + 1, to, second);
  CHANGE_NAME(to, real_rename(from, to), RENAMED, both, first + 1 + second)
}
int unlink(const char *path) { CHANGE_NAME(path, real_unlink(path), UNLINKED, path, strlen(path)) }
int mkdir(const char *path, mode_t mode) {
  ready();
  if (control->disk_full && is_below(path)) return refuse_full();
  CHANGE_NAME(path, real_mkdir(path, mode), MADE_FOLDER, path, strlen(path))
}
int rmdir(const char *path) { CHANGE_NAME(path, real_rmdir(path), REMOVED_FOLDER, path, strlen(path)) }

static int is_wall_clock(clockid_t clock) { return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE; }

int clock_gettime(clockid_t clock, struct timespec *now) {
  ready();
  int done = real_clock_gettime(clock, now);
  if (done == 0 && is_wall_clock(clock)) {
    int64_t ns = now->tv_nsec + (control->clock_ahead_ms % 1000) * 1000000LL;
    now->tv_sec += control->clock_ahead_ms / 1000;
    if (ns < 0) now->tv_sec -= 1, ns += 1000000000LL;
    if (ns >= 1000000000LL) now->tv_sec += 1, ns -= 1000000000LL;
    now->tv_nsec = (long)ns;
  }
  return done;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  ready();
  struct timespec precise;
  int done = real_gettimeofday(now, zone);
  if (done == 0 && clock_gettime(CLOCK_REALTIME, &precise) == 0) {
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
  }
  return done;
}
time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result) *result = now.tv_sec;
  return now.tv_sec;
}
