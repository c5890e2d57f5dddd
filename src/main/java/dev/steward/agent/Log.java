package dev.steward.agent;

import dev.steward.bus.Acknowledgement;
import dev.steward.orders.InboxEvent;
import dev.steward.orders.InboxLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;

/**
 * Writes the lines that people grep for. Each is one write, so that lines of several writers never mix. An agent whose disk is full goes
 * on without its log, and says so when there is room again. Thread-safe.
 */
final class Log {
    private final OutputStream out;
    private final InstantSource clock;
    private final ZoneId zone;
    private long lost;

    Log(OutputStream out, InstantSource clock, ZoneId zone) {
        this.out = out;
        this.clock = clock;
        this.zone = zone;
    }

    void boot(String name) {
        line("=== " + name.toUpperCase(Locale.ROOT) + " agent boot " + local(clock.instant()) + " ===");
    }

    void ok(String what) {
        line(local(clock.instant()) + " [OK] " + what);
    }

    void fail(String what) {
        line(local(clock.instant()) + " [FAIL] " + what);
    }

    void acknowledged(Acknowledgement by) {
        line(local(clock.instant()) + " [ACK] " + by.id() + " by " + by.to() + " in " + by.latencyMs() + " ms");
    }

    void inbox(InboxEvent event) {
        line(InboxLog.line(event, clock.instant(), zone));
    }

    private synchronized void line(String text) {
        try {
            if (lost > 0) {
                // What failed may have left a part of its line.
                write("\n" + local(clock.instant()) + " [WARN] " + lost + " lines could not be written here");
                lost = 0;
            }
            write(text);
        } catch (IOException e) {
            lost++;
        }
    }

    private void write(String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Written by hand: a DateTimeFormatter would cost more than the rest of the agent's start. */
    private String local(Instant now) {
        var time = now.atZone(zone);
        return time.toLocalDate() + " " + two(time.getHour()) + ":" + two(time.getMinute()) + ":"
                + two(time.getSecond());
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
