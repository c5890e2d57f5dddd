package dev.steward.bus.redis;

import dev.steward.bus.Era;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Holds what others wrote into Redis to the form that it must have: anybody who may write there may write anything. Pure. */
final class Check {
    /** What was written is not what it should be. */
    static final class Bad extends Exception {
        private static final long serialVersionUID = 1;

        Bad(String message) {
            super(message);
        }
    }

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern PRIORITY = Pattern.compile("P[0-4]");
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_TEXT = 4096;

    private Check() {}

    /** An id of an order, or a name of one path element: no slash, no {@code ..}, no leading dot or dash, no control characters. */
    static String name(String what, String value) throws Bad {
        return hold(what, value, Check::isName);
    }

    private static boolean isName(String value) {
        return !value.isEmpty()
                && value.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
                && !value.startsWith(".")
                && !value.startsWith("-")
                && !value.contains("..")
                && value.chars().noneMatch(c -> c == '/' || c == '\\' || c == 0xFFFD || Character.isISOControl(c));
    }

    /** SHA-256 in lower-case hexadecimal. */
    static String hash(String what, String value) throws Bad {
        return hold(what, value, text -> HASH.matcher(text).matches());
    }

    static String priority(String value) throws Bad {
        return hold("priority", value, text -> PRIORITY.matcher(text).matches());
    }

    /** Some words, of which there may be none. */
    static String text(String what, String value) throws Bad {
        return hold(what, value, text -> text.length() <= LONGEST_TEXT);
    }

    static long number(String what, String value, long most) throws Bad {
        hold(what, value, text -> text.length() <= 19 && text.matches("[0-9]+"));
        try {
            long number = Long.parseLong(value);
            if (number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Bad(what + " is too large");
        }
        throw new Bad(what + " is larger than " + most);
    }

    static Instant time(String what, String value) throws Bad {
        try {
            var time = OffsetDateTime.parse(value).toInstant();
            if (Era.holds(time)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw new Bad(what + " is no time: '" + Printable.of(value) + "'");
        }
        throw new Bad(what + " lies before 1970 or after 9999: '" + Printable.of(value) + "'");
    }

    private static String hold(String what, String value, Predicate<String> form) throws Bad {
        if (form.test(value)) {
            return value;
        }
        throw new Bad(value.isEmpty() ? what + " is missing" : what + " can't be '" + Printable.of(value) + "'");
    }
}
