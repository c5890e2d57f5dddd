package dev.steward.orders;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Consumer;

/**
 * The log of an inbox: a line for each event, appended in one write. The file is opened for each line, so that a log that was rotated
 * away begins anew. Any thread may call.
 */
public final class InboxLog implements Consumer<InboxEvent> {
    /**
     * Writes to this file, which is made with its folder when there is something to write.
     *
     * @param trouble is told, for people, when a line could not be written; the line is lost
     */
    public InboxLog(Path file, InstantSource clock, ZoneId zone, Consumer<String> trouble) {
        Soon.soon();
    }

    @Override
    public void accept(InboxEvent event) {
        Soon.soon();
    }

    /**
     * The line of an event, without its newline and free of control characters: {@code 2025-10-30 05:49:11 [OK] <wo_id> from <from>:
     * <title>}, or {@code [FAIL]}, {@code [WARN]} or {@code [INFO]} and what happened.
     */
    public static String line(InboxEvent event, Instant at, ZoneId zone) {
        return Soon.soon();
    }
}
