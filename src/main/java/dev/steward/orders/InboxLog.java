package dev.steward.orders;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.steward.bus.Heading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    private final Path file;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Consumer<String> trouble;

    /**
     * Writes to this file, which is made with its folder when there is something to write.
     *
     * @param trouble is told, for people, when a line could not be written; the line is lost
     */
    public InboxLog(Path file, InstantSource clock, ZoneId zone, Consumer<String> trouble) {
        this.file = file.toAbsolutePath();
        this.clock = clock;
        this.zone = zone;
        this.trouble = trouble;
    }

    @Override
    public void accept(InboxEvent event) {
        try {
            write(line(event, clock.instant(), zone) + "\n");
        } catch (IOException e) {
            trouble.accept("the log of the inbox cannot be written: " + Disk.reason(e));
        }
    }

    private void write(String line) throws IOException {
        if (!Files.isRegularFile(file)) {
            if (Files.exists(file)) {
                // A FIFO would block, a folder can't be written.
                throw new IOException(file + ": is not a regular file");
            }
            Files.createDirectories(file.resolveSibling(""));
        }
        try (var channel = FileChannel.open(file, CREATE, WRITE, APPEND)) {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /**
     * The line of an event, without its newline and free of control characters: {@code 2025-10-30 05:49:11 [OK] <wo_id> from <from>:
     * <title>}, or {@code [FAIL]}, {@code [WARN]} or {@code [INFO]} and what happened.
     */
    public static String line(InboxEvent event, Instant at, ZoneId zone) {
        return local(at, zone) + " " + Names.plain(text(event));
    }

    private static String text(InboxEvent event) {
        return switch (event) {
            case InboxEvent.Delivered delivered -> "[OK] " + named(delivered.heading(), ": ");
            case InboxEvent.DeliveredBefore(var id) -> "[OK] " + id + " was delivered before";
            case InboxEvent.NotOurs(var id) ->
                "[OK] " + id + " is not delivered here: another receiver has it, or its sender withdrew it";
            case InboxEvent.PickedUp found -> "[OK] " + named(found.heading(), ", found in the inbox: ");
            case InboxEvent.Quarantined(var id, var folder, var reason) ->
                "[FAIL] " + id + " not delivered: " + reason + "; it lies in " + folder;
            case InboxEvent.HalfWritten(var folder, var reason) -> "[WARN] " + folder + " is half-written: " + reason;
            case InboxEvent.Refused(var folder, var reason) -> "[FAIL] " + folder + " is not taken: " + reason;
            case InboxEvent.Gone(var folder) -> "[INFO] " + folder + ", which was no order, is gone";
            case InboxEvent.LeftAlone(var entry, var reason) -> "[WARN] " + entry + " is left alone: " + reason;
            case InboxEvent.Waiting(var inbox) -> "[WARN] another receiver holds " + inbox + "; waiting for its end";
            case InboxEvent.Holding(var inbox) -> "[INFO] receiving into " + inbox;
            case InboxEvent.Trouble(var reason) -> "[FAIL] " + reason;
            case InboxEvent.Over() -> "[OK] the trouble is over";
        };
    }

    private static String named(Heading heading, String between) {
        return heading.id() + " from " + heading.from() + between + heading.title();
    }

    /** Written by hand: a DateTimeFormatter would cost a small agent more than the rest of the line. */
    private static String local(Instant at, ZoneId zone) {
        var time = at.atZone(zone);
        return time.toLocalDate() + " " + two(time.getHour()) + ":" + two(time.getMinute()) + ":"
                + two(time.getSecond());
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }
}
