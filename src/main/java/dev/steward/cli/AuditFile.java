package dev.steward.cli;

import dev.steward.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which audit trail is meant. */
final class AuditFile {
    private AuditFile() {}

    static Path of(Root root, Optional<String> argument) throws Failure, ConfigException {
        if (argument.isPresent()) {
            return root.path(argument.get());
        }
        if (!Files.exists(root.configFile())) {
            return root.home().folder().resolve("audit.jsonl");
        }
        return root.configuration().paths().audit();
    }
}
