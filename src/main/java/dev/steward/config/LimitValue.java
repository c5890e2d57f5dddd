package dev.steward.config;

import java.util.List;

/** The value of one resource limit, as {@code ulimit} takes it. */
record LimitValue(String text) {
    static final Converter<LimitValue> CONVERTER = new ScalarConverter<>(
            "a number or unlimited",
            text -> text.matches("[0-9]{1,18}|unlimited")
                    ? Parsed.good(new LimitValue(text))
                    : Parsed.bad("'" + Shown.of(text) + "' is not a limit", "write a whole number or unlimited"),
            Json.object(
                    "anyOf",
                    List.of(
                            Json.object("type", "integer", "minimum", 0),
                            Json.object("type", "string", "pattern", "^([0-9]{1,18}|unlimited)$"))));
}
