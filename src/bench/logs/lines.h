/* The lines that the writer writes and the checker expects: line i is known from i alone, to the last byte. */
#ifndef LINES_H
#define LINES_H
#include <string.h>

enum { LINE = 100, DIGITS = 10, FILLER = LINE - DIGITS - 2, FILLERS = 4096 };

static char fillers[FILLERS][FILLER];

/* Words in an order without rule, so that gzip has to work as it has on real logs: about 4 to 1. */
static void make_fillers(void) {
    static const char *const words[] = {
        "accepted", "agent", "answered", "at", "bridge", "bytes", "channel", "closed", "connected", "delivered", "error", "file",
        "from", "heartbeat", "in", "info", "job", "late", "message", "ms", "node", "not", "of", "opened", "order", "queue", "ready",
        "received", "retry", "sent", "timeout", "worker"};
    unsigned state = 2463534242u;
    for (int f = 0; f < FILLERS; f++) {
        int at = 0;
        while (at < FILLER) {
            state ^= state << 13, state ^= state >> 17, state ^= state << 5;
            char number[12];
            const char *word = words[state >> 27];
            if ((state & 7) == 0) {
                for (int k = 0; k < 5; k++) number[k] = (char)('0' + (state >> (8 + 3 * k)) % 10);
                number[5] = 0;
                word = number;
            }
            for (; *word && at < FILLER; word++) fillers[f][at++] = *word;
            if (at < FILLER) fillers[f][at++] = ' ';
        }
    }
}

static void make_line(char *to, long i) {
    long rest = i;
    for (int k = DIGITS - 1; k >= 0; k--, rest /= 10) to[k] = (char)('0' + rest % 10);
    to[DIGITS] = ' ';
    memcpy(to + DIGITS + 1, fillers[i % FILLERS], FILLER);
    to[LINE - 1] = '\n';
}
#endif
