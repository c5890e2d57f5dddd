package dev.steward.platform;

import java.util.List;
import java.util.stream.Collectors;

/** Runs the init's own programs. */
public interface Commands {
    /** As a shell tells of a program that it has not found. */
    int NOT_FOUND = 127;

    /** Waits until it has ended. A program that there is not ends with {@link #NOT_FOUND}. */
    Ended run(List<String> words) throws InterruptedException;

    /** Runs them in this process's environment. */
    static Commands real() {
        return new RealCommands();
    }

    /**
     * What came of one.
     *
     * @param said both outputs, for people
     */
    record Ended(int status, String said) {
        boolean isWell() {
            return status == 0;
        }
    }

    /** As somebody would type it. */
    static String typed(List<String> words) {
        return words.stream()
                .map(word -> word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
