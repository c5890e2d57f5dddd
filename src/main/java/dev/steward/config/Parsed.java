package dev.steward.config;

/** What became of a text: a value, or what is wrong with it. */
sealed interface Parsed<T> {
    record Good<T>(T value) implements Parsed<T> {}

    record Bad<T>(String message, String suggestion) implements Parsed<T> {}

    static <T> Parsed<T> good(T value) {
        return new Good<>(value);
    }

    static <T> Parsed<T> bad(String message, String suggestion) {
        return new Bad<>(message, suggestion);
    }
}
