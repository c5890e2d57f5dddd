package dev.steward.orders;

import dev.steward.bus.Bytes;
import dev.steward.bus.WorkOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts orders aside that aren't what their sender sent, each with a file {@code reason}. */
final class Quarantine {
    static final int HASH_IN_NAME = 16;
    /** Stands for an id that cannot be a folder's name. */
    static final String UNNAMED = "id-refused";

    private final Ground ground;

    Quarantine(Ground ground) {
        this.ground = ground;
    }

    /**
     * Puts it aside, on disk. Done again after a kill, it finds what it did.
     *
     * @param arriving a name in {@code .arriving} that is free
     * @return the folder where it lies
     */
    Path put(WorkOrder order, String reason, String arriving) throws IOException {
        var isNamed = Names.objection(order.id()).isEmpty();
        var id = isNamed ? order.id() : UNNAMED;
        var folder = ground.quarantine().resolve(id + "~" + fingerprint(order));
        if (Disk.isFolder(folder)) {
            return folder;
        }
        Files.createDirectories(ground.quarantine());
        var whole = ground.arriving().resolve(arriving);
        try {
            write(order, reason, id, whole);
            Files.move(whole, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Disk.delete(whole);
        }
        Disk.syncFolder(ground.quarantine());
        Disk.syncFolder(ground.inbox());
        return folder;
    }

    private static void write(WorkOrder order, String reason, String id, Path folder) throws IOException {
        Files.createDirectory(folder);
        var text = "The order " + Names.shown(order.id()) + " from "
                + Names.shown(order.heading().from()) + " was not delivered: " + reason + "\n";
        Disk.write(folder.resolve("reason"), utf8(text));
        var envelope = folder.resolve(Envelope.fileOf(id));
        Disk.write(envelope, utf8(order.envelope()));
        var name = BodyName.objection(order.bodyFile(), id).isEmpty() ? order.bodyFile() : BodyName.UNNAMED;
        try {
            BodyFile.write(order.body(), folder.resolve(name.equals("reason") ? BodyName.UNNAMED : name), envelope);
        } catch (Unreadable e) {
            Disk.write(folder.resolve("no-payload"), utf8(e.reason() + "\n"));
        }
        try (var all = Files.newDirectoryStream(folder)) {
            for (var file : all) {
                Disk.syncFile(file);
            }
        }
        Disk.syncFolder(folder);
    }

    private static String fingerprint(WorkOrder order) {
        var all = order.id() + "\n" + order.envelope() + "\n" + order.sha256() + "\n"
                + order.body().sha256();
        return Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_IN_NAME);
    }

    private static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
