/* groups FILE LINES BYTES SECONDS: the floor: writes LINES lines of BYTES bytes at once and syncs them, over and over; no hash, no lock.
 * Prints how many lines that were, and the seconds. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int count, char **words) {
    if (count != 5) return 64;
    long lines = atol(words[2]), bytes = atol(words[3]), written = 0;
    double seconds = atof(words[4]);
    char *group = malloc(lines * bytes);
    memset(group, 'x', lines * bytes);
    for (long i = 1; i <= lines; i++) group[i * bytes - 1] = '\n';
    int file = open(words[1], O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    double began = now(), took = 0;
    while (file >= 0 && took < seconds) {
        if (write(file, group, lines * bytes) != lines * bytes || fsync(file)) return 74;
        written += lines;
        took = now() - began;
    }
    printf("%ld %.6f\n", written, took);
    return file < 0 ? 74 : 0;
}
