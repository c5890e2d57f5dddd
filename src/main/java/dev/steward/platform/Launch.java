package dev.steward.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the daemon of one home is started.
 *
 * @param launcher absolute, as all three
 */
public record Launch(Path launcher, Path home, Path config) {
    /**
     * The words of a command on this home.
     *
     * @param command {@code daemon} or {@code reload}
     */
    List<String> words(String command) {
        return Stream.concat(Stream.of(launcher.toString()), arguments(command).stream())
                .toList();
    }

    List<String> arguments(String command) {
        return new ArrayList<>(List.of("--home", home.toString(), "--config", config.toString(), command));
    }
}
