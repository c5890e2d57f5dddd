package dev.steward.orders;

import dev.steward.bus.OrderRow;
import dev.steward.orders.InboxCheck.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks whether a folder is a whole order with evidence that is right. Reads alone, follows no link, and reads each file once; a payload
 * only if its size is right.
 */
final class FolderCheck {
    private final String id;
    private final OrderFiles files;

    private FolderCheck(Path folder) {
        this.id = String.valueOf(folder.getFileName());
        this.files = new OrderFiles(folder);
    }

    /**
     * What was found.
     *
     * @param order what it says, if all its parts could be read
     * @param bytes that were read
     */
    record Checked(Optional<Order> order, long bytes, List<Finding> findings) {
        boolean isSound() {
            return order.isPresent() && findings.stream().allMatch(Finding.Extra.class::isInstance);
        }
    }

    /** A whole order. */
    record Order(EnvelopeReader.Read envelope, Manifest manifest, String bodyFile, OrderRow.Hashes hashes) {}

    /** Whether there is anything of an order in it. */
    static boolean isBegun(Path folder) {
        return Disk.isThere(folder.resolve(Envelope.fileOf(String.valueOf(folder.getFileName()))))
                || Disk.isThere(folder.resolve(Envelope.EVIDENCE));
    }

    /**
     * Checks a folder.
     *
     * @param known what this node knows of the order besides
     */
    static Checked of(Path folder, Optional<OrderRow.Hashes> known) {
        var check = new FolderCheck(folder);
        var order = check.order(known);
        return new Checked(order, check.files.bytes(), check.files.findings());
    }

    private Optional<Order> order(Optional<OrderRow.Hashes> known) {
        var envelopeFile = Envelope.fileOf(id);
        var envelope = files.parse(envelopeFile, Envelope.MAX_BYTES, EnvelopeReader::read);
        var manifest = files.parse(Manifest.PATH, Manifest.MAX_BYTES, ManifestReader::read);
        var sums = files.parse(Checksums.PATH, Checksums.MAX_BYTES, Checksums::read);
        if (envelope.isEmpty() || manifest.isEmpty() || sums.isEmpty()) {
            return Optional.empty();
        }
        var body = body(envelope.get(), sums.get());
        if (body.isEmpty()) {
            return Optional.empty();
        }
        same(envelopeFile, envelope.get().id().orElse(id));
        same(Manifest.PATH, manifest.get().id());
        var witnesses = new Witnesses(files, sums.get());
        var wo = witnesses.judge(envelopeFile, manifest.get().envelope(), known.map(OrderRow.Hashes::wo));
        var payload = witnesses.judge(body.get(), manifest.get().body(), known.map(OrderRow.Hashes::body));
        witnesses.judgeOthers(List.of(envelopeFile, body.get()));
        files.findExtra(expected(envelopeFile, body.get(), sums.get()));
        return wo.isEmpty() || payload.isEmpty()
                ? Optional.empty()
                : Optional.of(new Order(
                        envelope.get(), manifest.get(), body.get(), new OrderRow.Hashes(wo.get(), payload.get())));
    }

    private void same(String file, String of) {
        if (!of.equals(id)) {
            files.unreadable(file, "is of another order: " + Names.shown(of));
        }
    }

    /** What the envelope names, or else the one file that the checksums name besides. */
    private Optional<String> body(EnvelopeReader.Read envelope, Checksums sums) {
        var named = envelope.bodyFile().or(() -> {
            var others = sums.lines().stream()
                    .map(Checksums.Line::path)
                    .filter(path -> !path.equals(Envelope.fileOf(id)) && !path.startsWith(Envelope.EVIDENCE + "/"))
                    .toList();
            return others.size() == 1 ? Optional.of(others.getFirst()) : Optional.empty();
        });
        if (named.isEmpty()) {
            files.unreadable(Envelope.fileOf(id), "names no payload (body_file)");
            return named;
        }
        var objection = BodyName.objection(named.get(), id);
        objection.ifPresent(why -> files.unreadable(
                Envelope.fileOf(id), "names a payload '" + Names.shown(named.get()) + "', which " + why));
        return objection.isPresent() ? Optional.empty() : named;
    }

    private static List<String> expected(String envelope, String body, Checksums sums) {
        var all = new ArrayList<>(List.of(envelope, body, Envelope.EVIDENCE, Manifest.PATH, Checksums.PATH));
        sums.lines().forEach(line -> all.add(line.path()));
        return all;
    }
}
