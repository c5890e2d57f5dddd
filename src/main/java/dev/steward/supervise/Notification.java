package dev.steward.supervise;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what sd_notify(3) sends: lines of {@code NAME=value}. What is unknown or senseless is passed over, and of several signs of one
 * kind the last is meant. Pure.
 */
final class Notification {
    private static final int LONGEST_STATUS = 200;
    private static final long LONGEST_MICROS = Duration.ofDays(1).toNanos() / 1000;

    private Notification() {}

    static List<Sign> parse(byte[] content) {
        var byKind = new LinkedHashMap<Class<?>, Sign>();
        Stream.of(new String(content, StandardCharsets.UTF_8).split("\n", -1))
                .map(Notification::sign)
                .flatMap(Optional::stream)
                .forEach(sign -> byKind.put(sign.getClass(), sign));
        return List.copyOf(byKind.values());
    }

    private static Optional<Sign> sign(String line) {
        var equals = line.indexOf('=');
        if (equals < 0) {
            return Optional.empty();
        }
        var value = line.substring(equals + 1);
        return switch (line.substring(0, equals)) {
            case "READY" -> said(value, new Sign.Ready());
            case "RELOADING" -> said(value, new Sign.Reloading());
            case "STOPPING" -> said(value, new Sign.Stopping());
            case "WATCHDOG" -> value.equals("trigger") ? Optional.of(new Sign.Trigger()) : said(value, new Sign.Beat());
            case "STATUS" -> Optional.of(new Sign.Status(Sign.line(value, LONGEST_STATUS)));
            case "EXTEND_TIMEOUT_USEC" -> micros(value).map(Sign.Extend::new);
            case "WATCHDOG_USEC" -> micros(value).map(Sign.BeatsWithin::new);
            case "MAINPID" -> number(value).map(Sign.MainPid::new);
            default -> Optional.empty();
        };
    }

    private static Optional<Sign> said(String value, Sign sign) {
        return value.equals("1") ? Optional.of(sign) : Optional.empty();
    }

    /** More than a day is no more than a day. */
    private static Optional<Duration> micros(String value) {
        return number(value).map(micros -> Duration.ofNanos(Math.min(micros, LONGEST_MICROS) * 1000));
    }

    private static Optional<Long> number(String value) {
        try {
            return Optional.of(Long.parseLong(value)).filter(number -> number > 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
