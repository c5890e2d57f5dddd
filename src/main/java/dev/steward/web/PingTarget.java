package dev.steward.web;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** What the path of a request asks for, as healthchecks.io reads it. */
record PingTarget(String secret, Ping.Kind kind, OptionalInt exitStatus) {
    private static final Pattern PATH = Pattern.compile("/ping/([A-Za-z0-9_-]{43})(?:/|/(start|fail|[0-9]{1,3}))?");
    private static final Pattern RID = Pattern.compile("(?:^|.*?&)rid=([^&]*)(?:&.*)?");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int HIGHEST_STATUS = 255;

    /**
     * Reads a path.
     *
     * @param path as it was sent: nothing is decoded, since nothing in it needs to be encoded
     * @return empty if there can be nothing
     */
    static Optional<PingTarget> of(String path) {
        var matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var secret = matcher.group(1);
        return switch (Optional.ofNullable(matcher.group(2)).orElse("")) {
            case "" -> Optional.of(new PingTarget(secret, Ping.Kind.BEAT, OptionalInt.empty()));
            case "start" -> Optional.of(new PingTarget(secret, Ping.Kind.START, OptionalInt.empty()));
            case "fail" -> Optional.of(new PingTarget(secret, Ping.Kind.FAIL, OptionalInt.empty()));
            case String digits -> exited(secret, Integer.parseInt(digits));
        };
    }

    private static Optional<PingTarget> exited(String secret, int status) {
        if (status > HIGHEST_STATUS) {
            return Optional.empty();
        }
        return Optional.of(
                new PingTarget(secret, status == 0 ? Ping.Kind.BEAT : Ping.Kind.FAIL, OptionalInt.of(status)));
    }

    /**
     * The first {@code rid} of a query.
     *
     * @throws InvalidRid if it is no UUID
     */
    static Optional<String> rid(String query) throws InvalidRid {
        var matcher = RID.matcher(query);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var rid = matcher.group(1);
        if (!UUID.matcher(rid).matches()) {
            throw new InvalidRid();
        }
        return Optional.of(rid.toLowerCase(Locale.ROOT));
    }

    /** A {@code rid} has to be a UUID. */
    static final class InvalidRid extends Exception {}
}
