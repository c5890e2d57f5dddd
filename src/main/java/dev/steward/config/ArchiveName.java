package dev.steward.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an archive is called: {@code name.log.1}, or {@code name.log.1.gz} when it is compressed.
 *
 * @param log what its live log is called
 * @param number from 1; a larger one is older
 */
public record ArchiveName(String log, int number, boolean compressed) {
    private static final Pattern NAME = Pattern.compile("(.+)\\.([1-9][0-9]{0,8})(\\.gz)?", Pattern.DOTALL);

    /** What a file of that name would be an archive of; empty if it has no such name. */
    public static Optional<ArchiveName> in(String file) {
        var name = NAME.matcher(file);
        return name.matches()
                ? Optional.of(new ArchiveName(name.group(1), Integer.parseInt(name.group(2)), name.group(3) != null))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return log + "." + number + (compressed ? ".gz" : "");
    }
}
