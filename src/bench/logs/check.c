/* check LINES < names of files, one a line, oldest first
 * Reads them as one stream, those whose name ends in .gz through gzip, and compares every byte of the lines 0 to LINES-1 with what
 * the writer wrote. Blank lines and NULs before a line are what a cut leaves, and no error. Prints one JSON object. */
#include "lines.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BUFFER = 1 << 20, KEPT = 1 << 21 };
static struct {
    long good, missing, doubled, disordered, malformed, blank, files, compressed, unreadable, split;
} seen;
static unsigned char *had;
static long expected, next;
static char part[KEPT];
static size_t part_size;
static int too_long;

static void take(const char *line, size_t size) {
    char wanted[LINE];
    if (size == LINE) {
        if (next < expected) {
            make_line(wanted, next);
            if (!memcmp(line, wanted, LINE)) {
                if (had[next]) seen.doubled++;
                else had[next] = 1, seen.good++;
                next++;
                return;
            }
        }
        char *end;
        long number = strtol(line, &end, 10);
        if (end == line + DIGITS && number >= 0 && number < expected) {
            make_line(wanted, number);
            if (!memcmp(line, wanted, LINE)) {
                if (number < next) seen.disordered++;
                if (had[number]) seen.doubled++;
                else had[number] = 1, seen.good++;
                next = number + 1;
                return;
            }
        }
    }
    for (size_t k = 0; k < size; k++)
        if (line[k] != ' ' && line[k] != '\n' && line[k] != 0) {
            seen.malformed++;
            return;
        }
    seen.blank++;
}

static void give(const char *bytes, size_t size) {
    while (size > 0) {
        if (part_size == 0)
            while (size > 0 && *bytes == 0) bytes++, size--;
        const char *end = memchr(bytes, '\n', size);
        size_t count = end ? (size_t)(end - bytes) + 1 : size;
        if (end && part_size == 0 && !too_long) take(bytes, count);
        else if (part_size + count > KEPT) too_long = 1;
        else {
            memcpy(part + part_size, bytes, count);
            part_size += count;
        }
        if (end && part_size + (size_t)too_long > 0) {
            if (too_long) seen.malformed++;
            else take(part, part_size);
            part_size = 0, too_long = 0;
        }
        bytes += count, size -= count;
    }
}

static void read_file(const char *name, char *buffer) {
    size_t length = strlen(name);
    int zipped = length > 3 && !strcmp(name + length - 3, ".gz"), fd, status = 0, ends[2];
    pid_t child = 0;
    if (!zipped) fd = open(name, O_RDONLY);
    else {
        if (pipe(ends)) exit(111);
        if ((child = fork()) == 0) {
            dup2(ends[1], 1);
            close(ends[0]), close(ends[1]);
            execlp("gzip", "gzip", "-dc", "--", name, (char *)0);
            _exit(127);
        }
        close(ends[1]);
        fd = ends[0];
        seen.compressed++;
    }
    ssize_t got = -1;
    while (fd >= 0 && (got = read(fd, buffer, BUFFER)) > 0) give(buffer, (size_t)got);
    if (fd >= 0) close(fd);
    if (child) waitpid(child, &status, 0);
    if (got < 0 || status) seen.unreadable++;
    if (part_size || too_long) seen.split++;
    seen.files++;
}

int main(int argc, char **argv) {
    static char buffer[BUFFER], name[8192];
    expected = argc > 1 ? atol(argv[1]) : 0;
    if (!(had = calloc((size_t)expected + 1, 1))) return 111;
    make_fillers();
    while (fgets(name, sizeof name, stdin)) {
        name[strcspn(name, "\n")] = 0;
        read_file(name, buffer);
    }
    if (part_size || too_long) seen.malformed++;
    seen.missing = expected - seen.good;
    printf("{\"expected\": %ld, \"distinct\": %ld, \"missing\": %ld, \"doubled\": %ld, \"disordered\": %ld, \"malformed\": %ld, "
           "\"blank\": %ld, \"files\": %ld, \"compressed\": %ld, \"unreadable\": %ld, \"split\": %ld}\n",
           expected, seen.good, seen.missing, seen.doubled, seen.disordered, seen.malformed, seen.blank, seen.files, seen.compressed,
           seen.unreadable, seen.split);
    return 0;
}
