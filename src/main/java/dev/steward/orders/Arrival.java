package dev.steward.orders;

import dev.steward.bus.Bytes;
import dev.steward.bus.WorkOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the folder of an order as it arrives: hashed, verified and synced, but for the folder's own name. */
final class Arrival {
    private Arrival() {}

    /**
     * Writes it into a folder, which is made.
     *
     * @throws Unreadable if the order isn't what its sender sent; what was written stays
     */
    static void write(WorkOrder order, Path folder) throws IOException, Unreadable {
        Files.createDirectory(folder);
        var envelope = folder.resolve(Envelope.fileOf(order.id()));
        var text = Bytes.of(order.envelope().getBytes(StandardCharsets.UTF_8));
        Disk.write(envelope, text);
        verify("envelope", order.sha256(), Hashing.of(text).sha256());
        var body = BodyFile.write(order.body(), folder.resolve(order.bodyFile()), envelope);
        verify("payload", order.body().sha256(), body.sha256());
        if (body.size() != order.body().size()) {
            throw new Unreadable("the payload has " + body.size() + " bytes, and its sender said "
                    + order.body().size());
        }
        Files.createDirectory(folder.resolve(Envelope.EVIDENCE));
        var files = Evidence.of(order);
        Disk.write(folder.resolve(Manifest.PATH), files.manifest());
        Disk.write(folder.resolve(Checksums.PATH), files.checksums());
        OrderFolder.sync(folder, Envelope.fileOf(order.id()), order.bodyFile());
    }

    private static void verify(String what, String said, String is) throws Unreadable {
        if (!is.equals(said)) {
            throw new Unreadable("the " + what + " has the SHA-256 " + is + ", and its sender said " + said);
        }
    }
}
