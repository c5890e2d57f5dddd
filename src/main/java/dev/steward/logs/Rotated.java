package dev.steward.logs;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a rotation did.
 *
 * @param bytes that left the live log
 * @param said what people have to know of it; else empty
 */
record Rotated(Outcome.Way way, long bytes, Optional<Path> archive, String said) {}
