/* writer line|block LINES SECONDS SIDE [GO]
 * Writes numbered lines of 100 bytes to stdout: one write(2) each, or in blocks of whole lines of at most 64 KiB. It begins when
 * the file GO exists, and ends after LINES lines or SECONDS. Then SIDE appears at once, whole:
 *     end NANOSECONDS LINES ERRNO        its own time, from before the first write to after the last
 *     mark NANOSECONDS LINES             every 5 ms: how far it had come
 * and it waits for a signal, so that what supervises it has nothing to restart. */
#include "lines.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 65536 / LINE, MARKS = 1 << 16 };
static struct {
    long long at;
    long lines;
} marks[MARKS];

static long long now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int write_all(const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t wrote = write(1, bytes, count);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return errno;
        bytes += wrote, count -= (size_t)wrote;
    }
    return 0;
}

static int tell(const char *side, long long took, long lines, int error, int marked, long long began) {
    char temporary[4096];
    snprintf(temporary, sizeof temporary, "%s.new", side);
    FILE *to = fopen(temporary, "w");
    if (!to) return 0;
    fprintf(to, "end %lld %ld %d\n", took, lines, error);
    for (int k = 0; k < marked; k++) fprintf(to, "mark %lld %ld\n", marks[k].at - began, marks[k].lines);
    return fclose(to) == 0 && rename(temporary, side) == 0;
}

int main(int argc, char **argv) {
    if (argc < 5) return 100;
    long at_once = strcmp(argv[1], "block") ? 1 : BLOCK, lines = atol(argv[2]), done = 0, unlooked = 0;
    long long limit = (long long)(atof(argv[3]) * 1e9), marked_at = 0;
    int marked = 0, error = 0;
    static char buffer[BLOCK * LINE];
    make_fillers();
    memset(marks, 0, sizeof marks);
    while (argc > 5 && access(argv[5], F_OK)) usleep(1000);
    long long began = now_ns();
    while (done < lines && !error) {
        long count = lines - done < at_once ? lines - done : at_once;
        for (long k = 0; k < count; k++) make_line(buffer + k * LINE, done + k);
        error = write_all(buffer, (size_t)(count * LINE));
        if (!error) done += count;
        if ((unlooked += count) < 64) continue;
        unlooked = 0;
        long long now = now_ns();
        if (now - marked_at >= 5000000 && marked < MARKS) {
            marks[marked].at = marked_at = now;
            marks[marked++].lines = done;
        }
        if (now - began >= limit) break;
    }
    if (!tell(argv[4], now_ns() - began, done, error, marked, began)) return 111;
    for (;;) pause();
}
