package dev.steward.logs;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a rotation did.
 *
 * @param bytes that left the live log
 * @param dropped bytes of these that no archive has, for want of room
 * @param said what people have to know of it; else empty
 */
record Rotated(Outcome.Way way, long bytes, long dropped, Optional<Path> archive, String said) {}
