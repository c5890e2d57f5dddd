package dev.steward.logs;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One archive of a log: {@code name.log.1}, or {@code name.log.1.gz}. A larger number is an older one.
 *
 * @param number from 1
 */
record Archive(int number, boolean compressed) {
    private static final Pattern SUFFIX = Pattern.compile("\\.([1-9][0-9]{0,8})(\\.gz)?", Pattern.DOTALL);

    /** The archive of that log in a file of that name, if it is one. */
    static Optional<Archive> in(String file, String log) {
        if (!file.startsWith(log)) {
            return Optional.empty();
        }
        var suffix = SUFFIX.matcher(file.substring(log.length()));
        return suffix.matches()
                ? Optional.of(new Archive(Integer.parseInt(suffix.group(1)), suffix.group(2) != null))
                : Optional.empty();
    }

    String nameFor(String log) {
        return log + "." + number + (compressed ? ".gz" : "");
    }

    Archive next() {
        return new Archive(number + 1, compressed);
    }

    Archive inGzip() {
        return new Archive(number, true);
    }
}
