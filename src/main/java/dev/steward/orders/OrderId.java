package dev.steward.orders;

import java.time.LocalDate;
import java.util.random.RandomGenerator;

/**
 * The id of a work order, safe as the name of a folder: at most 128 bytes of UTF-8, without slash, backslash, {@code ..}, control
 * characters, or a dot or dash at its begin. Of ids that differ in case alone a node takes the first
 * one's order, and refuses the others'.
 */
public record OrderId(String text) {
    /** Crockford's base 32, without I, L, O and U. */
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LENGTH = 10;

    /**
     * An id that exists.
     *
     * @throws IllegalArgumentException if it isn't one; {@link #of} says so to people
     */
    public OrderId {
        Names.objection(text).ifPresent(objection -> {
            throw new IllegalArgumentException("the id " + objection);
        });
    }

    /** The id that somebody gave. */
    public static OrderId of(String text) throws OrderException {
        var objection = Names.objection(text);
        if (objection.isPresent()) {
            throw OrderException.misuse(
                    "the id '" + Names.shown(text) + "' " + objection.get()
                            + "; an id has 1 to 128 bytes, no slash, backslash, .. or control character, and begins with neither . nor -");
        }
        return new OrderId(text);
    }

    /** A new id: {@code WO-}, the date, 50 random bits. */
    public static OrderId next(LocalDate date, RandomGenerator random) {
        var text = new StringBuilder("WO-").append(two(date.getYear() / 100)).append(two(date.getYear() % 100));
        text.append(two(date.getMonthValue())).append(two(date.getDayOfMonth())).append('-');
        for (int i = 0; i < LENGTH; i++) {
            text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new OrderId(text.toString());
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    @Override
    public String toString() {
        return text;
    }
}
