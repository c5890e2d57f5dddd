package dev.steward.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A program as it is to be run.
 *
 * @param directory where, absolute
 * @param env on top of the daemon's own environment, and of {@code envFile}
 * @param envFile absolute
 */
public record Invocation(Command command, Path directory, Map<String, Text> env, Optional<Path> envFile) {}
