package dev.steward.config;

import java.nio.file.Path;
import java.time.Duration;

/** The file that an agent writes as its sign of life, and how often. */
public record Heartbeat(Path path, Duration every) {}
