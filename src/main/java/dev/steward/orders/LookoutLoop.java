package dev.steward.orders;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** When the lookout looks: at the start, when the kernel tells of a new name, when a folder is due, and now and then as a net. */
final class LookoutLoop {
    private static final String WORK = "watch";
    private static final long UNWATCHED_PAUSE_MS = 2_000;

    /** After names were missed, listing again takes at most this part of the time. */
    private static final int REST_PER_LISTING = 20;

    private final Workplace at;
    private final Lookout lookout;
    private final CountDownLatch end;
    private long nextListing;
    private long restedAt;

    LookoutLoop(Workplace at, Lookout lookout, CountDownLatch end) {
        this.at = at;
        this.lookout = lookout;
        this.end = end;
        this.nextListing = now();
        this.restedAt = now();
    }

    /** Goes on until the end comes or its thread is interrupted. */
    void run() throws InterruptedException {
        do {
            try (var watch = InboxWatch.of(at.ground().inbox())) {
                nextListing = now();
                lookout.distrust();
                at.teller().well(WORK);
                while (watch.isValid() && end.getCount() > 0) {
                    look(watch);
                }
            } catch (IOException e) {
                at.teller()
                        .trouble(
                                WORK,
                                "the inbox cannot be watched: " + Disk.reason(e) + "; it is looked at now and then");
                lookUnwatched();
            }
        } while (!end.await(UNWATCHED_PAUSE_MS, TimeUnit.MILLISECONDS));
    }

    private void look(InboxWatch watch) throws IOException, InterruptedException {
        if (now() - nextListing >= 0) {
            list();
        }
        var next = lookout.look().filter(due -> due - nextListing < 0).orElse(nextListing);
        var news = watch.await(Math.max(0, next - now()));
        lookout.heed(news.names());
        if (!news.isAll()) {
            lookout.distrust();
            nextListing = restedAt;
        }
    }

    private void list() throws IOException {
        var begun = now();
        lookout.list();
        var ended = now();
        restedAt = ended + REST_PER_LISTING * (ended - begun);
        nextListing = ended + at.timing().net().toNanos();
    }

    private void lookUnwatched() {
        try {
            list();
            lookout.look();
        } catch (IOException e) {
            at.teller().trouble(WORK, "the inbox cannot be looked at: " + Disk.reason(e));
        }
    }

    private long now() {
        return at.timing().monotonic().getAsLong();
    }
}
