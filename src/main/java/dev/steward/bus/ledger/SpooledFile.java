package dev.steward.bus.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a large payload, once its order is delivered. */
final class SpooledFile {
    private static final Logger LOG = LoggerFactory.getLogger(SpooledFile.class);

    private SpooledFile() {}

    /**
     * Deletes it, if it lies in the ledger's folder: any other is the matter of whoever put it there.
     *
     * @param name as the ledger remembers it
     */
    static void release(Path folder, String name) {
        if (Path.of(name).isAbsolute()) {
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            // Whoever tidies the spool deletes it some time.
            LOG.debug("a payload that was delivered stays in the spool", e);
        }
    }
}
