package dev.steward.orders;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), in lower-case hexadecimal. */
final class Sha256 {
    private final MessageDigest digest;

    Sha256() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    static String of(byte[] bytes) {
        return of(ByteBuffer.wrap(bytes));
    }

    /** What is left in it. */
    static String of(ByteBuffer bytes) {
        var hash = new Sha256();
        hash.digest.update(bytes);
        return hash.hex();
    }

    void add(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
    }

    /** What was added, hashed; it begins anew after it. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
