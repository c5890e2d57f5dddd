package dev.steward.config;

import dev.steward.posix.Signal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The converters of single values. */
final class Scalars {
    /** YAML makes a number or a truth of a bare word; the text is what was meant. */
    static final List<String> ANY_SCALAR = List.of("string", "number", "boolean");

    static final Converter<String> STRING =
            new ScalarConverter<>("a text", Parsed::good, Json.object("type", ANY_SCALAR));

    static final Converter<Boolean> BOOLEAN = new ScalarConverter<>(
            "true or false",
            text -> switch (text) {
                case "true" -> Parsed.good(true);
                case "false" -> Parsed.good(false);
                default -> Parsed.bad("'" + Shown.of(text) + "' is neither true nor false", truth(text));
            },
            Json.object("type", "boolean"));

    static final Converter<Integer> INTEGER = new ScalarConverter<>(
            "a whole number",
            text -> text.matches("-?[0-9]{1,9}")
                    ? Parsed.good(Integer.valueOf(text))
                    : Parsed.bad("'" + Shown.of(text) + "' is not a whole number", ""),
            Json.object("type", "integer"));

    static final Converter<Duration> DURATION = new ScalarConverter<>(
            "a duration, like 10s", Durations::parse, Json.object("type", "string", "pattern", Durations.PATTERN));

    static final Converter<DataSize> DATA_SIZE = new ScalarConverter<>(
            "a size, like 1MB", DataSize::parse, Json.object("type", "string", "pattern", DataSize.PATTERN));

    static final Converter<Pattern> PATTERN = new ScalarConverter<>(
            "a regular expression", Scalars::pattern, Json.object("type", ANY_SCALAR, "format", "regex"));

    static final Converter<URI> ADDRESS = new ScalarConverter<>(
            "an address, like http://localhost:8080/",
            Scalars::address,
            Json.object("type", "string", "pattern", "^[Hh][Tt][Tt][Pp][Ss]?://[^/]"));

    static final Converter<Signal> SIGNAL = new ScalarConverter<>(
            "a signal, like TERM",
            Scalars::signal,
            Json.object(
                    "anyOf",
                    List.of(Json.object("enum", signalWords()), Json.object("type", "integer", "minimum", 1))));

    private Scalars() {}

    static Converter<Path> path(Path folder) {
        return new ScalarConverter<>("a path", text -> path(text, folder), Json.object("type", ANY_SCALAR));
    }

    static Parsed<Path> path(String text, Path folder) {
        if (text.isBlank()) {
            return Parsed.bad("is empty; it must be a path", "");
        }
        if (text.equals("~") || text.startsWith("~/") || text.matches("\\$[A-Za-z_].*")) {
            return Parsed.bad(
                    "'" + Shown.of(text) + "' is not expanded", "write the whole path, or one relative to " + folder);
        }
        try {
            return Parsed.good(folder.resolve(text).normalize());
        } catch (InvalidPathException e) {
            return Parsed.bad("'" + Shown.of(text) + "' is not a path", e.getReason());
        }
    }

    private static Parsed<Pattern> pattern(String text) {
        try {
            return Parsed.good(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            var place = e.getIndex() < 0 ? "" : ", after " + Math.min(e.getIndex(), text.length()) + " characters";
            return Parsed.bad(
                    "'" + Shown.of(text) + "' is not a regular expression: " + e.getDescription() + place,
                    "put \\ before a character that is meant as it is");
        } catch (StackOverflowError e) {
            return Parsed.bad("the regular expression is nested too deeply", "");
        }
    }

    private static Parsed<URI> address(String text) {
        try {
            var address = new URI(text);
            var scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
            if (!List.of("http", "https").contains(scheme) || address.getHost() == null) {
                return Parsed.bad(
                        "'" + Shown.of(text) + "' is not an address of HTTP",
                        "write, for example, http://localhost:8080/");
            }
            if (address.getPort() == 0 || address.getPort() > 65_535) {
                return Parsed.bad("the port " + address.getPort() + " does not exist", "ports are 1 to 65535");
            }
            return Parsed.good(address);
        } catch (URISyntaxException e) {
            return Parsed.bad("'" + Shown.of(text) + "' is not an address: " + e.getReason(), "");
        }
    }

    private static Parsed<Signal> signal(String text) {
        return Signal.parse(text)
                .map(Parsed::good)
                .orElseGet(() -> Parsed.bad(
                        "there is no signal '" + Shown.of(text) + "'",
                        Suggest.among(
                                text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", ""),
                                Arrays.stream(Signal.values()).map(Signal::name).toList())));
    }

    private static List<String> signalWords() {
        var words = new ArrayList<String>();
        for (var signal : Signal.values()) {
            words.add(signal.name());
            words.add("SIG" + signal.name());
            words.add(signal.name().toLowerCase(Locale.ROOT));
        }
        return List.copyOf(words);
    }

    private static String truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "on", "true", "y", "1" -> "write true";
            case "no", "off", "false", "n", "0" -> "write false";
            default -> "";
        };
    }
}
