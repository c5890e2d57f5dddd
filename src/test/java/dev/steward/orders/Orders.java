package dev.steward.orders;

import dev.steward.bus.Body;
import dev.steward.bus.Bytes;
import dev.steward.bus.Heading;
import dev.steward.bus.WorkOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Orders for tests. */
final class Orders {
    static final Instant CREATED = Instant.parse("2025-10-29T22:29:04.250Z");

    private Orders() {}

    static WorkOrder order(String id) {
        return order(id, "content of " + id + "\n");
    }

    static WorkOrder order(String id, String body) {
        return order(id, "wo_test.yaml", inline(body.getBytes(StandardCharsets.UTF_8)));
    }

    static WorkOrder order(String id, String bodyFile, Body body) {
        var heading = new Heading(id, "CLC", "CLS", "P3", "Test of " + id, "cls,test", CREATED);
        var created = OffsetDateTime.ofInstant(CREATED, ZoneOffset.ofHours(7));
        var envelope = new Envelope(id, "CLS", Priority.P3, heading.title(), heading.tags(), created, bodyFile).text();
        return new WorkOrder(heading, envelope, Sha256.of(envelope.getBytes(StandardCharsets.UTF_8)), bodyFile, body);
    }

    static Body inline(byte[] bytes) {
        return new Body(Sha256.of(bytes), bytes.length, new Body.Content.Inline(Bytes.of(bytes)));
    }

    static Body spooled(Path file) throws IOException {
        var read = Hashing.of(file);
        return new Body(read.sha256(), read.size(), new Body.Content.Spooled(file));
    }

    static Body claimed(Body body, String sha256, long size) {
        return new Body(sha256, size, body.content());
    }

    /** A folder as the old scripts made them: no checksum of the manifest, no colon in the offset. */
    static Path byHand(Path inbox, String id, String body) throws IOException {
        return byHand(inbox, id, body, "2025-10-30T05:29:04+0700");
    }

    static Path byHand(Path inbox, String id, String body, String created) throws IOException {
        var folder = Files.createDirectories(inbox.resolve(id));
        var envelope = """
                wo_id: "%s"
                agent: "GG"
                priority: "P1"
                title: "By hand"
                tags: [old, script]
                created_at: "%s"
                body_file: "task.md"
                """.formatted(id, created);
        Files.writeString(folder.resolve(id + ".yaml"), envelope);
        Files.writeString(folder.resolve("task.md"), body);
        evidence(folder, envelope, body, created);
        return folder;
    }

    static void evidence(Path folder, String envelope, String body) throws IOException {
        evidence(folder, envelope, body, "2025-10-30T05:29:04+0700");
    }

    private static void evidence(Path folder, String envelope, String body, String created) throws IOException {
        var id = String.valueOf(folder.getFileName());
        var wo = bytes(envelope);
        var payload = bytes(body);
        Files.createDirectories(folder.resolve("evidence"));
        Files.writeString(
                folder.resolve("evidence/manifest.json"),
                new Manifest(
                                id,
                                created,
                                new Manifest.Part(Sha256.of(wo), wo.length),
                                new Manifest.Part(Sha256.of(payload), payload.length),
                                "GG",
                                "P1")
                        .text());
        Files.writeString(
                folder.resolve("evidence/checksums.sha256"),
                Sha256.of(wo) + "  " + id + ".yaml\n" + Sha256.of(payload) + "  task.md\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
