package dev.steward.orders;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The name of the payload's file in the order's folder. Pure. */
final class BodyName {
    static final String UNNAMED = "body";

    /** A file system's limit (NAME_MAX of limits.h): others name their payloads as they like. */
    private static final int MAX_BYTES = 255;

    private BodyName() {}

    /** The name that was given, made safe, and never that of another file of the order in any case. */
    static String safe(String given, OrderId id) {
        var name = given.substring(given.lastIndexOf('/') + 1);
        var clean = new StringBuilder();
        name.codePoints().forEach(point -> {
            if (Names.isUnfit(point) || point == '\\') {
                clean.append('_');
            } else {
                clean.appendCodePoint(point);
            }
        });
        var safe = cut(clean.toString().replace("..", "__"));
        if (safe.isEmpty()) {
            return UNNAMED;
        }
        var bare = safe.startsWith(".") || safe.startsWith("-") ? "_" + safe.substring(1) : safe;
        return isTaken(bare, id.text()) ? UNNAMED : bare;
    }

    /** Why it can't be the name of a payload; empty if it can. */
    static Optional<String> objection(String name, String id) {
        return isTaken(name, id)
                ? Optional.of("is that of another file of the order")
                : Names.objection(name, MAX_BYTES);
    }

    private static boolean isTaken(String name, String id) {
        var key = name.toLowerCase(Locale.ROOT);
        return key.equals(Envelope.EVIDENCE)
                || key.equals(Envelope.fileOf(id).toLowerCase(Locale.ROOT))
                || name.isEmpty();
    }

    /** The end tells what kind of file it is, so the middle goes. */
    private static String cut(String name) {
        if (bytes(name) <= Names.MAX_BYTES) {
            return name;
        }
        var dot = name.lastIndexOf('.');
        var end = dot > 0 && bytes(name.substring(dot)) <= 16 ? name.substring(dot) : "";
        var kept = new StringBuilder();
        var room = Names.MAX_BYTES - bytes(end);
        for (int point :
                name.substring(0, name.length() - end.length()).codePoints().toArray()) {
            room -= bytes(Character.toString(point));
            if (room < 0) {
                break;
            }
            kept.appendCodePoint(point);
        }
        return kept + end;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
