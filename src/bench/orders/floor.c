/* floor FOLDER COUNT THREADS BYTES: makes the folders of COUNT orders, as a receiver has to: envelope, payload and two files of evidence,
 * each synced, and their two folders, under a name of their own; then a rename to their place, and a sync of the folder that they lie in.
 * Prints the seconds that it took. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *inbox;
static char *payload;
static size_t bytes;
static atomic_int left;

static void die(const char *what) {
    fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void sync_folder(const char *path) {
    int fd = open(path, O_RDONLY | O_DIRECTORY);
    if (fd < 0 || fsync(fd) || close(fd)) die(path);
}

static void put(const char *folder, const char *name, const char *content, size_t size) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (fd < 0 || write(fd, content, size) != (ssize_t)size || fsync(fd) || close(fd)) die(path);
}

static void *work(void *unused) {
    (void)unused;
    for (int i; (i = atomic_fetch_sub(&left, 1)) > 0;) {
        char temporary[256], place[256], evidence[300], name[64];
        snprintf(temporary, sizeof temporary, "%s/.arriving-%d", inbox, i);
        snprintf(place, sizeof place, "%s/WO-%d", inbox, i);
        snprintf(evidence, sizeof evidence, "%s/evidence", temporary);
        snprintf(name, sizeof name, "WO-%d.yaml", i);
        if (mkdir(temporary, 0700) || mkdir(evidence, 0700)) die(temporary);
        put(temporary, name, payload, 300);
        put(temporary, "body", payload, bytes);
        put(evidence, "manifest.json", payload, 350);
        put(evidence, "checksums.sha256", payload, 180);
        sync_folder(evidence);
        sync_folder(temporary);
        if (rename(temporary, place)) die(place);
        sync_folder(inbox);
    }
    return NULL;
}

int main(int count, char **words) {
    if (count != 5) {
        fprintf(stderr, "usage: floor FOLDER COUNT THREADS BYTES\n");
        return 64;
    }
    inbox = words[1];
    left = atoi(words[2]);
    int threads = atoi(words[3]);
    bytes = strtoul(words[4], NULL, 10);
    payload = malloc(bytes > 400 ? bytes : 400);
    memset(payload, 'x', bytes > 400 ? bytes : 400);
    struct timespec began, ended;
    clock_gettime(CLOCK_MONOTONIC, &began);
    pthread_t all[64];
    for (int i = 0; i < threads && i < 64; i++)
        if (pthread_create(&all[i], NULL, work, NULL)) die("thread");
    for (int i = 0; i < threads && i < 64; i++) pthread_join(all[i], NULL);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    printf("%.6f\n", (double)(ended.tv_sec - began.tv_sec) + (double)(ended.tv_nsec - began.tv_nsec) / 1e9);
    return 0;
}
