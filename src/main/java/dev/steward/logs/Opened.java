package dev.steward.logs;

import dev.steward.config.LogRules;
import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFile;
import java.time.Instant;

/**
 * A live log that this thread has locked.
 *
 * @param facts as they were when it was opened; its size has grown since
 * @param now the time of this rotation
 */
record Opened(LogFolder folder, OpenFile live, FileFacts facts, LogRules rules, Instant now) {
    FileId id() {
        return FileId.of(facts);
    }
}
