package dev.steward.bus;

import java.nio.file.Path;

/**
 * The payload of a work order, byte for byte.
 *
 * @param sha256 in lower-case hexadecimal, as the sender computed it
 * @param size in bytes
 */
public record Body(String sha256, long size, Content content) {
    /** A larger one lies in a file of its own. */
    public static final int INLINE_LIMIT = 64 * 1024;

    /** Where the bytes are. */
    public sealed interface Content {
        /** Here. At most {@link #INLINE_LIMIT}. */
        record Inline(Bytes bytes) implements Content {}

        /** In this file of the node's spool (absolute), synced. It may be linked to and read, not changed. */
        record Spooled(Path file) implements Content {}
    }
}
