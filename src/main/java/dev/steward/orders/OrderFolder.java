package dev.steward.orders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The folder of a whole order, wherever it came from. */
final class OrderFolder {
    private OrderFolder() {}

    /** Its files and folders are on disk when this returns; its own name is the matter of the folder around it. */
    static void sync(Path folder, String envelope, String bodyFile) throws IOException {
        for (var file : List.of(envelope, bodyFile, Manifest.PATH, Checksums.PATH)) {
            Disk.syncFile(folder.resolve(file));
        }
        Disk.syncFolder(folder.resolve(Envelope.EVIDENCE));
        Disk.syncFolder(folder);
    }
}
