package dev.steward.platform;

import java.nio.file.Path;
import java.util.List;

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
        return List.of(launcher.toString(), "--home", home.toString(), "--config", config.toString(), command);
    }
}
