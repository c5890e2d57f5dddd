package dev.steward.bus.redis;

import dev.steward.bus.Body;
import dev.steward.bus.Bytes;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.redis.Reply.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A work order as an entry of its inbox' stream. Pure. */
final class OrderEntry {
    /** A larger body lies beside the stream in pieces of this size. */
    static final int PIECE = 256 * 1024;

    private static final int LONGEST_ENVELOPE = 256 * 1024;
    private static final int LONGEST_FILE_NAME = 255;

    private OrderEntry() {}

    /** How many pieces its body is in; 0: it is inside. */
    static int pieces(Body body) {
        return switch (body.content()) {
            case Body.Content.Inline _ -> 0;
            case Body.Content.Spooled _ -> pieces(body.size());
        };
    }

    private static int pieces(long size) {
        return Math.toIntExact(Math.max(1, (size + PIECE - 1) / PIECE));
    }

    /** Names and values by turns. */
    static List<Object> fields(WorkOrder order, String node) {
        var heading = order.heading();
        var fields = new ArrayList<Object>(List.of(
                "wo_id", heading.id(),
                "to", heading.to(),
                "from", heading.from(),
                "priority", heading.priority(),
                "title", heading.title(),
                "tags", heading.tags(),
                "created_at", heading.created().toString(),
                "wo", order.envelope(),
                "sha256_wo", order.sha256()));
        fields.addAll(List.of(
                "body_file", order.bodyFile(),
                "sha256_body", order.body().sha256(),
                "body_size", order.body().size(),
                "node", node));
        switch (order.body().content()) {
            case Body.Content.Inline(var bytes) -> fields.addAll(List.of("body", bytes.toArray()));
            case Body.Content.Spooled _ -> fields.addAll(List.of("pieces", pieces(order.body())));
        }
        return fields;
    }

    /** What an entry says; where its large body is, its reader says. */
    record Read(Heading heading, String envelope, String sha256, String bodyFile, Payload payload) {
        OrderRow.Hashes hashes() {
            return new OrderRow.Hashes(sha256, payload.sha256);
        }

        WorkOrder with(Body.Content content) {
            return new WorkOrder(heading, envelope, sha256, bodyFile, new Body(payload.sha256, payload.size, content));
        }
    }

    /** @param inside empty if it is in pieces */
    record Payload(String sha256, long size, List<Bytes> inside) {
        int pieces() {
            return inside.isEmpty() ? OrderEntry.pieces(size) : 0;
        }
    }

    /**
     * Reads one; whether its hashes are right, its receiver finds out.
     *
     * @param inbox whose stream has it
     * @param maxBody in bytes
     */
    static Read read(Entry entry, String inbox, long maxBody) throws Check.Bad {
        var heading = new Heading(
                Check.name("wo_id", entry.text("wo_id")),
                Check.name("to", entry.text("to")),
                Check.name("from", entry.text("from")),
                Check.priority(entry.text("priority")),
                Check.text("title", entry.text("title")),
                Check.text("tags", entry.text("tags")),
                Check.time("created_at", entry.text("created_at")));
        if (!heading.inbox().equals(Heading.inbox(inbox))) {
            throw new Check.Bad("it is for '" + Printable.of(heading.to()) + "', not for this inbox");
        }
        return new Read(
                heading,
                envelope(entry),
                Check.hash("sha256_wo", entry.text("sha256_wo")),
                fileName(entry.text("body_file")),
                payload(entry, maxBody));
    }

    private static Payload payload(Entry entry, long maxBody) throws Check.Bad {
        var sha256 = Check.hash("sha256_body", entry.text("sha256_body"));
        long size = Check.number("body_size", entry.text("body_size"), maxBody);
        byte[] inside = entry.fields().get("body");
        if (inside == null) {
            long pieces = Check.number("pieces", entry.text("pieces"), Integer.MAX_VALUE);
            if (pieces != pieces(size)) {
                throw new Check.Bad("a body of " + size + " bytes is not in " + pieces + " pieces");
            }
            return new Payload(sha256, size, List.of());
        }
        if (inside.length > Body.INLINE_LIMIT || inside.length != size) {
            throw new Check.Bad("its body has " + inside.length + " bytes, and body_size says " + size);
        }
        return new Payload(sha256, size, List.of(Bytes.of(inside)));
    }

    private static String envelope(Entry entry) throws Check.Bad {
        byte[] bytes = entry.fields().get("wo");
        if (bytes == null || bytes.length == 0 || bytes.length > LONGEST_ENVELOPE) {
            throw new Check.Bad("it has no envelope (wo) of at most " + LONGEST_ENVELOPE + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Check.Bad("its envelope is no UTF-8");
        }
    }

    private static String fileName(String name) throws Check.Bad {
        boolean good = !name.isEmpty()
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_FILE_NAME
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
        if (!good) {
            throw new Check.Bad("body_file can't be '" + Printable.of(name) + "'");
        }
        return name;
    }
}
