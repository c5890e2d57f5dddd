package dev.steward.daemon;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a daemon before this one left behind. */
final class Traces {
    private static final Logger LOG = LoggerFactory.getLogger(Traces.class);

    /** Within a string its quotes would be escaped. */
    private static final byte[] STARTED = "\"event\":\"daemon_started\"".getBytes(StandardCharsets.US_ASCII);

    private Traces() {}

    /**
     * Whether a daemon recorded its start in this audit trail. That there is a trail says less: commands record orders before any
     * daemon ran. One that can't be read is taken for a yes.
     */
    static boolean ofDaemon(Path audit) {
        if (Files.notExists(audit)) {
            return false;
        }
        try (var in = new BufferedInputStream(Files.newInputStream(audit))) {
            var matched = 0;
            for (var next = in.read(); next >= 0; next = in.read()) {
                // In JSON no two strings touch, so that another match begins at this byte or later.
                matched = next == STARTED[matched] ? matched + 1 : next == STARTED[0] ? 1 : 0;
                if (matched == STARTED.length) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            LOG.warn("Whether a daemon ran here before cannot be read in {}: {}", audit, e.getMessage());
            return true;
        }
    }
}
