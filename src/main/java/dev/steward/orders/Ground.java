package dev.steward.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folders of an inbox. Those of Steward begin with a dot, so that whoever reads the inbox doesn't meet them. */
record Ground(Path inbox) {
    /** Where orders are written before they are whole. */
    Path arriving() {
        return inbox.resolve(".arriving");
    }

    /** Where it is noted which of those went to their place. */
    Path receipts() {
        return inbox.resolve(".receipts");
    }

    /** Where orders lie that aren't what their sender sent. */
    Path quarantine() {
        return inbox.resolve(".quarantine");
    }

    /** What the kernel locks for the one receiver; nothing else may open it. */
    Path lock() {
        return lock(inbox);
    }

    /** The same of the inbox in this folder. */
    static Path lock(Path inbox) {
        return inbox.resolve(".lock");
    }

    /** An order's place. */
    Path place(String id) {
        return inbox.resolve(id);
    }

    /** Makes what is missing. */
    void make() throws IOException {
        if (Files.isDirectory(arriving()) && Files.isDirectory(receipts())) {
            return;
        }
        Files.createDirectories(inbox);
        for (var folder : new Path[] {arriving(), receipts()}) {
            if (!Disk.isFolder(folder)) {
                Files.createDirectory(folder);
            }
        }
        Disk.syncFolder(inbox);
    }
}
