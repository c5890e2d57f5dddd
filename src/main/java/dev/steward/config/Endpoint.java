package dev.steward.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A host and a port, written {@code host:port}, {@code [::1]:port}, or a port alone for this machine.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
    private static final String WRITTEN = "^(?:(\\[[0-9A-Fa-f:.%]+\\]|[A-Za-z0-9._-]+):)?([0-9]{1,9})$";
    private static final Pattern PATTERN = Pattern.compile(WRITTEN);

    static final Converter<Endpoint> CONVERTER = new ScalarConverter<>(
            "a host and a port, like localhost:6379",
            Endpoint::parse,
            Json.object(
                    "anyOf",
                    List.of(
                            Json.object("type", "string", "pattern", WRITTEN),
                            Json.object("type", "integer", "minimum", 1, "maximum", 65_535))));

    private static Parsed<Endpoint> parse(String text) {
        var match = PATTERN.matcher(text);
        if (!match.matches()) {
            return Parsed.bad("'" + Shown.of(text) + "' is no host and port", "write, for example, localhost:6379");
        }
        var port = Integer.parseInt(match.group(2));
        if (port < 1 || port > 65_535) {
            return Parsed.bad("the port " + port + " does not exist", "ports are 1 to 65535");
        }
        var host = match.group(1);
        return Parsed.good(new Endpoint(host == null ? "127.0.0.1" : host.replaceAll("[\\[\\]]", ""), port));
    }

    /** As it is written: {@code host:port}. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
