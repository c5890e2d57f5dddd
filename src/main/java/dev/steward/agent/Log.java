package dev.steward.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;

/** Writes the lines that people grep for. Each is one write, so that lines of several writers never mix. */
final class Log {
    private final OutputStream out;
    private final ZoneId zone;

    Log(OutputStream out, ZoneId zone) {
        this.out = out;
        this.zone = zone;
    }

    void boot(Instant now, String name) {
        line("=== " + name.toUpperCase(java.util.Locale.ROOT) + " agent boot " + local(now) + " ===");
    }

    void ok(Instant now, String what) {
        line(local(now) + " [OK] " + what);
    }

    void fail(Instant now, String what) {
        line(local(now) + " [FAIL] " + what);
    }

    private void line(String text) {
        try {
            out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // Nobody could be told: whoever supervises sees the end, and its status.
            throw new UncheckedIOException(e);
        }
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
