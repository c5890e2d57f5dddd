package dev.steward.logs;

import dev.steward.config.LogRules;
import java.nio.file.Path;

/**
 * A log that Steward keeps.
 *
 * @param path of the live file, absolute
 */
public record Log(Path path, LogRules rules) {}
