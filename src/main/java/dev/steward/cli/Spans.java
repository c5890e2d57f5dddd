package dev.steward.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time on the command line as the configuration writes it: {@code 30s}, {@code 5m}, {@code 2h}. */
final class Spans implements ITypeConverter<Duration> {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,6})([smh])");

    @Override
    public Duration convert(String text) {
        var match = WRITTEN.matcher(text);
        if (!match.matches()) {
            throw new TypeConversionException("'" + text + "' is no time: write it like 30s, 5m or 2h");
        }
        var number = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
