package dev.steward.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The node's key for pings, from which every secret path is derived: so a daemon that comes back knows the address that an adopted
 * incarnation was given, without having stored it. {@code secret = base64url(HMAC-SHA256(key, agent NUL incarnation))}, RFC 2104 and
 * RFC 4648 without padding: 43 characters, 256 bits.
 */
final class PingKey {
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final String AND_SO =
            "Running agents that ping know addresses of the old key: they will be found stale and replaced";

    private final SecretKeySpec key;
    private final List<String> troubles;

    private PingKey(byte[] key, List<String> troubles) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.troubles = List.copyOf(troubles);
    }

    /**
     * Reads the key, or makes one on first use. One that cannot be used is replaced, and one that cannot be saved serves until the
     * daemon ends: agents have to be kept alive on a full disk, too.
     */
    static PingKey in(Path file) {
        var troubles = new ArrayList<String>();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            try {
                return new PingKey(read(file, troubles), troubles);
            } catch (IOException e) {
                troubles.add("The key for pings, " + file + ", cannot be used (" + e.getMessage()
                        + "), so there is a new one. " + AND_SO);
            }
        }
        return new PingKey(make(file, troubles), troubles);
    }

    private static byte[] read(Path file, List<String> troubles) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is no regular file");
        }
        if (Files.size(file) != BYTES) {
            throw new IOException("it has " + Files.size(file) + " bytes instead of " + BYTES);
        }
        var key = Files.readAllBytes(file);
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
            troubles.add(
                    "The key for pings, " + file
                            + ", could be read by other users, and its mode is 0600 now. Whoever has read it"
                            + " can ping in the name of every agent: to be safe, delete it and start the daemon and the agents again");
        }
        return key;
    }

    private static byte[] make(Path file, List<String> troubles) {
        var key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null && Files.notExists(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            PrivateFile.write(file, key);
        } catch (IOException e) {
            troubles.add("The key for pings cannot be saved: " + e
                    + ". Agents that ping will be replaced when the daemon starts again");
        }
        return key;
    }

    /** What people should know, in whole sentences. */
    List<String> troubles() {
        return troubles;
    }

    /** The secret part of an incarnation's address. */
    String secret(String agent, String incarnation) {
        return digest(agent + "\0" + incarnation);
    }

    /**
     * What a secret is looked up by. How long a look-up takes may tell of this digest, and that tells nothing of the secret. No agent
     * has an empty name, so it is never itself a secret.
     */
    String fingerprint(String presented) {
        return digest("\0" + presented);
    }

    private String digest(String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
