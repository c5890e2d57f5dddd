package dev.steward.logs.read;

import java.util.OptionalLong;

/** Goes through the first bytes of a line. */
final class Cursor {
    private final byte[] bytes;
    private final int end;
    private int at;

    Cursor(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    boolean isAtEnd() {
        return at >= end;
    }

    boolean is(int character) {
        return at < end && bytes[at] == character;
    }

    boolean isNext(int character) {
        return at + 1 < end && bytes[at + 1] == character;
    }

    /** The present byte; −1 at the end. */
    int peek() {
        return at < end ? bytes[at] : -1;
    }

    boolean isDigit() {
        return at < end && isDigit(bytes[at]);
    }

    boolean isLetter() {
        var letter = at < end ? bytes[at] | 0x20 : 0;
        return letter >= 'a' && letter <= 'z';
    }

    private static boolean isDigit(byte each) {
        return each >= '0' && each <= '9';
    }

    void skip(int count) {
        at = Math.min(end, at + count);
    }

    boolean take(int character) {
        if (!is(character)) {
            return false;
        }
        at++;
        return true;
    }

    /** Takes exactly these bytes, or none. */
    boolean take(String word) {
        if (end - at < word.length()) {
            return false;
        }
        for (var i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    /** How many digits come. */
    int digitsAhead() {
        var i = at;
        while (i < end && isDigit(bytes[i])) {
            i++;
        }
        return i - at;
    }

    /** Takes a number of at least one digit and at most so many; empty, with nothing taken, if there are none, or more. */
    OptionalLong digits(int most) {
        var count = digitsAhead();
        return count == 0 || count > most ? OptionalLong.empty() : OptionalLong.of(number(count));
    }

    /** Takes so many digits, which must be there. */
    long number(int count) {
        var number = 0L;
        for (var i = 0; i < count; i++) {
            number = number * 10 + bytes[at++] - '0';
        }
        return number;
    }

    /** Takes a number of exactly so many digits, after which there may be more; −1, with nothing taken, if they are not there. */
    int exactly(int count) {
        return digitsAhead() < count ? -1 : (int) number(count);
    }

    /** {@code 10/Oct/2000:}. */
    boolean looksLikeApache() {
        return end - at > 12 && bytes[at + 2] == '/' && bytes[at + 6] == '/' && bytes[at + 11] == ':';
    }

    /** Takes nanoseconds, as a fraction after its point or comma; digits beyond nine are cut off. */
    int fraction() {
        var nanos = 0;
        var unit = 100_000_000;
        while (isDigit()) {
            nanos += (bytes[at++] - '0') * unit;
            unit /= 10;
        }
        return nanos;
    }
}
