package dev.steward.logs;

import java.time.Instant;

/**
 * An archive as somebody saw it. It keeps its time when it is compressed, and its file when it is renamed.
 *
 * @param modified the time of its rotation; the writers of a renamed log may still change it
 */
record Seen(Archive archive, FileId file, Instant modified) {}
