package dev.steward.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One server of Redis in one line, {@code redis://user:${file:secrets/redis}@host:port/database}; {@code rediss://} is TLS. A
 * password is a reference, so that the address may be shown.
 *
 * @param database 0 if the address names none
 */
record RedisAddress(boolean tls, Optional<String> user, Optional<Secret> password, Endpoint server, int database) {
    static final String EXAMPLE = "redis://localhost:6379";
    static final int LAST_DATABASE = 9_999;

    private static final String WRITTEN = "^rediss?://([A-Za-z0-9._~+-]*(:\\$\\{(env|file):[^}]+\\})?@)?"
            + "(\\[[0-9A-Fa-f:.%]+\\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?(/[0-9]{0,4})?$";

    private static final Pattern SCHEME = Pattern.compile("(?<scheme>[A-Za-z0-9+.-]*)://(?<rest>.*)", Pattern.DOTALL);
    private static final Pattern LOGIN =
            Pattern.compile("(?<user>[A-Za-z0-9._~+-]*)(:(?<password>\\$\\{[^}]*\\}))?@(?<rest>[^@]*)", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern SERVER = Pattern.compile(
            "(?<host>\\[[0-9A-Fa-f:.%]+\\]|[A-Za-z0-9._-]+)(:(?<port>[0-9]{1,9}))?(/(?<database>[0-9]{0,9}))?");
    private static final int PORT = 6379;

    private static final String BY_REFERENCE = "write redis://user:${file:secrets/redis}@host";

    static Converter<RedisAddress> relativeTo(Path folder) {
        return new ScalarConverter<>(
                "an address of Redis, like " + EXAMPLE,
                true,
                text -> parse(text, folder),
                Json.object("type", "string", "pattern", WRITTEN));
    }

    /** No message repeats what may be a password. */
    private static Parsed<RedisAddress> parse(String text, Path folder) {
        var address = SCHEME.matcher(text);
        if (!address.matches()) {
            return Parsed.bad(
                    "is neither embedded nor an address of Redis",
                    Suggest.nearest(text, List.of("embedded"))
                            .map(word -> "did you mean embedded?")
                            .orElse("write, for example, " + EXAMPLE));
        }
        var scheme = address.group("scheme");
        if (!scheme.equals("redis") && !scheme.equals("rediss")) {
            return Parsed.bad(
                    "'" + Shown.of(scheme) + "://' does not lead to Redis", "write redis://, or rediss:// for TLS");
        }
        var rest = address.group("rest");
        return rest.contains("@")
                ? withLogin(scheme, rest, folder)
                : server(rest, scheme, Optional.empty(), Optional.empty());
    }

    private static Parsed<RedisAddress> withLogin(String scheme, String rest, Path folder) {
        var login = LOGIN.matcher(rest);
        if (!login.matches()) {
            var before = rest.substring(0, rest.lastIndexOf('@'));
            return REFERENCE.matcher(before).replaceAll("").matches(".*:.+")
                    ? Parsed.bad("a password stands there in clear", BY_REFERENCE)
                    : Parsed.bad(
                            "what stands before the @ is no user with a password by reference",
                            BY_REFERENCE + "; a user with other characters is the key user of a section");
        }
        var user = Optional.of(login.group("user")).filter(name -> !name.isEmpty());
        var password = login.group("password");
        if (password == null) {
            return server(login.group("rest"), scheme, user, Optional.empty());
        }
        return switch (Secrets.parse(password, folder)) {
            case Parsed.Good(var secret) -> server(login.group("rest"), scheme, user, Optional.of(secret));
            case Parsed.Bad(var message, var suggestion) -> Parsed.bad(message, suggestion);
        };
    }

    private static Parsed<RedisAddress> server(
            String text, String scheme, Optional<String> user, Optional<Secret> password) {
        var server = SERVER.matcher(text);
        if (!server.matches()) {
            return unreadable(text);
        }
        var port = number(server, "port", PORT);
        var database = number(server, "database", 0);
        if (port < 1 || port > 65_535) {
            return Parsed.bad("the port " + port + " does not exist", "ports are 1 to 65535");
        }
        if (database > LAST_DATABASE) {
            return Parsed.bad("the database " + database + " does not exist", "possible: 0 to " + LAST_DATABASE);
        }
        var host = server.group("host").replaceAll("[\\[\\]]", "");
        return Parsed.good(
                new RedisAddress(scheme.equals("rediss"), user, password, new Endpoint(host, port), database));
    }

    private static int number(Matcher server, String group, int otherwise) {
        var digits = server.group(group);
        return digits == null || digits.isEmpty() ? otherwise : Integer.parseInt(digits);
    }

    private static Parsed<RedisAddress> unreadable(String text) {
        if (text.isEmpty() || text.startsWith(":") || text.startsWith("/")) {
            return Parsed.bad("names no host", "write, for example, " + EXAMPLE);
        }
        return text.contains("$")
                ? Parsed.bad("a reference can stand in the place of the password only", BY_REFERENCE)
                : Parsed.bad(
                        "names no host with a port and the number of a database",
                        "write, for example, " + EXAMPLE + "/0");
    }
}
