package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folder with a configuration file in it, as a user would have one. */
record Folder(Path path) {
    static final String HOST = "the-host";

    Path write(String name, String text) throws IOException {
        var file = path.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    Path executable(String name, String text) throws IOException {
        var file = write(name, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    ConfigLoader loader() {
        return new ConfigLoader(Map.of("PATH", "/usr/bin:/bin"), () -> HOST, Path.of("/bin/sh"));
    }

    Configuration load(String yaml) throws IOException, ConfigException {
        return loader().load(write("steward.yaml", yaml));
    }

    AgentConfig agent(String yaml) throws IOException, ConfigException {
        return load(yaml).agents().values().iterator().next();
    }

    static AgentConfig named(String name, Configuration configuration) {
        return Optional.ofNullable(configuration.agents().get(name)).orElseThrow();
    }

    /** What the loader says, without the file's name: {@code 3:5: unknown key …}. */
    List<String> problems(String yaml) throws IOException {
        return problems(write("steward.yaml", yaml));
    }

    List<String> problems(Path file) {
        assertThatThrownBy(() -> loader().load(file)).isInstanceOf(ConfigException.class);
        return catchThrowableOfType(ConfigException.class, () -> loader().load(file)).problems().stream()
                .map(Problem::toString)
                .map(text -> text.startsWith(file.toString())
                        ? text.substring(file.toString().length() + 1)
                        : text)
                .toList();
    }
}
