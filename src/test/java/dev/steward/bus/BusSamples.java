package dev.steward.bus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;

/** Work orders and acknowledgements to test a bus with. */
public final class BusSamples {
    public static final Instant CREATED = Instant.parse("2025-10-29T22:29:04Z");

    private BusSamples() {}

    /** A small order of P3 from CLS. */
    public static WorkOrder order(String id, String to) {
        return order(id, to, "P3");
    }

    public static WorkOrder order(String id, String to, String priority) {
        return order(heading(id, to, priority), inline(("payload of " + id).getBytes(StandardCharsets.UTF_8)));
    }

    public static WorkOrder order(Heading heading, Body body) {
        String envelope = "wo_id: \"" + heading.id() + "\"\r\ntitle: \"" + heading.title() + "\"\n# ü 漢 😀\n";
        return new WorkOrder(
                heading, envelope, sha256(envelope.getBytes(StandardCharsets.UTF_8)), "payload.yaml", body);
    }

    public static Heading heading(String id, String to, String priority) {
        return new Heading(id, to, "CLS", priority, "CLS Self-Test", "cls,selftest", CREATED);
    }

    /** The same order dropped by another. */
    public static WorkOrder from(String from, WorkOrder order) {
        var h = order.heading();
        return order(new Heading(h.id(), h.to(), from, h.priority(), h.title(), h.tags(), h.created()), order.body());
    }

    /** With another payload, and so not the same order. */
    public static WorkOrder with(WorkOrder order, Body body) {
        return new WorkOrder(order.heading(), order.envelope(), order.sha256(), order.bodyFile(), body);
    }

    public static Body inline(byte[] bytes) {
        return new Body(sha256(bytes), bytes.length, new Body.Content.Inline(Bytes.of(bytes)));
    }

    /** A payload in a file of this folder. */
    public static Body spooled(Path folder, String name, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(name).toAbsolutePath(), bytes);
        return new Body(sha256(bytes), bytes.length, new Body.Content.Spooled(file));
    }

    /** Bytes of every value, the same ones for the same seed. */
    public static byte[] bytes(int size, long seed) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** The payload's bytes, wherever they are. */
    public static byte[] read(Body body) throws IOException {
        try (InputStream in = switch (body.content()) {
            case Body.Content.Inline(var bytes) -> new ByteArrayInputStream(bytes.toArray());
            case Body.Content.Spooled(var file) -> Files.newInputStream(file);
        }) {
            return in.readAllBytes();
        }
    }

    /** What an honest receiver says. */
    public static Acknowledgement acknowledgement(WorkOrder order) {
        return new Acknowledgement(
                order.id(),
                order.heading().to(),
                "clc",
                "studio",
                "0198f1c2-0000-7000-8000-000000000001",
                CREATED.plusMillis(12),
                12,
                order.sha256(),
                order.body().sha256());
    }

    /** A complete folder in the inbox, as a receiver finds it. */
    public static Found found(WorkOrder order) {
        return new Found(
                order.heading(),
                new OrderRow.Hashes(order.sha256(), order.body().sha256()),
                order.body().size(),
                CREATED);
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
