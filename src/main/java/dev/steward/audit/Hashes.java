package dev.steward.audit;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), as text in lower-case hexadecimal. */
final class Hashes {
    /** Of a hash. */
    static final int BYTES = 32;

    /** What the first record of a file is chained to. */
    static final String ZEROS = "0".repeat(2 * BYTES);

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Hashes() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /** Writes the digits of a hash into an array, from an index on. */
    static void hex(byte[] hash, byte[] into, int from) {
        int at = from;
        for (byte each : hash) {
            into[at++] = DIGITS[(each >> 4) & 15];
            into[at++] = DIGITS[each & 15];
        }
    }

    static String of(byte[] bytes) {
        return hex(sha256().digest(bytes));
    }

    /** Puts the hash of what the digest has taken into an array of {@link #BYTES}; the digest begins anew. */
    static void finish(MessageDigest digest, byte[] into) {
        try {
            digest.digest(into, 0, BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 has " + BYTES + " bytes", e);
        }
    }
}
