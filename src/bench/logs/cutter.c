/* cutter LOG BYTES MILLISECONDS | cutter LOG once
 * The floor of a rotation: looks at LOG every so often and, when it has BYTES or more, cuts its whole lines off while writers go on:
 * copy, fsync, shift the older archives, rename, punch, collapse, pad. It keeps every archive and no record of what it does, so a
 * kill in the midst doubles lines; SIGTERM ends it between two cuts. "once" cuts what is there and ends. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 18 };
static const char *path;
static char piece[PIECE], folder[4096];
static long archives;
static off_t blank;
static volatile sig_atomic_t ending;

static void end_it(int number) {
    (void)number;
    ending = 1;
}

static void must(int held, const char *what) {
    if (held) return;
    fprintf(stderr, "cutter: %s: %s\n", what, strerror(errno));
    exit(111);
}

/* The end of the last whole line before `size`, or 0. */
static off_t last_line_end(int fd, off_t size) {
    for (off_t from = size; from > 0;) {
        size_t count = from < PIECE ? (size_t)from : PIECE;
        must(pread(fd, piece, count, from - (off_t)count) == (ssize_t)count, "read");
        char *newline = memrchr(piece, '\n', count);
        if (newline) return from - (off_t)count + (newline - piece) + 1;
        from -= (off_t)count;
    }
    return 0;
}

static void copy(int from, off_t at, off_t end, const char *to) {
    int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    must(fd >= 0, to);
    while (at < end) {
        ssize_t count = pread(from, piece, end - at < PIECE ? (size_t)(end - at) : PIECE, at);
        must(count > 0 && write(fd, piece, (size_t)count) == count, "copy");
        at += count;
    }
    must(!fsync(fd), "fsync");
    close(fd);
}

static void publish(const char *hidden) {
    char older[4200], newer[4200];
    for (long k = archives; k > 0; k--) {
        snprintf(newer, sizeof newer, "%s.%ld", path, k);
        snprintf(older, sizeof older, "%s.%ld", path, k + 1);
        must(!rename(newer, older), newer);
    }
    snprintf(newer, sizeof newer, "%s.1", path);
    must(!rename(hidden, newer), hidden);
    archives++;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    must(fd >= 0 && !fsync(fd), folder);
    close(fd);
}

static void cut(int fd, off_t size) {
    struct stat found;
    char hidden[4200];
    off_t whole = last_line_end(fd, size);
    if (whole <= blank) return;
    must(!fstat(fd, &found), path);
    off_t unit = found.st_blksize, edge = whole / unit * unit;
    if (edge >= size) edge -= unit;
    snprintf(hidden, sizeof hidden, "%s.new", path);
    copy(fd, blank, whole, hidden);
    publish(hidden);
    if (edge > 0) {
        must(!fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, edge), "punch");
        must(!fallocate(fd, FALLOC_FL_COLLAPSE_RANGE, 0, edge), "collapse");
    }
    blank = whole - (edge > 0 ? edge : 0);
    memset(piece, ' ', (size_t)blank);
    if (blank > 0) {
        piece[blank - 1] = '\n';
        must(pwrite(fd, piece, (size_t)blank, 0) == blank, "pad");
    }
}

int main(int argc, char **argv) {
    if (argc < 3) return 100;
    path = argv[1];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash) *slash = 0;
    else strcpy(folder, ".");
    int once = argc < 4, fd = open(path, O_RDWR | O_CLOEXEC);
    must(fd >= 0, path);
    off_t above = once ? 1 : atoll(argv[2]);
    signal(SIGTERM, end_it);
    while (!ending) {
        struct stat found;
        must(!fstat(fd, &found), path);
        if (found.st_size - blank >= above) cut(fd, found.st_size);
        if (once) break;
        usleep((useconds_t)atol(argv[3]) * 1000);
    }
    return 0;
}
