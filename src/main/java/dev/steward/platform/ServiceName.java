package dev.steward.platform;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * How the init knows the daemon of one home: the same home has the same name whoever asks, and two homes have two.
 *
 * @param suffix empty for the default home
 */
public record ServiceName(String suffix) {
    private static final int READABLE = 32;
    private static final int DIGITS = 8;

    /**
     * Of the last folder's name, for people, and of the path's SHA-256.
     *
     * @param home absolute, without links in it
     * @param usual the home of whoever says nothing; likewise
     */
    public static ServiceName of(Path home, Path usual) {
        if (home.equals(usual)) {
            return new ServiceName("");
        }
        var last = home.getFileName() == null ? "" : home.getFileName().toString();
        var words = last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        var readable = words.substring(0, Math.min(words.length(), READABLE));
        return new ServiceName((readable.isEmpty() ? "" : readable + "-") + digits(home));
    }

    private static String digits(Path home) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256").digest(home.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** For systemd. */
    String unit() {
        return "steward" + (suffix.isEmpty() ? "" : "-" + suffix) + ".service";
    }

    /** For launchd. */
    String label() {
        return "dev.steward" + (suffix.isEmpty() ? "" : "." + suffix);
    }
}
