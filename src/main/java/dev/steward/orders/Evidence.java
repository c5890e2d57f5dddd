package dev.steward.orders;

import dev.steward.bus.Bytes;
import dev.steward.bus.WorkOrder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Manifest and checksums of an order; they follow from it, byte for byte. Pure.
 *
 * @param manifest the bytes of {@code evidence/manifest.json}
 * @param checksums the bytes of {@code evidence/checksums.sha256}
 */
record Evidence(Bytes manifest, Bytes checksums) {
    static Evidence of(WorkOrder order) {
        var envelope = order.envelope().getBytes(StandardCharsets.UTF_8);
        var heading = order.heading();
        var manifest = new Manifest(
                        order.id(),
                        created(order),
                        new Manifest.Part(order.sha256(), envelope.length),
                        new Manifest.Part(order.body().sha256(), order.body().size()),
                        heading.from(),
                        heading.priority())
                .text()
                .getBytes(StandardCharsets.UTF_8);
        var checksums = new Checksums(List.of(
                new Checksums.Line(order.sha256(), Envelope.fileOf(order.id())),
                new Checksums.Line(order.body().sha256(), order.bodyFile()),
                new Checksums.Line(Sha256.of(manifest), Manifest.PATH)));
        return new Evidence(Bytes.of(manifest), Bytes.of(checksums.text().getBytes(StandardCharsets.UTF_8)));
    }

    /** As the envelope writes it, if that is found without a YAML parser; the same instant otherwise. */
    private static String created(WorkOrder order) {
        return order.envelope()
                .lines()
                .filter(line -> line.startsWith("created_at: \"") && line.endsWith("\""))
                .map(line -> line.substring("created_at: \"".length(), line.length() - 1))
                .filter(time -> time.chars().allMatch(c -> "0123456789-:+TZ.".indexOf(c) >= 0))
                .findFirst()
                .orElseGet(() -> Envelope.time(order.heading().created().atOffset(ZoneOffset.UTC)));
    }
}
