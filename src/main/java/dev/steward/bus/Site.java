package dev.steward.bus;

import java.nio.file.Path;

/**
 * The node as receivers and droppers need to know it.
 *
 * @param inboxes the folder of inboxes, absolute
 * @param spool the folder of large bodies on their way, absolute, of mode 0700
 * @param maxBody of a payload, in bytes
 */
public record Site(String node, Path inboxes, Path spool, long maxBody) {}
