package dev.steward.config;

import java.util.List;

/** The value of {@code umask:}, as {@code umask(1)} takes it. */
record Umask(String octal) {
    static final Converter<Umask> CONVERTER = new ScalarConverter<>(
            "an octal number, like 022",
            text -> text.matches("0?[0-7]{1,3}")
                    ? Parsed.good(new Umask(text))
                    : Parsed.bad("'" + Shown.of(text) + "' is not a umask", "write up to three octal digits, like 022"),
            Json.object(
                    "anyOf",
                    List.of(
                            Json.object("type", "string", "pattern", "^0?[0-7]{1,3}$"),
                            Json.object("type", "integer", "minimum", 0, "maximum", 777))));
}
