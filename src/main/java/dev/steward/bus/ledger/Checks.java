package dev.steward.bus.ledger;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Body;
import dev.steward.bus.BusException;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.WorkOrder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * What no order may have: the last gate before a name becomes a folder's. Whoever reads an envelope has checked it before, and says
 * more.
 */
final class Checks {
    private static final int NAME_BYTES = 128;
    private static final int FILE_BYTES = 255;
    private static final int ENVELOPE_CHARS = 1024 * 1024;
    private static final int HASH_CHARS = 64;

    private Checks() {}

    static void order(WorkOrder order) throws BusException {
        heading(order.heading());
        element("name of a payload", order.bodyFile(), FILE_BYTES);
        hash(order.sha256());
        hash(order.body().sha256());
        text("envelope", order.envelope(), ENVELOPE_CHARS);
        long size = order.body().size();
        boolean fits = switch (order.body().content()) {
            case Body.Content.Inline(var bytes) -> bytes.size() == size && size <= Body.INLINE_LIMIT;
            case Body.Content.Spooled(var file) -> size >= 0 && file.isAbsolute();
        };
        if (!fits) {
            throw refused("the payload of " + order.id() + " has not the size that it tells (" + size
                    + " bytes), or is too large to travel inside the order");
        }
    }

    static void heading(Heading heading) throws BusException {
        element("id", heading.id(), NAME_BYTES);
        element("name of an inbox", heading.to(), NAME_BYTES);
        if (heading.from().isBlank()) {
            throw refused("the order " + heading.id() + " doesn't say who dropped it");
        }
        text("sender's name", heading.from(), NAME_BYTES);
        text("priority", heading.priority(), NAME_BYTES);
        text("title", heading.title(), ENVELOPE_CHARS);
        text("list of tags", heading.tags(), ENVELOPE_CHARS);
    }

    /** A name that may be a folder's or a file's. */
    private static void element(String what, String name, int bytes) throws BusException {
        boolean wanders = name.isEmpty()
                || name.contains("..")
                || name.equals(".")
                || name.startsWith(".")
                || name.startsWith("-")
                || name.indexOf('/') >= 0
                || name.indexOf('\\') >= 0
                || name.chars().anyMatch(Character::isISOControl);
        if (wanders) {
            throw refused("\"" + shown(name) + "\" can't be the " + what
                    + ": it must not be empty, nor begin with a dot or a dash, nor hold a slash, a backslash, .. or a control"
                    + " character");
        }
        text(what, name, bytes);
        if (name.getBytes(StandardCharsets.UTF_8).length > bytes) {
            throw refused("\"" + shown(name) + "\" is too long to be the " + what + ": more than " + bytes + " bytes");
        }
    }

    private static void text(String what, String text, int most) throws BusException {
        if (text.length() > most) {
            throw refused("the " + what + " is too long: more than " + most + " characters");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw refused("the " + what + " holds half a character, which UTF-8 can't say");
        }
    }

    private static void hash(String hash) throws BusException {
        if (hash.length() != HASH_CHARS
                || !hash.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw refused("\"" + shown(hash) + "\" is not a SHA-256 in lower-case hexadecimal");
        }
    }

    /** What is wrong with an acknowledgement of this order; empty if nothing is. */
    static Optional<String> mismatch(Heading heading, OrderRow.Hashes hashes, Acknowledgement acknowledgement) {
        if (!acknowledgement.id().equals(heading.id())) {
            return Optional.of("it is of " + shown(acknowledgement.id()) + ", not of " + heading.id());
        }
        if (!Heading.inbox(acknowledgement.to()).equals(heading.inbox())) {
            return Optional.of("it is of the inbox " + shown(acknowledgement.to()) + ", not of " + heading.to());
        }
        if (!acknowledgement.sha256Wo().equals(hashes.wo())) {
            return Optional.of("the envelope's SHA-256 is another one");
        }
        return acknowledgement.sha256Body().equals(hashes.body())
                ? Optional.empty()
                : Optional.of("the payload's SHA-256 is another one");
    }

    /** An id as a file system has it that tells neither case nor composition apart. */
    static String key(String id) {
        // The normalizer's tables are large, and nearly all ids are ASCII.
        String composed = id.chars().allMatch(c -> c < 0x80) ? id : Normalizer.normalize(id, Normalizer.Form.NFC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    static BusException refused(String why) {
        return new BusException(BusException.Kind.REFUSED, why);
    }

    private static String shown(String name) {
        var clean = new StringBuilder();
        name.codePoints()
                .limit(NAME_BYTES)
                .forEach(c -> clean.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c));
        return clean.toString();
    }
}
